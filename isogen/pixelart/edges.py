"""The second pass: outlines, bright rims and contact shade, from each pixel's neighbors.

Only outlines between objects are drawn, and only on the farther side, so things
keep their size. The pass reads two rows up and one pixel to the other sides.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from isogen.mesh.view import KIND, MATERIAL, OBJECT
from isogen.mesh.vocabulary import Kind
from isogen.pixelart.inks import DARK, PANE, WATER, Ink
from isogen.pixelart.palette import TONES
from isogen.pixelart.surface import KIND_BITS, LIT, NOTHING, SHADED, Layers, Table

GUARD = 2
"""Art pixels that must be known around those that are painted."""

_WALL = int(Kind.WALL)
_FLAT = int(Kind.FLAT)
_SLOPE = int(Kind.SLOPE)
_BALL = int(Kind.BALL)
_GROUND = int(Kind.GROUND)

_STEP = 3.5
"""Art pixels of depth that make a silhouette."""

_TOUCH = 0.8
"""Art pixels of depth that part two crowns."""


class Around(NamedTuple):
    """How a pixel's neighbors lie; only claims about other objects are outlines."""

    near: bool
    """Another object stands well in front, at the left, right or above."""

    near_below: bool
    far: bool
    """What is at the left or right lies well behind."""

    far_above: bool


@njit(cache=True, nogil=True)
def paint_edges(faces: Table, layers: Layers, out: NDArray[np.uint8]) -> None:
    """Write the palette indices of all pixels but the guard."""
    height, width = out.shape
    for row in range(height):
        for column in range(width):
            y, x = row + GUARD, column + GUARD
            ramp, tone = int(layers.ramp[y, x]), int(layers.tone[y, x])
            if layers.traits[y, x] & KIND_BITS != NOTHING:
                ramp, edged = _edged(faces, layers, x, y, ramp, tone)
                if ramp == PANE and edged != tone:
                    ramp = DARK
                tone = edged
            out[row, column] = ramp * TONES + min(max(tone, 0), TONES - 1)


@njit(cache=True, nogil=True)
def _edged(faces: Table, layers: Layers, x: int, y: int, ramp: int, tone: int) -> Ink:
    kind = layers.traits[y, x] & KIND_BITS
    around = _look_around(faces, layers, x, y)
    if kind == _GROUND:
        return ramp, _ground_tone(layers, around, x, y, ramp, tone)
    if kind == _BALL:
        return ramp, _ball_tone(faces, layers, around, x, y, tone)
    if around.near or around.near_below:
        return ramp, min(tone, 1)
    if kind == _WALL:
        return _wall_ink(faces, layers, around, x, y, ramp, tone)
    return ramp, _roof_tone(faces, layers, around, x, y, tone)


@njit(cache=True, nogil=True)
def _other(faces: Table, layers: Layers, x: int, y: int, nx: int, ny: int) -> bool:
    """Tell whether a neighbor shows another object."""
    ids, w = layers.ids, faces.whole
    return ids[ny, nx] >= 0 and w[ids[ny, nx], OBJECT] != w[ids[y, x], OBJECT]


@njit(cache=True, nogil=True)
def _kin(faces: Table, layers: Layers, x: int, y: int, ny: int) -> int:
    """Return the kind of a neighbor above or below of the same object, else NOTHING."""
    ids, w = layers.ids, faces.whole
    if ids[ny, x] < 0 or w[ids[ny, x], OBJECT] != w[ids[y, x], OBJECT]:
        return NOTHING
    return w[ids[ny, x], KIND]


@njit(cache=True, nogil=True)
def _look_around(faces: Table, layers: Layers, x: int, y: int) -> Around:
    d = layers.depth
    here = d[y, x]
    near = (
        (d[y - 1, x] > here + _STEP and _other(faces, layers, x, y, x, y - 1))
        or (d[y, x - 1] > here + _STEP and _other(faces, layers, x, y, x - 1, y))
        or (d[y, x + 1] > here + _STEP and _other(faces, layers, x, y, x + 1, y))
    )
    near_below = d[y + 1, x] > here + _STEP and _other(faces, layers, x, y, x, y + 1)
    far = d[y, x - 1] < here - _STEP or d[y, x + 1] < here - _STEP
    return Around(near, near_below, far, d[y - 1, x] < here - _STEP)


@njit(cache=True, nogil=True)
def _kind_at(layers: Layers, x: int, y: int) -> int:
    return layers.traits[y, x] & KIND_BITS


@njit(cache=True, nogil=True)
def _ground_tone(layers: Layers, around: Around, x: int, y: int, ramp: int, tone: int) -> int:
    """Contact shade at the foot of things on land; foam and a reflection on water."""
    above = _kind_at(layers, x, y - 1)
    if ramp == WATER:
        if above not in (NOTHING, _GROUND):
            return 5
        if _kind_at(layers, x, y - 2) == _WALL:
            return 1 + (not (x + y) & 1)
        return tone
    touched = above not in (NOTHING, _GROUND) and not around.near_below
    return tone - (around.near or around.near_below) - touched


@njit(cache=True, nogil=True)
def _ball_tone(faces: Table, layers: Layers, around: Around, x: int, y: int, tone: int) -> int:
    """Dark lower rims, so that crowns in a row stay apart."""
    d = layers.depth
    edge = d[y, x] - _TOUCH
    if around.near or around.near_below:
        return min(tone, 1)
    if d[y + 1, x] < edge and _other(faces, layers, x, y, x, y + 1):
        return min(tone, 1)
    if d[y, x - 1] < edge and _other(faces, layers, x, y, x - 1, y):
        return min(tone, 2)
    if d[y, x + 1] < edge and _other(faces, layers, x, y, x + 1, y):
        return min(tone, 2)
    return tone


@njit(cache=True, nogil=True)
def _roof_tone(faces: Table, layers: Layers, around: Around, x: int, y: int, tone: int) -> int:
    """Bright rims at the back and sides, a lighter eaves line, lighter ridges."""
    if around.far_above or around.far:
        return 3 if layers.traits[y, x] & SHADED else 5
    above, below = _kin(faces, layers, x, y, y - 1), _kin(faces, layers, x, y, y + 1)
    if _kind_at(layers, x, y) == _FLAT:
        if below == _WALL:
            return max(tone, 4)
        shaded = _kind_at(layers, x, y - 1) == _WALL and above == NOTHING
        return tone - (shaded and _kind_at(layers, x, y + 1) == _FLAT)
    if above == _SLOPE and layers.ids[y - 1, x] != layers.ids[y, x]:
        return min(tone + 1, 5)
    return tone


@njit(cache=True, nogil=True)
def _wall_ink(
    faces: Table, layers: Layers, around: Around, x: int, y: int, ramp: int, tone: int
) -> Ink:
    """Copings, near corners that catch the light, dark far corners and feet."""
    material = faces.whole[layers.ids[y, x], MATERIAL]
    lit = layers.traits[y, x] & LIT
    if _kin(faces, layers, x, y, y - 1) == _FLAT:
        if layers.traits[y, x] & SHADED:
            return material, 3
        return material, 5 if lit else 4
    right = layers.ids[y, x + 1]
    if lit and ramp == material and right >= 0 and _kind_at(layers, x + 1, y) == _WALL:
        corner = not _other(faces, layers, x, y, x + 1, y)
        if corner and not layers.traits[y, x + 1] & LIT:
            return ramp, min(tone + 1, 5)
    if around.far and not around.far_above:
        return ramp, tone - 1
    foot = _kind_at(layers, x, y + 1) != _WALL and _other(faces, layers, x, y, x, y + 1)
    return ramp, tone - (foot and ramp == material)
