"""Answers in which nothing was painted: the border is still there, or there is one color."""

import numpy as np
from numpy.typing import NDArray

from isogen.image.template import BORDER_PX, Frame, Pixels

_REDDER = 110
"""Levels by which the border's red stands out of green and blue, drifted and blurred too;
almost nothing that is painted has that."""

_LINES = range(-3, BORDER_PX + 4)
"""Lines that are looked at, counted inward from a side: models move and blur the border."""

_BESIDE_PX = 6
"""Pixels farther in nothing is red any more; where it is, there is a red thing."""

_MOST = 0.2
"""Share of a side along which red is seen before it is the border. Real maps have up to a
tenth; an untouched border has all."""

_PLAIN, _VARIED = 2.0, 8.0
"""Mean deviation from the mean, in levels, of one color with noise, and of a picture."""

_STRIDE = 4


def is_painted(frame: Frame, known: Pixels, answer: Pixels) -> bool:
    """Tell whether a model painted anything.

    Args:
        frame: Where the template lay.
        known: The template.
        answer: sRGB of the same shape, (1024, 1024, 3).

    Returns:
        False when the template's border is still there, or when the infill is of one color
        and what was to be painted is not.
    """
    if border_left(frame, answer) > _MOST:
        return False
    inner = tuple(slice(s.start + BORDER_PX, s.stop - BORDER_PX, _STRIDE) for s in frame.inside)
    return _deviation(answer[inner]) > _PLAIN or _deviation(known[inner]) < _VARIED


def border_left(frame: Frame, answer: Pixels) -> float:
    """Return the share, of the side where it is largest, along which the border still shows."""
    rows, columns = frame.inside
    height, width = answer.shape[:2]
    beside, over = answer[rows], answer[:, columns].transpose(1, 0, 2)
    return max(
        _red_share(beside, columns.start),
        _red_share(beside[:, ::-1], width - columns.stop),
        _red_share(over, rows.start),
        _red_share(over[:, ::-1], height - rows.stop),
    )


def _red_share(lines: Pixels, start: int) -> float:
    """Return the share of the reddest column near the first one of an infill."""
    first, last = max(start + _LINES.start, 0), start + _LINES.stop
    red = _is_red(lines[:, first : last + _BESIDE_PX])
    is_border = red[:, : last - first] & ~red[:, _BESIDE_PX:]
    return float(is_border.mean(axis=0).max())


def _is_red(pixels: Pixels) -> NDArray[np.bool_]:
    others = np.maximum(pixels[..., 1], pixels[..., 2])
    return pixels[..., 0] > others.astype(np.int16) + _REDDER


def _deviation(pixels: Pixels) -> float:
    values = pixels.reshape(-1, 3).astype(np.float32)
    return float(np.abs(values - values.mean(axis=0)).mean())
