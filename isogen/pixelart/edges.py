"""The second pass: outlines, bright rims and contact shade, from each pixel's neighbors.

Only outlines between objects are drawn, and only on the farther side, so things
keep their size. The pass reads some rows up, for what stands over water and is
mirrored in it, and one pixel to the other sides.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from isogen.kernels import kernel, part
from isogen.mesh.vocabulary import Kind
from isogen.pixelart.indices import TONES
from isogen.pixelart.inks import DARK, PANE, SEA, WATER, Ink
from isogen.pixelart.noise import hash3
from isogen.pixelart.rules import OWN, Rules
from isogen.pixelart.tables import COVERED, NOTHING, Pixel, Raster, Rows

GUARD = 8
"""Art pixels that must be known around those that are painted."""

_HANGING = 6.0
"""Art pixels of depth from which something hangs over water instead of standing in it."""

_WALL = int(Kind.WALL)
_FLAT = int(Kind.FLAT)
_SLOPE = int(Kind.SLOPE)
_BALL = int(Kind.BALL)
_GROUND = int(Kind.GROUND)


class Around(NamedTuple):
    """A pixel's neighbors."""

    rules: Rules
    up: Pixel
    up_two: Pixel
    down: Pixel
    left: Pixel
    right: Pixel


@kernel
def paint_edges(
    pixels: Raster[Pixel],
    x0: int,
    y0: int,
    style: Rows[Rules],
    ramps: NDArray[np.uint8],
    out: NDArray[np.uint8],
) -> None:
    """Write the palette indices of all pixels but the guard; the first pixel is (x0, y0).

    ``ramps`` says for each surface which ramp stands in for a material.
    """
    height, width = out.shape
    rules = style[0]
    for row in range(height):
        for column in range(width):
            y, x = row + GUARD, column + GUARD
            here = pixels[y, x]
            ramp, tone = int(here.ramp), int(here.tone)
            if here.kind != NOTHING:
                surface = int(here.surface)
                around = Around(
                    rules, pixels[y - 1, x], pixels[y - 2, x], pixels[y + 1, x],
                    pixels[y, x - 1], pixels[y, x + 1],
                )  # fmt: skip
                if here.kind == _GROUND and ramp in (WATER, SEA):
                    surface, ramp, tone = _mirrored(rules, pixels, y, x, x0 + x, y0 + y)
                else:
                    ramp, edged = _edged(here, around, (x0 + x + y0 + y) & 1)
                    if ramp == PANE and edged != tone:
                        ramp = DARK
                    surface, tone = _surface(here, around), edged
                ramp = ramps[surface, ramp] if ramp >= 0 else ~ramp
            out[row, column] = ramp * TONES + min(max(tone, 0), TONES - 1)


@part
def _in_front(other: Pixel, here: Pixel, step: float) -> bool:
    """Tell whether a neighbor shows another object, nearer by more than ``step``."""
    return other.face >= 0 and other.object != here.object and other.depth > here.depth + step


@part
def _edged(here: Pixel, n: Around, checker: int) -> Ink:
    ramp, tone = int(here.ramp), int(here.tone)
    step = n.rules.outline_step
    near = (
        _in_front(n.up, here, step)
        or _in_front(n.left, here, step)
        or _in_front(n.right, here, step)
    )
    near_below = _in_front(n.down, here, step)
    if here.kind == _GROUND and not (n.rules.outline_ground and (near or near_below)):
        foot = _stands(n.up) and not near_below
        beside = _is_foot(n.left) or _is_foot(n.right) or n.up_two.kind == _WALL
        return ramp, tone - (near or near_below) - (foot or (beside and checker and not near))
    if near or near_below:
        return _line(n.rules, ramp, tone)
    if here.kind == _BALL:
        return ramp, _ball_tone(here, n)
    if here.kind == _WALL:
        return _wall_ink(here, n)
    return ramp, _roof_tone(here, n)


@part
def _line(rules: Rules, ramp: int, tone: int) -> Ink:
    """Return the ink of an outline over another ink.

    A ramp of its own is returned inverted (``~``): no other stands in for it.
    """
    if rules.outline_ink != OWN:
        ramp = ~rules.outline_ink
    return ramp, min(tone, rules.outline_tone)


@part
def _surface(here: Pixel, n: Around) -> int:
    """Return the surface of a pixel; what lies on a flat roof also lies on its coping."""
    if here.kind == _WALL and n.up.surface == COVERED and n.up.object == here.object:
        return COVERED if n.up.kind == _FLAT else here.surface
    return int(here.surface)


@part
def _stands(pixel: Pixel) -> bool:
    """Tell whether a pixel shows something that stands on the ground."""
    return pixel.kind not in (NOTHING, _GROUND)


@part
def _behind(n: Around, other: Pixel, here: Pixel) -> bool:
    """Tell whether a neighbor lies well behind, or there is nothing."""
    return other.depth < here.depth - n.rules.outline_step


@part
def _is_foot(pixel: Pixel) -> bool:
    """Tell whether a pixel shows a wall, at whose foot less light arrives."""
    return pixel.kind == _WALL


@part
def _mirrored(
    rules: Rules, pixels: Raster[Pixel], row: int, column: int, x: int, y: int
) -> tuple[int, int, int]:
    """Return the ink of water: foam under quays and hulls, and below it their broken image.

    The ink follows the surface whose ramps stand in for it: an image has those of what it shows.
    """
    here = pixels[row, column]
    surface, ramp, tone = int(here.surface), int(here.ramp), int(here.tone)
    for far in range(1, rules.water_mirror + 1):
        above = pixels[row - far, column]
        if _stands(above):
            if above.depth > here.depth + _HANGING:
                return surface, ramp, tone
            broken = hash3(x >> 2, y, 57)
            if far == 1:
                return surface, WATER, 5 if broken & 3 else 4
            image = pixels[row - min(2 * far - 1, GUARD), column]
            if broken % (rules.water_mirror + 1) < far - 1:
                return surface, ramp, tone
            if not _stands(image) or image.tone < 3 or image.kind == _BALL:
                return surface, WATER, 1
            return int(image.surface), int(image.ramp), 2
    return surface, ramp, tone


@part
def _ball_tone(here: Pixel, n: Around) -> int:
    """Dark lower rims, so that crowns in a row stay apart."""
    tone = int(here.tone)
    if _covers(n, n.down, here):
        return min(tone, 1)
    if _covers(n, n.left, here) or _covers(n, n.right, here):
        return min(tone, 2)
    return tone


@part
def _covers(n: Around, other: Pixel, here: Pixel) -> bool:
    """Tell whether a crown stands before what its neighbor shows."""
    touch = n.rules.outline_touch
    return other.face >= 0 and other.object != here.object and other.depth < here.depth - touch


@part
def _roof_tone(here: Pixel, n: Around) -> int:
    """Bright rims at the back and sides, a lighter eaves line, lighter ridges."""
    tone = int(here.tone)
    if _behind(n, n.up, here) or _behind(n, n.left, here) or _behind(n, n.right, here):
        return 3 if here.shaded else 5
    own_above = n.up.object == here.object
    if here.kind == _FLAT:
        if n.down.kind == _WALL and n.down.object == here.object:
            return max(tone, 4)
        return tone - (n.up.kind == _WALL and not own_above and n.down.kind == _FLAT)
    if n.up.kind == _SLOPE and own_above and n.up.face != here.face:
        return min(tone + 1, 5)
    return tone


@part
def _wall_ink(here: Pixel, n: Around) -> Ink:
    """Copings, near corners that catch the light, dark far corners and feet."""
    ramp, tone, material = int(here.ramp), int(here.tone), int(here.material)
    if n.rules.outline_creases and _creased(here, n):
        return _line(n.rules, ramp, tone)
    if n.up.kind == _FLAT and n.up.object == here.object:
        return material, 3 if here.shaded else 5 if here.lit else 4
    corner = n.right.kind == _WALL and n.right.object == here.object and not n.right.lit
    if here.lit and corner and ramp == material:
        return ramp, min(tone + 1, 5)
    if (_behind(n, n.left, here) or _behind(n, n.right, here)) and not _behind(n, n.up, here):
        return ramp, tone - 1
    foot = n.down.kind != _WALL and n.down.face >= 0 and n.down.object != here.object
    return ramp, tone - (foot and ramp == material)


@part
def _creased(here: Pixel, n: Around) -> bool:
    """Tell whether a wall's pixel lies under the eaves, or at a corner that turns from the sun."""
    if n.up.kind == _SLOPE and n.up.object == here.object:
        return True
    turns = n.right.kind == _WALL and n.right.object == here.object and n.right.face != here.face
    return turns and here.lit != n.right.lit
