"""What open country looks like: meadows, woods, fields, rock, sand, ice."""

from isogen.kernels import part
from isogen.mesh.vocabulary import Ground, Material
from isogen.pixelart.inks import (
    GRANITE,
    GRASS,
    LEAF,
    LINDEN,
    PINK,
    SAND,
    SETTS,
    WATER,
    WHITE,
    WOOD,
    YELLOW,
    Ink,
)
from isogen.pixelart.noise import hash3, patches, smooth_noise
from isogen.pixelart.soil import Soil

_ROSE = int(Material.ROSE)
_SKY = int(Material.SKY)
_SNOW = int(Material.SNOW)
_STRAW = int(Material.STRAW)


@part
def terrain(c: int, s: Soil) -> Ink:  # noqa: PLR0911  one line per class
    """Return the ink of a class of open country."""
    if c == Ground.MEADOW:
        return _meadow(s)
    if c == Ground.FOREST:
        return _forest(s)
    if c == Ground.HEATH:
        return _heath(s)
    if c == Ground.MARSH:
        return _marsh(s)
    if c == Ground.ROCK:
        return _rock(s)
    if c in (Ground.CROP, Ground.GRAIN, Ground.SOIL, Ground.FURROW):
        return _field(c, s)
    if c == Ground.FANS:
        return _fans(s)
    return _loose(c, s)


@part
def _meadow(s: Soil) -> Ink:
    """Tall grass in brush strokes; flowers stand in drifts of one color."""
    p = s.rules.texture_patches
    k = patches(s.x, s.y * 2, 27, 105, p) * 0.65 + patches(s.x, s.y * 2, 7, 106, p) * 0.35
    drift = smooth_noise(s.x, s.y * 2, 17, 107)
    if drift > 0.62 and s.n < 2600:
        kind = int(smooth_noise(s.x, s.y * 2, 41, 108) * 5)
        return (YELLOW, 4) if kind < 2 else (WHITE, 5) if kind < 3 else (PINK, 4)
    tone = 3 + (k > 0.5 + s.threshold * 0.2) - (k < 0.34 + s.threshold * 0.12)
    blade = hash3(s.x, s.y >> 1, 109)
    return GRASS, tone - (blade < 5200) + (blade > 62500)


@part
def _forest(s: Soil) -> Ink:
    """Dark moss, ferns and patches of old leaves."""
    k = smooth_noise(s.x, s.y * 2, 9, 111)
    if k > 0.66 + s.threshold * 0.1:
        return WOOD, 3 - (s.n < 16000)
    if s.n > 61000:
        return LEAF, 4
    return (LEAF if k < 0.4 else GRASS), 2 + (k > 0.34 and s.n > 20000) - (s.n < 7000)


@part
def _heath(s: Soil) -> Ink:
    """Cushions of heather between grass and sand."""
    k = smooth_noise(s.x, s.y * 2, 5, 113)
    if k > 0.62:
        return _ROSE, 2 + (k > 0.68 + s.threshold * 0.1) - (s.n < 9000)
    if k < 0.2:
        return SAND, 3
    return LINDEN, 2 + (k > 0.42) - (s.n < 9000)


@part
def _marsh(s: Soil) -> Ink:
    """Pools with bright rims among tufts of reed."""
    k = smooth_noise(s.x, s.y * 2, 13, 115) * 0.8 + smooth_noise(s.x, s.y * 2, 5, 116) * 0.2
    if k > 0.6:
        return WATER, 4 if s.n > 62000 else 3
    if k > 0.57:
        return LEAF, 2
    tuft = hash3(s.x >> 1, s.y // 3, 117)
    if tuft < 14000:
        return _STRAW if tuft < 5000 else LINDEN, 4 - (s.y % 3)
    return GRASS, 3 - (s.n < 22000)


@part
def _rock(s: Soil) -> Ink:
    """Slabs of stone lit from one side, with cracks and lichen."""
    k = smooth_noise(s.x, s.y * 1.6, 11, 121)
    lit = k - smooth_noise(s.x + 2, s.y * 1.6 - 3, 11, 121)
    ridge = smooth_noise(s.x, s.y * 1.6, 4, 122)
    if ridge > 0.8 and s.n > 20000:
        return LINDEN, 3
    tone = 3 + (lit > 0.05 + s.threshold * 0.06) + (lit > 0.2)
    return GRANITE, tone - (lit < -0.06 - s.threshold * 0.06) - (lit < -0.2)


@part
def _field(c: int, s: Soil) -> Ink:
    """Rows of a field; they are laid out on the ground map, so that they follow its sides."""
    k = patches(s.x, s.y * 2, 33, 125, s.rules.texture_patches)
    light = k > 0.55 + s.threshold * 0.3
    if c == Ground.CROP:
        return GRASS, 4 + (light and s.n > 52000) - (s.n < 9000)
    if c == Ground.GRAIN:
        ear = hash3(s.x, s.y >> 1, 126)
        return _STRAW, 3 + (ear > 52000) - (ear < 6000) + (light and ear & 3 == 0)
    if c == Ground.SOIL:
        return WOOD, 4 - (s.n < 12000) + (light and s.n > 56000)
    return (LINDEN, 3 - (s.n < 20000)) if s.n < 45000 else (WOOD, 4)


@part
def _fans(s: Soil) -> Ink:
    """Setts in arcs, each fan standing between two of the row below."""
    row = s.y // 5
    u = (s.x + (row & 1) * 5) % 10 - 5
    rise = s.y % 5
    arc = (u * u * 2) // 5 + rise * 2
    joint = arc % 4 == 0
    return SETTS, 4 - joint - (s.n < 5000) + (s.n > 62500)


@part
def _loose(c: int, s: Soil) -> Ink:
    if c == Ground.WET_SAND:
        return SAND, 2 + (s.n > 30000 and s.y & 1)
    if c == Ground.RUBBER:
        return _ROSE, 4 - (s.n < 3500) + (s.n > 62500)
    k = smooth_noise(s.x, s.y * 2, 19, 127)
    crack = abs(smooth_noise(s.x, s.y * 2, 23, 128) - 0.5) < 0.02
    return (_SKY, 4) if crack else (_SNOW, 4 + (k > 0.5) - (s.n < 5000))
