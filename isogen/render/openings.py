"""Windows of the render: where walls have openings, in lengths rather than pixels."""

from typing import NamedTuple

import numpy as np

from isogen.kernels import part
from isogen.mesh.vocabulary import Facade, WallStyle

BARE, GLAZED, TRIMMED = range(3)
"""What a spot of a wall is."""

_SHOPS = int(Facade.SHOPS)
_RIBBON = int(Facade.RIBBON)
_TALL = int(Facade.TALL)
_CURTAIN = int(Facade.CURTAIN)
_BLANK = int(Facade.BLANK)
_BACK = int(Facade.BACK)
_ARCADE = int(Facade.ARCADE)

_WHOLE = 1e9
"""A bay as wide as the wall."""

_PATTERNS = {
    WallStyle.PUNCHED: (4, 5, 1.0, 3.0, 2.0, 5.0),
    WallStyle.FIRE_ESCAPE: (4, 5, 1.0, 3.0, 2.0, 5.0),
    WallStyle.TALL_WINDOWS: (5, 6, 1.4, 3.6, 1.8, 5.6),
    WallStyle.OFFICE_GRID: (3, 4, 0.3, 2.3, 1.0, 3.2),
    WallStyle.DECO_PIERS: (4, 4, 1.0, 3.0, 0.0, 2.2),
    WallStyle.RIBBON: (_WHOLE, 4, 0.5, _WHOLE, 1.0, 3.0),
    WallStyle.CURTAIN: (3, 4, 0.4, 3.0, 0.5, 4.0),
    WallStyle.DARK_CURTAIN: (3, 4, 0.4, 3.0, 0.5, 4.0),
    WallStyle.SASH: (8, 9, 1.0, 7.0, 3.0, 9.0),
    WallStyle.CLAPBOARD: (6, 7, 2.0, 4.0, 2.0, 5.0),
    WallStyle.COLONNADE: (5, _WHOLE, 2.0, 5.0, 3.0, _WHOLE),
    WallStyle.GARAGE: (_WHOLE, 6, 0.0, _WHOLE, 0.0, 2.0),
    WallStyle.CAR_CABIN: (_WHOLE, _WHOLE, 0.0, _WHOLE, 0.0, _WHOLE),
    WallStyle.LOUVRES: (_WHOLE, 2, 0.0, _WHOLE, 0.0, 1.0),
    WallStyle.CHURCH: (6, _WHOLE, 2.0, 4.0, 4.0, _WHOLE),
    WallStyle.SLOTS: (5, 4, 2.0, 4.0, 0.0, 3.0),
    WallStyle.DORMER: (_WHOLE, _WHOLE, 0.7, _WHOLE, 0.0, _WHOLE),
    WallStyle.DRUM: (3, _WHOLE, 1.0, 2.0, 1.5, _WHOLE),
    WallStyle.VEHICLE: (5, _WHOLE, 0.3, 4.7, 2.0, 4.2),
    WallStyle.ARCADE: (7, _WHOLE, 1.0, 6.0, 0.0, 9.0),
}
"""Bay, storey, and left, right, low and high edge of the opening in them."""

_TABLE = np.zeros((int(WallStyle.SHOPFRONT), 6))
for _style, _pattern in _PATTERNS.items():
    _TABLE[_style] = _pattern

_CORNICE = 1.0
"""Rises at the top of a wall without openings."""


class Panel(NamedTuple):
    """A place on a wall; lengths along it are art pixels on screen, heights are rises."""

    u: float
    """From the wall's left corner."""

    v: float
    """Above its foot."""

    width: float
    height: float

    steep: float
    """True length over length on screen."""


@part
def _rest(x: float, period: float) -> float:
    """Return the remainder of a division: many times faster than the operator on floats."""
    return x - np.floor(x / period) * period


@part
def opening(p: Panel, style: int) -> int:
    """Return what a wall without a storey count is at a place."""
    pattern = _TABLE[style & 63]
    bay, storey = pattern[0], pattern[1]
    if bay == 0 or p.height - p.v < _CORNICE:
        return BARE
    x = _in_bay(p, bay)
    y = _rest(p.v, storey)
    if x < 0 or (storey < _WHOLE and p.v - y + storey > p.height + 1):
        return BARE
    right = min(pattern[3], p.width - pattern[2]) if bay >= _WHOLE else pattern[3]
    return GLAZED if pattern[2] <= x < right and pattern[4] <= y < pattern[5] else BARE


@part
def _in_bay(p: Panel, bay: float) -> float:
    """Return the place in a bay; bays stand in the middle of the wall, beside them is -1."""
    if bay >= _WHOLE:
        return p.u
    count = np.floor(np.floor(p.width + 0.5) / bay)
    x = p.u - (p.width - count * bay) / 2
    return _rest(x, bay) if 0 <= x < count * bay else -1.0


@part
def front(p: Panel, floors: int, flags: int) -> int:
    """Return what a wall with ``floors`` storeys is at a place."""
    if flags & _BLANK:
        return BARE
    if flags & _CURTAIN:
        return TRIMMED if _rest(p.u, 3.0) < 0.4 or _rest(p.v, 4.0) < 0.4 else GLAZED
    return _storeyed(p, floors, flags)


@part
def _storeyed(p: Panel, floors: int, flags: int) -> int:
    if p.height - p.v < _CORNICE:
        return TRIMMED
    storey = 5.0 if flags & _TALL else 4.0
    street = p.height - 2 - (floors - 1) * storey
    if street < 3:
        street = min(5.0, p.height - 3)
    if p.v < street:
        return _street(p, street, flags)
    v = p.v - street
    if v >= (floors - 1) * storey:
        return BARE
    y = _rest(v, storey)
    if flags & _RIBBON:
        return GLAZED if 1 <= y < 3 and 0.6 < p.u < p.width - 0.6 else BARE
    return GLAZED if 1 <= y < storey - 1 and _between_jambs(p) else BARE


@part
def _between_jambs(p: Panel) -> bool:
    """Tell whether a place lies in a window's columns; edge-on walls have narrower bays."""
    bay = 4.0 if p.steep <= 1.45 else 3.0 if p.steep <= 2.6 else 2.0
    x = _in_bay(p, bay)
    return bay * 0.28 <= x < bay * 0.72


@part
def _street(p: Panel, street: float, flags: int) -> int:
    if street - p.v < 0.8:
        return TRIMMED
    if flags & _ARCADE:
        return GLAZED if p.v < street - 2 and _rest(p.u, 5.0) > 1.0 else TRIMMED
    if flags & _SHOPS and not flags & _BACK:
        return GLAZED if 0.8 <= p.v < street - 1.6 and _rest(p.u, 6.0) > 0.8 else BARE
    return GLAZED if 1.6 <= p.v < street - 1.4 and _between_jambs(p) else BARE
