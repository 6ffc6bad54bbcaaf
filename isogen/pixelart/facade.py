"""Street fronts: walls that know their storeys.

Rows come from the storey count and bays from the width on screen, both in whole
art pixels, so windows stay windows at any angle of the wall: one that is seen
edge-on gets narrower bays with windows of one pixel, which cannot shear apart.
"""

from typing import NamedTuple

from isogen.kernels import part
from isogen.mesh.vocabulary import Facade
from isogen.pixelart.inks import (
    DARK,
    GLASS,
    GRANITE,
    PANE,
    WHITE,
    WOOD,
    YELLOW,
    Ink,
    Spot,
    accent,
    bay_of,
    below_top,
    pane,
)
from isogen.pixelart.noise import hash3, smooth_noise

_SHOPS = int(Facade.SHOPS)
_PILASTERS = int(Facade.PILASTERS)
_HEADS = int(Facade.HEADS)
_ORIELS = int(Facade.ORIELS)
_RIBBON = int(Facade.RIBBON)
_TALL = int(Facade.TALL)
_SPECKLE = int(Facade.SPECKLE)
_CURTAIN = int(Facade.CURTAIN)

_HIGH_WINDOWS = 0b11 << 10
"""Bits of the seed, all set where windows reach up to the next storey's sill."""

_OBLIQUE = 1.45
"""Steepness from which windows are one pixel wide."""

_EDGE_ON = 2.6
"""Steepness from which bays are two pixels wide."""


class Place(NamedTuple):
    """Where in the grid of windows a spot lies."""

    floor: int
    """Storeys above the ground floor; -1 on the ground floor."""

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


@part
def facade(s: Spot, floors: int, flags: int) -> Ink:
    """Return the ink of a wall with ``floors`` storeys and the ornaments ``flags``."""
    up = below_top(s)
    if flags & _CURTAIN:
        return _glass(s)
    if up == 0:
        return s.trim, s.tone + 1
    p = _place(s, floors, flags)
    if p.floor < 0 < p.bays:
        return _street(s, p, flags)
    if p.bays < 1 or p.floor >= floors - 1 or (up == 1 and s.height > 9):
        return s.material, s.tone - (up == 1 and s.height > 9)
    if flags & _RIBBON:
        return _bands(s, p)
    return _storeys(s, p, flags)


@part
def _place(s: Spot, floors: int, flags: int) -> Place:
    storey = 5 if flags & _TALL else 4
    ground = s.height - 2 - (floors - 1) * storey
    if ground < 3:
        ground = min(5, s.height - 3)
    rhythm = s.seed & 7
    wide, window = (6, 3) if rhythm == 6 and not flags & _PILASTERS else (4 + (rhythm & 1), 2)
    if s.width < wide:
        wide, window = max(s.width, 2), 1
    elif s.steep > _EDGE_ON:
        wide, window = 2, 1
    elif s.steep > _OBLIQUE:
        wide, window = 3, 1
    bay, x, bays = bay_of(s, wide)
    column = x - (wide - window) // 2
    if s.v < ground:
        return Place(-1, s.v, ground, bay, bays, x, wide, column, window)
    v = s.v - ground
    return Place(v // storey, v % storey, storey, bay, bays, x, wide, column, window)


@part
def _glass(s: Spot) -> Ink:
    if below_top(s) == 0:
        return WHITE, s.tone + 1
    if s.v % 4 == 0 or (s.u % 3 == 0 and s.steep < 2):
        return s.material, s.tone - 1
    k = smooth_noise(s.u, s.v * 0.7, 9, s.seed & 255)
    return s.material, s.tone - (k < 0.4) + (k > 0.68)


@part
def _bands(s: Spot, p: Place) -> Ink:
    """Windows in bands around the house."""
    if not (1 <= p.y <= 2 and 0 < s.u < s.width - 1):
        return s.material, s.tone if p.y else s.tone - 1
    n = hash3(s.seed, s.u // 3, p.floor)
    if n & 3:
        return PANE if n & 12 == 0 else DARK, 2 if p.y == 1 else 1
    return GLASS, 3 if s.lit else 2


@part
def _street(s: Spot, p: Place, flags: int) -> Ink:
    """The ground floor: a plinth, shops or windows and a door, a cornice."""
    if p.y == 0:
        return GRANITE, s.tone - 2
    if p.y == p.storey - 1 and p.storey > 4:
        return s.trim, s.tone + (0 if flags & _RIBBON else 1)
    if flags & _SHOPS:
        return _shops(s, p)
    inside = p.bay >= 0 and 0 <= p.pane < p.window
    if inside and 2 <= p.y <= min(p.storey - 2, 4):
        return pane(s, hash3(s.seed, p.bay, 99), 1 if p.y == p.storey - 2 else 0)
    if inside and (s.seed >> 4) % p.bays == p.bay and p.y < 4:
        return WOOD, 1
    return s.material, s.tone - (p.y & 1)  # rusticated


@part
def _shops(s: Spot, p: Place) -> Ink:
    shops = max(s.width // 9, 1)
    shop = s.u * shops // s.width
    x = s.u - (shop * s.width + shops - 1) // shops
    h = hash3(s.seed, shop, 5)
    sign = p.storey - 2
    if x == 0 or (s.steep < 2 and x % 4 == 0):
        return s.material, s.tone - (1 if x == 0 else 0)
    if p.y > sign:
        return s.material, s.tone
    if p.y == sign:
        color = accent(h >> 3)
        striped = color != WHITE and x & 1 == 0
        return (color, s.tone - striped) if h & 3 else (DARK, 2)
    if p.y < sign - 1:
        return DARK if (h >> 9) & 3 else PANE, 1  # some shops stay lit at night
    if (h >> 7) % 7 == 0 and x % 3:
        return YELLOW, 4
    return (GLASS, 3 if s.lit else 2) if (h >> 5) & 3 else (DARK, 2)


@part
def _storeys(s: Spot, p: Place, flags: int) -> Ink:
    """The upper storeys: windows, and what adorns them."""
    if p.bay < 0:
        return _corner(s, flags)
    top = p.storey - (1 if s.seed & _HIGH_WINDOWS == _HIGH_WINDOWS else 2)
    if 0 <= p.pane < p.window and 1 <= p.y <= top:
        return _opening(s, p, top)
    if s.steep < _OBLIQUE:
        return _front(s, p, flags)
    if p.floor == 0 and p.y == 0 and flags & (_PILASTERS | _HEADS):
        return s.trim, s.tone
    return _field(s, p, flags)


@part
def _front(s: Spot, p: Place, flags: int) -> Ink:
    """The wall around windows that are wide enough for ornaments."""
    if flags & _ORIELS and p.bays > 4:
        shade = _oriel(s, p)
        if shade:
            return s.material, s.tone + shade
    if 0 <= p.pane < p.window:
        return _head(s, p, flags)
    pilaster = flags & _PILASTERS and not flags & _ORIELS
    if pilaster and p.x == (p.wide - 1 if s.seed & 1 else 0):
        return s.trim, s.tone + (1 if s.lit else 0)
    if p.floor == 0 and p.y == 0 and flags & (_PILASTERS | _HEADS):
        return s.trim, s.tone
    return _field(s, p, flags)


@part
def _oriel(s: Spot, p: Place) -> int:
    """Return the change of tone at the sides and the foot of a bay window."""
    e = (p.bay + (s.seed >> 2)) % 5
    if e > 1:
        return 0
    if p.floor == 0 and p.y == 0:
        return -2
    if e == 0 and p.x == 0:
        return 1
    return -1 if e == 1 and p.x == p.wide - 1 else 0


@part
def _corner(s: Spot, flags: int) -> Ink:
    """The strips beside the outermost bays: trim, or quoins on some houses."""
    if flags & _PILASTERS:
        return s.trim, s.tone
    if (s.seed >> 7) & 3 == 0 and s.v & 2:
        return s.trim, s.tone
    return s.material, s.tone


@part
def _opening(s: Spot, p: Place, top: int) -> Ink:
    """A window, or on some houses a railing before it."""
    h = hash3(s.seed, p.bay, p.floor)
    balcony = (s.seed >> 9) & 7 == 3 and p.window == 2 and p.bay % 3 == (s.seed >> 12) % 3
    if balcony and p.y == 1 and p.floor > 0:
        return DARK, 2
    return pane(s, h, 1 if p.y == top else 0)


@part
def _head(s: Spot, p: Place, flags: int) -> Ink:
    """The wall right above and below a window."""
    if not flags & _HEADS:
        return s.material, s.tone - 1 if p.y == 0 and p.floor == 0 else s.tone
    if p.y == 0 or p.floor == 0 or flags & _PILASTERS:
        return s.trim, s.tone + 1
    return s.material, s.tone


@part
def _field(s: Spot, p: Place, flags: int) -> Ink:
    """The wall between windows: bare, speckled brick, or with a course at each floor."""
    if flags & _SPECKLE and hash3(s.x, s.y, 7) < 7000 * s.rules.texture_grain:
        return s.material, s.tone - 1
    if (s.seed >> 5) & 3 == 2 and p.y == 0 and not flags & _SPECKLE:
        return s.material, s.tone - 1
    return s.material, s.tone
