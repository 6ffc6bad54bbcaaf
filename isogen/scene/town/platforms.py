"""Railway platforms with their canopies, and the gantries that carry the wires."""

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from isogen.geo.camera import Floats
from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, prism, ribbon
from isogen.mesh.vocabulary import FlatStyle, Material
from isogen.scene.osm.features import Feature
from isogen.scene.town.brush import lines_of, polygons_of, rings_of
from isogen.scene.town.near import anchor_of, unit
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block, upright

PLATFORM_FROM_M2 = 60.0
CANOPY_FROM_M = 260.0
"""Platforms with a longer outline have a canopy."""

CANOPY_M = 108.0
CANOPY_INSET_M = 1.3
CANOPY_RISES = (6.0, 7.0)
POST_STEP_M = 12.0
TILE_M = 60.0
"""Long platforms are cut across into pieces of this length, each in its own cell."""

GANTRY_STEP_M = 48.0
GANTRY_RISES = 10.0
GANTRY_FROM_M = 20.0
MAST_STEP_M = 22.0
FAR_M = 400.0

_EDGE = Look(Material.GREY)
_PAVING = Look(Material.SETTS, FlatStyle.PAVERS)
_FASCIA = Look(Material.WHITE)
_SHEET = Look(Material.TIN, FlatStyle.RIBBED)
_POST = Look(Material.DARK)
_STEEL = Look(Material.TIN)


def build_platforms(plot: Plot) -> None:
    """Build the platforms and gantries of a cell."""
    for area in plot.areas(FAR_M):
        if area.tags.get("railway") == "platform" and area.geometry.area > PLATFORM_FROM_M2:
            _build_platform(plot, area)
        elif area.tags.get("landuse") == "railway":
            _build_gantries(plot, area)


def _build_platform(plot: Plot, area: Feature[Polygon]) -> None:
    # Pieces, canopy and posts lie in the box around a platform.
    if not shapely.dwithin(area.geometry.minimum_rotated_rectangle, plot.outline, 1.0):
        return
    axis = _axis(area.geometry)
    for piece in _tiles(_open_air(plot, area.geometry), axis):
        if plot.town.in_cell(anchor_of(piece), plot.key):
            rings = rings_of(shapely.geometry.polygon.orient(piece))
            prism(plot.builder, rings, 0, 1, _EDGE, _PAVING, casts=False)
    if area.geometry.length > CANOPY_FROM_M:
        _build_canopy(plot, area.geometry, axis)


def _open_air(plot: Plot, shape: Polygon) -> BaseGeometry:
    near = plot.town.buildings_near(shape, 0)
    houses = [plot.town.features.buildings[i].geometry for i in near]
    return shape.difference(shapely.union_all(houses))


def _axis(shape: Polygon) -> Frame:
    """Return the middle and the long direction of a shape, pointing away from the camera."""
    box = shape.minimum_rotated_rectangle
    ring = shapely.get_coordinates(box)
    sides = np.diff(ring[:3], axis=0)
    lengths = np.sqrt((sides**2).sum(axis=1)).round(3)
    along = unit(as_plan(sides[int(lengths.argmax())]))
    flip = -1 if (along[1], along[0]) < (0, 0) else 1
    return Frame(as_plan(ring[:4].mean(axis=0)), (flip * along[0], flip * along[1]))


def _reach(shape: Polygon, axis: Frame) -> tuple[float, float]:
    """Return the least and greatest distance of a shape's corners along its axis."""
    along = (shapely.get_coordinates(shape) - axis.center) @ np.array(axis.along)
    return float(along.min()), float(along.max())


def _slice(axis: Frame, low: float, high: float) -> Polygon:
    corners = ((low, -FAR_M), (high, -FAR_M), (high, FAR_M), (low, FAR_M))
    return Polygon([axis.at(a, b) for a, b in corners])


def _tiles(shape: BaseGeometry, axis: Frame) -> list[Polygon]:
    """Cut a shape across its axis."""
    out: list[Polygon] = []
    for polygon in polygons_of(shape):
        low, high = _reach(polygon, axis)
        for start in np.arange(low, high, TILE_M).tolist():
            out += polygons_of(polygon.intersection(_slice(axis, start, start + TILE_M)))
    return out


def _build_canopy(plot: Plot, shape: Polygon, axis: Frame) -> None:
    """Cover the end of a platform that lies nearer to the station, or else to any house."""
    low, high = _reach(shape, axis)
    ends = [shapely.Point(axis.at(a, 0)) for a in (low, high)]
    house_m = [_house_distance(plot, end) for end in ends]
    start = low + 1 if house_m[0] <= house_m[1] else high - 1 - CANOPY_M
    roof = shape.buffer(-CANOPY_INSET_M).intersection(_slice(axis, start, start + CANOPY_M))
    for piece in _tiles(roof, axis):
        if plot.town.in_cell(anchor_of(piece), plot.key):
            rings = rings_of(shapely.geometry.polygon.orient(piece))
            prism(plot.builder, rings, *CANOPY_RISES, _FASCIA, _SHEET)
    for a in np.arange(start + 4, start + CANOPY_M, POST_STEP_M).tolist():
        place = axis.at(a, 0)
        if plot.town.in_cell(place, plot.key):
            obj = plot.builder.new_object()
            upright(plot.builder, place, 0.6, (1, CANOPY_RISES[0]), _POST, obj)


def _house_distance(plot: Plot, place: shapely.Point) -> float:
    buildings = plot.town.features.buildings
    near = [buildings[i] for i in plot.town.buildings_near(place, FAR_M)]
    stations = [b for b in near if b.tags.get("building") == "train_station"]
    distances = [b.geometry.distance(place) for b in stations or near]
    return round(min(distances, default=FAR_M), 3)


def _build_gantries(plot: Plot, yard: Feature[Polygon]) -> None:
    axis = _axis(yard.geometry)
    low, high = _reach(yard.geometry, axis)
    for a in np.arange(low + GANTRY_STEP_M / 2, high, GANTRY_STEP_M).tolist():
        across = LineString([axis.at(a, -FAR_M), axis.at(a, FAR_M)])
        for beam in lines_of(across.intersection(yard.geometry)):
            is_mine = plot.town.in_cell(anchor_of(beam), plot.key)
            if is_mine and beam.length > GANTRY_FROM_M and not plot.town.buildings_near(beam, 1):
                _build_gantry(plot, shapely.get_coordinates(beam))


def _build_gantry(plot: Plot, ends: Floats) -> None:
    obj = plot.builder.new_object()
    a, b = ends[0], ends[-1]
    length = float(np.sqrt(((b - a) ** 2).sum()))
    masts = max(int(length / MAST_STEP_M), 2)
    for k in range(masts):
        place = as_plan(a + (b - a) * k / (masts - 1))
        frame = Frame(place, unit(as_plan(b - a)))
        mast = Span(-0.3, 0.3, -0.3, 0.3, 0, GANTRY_RISES)
        block(plot.builder, frame, mast, _STEEL, _STEEL, obj)
    foot = GANTRY_RISES - 1
    start, end = (*as_plan(a), foot), (*as_plan(b), foot)
    ribbon(plot.builder, start, end, 1.2, _STEEL, obj)
