"""Walls between streets and the land beside them, where slopes are cut or filled."""

import numpy as np
import shapely
from shapely import LineString

from isogen.geo.camera import Floats
from isogen.mesh.builder import Look
from isogen.mesh.cell import cell_box
from isogen.mesh.vocabulary import Kind, Material, WallStyle
from isogen.scene.town.brush import polygons_of
from isogen.scene.town.hills import Hills
from isogen.scene.town.laid import fence, runs_of
from isogen.scene.town.plot import Plot
from isogen.scene.town.slopes import along_ground

STEP_M = 5.0
"""Walls are made of pieces at most this long."""

NEAR_PX = 24
"""Pieces whose ends lie no farther from a cell than this may belong to it."""

SHORTEST_M = 0.01
LEAST_RISES = 1 / 32
"""Lower walls are not seen."""

PARAPET_FROM_RISES = 2.0
PARAPET_RISES = 1.0
"""Where a street lies so much higher than the land beside it, a wall keeps people on it."""

COPING_RISES = 0.6
PARAPET_GAP_M = 2.5
"""No parapet stands this near to a way or a house."""

SHADED_FROM_RISES = 2.0
SHADE_M = 0.8
"""Walls cast the shadow of a strip of this width behind their tops."""

_WALL = Look(Material.TAN, WallStyle.ASHLAR, seed=3)
_PARAPET = Look(Material.TAN, WallStyle.PLAIN)


def build_cuts(plot: Plot) -> None:
    """Build the walls of a cell that hold up streets, or the land above them."""
    hills = plot.town.hills
    if hills is None or (hills.relief.cell(plot.key) == hills.streets.cell(plot.key)).all():
        return
    obj = plot.builder.new_object()
    x0, y0, x1, y1 = cell_box(plot.key, plot.town.camera)
    low, high = (x0 - NEAR_PX, y0 - NEAR_PX), (x1 + NEAR_PX, y1 + NEAR_PX)
    for bed in polygons_of(hills.grades.beds_near(plot.outline)):
        outline = shapely.geometry.polygon.orient(bed)
        for ring in (outline.exterior, *outline.interiors):
            points = shapely.get_coordinates(shapely.segmentize(ring, STEP_M))
            ends = plot.town.camera.to_art(points)
            near = np.all((ends > low) & (ends < high), axis=1)
            for run in runs_of(near[:-1] & near[1:]):
                _build_side(plot, hills, along_ground(hills, LineString(points[run])), obj)


def _build_side(plot: Plot, hills: Hills, points: Floats, obj: int) -> None:
    """Build the pieces of a bed's side, which runs with the bed on its left."""
    middles = (points[:-1] + points[1:]) / 2
    mine = np.flatnonzero(plot.mine(middles))
    if not len(mine):
        return
    street, land = hills.streets.at(points), hills.relief.at(points)
    apart = np.abs(street - land)
    stands = np.maximum(apart[:-1], apart[1:]) > LEAST_RISES
    stands &= np.hypot(*np.diff(points, axis=0).T) > SHORTEST_M
    stands &= plot.town.land_by_place.touched(middles, 0)
    hidden = plot.town.buildings.touched(points, 0)
    stands &= ~(hidden[:-1] & hidden[1:])
    open_ = ~plot.town.buildings.touched(middles, PARAPET_GAP_M)
    open_ &= ~plot.town.ways.touched(middles, PARAPET_GAP_M)
    for k in mine[stands[mine]].tolist():
        _build_piece(plot, points[k : k + 2], street[k : k + 2], land[k : k + 2], obj)
        if open_[k]:
            _build_top(plot, points[k : k + 2], street[k : k + 2], land[k : k + 2], obj)


def _build_piece(plot: Plot, ends: Floats, street: Floats, land: Floats, obj: int) -> None:
    """Add the wall of one piece on the side from which it is seen."""
    is_filled = street.sum() > land.sum()
    high, low = np.maximum(street, land), np.minimum(street, land)
    if not is_filled:
        ends, high, low = ends[::-1], high[::-1], low[::-1]
    if (ends[1] - ends[0]) @ np.array(plot.builder.camera.right) > 0:
        (ae, an), (be, bn) = ends.tolist()
        (ah, bh), (al, bl) = high.tolist(), low.tolist()
        corners = [(ae, an, al), (be, bn, bl), (be, bn, bh), (ae, an, ah)]
        plot.builder.polygon(corners, _WALL, Kind.WALL, obj)
    if (high - low).min() > SHADED_FROM_RISES:
        along = ends[1] - ends[0]
        aside = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-6) * SHADE_M
        strip = np.stack([ends[0], ends[1], ends[1] + aside, ends[0] + aside])
        plot.builder.cast(float(high.min()), [strip])


def _build_top(plot: Plot, ends: Floats, street: Floats, land: Floats, obj: int) -> None:
    """Add what stands on a wall: a parapet along a street, a coping along a garden."""
    apart = street - land
    if np.abs(apart).min() < PARAPET_FROM_RISES:
        return
    height = PARAPET_RISES if apart.min() > 0 else COPING_RISES
    tops = np.maximum(street, land).tolist()
    edge = [(e, n, z) for (e, n), z in zip(ends.tolist(), tops, strict=True)]
    fence(plot.builder, edge, (0, height), _PARAPET, obj)
    fence(plot.builder, edge[::-1], (0, height), _PARAPET, obj)
