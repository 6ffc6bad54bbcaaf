"""Sheds, quays, containers, vehicles, tanks, and the earth at the edge of the map."""

import numpy as np

from isogen.kernels import part
from isogen.pixelart.inks import (
    BROWN,
    COPPER,
    DARK,
    GRANITE,
    GRASS,
    RED,
    SAND,
    TERRA,
    WATER,
    WHITE,
    YELLOW,
    Ink,
    Spot,
    below_top,
)
from isogen.pixelart.noise import dither, hash3, smooth_noise


@part
def corrugated(s: Spot) -> Ink:
    """Corrugated metal."""
    if below_top(s) == 0:
        return s.material, s.tone + 1
    return s.material, s.tone - (s.u & 1)


@part
def container(s: Spot) -> Ink:
    """A shipping container with its frame."""
    if s.v == 0:
        return s.material, s.tone - 1
    if below_top(s) == 0 or s.u == 0 or s.u == s.width - 1:
        return s.material, s.tone
    return s.material, s.tone - (s.u & 1)


@part
def car_body(s: Spot) -> Ink:
    """Wheels, lamps and color of a car."""
    if s.v == 0:
        return DARK, 0 if s.u in (1, s.width - 2) else 1
    if s.u == 0 and not s.lit:
        return RED, 3
    if s.u == s.width - 1 and s.width < 5:
        return YELLOW, 5
    return s.material, s.tone


@part
def car_cabin(s: Spot) -> Ink:
    """Dark windows under a roof."""
    return (DARK, 2 if s.lit else 1) if below_top(s) else (s.material, s.tone)


@part
def vehicle(s: Spot) -> Ink:
    """A tram, bus or train: a dark window band under a light roof edge."""
    if s.v == 0:
        return DARK, 1
    if below_top(s) == 0:
        return s.material, s.tone + 1
    middle = s.height // 2
    if s.v == middle or (s.height > 4 and s.v == middle + 1):
        return (s.material, s.tone) if s.u % 5 == 4 else (DARK, 1 if s.lit else 0)
    return s.material, s.tone


@part
def quay(s: Spot) -> Ink:
    """Coursed stone with weed at the water line."""
    if below_top(s) == 0:
        return s.material, s.tone + 1
    if s.v == 0:
        return COPPER, 1
    joint = (s.u + (s.v >> 1) * 3) % 7 == 0 or s.v % 2 == 0
    return s.material, s.tone - (1 if joint else 0)


@part
def ashlar(s: Spot) -> Ink:
    """Coursed stone under a bright coping."""
    if below_top(s) == 0:
        return s.material, s.tone + 1
    joint = (s.u + (s.v >> 1) * 3) % 6 == 0 or s.v % 2 == 0
    return s.material, s.tone - (1 if joint else 0)


@part
def hazard(s: Spot) -> Ink:
    """Red and white by turns: barriers, the booms of cranes and gates."""
    return (RED if (s.u // 2) & 1 else WHITE), s.tone


@part
def piles(s: Spot) -> Ink:
    """A pier's deck on piles."""
    up = below_top(s)
    if up < 2:
        return s.material, s.tone + 1 - up
    return (s.material, s.tone - 1) if s.u % 4 == 0 else (DARK, 0)


@part
def staves(s: Spot) -> Ink:
    """A wooden tank with hoops."""
    if s.v % 3 == 0:
        return s.material, s.tone - 2
    return s.material, s.tone - (s.u & 1)


@part
def stack(s: Spot) -> Ink:
    """A chimney with red and white bands at its top."""
    up = below_top(s)
    if up >= 20:
        return s.material, s.tone
    return (WHITE if (up // 5) & 1 else RED), s.tone


@part
def slats(s: Spot) -> Ink:
    """Upright slats of timber or zinc."""
    return s.material, s.tone - (s.u % 3 == 0) + (below_top(s) == 0)


@part
def section(s: Spot) -> Ink:
    """The earth or the water cut open at the edge of the map."""
    return _depths(s) if s.material == WATER else _strata(s)


@part
def _strata(s: Spot) -> Ink:
    """Turf with roots, dark soil with stones, clay, then bedded rock."""
    up = below_top(s)
    sunny = 1 if s.lit else 0
    wave = smooth_noise(s.x, up * 0.4, 31, 17) * 5.0 + smooth_noise(s.x, 0, 9, 18) * 2.0
    bed = up + int(wave) - 3
    if up < 2 or (up == 2 and hash3(s.x, 1, 19) % 5 == 0):
        return GRASS, sunny + (3 if up == 0 else 1)
    grain = hash3(s.x, s.y, 5)
    if bed < 7:
        pebble = hash3(s.x >> 1, s.y >> 1, 8) % 23 == 0
        if pebble and up > 2:
            return GRANITE, 3 + sunny
        return BROWN, 2 + sunny - (bed > 4) - (grain & 7 == 0)
    if bed < 12:
        return TERRA if bed < 10 else SAND, 2 + sunny - (bed == 7) - (bed == 11) - (grain % 11 == 0)
    return _bedrock(s, bed, sunny)


@part
def _bedrock(s: Spot, bed: int, sunny: int) -> Ink:
    """Beds of stone, each of its own shade, jointed and cracked; darker toward the foot."""
    layer = (bed - 12) // 3
    row = (bed - 12) % 3
    joint = hash3((s.x + layer * 5) // 7, layer, 72) % 7 == s.x % 7
    tone = 1 + sunny + (hash3(layer, 3, 71) & 1)
    stone = smooth_noise(s.x, s.v * 2.0, 11, s.seed & 255)
    if s.v == 0:
        return GRANITE, 0
    return GRANITE, tone + (row == 2) - (row == 0) - joint * (row != 0) + (stone > 0.7) - (s.v < 4)


@part
def _depths(s: Spot) -> Ink:
    """Water in a glass: a bright surface, light that sinks in shafts, and the bed below."""
    up = below_top(s)
    sunny = 1 if s.lit else 0
    bed = 3 + int(smooth_noise(s.x, 3, 17, 21) * 3.0)
    if s.v < bed:
        if s.v == bed - 1:
            return SAND, 1 + sunny + (hash3(s.x, 1, 22) & 3 == 0)
        return GRANITE, min(s.v, 1) + (sunny if hash3(s.x >> 1, s.v, 23) & 1 else 0)
    if up < 2:
        return WATER, 5 - up
    if s.v == bed and hash3(s.x >> 1, 2, 24) % 9 == 0:
        return COPPER, 1 + sunny  # weed
    deep = up / (s.height - bed) * 3.0
    shaft = smooth_noise(s.x + up * 0.5, 7, 7, 25)
    tone = 3.6 + 0.4 * sunny - deep + (0.9 if shaft > 0.66 else 0.0)
    return WATER, max(int(np.floor(tone + dither(s.x, s.y, 1.0))), 1)
