"""What stands on flat roofs: parapets, set-back storeys, plant, skylights, stair heads."""

import math

import shapely
from shapely import Polygon

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span, box, gable, prism
from isogen.mesh.vocabulary import Facade, FlatStyle, Material, SlopeStyle, WallStyle
from isogen.scene.town.footprint import (
    box_around,
    clean,
    inset,
    largest,
    rectangle,
    rings_of,
)
from isogen.scene.town.site import Site

_PARAPET_M = 0.9
_PARAPET_MIN_M2 = 60.0
_CORE_M = 3.2
_SET_BACK_M = 6.0
_SET_BACK_MIN_M2 = 420.0
_SET_BACK_RISES = 5
_HALL_MIN_M2 = 1300.0
_M2_PER_DEVICE = 75.0
_MOST_DEVICES = 26
_PLANT, _SET_BACK = 11, 12


def furnish_flat_roof(site: Site, outline: Polygon, z: float, *, storey: bool = True) -> None:
    """Put a parapet, plant and perhaps a set-back storey on a flat roof.

    Args:
        site: The building.
        outline: Edge of the roof.
        z: Its height, in rises.
        storey: Whether a parapet and a set-back storey may stand on it.
    """
    if storey:
        _parapet(site, outline, z)
        back = _set_back(site, outline)
        if back:
            look = site.look
            front = Material.GREY if look.wall in (Material.GLASS, Material.WHITE) else look.wall
            wall = Look(front, 0, look.seed, 2, Material.WHITE, Facade.RIBBON)
            cover = Material.TIN if look.seed & 8 else Material.GRAVEL
            top = z + _SET_BACK_RISES
            prism(site.builder, rings_of(back), z, top, wall, Look(cover, FlatStyle.GRAVEL))
            furnish_flat_roof(site, back, top, storey=False)
            return
    core = largest(shapely.unary_union(inset(outline, _CORE_M)))
    if core is not None:
        _glass_halls(site, core, z)
        _devices(site, core, z)


def _parapet(site: Site, outline: Polygon, z: float) -> None:
    inner = inset(outline, _PARAPET_M)
    if len(inner) == 1 and inner[0].area > _PARAPET_MIN_M2:
        rim = outline.difference(inner[0])
        ring = largest(rim)
        if ring is not None:
            look = site.look
            coping = Look(look.wall, FlatStyle.BRIGHT, look.seed)
            prism(
                site.builder, rings_of(ring), z, z + 1, site.blank(), coping, obj=site.obj,
                casts=False,
            )  # fmt: skip


def _set_back(site: Site, outline: Polygon) -> Polygon | None:
    pieces = inset(outline, _SET_BACK_M)
    wanted = site.stream(_SET_BACK).chance(0.55) and site.look.storeys > 2
    if not wanted or len(pieces) != 1 or pieces[0].area < _SET_BACK_MIN_M2:
        return None
    return clean(pieces[0], 1.0)


def _glass_halls(site: Site, core: Polygon, z: float) -> None:
    """Put ridged skylights over deep floors."""
    if core.area < _HALL_MIN_M2 * 0.75:
        return
    stream = site.stream(_PLANT + 2)
    around = box_around(core)
    side = math.sqrt(core.area)
    for _ in range(stream.between(1, 4)):
        place = around.frame.at(
            stream.uniform(-0.45, 0.45) * side, stream.uniform(-0.3, 0.3) * side
        )
        length, width = stream.uniform(6, 13), stream.uniform(2, 3.2)
        frame = Frame(place, around.frame.along)
        if core.contains(rectangle(frame, length + 1, width + 1)):
            obj = site.builder.new_object()
            foot = Span(-length, length, -width, width, z, z + 1.5)
            box(site.builder, frame, foot, Look(Material.WHITE), None, obj=obj)
            cover = Span(-length, length, -width, width, z + 1.5, z + 4.5)
            glass = Look(Material.GLASS, SlopeStyle.GLAZED)
            gable(site.builder, frame, cover, glass, Look(Material.WHITE), obj)


def _devices(site: Site, core: Polygon, z: float) -> None:
    """Scatter fans, hatches, stair heads and pipes, square with the building."""
    stream = site.stream(_PLANT)
    around = box_around(core)
    placed: list[Plan] = []
    shapely.prepare(core)
    for _ in range(min(int(core.area / _M2_PER_DEVICE) + 1, _MOST_DEVICES)):
        a = stream.uniform(-1, 1) * around.half_length
        b = stream.uniform(-1, 1) * around.half_width
        kind, sizes = stream.random(), (stream.uniform(1.5, 3.4), stream.uniform(1.2, 2.4))
        place = around.frame.at(a, b)
        clear = all(math.dist(place, other) > 6.5 for other in placed)
        if clear and core.contains(rectangle(Frame(place, around.frame.along), 3.4, 2.6)):
            placed.append(place)
            _device(site, Frame(place, around.frame.along), sizes, z, kind)


def _device(site: Site, frame: Frame, sizes: Plan, z: float, kind: float) -> None:
    length, width = sizes
    builder = site.builder

    def add(height: float, wall: Look, top: Look, *, casts: bool = False) -> None:
        span = Span(-length, length, -width, width, z, z + height)
        box(builder, frame, span, wall, top, casts=casts)

    if kind < 0.4:
        fans = Look(Material.WHITE, FlatStyle.FANS)
        add(2, Look(Material.GREY, WallStyle.LOUVRES), fans)
    elif kind < 0.62:
        add(1, Look(Material.WHITE), Look(Material.GLASS, FlatStyle.SKYLIGHT))
    elif kind < 0.82:
        add(4, site.blank(), Look(Material.TIN, FlatStyle.MEMBRANE), casts=True)
    else:
        for a in (-1.2, 0.6):
            span = Span(a, a + 1, -0.6, 0.6, z, z + 2)
            box(builder, frame, span, Look(Material.GREY), Look(Material.DARK))
