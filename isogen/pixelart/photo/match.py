"""OKLab to palette: for each color the one entry, or the two to be mixed, that look like it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Floats
from isogen.image.oklab import to_oklab
from isogen.kernels import kernel, part
from isogen.pixelart.noise import BAYER
from isogen.pixelart.photo.classes import LAWN, LEAVES, WATER

CELLS = (36, 40, 40)
"""Cells of the table along L, a and b."""

_LOW = (0.0, -0.18, -0.18)
_SIZE = (1.0, 0.36, 0.36)

_WEIGHT = (1.3, 2.4, 2.4)
"""What a difference along L, a and b counts: hue matters more than lightness."""

_NEAREST = 10
"""Entries that a pair is chosen from."""

_APART = 0.11
"""Distance at most between the colors of a pair: others would look like noise."""

DESPECKLE_REACH = 1
"""Art pixels to each side that decide whether a pixel is alone."""

_QUIET = 0.14
"""What the distance between the colors of a pair counts against it."""

_BUSY = 0.07
"""Lightness around a pixel may change by this before it is no longer mixed."""


@dataclass(frozen=True)
class Matches:
    """The table; each array has the shape ``CELLS``."""

    first: NDArray[np.uint8]
    second: NDArray[np.uint8]
    share: NDArray[np.uint8]
    """Sixteenths of the second entry."""


@lru_cache(maxsize=8)
def _matches(colors: bytes, entries: bytes) -> Matches:
    table = np.frombuffer(colors, np.uint8).reshape(-1, 3)
    slots = np.frombuffer(entries, np.uint8)
    lab = np.round(to_oklab(table[slots]), 6)
    first, second, share = (np.zeros(CELLS, np.uint8) for _ in range(3))
    _fill(lab, slots, first, second, share)
    return Matches(first, second, share)


def matches_of(colors: NDArray[np.uint8], slots: NDArray[np.uint8]) -> Matches:
    """Return the table of a palette.

    Args:
        colors: sRGB of shape (256, 3).
        slots: Indices that may be used; of like colors the first is.
    """
    seen: dict[tuple[int, ...], int] = {}
    for slot in slots.tolist():
        seen.setdefault(tuple(colors[slot].tolist()), slot)
    chosen = np.array(sorted(seen.values()), np.uint8)
    return _matches(np.ascontiguousarray(colors).tobytes(), chosen.tobytes())


@part
def _distance(lab: Floats, i: int, light: float, a: float, b: float) -> float:
    dl, da, db = lab[i, 0] - light, lab[i, 1] - a, lab[i, 2] - b
    return dl * dl * _WEIGHT[0] + da * da * _WEIGHT[1] + db * db * _WEIGHT[2]


@kernel
def _fill(
    lab: Floats,
    slots: NDArray[np.uint8],
    first: NDArray[np.uint8],
    second: NDArray[np.uint8],
    share: NDArray[np.uint8],
) -> None:
    distances = np.empty(len(lab))
    for x in range(CELLS[0]):
        light = _LOW[0] + (x + 0.5) / CELLS[0] * _SIZE[0]
        for y in range(CELLS[1]):
            a = _LOW[1] + (y + 0.5) / CELLS[1] * _SIZE[1]
            for z in range(CELLS[2]):
                b = _LOW[2] + (z + 0.5) / CELLS[2] * _SIZE[2]
                for i in range(len(lab)):
                    distances[i] = _distance(lab, i, light, a, b)
                near = np.argsort(distances, kind="mergesort")[:_NEAREST]
                i, j, mixed = _best_pair(lab, near, float(distances[near[0]]), (light, a, b))
                first[x, y, z], second[x, y, z], share[x, y, z] = slots[i], slots[j], mixed


@part
def _best_pair(
    lab: Floats, near: NDArray[np.int64], alone: float, wanted: tuple[float, float, float]
) -> tuple[int, int, int]:
    """Return two rows and the sixteenths of the second; 0 where one color does better."""
    best, first, second, mixed = alone, near[0], near[0], 0
    for i in range(len(near)):
        for j in range(i + 1, len(near)):
            u, v = near[i], near[j]
            apart = _distance(lab, u, lab[v, 0], lab[v, 1], lab[v, 2])
            if apart > _APART * _APART or apart < 1e-9:
                continue
            along = 0.0
            for k in range(3):
                along += (wanted[k] - lab[u, k]) * (lab[v, k] - lab[u, k]) * _WEIGHT[k]
            quarters = int(along / apart * 4 + 0.5)  # quarters give clean checkers
            if quarters <= 0 or quarters >= 4:
                continue
            t = quarters / 4
            error = apart * _QUIET
            for k in range(3):
                off = lab[u, k] + (lab[v, k] - lab[u, k]) * t - wanted[k]
                error += off * off * _WEIGHT[k]
            if error < best:
                best, first, second, mixed = error, u, v, quarters * 4
    return first, second, mixed


@kernel
def paint_matches(
    lab: Floats,
    light: Floats,
    edges: NDArray[np.int8],
    classes: NDArray[np.uint8],
    tables: tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]],
    greens: tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]],
    place: tuple[int, int, float],
    out: NDArray[np.uint8],
) -> None:
    """Write palette indices.

    Args:
        lab: Flattened OKLab; its lightness is not read.
        light: Lightness, shape (height, width).
        edges: Outlines, of the same shape.
        classes: Classes, of the same shape.
        tables: First, second and share of what is built and of water.
        greens: The same of leaves and lawns.
        place: Global art x and y of the first pixel; lightness that outlines lose.
        out: Filled; of the same shape.
    """
    height, width = light.shape
    x0, y0, darker = place
    for row in range(height):
        for column in range(width):
            edge, here = edges[row, column], classes[row, column]
            value = light[row, column]
            if edge < 0:
                value -= darker
            elif edge > 0:
                value += 0.055
            green = here in (LEAVES, LAWN)
            first, second, share = greens if green else tables
            x = _cell(value, 0)
            y, z = _cell(lab[row, column, 1], 1), _cell(lab[row, column, 2], 2)
            mixed = share[x, y, z]
            plain = edge != 0 or here in (LEAVES, WATER) or _is_busy(light, row, column)
            limit = 8.0 if plain else 16 * BAYER[(y0 + row) & 3, (x0 + column) & 3]
            out[row, column] = second[x, y, z] if limit < mixed else first[x, y, z]


@part
def _cell(value: float, axis: int) -> int:
    cell = int((value - _LOW[axis]) / _SIZE[axis] * CELLS[axis])
    return min(max(cell, 0), CELLS[axis] - 1)


@part
def _is_busy(light: Floats, row: int, column: int) -> bool:
    height, width = light.shape
    if not (0 < row < height - 1 and 0 < column < width - 1):
        return True
    change = abs(light[row, column + 1] - light[row, column - 1])
    return change + abs(light[row + 1, column] - light[row - 1, column]) > _BUSY


@kernel
def despeckle(indices: NDArray[np.uint8], lab: Floats, out: NDArray[np.uint8]) -> None:
    """Write the indices with lone pixels taken over by the neighbor most like them.

    Args:
        indices: Palette indices, shape (height, width).
        lab: OKLab of each palette index.
        out: Filled; of the same shape.
    """
    height, width = indices.shape
    for row in range(height):
        for column in range(width):
            out[row, column] = indices[row, column]
            if 0 < row < height - 1 and 0 < column < width - 1:
                out[row, column] = _company(indices, lab, row, column)


@part
def _company(indices: NDArray[np.uint8], lab: Floats, row: int, column: int) -> int:
    here = indices[row, column]
    best, chosen = 0.22, here
    for y in range(row - 1, row + 2):
        for x in range(column - 1, column + 2):
            if y == row and x == column:
                continue
            other = indices[y, x]
            off = 0.0
            for k in range(3):
                off += abs(lab[here, k] - lab[other, k])
            if off < 0.03:
                return here
            if (y == row or x == column) and off < best:
                best, chosen = off, other
    return chosen
