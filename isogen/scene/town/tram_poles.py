"""Poles beside tram tracks, with the brackets that hold the wire."""

import numpy as np

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, ribbon
from isogen.mesh.vocabulary import Ground, Material
from isogen.scene.town.carriers import Way
from isogen.scene.town.lines import directions_at, places_along
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, upright

STEP_M = 36.0
ASIDE_M = 2.9
POLE_RISES = 8.0
CLEAR_M = 0.6
_POLE = Look(Material.DARK)
_GROUNDS = (
    Ground.PAVE, Ground.CURB, Ground.SETT, Ground.YARD, Ground.GRASS, Ground.GRANITE, Ground.MOWN,
)  # fmt: skip


def build_tram_poles(plot: Plot) -> None:
    """Build the poles of the tram tracks in a cell, where they stand in nobody's way."""
    for way in plot.ways(ASIDE_M):
        if way.tags.get("railway") == "tram" and way.tags.get("electrified") != "no":
            _line_with_poles(plot, way)


def _line_with_poles(plot: Plot, way: Way) -> None:
    at_m = np.arange(STEP_M / 2, way.geometry.length, STEP_M)
    if not len(at_m):
        return
    along = directions_at(way.geometry, at_m)
    aside = np.stack([along[:, 1], -along[:, 0]], axis=1) * ASIDE_M
    places = places_along(way.geometry, at_m) + aside
    free = (
        plot.mine(places)
        & plot.lies_on(places, _GROUNDS)
        & plot.lies_on(places + aside * 0.2, _GROUNDS)
    )
    free &= plot.town.are_clear(places, CLEAR_M)
    for k in np.flatnonzero(free).tolist():
        build_tram_pole(plot.builder, Frame(as_plan(places[k]), as_plan(along[k])))


def build_tram_pole(builder: MeshBuilder, frame: Frame) -> None:
    """Add a pole with an arm over the track to its left."""
    obj = builder.new_object()
    upright(builder, frame.center, 0.6, (0, POLE_RISES), _POLE, obj)
    arm, tip = frame.lift(0, 0, POLE_RISES - 1), frame.lift(0, ASIDE_M, POLE_RISES - 1)
    ribbon(builder, arm, tip, 0.8, _POLE, obj)
