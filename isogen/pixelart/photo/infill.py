"""A template completed by the built-in artist: the infill painted, the context untouched.

The artist looks a little beyond what it paints. There it is shown art, graded back to about
the render that it came from; what lies under the border is lost, and mended from both sides.
Where the window ends the render is continued outward, as at the end of a map. Away from its
edges an infill equals what is painted with the whole render in sight.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isogen.image.template import BORDER_PX, find_infill
from isogen.pixelart.indices import TONES, VOID_RAMP
from isogen.pixelart.photo.grade import ungraded
from isogen.pixelart.photo.look import PHOTO_GUARD, PhotoLook
from isogen.pixelart.photo.paint import paint_photo

_OPAQUE = 255

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class PhotoBrush:
    """All that decides how a picture is painted."""

    colors: Pixels
    """sRGB of the palette, shape (256, 3)."""

    look: PhotoLook
    block: int
    """Screen pixels across an art pixel."""

    nothing: tuple[int, int, int]
    """Color of the render where nothing is drawn: there is paper."""


def complete_template(template: Pixels, corner: tuple[int, int], brush: PhotoBrush) -> Pixels:
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
    (y0, y1), (x0, x1) = (
        _art_span(s, at, brush) for s, at in zip((rows, columns), corner[::-1], strict=True)
    )
    render = _seen(template, (rows, columns), (slice(y0, y1), slice(x0, x1)), brush)
    opacity = np.where((render == brush.nothing).all(axis=2), 0, _OPAQUE).astype(np.uint8)
    block, guard = brush.block, PHOTO_GUARD * brush.block
    first = (corner[0] + x0) // block, (corner[1] + y0) // block
    art = paint_photo(np.dstack((render, opacity)), first, block, brush.colors, brush.look)
    wide = brush.colors[art].repeat(block, axis=0).repeat(block, axis=1)
    top, left = rows.start - y0 - guard, columns.start - x0 - guard
    out = template.copy()
    out[rows, columns] = wide[top : top + _length(rows), left : left + _length(columns)]
    _complete(out[:, columns], rows, corner[1], block)
    _complete(out.transpose(1, 0, 2)[:, rows], columns, corner[0], block)
    return out


def _complete(picture: Pixels, infill: slice, corner: int, block: int) -> None:
    """Give art pixels that an infill shares with its context the color that they have there.

    Args:
        picture: The columns of an infill with its context above and below, changed in place.
        infill: Rows of the infill.
        corner: Global screen y of the first row.
        block: Screen pixels across an art pixel.
    """
    before, after = (corner + infill.start) % block, (corner + infill.stop) % block
    if before and infill.start > 0:
        picture[infill.start : infill.start + block - before] = picture[infill.start - 1]
    if after and infill.stop < len(picture):
        picture[infill.stop - after : infill.stop] = picture[infill.stop]


def _art_span(infill: slice, corner: int, brush: PhotoBrush) -> tuple[int, int]:
    """Return where the art pixels of an infill, and their guard, begin and end in the template."""
    block, guard = brush.block, PHOTO_GUARD * brush.block
    start = infill.start - (corner + infill.start) % block
    stop = infill.stop + -(corner + infill.stop) % block
    return start - guard, stop + guard


def _seen(
    template: Pixels, infill: tuple[slice, slice], span: tuple[slice, slice], brush: PhotoBrush
) -> Pixels:
    """Return what the artist is shown: the infill without its border, and what is around it.

    Args:
        template: The template.
        infill: Its infill.
        span: What is shown, in pixels of the template; it may reach beyond.
        brush: How to paint.
    """
    size = len(template)
    within = [slice(max(s.start, 0), min(s.stop, size)) for s in span]
    shown = template[within[0], within[1]].copy()
    inside = tuple(
        slice(i.start - w.start, i.stop - w.start) for i, w in zip(infill, within, strict=True)
    )
    is_context = np.ones(shown.shape[:2], np.bool_)
    is_context[inside] = False
    shown[is_context] = _as_render(shown[is_context], brush)
    for picture, lines, along in (
        (shown, *inside),
        (shown.transpose(1, 0, 2), *inside[::-1]),
    ):
        _mend(picture[:, along], lines, brush)
    room = [(w.start - s.start, s.stop - w.stop) for w, s in zip(within, span, strict=True)]
    return np.pad(shown, (*room, (0, 0)), "edge")


def _as_render(art: Pixels, brush: PhotoBrush) -> Pixels:
    """Return about the render that art was painted from; paper is nothing."""
    paper = brush.colors[VOID_RAMP * TONES : (VOID_RAMP + 1) * TONES]
    out = ungraded(art, brush.look)
    out[(art[:, None] == paper).all(axis=2).any(axis=1)] = brush.nothing
    return out


def _mend(picture: Pixels, infill: slice, brush: PhotoBrush) -> None:
    """Fill the rows under the border, above and below, with the mean of those on both sides.

    Beside nothing, and where no context is shown, the row inside is repeated.
    """
    first, last = infill.start, infill.stop - 1
    for inner, outer, border in (
        (first + BORDER_PX, first - 1, slice(first, first + BORDER_PX)),
        (last - BORDER_PX, last + 1, slice(last + 1 - BORDER_PX, last + 1)),
    ):
        inside = picture[inner]
        mended = inside
        if 0 <= outer < len(picture):
            beside = picture[outer]
            mean = (inside.astype(np.uint16) + beside + 1) // 2
            is_edge = (inside == brush.nothing).all(axis=1) | (beside == brush.nothing).all(axis=1)
            mended = np.where(is_edge[:, None], inside, mean)
        picture[border] = mended


def _length(of: slice) -> int:
    return of.stop - of.start
