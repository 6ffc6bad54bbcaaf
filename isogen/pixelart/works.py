"""Sheds, quays, containers, vehicles, tanks, and the earth at the edge of the map."""

from isogen.kernels import part
from isogen.pixelart.inks import (
    COPPER,
    DARK,
    GRANITE,
    GRASS,
    RED,
    SAND,
    WHITE,
    WOOD,
    YELLOW,
    Ink,
    Spot,
    below_top,
)
from isogen.pixelart.noise import hash3, smooth_noise


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
    """The earth cut open at the edge of the map: turf, soil, sand, then bedded rock."""
    up = below_top(s)
    bed = up + int(smooth_noise(s.x, up * 0.3, 23, 17) * 5) - 2
    if up == 0:
        return GRASS, 2
    if up < 3 or bed < 3:
        return WOOD, 2 if up < 2 else 1 + (hash3(s.x, s.y, 5) & 3 == 0)
    if bed < 5:
        return SAND, 2 - (hash3(s.x, s.y, 6) & 7 == 0)
    stone = smooth_noise(s.x, up * 2.0, 11, s.seed & 255)
    layer = hash3(bed // 3, 3, 71) & 1
    shade = 1 if s.v < 3 else 2
    return GRANITE, shade + layer + (stone > 0.68) - (stone < 0.28) - (bed % 3 == 0)
