"""What every rule of the artist shares: inks, spots of a wall, window panes."""

from typing import NamedTuple

import numpy as np

from isogen.kernels import part
from isogen.mesh.vocabulary import Material
from isogen.pixelart.rules import Rules

Ink = tuple[int, int]
"""A material's ramp and a tone of it; tones outside 0 to 5 are clipped when painted."""

BRICK = int(Material.BRICK)
BROWN = int(Material.BROWN)
TAN = int(Material.TAN)
CREAM = int(Material.CREAM)
GREY = int(Material.GREY)
WHITE = int(Material.WHITE)
DARK = int(Material.DARK)
GLASS = int(Material.GLASS)
TEAL = int(Material.TEAL)
GRAVEL = int(Material.GRAVEL)
TERRA = int(Material.TERRA)
COPPER = int(Material.COPPER)
ROAD = int(Material.ROAD)
WALK = int(Material.WALK)
GRASS = int(Material.GRASS)
PINK = int(Material.PINK)
WATER = int(Material.WATER)
WOOD = int(Material.WOOD)
RED = int(Material.RED)
YELLOW = int(Material.YELLOW)
SAND = int(Material.SAND)
PANE = int(Material.PANE)
GRANITE = int(Material.GRANITE)
SETTS = int(Material.SETTS)
LINDEN = int(Material.LINDEN)
IVORY = int(Material.IVORY)
TIN = int(Material.TIN)
SEA = int(Material.SEA)
SLATE = int(Material.SLATE)
STEEL = int(Material.STEEL)
LEAF = int(Material.LEAF)

ACCENTS = np.array([RED, COPPER, GLASS, YELLOW, WHITE, TERRA, TEAL, BROWN], np.int64)
"""Colors of awnings, signs, doors and parked cars."""


class Spot(NamedTuple):
    """One art pixel of a wall."""

    rules: Rules
    material: int
    trim: int
    seed: int

    u: int
    """Columns from the wall's left corner."""

    width: int
    """Columns of the wall."""

    v: int
    """Rows above the wall's foot."""

    height: int
    """Rows of the wall."""

    foot: int
    """Rows below that belong to shops."""

    lit: bool
    tone: int

    steep: float
    """True length over length on screen: large for walls seen edge-on."""

    x: int
    """Global art x."""

    y: int
    """Global art y."""


@part
def below_top(s: Spot) -> int:
    """Return the rows between a spot and the top of its wall."""
    return s.height - 1 - s.v


@part
def bay_of(s: Spot, bay: int) -> tuple[int, int, int]:
    """Return the bay of a spot, the column in it, and how many bays the wall holds.

    Bays stand in the middle of the wall; beside them the bay is -1.
    """
    count = s.width // bay
    x = s.u - (s.width - count * bay) // 2
    if x < 0 or x >= count * bay:
        return -1, 0, count
    return x // bay, x % bay, count


@part
def accent(h: int) -> int:
    """Return an accent material for a hash."""
    return int(ACCENTS[h & 7])


@part
def pane(s: Spot, h: int, top: int) -> Ink:
    """Return one pixel of a window: mostly dark, some sky, some curtains, a few lamps.

    Args:
        s: The spot of the wall.
        h: Hash of the window, so that all of its pixels agree.
        top: 1 in the window's top row, which its lintel shades.
    """
    k, rules = h & 63, s.rules
    if k < rules.windows_sky:
        return GLASS, (4 if s.lit else 3) - top
    k -= rules.windows_sky
    if k < rules.windows_curtain:
        return CREAM, 3 if s.lit else 2
    k -= rules.windows_curtain
    if k < rules.windows_lamp:
        return YELLOW, 4
    k -= rules.windows_lamp
    if k < rules.windows_dim:
        return PANE, 2 - top
    return DARK, 2 - top


@part
def window(s: Spot, h: int, x: int, wide: int, y: int, top: int) -> Ink:
    """Return one pixel of a window in its frame: panes, drawn curtains, blinds, a mullion.

    Args:
        s: The spot of the wall.
        h: Hash of the window, so that all of its pixels agree.
        x: Column in the window.
        wide: Columns of the window; three have a mullion.
        y: Row of the spot.
        top: The window's top row.
    """
    k = (h >> 6) & 15
    if wide == 3 and x == 1:
        return WHITE, 3 if s.lit else 2
    if k < 2 and x == 0 and wide > 1:
        return CREAM, 3 if s.lit else 2
    if k == 2 and y == top:
        return IVORY, 3 if s.lit else 2
    return pane(s, h, 1 if y == top else 0)
