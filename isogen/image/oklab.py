"""OKLab: a color space in which equal steps look equal."""

import math

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Floats
from isogen.kernels import kernel, part

_RGB_TO_CONE = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_CONE_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_LAB_TO_CONE = np.array(
    [
        [1.0, 0.3963377774, 0.2158037573],
        [1.0, -0.1055613458, -0.0638541728],
        [1.0, -0.0894841775, -1.2914855480],
    ]
)
_CONE_TO_RGB = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)

_SRGB_UP_TO, _LINEAR_UP_TO = 0.04045, 0.0031308
"""Values of sRGB, and of light, up to which one is a multiple of the other."""


def to_oklab(rgb: NDArray[np.uint8]) -> Floats:
    """Return L, a, b of sRGB colors of shape (..., 3)."""
    c = np.asarray(rgb, np.float64) / 255
    linear = np.where(c <= _SRGB_UP_TO, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear @ _RGB_TO_CONE.T) @ _CONE_TO_LAB.T


def from_oklab(lab: Floats) -> NDArray[np.uint8]:
    """Return the sRGB colors of L, a, b, clipped to what a screen can show.

    Rounded twice, so that the last bits, in which C libraries differ, decide nothing.
    """
    linear = np.clip((np.asarray(lab) @ _LAB_TO_CONE.T) ** 3 @ _CONE_TO_RGB.T, 0, 1)
    c = np.where(linear <= _LINEAR_UP_TO, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.round(np.round(255 * c, 6)).astype(np.uint8)


_STEPS = 1 << 14
_LIGHT = np.array([c / 12.92 if c <= _SRGB_UP_TO else ((c + 0.055) / 1.055) ** 2.4
                   for c in np.arange(256) / 255], np.float32)  # fmt: skip
_CUBE_ROOT = (np.arange(_STEPS + 1) / _STEPS).astype(np.float32) ** np.float32(2 / 3)
"""Cube roots of light, by its square root in steps: a tenth of the time of a cube root."""

_CONE = _RGB_TO_CONE.astype(np.float32)
_LAB = _CONE_TO_LAB.astype(np.float32)


@part
def _cube_root(light: float) -> float:
    return _CUBE_ROOT[int(math.sqrt(max(light, 0.0)) * _STEPS + 0.5)]


@part
def lab_of(pixel: NDArray[np.uint8]) -> tuple[float, float, float]:
    """Return L, a, b of an sRGB color, to about 0.001."""
    red, green, blue = _LIGHT[pixel[0]], _LIGHT[pixel[1]], _LIGHT[pixel[2]]
    cone = _CONE
    long = _cube_root(cone[0, 0] * red + cone[0, 1] * green + cone[0, 2] * blue)
    medium = _cube_root(cone[1, 0] * red + cone[1, 1] * green + cone[1, 2] * blue)
    short = _cube_root(cone[2, 0] * red + cone[2, 1] * green + cone[2, 2] * blue)
    lab = _LAB
    return (
        lab[0, 0] * long + lab[0, 1] * medium + lab[0, 2] * short,
        lab[1, 0] * long + lab[1, 1] * medium + lab[1, 2] * short,
        lab[2, 0] * long + lab[2, 1] * medium + lab[2, 2] * short,
    )


@part
def difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Return how far two sRGB colors are apart, to about 0.001."""
    if one[0] == other[0] and one[1] == other[1] and one[2] == other[2]:
        return 0.0
    lightness, green_red, blue_yellow = lab_of(one)
    a, b, c = lab_of(other)
    return math.sqrt((lightness - a) ** 2 + (green_red - b) ** 2 + (blue_yellow - c) ** 2)


@kernel
def mean_difference(some: NDArray[np.uint8], others: NDArray[np.uint8]) -> float:
    """Return the mean difference between two lists of sRGB colors, shape (n, 3), n positive."""
    total = 0.0
    for i in range(len(some)):
        total += difference(some[i], others[i])
    return total / len(some)


_CONTENT = 0.08
"""Differences above this one are of content and count as much."""


@kernel
def typical_difference(some: NDArray[np.uint8], others: NDArray[np.uint8]) -> float:
    """Return the mean difference, where none counts for more than ``_CONTENT``."""
    total = 0.0
    for i in range(len(some)):
        total += min(difference(some[i], others[i]), _CONTENT)
    return total / len(some)
