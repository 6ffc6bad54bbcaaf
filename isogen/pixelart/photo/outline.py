"""Local contrast and outlines: what a pixel artist adds to a photograph."""

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Floats
from isogen.kernels import kernel, part
from isogen.pixelart.photo.classes import BUILT, LEAVES, WATER

OUTLINE_REACH = 2
"""Art pixels to each side that decide about a pixel's outline; twice that with contrast."""

DARK, NONE, BRIGHT = -1, 0, 1

_LOCAL = 0.45
"""Share of the difference from its surroundings that is added to a pixel."""

_CROWNS = 0.9
"""The same for leaves: crowns come forward from their shade."""

_STEEP = 0.40
"""Gradient of lightness that makes an edge."""


@kernel
def sharpen(lab: Floats, classes: NDArray[np.uint8], out: Floats) -> None:
    """Write lightness, with more local contrast on what is built and on leaves.

    Args:
        lab: Flattened OKLab, shape (height, width, 3).
        classes: Classes, shape (height, width).
        out: Filled; of the same shape.
    """
    height, width = out.shape
    for row in range(height):
        for column in range(width):
            here = lab[row, column, 0]
            out[row, column] = here
            if classes[row, column] not in (BUILT, LEAVES):
                continue
            share = _LOCAL if classes[row, column] == BUILT else _CROWNS
            total, count = 0.0, 0
            for y in range(max(row - 2, 0), min(row + 3, height)):
                for x in range(max(column - 2, 0), min(column + 3, width)):
                    total += lab[y, x, 0]
                    count += 1
            out[row, column] = min(max(here + share * (here - total / count), 0.06), 0.99)


@kernel
def find_outlines(light: Floats, classes: NDArray[np.uint8], out: NDArray[np.int8]) -> None:
    """Write ``DARK`` on the dark side of strong edges, ``BRIGHT`` on some bright sides.

    Outlines are one pixel wide: only the last pixel of a plateau carries one.
    """
    height, width = light.shape
    for row in range(height):
        for column in range(width):
            out[row, column] = NONE
            inside = 2 <= row < height - 2 and 2 <= column < width - 2
            if inside and classes[row, column] != WATER:
                out[row, column] = _edge(light, row, column)


@part
def _edge(light: Floats, y: int, x: int) -> int:
    across = (light[y, x + 1] - light[y, x - 1]) * 2
    across += light[y - 1, x + 1] - light[y - 1, x - 1] + light[y + 1, x + 1] - light[y + 1, x - 1]
    along = (light[y + 1, x] - light[y - 1, x]) * 2
    along += light[y + 1, x - 1] - light[y - 1, x - 1] + light[y + 1, x + 1] - light[y - 1, x + 1]
    steep = abs(across) + abs(along)
    if steep < _STEEP:
        return NONE
    dx, dy = 0, 0
    if abs(across) >= abs(along):
        dx = 1 if across > 0 else -1
    else:
        dy = 1 if along > 0 else -1
    here, up, down = light[y, x], light[y + dy, x + dx], light[y - dy, x - dx]
    beyond = light[y + 2 * dy, x + 2 * dx]
    if up - here > 0.07 and here - down < 0.04 and beyond - up < 0.1:
        return DARK
    return BRIGHT if here - down > 0.07 and up - here < 0.03 and steep > _STEEP * 1.35 else NONE
