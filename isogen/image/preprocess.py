"""What is done to a render before a model sees it: duller, noisier, darker.

Renders that look too perfect are copied instead of painted. The noise hangs on the place
of a pixel in the grid alone, so that any window shows the same.
"""

import numpy as np
from numpy.typing import NDArray

from isogen.kernels import kernel, part
from isogen.params.infill import PreprocessParams

Pixels = NDArray[np.uint8]

_RED, _GREEN, _BLUE = 0.299, 0.587, 0.114
"""Shares of the channels in the brightness of a pixel: ITU-R BT.601."""

_SPREAD = 0.15
"""Standard deviation of the factors of full noise."""

_POWER = 0.8
"""What a full shift adds to the exponent of gamma."""

_DIM_FROM, _DIM = 0.5, 0.6
"""Shift above which a picture is dimmed as well, and by how much for each unit above."""

_START = np.uint64(0x9E3779B97F4A7C15)
"""What ``isogen.seeds.mix`` starts from."""

_MEAN, _DEVIATION = 131070.0, 37837.2272
"""Of the sum of four whole numbers from 0 to 65535."""


def preprocess(rgb: Pixels, corner: tuple[int, int], how: PreprocessParams) -> Pixels:
    """Take color out of a render, put noise over it, darken it; in this order.

    Args:
        rgb: sRGB of shape (height, width, 3); not changed.
        corner: Global screen x and y of the first pixel.
        how: How much of each; with none of any the pixels come out as they are.

    Returns:
        A new picture of the same shape.
    """
    out = rgb.copy()
    if how.desaturation or how.noise:
        _roughen(np.ascontiguousarray(rgb), corner, how.desaturation, how.noise * _SPREAD, out)
    return _darker(how.gamma_shift)[out] if how.gamma_shift else out


def _darker(shift: float) -> Pixels:
    """Return what each level becomes, shape (256,)."""
    dim = 1 - max(shift - _DIM_FROM, 0.0) * _DIM
    levels = (np.arange(256) / 255) ** (1 + _POWER * shift) * dim
    # Rounded twice: C libraries differ in the last bits of a power.
    return np.round(np.round(levels * 255, 6)).astype(np.uint8)


@kernel
def _roughen(
    rgb: Pixels, corner: tuple[int, int], desaturation: float, spread: float, out: Pixels
) -> None:
    height, width, _ = rgb.shape
    for row in range(height):
        line = _mixed(_START, corner[1] + row)
        for column in range(width):
            here = _mixed(line, corner[0] + column)
            red, green, blue = rgb[row, column]
            luma = _RED * red + _GREEN * green + _BLUE * blue
            for channel in range(3):
                value = rgb[row, column, channel] * (1 - desaturation) + luma * desaturation
                if spread > 0:
                    value *= 1 + spread * _normal(_mixed(here, channel))
                out[row, column, channel] = int(min(max(value, 0.0), 255.0) + 0.5)


@part
def _mixed(state: np.uint64, number: int) -> np.uint64:
    """Mix one more integer into a state: the step of ``isogen.seeds.mix``."""
    state = (state ^ np.uint64(number)) * np.uint64(0xBF58476D1CE4E5B9)
    state ^= state >> np.uint64(27)
    state *= np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


@part
def _normal(bits: np.uint64) -> float:
    """Return a value of mean 0 and deviation 1 from 64 bits: four uniform ones, added up."""
    total = 0.0
    for place in range(0, 64, 16):
        total += float((bits >> np.uint64(place)) & np.uint64(0xFFFF))
    return (total - _MEAN) / _DEVIATION
