"""Walls without a front: party walls over low neighbors, and courtyard sides."""

from isogen.kernels import part
from isogen.pixelart.bays import OBLIQUE, Place, is_glazed
from isogen.pixelart.inks import (
    BRICK,
    CREAM,
    DARK,
    LEAF,
    TIN,
    WHITE,
    Ink,
    Spot,
    accent,
    below_top,
    window,
)
from isogen.pixelart.noise import dither, hash3, patches, smooth_noise

_PAINTED_WIDTH = 16
"""Least columns of a party wall with an advertisement on it."""

_PAINTED_HEIGHT = 20

_DARK_BRICKS, _BARE_DARK = 9000, 20000
"""Shares of darker bricks, of 65,536, in a wall of bricks and where plaster came off."""

_BARE, _SOOT = 0.8, 0.28
"""Levels of noise above which bricks are bare, and below which plaster is stained."""

_STAIR_FOOT = 6
"""Rows of the ground floor, above which stairs have windows."""

_PIPE_EVERY = 3
"""Bays between the down pipes of a courtyard side."""


@part
def party_wall(s: Spot, bricks: int) -> Ink:
    """A wall that a neighbor may hide: patched, sooty, overgrown, now and then painted."""
    if below_top(s) == 0:
        return s.trim, s.tone
    h = hash3(s.seed, 41, s.width)
    painted = (
        (h & 15) < s.rules.fronts_signs
        and s.width >= _PAINTED_WIDTH
        and s.height >= _PAINTED_HEIGHT
    )
    if painted and s.steep < OBLIQUE:
        sign = _painted(s, h)
        if sign[0] >= 0:
            return sign
    if _is_small_window(s):
        return window(s, hash3(s.seed, s.u // 7, s.v // 4), 0, 1, 1, 1)
    flue = s.u == 3 + (h >> 4) % max(s.width - 6, 1)
    if flue and below_top(s) < s.height * 2 // 3:
        return s.material, s.tone - 1
    return _patched(s, h, bricks)


@part
def _is_small_window(s: Spot) -> bool:
    """Tell whether one of the few windows of bathrooms and stairs is here."""
    if s.u % 7 != 3 or s.v % 4 not in (1, 2) or s.width < 8:
        return False
    column = hash3(s.seed, s.u // 7, 43) & 7
    return column == 0 or hash3(s.seed, s.u // 7, s.v // 4 + 50) & 15 == 0


@part
def _painted(s: Spot, h: int) -> Ink:
    """A faded advertisement: a framed field with a bold figure and lines of writing."""
    x, y = s.u - s.width // 4, s.v - s.height // 3
    wide, tall = s.width // 2, s.height // 2
    if not (0 <= x < wide and 0 <= y < tall):
        return -1, 0
    worn = smooth_noise(s.u, s.v, 5, s.seed & 255) > 0.85
    color = accent(h >> 5)
    if worn:
        return -1, 0
    if x in (0, wide - 1) or y in (0, tall - 1):
        return CREAM, s.tone
    dx, dy = 2 * x - wide + 1, 2 * y - tall * 5 // 4
    if dx * dx + dy * dy < tall * tall // 3:
        return (CREAM if color != WHITE else BRICK), s.tone
    line = y in (2, 4) and 1 < x < wide - 2 and hash3(x >> 1, y, h) & 3
    return (CREAM if line else color), s.tone - (0 if line else 1)


@part
def _patched(s: Spot, h: int, bricks: int) -> Ink:
    """Stains that run down, repairs in another tone, bare bricks, ivy at the foot."""
    if (h >> 4 & 15) < s.rules.fronts_ivy:
        ragged = smooth_noise(s.u, s.v, 4, (s.seed + 7) & 255) * 0.5
        high = smooth_noise(s.u, 0, 9, (s.seed + 9) & 255) * 1.1 - 0.15
        if s.v < s.height * min(high, 0.7) * (0.6 + ragged):
            return LEAF, (3 if s.lit else 1) + (hash3(s.x, s.y, 9) & 1)
    course = hash3((s.u + (s.v & 1)) >> 1, s.v, 7)
    if bricks or s.material == BRICK:
        return s.material, s.tone - (course < _DARK_BRICKS * s.rules.texture_grain)
    run = hash3(s.u, s.seed, 19) & 15 == 0 and below_top(s) < 3 + (hash3(s.u, s.seed, 21) & 7)
    k = patches(s.u, s.v, 6, s.seed & 255, s.rules.texture_patches)
    if s.lit and k > _BARE and (h >> 8 & 15) < s.rules.fronts_bare:
        return BRICK, 4 - (course < _BARE_DARK * s.rules.texture_grain)
    repair = s.lit and hash3(s.u // 9, s.v // 6, s.seed) & 15 == 0
    sooty = k < _SOOT and dither(s.x, s.y, s.rules.texture_dither) > 0.5
    stain = run or sooty or (s.v < 2 and k < 0.5)
    return s.material, s.tone - stain + repair


@part
def back(s: Spot, p: Place) -> Ink:
    """A courtyard side: small windows, stairs lit between floors, pipes, hung-out washing."""
    near = s.steep < OBLIQUE and p.bay >= 0
    if near and p.bays > 3 and p.bay == (s.seed >> 5) % p.bays:
        inside = 0 <= p.pane < p.window and p.y in (0, p.storey - 1)
        if inside and s.v > _STAIR_FOOT:
            return window(s, hash3(s.seed, p.bay, s.v // 4), p.pane, p.window, 1, 2)
        return s.material, s.tone
    if near and p.x == 0 and p.bay % _PIPE_EVERY == 1:
        return TIN, s.tone - 1
    drying = near and p.bays > 2 and p.floor > 0 and hash3(s.seed, p.bay, 61) & 3 == 0
    if drying and p.y < 2 and -1 <= p.pane <= p.window:
        return _drying(s, p)
    if is_glazed(p):
        return window(s, hash3(s.seed, p.bay, p.floor), p.pane, p.window, p.y, p.top)
    worn = patches(s.u, s.v, 7, s.seed & 255, s.rules.texture_patches) > 0.75
    return s.material, s.tone - worn


@part
def _drying(s: Spot, p: Place) -> Ink:
    """A balcony with washing on its railing."""
    cloth = hash3(s.x, p.floor, s.seed)
    if p.y == 0:
        return (accent(cloth >> 2), s.tone) if cloth & 3 == 0 else (DARK, 2)
    return (WHITE, s.tone) if cloth & 7 == 5 else (DARK, 1 + (s.x & 1))
