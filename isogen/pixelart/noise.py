"""Repeatable noise: a hash of whole numbers, and smooth noise on a lattice of it.

Everything is asked for by global positions, so no window has an edge.
"""

import numpy as np

from isogen.kernels import part

BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float64) / 16
"""Ordered dither thresholds in [0, 1), to be read at (y & 3, x & 3)."""


@part
def hash3(a: int, b: int, c: int) -> int:
    """Return 16 well-mixed bits of three integers."""
    x = ((a * 73856093) ^ (b * 19349663) ^ (c * 83492791)) & 0xFFFFFFFF
    x ^= x >> 15
    x = (x * 0x2C1B3C6D) & 0xFFFFFFFF
    x ^= x >> 12
    x = (x * 0x297A2D39) & 0xFFFFFFFF
    x ^= x >> 15
    return x & 0xFFFF


@part
def dither(x: int, y: int, strength: float) -> float:
    """Return the ordered dither threshold of a pixel; all are 0.5 at strength 0."""
    return 0.5 + (BAYER[y & 3, x & 3] - 0.5) * strength


@part
def patches(x: float, y: float, cell: float, seed: int, strength: float) -> float:
    """Return smooth noise around 0.5, more or less of it: 0.5 everywhere at strength 0."""
    return 0.5 + (smooth_noise(x, y, cell, seed) - 0.5) * strength


@part
def grained(n: int, grain: float) -> int:
    """Return a hash so that what it rarely decides is ``grain`` times as frequent.

    The lowest and the highest values of 16 bits are what rare things hang on; without
    grain all are in the middle.
    """
    if grain <= 0:
        return 32768
    if n < 32768:
        return int(min(n / grain, 32768.0))
    return int(max(65535 - (65535 - n) / grain, 32768.0))


@part
def smooth_noise(x: float, y: float, cell: float, seed: int) -> float:
    """Return noise in [0, 1) that is smooth over ``cell`` pixels."""
    fx, fy = x / cell, y / cell
    ix, iy = int(np.floor(fx)), int(np.floor(fy))
    tx, ty = fx - ix, fy - iy
    tx, ty = tx * tx * (3 - 2 * tx), ty * ty * (3 - 2 * ty)
    a, b = hash3(ix, iy, seed), hash3(ix + 1, iy, seed)
    c, d = hash3(ix, iy + 1, seed), hash3(ix + 1, iy + 1, seed)
    return ((a + (b - a) * tx) * (1 - ty) + (c + (d - c) * tx) * ty) / 65536.0
