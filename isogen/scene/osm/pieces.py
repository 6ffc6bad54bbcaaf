"""From mapped things to features: repaired, cut to the extent, numbered.

A thing of several pieces becomes several features with ids of their own, the
largest piece first.
"""

# pyright: reportUnknownMemberType=false
# shapely's stubs leave the types of **kwargs open.

from collections import Counter
from collections.abc import Sequence
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Point, Polygon

from isogen.scene.osm.features import Feature
from isogen.scene.osm.split import GRID_M
from isogen.scene.osm.tags import Tags

Shapes = NDArray[Any]
"""An array of shapely's geometries; its stubs know no narrower type."""

MIN_AREA_M2 = 1.0
"""Smaller polygons are slips of the hand."""

LEAST_DEPTH_M = 4.0
"""What the edge of the extent leaves of a building is worth drawing from this depth on."""

LINE_MARGIN_M = 32.0
"""Lines go on this far past the extent, so that their ends are not seen."""

PIECE_BITS = 16
"""Low bits of a feature's id that number its pieces."""

_TYPE_BITS = 2
MAX_PIECES = 1 << PIECE_BITS


class OsmType(IntEnum):
    """What a feature was in the file; a closed way may be a line and an area."""

    NODE = 0
    WAY = 1
    CLOSED_WAY = 2
    RELATION = 3


class Thing(NamedTuple):
    """A mapped thing with its shape in plane meters, on the grid."""

    type: OsmType
    id: int
    tags: Tags
    shape: shapely.Geometry


def feature_id(kind: OsmType, osm_id: int, piece: int) -> int:
    """Return an id that no other piece of anything has; below 2**53.

    Ids below zero, as editors give before an upload, are told from those above.
    """
    folded = 2 * osm_id if osm_id >= 0 else -2 * osm_id - 1
    return ((folded << _TYPE_BITS | kind) << PIECE_BITS) + piece


def cut_polygons(
    things: Sequence[Thing], extent: Polygon
) -> tuple[tuple[Feature[Polygon], ...], int]:
    """Return what buildings stand on of the extent, without the splinters of those it cuts.

    Returns:
        The features, and how many things had no valid polygon.
    """
    return _clipped(things, extent, LEAST_DEPTH_M)


def clipped_polygons(
    things: Sequence[Thing], extent: Polygon
) -> tuple[tuple[Feature[Polygon], ...], int]:
    """Return what polygons cover of the extent.

    Returns:
        The features, and how many things had no valid polygon.
    """
    return _clipped(things, extent, 0.0)


def _clipped(
    things: Sequence[Thing], extent: Polygon, depth_m: float
) -> tuple[tuple[Feature[Polygon], ...], int]:
    """Clip polygons; pieces of those that the edge cuts must be deeper than ``depth_m``."""
    owners, polygons, dropped = _explode(things)
    shapely.prepare(extent)
    near = shapely.intersects(extent, polygons)
    owners, polygons = owners[near], polygons[near]
    crossing = ~shapely.covers(extent, polygons)
    kept, parts = owners[~crossing], polygons[~crossing]
    clipped = shapely.intersection(polygons[crossing], extent, grid_size=GRID_M)
    more, pieces = _polygons(owners[crossing], clipped)
    if depth_m > 0:
        deep = ~shapely.is_empty(shapely.buffer(pieces, -depth_m / 2))
        more, pieces = more[deep], pieces[deep]
    features = _polygon_features(
        things, np.concatenate([kept, more]), np.concatenate([parts, pieces])
    )
    return features, dropped


def clipped_lines(things: Sequence[Thing], extent: Polygon) -> tuple[Feature[LineString], ...]:
    """Return the pieces of lines in and close around the extent, in their own direction.

    Lines whose nodes all round to one place are left out.
    """
    around = extent.buffer(LINE_MARGIN_M, join_style="mitre")
    shapely.prepare(around)
    features: list[Feature[LineString]] = []
    numbers: Counter[tuple[OsmType, int]] = Counter()
    for thing in things:
        line = thing.shape
        if not isinstance(line, LineString) or line.length == 0 or not around.intersects(line):
            continue
        pieces = [line] if around.covers(line) else _clip_line(line, around)
        for piece in pieces:
            number = numbers[thing.type, thing.id]
            numbers[thing.type, thing.id] += 1
            if number < MAX_PIECES:
                features.append(Feature(feature_id(*thing[:2], number), thing.tags, piece))
    return tuple(sorted(features, key=lambda feature: feature.id))


def points_within(things: Sequence[Thing], extent: Polygon) -> tuple[Feature[Point], ...]:
    """Return the points in the extent."""
    shapely.prepare(extent)
    return tuple(
        sorted(
            (
                Feature(feature_id(thing.type, thing.id, 0), thing.tags, thing.shape)
                for thing in things
                if isinstance(thing.shape, Point) and extent.covers(thing.shape)
            ),
            key=lambda feature: feature.id,
        )
    )


def _explode(things: Sequence[Thing]) -> tuple[NDArray[np.int64], Shapes, int]:
    """Return the valid polygons of things, with whose they are, and how many had none."""
    shapes = np.array([thing.shape for thing in things], dtype=object)
    bad = ~shapely.is_valid(shapes)
    if bad.any():
        repaired = shapely.make_valid(shapes[bad])
        shapes[bad] = shapely.set_precision(repaired, GRID_M)
    owners, polygons = _polygons(np.arange(len(things)), shapes)
    return owners, polygons, len(things) - len(np.unique(owners))


def _polygons(owners: NDArray[np.int64], shapes: Shapes) -> tuple[NDArray[np.int64], Shapes]:
    """Return the polygons of shapes that are large enough, counter-clockwise, and whose."""
    for _ in range(2):  # a collection may hold multipolygons
        shapes, which = shapely.get_parts(shapes, return_index=True)
        owners = owners[which]
    kept = shapely.area(shapes) >= MIN_AREA_M2
    return owners[kept], shapely.orient_polygons(shapes[kept])


def _polygon_features(
    things: Sequence[Thing], owners: NDArray[np.int64], polygons: Shapes
) -> tuple[Feature[Polygon], ...]:
    bounds = shapely.bounds(polygons).reshape(-1, 4)
    sizes = -np.round(shapely.area(polygons), 3)
    order = np.lexsort((bounds[:, 1], bounds[:, 0], sizes, owners))
    owners, polygons = owners[order], polygons[order]
    starts = np.searchsorted(owners, owners, side="left")
    pieces = np.arange(len(owners)) - starts
    features: list[Feature[Polygon]] = []
    for owner, piece, polygon in zip(owners, pieces, polygons, strict=True):
        thing = things[int(owner)]
        if piece < MAX_PIECES:
            key = feature_id(thing.type, thing.id, int(piece))
            features.append(Feature(key, thing.tags, polygon))
    return tuple(sorted(features, key=lambda feature: feature.id))


def _clip_line(line: LineString, around: Polygon) -> list[LineString]:
    """Return the pieces of a line inside, each in its direction and in the line's order."""
    parts = shapely.get_parts(shapely.intersection(line, around, grid_size=GRID_M))
    pieces: list[tuple[float, LineString]] = []
    for part in parts:
        if isinstance(part, LineString) and part.length > 0:
            first, last = (line.project(Point(part.coords[i])) for i in (0, -1))
            piece = part if first <= last or part.is_closed else part.reverse()
            pieces.append((min(first, last), piece))
    return [piece for _, piece in sorted(pieces, key=lambda p: (p[0], p[1].wkb))]
