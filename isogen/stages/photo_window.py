"""A quadrant's render with what lies around it, cut from the renders of the map."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from isogen.geo.grid import QUADRANT_PX, Box, Quadrant
from isogen.image.stitch import stitch
from isogen.mesh.window import Window
from isogen.pixelart.photo.look import PHOTO_GUARD
from isogen.render.materials import COLORS, NOTHING_INDEX


def photo_window_of(quadrant: Quadrant, pixel_size: int) -> Window:
    """Return the window of a quadrant: every art pixel that it touches, and the guard."""
    x0, y0, x1, y1 = quadrant.art_box(pixel_size)
    width, height = x1 - x0 + 2 * PHOTO_GUARD, y1 - y0 + 2 * PHOTO_GUARD
    return Window(x0 - PHOTO_GUARD, y0 - PHOTO_GUARD, width, height)


def stitched(
    quadrant: Quadrant, renders: Mapping[Quadrant, NDArray[np.uint8]], pixel_size: int
) -> NDArray[np.uint8]:
    """Return the screen pixels of a quadrant's window.

    Where a neighbor is missing the quadrant's own edge is repeated; what shows nothing is
    not opaque.

    Args:
        quadrant: Which.
        renders: RGBA of it and of its neighbors, each of shape (512, 512, 4).
        pixel_size: Screen pixels across an art pixel.

    Returns:
        RGBA of the window, ``pixel_size`` times as many pixels each way.
    """
    window = photo_window_of(quadrant, pixel_size)
    x0, y0 = window.x0 * pixel_size, window.y0 * pixel_size
    x1, y1 = x0 + window.width * pixel_size, y0 + window.height * pixel_size
    own_x, own_y = (QUADRANT_PX * v for v in quadrant)
    out = np.pad(
        renders[quadrant],
        (
            (own_y - y0, y1 - own_y - QUADRANT_PX),
            (own_x - x0, x1 - own_x - QUADRANT_PX),
            (0, 0),
        ),
        mode="edge",
    )
    stitch(renders, Box(x0, y0, x1, y1), out)
    out[(out[..., :3] == COLORS[NOTHING_INDEX]).all(axis=2), 3] = 0
    return out
