"""Wide stairs, as real steps."""

import numpy as np
from shapely import LineString

from isogen.geo.camera import Floats
from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, box
from isogen.mesh.vocabulary import FlatStyle, Material
from isogen.scene.osm.features import Feature
from isogen.scene.osm.tags import count, length_m
from isogen.scene.town.lines import directions_at, places_along
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan

WIDE_FROM_M = 6.0
"""Narrower stairs are painted as paths."""

LONG_FROM_M = 3.0
STEP_RISE_M = 0.16
MOST_RISES = 8
TREADS_PER_M = 1.6
"""Steps of a flight whose steps nobody counted."""

REACH_M = 40.0
_STONE = Look(Material.GRANITE)
_TREADS = (Look(Material.GREY, FlatStyle.BRIGHT), Look(Material.WHITE, FlatStyle.BRIGHT))
"""Light and dark by turns, so that a flight is seen as steps from afar."""


def build_steps(plot: Plot) -> None:
    """Build the wide stairs whose middle lies in the cell."""
    for way in plot.ways(REACH_M):
        if way.tags.get("highway") == "steps" and not way.geometry.is_closed:
            wide = length_m(way.tags.get("width") or way.tags.get("est_width"))
            if wide and wide >= WIDE_FROM_M and way.geometry.length >= LONG_FROM_M:
                _build_flight(plot, way, wide)


def _build_flight(plot: Plot, way: Feature[LineString], wide: float) -> None:
    """Build one flight that rises away from the camera; others would show their backs.

    Treads are one rise high, so that each is one bright row of pixels.
    """
    line = way.geometry
    middle = as_plan(places_along(line, np.array([line.length / 2]))[0])
    if not plot.town.in_cell(middle, plot.key):
        return
    along = as_plan(directions_at(line, np.array([line.length / 2]))[0])
    forward = plot.builder.camera.forward
    away = along[0] * forward[0] + along[1] * forward[1]
    if away < 0:
        along = (-along[0], -along[1])
    steps = count(way.tags.get("step_count")) or round(line.length * TREADS_PER_M)
    rises = min(max(round(plot.builder.rises(steps * STEP_RISE_M)), 1), MOST_RISES)
    frame, obj = Frame(middle, along), plot.builder.new_object()
    tread = line.length / rises
    lows = np.array([-line.length / 2 + k * tread for k in range(rises)], np.float64)
    tops = _tops(plot, frame, lows + tread / 2)
    for k, (low, top) in enumerate(zip(lows.tolist(), tops, strict=True)):
        span = Span(low, low + tread, -wide / 2, wide / 2, min(top - k - 1, top - 1), top)
        box(plot.builder, frame, span, _STONE, _TREADS[k % 2], obj=obj)


def _tops(plot: Plot, frame: Frame, middles: Floats) -> list[float]:
    """Return the heights of the treads in the middle of a flight, some meters along.

    A flight rises by itself, and lies on a slope that rises faster.
    """
    own = np.arange(1.0, len(middles) + 1)
    if plot.town.hills is None:
        return own.tolist()
    plot.builder.footing = 0.0
    places = np.array([frame.at(a, 0) for a in middles.tolist()])
    ground = np.rint(plot.town.hills.at(places))
    return np.maximum(ground + 1, ground[0] + own).tolist()
