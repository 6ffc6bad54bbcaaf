"""The ground floor of a front: plinth, doors, windows, shops, arcades, garages."""

from isogen.kernels import part
from isogen.mesh.vocabulary import Facade
from isogen.pixelart.bays import OBLIQUE, Place
from isogen.pixelart.inks import (
    DARK,
    GLASS,
    GRANITE,
    PANE,
    TIN,
    WHITE,
    WOOD,
    YELLOW,
    Ink,
    Spot,
    accent,
    window,
)
from isogen.pixelart.noise import hash3

_SHOPS = int(Facade.SHOPS)
_PILASTERS = int(Facade.PILASTERS)
_HEADS = int(Facade.HEADS)
_AWNINGS = int(Facade.AWNINGS)
_CORNICE = int(Facade.CORNICE)
_BACK = int(Facade.BACK)
_ARCADE = int(Facade.ARCADE)
_RIBBON = int(Facade.RIBBON)

_DRESSED = _PILASTERS | _HEADS | _CORNICE

_SHOP_WIDTH = 9
"""Least columns of a shop."""

_ARCH = 5
"""Columns of an arch and its pier."""

_GARAGE = 5
"""Columns of a garage door with its frame."""


@part
def street(s: Spot, p: Place, flags: int) -> Ink:
    """Return the ink of the ground floor."""
    if p.y == p.storey - 1 and p.storey > 4 and not flags & _BACK:
        return s.trim, s.tone + (0 if flags & _RIBBON else 1)
    if flags & _ARCADE and s.width >= _ARCH:
        return _arcade(s, p)
    if flags & _SHOPS and not flags & _BACK:
        return _shops(s, p, flags & _AWNINGS)
    if p.floors < 3 and s.steep < OBLIQUE and not flags & _DRESSED and s.width > 2 * _GARAGE:
        door = _garage(s, p)
        if door[0] >= 0:
            return door
    return _hall(s, p, flags)


@part
def _hall(s: Spot, p: Place, flags: int) -> Ink:
    """Windows over a plinth, and one door: under the middle bay of dressed houses."""
    chosen = (s.seed >> 4) % max(p.bays, 1)
    door = p.bays // 2 if flags & (_DRESSED | _RIBBON) or s.seed & 1 else chosen
    inside = p.bay >= 0 and 0 <= p.pane < p.window
    top = min(p.storey - 2, 4)
    if p.bay == door and p.bays > 1 and p.window > 0:
        ink = _door(s, p, flags, top)
        if ink[0] >= 0:
            return ink
    if p.y == 0:
        return GRANITE, s.tone - 1
    if inside and 2 <= p.y <= top:
        arched = p.y == top and p.window > 2 and p.pane != p.window // 2
        if not arched or not flags & _DRESSED:
            return window(s, hash3(s.seed, p.bay, 99), p.pane, p.window, p.y, top)
    if flags & _DRESSED or (s.seed >> 8) & 3 == 0:
        joint = p.y & 1 or (s.u + (p.y >> 1) * 2) % 4 == 0
        return s.material, s.tone - (1 if joint else 0)  # rusticated
    return s.material, s.tone - (p.y == 1 and (s.seed >> 8) & 1)


@part
def _door(s: Spot, p: Place, flags: int, top: int) -> Ink:
    """A door with a light over it, steps, and a hood or tympanum; ramp -1 beside it."""
    inside = 0 <= p.pane < p.window
    beside = p.pane in (-1, p.window)
    if p.y == 0 and (inside or beside):
        return GRANITE, s.tone + 1
    if inside and p.y < top:
        return (accent(s.seed >> 6), 2) if (s.seed >> 6) & 8 else (WOOD, 2 - (p.pane & 1))
    if inside and p.y == top:
        return GLASS, 3 if s.lit else 2
    if beside and flags & _DRESSED and p.y <= top:
        return s.trim, s.tone + (1 if s.lit else 0)
    if flags & _RIBBON and p.y == top and -3 < p.pane < p.window + 2:
        return DARK, 2
    return -1, 0


@part
def _garage(s: Spot, p: Place) -> Ink:
    """Garage doors at one end of a low house; ramp -1 where there are none."""
    if hash3(s.seed, 5, 23) & 3:
        return -1, 0
    x = s.u - 1 if s.seed & 2 else s.width - 2 - s.u
    doors = 2 if s.width > 6 * _GARAGE else 1
    if not 0 <= x < doors * _GARAGE or x % _GARAGE == 0 or p.y > 3:
        return -1, 0
    if p.y == 3:
        return s.material, s.tone - 1
    return (WHITE if s.seed & 8 else TIN), s.tone - (p.y & 1)


@part
def _arcade(s: Spot, p: Place) -> Ink:
    """Arches on piers, dark behind; the floor of the passage catches the light."""
    wide = _ARCH if s.steep < OBLIQUE else 3
    count = s.width // wide
    x = s.u - (s.width - count * wide) // 2
    if x < 0 or x >= count * wide:
        return s.trim, s.tone
    x %= wide
    if x == 0:
        return s.trim, s.tone + (1 if s.lit and p.y else 0) - (p.y == 0)
    spring = p.storey - 3
    if p.y > spring:
        corner = x in (1, wide - 1) and wide > 3
        return (s.trim, s.tone) if corner or p.y > spring + 1 else (DARK, 0)
    if p.y == 0:
        return GRANITE, 2
    lamp = hash3(s.seed, s.u // wide, 31) & 7 == 0 and p.y == spring and x == 2
    return (YELLOW, 4) if lamp else (DARK, 0 if p.y > 1 else 1)


@part
def _shops(s: Spot, p: Place, awnings: int) -> Ink:
    shops = max(s.width // _SHOP_WIDTH, 1)
    shop = s.u * shops // s.width
    first = (shop * s.width + shops - 1) // shops
    x = s.u - first
    wide = ((shop + 1) * s.width + shops - 1) // shops - first
    h = hash3(s.seed, shop, 5)
    sign = p.storey - 2
    if x == 0:
        return s.material, s.tone - 1
    if p.y > sign:
        return s.material, s.tone
    if awnings and (h >> 11) & 3 and wide > 3:
        return _under_awning(s, p.y, x, wide, sign, h)
    return _sign(s, x, wide, h) if p.y == sign else _display(s, p.y, x, wide, sign, h)


@part
def _under_awning(s: Spot, y: int, x: int, wide: int, sign: int, h: int) -> Ink:
    """Two rows of striped canvas, the lower one scalloped, and a shaded shop."""
    if y >= sign - 1 and sign > 2:
        stripe = (x >> 1 if s.steep < OBLIQUE else x) & 1
        color = accent(h >> 3)
        tone = s.tone + 1 if y == sign else s.tone - stripe
        return (WHITE if stripe or (color == WHITE and x & 1) else color), tone
    if y == sign - 2 and sign > 3:
        return DARK, 0
    return _display(s, y, x, wide, sign, h)


@part
def _sign(s: Spot, x: int, wide: int, h: int) -> Ink:
    """A painted board with a name on it."""
    color = accent(h >> 3)
    if h & 7 == 0:
        return s.trim, s.tone
    written = 1 < x < wide - 1 and hash3(x, h, 7) % 5 > 1
    if color in (WHITE, YELLOW):
        return (DARK, 2) if written else (color, s.tone)
    return (WHITE, 5 if s.lit else 3) if written else (color, 3 if s.lit else 2)


@part
def _display(s: Spot, y: int, x: int, wide: int, sign: int, h: int) -> Ink:
    """Glass with goods behind it, and a door."""
    door = 2 + (h >> 5) % max(wide - 4, 1)
    if y == 0:
        return GRANITE, s.tone + (1 if x == door else -1)
    if x == door and y < sign - 1:
        return (WOOD, 2) if h & 256 else (DARK, 2)
    if s.steep < OBLIQUE and x == wide // 2 and wide > 7:
        return s.trim, s.tone - 1
    if y == sign - 1:
        return GLASS, (3 if s.lit else 2) + ((s.u + h) % 5 < 2)
    goods = hash3(s.u >> 1, h, 11)
    if y == 1 and goods & 3 == 0:
        return accent(goods >> 4), 3 if s.lit else 2
    return (PANE if h >> 9 & 1 else DARK), 2
