"""Sloping roofs, and ellipsoids: crowns of trees and domes."""

from typing import NamedTuple

import numpy as np

from isogen.kernels import part
from isogen.mesh.vocabulary import SlopeStyle
from isogen.pixelart.inks import GLASS, GRASS, Ink
from isogen.pixelart.noise import dither, hash3, patches, smooth_noise
from isogen.pixelart.rules import Rules

_GUTTERED, _GUARDED = 4.0, 7.0
"""Rises of a face from which it has a gutter, and snow guards."""

_PATCHED = 2000
"""Share of weathered patches, of 65,536."""


_TILES = 1.2
"""Tiles along a diagonal unit of the eaves."""

_LAID = 54000
"""Share of tiles with a shadow under them, of 65,536."""


class Tilt(NamedTuple):
    """One art pixel of a sloping face."""

    rules: Rules
    material: int
    seed: int

    px: float
    """Position along the diagonal ground axes, in units of sqrt(2) art pixels."""

    py: float

    up: float
    """Rises above the lowest point of the face."""

    tall: float
    """Rises of the face, from its lowest to its highest point."""

    nx: float
    """Normal along the axes and upward."""

    ny: float
    nz: float

    x: int
    """Global art x."""

    y: int
    """Global art y."""


@part
def slope(style: int, s: Tilt, light: float) -> Ink:  # noqa: PLR0911  one line per style
    """Return the ink of a sloping face in ``light``, which is 1 toward the sun."""
    tone = 4 if light > s.rules.light_bright else 3 if light > s.rules.light_dim else 2
    if style == SlopeStyle.GLAZED:
        return _glazed(s, tone)
    if s.material == GRASS:
        soft = (dither(s.x, s.y, s.rules.texture_dither) - 0.5) * 0.3
        k = patches(s.x, s.y * 2, 9, s.seed & 255, s.rules.texture_patches) + soft
        return GRASS, tone + (k > 0.62) - (k < 0.35)
    if s.tall > _GUTTERED and s.up < 0.8:
        return s.material, tone - 1  # the gutter
    if style == SlopeStyle.TILES:
        return s.material, tone - _tile(s)
    if style == SlopeStyle.AXIS_SEAMS:
        across = int(np.floor(s.px if abs(s.ny) > abs(s.nx) else s.py))
        return s.material, tone - (across % 3 == 0)
    if style == SlopeStyle.HATCHED:
        return s.material, tone - ((s.x + 2 * s.y) & 1)
    if style == SlopeStyle.SHEET_METAL:
        return s.material, tone - _sheet(s)
    return s.material, tone


@part
def _level_way(s: Tilt) -> tuple[float, float]:
    """Return the way along the eaves: a unit vector along the diagonal ground axes."""
    length = np.sqrt(s.nx * s.nx + s.ny * s.ny) + 1e-9
    return -s.ny / length, s.nx / length


@part
def _tile(s: Tilt) -> int:
    """Return the change of tone on tiles: courses, and patches of newer and mossy ones."""
    hx, hy = _level_way(s)
    course = int(np.floor(s.up))
    tile = int(np.floor((hx * s.px + hy * s.py) * _TILES)) + (course >> 1 & 1) * 2
    patch = hash3(tile // 4, course // 3, s.seed)
    if patch < _PATCHED * s.rules.roofs_weathered:
        return -1
    laid = course % 2 == 0 and tile % 4 != 0 and hash3(tile, course, s.seed) < _LAID
    mossy = patch > 65535 - _PATCHED * s.rules.roofs_weathered
    return s.rules.roofs_seams + mossy if laid else 0


@part
def _glazed(s: Tilt, tone: int) -> Ink:
    """Calm glass with a gleam of sky across it, between upright bars and a few rails."""
    if s.x % 4 == 0:
        return GLASS, tone + 1
    if s.up >= 2 and int(np.floor(s.up)) % 7 == 0:
        return GLASS, tone
    gleam = (s.x + 2 * s.y) % 61 < 12
    return GLASS, tone - 1 + gleam


@part
def _sheet(s: Tilt) -> int:
    """Return the change of tone on sheet metal: standing seams, and panels that weathered.

    Seams run down the slope. Where they would meet each other on screen, upright
    ones stand in for them.
    """
    if s.tall > _GUARDED and 2.0 <= s.up < 2.8 and s.x % 5 < 3:
        return -1  # a snow guard
    hx, hy = _level_way(s)
    if abs(hx + hy) > 0.55:
        panel, seam = s.x >> 2, s.x & 3 == 0 and (s.y & 7) != (hash3(s.x, s.seed, 3) & 7)
    else:
        across = (hx * s.px + hy * s.py) * 0.62
        panel = int(np.floor(across / 3))
        seam = int(np.floor(across)) % 3 == 0
    if seam:
        return s.rules.roofs_seams
    h = hash3(panel, int(np.floor(s.up / 5)) + panel % 3, s.seed)
    share = _PATCHED * s.rules.roofs_weathered
    return 1 if h < share else -1 if h > 65535 - share / 2 else 0


@part
def dome_tone(light: float) -> int:
    """Return the tone of a smooth dome."""
    return 2 + (light > 0.1) + (light > 0.55) + (light > 0.86)


@part
def foliage_tone(rules: Rules, light: float, seed: int, x: int, y: int) -> int:
    """Return the tone of a leafy crown."""
    leaves = smooth_noise(x + seed, y, 2.6, 41) - 0.5
    threshold = dither(x, y, rules.texture_dither)
    k = light + leaves * rules.texture_leaves + (threshold - 0.5) * 0.18
    return 1 + (k > -0.35) + (k > 0.12) + (k > 0.52) + (k > 0.98)
