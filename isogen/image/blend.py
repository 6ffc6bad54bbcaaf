"""Evening out what is left between an infill and its context.

Along each edge the context is known twice: as it is, and as the answer shows it. Their
difference, smoothed along the edge, is what the infill is off by there. It is taken out
at the edge and less and less farther in, for all edges at once, one amount for each art
pixel: flat areas stay flat, and outlines stay where they are.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isogen.image.seams import Edge
from isogen.image.template import Frame, Pixels
from isogen.kernels import kernel, part

BAND_PX = 12
"""Pixels of context beside an edge that tell how far the infill is off."""

_ALONG_PX = 32
"""Pixels along the edge, each way, over which it is smoothed."""

_CONTENT = 16.0
"""Levels of sRGB around the usual difference; what differs by more was painted anew."""

_NOISE = 0.75
"""Levels of sRGB that are not worth a change."""

_LEVELS = 256
_UPRIGHT = 2
"""Of the four sides of an infill, the first two are upright."""

Floats = NDArray[np.float32]


def even_out(
    frame: Frame, known: Pixels, answer: Pixels, edges: Sequence[Edge], fading: tuple[int, int]
) -> bool:
    """Even out an infill, in place.

    Args:
        frame: Where the template lay.
        known: sRGB of shape (1024, 1024, 3), true in the context.
        answer: The same picture as answered; its infill is changed.
        edges: The edges that touch context.
        fading: Pixels over which the change fades, and screen pixels across an art pixel.

    Returns:
        Whether anything was to be changed.
    """
    height, width = known.shape[:2]
    offsets = np.zeros((4, max(height, width), 3), np.float32)
    lines = np.full(4, -1, np.int64)
    for edge in edges:
        side = 2 * (not edge.is_upright) + (not edge.context_first)
        lines[side] = edge.at
        _measure(_band(known, edge), _band(answer, edge), offsets[side, edge.start : edge.stop])
    if fading[0] == 0 or not np.abs(offsets).max() > 0:
        return False
    rows, columns = frame.inside
    lattice = np.array([*frame.window[:2], *fading])
    box = np.array([rows.start, rows.stop, columns.start, columns.stop])
    _apply(answer, box, lines, offsets, lattice)
    return True


def _band(pixels: Pixels, edge: Edge) -> Pixels:
    """Return the context beside an edge, the edge running down; a view."""
    turned = pixels if edge.is_upright else pixels.transpose(1, 0, 2)
    first = max(edge.at - BAND_PX, 0) if edge.context_first else edge.at
    return turned[edge.start : edge.stop, first : first + BAND_PX]


@kernel
def _measure(known: Pixels, answer: Pixels, offsets: Floats) -> None:
    """Work out what to add to the infill along an edge, channel by channel."""
    length, depth = known.shape[:2]
    sums, weights = np.zeros(length + 1), np.zeros(length + 1)
    for c in range(3):
        usual = _usual(known, answer, c)
        for y in range(length):
            total, weight = 0.0, 0.0
            for x in range(depth):
                off = np.int32(known[y, x, c]) - np.int32(answer[y, x, c])
                odd = (off - usual) * (off - usual) / (_CONTENT * _CONTENT)
                w = 1 / (1 + odd * odd)
                total += w * off
                weight += w
            sums[y + 1], weights[y + 1] = sums[y] + total, weights[y] + weight
        for y in range(length):
            first, last = max(y - _ALONG_PX, 0), min(y + _ALONG_PX + 1, length)
            mean = (sums[last] - sums[first]) / (weights[last] - weights[first] + 1e-9)
            offsets[y, c] = mean * max(0.0, 1 - _NOISE * _NOISE / (mean * mean + 1e-9))


@part
def _usual(known: Pixels, answer: Pixels, channel: int) -> float:
    """Return the median of the differences."""
    counts = np.zeros(2 * _LEVELS, np.int64)
    for y in range(known.shape[0]):
        for x in range(known.shape[1]):
            off = np.int32(known[y, x, channel]) - np.int32(answer[y, x, channel])
            counts[off + _LEVELS] += 1
    half, seen, level = known.shape[0] * known.shape[1] // 2, 0, 0
    while seen <= half:
        seen += counts[level]
        level += 1
    return level - 1.0 - _LEVELS


@kernel
def _apply(
    pixels: Pixels,
    box: NDArray[np.int64],
    lines: NDArray[np.int64],
    offsets: Floats,
    lattice: NDArray[np.int64],
) -> None:
    """Change what lies near an edge; each art pixel by what its middle asks for."""
    top, bottom, left, right = box
    fading = float(lattice[2])
    change, weights = np.zeros(3), np.zeros(4)
    across = np.empty((right - left, 2))
    for x in range(left, right):
        across[x - left, 0] = middle_of(x, lattice[0], lattice[3])
        across[x - left, 1] = nearest_of(across[x - left, 0], lines[:_UPRIGHT], fading)
    for y in range(top, bottom):
        middle_y = middle_of(y, lattice[1], lattice[3])
        down = nearest_of(middle_y, lines[_UPRIGHT:], fading)
        row = min(max(int(middle_y), top), bottom - 1)
        for x in range(left, right):
            nearest = min(down, across[x - left, 1])
            if nearest >= fading:
                continue
            middle_x = across[x - left, 0]
            column = min(max(int(middle_x), left), right - 1)
            weigh_edges(middle_x, middle_y, lines, weights)
            change[:] = 0
            for side in range(4):
                along = row if side < _UPRIGHT else column
                for c in range(3):
                    change[c] += weights[side] * offsets[side, along, c]
            share = nearest / fading
            fade = 1 - share * share * (3 - 2 * share)
            for c in range(3):
                value = pixels[y, x, c] + math.floor(fade * change[c] + 0.5)
                pixels[y, x, c] = np.uint8(min(max(value, 0.0), 255.0))


@part
def middle_of(place: int, origin: int, pixel_size: int) -> float:
    """Return the middle of the art pixel around a pixel of the window."""
    return (place + origin) // pixel_size * pixel_size + (pixel_size - 1) / 2 - origin


@part
def nearest_of(place: float, lines: NDArray[np.int64], farthest: float) -> float:
    """Return how far a place is from the nearest of some edges, at most ``farthest``."""
    nearest = farthest
    for line in lines:
        if line >= 0:
            nearest = min(nearest, _away(place, line))
    return nearest


@part
def weigh_edges(x: float, y: float, lines: NDArray[np.int64], weights: NDArray[np.float64]) -> None:
    """Set the share of each edge in the change at a place.

    Near edges weigh more, so that the change at each edge is its own, corners included.
    """
    total = 0.0
    for side in range(4):
        weights[side] = 0
        if lines[side] >= 0:
            away = _away(x if side < _UPRIGHT else y, lines[side])
            weights[side] = 1 / (away * away)
            total += weights[side]
    for side in range(4):
        weights[side] /= total


@part
def _away(place: float, line: int) -> float:
    """Return how far the middle of a pixel is from an edge."""
    return max(abs(place - line + 0.5), 0.5)
