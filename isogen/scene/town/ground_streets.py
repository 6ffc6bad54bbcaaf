"""Streets on the ground map: sidewalks, kerbs, carriageways, paths, lanes, crossings."""

from collections.abc import Mapping

import numpy as np
from shapely import Point

from isogen.mesh.vocabulary import Ground
from isogen.scene.town.brush import LUSH, Brush, over
from isogen.scene.town.carriers import Way, half_m, is_bridge
from isogen.scene.town.context import Town
from isogen.scene.town.ground_lanes import paint_lanes, paint_nodes, paint_rounds
from isogen.scene.town.lines import directions_at, places_along
from isogen.scene.town.roads import PATHS, Road

SIDEWALK_M = 3.4
KERB_M = 0.55
WIDEST_M = 40.0
"""No road's surface and sidewalk reach farther than this from its line."""

PATH_HALF_M = 1.5
TRAIL_HALF_M = 0.9
TREAD_M = 1.3
STAIRS_MOST_M = 8.0
_GREEN = over(Ground.GRASS, Ground.SCRUB, Ground.MOWN, Ground.FLOWERS, Ground.HEDGE)
_RIDDEN = LUSH | over(Ground.PAVE, Ground.YARD, Ground.WALK)
_BARE = over(Ground.YARD, Ground.LOT, Ground.PARKING)

CENTER_LINES: Mapping[str, Ground] = {"white": Ground.LINE, "yellow": Ground.YELLOW}
ZEBRA_REACH_M = 0.6
"""A crossing lies on a road whose line passes this near."""

ZEBRA_HALF_M = 1.7
ZEBRA_INSET_M = 0.9
ZEBRA_STEP_PX = 2


def _roads(brush: Brush, town: Town) -> list[Road]:
    """Return the roads that may reach the raster, narrow ones first."""
    roads = [road for road in town.roads_near(brush.outline, WIDEST_M) if not road.is_bridge]
    return sorted(roads, key=lambda road: (road.width_m, road.id))


def paint_under_bridges(brush: Brush, town: Town) -> None:
    """Paint bare earth where a bridge keeps off sun and rain: nothing grows or stands there."""
    for index in town.lifts.bridges_by_place.within(brush.outline, 0):
        bridge, _ = town.lifts.bridges[index]
        brush.fill(bridge.outline, Ground.GRAVEL_PATH, _GREEN)
        brush.fill(bridge.outline, Ground.PAVE, _BARE)


def paint_sidewalks(brush: Brush, town: Town) -> None:
    """Paint the paving beside the streets."""
    for road in _roads(brush, town):
        if road.kind not in {"service", "construction"}:
            brush.fill(road.surface(SIDEWALK_M), Ground.PAVE)


def paint_paths(brush: Brush, town: Town) -> None:
    """Paint paths through green; in town they are part of the paving."""
    for index in town.ways.within(brush.outline, PATH_HALF_M):
        way = town.features.ways[index]
        kind = way.tags.get("highway")
        if kind in PATHS and not way.geometry.is_closed and not is_bridge(way):
            half = TRAIL_HALF_M if kind == "trail" else PATH_HALF_M
            if kind == "steps":
                paint_treads(brush, way)
                continue
            wheels = kind == "cycleway"
            ground = Ground.CYCLE_LANE if wheels else Ground.GRAVEL_PATH
            brush.fill(way.geometry.buffer(half), ground, _RIDDEN if wheels else LUSH)


def paint_treads(brush: Brush, way: Way) -> None:
    """Paint stairs: bright treads across the way."""
    half = min(half_m(way), STAIRS_MOST_M)
    brush.fill(way.geometry.buffer(half, cap_style="flat"), Ground.SETT)
    at_m = np.arange(TREAD_M / 2, way.geometry.length, TREAD_M)
    if len(at_m):
        middles, along = places_along(way.geometry, at_m), directions_at(way.geometry, at_m)
        aside = np.stack([-along[:, 1], along[:, 0]], axis=1) * half
        brush.segments(np.stack([middles - aside, middles + aside], axis=1), Ground.CURB)


def paint_roads(brush: Brush, town: Town) -> None:
    """Paint kerbs, then carriageways: wide roads over narrow ones."""
    roads = _roads(brush, town)
    for road in roads:
        if road.has_kerb:
            brush.fill(road.surface(KERB_M), Ground.CURB)
    for road in roads:
        brush.fill(road.surface(), _surface(road))


def _surface(road: Road) -> Ground:
    if road.is_cobbled:
        return Ground.SETT
    if road.is_loose:
        return Ground.GRAVEL_ROAD
    if road.feature.tags.get("surface", "").startswith("concrete"):
        return Ground.CONCRETE
    return Ground.GRANITE if road.kind == "pedestrian" else Ground.ROAD


def paint_marks(brush: Brush, town: Town) -> None:
    """Paint lane marks, roundabouts, stop lines and zebra crossings."""
    roads = _roads(brush, town)
    paint_rounds(brush, town, roads)
    center = CENTER_LINES[town.settings.flavor.habits.center_lines]
    for road in roads:
        paint_lanes(brush, road, center)
    paint_nodes(brush, town, WIDEST_M)
    for index in town.nodes.within(brush.outline, WIDEST_M):
        node = town.features.nodes[index]
        if node.tags.get("highway") == "crossing" and node.tags.get("crossing") != "no":
            _paint_zebra(brush, town, node.geometry)


def _paint_zebra(brush: Brush, town: Town, place: Point) -> None:
    """Paint a crossing once, where two ways of one street share its node too."""
    roads = [road for road in town.roads_near(place, ZEBRA_REACH_M) if road.has_kerb]
    if roads:
        _paint_bars(brush, min(roads, key=lambda road: (-road.width_m, road.id)), place)


def _paint_bars(brush: Brush, road: Road, place: Point) -> None:
    """Paint bars along the road, a whole number of pixels apart so that all look alike."""
    camera = brush.camera
    along = road.direction_at(place)
    middle = np.array([place.x, place.y])
    origin = camera.to_art(np.zeros(2))
    bar = camera.to_art(along) - origin
    aside = camera.to_art(np.array([-along[1], along[0]])) - origin
    per_m = abs(bar[0] * aside[1] - bar[1] * aside[0]) / np.abs(bar).max()
    step_m = ZEBRA_STEP_PX / max(per_m, 1e-6)
    first = np.floor(camera.to_art(middle) - bar * ZEBRA_HALF_M)
    length = np.rint(bar * 2 * ZEBRA_HALF_M)
    count = int((road.width_m / 2 - ZEBRA_INSET_M) / step_m)
    starts = first + np.rint(aside * step_m * np.arange(-count, count + 1)[:, None]) + 0.5
    brush.segments(camera.from_art(np.stack([starts, starts + length], axis=1)), Ground.WHITE)
