"""Flat roofs and decks."""

from typing import NamedTuple

import numpy as np

from isogen.kernels import part
from isogen.mesh.vocabulary import FlatStyle
from isogen.pixelart.ground import ground
from isogen.pixelart.inks import (
    DARK,
    GLASS,
    GRASS,
    GRAVEL,
    GREY,
    ROAD,
    SLATE,
    TEAL,
    WALK,
    WHITE,
    WOOD,
    YELLOW,
    Ink,
    accent,
)
from isogen.pixelart.noise import grained, hash3, patches
from isogen.pixelart.rules import Rules

_WIDE_SKYLIGHT = 8.0
"""Diagonal units from which a skylight has glazing bars."""


_LINE = 1.0
"""Diagonal units across a seam: one art pixel at the back."""

_WALKED = 22.0
"""Diagonal units across from which a gravel roof has walkways."""


class Deck(NamedTuple):
    """One art pixel of a horizontal face."""

    rules: Rules
    material: int
    seed: int

    px: float
    """Position along the diagonal ground axes, in units of sqrt(2) art pixels."""

    py: float
    x0: float
    """Extent of the face along the axes."""

    x1: float
    y0: float
    y1: float

    along: float
    """Position along the face's longest side, in the same units."""

    across: float

    x: int
    """Global art x."""

    y: int
    """Global art y."""


@part
def flat(style: int, d: Deck) -> Ink:
    """Return the ink of a horizontal face."""
    if style == FlatStyle.LAID:
        return ground(d.seed, d.rules, d.x, d.y, d.px, d.py)
    n = grained(hash3(d.x, d.y, 11), d.rules.texture_grain)
    if style in (FlatStyle.GRAVEL, FlatStyle.MEMBRANE, FlatStyle.PLANTED, FlatStyle.POOL):
        return _surfaced(style, d, n)
    if style in (FlatStyle.FANS, FlatStyle.HELIPAD):
        return _fans(d) if style == FlatStyle.FANS else _helipad(d)
    return _ruled(style, d)


@part
def _surfaced(style: int, d: Deck, n: int) -> Ink:
    if style == FlatStyle.PLANTED or (style != FlatStyle.POOL and d.material == GRASS):
        k = patches(d.x, d.y * 2, 9, d.seed & 255, d.rules.texture_patches)
        return GRASS, 3 + (n < 16000) - (n > 52000) - (k < 0.3)
    if style == FlatStyle.GRAVEL:
        return _gravel(d, n)
    if style == FlatStyle.MEMBRANE:
        return _membrane(d, n)
    if min(d.px - d.x0, d.py - d.y0, d.x1 - d.px, d.y1 - d.py) < 1:
        return WHITE, 5
    return TEAL, 5 if (d.x + d.y * 3 + (n & 1)) % 7 == 0 else 4


@part
def _cell(p: float) -> int:
    return int(np.floor(p))


@part
def _field(d: Deck, long: float, wide: float) -> tuple[int, float, float]:
    """Return the hash of a roof's field, laid along its walls, and the place in it."""
    along, across = d.along / long, d.across / wide
    i, j = int(np.floor(along)), int(np.floor(across))
    return hash3(i, j, d.seed), (along - i) * long, (across - j) * wide


@part
def _worn(d: Deck, h: int, a: float, b: float) -> int:
    """Return the change of tone in a field: a repair, a dried puddle, or another year's sheet."""
    k = h & 15
    if k < d.rules.roofs_repairs:
        left, low = 2.0 + (h >> 3 & 3), 1.5 + (h >> 5 & 1)
        return -1 if left < a < left + 4 + (h >> 6 & 3) and low < b < low + 3 else 0
    if k - d.rules.roofs_repairs < d.rules.roofs_puddles:
        da, db = a - 6.0, b - 4.0
        far = da * da * 0.5 + db * db
        return -1 if far < 6 else 0
    return 0


@part
def _membrane(d: Deck, n: int) -> Ink:
    """Sheets of metal or felt along the walls, welded, patched, dull where water stood."""
    top = 5 if d.material in (DARK, SLATE) else 4
    if d.material in (WHITE, GREY):
        h, a, b = _field(d, 15.0, 10.0)
        seam = (a < _LINE and h >> 8 & 3) or (b < _LINE and h >> 10 & 3)
    else:
        h, a, b = _field(d, 19.0, 6.0)
        seam = b < _LINE or (a < _LINE and h >> 8 & 7 == 1)
    if seam:
        return d.material, top - d.rules.roofs_seams
    return d.material, top + _worn(d, h, a, b) - (n < 300)


@part
def _skylight(d: Deck) -> Ink:
    """Calm glass with a gleam of sky; wide ones have glazing bars one tone apart."""
    gleam = (d.x + 2 * d.y) % 53 < 11
    wide = min(d.x1 - d.x0, d.y1 - d.y0) > _WIDE_SKYLIGHT
    if wide and (d.x % 6 == 0 or (d.x + 2 * d.y) % 24 == 0):
        return GLASS, 4 + gleam
    return GLASS, 3 + gleam


@part
def _gravel(d: Deck, n: int) -> Ink:
    """Fields of gravel between strips, with a walkway of slabs and a puddle now and then."""
    h, a, b = _field(d, 17.0, 11.0)
    walked = min(d.x1 - d.x0, d.y1 - d.y0) > _WALKED and 5 <= b < 6.6
    if walked and _cell(d.across / 11.0) % 5 == d.seed % 5:
        return WALK, 3 - (_cell(d.along / 2.2) & 1)
    strip = (b < _LINE or a < _LINE) and h >> 8 & 1
    pebble = (n < 2600) - (n > 62000)
    worn = 0 if strip else _worn(d, h, a, b)
    return d.material, 4 - (d.rules.roofs_seams if strip else pebble - worn)


@part
def _fans(d: Deck) -> Ink:
    """Round ventilators in rows."""
    rx, ry = d.px - d.x0, d.py - d.y0
    cx = rx - (np.floor(rx / 5) * 5 + 2.5)
    cy = ry - (np.floor(ry / 5) * 5 + 2.5)
    far = cx * cx + cy * cy
    if far < 0.8:
        return GREY, 4
    if far < 4.4:
        return (DARK, 2) if cx * cy > 0 else (GREY, 2)
    return d.material, 4


@part
def _helipad(d: Deck) -> Ink:
    cx, cy = d.px - (d.x0 + d.x1) * 0.5, d.py - (d.y0 + d.y1) * 0.5
    far = np.sqrt(cx * cx + cy * cy)
    r = min(d.x1 - d.x0, d.y1 - d.y0) * 0.42
    if abs(far - r) < 0.8:
        return WHITE, 5
    if far >= r:
        return d.material, 3
    upright = abs(abs(cx) - r * 0.35) < 0.7 and abs(cy) < r * 0.5
    bar = abs(cy) < 0.7 and abs(cx) < r * 0.35
    return (YELLOW, 4) if upright or bar else (ROAD, 4)


@part
def _seats(d: Deck) -> Ink:
    """Seats, half of them taken."""
    h = hash3(d.x, d.y, 29)
    if h & 3 == 0:
        return accent(h >> 4), 3 + (h >> 8 & 1)
    return d.material, 4 - (d.y & 1)


@part
def _ruled(style: int, d: Deck) -> Ink:  # noqa: C901, PLR0911  one line per style
    """Return surfaces ruled along the diagonal axes."""
    ix, iy = _cell(d.along), _cell(d.across)
    if style == FlatStyle.SKYLIGHT:
        return _skylight(d)
    if style == FlatStyle.DECK:
        return WOOD, 4 - (ix & 1)
    if style == FlatStyle.SOLAR:
        if ix % 4 == 0:
            return GRAVEL, 2
        return GLASS, 1 + (iy % 3 == 0) + ((d.x + d.y) % 11 == 0)
    if style == FlatStyle.PARKING:
        bay = ix % 5 == 0 and iy % 22 < 9
        return (WHITE, 4) if bay else (ROAD, 4)
    if style == FlatStyle.RIBBED:
        return d.material, 4 - (ix & 1)
    if style == FlatStyle.PAVERS:
        return d.material, 4 - ((ix // 3 + iy // 3) & 1)
    if style == FlatStyle.CORRUGATED:
        return d.material, 4 - (ix & 1)
    if style == FlatStyle.SEATS:
        return _seats(d)
    if style == FlatStyle.TURF:
        return GRASS, 4 - (d.seed & 1)
    if style == FlatStyle.PLAIN and d.material == GRAVEL:
        return d.material, 3
    return d.material, 4
