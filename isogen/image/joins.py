"""Steps of color where an infill meets its context, and their way out.

A model may hand its context back as it was and still paint beside it in a tint of its own:
then the context tells nothing, but the colors on both sides of an edge do. What takes such
a step away is taken out at the edge, and less and less farther in.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isogen.image.blend import middle_of, nearest_of, weigh_edges
from isogen.image.color import IDENTITY, ColorMap, Samples, fit_step
from isogen.image.seams import Edge, seam_of
from isogen.image.template import Frame, Pixels
from isogen.kernels import kernel, part

SEEN = 1.06
"""Strength from which a seam is looked at: what nobody sees stays as it was painted."""

WIDER = 4
"""A step of color fades over this many times what the rest of an edge does: it is larger, and
another one may wait on the other side."""

_SIDES, _UPRIGHT = 4, 2
"""Of the sides of an infill, the first two are upright."""

Floats = NDArray[np.float64]


def join(frame: Frame, pixels: Pixels, edges: Sequence[Edge], fading: tuple[int, int]) -> bool:
    """Take steps of color out of an infill, in place.

    Args:
        frame: Where the template lay.
        pixels: sRGB of shape (1024, 1024, 3), the infill in its context.
        edges: The edges that touch context.
        fading: Pixels over which the rest of an edge fades, and screen pixels across an art
            pixel.

    Returns:
        Whether there was a step anywhere.
    """
    fade_px, pixel_size = fading
    if fade_px == 0:
        return False
    maps = np.tile(np.eye(3, 4), (_SIDES, 1, 1))
    lines = np.full(_SIDES, -1, np.int64)
    is_stepped = False
    for edge in edges:
        side = 2 * (not edge.is_upright) + (not edge.context_first)
        color = step_at(pixels, edge, pixel_size)
        maps[side], lines[side] = color.rows, edge.at
        is_stepped |= color != IDENTITY
    if is_stepped:
        rows, columns = frame.inside
        box = np.array([rows.start, rows.stop, columns.start, columns.stop])
        lattice = np.array([*frame.window[:2], WIDER * fade_px, pixel_size])
        _apply(pixels, box, lines, maps, lattice)
    return is_stepped


def step_at(pixels: Pixels, edge: Edge, pixel_size: int) -> ColorMap:
    """Return the map of the infill's colors that takes a step at an edge away."""
    if seam_of(pixels, edge, pixel_size) < SEEN:
        return IDENTITY
    turned = pixels if edge.is_upright else pixels.transpose(1, 0, 2)
    along = slice(edge.start + pixel_size // 2, edge.stop, pixel_size)
    left, right = (np.ascontiguousarray(turned[along, at]) for at in (edge.at - 1, edge.at))
    return fit_step(Samples(left, right) if edge.context_first else Samples(right, left))


@kernel
def _apply(
    pixels: Pixels,
    box: NDArray[np.int64],
    lines: NDArray[np.int64],
    maps: Floats,
    lattice: NDArray[np.int64],
) -> None:
    """Map what lies near an edge; each art pixel by where its middle is."""
    top, bottom, left, right = box
    fading = float(lattice[2])
    weights = np.zeros(_SIDES)
    for y in range(top, bottom):
        middle_y = middle_of(y, lattice[1], lattice[3])
        down = nearest_of(middle_y, lines[_UPRIGHT:], fading)
        for x in range(left, right):
            middle_x = middle_of(x, lattice[0], lattice[3])
            nearest = min(down, nearest_of(middle_x, lines[:_UPRIGHT], fading))
            if nearest < fading:
                share = nearest / fading
                weigh_edges(middle_x, middle_y, lines, weights)
                _change(pixels[y, x], maps, weights, 1 - share * share * (3 - 2 * share))


@part
def _change(pixel: NDArray[np.uint8], maps: Floats, weights: Floats, fade: float) -> None:
    """Map a color by the maps of all sides, each as far as it counts."""
    red, green, blue = float(pixel[0]), float(pixel[1]), float(pixel[2])
    for c in range(3):
        mapped = 0.0
        for side in range(_SIDES):
            m = maps[side, c]
            told = m[0] * red + m[1] * green + m[2] * blue + 255 * m[3]
            mapped += weights[side] * told
        own = float(pixel[c])
        value = own + fade * (mapped - own) + 0.5
        pixel[c] = np.uint8(min(max(value, 0.0), 255.0))
