"""Flat roofs and decks."""

from typing import NamedTuple

import numpy as np

from isogen.kernels import part
from isogen.mesh.vocabulary import FlatStyle
from isogen.pixelart.inks import (
    DARK,
    GLASS,
    GRASS,
    GRAVEL,
    GREY,
    ROAD,
    TEAL,
    WHITE,
    WOOD,
    YELLOW,
    Ink,
)
from isogen.pixelart.noise import grained, hash3, patches
from isogen.pixelart.rules import Rules

_WIDE_SKYLIGHT = 8.0
"""Diagonal units from which a skylight has glazing bars."""


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

    x: int
    """Global art x."""

    y: int
    """Global art y."""


@part
def flat(style: int, d: Deck) -> Ink:
    """Return the ink of a horizontal face."""
    n = grained(hash3(d.x, d.y, 11), d.rules.texture_grain)
    if style in (FlatStyle.GRAVEL, FlatStyle.MEMBRANE, FlatStyle.PLANTED, FlatStyle.POOL):
        return _surfaced(style, d, n)
    if style in (FlatStyle.FANS, FlatStyle.HELIPAD):
        return _fans(d) if style == FlatStyle.FANS else _helipad(d)
    return _ruled(style, d)


@part
def _surfaced(style: int, d: Deck, n: int) -> Ink:
    if style == FlatStyle.GRAVEL:
        return _gravel(d, n)
    if style == FlatStyle.MEMBRANE:
        return _membrane(d, n)
    if style == FlatStyle.PLANTED:
        k = patches(d.x, d.y * 2, 9, d.seed & 255, d.rules.texture_patches)
        return GRASS, 3 + (n < 16000) - (n > 52000) - (k < 0.3)
    if min(d.px - d.x0, d.py - d.y0, d.x1 - d.px, d.y1 - d.py) < 1:
        return WHITE, 5
    return TEAL, 5 if (d.x + d.y * 3 + (n & 1)) % 7 == 0 else 4


@part
def _cell(p: float) -> int:
    return int(np.floor(p))


@part
def _membrane(d: Deck, n: int) -> Ink:
    """Metal in strips, or pale sheets with few seams, dull where water has stood."""
    strip, along = _cell(d.px) - int(d.x0), _cell(d.py)
    if d.material not in (WHITE, GREY):
        return d.material, 4 - (strip % 6 == 5 or n < 500)
    seam = strip % 16 == 15 and hash3(strip >> 4, along // 7, d.seed) & 3 == 0
    worn = patches(d.x, d.y * 2, 29, d.seed & 255, d.rules.texture_patches)
    dull = (d.x + d.y) & 1 and worn > 0.66
    return d.material, 4 - (seam or dull or n < 500)


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
    """Gravel with patches of tar."""
    k = patches(d.x, d.y * 2, 13, d.seed & 255, d.rules.texture_patches)
    tone = 3
    if k > 0.68:
        tone = 2 if n & 3 else 3
    elif k < 0.3 and n < 22000:
        tone = 4
    return d.material, tone - (n < 1500)


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
def _ruled(style: int, d: Deck) -> Ink:  # noqa: C901, PLR0911  one line per style
    """Return surfaces ruled along the diagonal axes."""
    ix, iy = _cell(d.px), _cell(d.py)
    if style == FlatStyle.SKYLIGHT:
        return _skylight(d)
    if style == FlatStyle.DECK:
        return WOOD, 4 - (ix & 1)
    if style == FlatStyle.SOLAR:
        if ix % 4 == 0:
            return GRAVEL, 2
        return GLASS, 1 + (iy % 3 == 0) + ((d.x + d.y) % 11 == 0)
    if style == FlatStyle.PARKING:
        bay = iy % 5 == 0 and (ix - int(d.x0)) % 22 < 9
        return (WHITE, 4) if bay else (ROAD, 4)
    if style == FlatStyle.RIBBED:
        return d.material, 4 - (iy & 1 if d.x1 - d.x0 < d.y1 - d.y0 else ix & 1)
    if style == FlatStyle.PAVERS:
        return d.material, 4 - ((ix // 3 + iy // 3) & 1)
    if style == FlatStyle.CORRUGATED:
        return d.material, 4 - (ix & 1)
    if style == FlatStyle.PLAIN and d.material == GRAVEL:
        return d.material, 3
    return d.material, 4
