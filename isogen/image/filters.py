"""PNG's row filters: what is written instead of samples, so that they compress."""

import numpy as np
from numpy.typing import NDArray

from isogen.kernels import kernel, part

Bytes = NDArray[np.uint8]

NONE, LEFT, UP, MEAN, PAETH = range(5)
"""PNG's filter types, as the first byte of each row names them."""

_COLORS = 3


@kernel
def filter_paeth(samples: Bytes, channels: int) -> Bytes:
    """Return rows with the difference of each sample from what its neighbors let expect.

    Args:
        samples: Shape (height, width * channels).
        channels: Samples of a pixel.

    Returns:
        Shape (height, 1 + width * channels): the filter type stands first.
    """
    height, stride = samples.shape
    lines = np.empty((height, stride + 1), np.uint8)
    nothing = np.zeros(stride, np.uint8)
    for y in range(height):
        above = samples[y - 1] if y else nothing
        lines[y, 0] = PAETH
        lines[y, 1 : channels + 1] = samples[y, :channels] - above[:channels]
        left, here = samples[y, : stride - channels], samples[y, channels:]
        corner, up, out = above[: stride - channels], above[channels:], lines[y, channels + 1 :]
        for j in range(stride - channels):
            out[j] = here[j] - _expected(left[j], up[j], corner[j])
    return lines


@part
def _expected(left: np.uint8, up: np.uint8, corner: np.uint8) -> np.uint8:
    """Return the neighbor that is nearest to left + up - corner."""
    a, b, c = np.int32(left), np.int32(up), np.int32(corner)
    # Narrow numbers throughout: the compiler then takes eight samples at a time.
    by_left, by_up = np.int32(b - c), np.int32(a - c)
    by_corner = np.int32(abs(np.int32(by_left + by_up)))
    by_left, by_up = np.int32(abs(by_left)), np.int32(abs(by_up))
    nearer = up if by_up <= by_corner else corner
    return left if (by_left <= by_up) & (by_left <= by_corner) else nearer


@kernel
def unfilter(lines: Bytes, channels: int) -> int:
    """Turn filtered rows into samples, in place.

    Args:
        lines: Shape (height, 1 + width * channels), the filter type first.
        channels: Bytes of a pixel.

    Returns:
        The first row whose filter type is unknown; ``height`` when all are known.
    """
    height, stride = len(lines), lines.shape[1] - 1
    above = np.zeros(stride, np.uint8)
    for y in range(height):
        kind, row = lines[y, 0], lines[y, 1:]
        if kind == LEFT:
            _undo_left(row, channels)
        elif kind == UP:
            for j in range(stride):
                row[j] += above[j]
        elif kind == MEAN:
            _undo_mean(row, above, channels)
        elif kind == PAETH:
            _undo_paeth(row, above, channels)
        elif kind != NONE:
            return y
        above = row
    return height


@part
def _undo_left(row: Bytes, channels: int) -> None:
    for j in range(channels, len(row)):
        row[j] += row[j - channels]


@part
def _undo_mean(row: Bytes, above: Bytes, channels: int) -> None:
    for j in range(channels):
        row[j] += above[j] >> 1
    for j in range(channels, len(row)):
        row[j] += np.uint8((np.int32(row[j - channels]) + np.int32(above[j])) >> 1)


@part
def _undo_paeth(row: Bytes, above: Bytes, channels: int) -> None:
    if channels == _COLORS:
        _undo_paeth_of_colors(row, above)
        return
    for j in range(channels):
        row[j] += above[j]
    for j in range(channels, len(row)):
        row[j] += np.uint8(_nearest(row[j - channels], above[j], above[j - channels]))


@part
def _undo_paeth_of_colors(row: Bytes, above: Bytes) -> None:
    """Do so for three channels side by side: a channel alone waits for its own last sample."""
    left_r = left_g = left_b = corner_r = corner_g = corner_b = 0
    for j in range(0, len(row), 3):
        up_r, up_g, up_b = int(above[j]), int(above[j + 1]), int(above[j + 2])
        left_r = (row[j] + _nearest(left_r, up_r, corner_r)) & 255
        left_g = (row[j + 1] + _nearest(left_g, up_g, corner_g)) & 255
        left_b = (row[j + 2] + _nearest(left_b, up_b, corner_b)) & 255
        row[j], row[j + 1], row[j + 2] = left_r, left_g, left_b
        corner_r, corner_g, corner_b = up_r, up_g, up_b


@part
def _nearest(left: int, up: int, corner: int) -> int:
    """Return what ``_expected`` does, by fewer steps that wait for each other."""
    bound = 3 * corner - (left + up)
    low, high = min(left, up), max(left, up)
    nearer = low if high <= bound else corner
    return high if bound <= low else nearer
