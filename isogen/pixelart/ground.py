"""What the ground classes look like. Stones and furrows are laid along the diagonal axes."""

import numpy as np

from isogen.kernels import part
from isogen.mesh.vocabulary import Ground
from isogen.pixelart.inks import (
    CREAM,
    DARK,
    GRANITE,
    GRASS,
    GRAVEL,
    LEAF,
    LINDEN,
    PINK,
    RED,
    ROAD,
    SAND,
    SETTS,
    STEEL,
    TEAL,
    TERRA,
    WALK,
    WHITE,
    WOOD,
    YELLOW,
    Ink,
)
from isogen.pixelart.lanes import lane
from isogen.pixelart.noise import dither, grained, hash3, patches, smooth_noise
from isogen.pixelart.rules import Rules
from isogen.pixelart.soil import Soil
from isogen.pixelart.terrain import terrain
from isogen.pixelart.water import is_open, water

_YARD = int(Ground.YARD)
_MEADOW = int(Ground.MEADOW)
_ICE = int(Ground.ICE)
_CYCLE_LANE = int(Ground.CYCLE_LANE)
_HATCHED = int(Ground.HATCHED)


@part
def ground(c: int, rules: Rules, x: int, y: int, px: float, py: float) -> Ink:
    """Return the ink of a ground class at the global pixel (x, y).

    (px, py) is its position along the diagonal ground axes. Made here, because a function
    cannot return a tuple with a record in it.
    """
    n = grained(hash3(x, y, 21), rules.texture_grain)
    threshold = dither(x, y, rules.texture_dither)
    return _soil(c, Soil(rules, x, y, int(np.floor(px)), int(np.floor(py)), n, threshold))


@part
def _soil(c: int, s: Soil) -> Ink:  # noqa: C901, PLR0911, PLR0912  one line per group
    """Return the ink of a ground class."""
    if is_open(c) or c == Ground.FOAM:
        return water(c, s.rules, s.x, s.y, s.threshold)
    if _MEADOW <= c <= _ICE:
        return terrain(c, s)
    if _CYCLE_LANE <= c <= _HATCHED:
        return lane(c, s)
    if c in (Ground.GRASS, Ground.MOWN, Ground.SCRUB, Ground.HEDGE, Ground.FLOWERS):
        return _green(c, s)
    if c in (Ground.ROAD, Ground.PARKING):
        return _asphalt(s)
    if c in (Ground.WALK, Ground.CURB, Ground.PAVE, Ground.PLAZA, Ground.BRICK):
        return _paving(c, s)
    if c in (Ground.SETT, Ground.GRANITE, Ground.LOT, Ground.YARD, Ground.COURT):
        return _stone(c, s)
    if c in (Ground.BALLAST, Ground.RAIL, Ground.TRAM_RAIL, Ground.SLEEPER):
        return _track(c, s)
    if c in (Ground.PATH, Ground.SAND, Ground.DIRT, Ground.GRAVEL_PATH, Ground.FIELD):
        return _earth(c, s)
    if c in (Ground.WHITE, Ground.LINE):
        return WHITE, 5 if s.n > 6000 else 4
    if c == Ground.YELLOW:
        return YELLOW, 4
    if c == Ground.RED_COURT:
        return TERRA, 3
    if c == Ground.POOL:
        return TEAL, 5 if (s.x + s.y * 3 + (s.n & 1)) % 9 == 0 else 4
    if c == Ground.WOOD:
        return WOOD, 4 - (s.iy % 2 == 0) - (s.n < 5000)
    return _stone(_YARD, s)


@part
def _asphalt(s: Soil) -> Ink:
    """Asphalt with worn patches."""
    k = patches(s.x, s.y * 2, 23, 77, s.rules.texture_patches)
    if (k > 0.66 and s.threshold < (k - 0.6) * 4) or s.n < 900:
        return ROAD, 2
    return ROAD, 4 if s.n > 65000 else 3


@part
def _paving(c: int, s: Soil) -> Ink:
    if c == Ground.WALK:
        return WALK, 3 if s.ix % 4 == 0 or s.iy % 4 == 0 else 4 - (s.n < 1600)
    if c == Ground.CURB:
        return WALK, 5
    if c == Ground.PAVE:
        return WALK, 4 - ((s.ix + s.iy) % 6 == 0 or s.n < 2500)
    if c == Ground.PLAZA:
        return CREAM, 3 + ((s.ix // 3 + s.iy // 3) & 1)
    return TERRA, 4 - ((s.ix + (s.iy >> 1) % 2 * 2) % 4 == 0 or s.n < 9000)


@part
def _stone(c: int, s: Soil) -> Ink:
    if c == Ground.SETT:  # laid in shifted courses
        k = patches(s.x, s.y * 2, 29, 9, s.rules.texture_patches)
        joint = (s.x + (s.y & 1) * 2) % 4 == 0 and s.n < 46000
        return SETTS, (4 if k > 0.3 + s.threshold * 0.15 else 3) - joint
    if c == Ground.GRANITE:  # square slabs
        return SETTS, 5 - ((s.ix // 3 + s.iy // 3) & 1) - (s.n < 3000)
    if c == Ground.LOT:
        return GRAVEL, 3 if s.ix % 8 == 0 or s.iy % 8 == 0 else 4 - (s.n < 3000)
    if c == Ground.COURT:
        return TEAL, 3
    k = patches(s.x, s.y * 2, 45, 12, s.rules.texture_patches)
    return GRAVEL, (4 if k > 0.3 + s.threshold * 0.12 else 3) - (s.n < 1800)


@part
def _track(c: int, s: Soil) -> Ink:
    if c == Ground.BALLAST:
        return GRANITE, 4 - (s.n < 19000)
    if c == Ground.RAIL:
        return STEEL, 1 if s.n < 56000 else 4
    if c == Ground.TRAM_RAIL:
        return DARK, 2
    return STEEL, 4 - (s.n < 20000)


@part
def _earth(c: int, s: Soil) -> Ink:
    if c == Ground.DIRT:
        return SAND, 3 - (s.n < 12000)
    if c == Ground.GRAVEL_PATH:
        return SAND, 4 - (s.n < 9000)
    if c == Ground.FIELD:
        return _field(s)
    return SAND, 4 - (s.n < 7000)


@part
def _field(s: Soil) -> Ink:
    """Rows of a crop; its color and ripeness drift over hundreds of meters."""
    crop = smooth_noise(s.x, s.y, 260, 83)
    ripe = patches(s.x, s.y * 2, 37, 84, s.rules.texture_patches)
    furrow = s.iy % 3 == 0
    if crop < 0.36:
        return SAND, 3 + (ripe > 0.55) - furrow - (s.n < 4000)
    if crop < 0.52 and furrow:
        return SAND, 3 - (s.n < 9000)
    return GRASS, 3 + (ripe > 0.5 + s.threshold * 0.2) - (furrow and s.n < 50000) + (s.n > 64000)


@part
def _green(c: int, s: Soil) -> Ink:
    if c == Ground.MOWN:
        return GRASS, 3 + (s.ix // 6 & 1) - (s.n < 2500)
    if c == Ground.SCRUB:
        k = patches(s.x, s.y * 2, 5, 61, s.rules.texture_patches)
        return LEAF if s.n < 40000 else LINDEN, 2 + (k > 0.3) + (k > 0.6)
    if c == Ground.HEDGE:
        k = patches(s.x, s.y, 3, 62, s.rules.texture_patches)
        return LEAF, 2 + (k > 0.35) + (k > 0.7) - (s.n < 6000)
    if c == Ground.FLOWERS:
        return _flowers(hash3(s.x, s.y, 21))
    return _lawn(s)


@part
def _flowers(n: int) -> Ink:
    k = n % 7
    if k == 0:
        return PINK, 4
    if k == 1:
        return YELLOW, 4
    if k == 2:
        return RED, 4
    return (WHITE, 5) if k == 3 else (GRASS, 2 + (n & 1))


@part
def _lawn(s: Soil) -> Ink:
    """Grass in light and dark patches, with tufts and a few daisies."""
    strength = s.rules.texture_patches
    k = patches(s.x, s.y * 2, 31, 5, strength) * 0.7 + patches(s.x, s.y * 2, 9, 6, strength) * 0.3
    tone = 3 + (k > 0.45 + s.threshold * 0.25) - (k < 0.28 + s.threshold * 0.12)
    if 63380 < s.n <= 63600:
        return (YELLOW, 4) if s.n & 1 else (WHITE, 5)
    return GRASS, tone - (s.n < 2600) + (s.n > 63600)
