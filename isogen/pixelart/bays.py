"""Where in the grid of storeys and bays a spot of a front lies: the rhythm of windows."""

from typing import NamedTuple

import numpy as np

from isogen.kernels import part
from isogen.mesh.vocabulary import Facade
from isogen.pixelart.inks import Spot, bay_of
from isogen.pixelart.noise import hash3

_TALL = int(Facade.TALL)
_HEADS = int(Facade.HEADS)
_PILASTERS = int(Facade.PILASTERS)
_SHUTTERS = int(Facade.SHUTTERS)
_BACK = int(Facade.BACK)
_RIBBON = int(Facade.RIBBON)

OBLIQUE = 1.45
"""Steepness from which windows are one pixel wide."""

_EDGE_ON = 4.5
"""Steepness from which a wall shows its storeys and no windows."""

_RHYTHMS = np.array(
    [(4, 2), (5, 2), (4, 2), (5, 3), (5, 2), (6, 3), (4, 2), (6, 2)], np.int64
)  # columns of a bay, and of the window in it
_SPARSE = 5
"""Least columns of a bay with shutters or on a courtyard side."""


class Place(NamedTuple):
    """Where in the grid of windows a spot lies."""

    floor: int
    """Storeys above the ground floor; -1 on the ground floor."""

    floors: int
    """Storeys of the wall, with the ground floor."""

    y: int
    """Rows above the storey's floor; on the ground floor, above the street."""

    storey: int
    """Rows of a storey; on the ground floor, its rows."""

    bay: int
    """-1 beside the bays."""

    bays: int
    x: int
    """Column in the bay."""

    wide: int
    """Columns of a bay."""

    pane: int
    """Column in the window; outside it when negative or not below ``window``."""

    window: int
    """Columns of a window."""

    low: int
    """Lowest row of the storey's windows."""

    top: int
    """Highest row of the storey's windows."""


@part
def is_glazed(p: Place) -> bool:
    """Tell whether a spot of an upper storey lies in a window."""
    return p.bay >= 0 and 0 <= p.pane < p.window and p.low <= p.y <= p.top


@part
def place_of(s: Spot, floors: int, flags: int) -> Place:
    """Return where a spot lies in the grid of a front with ``floors`` storeys."""
    storey = 5 if flags & _TALL else 4
    ground = s.height - 2 - (floors - 1) * storey
    if ground < 3:
        ground = min(5, s.height - 3)
    wide, window = _rhythm(s, flags)
    bay, x, bays = bay_of(s, wide)
    column = x - (wide - window) // 2
    if s.v < ground:
        return Place(-1, floors, s.v, ground, bay, bays, x, wide, column, window, 2, 3)
    v = s.v - ground
    floor = v // storey
    low, top = _heights(s, floor, floors, storey, flags)
    return Place(
        floor, floors, v % storey, storey, bay, bays, x, wide, column, window, low, top
    )  # fmt: skip


@part
def _rhythm(s: Spot, flags: int) -> tuple[int, int]:
    """Return the columns of a bay and of the window in it."""
    k = s.seed & 7
    wide, window = int(_RHYTHMS[k, 0]), int(_RHYTHMS[k, 1])
    if flags & _BACK:
        wide, window = max(wide, _SPARSE), min(window, 2)
    elif flags & _SHUTTERS:
        wide = max(wide, window + 3)
    elif flags & _PILASTERS:
        wide, window = min(wide, 5), 2
    if s.steep > _EDGE_ON:
        return max(s.width, 2), 0
    if s.steep > OBLIQUE:
        wide, window = (4 if flags & _SHUTTERS else 3), 1
    if s.width < wide:
        return max(s.width, 2), 1
    return wide, window


@part
def _heights(s: Spot, floor: int, floors: int, storey: int, flags: int) -> tuple[int, int]:
    """Return the lowest and highest row of a storey's windows.

    Dressed houses have a taller first floor, and some a low attic of small windows.
    """
    order = hash3(s.seed, 3, 17) & 7
    if order < 3 and floors > 3 and floor == floors - 2 and not flags & _RIBBON:
        return storey - 2, storey - 2
    tall = order in (2, 5) or (floor == 0 and flags & _HEADS and floors > 2 and order & 1)
    return 1, storey - (1 if tall and not flags & (_BACK | _SHUTTERS) else 2)
