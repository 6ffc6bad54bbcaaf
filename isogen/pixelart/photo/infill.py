"""A template completed by the built-in artist: the infill painted, the context untouched.

The artist looks a little beyond what it paints. What lies there is art already, and what lies
under the border is lost, so the render inside is continued outward, as at the end of a map.
Away from its edges an infill equals what is painted with the whole render in sight.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isogen.image.template import BORDER_PX, find_infill
from isogen.pixelart.photo.look import PHOTO_GUARD, PhotoLook
from isogen.pixelart.photo.paint import paint_photo

_OPAQUE = 255


@dataclass(frozen=True)
class PhotoBrush:
    """All that decides how a picture is painted."""

    colors: NDArray[np.uint8]
    """sRGB of the palette, shape (256, 3)."""

    look: PhotoLook
    block: int
    """Screen pixels across an art pixel."""

    nothing: tuple[int, int, int]
    """Color of the render where nothing is drawn: there is paper."""


def complete_template(
    template: NDArray[np.uint8], corner: tuple[int, int], brush: PhotoBrush
) -> NDArray[np.uint8]:
    """Paint the infill of a template.

    Args:
        template: sRGB of shape (1024, 1024, 3), with its border; not changed.
        corner: Global screen x and y of its first pixel: the lattice of art pixels and all
            patterns are those of the map.
        brush: How to paint.

    Returns:
        A new picture; outside of the infill every pixel is that of the template.

    Raises:
        InputError: There is no border.
    """
    rows, columns = find_infill(template)
    out = template.copy()
    place = corner[0] + columns.start, corner[1] + rows.start
    out[rows, columns] = _painted(template[rows, columns], place, brush)
    return out


def _painted(
    infill: NDArray[np.uint8], place: tuple[int, int], brush: PhotoBrush
) -> NDArray[np.uint8]:
    """Return sRGB of an infill whose first pixel is at a global screen x and y."""
    height, width, _ = infill.shape
    block, guard = brush.block, PHOTO_GUARD * brush.block
    across = _beyond(place[0], width, block)
    along = _beyond(place[1], height, block)
    inside = infill[BORDER_PX:-BORDER_PX, BORDER_PX:-BORDER_PX]
    room = [(n[0] + guard + BORDER_PX, n[1] + guard + BORDER_PX) for n in (along, across)]
    render = np.pad(inside, (*room, (0, 0)), "edge")
    opacity = np.where((render == brush.nothing).all(axis=2), 0, _OPAQUE).astype(np.uint8)
    first = (place[0] - across[0]) // block, (place[1] - along[0]) // block
    art = paint_photo(
        np.dstack((render, opacity)),
        (first[0] - PHOTO_GUARD, first[1] - PHOTO_GUARD),
        block,
        brush.colors,
        brush.look,
    )
    wide = brush.colors[art].repeat(block, axis=0).repeat(block, axis=1)
    return wide[along[0] : along[0] + height, across[0] : across[0] + width]


def _beyond(start: int, length: int, block: int) -> tuple[int, int]:
    """Return the screen pixels from a stretch to the ends of the art pixels it shows some of."""
    return start % block, -(start + length) % block
