"""A small map with its seams drawn on it: calm where nobody sees them, red where all do."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from isogen.image.lettering import lettered

SCALE: tuple[tuple[float, tuple[int, int, int]], ...] = (
    (1.0, (74, 108, 128)),
    (1.2, (112, 178, 118)),
    (1.35, (246, 208, 80)),
    (2.0, (226, 48, 48)),
)
"""Strengths of seams and their colors; those between are mixed, those beyond are the last."""

_PAPER, _INK = (24, 26, 32), (214, 214, 206)
_DIMMED = 0.4
"""How bright the map is below the lines."""

_LEGEND_PX = (300, 44)
_MARGIN_PX = 12
_LETTERS = 2
"""Pixels across one of the lettering's."""

Pixels = NDArray[np.uint8]


class SeamLine(NamedTuple):
    """An edge between two neighboring quadrants."""

    x: int
    """Column of the quadrant to the right of it, or below it."""

    y: int
    is_upright: bool
    strength: float
    """1 is invisible."""


def draw_seams(
    sheet: Pixels, side: int, corner: tuple[int, int], lines: Iterable[SeamLine]
) -> Pixels:
    """Draw seams over a small map, with a legend below.

    Args:
        sheet: sRGB of shape (height, width, 3); not changed.
        side: Pixels of a quadrant in it.
        corner: Column and row of the quadrant at its top left.
        lines: The seams; the stronger one covers the others where they meet.

    Returns:
        A new picture, as wide or wider.
    """
    height, width = sheet.shape[:2]
    out = np.empty((height + _LEGEND_PX[1], max(width, _LEGEND_PX[0]), 3), np.uint8)
    out[:] = _PAPER
    dimmed = sheet * _DIMMED + np.array(_PAPER) * (1 - _DIMMED)
    out[:height, :width] = dimmed.astype(np.uint8)
    wide = max(1, side // 24)
    for line in sorted(lines, key=lambda one: one.strength):
        x, y = (line.x - corner[0]) * side, (line.y - corner[1]) * side
        first = (x if line.is_upright else y) - wide // 2
        across, along = slice(first, first + wide), slice(y, y + side)
        box = (along, across) if line.is_upright else (across, slice(x, x + side))
        out[box] = color_of(line.strength)
    _draw_legend(out[height:])
    return out


def color_of(strength: float) -> tuple[int, int, int]:
    """Return the color of a seam."""
    at = [s for s, _ in SCALE]
    mixed = [np.interp(strength, at, [color[c] for _, color in SCALE]) for c in range(3)]
    return round(float(mixed[0])), round(float(mixed[1])), round(float(mixed[2]))


def _draw_legend(out: Pixels) -> None:
    first, last = SCALE[0][0], SCALE[-1][0]
    left, right = _MARGIN_PX, _LEGEND_PX[0] - 3 * _MARGIN_PX
    for x in range(left, right):
        out[10:18, x] = color_of(first + (last - first) * (x - left) / (right - left))
    for strength, _ in SCALE:
        x = left + int((strength - first) / (last - first) * (right - left))
        out[18:22, min(x, right - 1)] = _INK
        _write(out, f"{strength:g}" + ("+" if strength == last else ""), x - 3, 26)


def _write(out: Pixels, text: str, x: int, y: int) -> None:
    ink = lettered(text).repeat(_LETTERS, axis=0).repeat(_LETTERS, axis=1)
    out[y : y + ink.shape[0], x : x + ink.shape[1]][ink] = _INK
