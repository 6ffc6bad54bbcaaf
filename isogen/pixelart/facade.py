"""Street fronts: walls that know their storeys.

Rows come from the storey count and bays from the width on screen, both in whole
art pixels, so windows stay windows at any angle of the wall: one that is seen
edge-on gets windows of one pixel, which cannot shear apart.
"""

from isogen.kernels import part
from isogen.mesh.vocabulary import Facade
from isogen.pixelart.bays import EDGE_ON, OBLIQUE, Place, is_glazed, place_of
from isogen.pixelart.glazing import glass_front, ribbons
from isogen.pixelart.inks import DARK, Ink, Spot, accent, below_top, window
from isogen.pixelart.noise import hash3
from isogen.pixelart.party import back, party_wall
from isogen.pixelart.street import street

_PILASTERS = int(Facade.PILASTERS)
_HEADS = int(Facade.HEADS)
_ORIELS = int(Facade.ORIELS)
_RIBBON = int(Facade.RIBBON)
_SPECKLE = int(Facade.SPECKLE)
_CURTAIN = int(Facade.CURTAIN)
_BALCONIES = int(Facade.BALCONIES)
_SHUTTERS = int(Facade.SHUTTERS)
_CORNICE = int(Facade.CORNICE)
_BLANK = int(Facade.BLANK)
_BACK = int(Facade.BACK)
_BANDS = int(Facade.BANDS)

_DRESSED = _PILASTERS | _HEADS | _CORNICE

_SPECKLES = 7000
"""Share of darker bricks, of 65,536."""


@part
def facade(s: Spot, floors: int, flags: int) -> Ink:
    """Return the ink of a wall with ``floors`` storeys and the ornaments ``flags``."""
    if flags & _BLANK:
        return party_wall(s, flags & _SPECKLE)
    if flags & _CURTAIN and not flags & _BACK:
        return glass_front(s)
    up = below_top(s)
    if up == 0:
        return s.trim, s.tone + 1 if s.steep < OBLIQUE or s.lit else s.tone
    p = place_of(s, floors, flags)
    if p.floor < 0 < p.bays:
        return street(s, p, flags)
    if p.bays < 1 or p.floor >= floors - 1 or (up == 1 and s.height > 9):
        return _eave(s, up, flags)
    return _upper(s, p, flags)


@part
def _upper(s: Spot, p: Place, flags: int) -> Ink:
    """The storeys above the ground floor."""
    if flags & _BACK:
        return back(s, p)
    if flags & _RIBBON:
        return _balcony_front(s, p) if flags & _BALCONIES else ribbons(s, p)
    if flags & _CORNICE and p.floor == p.floors - 2 and p.y == p.storey - 1:
        return s.material, s.tone - 2  # in the shade of the cornice
    if p.bay < 0:
        return _corner(s, flags)
    return _storeys(s, p, flags)


@part
def _eave(s: Spot, up: int, flags: int) -> Ink:
    """The row under the eaves: dentils under a deep cornice."""
    if up != 1 or s.height <= 9:
        return s.material, s.tone
    if flags & _CORNICE:
        return s.trim, s.tone - (s.u & 1 if s.steep < OBLIQUE else 1)
    return s.material, s.tone - 1


@part
def _storeys(s: Spot, p: Place, flags: int) -> Ink:
    """The windows, and what adorns them."""
    near = s.steep < OBLIQUE
    if near and p.floor > 0 and _has_balcony(s, p, flags):
        rail = _balcony(s, p)
        if rail[0] >= 0:
            return rail
    if flags & _SHUTTERS and _shutters_cover(s, p):
        return _shutter(s), s.tone - 1
    if is_glazed(p):
        return window(s, hash3(s.seed, p.bay, p.floor), p.pane, p.window, p.y, p.top)
    return _front(s, p, flags) if near else _field(s, p, flags)


@part
def _shutters_cover(s: Spot, p: Place) -> bool:
    """Tell whether a shutter is here: beside each window, before a few."""
    if not p.low <= p.y <= p.top:
        return False
    closed = hash3(s.seed, p.bay, p.floor * 5 + 3) & 15 == 0
    return p.pane in (-1, p.window) or (closed and 0 <= p.pane < p.window)


@part
def _shutter(s: Spot) -> int:
    """Return what a house's shutters are painted with: greens, blues, browns or its trim."""
    k = (s.seed >> 3) & 7
    return s.trim if k == 4 else accent(k)


@part
def _has_balcony(s: Spot, p: Place, flags: int) -> bool:
    """Tell whether a balcony hangs before a window: in one of four symmetric orders.

    Some dressed houses have a single one, over their door.
    """
    if not flags & _BALCONIES:
        over_door = p.bay == p.bays // 2 and p.floor == 1 and p.bays > 6
        return over_door and flags & _HEADS != 0 and (s.seed >> 9) & 3 == 1
    order = (s.seed >> 9) & 3
    middle = p.bay == p.bays // 2 or p.bay == (p.bays - 1) // 2
    if p.bays < 4 or order == 0:
        return middle
    mirrored = min(p.bay, p.bays - 1 - p.bay)
    if order == 1:
        return mirrored == 1
    return mirrored % 3 == 1 if order == 2 else mirrored % 2 == 0


@part
def _balcony(s: Spot, p: Place) -> Ink:
    """A slab of trim, an iron railing before the window, and a shade below; -1 elsewhere."""
    inside = -1 <= p.pane <= p.window
    if not inside:
        return -1, 0
    if p.y == 0:
        return s.trim, s.tone
    if p.y == 1:
        return DARK, 1 + ((s.x & 1) if s.lit else 0)
    return (s.material, s.tone - 2) if _under_balcony(p) else (-1, 0)


@part
def _under_balcony(p: Place) -> bool:
    """Tell whether a spot of a bay with balconies lies in the shade of the next one."""
    return p.y == p.storey - 1 and p.y > p.top and p.floor < p.floors - 2


@part
def _balcony_front(s: Spot, p: Place) -> Ink:
    """Balconies of concrete in columns, their parapets painted, between ribbon windows."""
    group = p.bay % 4
    if p.bay < 0 or group > 1 or p.bays < 3 or s.steep > OBLIQUE:
        return ribbons(s, p)
    color = accent(s.seed >> 5) if s.seed & 12 == 12 else s.trim
    if p.y == 0:
        return color, s.tone
    if p.y == 1:
        return color, s.tone - 1
    side = (group == 0 and p.x == 0) or (group == 1 and p.x == p.wide - 1)
    if side:
        return s.material, s.tone
    if p.y == p.storey - 1:
        return s.material, s.tone - 3
    return window(s, hash3(s.seed, p.bay, p.floor), p.x, p.wide, 1, 2)


@part
def _front(s: Spot, p: Place, flags: int) -> Ink:
    """The wall around windows that are wide enough for ornaments."""
    if flags & _ORIELS and p.bays > 4:
        shade = _oriel(s, p)
        if shade:
            return s.material, s.tone + shade
    if 0 <= p.pane < p.window:
        return _head(s, p, flags)
    if flags & _PILASTERS and not flags & _ORIELS and _has_pilaster(s, p):
        flush = (s.seed >> 13) & 1  # of the wall's own stone
        return s.material if flush else s.trim, s.tone + (1 if s.lit else 0)
    if flags & _HEADS and p.floor == 0 and p.y == p.top + 1 and p.pane in (-1, p.window):
        return s.trim, s.tone
    return _field(s, p, flags)


@part
def _has_pilaster(s: Spot, p: Place) -> bool:
    """Tell whether a spot lies on a pilaster: beside all bays, the middle ones, or the ends."""
    if p.x not in (0, p.wide - 1):
        return False
    order, mirrored = (s.seed >> 11) & 3, min(p.bay, p.bays - 1 - p.bay)
    outer = p.x == 0 if p.bay < p.bays - 1 - p.bay else p.x == p.wide - 1
    if order == 0 or p.bays < 5:
        return p.x == 0
    half = (p.bays - 1) // 2
    if order == 1:  # a risalit of the middle bays
        return outer and (mirrored == max(half - 1, 1))
    if order == 2:  # the outer two bays
        return (mirrored == 2 and outer) or (mirrored == 0 and outer)
    return mirrored % 2 == 0 and outer


@part
def _oriel(s: Spot, p: Place) -> int:
    """Return the change of tone at the sides and the foot of a bay window."""
    e = (min(p.bay, p.bays - 1 - p.bay) + (s.seed >> 2)) % 4
    if e > 0:
        return 0
    if p.floor == 0 and p.y == 0:
        return -2
    if p.x == 0:
        return 1
    if p.x == p.wide - 1:
        return -2 if s.lit else -1
    return 1 if s.lit and p.y == 0 else 0


@part
def _corner(s: Spot, flags: int) -> Ink:
    """The strips beside the outermost bays: trim, or quoins on dressed houses."""
    at_edge = s.u < 2 or s.u >= s.width - 2
    if flags & _PILASTERS and at_edge:
        return s.trim, s.tone
    quoins = (s.seed >> 7) & 3 == 0 or (flags & _DRESSED and (s.seed >> 7) & 1 == 0)
    if quoins and s.v & 2 and at_edge:
        return s.trim, s.tone
    return s.material, s.tone


@part
def _head(s: Spot, p: Place, flags: int) -> Ink:
    """The wall right above and below a window."""
    if not flags & _HEADS:
        return s.material, s.tone - 1 if p.y == 0 and p.floor == 0 else s.tone
    if p.y == p.low - 1 or p.floor == 0 or flags & _PILASTERS:
        return s.trim, s.tone + 1
    return s.material, s.tone


@part
def _field(s: Spot, p: Place, flags: int) -> Ink:
    """The wall between windows: bare, speckled brick, or with a course at each floor."""
    if s.steep > EDGE_ON:
        return s.material, s.tone - (p.y == 0)
    if p.y == 0 and (flags & _BANDS or (p.floor == 0 and flags & _DRESSED)):
        return s.trim, s.tone
    if flags & _SPECKLE and hash3(s.x, s.y, 7) < _SPECKLES * s.rules.texture_grain:
        return s.material, s.tone - 1
    if (s.seed >> 5) & 3 == 2 and p.y == 0 and not flags & _SPECKLE:
        return s.material, s.tone - 1
    return s.material, s.tone
