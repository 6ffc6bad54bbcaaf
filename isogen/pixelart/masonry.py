"""Walls of brick, stone and timber."""

import numpy as np

from isogen.kernels import part
from isogen.pixelart.inks import (
    DARK,
    GLASS,
    GREY,
    RED,
    TEAL,
    WHITE,
    Ink,
    Spot,
    accent,
    bay_of,
    below_top,
    pane,
)
from isogen.pixelart.noise import hash3

HOURS = np.array(
    [(0, 8), (4, 7), (7, 4), (8, 0), (7, -4), (4, -7), (0, -8), (-4, -7), (-7, -4), (-8, 0),
     (-7, 4), (-4, 7)], np.float64,
) / 8.0  # fmt: skip
"""Right and up of the twelve hours on a dial, near enough for its few pixels."""


@part
def speckled(s: Spot, share: int) -> Ink:
    """Return masonry with some darker stones; ``share`` is of 65,536."""
    return s.material, s.tone - (1 if hash3(s.x, s.y, 7) < share * s.rules.texture_grain else 0)


@part
def plain(s: Spot) -> Ink:
    """Bare wall with a light coping and a few stains."""
    if below_top(s) == 0:
        return s.material, s.tone + 1
    return s.material, s.tone - (1 if hash3(s.x, s.y, 3) < 1600 * s.rules.texture_grain else 0)


@part
def punched(s: Spot) -> Ink:
    """Small windows in a masonry wall."""
    return _windows(s, 4, 5, 3, 0)


@part
def fire_escape(s: Spot) -> Ink:
    """Small windows with an iron stair over two bays of four."""
    bay, x, count = bay_of(s, 4)
    y = (s.v - 1) % 5
    if count > 2 and bay % 4 in (1, 2) and s.v > 5 and below_top(s) > 1:
        if y == 0:
            return DARK, 1
        if bay % 4 == 2 and x == 0 and y < 2:
            return DARK, 2
    return _windows(s, 4, 5, 3, 0)


@part
def tall_windows(s: Spot) -> Ink:
    """Tall parlor windows, with doors on the street."""
    return _windows(s, 5, 6, 4, 1)


@part
def _windows(s: Spot, bay_width: int, storey: int, tall: int, doors: int) -> Ink:
    """Return windows ``tall`` rows high in storeys; with ``doors`` (1), some on the street."""
    up = below_top(s)
    if up < 2:
        return s.material, s.tone + (1 if up == 0 else -1)
    bay, x, _ = bay_of(s, bay_width)
    floor, y = (s.v - 1) // storey, (s.v - 1) % storey
    if bay < 0 or s.v < 1 or floor >= (s.height - 2) // storey:
        return s.material, s.tone
    x -= (bay_width - 2) // 2
    if 0 <= x < 2 and y == 0:
        return s.material, s.tone + 1
    if 0 <= x < 2 and y <= tall:
        if doors and floor == 0 and bay % 3 == 1 and s.foot == 0:
            return accent(s.seed), 3 - x
        return _window(s, hash3(s.seed, bay, floor), y, tall)
    return speckled(s, 2300)


@part
def _window(s: Spot, h: int, y: int, tall: int) -> Ink:
    if h & 31 == 5 and y == 1:
        return GREY, 4 if s.lit else 2  # an air conditioner
    return pane(s, h, 1 if y == tall else 0)


@part
def deco_piers(s: Spot) -> Ink:
    """Piers running up an art deco tower between columns of windows."""
    up = below_top(s)
    if up < 2:
        return s.material, s.tone + (1 if up == 0 else 0)
    bay, x, _ = bay_of(s, 4)
    if bay < 0 or x == 0:
        return s.material, s.tone + (1 if x == 0 and s.lit else 0)
    if x == 3 or up < 5:
        return s.material, s.tone - (1 if s.lit or up < 5 else 0)
    if s.v % 4 < 2:
        return pane(s, hash3(s.seed, bay, s.v // 4), s.v & 1)
    return s.material, s.tone - 1


@part
def sash(s: Spot) -> Ink:
    """Large many-paned factory windows and loading doors."""
    up = below_top(s)
    if up < 2:
        return s.material, s.tone + (1 if up == 0 else -1)
    bay, x, _ = bay_of(s, 8)
    floor, y = (s.v - 1) // 9, (s.v - 1) % 9
    if bay < 0 or s.v < 1 or floor >= (s.height - 3) // 9 or x < 1 or x > 6:
        return speckled(s, 2600)
    if y == 1:
        return s.material, s.tone + 1
    if y < 2 or y > 7:
        return speckled(s, 2600)
    if floor == 0 and (bay + s.seed) % 3 == 0:
        return GREY, s.tone - (y & 1)
    return _sash_pane(s, x, y, bay, floor)


@part
def _sash_pane(s: Spot, x: int, y: int, bay: int, floor: int) -> Ink:
    if x == 3 or y == 4:
        return DARK, 1
    if hash3(s.seed, bay * 8 + x, floor * 16 + y) & 3:
        return GLASS, 3 if s.lit else 2
    return TEAL, 4 if s.lit else 2


@part
def clapboard(s: Spot) -> Ink:
    """A boarded house: shutters, a porch light and a colored door."""
    bay, x, count = bay_of(s, 6)
    floor, y = s.v // 7, s.v % 7
    boards = s.tone - (1 if s.v % 2 == 0 and s.lit else 0)
    if bay < 0 or s.height <= 5:
        return s.material, boards
    if floor == 0 and s.lit and bay == s.seed % count:
        if 2 <= x <= 3 and y < 5:
            return accent(s.seed >> 3), 2
        return (WHITE, s.tone) if y == 5 and 1 <= x <= 4 else (s.material, boards)
    return _shuttered(s, x, y, hash3(s.seed, bay, floor), boards)


@part
def _shuttered(s: Spot, x: int, y: int, h: int, boards: int) -> Ink:
    if 2 <= y <= 4:
        if 2 <= x <= 3:
            return pane(s, h, 1 if y == 4 else 0)
        if x in (1, 4) and s.seed & 3:
            return accent(s.seed >> 3), 3 if s.lit else 2
    if y == 1 and 1 < x < 4:
        return WHITE, s.tone
    return s.material, boards


@part
def colonnade(s: Spot) -> Ink:
    """Columns between a base and an entablature."""
    up = below_top(s)
    if up < 4:
        return s.material, s.tone + (1 if up in (0, 3) else 0)
    if s.v < 3:
        return s.material, s.tone + (1 if s.v == 2 else 0)
    k = s.u % 5
    if k < 2:
        return s.material, (5 if s.lit else 3) if k == 0 else s.tone
    return (DARK, 1) if k < 4 else (s.material, 1)


@part
def arcade(s: Spot) -> Ink:
    """Round arches on piers, one row of them under a plain wall."""
    up = below_top(s)
    if up == 0:
        return s.material, s.tone + 1
    bay, x, _ = bay_of(s, 7)
    top = min(s.height - 3, 10)
    if bay < 0 or s.v > top + 1:
        return speckled(s, 2000)
    side = min(x, 6 - x)  # 0 at the pier's edge, 3 in the middle
    rise = top - (4 if side == 0 else 2 if side == 1 else 1 if side == 2 else 0)
    if side == 0:
        return s.material, s.tone + (1 if x == 0 and s.lit else 0)
    if s.v <= rise:
        return DARK, 1 if s.v > 1 or side == 3 else 2
    return s.material, s.tone + (1 if s.v == rise + 1 else 0)


@part
def church(s: Spot) -> Ink:
    """Buttresses and pointed windows of stained glass."""
    if below_top(s) == 0:
        return s.material, s.tone + 1
    x, sill, head = s.u % 6, 4, s.height - 5
    if sill <= s.v <= head and (2 <= x <= 3):
        if s.v in (sill, head):
            return s.material, s.tone + 1
        return (GLASS, 2 + (s.u * 3 + s.v) % 3) if (s.u + s.v) & 1 else (RED, 2)
    if x == 0:
        return s.material, min(s.tone + 1, 5)
    return speckled(s, 3000)


@part
def slots(s: Spot) -> Ink:
    """A granite tower: vertical window slots between wide piers."""
    up = below_top(s)
    if up < 2:
        return s.material, s.tone + 1 - up
    bay, x, _ = bay_of(s, 5)
    if up < 4 or bay < 0:
        return s.material, s.tone
    if x in (2, 3):
        if s.v % 4 == 3:
            return s.material, s.tone - 2
        return pane(s, hash3(s.seed, bay, s.v // 4), 1 if s.v % 4 == 2 else 0)
    return s.material, s.tone + (1 if x == 0 and s.lit else 0) - (1 if x == 4 else 0)


@part
def drum(s: Spot) -> Ink:
    """The columned drum under a dome."""
    if below_top(s) == 0 or s.v == 0:
        return s.material, s.tone + 1
    if s.u % 3 == 1 and 1 < s.v < s.height - 2:
        return DARK, 2
    return s.material, s.tone + (1 if s.u % 3 == 0 and s.lit else 0)


@part
def dormer(s: Spot) -> Ink:
    """One dark light in a frame."""
    if s.u == 0 or s.u >= s.width - 1 or below_top(s) == 0:
        return s.material, s.tone
    return DARK, 1 if s.v else 2


@part
def clock(s: Spot) -> Ink:
    """A clock face that fills the wall: white dial, dark hands."""
    dx = (2 * s.u + 1 - s.width) / s.width
    dy = (2 * s.v + 1 - s.height) / s.height
    far = dx * dx + dy * dy
    if far > 1.02:
        return s.material, s.tone
    if _on_hand(s, dx, dy, s.seed * 5 % 12, 0.5) or _on_hand(s, dx, dy, s.seed % 12, 0.78):
        return DARK, 0
    if far > 0.66 and s.width > 6:
        return DARK, 2
    return WHITE, 5 if s.lit else 4


@part
def _on_hand(s: Spot, dx: float, dy: float, hour: int, long: float) -> bool:
    """Tell whether a spot of a dial lies on a hand that points to an hour."""
    ax, ay = HOURS[hour, 0], HOURS[hour, 1]
    along, across = dx * ax + dy * ay, abs(dx * ay - dy * ax)
    return -0.05 <= along < long and across * s.width <= 1.05
