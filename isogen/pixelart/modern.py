"""Walls of glass and concrete."""

from isogen.kernels import part
from isogen.pixelart.glazing import gleam
from isogen.pixelart.inks import (
    DARK,
    GLASS,
    PANE,
    TEAL,
    WHITE,
    Ink,
    Spot,
    accent,
    bay_of,
    below_top,
    pane,
)
from isogen.pixelart.noise import hash3, smooth_noise


@part
def office_grid(s: Spot) -> Ink:
    """A close grid of office windows."""
    if below_top(s) == 0:
        return s.material, s.tone + 1
    bay, x, _ = bay_of(s, 3)
    y, floor = s.v % 4, s.v // 4
    if bay < 0 or floor >= (s.height - 1) // 4 or x == 2 or y in (0, 3):
        return s.material, s.tone
    return pane(s, hash3(s.seed, bay, floor), 1 if y == 2 else 0)


@part
def ribbon(s: Spot) -> Ink:
    """Bands of windows around the house."""
    up = below_top(s)
    if up < 2:
        return s.material, s.tone + 1 - up
    y = s.v % 4
    if y not in (1, 2) or s.u == 0 or s.u == s.width - 1:
        return s.material, s.tone
    if s.u % 4 == 3:
        return DARK, 1
    k = smooth_noise(s.u, s.v, 9, s.seed & 255)
    if k > 0.4:
        return GLASS, (3 if s.lit else 2) + (1 if k > 0.62 and s.lit else 0) - (y == 2)
    n = hash3(s.seed, s.u // 4, s.v // 4)
    return PANE if n % 3 == 0 else DARK, 2 if y == 1 else 1


@part
def curtain(s: Spot) -> Ink:
    """A curtain wall in the sky's colors; some offices are lit at night."""
    if below_top(s) == 0:
        return s.material, s.tone + 1
    base = 3 if s.lit else 2
    shine = gleam(s)
    if s.u % 3 == 0:
        return s.material, base - 1 + (shine > 0)
    if s.v % 4 == 0:
        return s.material, base - (shine <= 0)
    if hash3(s.seed, s.u // 3, s.v // 4) & 7 == 3 and s.material != WHITE:
        return PANE, 5 if s.material == TEAL else (4 if s.lit else 3)
    k = smooth_noise(s.u, s.v * 0.6, 17, s.seed & 255)
    high = s.lit and s.v > s.height * 2 // 3 and shine == 0
    return s.material, min(base + shine + (k > 0.66 or high) - (k < 0.3), 5)


@part
def dark_curtain(s: Spot) -> Ink:
    """A dark curtain wall."""
    if below_top(s) == 0:
        return s.material, s.tone + 1
    if s.u % 3 == 0:
        return s.material, s.tone
    if s.v % 4 == 0:
        return s.material, 2 if s.lit else 1
    if gleam(s) > 0 or hash3(s.seed, s.u // 3, s.v // 4) & 15 == 0:
        return GLASS, 2 if s.lit else 1
    return s.material, 1 if s.lit else 0


@part
def garage(s: Spot) -> Ink:
    """Open parking decks, with the cars that stand in them."""
    if below_top(s) == 0:
        return s.material, s.tone + 1
    y = s.v % 6
    if y >= 2:
        return s.material, s.tone - (1 if y == 2 else 0)
    h = hash3(s.seed, s.u // 5, s.v // 6)
    if 1 <= s.u % 5 <= 3 and y == 0 and h & 3:
        return accent(h >> 4), 3 if s.lit else 2
    return DARK, 0 if s.u % 10 else 2


@part
def louvres(s: Spot) -> Ink:
    """Horizontal slats of a plant room."""
    if below_top(s) == 0:
        return s.material, s.tone + 1
    return s.material, s.tone - 1 - (s.v & 1)


@part
def billboard(s: Spot) -> Ink:
    """A poster in a white frame."""
    if below_top(s) == 0 or s.v == 0 or s.u == 0 or s.u == s.width - 1:
        return WHITE, s.tone
    inner = 2 < s.v < s.height - 3 and 2 < s.u < s.width - 3
    if inner and hash3(s.seed, s.u // 2, s.v // 2) & 3 == 0:
        return WHITE, 5
    return accent(s.seed), 3 if s.lit else 2
