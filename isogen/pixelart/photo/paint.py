"""A photographic picture as palette indices: the whole way, pass by pass."""

import numpy as np
from numpy.typing import NDArray

from isogen.errors import InputError
from isogen.image.oklab import to_oklab
from isogen.kernels import kernel
from isogen.mesh.vocabulary import Material
from isogen.pixelart.indices import TONES
from isogen.pixelart.photo.classes import classify
from isogen.pixelart.photo.flatten import flatten
from isogen.pixelart.photo.grade import grade, shrink
from isogen.pixelart.photo.look import PHOTO_GUARD, PhotoLook
from isogen.pixelart.photo.match import Matches, despeckle, matches_of, paint_matches
from isogen.pixelart.photo.outline import find_outlines, sharpen
from isogen.pixelart.surface import void_ink

_GREENS = (Material.GRASS, Material.TREE, Material.LINDEN, Material.LEAF)
"""What leaves and lawns may be painted with."""

_OPAQUE = 128


def paint_photo(
    rgb: NDArray[np.uint8],
    corner: tuple[int, int],
    block: int,
    colors: NDArray[np.uint8],
    look: PhotoLook,
) -> NDArray[np.uint8]:
    """Paint a picture, less the guard around it.

    Args:
        rgb: sRGB or sRGB with opacity, shape (height * block, width * block, 3 or 4); what
            is not opaque is left empty.
        corner: Global art x and y of the first pixel, its guard included.
        block: Screen pixels across an art pixel.
        colors: sRGB of the palette, shape (256, 3).
        look: How the picture is graded.

    Returns:
        Palette indices of shape (height - 2 * PHOTO_GUARD, width - 2 * PHOTO_GUARD).

    Raises:
        InputError: The picture is smaller than its guard.
    """
    height, width = rgb.shape[0] // block, rgb.shape[1] // block
    if min(height, width) <= 2 * PHOTO_GUARD:
        raise InputError(
            f"a picture of {width} x {height} art pixels is all guard",
            hint=f"The artist needs {PHOTO_GUARD} art pixels around what it paints.",
        )
    lab = np.empty((height, width, 3))
    shrink(np.ascontiguousarray(rgb[..., :3]), block, lab)
    classes = np.empty((height, width), np.uint8)
    classify(lab, classes)
    grade(lab, classes, look.black, look.white, look.saturation)
    indices = _paint(lab, classes, corner, colors, look)
    core = slice(PHOTO_GUARD, -PHOTO_GUARD)
    painted = np.ascontiguousarray(indices[core, core])
    if rgb.shape[2] == 4:
        x0, y0 = corner[0] + PHOTO_GUARD, corner[1] + PHOTO_GUARD
        _leave_void(painted, np.ascontiguousarray(rgb[..., 3]), x0, y0, block)
    return painted


def _paint(
    lab: NDArray[np.float64],
    classes: NDArray[np.uint8],
    corner: tuple[int, int],
    colors: NDArray[np.uint8],
    look: PhotoLook,
) -> NDArray[np.uint8]:
    flat, light = np.empty_like(lab), np.empty(lab.shape[:2])
    flatten(lab, classes, flat)
    sharpen(flat, classes, light)
    edges = np.empty(light.shape, np.int8)
    find_outlines(light, classes, edges)
    matched, out = np.empty(light.shape, np.uint8), np.empty(light.shape, np.uint8)
    tables, greens = (
        matches_of(colors, _slots(tuple(Material))),
        matches_of(colors, _slots(_GREENS)),
    )
    place = (corner[0], corner[1], look.outline)
    paint_matches(flat, light, edges, classes, _arrays(tables), _arrays(greens), place, matched)
    despeckle(matched, np.round(to_oklab(colors), 6), out)
    return out


def _slots(materials: tuple[Material, ...]) -> NDArray[np.uint8]:
    first = np.array(materials, np.int64)[:, None] * TONES
    return (first + np.arange(TONES)).ravel().astype(np.uint8)


def _arrays(m: Matches) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    return m.first, m.second, m.share


@kernel
def _leave_void(
    painted: NDArray[np.uint8], opacity: NDArray[np.uint8], x0: int, y0: int, block: int
) -> None:
    """Paint paper where most of an art pixel is not opaque, in place; first pixel (x0, y0)."""
    height, width = painted.shape
    for row in range(height):
        for column in range(width):
            solid = 0
            top, left = (row + PHOTO_GUARD) * block, (column + PHOTO_GUARD) * block
            for y in range(top, top + block):
                for x in range(left, left + block):
                    solid += opacity[y, x] >= _OPAQUE
            if 2 * solid < block * block:
                ramp, tone = void_ink(x0 + column, y0 + row)
                painted[row, column] = ramp * TONES + tone
