"""Garden walls, retaining walls, fences and hedges."""

from collections.abc import Mapping

import numpy as np
import shapely

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, ribbon
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.town.near import unit
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block

CLEAR_M = 0.5
LEAST_M = 0.8
LONGEST_M = 25.0

_WALLS: Mapping[str, tuple[float, float, Look, Look]] = {
    "wall": (0.4, 2.0, Look(Material.GRANITE), Look(Material.GREY)),
    "retaining_wall": (0.5, 1.6, Look(Material.GRANITE), Look(Material.SETTS)),
    "city_wall": (2.0, 8.0, Look(Material.GRANITE, WallStyle.QUAY), Look(Material.SETTS)),
    "hedge": (0.9, 2.0, Look(Material.LEAF), Look(Material.LINDEN, FlatStyle.PLANTED)),
}
"""Thickness in meters, height in rises, sides and top."""

FENCE_RISES = 1.4
_FENCE = Look(Material.DARK)


def build_barriers(plot: Plot) -> None:
    """Build the barriers of a cell, piece by piece."""
    for way in plot.ways():
        kind = way.tags.get("barrier", "")
        if kind in _WALLS or kind == "fence":
            points = shapely.get_coordinates(shapely.segmentize(way.geometry, LONGEST_M))
            middles = (points[:-1] + points[1:]) / 2
            free = plot.mine(middles) & plot.town.are_clear(middles, CLEAR_M)
            obj = plot.builder.new_object() if free.any() else 0
            for a, b in zip(points[:-1][free], points[1:][free], strict=True):
                _build_piece(plot, kind, (a, b), obj)


def _build_piece(plot: Plot, kind: str, ends: tuple[np.ndarray, np.ndarray], obj: int) -> None:
    a, b = ends
    length = float(np.sqrt(((b - a) ** 2).sum()))
    if kind == "fence":
        ribbon(plot.builder, (*as_plan(a), 0), (*as_plan(b), 0), FENCE_RISES, _FENCE, obj)
    elif length > LEAST_M:
        thick, high, sides, top = _WALLS[kind]
        frame = Frame(as_plan((a + b) / 2), unit(as_plan(b - a)))
        half = length / 2
        span = Span(-half, half, -thick / 2, thick / 2, 0, high)
        block(plot.builder, frame, span, sides, top, obj)
