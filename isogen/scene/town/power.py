"""Overhead power lines: lattice towers or poles at every bend, wires between them."""

import itertools

import numpy as np
import shapely

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Plan, Span, box, cone
from isogen.mesh.vocabulary import Material, WallStyle
from isogen.scene.osm.tags import number
from isogen.scene.town.carriers import Way
from isogen.scene.town.near import unit
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, upright
from isogen.scene.town.wires import Sag, hang_wire

FAR_M = 260.0
"""A span is shorter than twice this."""

TOWER_RISES = 34.0
TALL_RISES = 44.0
TALL_FROM_V = 200_000.0
POLE_RISES = 11.0
ARMS = ((0.66, 6.5), (0.8, 5.2), (0.94, 3.8))
"""Height, as a share of the tower's, and half length in meters of its arms."""

POLE_ARM = 1.3
LINE_SAG = Sag(0.03, 7.0)
POLE_SAG = Sag(0.03, 1.6)
CLEAR_M = 1.0

_STEEL = Look(Material.TIN, WallStyle.TRUSS)
_ARM = Look(Material.TIN)
_POLE = Look(Material.BROWN)


def build_power_lines(plot: Plot) -> None:
    """Build the towers, poles and wires of a cell."""
    for way in plot.ways(FAR_M):
        power = way.tags.get("power")
        if power in {"line", "minor_line"} and way.tags.get("location") != "underground":
            plot.builder.source = way.id
            _build_line(plot, way, is_minor=power == "minor_line")
    plot.builder.source = 0


def _build_line(plot: Plot, way: Way, *, is_minor: bool) -> None:
    points = shapely.get_coordinates(way.geometry)
    along = np.asarray(np.gradient(points, axis=0), np.float64)
    frames = [
        Frame(as_plan(point), unit(as_plan(vector)))
        for point, vector in zip(points, along, strict=True)
    ]
    volts = number(way.tags.get("voltage")) or 0
    top = POLE_RISES if is_minor else TALL_RISES if volts >= TALL_FROM_V else TOWER_RISES
    mine = plot.mine(points)
    for k in np.flatnonzero(mine).tolist():
        if plot.town.is_clear(frames[k].center, CLEAR_M):
            (build_pole if is_minor else build_tower)(plot.builder, frames[k], top)
    hooks = [(0.92, POLE_ARM)] if is_minor else list(ARMS)
    for before, after in itertools.pairwise(frames):
        for share, half in hooks:
            for side in (-half, half):
                a, b = before.lift(0, side, top * share), after.lift(0, side, top * share)
                hang_wire(plot, a, b, POLE_SAG if is_minor else LINE_SAG)


def build_tower(builder: MeshBuilder, frame: Frame, top: float) -> None:
    """Add a lattice tower with three arms across the line."""
    obj = builder.new_object()
    for low, high, half in ((0.0, 0.32, 2.3), (0.32, 0.62, 1.5), (0.62, 0.94, 0.9)):
        span = Span(-half, half, -half, half, top * low, top * high)
        box(builder, frame, span, _STEEL, None, obj=obj)
    cap = [frame.at(a, b) for a, b in ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9))]
    cone(builder, cap, frame.lift(0, 0, top + 3), top * 0.94, _ARM, obj)
    for share, half in ARMS:
        arm = Span(-0.4, 0.4, -half, half, top * share, top * share + 1)
        box(builder, frame, arm, _ARM, _ARM, obj=obj)
        for side in (-half, half):
            _insulator(builder, frame.at(0, side), top * share, obj)
    builder.cast(top * 0.6, [cap])


def _insulator(builder: MeshBuilder, place: Plan, z: float, obj: int) -> None:
    upright(builder, place, 0.6, (z - 1.5, z), Look(Material.WHITE), obj)


def build_pole(builder: MeshBuilder, frame: Frame, top: float) -> None:
    """Add a wooden pole with a crossbar."""
    obj = builder.new_object()
    upright(builder, frame.center, 0.7, (0, top), _POLE, obj)
    bar = Span(-0.2, 0.2, -POLE_ARM, POLE_ARM, top * 0.92, top * 0.92 + 0.8)
    box(builder, frame, bar, _POLE, _POLE, obj=obj)
