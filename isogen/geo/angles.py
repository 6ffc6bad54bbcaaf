"""Sines, cosines and angles that come out the same on every machine.

C libraries and vector units differ in the last bit of a sine, and a position that
lies between two grains of a scene would then fall to one side here and to the other
there. Only operations that IEEE 754 defines to the last bit are used: ``+ - * /`` and
square roots.
"""

import math

import numpy as np

from isogen.geo.camera import Floats

_RAD_PER_DEG = math.pi / 180
_DEG_PER_RAD = 180 / math.pi

_SIN_TERMS = tuple((-1.0) ** k / math.factorial(2 * k + 1) for k in range(10))
_COS_TERMS = tuple((-1.0) ** k / math.factorial(2 * k) for k in range(10))
"""Taylor series; ten terms are exact to 1e-17 up to 45 degrees."""

_STEPS_PER_DEG = 4096


def _series(square: Floats, terms: tuple[float, ...]) -> Floats:
    total = np.full_like(square, terms[-1])
    for term in reversed(terms[:-1]):
        total = total * square + term
    return total


def sin_cos_deg(angle: Floats) -> tuple[Floats, Floats]:
    """Return sine and cosine of angles in degrees, to 2e-16.

    Args:
        angle: Degrees, any shape; exact multiples of 90 give exact values.
    """
    quarter = np.rint(angle / 90.0)
    x = (angle - 90.0 * quarter) * _RAD_PER_DEG
    sine = x * _series(x * x, _SIN_TERMS)
    cosine = _series(x * x, _COS_TERMS)
    odd = quarter % 2.0 == 1.0
    turned_sine, turned_cosine = np.where(odd, cosine, sine), np.where(odd, sine, cosine)
    sine_sign = np.where(quarter % 4.0 >= 2.0, -1.0, 1.0)  # noqa: PLR2004  half a turn
    cosine_sign = np.where((quarter + 1.0) % 4.0 >= 2.0, -1.0, 1.0)  # noqa: PLR2004
    return turned_sine * sine_sign, turned_cosine * cosine_sign


def angle_deg(y: Floats, x: Floats) -> Floats:
    """Return the angle of the vectors (x, y), in degrees, in [-180, 180].

    The C library only finds the nearest step of 1/4096 degree; the rest is computed here.
    """
    coarse = np.rint(np.degrees(np.arctan2(y, x)) * _STEPS_PER_DEG) / _STEPS_PER_DEG
    sine, cosine = sin_cos_deg(coarse)
    length = np.sqrt(x * x + y * y)
    rest = (y * cosine - x * sine) / np.where(length > 0.0, length, 1.0)
    return coarse + (rest + rest * rest * rest / 6.0) * _DEG_PER_RAD
