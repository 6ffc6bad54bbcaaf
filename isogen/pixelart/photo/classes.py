"""What an art pixel of a picture shows, from the colors around it: leaves, water or built."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Floats
from isogen.kernels import kernel, part

BUILT, LEAVES, LAWN, WATER = range(4)

CLASS_REACH = 6
"""Art pixels to each side that decide about a pixel."""

_GREEN_A, _GREEN_B = -0.012, 0.022
"""OKLab a below which and b above which a place is green."""

_RUGGED = 0.024
"""Spread of lightness from which green is leaves, not lawn."""

_SOME, _MOST, _NONE = 0.3, 0.4, 0.02
"""Shares of green pixels: around leaves, around what is in their shade, and over water."""

_DULL = 0.12
"""Sum of a and b below which a pixel among leaves is one of them."""

_CALM = 0.02
"""Spread of lightness below which blue is water, not glass or a roof."""

_BLUE = -0.012
_DEEP = 0.62
"""Lightness above which nothing is water: it would be a pale roof."""


_STRIDE = 3


class Near(NamedTuple):
    """What the pixels around one have in common."""

    light: float
    spread: float
    """Standard deviation of lightness."""

    a: float
    b: float
    green: float
    """Share of green pixels."""


@kernel
def classify(lab: Floats, out: NDArray[np.uint8]) -> None:
    """Write the class of every pixel.

    Args:
        lab: OKLab before it is graded, shape (height, width, 3).
        out: Filled; shape (height, width). Within ``CLASS_REACH`` of the border it depends
            on pixels that are not there.
    """
    height, width, _ = lab.shape
    for row in range(height):
        top, end = max(row - CLASS_REACH, 0), min(row + CLASS_REACH + 1, height)
        for column in range(width):
            left, right = max(column - CLASS_REACH, 0), min(column + CLASS_REACH + 1, width)
            light = square = a = b = green = 0.0
            # Every third pixel tells as much as all of them.
            count = 0
            for y in range(top, end, _STRIDE):
                for x in range(left, right, _STRIDE):
                    value = lab[y, x, 0]
                    light += value
                    square += value * value
                    a += lab[y, x, 1]
                    b += lab[y, x, 2]
                    green += lab[y, x, 1] < _GREEN_A and lab[y, x, 2] > _GREEN_B
                    count += 1
            light /= count
            spread = np.sqrt(max(square / count - light * light, 0.0))
            near = Near(light, spread, a / count, b / count, green / count)
            out[row, column] = _class_of(lab[row, column, 1], lab[row, column, 2], near)


@part
def _class_of(a: float, b: float, near: Near) -> int:
    green = a < _GREEN_A and b > _GREEN_B
    # Twigs, gaps and shadows among leaves are not green themselves.
    if near.green > (_SOME if green else _MOST) and (green or abs(a) + abs(b) < _DULL):
        return LEAVES if near.spread > _RUGGED else LAWN
    blue = near.b < _BLUE and b < _BLUE * 0.5 and near.a < -near.b
    if blue and near.spread < _CALM and near.light < _DEEP and near.green < _NONE:
        return WATER
    return BUILT
