"""What runs above the ground: carriageways, paths and tracks on bridges and ramps."""

import numpy as np

from isogen.geo.camera import Floats
from isogen.mesh.builder import MeshBuilder
from isogen.mesh.vocabulary import Ground
from isogen.scene.town.carriers import Way, half_m, kind_of
from isogen.scene.town.laid import Course, laid, lay
from isogen.scene.town.roads import ARTERIES, COBBLES, LOOSE, WIDTH_M, is_parted

KERB_M = 0.5
RAIL_M = 0.6
"""A rail is drawn one art pixel wide."""

HALF_GAUGE_M = 0.8
DASH_STEP_M = 5.0
DASH_M = 3.0
MARK_M = 0.6
_BED, _ON_BED, _MARK = 0.05, 0.1, 0.15
"""Rises above the deck: each layer of paint lies on the one before."""


def lay_way(builder: MeshBuilder, way: Way, course: Course, obj: int) -> None:
    """Lay a way on its deck, with its kerbs, rails and marks."""
    kind, half = kind_of(way), half_m(way)
    if kind == "rail":
        _lay_track(builder, way, course, obj)
        return
    if kind in {"road", "fast"}:
        _strip(builder, course, (-half - KERB_M, half + KERB_M), (_BED, Ground.CURB), obj)
    _strip(builder, course, (-half, half), (_ON_BED, surface_of(way)), obj)
    if way.tags.get("highway") in ARTERIES and is_parted(way):
        _lay_dashes(builder, course, obj)


def surface_of(way: Way) -> Ground:
    """Return what a way is paved with."""
    highway, surface = way.tags.get("highway"), way.tags.get("surface")
    if surface == "wood":
        return Ground.WOOD
    if surface in COBBLES:
        return Ground.SETT
    if surface in LOOSE:
        return Ground.GRAVEL_ROAD
    if highway == "pedestrian":
        return Ground.GRANITE
    if highway == "cycleway":
        return Ground.CYCLE_LANE
    return Ground.ROAD if highway in WIDTH_M else Ground.WALK


def _strip(
    builder: MeshBuilder,
    course: Course,
    offsets_m: tuple[float, float],
    paint: tuple[float, Ground],
    obj: int,
) -> None:
    above, ground = paint
    right, left = course.edge(offsets_m[0], above), course.edge(offsets_m[1], above)
    lay(builder, right, left, laid(ground), obj)


def _lay_track(builder: MeshBuilder, way: Way, course: Course, obj: int) -> None:
    rail = Ground.RAIL
    if way.tags.get("railway") == "tram":
        rail = Ground.TRAM_RAIL
    else:
        _strip(builder, course, (-1.4, 1.4), (_BED, Ground.SLEEPER), obj)
    for offset in (-HALF_GAUGE_M, HALF_GAUGE_M):
        edges = (offset - RAIL_M / 2, offset + RAIL_M / 2)
        _strip(builder, course, edges, (_MARK, rail), obj)


def _lay_dashes(builder: MeshBuilder, course: Course, obj: int) -> None:
    """Lay a broken line, counted from the way's own beginning."""
    first, last = float(course.at_m[0]), float(course.at_m[-1])
    for number in range(int(-(-first // DASH_STEP_M)), int((last - DASH_M) // DASH_STEP_M) + 1):
        start = number * DASH_STEP_M
        dash = _sampled(course, np.array([start, start + DASH_M]))
        _strip(builder, dash, (-MARK_M / 2, MARK_M / 2), (_MARK, Ground.LINE), obj)


def _sampled(course: Course, at_m: Floats) -> Course:
    """Return stations between those of a course."""

    def between(values: Floats) -> Floats:
        return np.interp(at_m, course.at_m, values)

    middles = np.stack([between(course.middles[:, 0]), between(course.middles[:, 1])], axis=1)
    lefts = np.stack([between(course.lefts[:, 0]), between(course.lefts[:, 1])], axis=1)
    return Course(middles, lefts, between(course.rises), at_m)
