"""What holds water back: dams, weirs, the gates of locks."""

import itertools
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import shapely
from shapely import LineString, Point, Polygon

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, flat
from isogen.mesh.solids import prism as solid
from isogen.mesh.vocabulary import Ground, Material, WallStyle
from isogen.scene.osm.features import Feature
from isogen.scene.town.context import WATER_RISES
from isogen.scene.town.footprint import rings_of
from isogen.scene.town.laid import laid
from isogen.scene.town.lines import directions_at, distances_along
from isogen.scene.town.near import anchor_of, unit
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block, turned
from isogen.scene.town.waterways import width_of

REACH_M = 120.0
LEAST_M = 0.8
NODE_REACH_M = 1.0
USUAL_WIDTH_M = 8.0
FOAM_M = 3.0
_DEPTH = float(WATER_RISES)


class _Work(NamedTuple):
    """A wall in the water."""

    half_m: float
    top: float
    sides: Look
    cover: Look
    has_foam: bool = False


_WORKS: Mapping[str, _Work] = {
    "dam": _Work(2.4, 1.5, Look(Material.GRANITE, WallStyle.QUAY), Look(Material.GREY)),
    "weir": _Work(0.9, -1.4, Look(Material.WHITE), Look(Material.SKY), has_foam=True),
    "lock_gate": _Work(0.6, 1.0, Look(Material.WOOD, WallStyle.SLATS), Look(Material.TAN)),
}


def build_waterworks(plot: Plot) -> None:
    """Build the dams, weirs and gates whose middle lies in the cell."""
    for way in plot.ways(REACH_M):
        work = _WORKS.get(way.tags.get("waterway", ""))
        if work and plot.town.in_cell(anchor_of(way.geometry), plot.key):
            _build_line(plot, way.geometry, work)
    for area in plot.areas(REACH_M):
        if area.tags.get("waterway") == "dam" and plot.town.in_cell(
            anchor_of(area.geometry), plot.key
        ):
            _build_area(plot, area.geometry)
    for node, _ in plot.nodes():
        work = _WORKS.get(node.tags.get("waterway", ""))
        if work:
            _build_across(plot, node, work)


def _build_area(plot: Plot, outline: Polygon) -> None:
    dam = _WORKS["dam"]
    solid(plot.builder, rings_of(outline), _DEPTH, dam.top, dam.sides, dam.cover)


def _build_across(plot: Plot, node: Feature[Point], work: _Work) -> None:
    """Build a wall across the waterway that a node lies on."""
    near = [plot.town.features.ways[k] for k in plot.town.ways.within(node.geometry, NODE_REACH_M)]
    waters = [way for way in near if width_of(way) > 0]
    if not waters:
        return
    water = waters[0]
    place = np.array([(node.geometry.x, node.geometry.y)])
    along = as_plan(directions_at(water.geometry, distances_along(water.geometry, place))[0])
    frame = Frame(as_plan(place[0]), turned(along))
    half = max(width_of(water), USUAL_WIDTH_M / 2) / 2
    _build_line(plot, LineString([frame.at(-half, 0), frame.at(half, 0)]), work)


def _build_line(plot: Plot, line: LineString, work: _Work) -> None:
    points, obj = shapely.get_coordinates(line), plot.builder.new_object()
    for a, b in itertools.pairwise(points):
        half = float(np.sqrt(((b - a) ** 2).sum())) / 2
        if 2 * half < LEAST_M:
            continue
        frame = Frame(as_plan((a + b) / 2), unit(as_plan(b - a)))
        span = Span(-half, half, -work.half_m, work.half_m, _DEPTH, work.top)
        if work.has_foam:
            wide = work.half_m + FOAM_M
            ring = [frame.at(x, y) for x, y in ((-half, -wide), (half, -wide), (half, wide),
                                                (-half, wide))]  # fmt: skip
            flat(plot.builder, [ring], _DEPTH + 0.1, laid(Ground.FOAM), obj)
        block(plot.builder, frame, span, work.sides, work.cover, obj)
