"""Shares of what lies in the box around every pixel of a mask."""

import numpy as np
from numpy.typing import NDArray

from isogen.kernels import kernel


@kernel
def box_shares(
    part: NDArray[np.uint8], whole: NDArray[np.uint8], rx: int, ry: int, least: int
) -> NDArray[np.float64]:
    """Compare two masks in boxes of (2 ry + 1) x (2 rx + 1) pixels.

    Args:
        part: The mask that is counted, shape (height, width).
        whole: The mask that it is a share of, of the same shape.
        rx: How far a box reaches to both sides.
        ry: How far it reaches up and down.
        least: So many pixels of ``whole`` are in every box at least.

    Returns:
        The shares around the pixels whose box lies in the masks, shape
        (height - 2 ry, width - 2 rx).
    """
    height, width = part.shape
    out = np.empty((height - 2 * ry, width - 2 * rx), np.float64)
    columns = np.zeros((2, width), np.int64)
    for row in range(height):
        for x in range(width):
            columns[0, x] += part[row, x]
            columns[1, x] += whole[row, x]
        top = row - 2 * ry
        if top < 0:
            continue
        counted = columns[0, : 2 * rx].sum()
        held = columns[1, : 2 * rx].sum()
        for x in range(width - 2 * rx):
            counted += columns[0, x + 2 * rx]
            held += columns[1, x + 2 * rx]
            out[top, x] = counted / max(held, least)
            counted -= columns[0, x]
            held -= columns[1, x]
        for x in range(width):
            columns[0, x] -= part[top, x]
            columns[1, x] -= whole[top, x]
    return out
