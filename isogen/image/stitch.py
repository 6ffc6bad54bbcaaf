"""Pictures of quadrants put together and taken apart; any rectangle of the pixel grid."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from isogen.errors import InputError
from isogen.geo.grid import QUADRANT_PX, Box, Quadrant


class Overlap(NamedTuple):
    """What a quadrant and a rectangle of the pixel grid share."""

    inside: tuple[slice, slice]
    """Rows and columns of the rectangle."""

    own: tuple[slice, slice]
    """Rows and columns of the quadrant."""


def overlap_of(quadrant: Quadrant, box: Box) -> Overlap | None:
    """Return what a quadrant and a rectangle share; None when nothing."""
    left, top, right, bottom = quadrant.box
    x0, y0 = max(left, box[0]), max(top, box[1])
    x1, y1 = min(right, box[2]), min(bottom, box[3])
    if x0 >= x1 or y0 >= y1:
        return None
    return Overlap(
        (slice(y0 - box[1], y1 - box[1]), slice(x0 - box[0], x1 - box[0])),
        (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)),
    )


def stitch(
    pictures: Mapping[Quadrant, NDArray[np.uint8]], box: Box, out: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    """Put the pixels that quadrants share with a rectangle into it.

    Args:
        pictures: Pixels of quadrants, each of shape (512, 512, channels).
        box: The rectangle, in pixels of the grid.
        out: Its pixels, shape (height, width, channels); where no quadrant lies they stay.

    Returns:
        ``out``.

    Raises:
        InputError: A picture is not of a quadrant's size.
    """
    for quadrant, pixels in pictures.items():
        if pixels.shape[:2] != (QUADRANT_PX, QUADRANT_PX):
            raise InputError(
                f"the picture of quadrant {quadrant} is {pixels.shape[1]} x {pixels.shape[0]} px, "
                f"expected {QUADRANT_PX} x {QUADRANT_PX}"
            )
        shared = overlap_of(quadrant, box)
        if shared:
            out[shared.inside] = pixels[shared.own]
    return out


def quadrants_in(box: Box) -> Iterator[Quadrant]:
    """Yield the quadrants of which a rectangle shows some, by row, then column."""
    for y in range(box[1] // QUADRANT_PX, -(-box[3] // QUADRANT_PX)):
        for x in range(box[0] // QUADRANT_PX, -(-box[2] // QUADRANT_PX)):
            yield Quadrant(x, y)
