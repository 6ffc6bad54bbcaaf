"""Where in the grid of storeys and bays a spot of a front lies: the rhythm of windows."""

from typing import NamedTuple

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

EDGE_ON = 4.5
"""Steepness from which a wall shows its windows as single pixels, far apart."""

_NARROWEST = 6
"""Least columns of such a wall with windows."""

_SIXTEEN = 15
"""Bits of a hash that say which of sixteen houses this is."""

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
    wide, window = _usual_bay(s)
    if flags & _BACK:
        wide, window = max(wide, _SPARSE), min(window, 2)
    elif flags & _SHUTTERS:
        wide = max(wide, window + 3)
    elif flags & _PILASTERS:
        wide, window = min(wide, 5), 2
    if s.steep > EDGE_ON:
        return (4, 1) if s.width >= _NARROWEST else (max(s.width, 2), 0)
    if s.steep > OBLIQUE:
        wide, window = (4 if flags & _SHUTTERS else 3), 1
    if s.width < wide:
        return max(s.width, 2), 1
    return wide, window


@part
def _usual_bay(s: Spot) -> tuple[int, int]:
    """Return the columns of a bay of the house and of its windows; three are a pair."""
    k, rules = s.seed & _SIXTEEN, s.rules
    if k < rules.fronts_close:
        return 4, 2
    k -= rules.fronts_close
    if k < rules.fronts_open:
        return 5, 2
    k -= rules.fronts_open
    if k < rules.fronts_paired:
        return 5, 3
    k -= rules.fronts_paired
    return (6, 3) if k < rules.fronts_broad else (6, 2)


@part
def _heights(s: Spot, floor: int, floors: int, storey: int, flags: int) -> tuple[int, int]:
    """Return the lowest and highest row of a storey's windows.

    Dressed houses have a taller first floor, and some a low attic of small windows.
    """
    if s.steep > EDGE_ON:
        return 2, 2
    order = hash3(s.seed, 3, 17)
    attic = (order & _SIXTEEN) < s.rules.fronts_attics and not flags & _RIBBON
    if attic and floors > 3 and floor == floors - 2:
        return storey - 2, storey - 2
    tall = (order >> 4 & _SIXTEEN) < s.rules.fronts_tall
    tall = tall or (floor == 0 and flags & _HEADS and floors > 2 and order & 256)
    return 1, storey - (1 if tall and not flags & (_BACK | _SHUTTERS) else 2)
