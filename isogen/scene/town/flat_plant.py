"""What serves the rooms under a flat roof: rows of roof lights, plant, stair heads, terraces."""

import math
from collections.abc import Callable
from typing import NamedTuple

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span, box, gable
from isogen.mesh.vocabulary import FlatStyle, Material, SlopeStyle, WallStyle
from isogen.scene.town.footprint import box_around, rectangle
from isogen.scene.town.looks_styles import Age
from isogen.scene.town.site import Site

_HALL_MIN_M2 = 975.0
_M2_PER_DEVICE = 70.0
_MOST_DEVICES = 24
_APART_M = 6.5
_REACH_M = (3.4, 2.6)
"""Half length and half width of the room that a device needs."""

_AISLE_M = 2.6
"""Free roof between roof lights in a row."""

_TRIES = 5

_PLANT, _LIGHTS, _MACHINES = 11, 13, 14
_GLASS = Look(Material.GLASS, FlatStyle.SKYLIGHT)
_WHITE, _DARK = Look(Material.WHITE), Look(Material.DARK)
_WORKPLACES = (Age.MODERN, Age.RECENT, Age.WORKS)


def furnish_core(site: Site, core: Polygon, z: float) -> None:
    """Put roof lights and devices on the inner part of a flat roof at ``z`` rises."""
    room: BaseGeometry = core
    if core.area >= _HALL_MIN_M2:
        room = core.difference(_roof_lights(site, core, z))
        room = room.difference(_plant_room(site, core, room, z))
    _devices(site, core, room, z)


def _roof_lights(site: Site, core: Polygon, z: float) -> BaseGeometry:
    """Put parallel ridges of glass over deep floors; return what they and their aisles cover."""
    stream = site.stream(_LIGHTS)
    around = box_around(core)
    frame = around.frame if stream.chance(0.6) else around.turned().frame
    length, width = stream.uniform(5, 11), stream.uniform(1.7, 3.0)
    count, pitch = stream.between(1, 5), 2 * width + _AISLE_M
    middle = core.representative_point()
    shift = stream.uniform(-0.2, 0.2) * math.sqrt(core.area)
    center = Frame((middle.x, middle.y), frame.along).at(shift, 0)
    taken: list[Polygon] = []
    for k in range(count):
        place = Frame(Frame(center, frame.along).at(0, (k - (count - 1) / 2) * pitch), frame.along)
        if core.contains(rectangle(place, length + 1, width + 1)):
            _ridge(site, place, (length, width), z)
            taken.append(rectangle(place, length + 3.0, width + 2.0))
    return shapely.union_all(taken)


def _plant_room(site: Site, core: Polygon, room: BaseGeometry, z: float) -> Polygon:
    """Put a louvred house for the machines where there is room; return what it covers."""
    stream = site.stream(_MACHINES)
    around = box_around(core)
    length, width = stream.uniform(4, 8), stream.uniform(2.6, 4.2)
    for _ in range(_TRIES):
        a = stream.uniform(-0.7, 0.7) * around.half_length
        b = stream.uniform(-0.7, 0.7) * around.half_width
        frame = Frame(around.frame.at(a, b), around.frame.along)
        if room.contains(rectangle(frame, length + 1, width + 1)):
            spot = Spot(frame, (length, width), z)
            wall = Look(
                stream.pick((Material.GREY, Material.TIN, Material.DARK)), WallStyle.LOUVRES
            )
            cover = Look(stream.pick((Material.TIN, Material.GRAVEL)), FlatStyle.GRAVEL)
            box(site.builder, frame, spot.span(4), wall, cover, casts=True)
            _fans(site, Spot(frame, (length * 0.6, width * 0.5), z + 4))
            return rectangle(frame, length + 1.5, width + 1.5)
    return Polygon()


def _ridge(site: Site, frame: Frame, half: Plan, z: float) -> None:
    length, width = half
    obj = site.builder.new_object()
    foot = Span(-length, length, -width, width, z, z + 1)
    box(site.builder, frame, foot, Look(Material.TIN), None, obj=obj)
    cover = Span(-length, length, -width, width, z + 1, z + 1 + 1.3 * width)
    glass = Look(Material.GLASS, SlopeStyle.GLAZED)
    gable(site.builder, frame, cover, glass, Look(Material.GREY), obj)


def _devices(site: Site, core: Polygon, room: BaseGeometry, z: float) -> None:
    """Scatter devices in the room left on a core; one follows upon others than its like."""
    stream = site.stream(_PLANT)
    around = box_around(core)
    kinds = _ON_WORKPLACES if site.look.age in _WORKPLACES else _ON_HOUSES
    placed: list[Plan] = []
    kind = stream.below(len(kinds))
    shapely.prepare(room)
    for _ in range(min(int(room.area / _M2_PER_DEVICE) + 1, _MOST_DEVICES)):
        a = stream.uniform(-1, 1) * around.half_length
        b = stream.uniform(-1, 1) * around.half_width
        half, step = (stream.uniform(1.5, 3.2), stream.uniform(1.2, 2.2)), stream.below(3)
        frame = Frame(around.frame.at(a, b), around.frame.along)
        clear = all(math.dist(frame.center, other) > _APART_M for other in placed)
        if clear and room.contains(rectangle(frame, *_REACH_M)):
            placed.append(frame.center)
            kind = (kind + 1 + step) % len(kinds)
            kinds[kind](site, Spot(frame, half, z))


class Spot(NamedTuple):
    """Where a device stands."""

    frame: Frame

    half: Plan
    """Half length and half width, in meters."""

    z: float
    """Height of the roof, in rises."""

    def span(self, height: float, share: float = 1.0) -> Span:
        """Return a box on the spot, ``height`` rises high, on a share of its width."""
        length, width = self.half[0], self.half[1] * share
        return Span(-length, length, -width, width, self.z, self.z + height)


def _fans(site: Site, spot: Spot) -> None:
    casing = Look(Material.GREY, WallStyle.LOUVRES)
    box(site.builder, spot.frame, spot.span(2), casing, Look(Material.TIN, FlatStyle.FANS))


def _skylight(site: Site, spot: Spot) -> None:
    box(site.builder, spot.frame, spot.span(1, 0.7), _WHITE, _GLASS)


def _stair_head(site: Site, spot: Spot) -> None:
    cover = Look(Material.TIN, FlatStyle.GRAVEL, site.look.seed)
    box(site.builder, spot.frame, spot.span(4), site.blank(), cover, casts=True)


def _pipes(site: Site, spot: Spot) -> None:
    for a in (-1.2, 0.6):
        span = Span(a, a + 1, -0.6, 0.6, spot.z, spot.z + 2)
        box(site.builder, spot.frame, span, Look(Material.GREY), _DARK)


def _duct(site: Site, spot: Spot) -> None:
    """A fan box that blows into a long duct."""
    grey, tin = Look(Material.GREY), Look(Material.TIN)
    duct = Span(-1.0, 3.2, -0.4, 0.4, spot.z, spot.z + 1)
    head = Span(-3.0, -1.0, -1.0, 1.0, spot.z, spot.z + 3)
    obj = box(site.builder, spot.frame, duct, grey, tin)
    box(site.builder, spot.frame, head, Look(Material.TIN, WallStyle.LOUVRES), tin, obj=obj)


def _panels(site: Site, spot: Spot) -> None:
    """Two rows of solar panels."""
    panel = Look(Material.GLASS, FlatStyle.SOLAR)
    for b in (-1.9, 0.5):
        span = Span(-3.0, 3.0, b, b + 1.4, spot.z, spot.z + 1)
        box(site.builder, spot.frame, span, _DARK, panel)


def _round_lights(site: Site, spot: Spot) -> None:
    """A row of three small roof lights."""
    for a in (-3.0, -0.6, 1.8):
        span = Span(a, a + 1.2, -0.6, 0.6, spot.z, spot.z + 1)
        box(site.builder, spot.frame, span, _WHITE, _GLASS)


def _terrace(site: Site, spot: Spot) -> None:
    """A wooden deck with a bed of plants."""
    deck, green = Look(Material.WOOD, FlatStyle.DECK), Look(Material.GRASS, FlatStyle.PLANTED)
    boards = Span(-3.2, 3.2, -2.2, 2.2, spot.z, spot.z + 0.5)
    bed = Span(-3.2, 3.2, 1.2, 2.2, spot.z, spot.z + 1.5)
    obj = box(site.builder, spot.frame, boards, Look(Material.WOOD), deck)
    box(site.builder, spot.frame, bed, Look(Material.WOOD), green, obj=obj)


_ON_WORKPLACES: tuple[Callable[[Site, Spot], None], ...] = (
    *(_fans, _skylight, _duct, _stair_head, _round_lights, _fans, _pipes, _panels),
)
_ON_HOUSES: tuple[Callable[[Site, Spot], None], ...] = (
    *(_skylight, _stair_head, _pipes, _terrace, _round_lights, _fans, _pipes),
)
"""What may stand on a roof, in the order in which kinds follow each other."""
