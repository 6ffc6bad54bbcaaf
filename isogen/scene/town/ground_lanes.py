"""What is painted on carriageways: lanes, stop lines, islands, the greens of roundabouts."""

import itertools

import numpy as np
from shapely import LineString, Point, Polygon

from isogen.geo.camera import Floats
from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.tags import Tags, count
from isogen.scene.town.brush import Brush, over
from isogen.scene.town.context import Town
from isogen.scene.town.lanes import GUTTER_M, lane_offsets
from isogen.scene.town.lines import beside, places_along
from isogen.scene.town.roads import ARTERIES, LANE_M, Road, is_parted

DASH_M, STEP_M = 3.2, 5.0
SOLID_FROM = 4
"""Roads with this many lanes have an unbroken line in their middle."""

CYCLE_M = 1.4
STOP_SETBACK_M = 3.2
ISLAND_OFF_M = 3.6
ISLAND_M = (1.7, 0.8)
"""Half length and half width of a traffic island."""

GREEN_FROM_M2 = 12.0
TURNING_M = 6.5
MINI_M = 1.6

_ASPHALT = over(Ground.ROAD, Ground.SETT, Ground.CONCRETE)
_PAINTED = over(
    Ground.ROAD,
    Ground.SETT,
    Ground.CONCRETE,
    Ground.LINE,
    Ground.YELLOW,
    Ground.BUS_LANE,
    Ground.CYCLE_LANE,
)
_LANED = ("lane", "opposite_lane", "track")
_ISLANDS = frozenset({"island", "choker;island"})


def paint_lanes(brush: Brush, road: Road, center: Ground) -> None:
    """Paint the special lanes of a road and the lines between all of them.

    ``center`` is the line between the two directions.
    """
    for side in (-1, 1):
        if _has_cycle_lane(road.feature.tags, left=side > 0):
            _strip(brush, road, side * (road.width_m / 2 - CYCLE_M / 2), CYCLE_M, Ground.CYCLE_LANE)
    if _has_bus_lane(road.feature.tags):
        edge = road.width_m / 2 - LANE_M / 2 - 0.3
        _strip(brush, road, -edge, LANE_M, Ground.BUS_LANE)
    if road.kind.removesuffix("_link") in ARTERIES | {"tertiary"} and is_parted(road.feature):
        _paint_lines(brush, road, center)


def _paint_lines(brush: Brush, road: Road, center: Ground) -> None:
    offsets = lane_offsets(road, road.width_m - 2 * GUTTER_M)
    if road.kind == "tertiary" or len(offsets) % 2:
        offsets = [-1.0, 1.0] if not road.is_one_way else offsets
    for low, high in itertools.pairwise(offsets):
        middle = (low + high) / 2
        is_center = abs(middle) < 0.1 and not road.is_one_way
        for line in beside(road.line, middle) if abs(middle) > 0.1 else [road.line]:
            ground = center if is_center else Ground.LINE
            if is_center and (len(offsets) >= SOLID_FROM or ground is Ground.YELLOW):
                brush.stroke(line, ground, _PAINTED)
            else:
                dashes(brush, line, DASH_M, STEP_M, ground)


def dashes(brush: Brush, line: LineString, on_m: float, step_m: float, ground: Ground) -> None:
    """Paint a dashed line; dashes are counted from the line's own beginning."""
    starts = np.arange(step_m / 2, line.length - on_m, step_m)
    if len(starts):
        heads, tails = places_along(line, starts), places_along(line, starts + on_m)
        brush.segments(np.stack([heads, tails], axis=1), ground)


def _strip(brush: Brush, road: Road, offset_m: float, width_m: float, ground: Ground) -> None:
    for line in beside(road.line, offset_m):
        brush.fill(line.buffer(width_m / 2, cap_style="flat"), ground, _ASPHALT)


def _has_cycle_lane(tags: Tags, *, left: bool) -> bool:
    side = "left" if left else "right"
    keys = ("cycleway", "cycleway:both", f"cycleway:{side}")
    return any(tags.get(key) in _LANED for key in keys)


def _has_bus_lane(tags: Tags) -> bool:
    counted = any(count(tags.get(key)) for key in ("lanes:psv", "lanes:bus"))
    listed = any("designated" in tags.get(key, "") for key in ("bus:lanes", "psv:lanes"))
    return counted or listed or tags.get("busway") == "lane" or tags.get("busway:right") == "lane"


def paint_nodes(brush: Brush, town: Town, reach_m: float) -> None:
    """Paint stop lines and traffic islands."""
    for index in town.nodes.within(brush.outline, reach_m):
        node = town.features.nodes[index]
        kind = node.tags.get("highway")
        if kind == "crossing" and _has_island(node.tags):
            _paint_island(brush, town, node.geometry)
        elif kind in {"stop", "traffic_signals"}:
            _paint_stop(brush, town, node.geometry, node.tags.get("direction"))
        elif kind == "mini_roundabout":
            brush.fill(node.geometry.buffer(MINI_M), Ground.WHITE, _PAINTED)


def _has_island(tags: Tags) -> bool:
    return tags.get("crossing:island") == "yes" or tags.get("traffic_calming") in _ISLANDS


def _paint_island(brush: Brush, town: Town, place: Point) -> None:
    """Paint a kerbed island in the road's middle on both sides of a crossing."""
    roads = [road for road in town.roads_near(place, 0.6) if road.has_kerb and not road.is_bridge]
    if not roads:
        return
    along = min(roads, key=lambda road: (-road.width_m, road.id)).direction_at(place)
    middle = np.array([place.x, place.y])
    half, wide = ISLAND_M
    for side in (-1, 1):
        center = middle + side * along * ISLAND_OFF_M
        spine = LineString([center - along * half, center + along * half])
        brush.fill(spine.buffer(wide), Ground.CURB, _PAINTED)


def _paint_stop(brush: Brush, town: Town, place: Point, direction: str | None) -> None:
    """Paint a stop line over the half of the road that comes up to it."""
    roads = [road for road in town.roads_near(place, 0.1) if road.has_kerb and not road.is_bridge]
    if len(roads) != 1 or direction not in {"forward", "backward"}:
        return
    road = roads[0]
    along = road.direction_at(place) * (1 if direction == "forward" else -1)
    on_left = town.settings.flavor.habits.driving_side == "left"
    aside = np.array([-along[1], along[0]]) * (1 if on_left else -1)
    foot = np.array([place.x, place.y]) - along * STOP_SETBACK_M
    near = -road.width_m / 2 if road.is_one_way else 0.3
    ends = np.stack([foot + aside * near, foot + aside * (road.width_m / 2 - GUTTER_M)])
    brush.path(ends, Ground.WHITE, _PAINTED)


def paint_rounds(brush: Brush, town: Town, roads: list[Road]) -> None:
    """Paint turning circles, and the greens that roundabouts enclose."""
    for road in roads:
        if road.feature.tags.get("junction") in {"roundabout", "circular"} and road.line.is_closed:
            inner = Polygon(_ring(road.line)).buffer(-road.width_m / 2)
            if inner.area > GREEN_FROM_M2:
                brush.fill(inner, Ground.CURB)
                brush.fill(inner.buffer(-0.7), Ground.GRASS)
                brush.fill(inner.buffer(-3.5), Ground.FLOWERS)
    for index in town.nodes.within(brush.outline, TURNING_M):
        node = town.features.nodes[index]
        if node.tags.get("highway") == "turning_circle":
            brush.fill(node.geometry.buffer(TURNING_M), Ground.ROAD)


def _ring(line: LineString) -> Floats:
    return np.array(line.coords)[:, :2]
