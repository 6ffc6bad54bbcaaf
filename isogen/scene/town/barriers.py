"""Garden walls, retaining walls, fences and hedges."""

from collections.abc import Mapping

import numpy as np
import shapely

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, ribbon
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.town.carriers import Way
from isogen.scene.town.lines import places_along
from isogen.scene.town.near import unit
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block
from isogen.scene.town.street_things import build_bollard

CLEAR_M = 0.5
LEAST_M = 0.8
LONGEST_M = 25.0

_WALLS: Mapping[str, tuple[float, float, Look, Look]] = {
    "wall": (0.4, 2.0, Look(Material.GRANITE), Look(Material.GREY)),
    "retaining_wall": (0.5, 1.6, Look(Material.GRANITE), Look(Material.SETTS)),
    "city_wall": (2.4, 9.0, Look(Material.TAN, WallStyle.ASHLAR), Look(Material.SETTS)),
    "castle_wall": (2.4, 9.0, Look(Material.TAN, WallStyle.ASHLAR), Look(Material.SETTS)),
    "jersey_barrier": (0.7, 1.2, Look(Material.GREY), Look(Material.WHITE)),
    "hedge": (0.9, 2.0, Look(Material.LEAF), Look(Material.LINDEN, FlatStyle.PLANTED)),
}
"""Thickness in meters, height in rises, sides and top."""

FENCES: Mapping[str, tuple[float, Look]] = {
    "fence": (1.4, Look(Material.DARK)),
    "railing": (1.3, Look(Material.TIN)),
    "guard_rail": (1.0, Look(Material.TIN)),
    "handrail": (1.2, Look(Material.TIN)),
    "cable_barrier": (1.0, Look(Material.TIN)),
}
"""Height in rises and look of what is thin."""

FENCE_TYPES: Mapping[str, Material] = {
    "wood": Material.WOOD,
    "picket": Material.WHITE,
    "split_rail": Material.WOOD,
    "pole": Material.WOOD,
    "chain_link": Material.GREY,
    "railing": Material.DARK,
}
CRENELLATED = frozenset({"city_wall", "castle_wall"})
MERLON_STEP_M = 2.6
MERLON_M = 1.4
BOLLARD_STEP_M = 1.8


def build_barriers(plot: Plot) -> None:
    """Build the barriers of a cell, piece by piece."""
    for way in plot.ways():
        kind = way.tags.get("barrier", "")
        if kind == "bollard":
            _build_bollards(plot, way)
        if kind in _WALLS or kind in FENCES:
            points = shapely.get_coordinates(shapely.segmentize(way.geometry, LONGEST_M))
            middles = (points[:-1] + points[1:]) / 2
            free = plot.mine(middles) & plot.town.are_clear(middles, CLEAR_M)
            obj = plot.builder.new_object() if free.any() else 0
            for a, b in zip(points[:-1][free], points[1:][free], strict=True):
                _build_piece(plot, way, (a, b), obj)


def _build_bollards(plot: Plot, way: Way) -> None:
    """Build a row of bollards along a line."""
    places = places_along(way.geometry, np.arange(0.5, way.geometry.length, BOLLARD_STEP_M))
    for place in places[plot.mine(places) & plot.town.are_clear(places, CLEAR_M)]:
        build_bollard(plot.builder, Frame(as_plan(place), (1.0, 0.0)))


def _build_piece(plot: Plot, way: Way, ends: tuple[np.ndarray, np.ndarray], obj: int) -> None:
    a, b = ends
    kind = way.tags["barrier"]
    length = float(np.sqrt(((b - a) ** 2).sum()))
    if kind in FENCES:
        high, look = FENCES[kind]
        look = Look(FENCE_TYPES.get(way.tags.get("fence_type", ""), look.material))
        ribbon(plot.builder, (*as_plan(a), 0), (*as_plan(b), 0), high, look, obj)
    elif length > LEAST_M:
        thick, high, sides, top = _WALLS[kind]
        frame = Frame(as_plan((a + b) / 2), unit(as_plan(b - a)))
        half = length / 2
        span = Span(-half, half, -thick / 2, thick / 2, 0, high)
        block(plot.builder, frame, span, sides, top, obj)
        if kind in CRENELLATED:
            _build_merlons(plot, frame, half, (thick, high), sides)


def _build_merlons(
    plot: Plot, frame: Frame, half: float, size: tuple[float, float], look: Look
) -> None:
    """Crown the outer edges of a wall with merlons."""
    thick, high = size
    obj = plot.builder.new_object()
    top = Look(look.material)
    for a in np.arange(-half, half - MERLON_M, MERLON_STEP_M).tolist():
        for b in (-thick / 2, thick / 2 - 0.7):
            span = Span(a, a + MERLON_M, b, b + 0.7, high, high + 1.8)
            block(plot.builder, frame, span, top, top, obj)
