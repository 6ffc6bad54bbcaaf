"""Reads an extract: what a file says becomes features in plane meters."""

# pyright: reportUnknownMemberType=false
# shapely's stubs leave the types of **kwargs open.

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon

from isogen.geo.camera import Floats
from isogen.scene.osm import kinds
from isogen.scene.osm.coast import close_coast
from isogen.scene.osm.cut import chord_polygon, close_outline, close_ring
from isogen.scene.osm.features import Features
from isogen.scene.osm.pbf import Bounds
from isogen.scene.osm.pieces import (
    OsmType,
    Thing,
    clipped_lines,
    clipped_polygons,
    cut_polygons,
    points_within,
)
from isogen.scene.osm.scan import CutRelation, CutWay, Positions, Scan, Shapes, scan_file
from isogen.scene.osm.split import GRID_M, as_multipolygon, union

ToPlane = Callable[[Floats, Floats], tuple[Floats, Floats]]
"""Takes latitudes and longitudes, gives east and north in plane meters."""

_MOST_GROWTH = 3.0
"""A building is not likely to have more beyond the nodes that the extract holds."""

_ENOUGH_KNOWN = 0.5
"""Share of its nodes that a building must have, to be closed by straight lines instead."""


def read_extract(path: Path, to_plane: ToPlane) -> Features:
    """Read the features of an extract.

    Positions are rounded to 1/1024 m. Buildings and areas end at the edge of the extent;
    what the file cuts there is closed along it. What is broken beyond repair is left out
    and counted.

    Raises:
        InputError: There is no such file.
        SourceError: The file is truncated or of another format.
    """
    return assemble(scan_file(path), to_plane)


def assemble(scan: Scan, to_plane: ToPlane) -> Features:
    """Turn what a file says into features; the order of the file does not matter."""
    plane = Plane(to_plane)
    extent = extent_of(scan.bounds, plane)
    coast = close_coast(_coast(scan, plane), extent)
    areas = _placed(plane, scan.way_areas, OsmType.CLOSED_WAY)
    areas += _placed(plane, scan.relation_areas, OsmType.RELATION)
    dry = [shapely.centroid(a.shape) for a in areas if kinds.is_built(a.tags)]
    areas += _cut_areas(scan, plane, extent, dry)
    points = _placed(plane, scan.points, OsmType.NODE)
    things = [*areas, *_lines(scan, plane), *points]
    return features_of(extent, coast, things, dropped=scan.broken)


def features_of(
    extent: Polygon, coast: tuple[MultiPolygon, MultiPolygon], things: Sequence[Thing], dropped: int
) -> Features:
    """Sort mapped things into features.

    Args:
        extent: What is covered.
        coast: Land and sea within.
        things: Points, lines, and areas, which are all that is neither.
        dropped: How many things were left out before.
    """
    points = [t for t in things if isinstance(t.shape, Point)]
    lines = [t for t in things if isinstance(t.shape, LineString)]
    areas = [t for t in things if not isinstance(t.shape, Point | LineString)]
    built = [a for a in areas if kinds.is_built(a.tags)]
    parts, no_part = cut_polygons([a for a in built if kinds.is_part(a.tags)], extent)
    buildings, no_building = cut_polygons([a for a in built if not kinds.is_part(a.tags)], extent)
    ground, no_ground = clipped_polygons([a for a in areas if not kinds.is_built(a.tags)], extent)
    return Features(
        extent=extent,
        land=coast[0],
        sea=coast[1],
        buildings=buildings,
        parts=parts,
        areas=ground,
        ways=clipped_lines([t for t in lines if not kinds.is_tunnel(t.tags)], extent),
        tunnels=clipped_lines([t for t in lines if kinds.is_tunnel(t.tags)], extent),
        nodes=points_within(points, extent),
        dropped=dropped + no_part + no_building + no_ground,
    )


@dataclass(frozen=True)
class Plane:
    """Projects shapes, many at once, onto the grid of 1/1024 m."""

    to_plane: ToPlane

    def positions(self, degrees: Positions) -> Floats:
        """Return east and north of longitudes and latitudes, shape (n, 2)."""
        e, n = self.to_plane(degrees[:, 1], degrees[:, 0])
        return np.round(np.stack([e, n], axis=1) / GRID_M) * GRID_M

    def shapes(self, degrees: NDArray[Any]) -> NDArray[Any]:
        """Return an array of geometries, placed."""
        return shapely.transform(degrees, self.positions) if len(degrees) else degrees

    def lines(self, runs: Sequence[Positions]) -> list[LineString]:
        """Return the lines along runs of positions; what has no length is left out."""
        lines = [LineString(self.positions(run)) for run in runs]
        return [line for line in lines if line.length > 0]


def extent_of(bounds: Bounds, plane: Plane) -> Polygon:
    """Return what bounds cover, on the plane."""
    south, west, north, east = bounds
    corners = np.array([(west, south), (east, south), (east, north), (west, north)])
    return Polygon(plane.positions(corners))


def _placed(plane: Plane, shapes: Shapes, kind: OsmType) -> list[Thing]:
    placed = plane.shapes(shapely.from_wkb(np.array(shapes.wkb, dtype=object)))
    return [
        Thing(kind, osm_id, tags, shape)
        for osm_id, tags, shape in zip(shapes.ids, shapes.tags, placed, strict=True)
    ]


def _coast(scan: Scan, plane: Plane) -> list[LineString]:
    whole = [thing.shape for thing in _placed(plane, scan.coast, OsmType.WAY)]
    lines = [shape for shape in whole if isinstance(shape, LineString) and shape.length > 0]
    for way in scan.cut_ways:
        if way.tags.get("natural") == "coastline":
            lines += plane.lines(way.runs)
    return lines


def _lines(scan: Scan, plane: Plane) -> list[Thing]:
    things = _placed(plane, scan.lines, OsmType.WAY)
    for way in scan.cut_ways:
        if kinds.is_line(way.tags, closed=way.is_closed):
            runs = plane.lines(way.runs)
            things += [Thing(OsmType.WAY, way.id, way.tags, run) for run in runs]
    return things


def _cut_areas(scan: Scan, plane: Plane, extent: Polygon, dry: Sequence[Point]) -> list[Thing]:
    """Return the areas that the extract has cut; what cannot be told is left out."""
    things: list[Thing] = []
    for way in scan.cut_ways:
        if way.is_closed and kinds.is_area(way.tags):
            shape = _cut_way_area(way, plane.lines(way.runs), extent)
            things.append(Thing(OsmType.CLOSED_WAY, way.id, way.tags, shape))
    for relation in scan.cut_relations:
        shape = _cut_relation_area(relation, plane, extent, dry)
        things.append(Thing(OsmType.RELATION, relation.id, relation.tags, shape))
    return [thing for thing in things if not shapely.is_empty(thing.shape)]


def _cut_way_area(way: CutWay, runs: list[LineString], extent: Polygon) -> MultiPolygon:
    if not runs:
        return MultiPolygon()
    closed = close_ring(runs, extent)
    if not kinds.is_built(way.tags):
        return closed
    straight = chord_polygon(runs)
    if straight.area < closed.area <= _MOST_GROWTH * straight.area:
        return closed
    return straight if way.known >= _ENOUGH_KNOWN else MultiPolygon()


def _cut_relation_area(
    relation: CutRelation, plane: Plane, extent: Polygon, dry: Sequence[Point]
) -> MultiPolygon:
    outer, inner = (_join(plane.lines(runs)) for runs in (relation.outer, relation.inner))
    holes = union([p for line in inner for p in chord_polygon([line]).geoms])
    if kinds.is_built(relation.tags):
        covered = union([p for line in outer for p in chord_polygon([line]).geoms])
    elif outer:
        covered = close_outline(outer, extent, dry if kinds.is_water(relation.tags) else ())
    else:
        # What lies around a hole reaches past the extent on all sides.
        covered = as_multipolygon(extent if inner else Polygon())
    return as_multipolygon(shapely.difference(covered, holes, grid_size=GRID_M))


def _join(lines: list[LineString]) -> list[LineString]:
    """Join lines that meet, whatever their directions."""
    ordered = sorted(lines, key=lambda line: line.wkb)
    merged = shapely.get_parts(shapely.line_merge(MultiLineString(ordered)))
    return [line for line in merged if isinstance(line, LineString)]
