"""Calm surfaces and kept edges: the noise of a picture becomes flat fields of color."""

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Floats
from isogen.kernels import kernel, part
from isogen.pixelart.photo.classes import BUILT, LEAVES

FLATTEN_REACH = 4
"""Art pixels to each side that decide about a pixel."""

_KEEP = 400.0
"""How fast neighbors of another lightness lose their say: 1 / 0.05 squared."""

_CROWN = 2
"""Reach of the quarters that leaves are calmed with."""

_WIDE = 4
"""Reach of the means of lawns and water."""


@kernel
def flatten(lab: Floats, classes: NDArray[np.uint8], out: Floats) -> None:
    """Write the picture with calm surfaces; shapes as in ``classify``.

    Built things keep their drawing: only near neighbors of like lightness are averaged.
    Leaves take the calmest quarter around them, which gathers speckles into clumps. Lawns
    and water become wide means.
    """
    height, width, _ = lab.shape
    for row in range(height):
        for column in range(width):
            here = classes[row, column]
            if here == BUILT:
                light, a, b = _like(lab, row, column)
            elif here == LEAVES:
                light, a, b = _calmest(lab, row, column)
            else:
                light, a, b = _mean(lab, classes, row, column)
            out[row, column, 0], out[row, column, 1], out[row, column, 2] = light, a, b


@part
def _like(lab: Floats, row: int, column: int) -> tuple[float, float, float]:
    """Return a mean in which like neighbors count; chroma is smoothed wider than lightness."""
    height, width, _ = lab.shape
    here = lab[row, column, 0]
    light = lights = a = b = weights = 0.0
    for y in range(max(row - 2, 0), min(row + 3, height)):
        for x in range(max(column - 2, 0), min(column + 3, width)):
            off = lab[y, x, 0] - here
            off = off * off * _KEEP
            weight = 1.0 / (1.0 + off)
            a += weight * lab[y, x, 1]
            b += weight * lab[y, x, 2]
            weights += weight
            if abs(y - row) <= 1 and abs(x - column) <= 1:
                near = 1.0 / (1.0 + off * off)
                light += near * lab[y, x, 0]
                lights += near
    return light / lights, a / weights, b / weights


@part
def _calmest(lab: Floats, row: int, column: int) -> tuple[float, float, float]:
    """Return the means of the four quarters around a pixel, the calm ones counting most."""
    height, width, _ = lab.shape
    light = a = b = weights = 0.0
    for quarter in range(4):
        top = row - _CROWN if quarter < 2 else row
        left = column - _CROWN if quarter % 2 == 0 else column
        total = square = a_total = b_total = 0.0
        count = 0
        for y in range(max(top, 0), min(top + _CROWN + 1, height)):
            for x in range(max(left, 0), min(left + _CROWN + 1, width)):
                value = lab[y, x, 0]
                total += value
                square += value * value
                a_total += lab[y, x, 1]
                b_total += lab[y, x, 2]
                count += 1
        mean = total / count
        spread = max(square / count - mean * mean, 0.0) * _KEEP
        weight = 1.0 / (0.01 + spread * spread)
        light += weight * mean
        a += weight * a_total / count
        b += weight * b_total / count
        weights += weight
    return light / weights, a / weights, b / weights


@part
def _mean(
    lab: Floats, classes: NDArray[np.uint8], row: int, column: int
) -> tuple[float, float, float]:
    """Return the mean of the pixels of the same class around one."""
    height, width, _ = lab.shape
    here = classes[row, column]
    light = a = b = 0.0
    count = 0
    for y in range(row - _WIDE, row + _WIDE + 1, 2):
        for x in range(column - _WIDE, column + _WIDE + 1, 2):
            if 0 <= y < height and 0 <= x < width and classes[y, x] == here:
                light += lab[y, x, 0]
                a += lab[y, x, 1]
                b += lab[y, x, 2]
                count += 1
    return light / count, a / count, b / count
