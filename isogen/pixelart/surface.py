"""The first pass: material and tone of each art pixel, from its face alone."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from isogen.geo.camera import Floats
from isogen.mesh.cell import VOID
from isogen.mesh.view import (
    BALL_R,
    BALL_RZ,
    BALL_X,
    BALL_Y,
    BALL_Z,
    FLAGS,
    FLOORS,
    KIND,
    M0,
    MATERIAL,
    MX,
    MY,
    NX,
    NY,
    NZ,
    SEED,
    STEEP,
    STYLE,
    SX0,
    SX1,
    TRIM,
    X0,
    X1,
    Y0,
    Y1,
    Z0,
    Z1,
)
from isogen.mesh.vocabulary import BallStyle, Ground, GroundStyle, Kind
from isogen.pixelart.facade import facade
from isogen.pixelart.flats import Deck, flat
from isogen.pixelart.ground import ground, soil_at
from isogen.pixelart.inks import PANE, WATER, Ink, Spot
from isogen.pixelart.noise import BAYER
from isogen.pixelart.palette import VOID_RAMP
from isogen.pixelart.slopes import Tilt, dome_tone, foliage_tone, slope
from isogen.pixelart.walls import wall

NOTHING = 7
"""Kind of a pixel that shows no face."""

KIND_BITS = 7
LIT = 8
SHADED = 16
"""Parts of ``Layers.traits``: kind, whether it faces the sun, whether a shadow falls on it."""

_WALL = int(Kind.WALL)
_FLAT = int(Kind.FLAT)
_SLOPE = int(Kind.SLOPE)
_BALL = int(Kind.BALL)
_GROUND = int(Kind.GROUND)
_WATER = int(Ground.WATER)
_FOAM = int(Ground.FOAM)

_BEFORE_WALL = 0.6
"""Diagonal units in front of a wall at which its shadow is read: not its own."""


class View(NamedTuple):
    """Where a window lies, and the camera's and sun's directions."""

    x0: int
    """Global art x of the first column."""

    y0: int
    sine: float
    """Of the camera's elevation."""

    cosine: float
    sun_x: float
    """Way of the light over the ground along the diagonal axes; a unit vector."""

    sun_y: float


class Plane(NamedTuple):
    """A raster of the ground plane and the art position of its first pixel."""

    values: NDArray[np.generic]
    x0: int
    y0: int


class Table(NamedTuple):
    """The faces."""

    whole: NDArray[np.int32]
    real: Floats


class Layers(NamedTuple):
    """What the second pass reads; arrays of the window's shape."""

    ids: NDArray[np.int32]
    ramp: NDArray[np.uint8]
    tone: NDArray[np.int8]
    traits: NDArray[np.uint8]

    depth: Floats
    """Art pixels toward the viewer."""


class Point(NamedTuple):
    """The place in the scene that an art pixel shows."""

    px: float
    """Position along the diagonal ground axes, in units of sqrt(2) art pixels."""

    py: float

    z: float
    """Height in rises."""

    sx: float
    """Art x of the pixel's center."""

    sy: float

    x: int
    """Global art x."""

    y: int


@njit(cache=True, nogil=True)
def paint_surfaces(faces: Table, view: View, classes: Plane, shadow: Plane, out: Layers) -> None:
    """Fill ramp, tone, traits and depth of every pixel of ``out.ids``."""
    height, width = out.ids.shape
    for row in range(height):
        for column in range(width):
            x, y = view.x0 + column, view.y0 + row
            face = out.ids[row, column]
            if face < 0:
                ink, traits, depth = void_ink(x, y), NOTHING, -np.inf
            else:
                point, depth = _locate(faces, face, view, x, y)
                ink, traits = _shade(faces, face, view, classes, shadow, point)
            out.ramp[row, column] = ink[0]
            out.tone[row, column] = ink[1]
            out.traits[row, column] = traits
            out.depth[row, column] = depth


@njit(cache=True, nogil=True)
def void_ink(x: int, y: int) -> Ink:
    """Return the paper that the map lies on: fine isometric ruling."""
    if (x + 2 * y) % 128 < 2 or (x - 2 * y) % 128 < 2:
        return VOID_RAMP, 2
    return VOID_RAMP, 3 if x % 16 == 0 and y % 16 == 0 else 1


@njit(cache=True, nogil=True)
def _locate(faces: Table, face: int, view: View, x: int, y: int) -> tuple[Point, float]:
    sx, sy = x + 0.5, y + 0.5
    p = faces.real
    if faces.whole[face, KIND] == _BALL:
        m = _ball_nearness(p, face, view.sine, sx, sy)
    else:
        m = p[face, M0] + p[face, MX] * sx + p[face, MY] * sy
    z = m * view.sine - sy
    depth = m * view.cosine + z * view.sine / view.cosine
    return Point((sx + m) * 0.5, (sx - m) * 0.5, z, sx, sy, x, y), depth


@njit(cache=True, nogil=True)
def _ball_nearness(p: Floats, face: int, sine: float, sx: float, sy: float) -> float:
    flat_, tall = 1 / p[face, BALL_R] ** 2, 1 / p[face, BALL_RZ] ** 2
    a = 0.5 * flat_ + sine * sine * tall
    dx, dy, dz = sx * 0.5 - p[face, BALL_X], sx * 0.5 - p[face, BALL_Y], -sy - p[face, BALL_Z]
    b = (dx - dy) * 0.5 * flat_ + dz * sine * tall
    c = (dx * dx + dy * dy) * flat_ + dz * dz * tall - 1.0
    return (np.sqrt(max(b * b - a * c, 0.0)) - b) / a


@njit(cache=True, nogil=True)
def _shade(
    faces: Table, face: int, view: View, classes: Plane, shadow: Plane, at: Point
) -> tuple[Ink, int]:
    kind = faces.whole[face, KIND]
    if kind == _GROUND:
        ink = _ground_ink(faces, face, classes, at)
        if ink[0] == VOID_RAMP:
            return ink, NOTHING
        return _shadowed(ink, kind, LIT, _shade_above(shadow, at.sx, at.sy + at.z, at.z), at)
    if kind == _WALL:
        return _shade_wall(faces, face, view, shadow, at)
    ink, lit = _top_ink(faces, face, kind, view, at)
    if not lit and kind != _BALL:
        return ink, kind
    above = _shade_above(shadow, at.sx, at.sy + at.z, at.z)
    return _shadowed(ink, kind, LIT if lit else 0, above, at)


@njit(cache=True, nogil=True)
def _shade_wall(faces: Table, face: int, view: View, shadow: Plane, at: Point) -> tuple[Ink, int]:
    nx, ny = faces.real[face, NX], faces.real[face, NY]
    light = -(nx * view.sun_x + ny * view.sun_y)
    ink = _wall_ink(faces, face, light, at)
    if light <= 0.05:
        return ink, _WALL
    sx = at.sx + (nx + ny) * _BEFORE_WALL
    sy = at.sy + at.z + (nx - ny) * _BEFORE_WALL * view.sine
    return _shadowed(ink, _WALL, LIT, _shade_above(shadow, sx, sy, at.z), at)


@njit(cache=True, nogil=True)
def _wall_ink(faces: Table, face: int, light: float, at: Point) -> Ink:
    w, p = faces.whole, faces.real
    width = max(int(np.floor(p[face, SX1] - p[face, SX0] + 0.5)), 1)
    height = int(np.floor(p[face, Z1] - p[face, Z0] + 0.5))
    u = min(max(int(np.floor(at.sx - p[face, SX0])), 0), width - 1)
    v = int(np.floor(at.z - p[face, Z0]))
    lit = light > 0.05
    floors = w[face, FLOORS]
    tone = (4 if light > 0.2 else 3) if lit else 2
    if not floors:
        tone = 4 if lit else 2
    spot = Spot(
        w[face, MATERIAL], w[face, TRIM], w[face, SEED], u, width, v, height, 0,
        lit, tone, p[face, STEEP], at.x, at.y,
    )  # fmt: skip
    if floors:
        return facade(spot, floors, w[face, FLAGS])
    return wall(w[face, STYLE], spot)


@njit(cache=True, nogil=True)
def _ground_ink(faces: Table, face: int, classes: Plane, at: Point) -> Ink:
    style = faces.whole[face, STYLE]
    c = _WATER if style == GroundStyle.WATER else _FOAM
    if style == GroundStyle.MAP:
        column, row = at.x - classes.x0, int(np.floor(at.sy + at.z)) - classes.y0
        height, width = classes.values.shape
        inside = 0 <= column < width and 0 <= row < height
        c = int(classes.values[row, column]) if inside else VOID
    if c == VOID:
        return void_ink(at.x, at.y)
    return ground(c, soil_at(at.x, at.y, at.px, at.py))


@njit(cache=True, nogil=True)
def _top_ink(faces: Table, face: int, kind: int, view: View, at: Point) -> tuple[Ink, bool]:
    """Return the ink of a roof or ball, and whether it faces the sun."""
    w, p = faces.whole, faces.real
    material, style, seed = w[face, MATERIAL], w[face, STYLE], w[face, SEED]
    if kind == _FLAT:
        deck = Deck(
            material, seed, at.px, at.py,
            p[face, X0], p[face, X1], p[face, Y0], p[face, Y1], at.x, at.y,
        )  # fmt: skip
        return flat(style, deck), True
    if kind == _BALL:
        return _ball_ink(faces, face, view, at), True
    nx, ny, nz = p[face, NX], p[face, NY], p[face, NZ]
    light = -(nx * view.sun_x + ny * view.sun_y) * 0.8 + nz * 0.45
    tilt = Tilt(material, seed, at.px, at.py, at.z - p[face, Z0], nx, ny, nz, at.x, at.y)
    return slope(style, tilt, light), light > 0.2


@njit(cache=True, nogil=True)
def _ball_ink(faces: Table, face: int, view: View, at: Point) -> Ink:
    w, p = faces.whole, faces.real
    ax = (at.px - p[face, BALL_X]) / p[face, BALL_R]
    ay = (at.py - p[face, BALL_Y]) / p[face, BALL_R]
    az = (at.z - p[face, BALL_Z]) / p[face, BALL_RZ]
    light = -(ax * view.sun_x + ay * view.sun_y) * 0.75 + az * 0.6
    if w[face, STYLE] == BallStyle.DOME:
        return w[face, MATERIAL], dome_tone(light)
    threshold = BAYER[at.y & 3, at.x & 3]
    return w[face, MATERIAL], foliage_tone(light, w[face, SEED], at.x, at.y, threshold)


@njit(cache=True, nogil=True)
def _shade_above(shadow: Plane, sx: float, sy: float, z: float) -> float:
    """Return how many rises of shadow stand over a place of the plane at height ``z``."""
    column, row = int(np.floor(sx)) - shadow.x0, int(np.floor(sy)) - shadow.y0
    height, width = shadow.values.shape
    if not (0 <= column < width and 0 <= row < height):
        return -1.0
    return shadow.values[row, column] - z


@njit(cache=True, nogil=True)
def _shadowed(ink: Ink, kind: int, lit: int, above: float, at: Point) -> tuple[Ink, int]:
    """Darken an ink that lies in shadow; the edge of a shadow is dithered."""
    ramp, tone = ink
    if kind == _BALL:
        above -= 4  # the crown's own shadow begins inside it
    if above <= 0.3 or (above <= 1.5 and BAYER[at.y & 3, at.x & 3] >= 0.5):
        return ink, kind | lit
    if ramp != PANE:
        tone -= 2 if kind == _WALL or (3 <= tone <= 4 and kind != _BALL) else 1
    if kind == _GROUND and ramp == WATER:
        tone = max(tone, 1)
    return (ramp, tone), kind | lit | SHADED
