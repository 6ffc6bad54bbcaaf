"""Parks: a square with a fountain, and the common of four blocks with pond and ball field."""

import numpy as np
from numpy.typing import NDArray

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import FlatStyle, Ground, Material
from isogen.scene.procedural.greenery import tree
from isogen.scene.procedural.lattice import AVENUE, PITCH_X, PITCH_Y, STREET, Rect
from isogen.scene.procedural.plot import Plot
from isogen.scene.procedural.solids import PLAIN, BlockBuilder, circle
from isogen.scene.procedural.street_things import person
from isogen.seeds import Stream

_PATH_HALF = 2.2
_SQUARE_RADIUS, _BED_INNER, _BED_OUTER = 18, 20, 24
_PARK_TREES, _COMMON_TREES, _WALKERS = 46, 150, 14
_GREEN_CROWNS = 0.72

_CLEARANCE = 3
"""Trunks stand this far from paths and water, so that crowns do not hide them."""

_LOOP_RADIUS, _POND_RADIUS, _BEACH = 62, 31, 3
_POND_X, _POND_Y = 8, -46
_COMMON_PATHS = ((0.6, 30.0), (-0.75, -40.0), (1.9, 20.0))
"""Slope and offset of the winding paths through a common."""

_FIELD_X, _FIELD_Y, _FIELD_RADIUS, _INFIELD = 6, 38, 44, 24

Field = NDArray[np.float64]


def park(plot: Plot, lot: Rect) -> None:
    """Cross a lawn with two paths that meet at a fountain."""
    plot.fill(lot, Ground.GRASS)
    (cx, cy), view = lot.center, plot.view(lot)
    x, y = plot.centers(lot)
    across, along = (x - cx) * lot.depth, (y - cy) * lot.width
    reach = _PATH_HALF * (lot.width**2 + lot.depth**2) ** 0.5
    view[(np.abs(across - along) < reach) | (np.abs(across + along) < reach)] = Ground.PATH
    away = np.sqrt((x - cx) ** 2 + (y - cy) ** 2)
    view[away < _SQUARE_RADIUS] = Ground.PLAZA
    view[(away >= _BED_INNER) & (away < _BED_OUTER)] = Ground.FLOWERS
    plot.put(_fountain, cx, cy)
    _people_and_trees(plot, lot, _PARK_TREES)


def _fountain(builder: BlockBuilder, _: Stream, x: float, y: float) -> None:
    stone, water = PLAIN[Material.WHITE], Look(Material.TEAL, FlatStyle.POOL)
    obj = builder.prism(circle(x, y, 8, 16), (0, 2), stone, water)
    builder.prism(circle(x, y, 2, 8), (2, 6), stone, water, obj)


def common(plot: Plot, lot: Rect) -> None:
    """Lay out one block's quarter of a common; the four fit together."""
    plot.fill(lot, Ground.GRASS)
    column, row = plot.site.common or (0, 0)
    x, y = plot.centers(lot)
    dx = x - ((1 - column) * PITCH_X + AVENUE / 2)
    dy = y - ((1 - row) * PITCH_Y + STREET / 2)
    _paint_common(plot.view(lot), dx, dy)
    _people_and_trees(plot, lot, _COMMON_TREES)


def _paint_common(view: NDArray[np.uint8], dx: Field, dy: Field) -> None:
    """Paint paths, pond and ball field; ``dx``, ``dy`` count from the common's center."""
    # Rounded, as sine and arctangent differ in their last bits between machines.
    loop = np.round(np.sqrt(dx**2 + (dy * 0.78) ** 2) - _LOOP_RADIUS - _wobble(dx, dy), 6)
    view[np.abs(loop) < 2.6] = Ground.PATH
    for slope, offset in _COMMON_PATHS:
        away = dy - slope * dx - offset + 7 * np.sin((dx + dy) / 23)
        view[np.abs(np.round(away, 6)) < 2.4 * (1 + slope**2) ** 0.5] = Ground.PATH
    px, py = dx - _POND_X, dy - _POND_Y
    pond = np.round(np.sqrt(px**2 + (py * 0.8) ** 2) + _wobble(px, py) * 0.5, 6)
    view[pond < _POND_RADIUS + _BEACH] = Ground.SAND
    view[pond < _POND_RADIUS] = Ground.WATER
    _paint_ball_field(view, dx - _FIELD_X, dy - _FIELD_Y)


def _wobble(dx: Field, dy: Field) -> Field:
    """Return how far a shore or a loop strays from its round course, in units."""
    turn = np.arctan2(dy, dx)
    return 9 * np.sin(turn * 3 + 1) + 5 * np.sin(turn * 5)


def _paint_ball_field(view: NDArray[np.uint8], dx: Field, dy: Field) -> None:
    away = np.sqrt(dx**2 + dy**2)
    field = (away < _FIELD_RADIUS) & (dx > 0) & (dy > 0)
    view[field] = Ground.MOWN
    view[field & (away < _INFIELD)] = Ground.DIRT
    view[field & (np.abs(dx - 9) < 7) & (np.abs(dy - 9) < 7)] = Ground.MOWN


def _people_and_trees(plot: Plot, lot: Rect, trees: int) -> None:
    stream = plot.stream
    inner = lot.inset(3)
    for _ in range(trees):
        x, y = stream.uniform(inner.x0, inner.x1), stream.uniform(inner.y0, inner.y1)
        green = stream.chance(_GREEN_CROWNS)
        if _is_lawn(plot, x, y):
            plot.put(tree, x, y, material=Material.TREE if green else None)
    for _ in range(_WALKERS):
        x, y = stream.uniform(inner.x0, inner.x1), stream.uniform(inner.y0, inner.y1)
        if plot.ground_at(x, y) in (Ground.PATH, Ground.PLAZA, Ground.GRASS):
            plot.put(person, x, y)


def _is_lawn(plot: Plot, x: float, y: float) -> bool:
    near = [(x, y), (x - _CLEARANCE, y), (x, y + _CLEARANCE)]
    near += [(x + _CLEARANCE, y), (x, y - _CLEARANCE)]
    return all(plot.ground_at(a, b) is Ground.GRASS for a, b in near)
