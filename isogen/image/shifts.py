"""How many pixels an answer lies off what is known, seen in the context."""

import math

import numpy as np
from numpy.typing import NDArray

from isogen.image.template import Frame, Pixels
from isogen.kernels import kernel, part

MOST_PX = 8
"""Farthest shift that is looked for, each way."""

_CELL_PX = 24
"""One place is compared in each cell of this size: where what is known changes most."""

_EVERY = 3
"""Rows from one that is looked at to the next: prime to the usual sides of art pixels."""

_FAINT = 12
"""Least change that says anything, in levels of gray: noise and flat areas have less."""

_FEWEST = 48
"""Fewest places that decide."""

_SURE = 0.9
"""Correlation from which nobody looks further."""

_LEAST = 0.7
"""Correlation that a shift must reach, more than a picture that is stretched a little has
with any; it must be better than none, and than any other that
is not beside it, by ``_MARGIN``."""

_MARGIN = 0.15

_SIDE = 2 * MOST_PX + 1
_REACH = MOST_PX + 1


def shift_of(frame: Frame, known: Pixels, answer: Pixels) -> tuple[int, int]:
    """Return by how many pixels an answer lies to the right of and below what is known.

    Changes of lightness are compared, so that a drift of color does not matter.

    Args:
        frame: Where the template lay; its context is compared.
        known: sRGB of shape (1024, 1024, 3), true in the context.
        answer: sRGB of the same shape.

    Returns:
        (0, 0) when there is no shift, none up to ``MOST_PX``, or no telling.
    """
    rows, columns = frame.inside
    hole = np.array([rows.start, rows.stop, columns.start, columns.stop])
    cells = -(-known.shape[0] // _CELL_PX)
    places = np.empty((cells * cells, 4), np.int32)
    count = _find_places(known, hole, places)
    if count < _FEWEST:
        return 0, 0
    scores = np.zeros((_SIDE, _SIDE), np.float32)
    gray = np.empty(answer.shape[:2], np.int16)
    _correlate(answer, places[:count], gray, scores)
    return _clear_best(scores)


def _clear_best(scores: NDArray[np.float32]) -> tuple[int, int]:
    row, column = divmod(int(scores.argmax()), _SIDE)
    best, others = scores[row, column], scores.copy()
    others[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2] = 0
    others[MOST_PX, MOST_PX] = scores[MOST_PX, MOST_PX]
    is_here = (row, column) == (MOST_PX, MOST_PX)
    if is_here or best < _LEAST or best - others.max() < _MARGIN:
        return 0, 0
    return column - MOST_PX, row - MOST_PX


@part
def _gray(pixel: NDArray[np.uint8]) -> int:
    return (2 * int(pixel[0]) + 5 * int(pixel[1]) + int(pixel[2])) >> 3


@kernel
def _find_places(known: Pixels, hole: NDArray[np.int64], places: NDArray[np.int32]) -> int:
    """Find where the context changes most, cell by cell: row, column, and the change."""
    height, width = known.shape[:2]
    top, bottom, left, right = hole
    count = 0
    for y0 in range(_REACH, height - _REACH, _CELL_PX):
        for x0 in range(_REACH, width - _REACH, _CELL_PX):
            most = _FAINT * _FAINT
            found = False
            for y in range(y0, min(y0 + _CELL_PX, height - _REACH), _EVERY):
                for x in range(x0, min(x0 + _CELL_PX, width - _REACH)):
                    near = top - _REACH <= y < bottom + _REACH
                    if near and left - _REACH <= x < right + _REACH:
                        continue
                    here = _gray(known[y, x])
                    across = _gray(known[y, x + 1]) - here
                    down = _gray(known[y + 1, x]) - here
                    change = across * across + down * down
                    if change > most:
                        most, found = change, True
                        places[count, 0], places[count, 1] = y, x
                        places[count, 2], places[count, 3] = across, down
            count += found
    return count


@kernel
def _correlate(
    answer: Pixels,
    places: NDArray[np.int32],
    gray: NDArray[np.int16],
    scores: NDArray[np.float32],
) -> None:
    """Correlate the changes at some places with those of an answer: as it is, then shifted."""
    for i in range(len(places)):
        y, x = places[i, 0], places[i, 1]
        _make_gray(answer[y : y + 2, x : x + 2], gray[y : y + 2, x : x + 2])
    scores[MOST_PX, MOST_PX] = _correlation(places, gray, 0, 0)
    if scores[MOST_PX, MOST_PX] >= _SURE:
        return
    _make_gray(answer, gray)
    for dy in range(-MOST_PX, MOST_PX + 1):
        for dx in range(-MOST_PX, MOST_PX + 1):
            scores[dy + MOST_PX, dx + MOST_PX] = _correlation(places, gray, dy, dx)


@part
def _make_gray(pixels: Pixels, gray: NDArray[np.int16]) -> None:
    for y in range(pixels.shape[0]):
        for x in range(pixels.shape[1]):
            gray[y, x] = _gray(pixels[y, x])


@part
def _correlation(places: NDArray[np.int32], gray: NDArray[np.int16], dy: int, dx: int) -> float:
    product, ours, theirs = 0.0, 1.0, 1.0
    for i in range(len(places)):
        y, x = places[i, 0] + dy, places[i, 1] + dx
        here = np.int32(gray[y, x])
        across, down = np.int32(gray[y, x + 1]) - here, np.int32(gray[y + 1, x]) - here
        a, b = places[i, 2], places[i, 3]
        product += a * across + b * down
        ours += a * a + b * b
        theirs += across * across + down * down
    return product / math.sqrt(ours * theirs)
