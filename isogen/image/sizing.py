"""Answers of another size than was asked for, brought to the size of the window."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from isogen.errors import DataError
from isogen.geo.grid import WINDOW_PX

MOST_PIXELS = 16 * WINDOW_PX * WINDOW_PX
"""Largest answer that is looked at: four windows each way."""

_LEAST_PX = 256
"""Side of a picture that shows too little to be an answer."""

_MOST_UNEVEN = 1.02
"""Longer over shorter side, above which a picture cannot be of the square window."""

Pixels = NDArray[np.uint8]


def sized_to_window(picture: Pixels) -> Pixels:
    """Return a picture at the size of the window; itself when it has that size.

    Args:
        picture: sRGB of shape (height, width, 3).

    Returns:
        sRGB of shape (1024, 1024, 3).

    Raises:
        DataError: It is far from square, or tiny: the model answered something else.
    """
    height, width, _ = picture.shape
    if (width, height) == (WINDOW_PX, WINDOW_PX):
        return picture
    short, long = sorted((width, height))
    if short < _LEAST_PX or long > short * _MOST_UNEVEN:
        raise DataError(f"it has {width} x {height} px, expected {WINDOW_PX} x {WINDOW_PX}")
    # Whole pixels put together stay crisp; anything else has to be interpolated.
    whole = width == height and width % WINDOW_PX == 0
    how = Image.Resampling.BOX if whole else Image.Resampling.LANCZOS
    return np.array(Image.fromarray(picture).resize((WINDOW_PX, WINDOW_PX), how))
