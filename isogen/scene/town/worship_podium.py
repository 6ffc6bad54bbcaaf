"""The granite terrace under a great church, with stairs where the map has them."""

from dataclasses import dataclass

import shapely
from shapely import Polygon

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, box, prism
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.osm.tags import length_m
from isogen.scene.town.footprint import largest, quarters, rings_of
from isogen.scene.town.site import Site
from isogen.scene.town.steps import WIDE_FROM_M

HIGH_RISES = 8
LOW_RISES = 3

_MARGIN = 1.26
_REACH = 1.6
"""How far stairs may lie from the center, as a multiple of the church's half length."""

_NEIGHBOR_M = 2.5
_STREET_M = 1.5
_DEEPEST_FLIGHT_M = 22.0
_MIN_STAIRS_M2 = 60.0


@dataclass(frozen=True)
class Flight:
    """A straight flight of stairs: ``frame.along`` leads down from its upper edge's middle."""

    frame: Frame
    half_width: float
    depth: float

    has_steps: bool
    """Whether a way of stairs lies in it, which is built as real steps by itself."""


def build_podium(site: Site, frame: Frame, half_m: float) -> float:
    """Add the terrace around a church, and its stairs. Returns its top in rises."""
    sides = [Frame(frame.center, d) for d in quarters(frame)]
    flights = [f for f in (_flight(site, side, half_m) for side in sides) if f]
    top = float(HIGH_RISES if flights else LOW_RISES)
    outline = _outline(site, frame, half_m, flights)
    stone = Look(Material.GRANITE, WallStyle.QUAY)
    paving = Look(Material.SETTS, FlatStyle.PAVERS)
    prism(site.builder, rings_of(outline), 0, top, stone, paving, casts=True)
    for flight in flights:
        _add_flight(site, flight, top)
    return top


def _flight(site: Site, side: Frame, half_m: float) -> Flight | None:
    """Return the mapped stairs on one side of the church."""
    reach = half_m * _REACH
    strip = Polygon(
        [side.at(half_m, -half_m), side.at(reach, -half_m), side.at(reach, half_m),
         side.at(half_m, half_m)]
    )  # fmt: skip
    for k in site.town.areas.within(strip, 0):
        area = site.town.features.areas[k]
        stairs = area.tags.get("landuse") == "steps" or area.tags.get("highway") == "steps"
        if stairs and area.geometry.area >= _MIN_STAIRS_M2:
            return _measure(area.geometry, side, half_m, has_steps=_has_steps(site, area.geometry))
    return None


def _has_steps(site: Site, stairs: Polygon) -> bool:
    ways = (site.town.features.ways[k] for k in site.town.ways.within(stairs, 0))
    return any(
        way.tags.get("highway") == "steps"
        and (length_m(way.tags.get("width") or way.tags.get("est_width")) or 0) >= WIDE_FROM_M
        for way in ways
    )


def _measure(stairs: Polygon, side: Frame, half_m: float, *, has_steps: bool) -> Flight | None:
    (ce, cn), (ae, an), (be, bn) = side.center, side.along, side.across
    points = stairs.exterior.coords
    down = [(e - ce) * ae + (n - cn) * an for e, n in points]
    wide = [(e - ce) * be + (n - cn) * bn for e, n in points]
    depth = min(max(down) - min(down), _DEEPEST_FLIGHT_M)
    half_width = (max(wide) - min(wide)) / 2
    if half_width < depth / 2 or min(down) < half_m * 0.9:
        return None
    middle = side.at(min(down), (max(wide) + min(wide)) / 2)
    return Flight(Frame(middle, side.along), half_width, depth, has_steps)


def _outline(site: Site, frame: Frame, half_m: float, flights: list[Flight]) -> Polygon:
    """Return the terrace: a square that reaches the stairs and leaves houses and streets free."""
    half = half_m * _MARGIN
    corners = [frame.at(half * a, half * b) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    pieces = [Polygon(corners)]
    for flight in flights:
        w = flight.half_width
        back = -max(half_m * 0.5, 1.0)
        at = flight.frame.at
        pieces.append(Polygon([at(back, -w), at(0, -w), at(0, w), at(back, w)]))
    terrace = shapely.union_all(pieces)
    town = site.town
    houses = [
        town.features.buildings[k].geometry.buffer(_NEIGHBOR_M)
        for k in town.buildings_near(terrace, _NEIGHBOR_M)
        if k != site.index
    ]
    streets = [
        road.line.buffer(road.width_m / 2 + _STREET_M) for road in town.roads_near(terrace, 0)
    ]
    free = terrace.difference(shapely.union_all([*houses, *streets]))
    kept = largest(free.union(site.outline.buffer(1.0, join_style="mitre")))
    return kept or site.outline


def _add_flight(site: Site, flight: Flight, top: float) -> None:
    """Add treads of one rise each, light and dark by turns, between two cheek blocks."""
    count = int(top)
    obj = site.builder.new_object()
    w, tread = flight.half_width, flight.depth / count
    stone = Look(Material.GRANITE)
    for k in range(0 if flight.has_steps else count):
        cover = Look(Material.WHITE if k % 2 else Material.GREY, FlatStyle.BRIGHT)
        span = Span(0, (count - k) * tread, -w, w, 0, k + 0.9)
        box(site.builder, flight.frame, span, stone, cover, obj=obj)
    for b in (-w, w):
        cheek = Span(-2, 4, b - 2.4, b + 2.4, 0, top + 4)
        box(
            site.builder, flight.frame, cheek, Look(Material.IVORY),
            Look(Material.VERDIGRIS, FlatStyle.BRIGHT), casts=True,
        )  # fmt: skip
