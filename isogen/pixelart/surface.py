"""The first pass: material and tone of each art pixel, from its face alone."""

import math

import numpy as np
from numpy.typing import NDArray

from isogen.kernels import kernel, part
from isogen.mesh.cell import VOID
from isogen.mesh.vocabulary import CLASS_MASK, BallStyle, FlatStyle, Kind
from isogen.pixelart.facade import facade
from isogen.pixelart.flats import Deck, flat
from isogen.pixelart.ground import ground
from isogen.pixelart.indices import VOID_RAMP
from isogen.pixelart.inks import PANE, SEA, WATER, Ink, Spot
from isogen.pixelart.mapped import ground_class, turned
from isogen.pixelart.noise import dither, smooth_noise
from isogen.pixelart.rules import Rules
from isogen.pixelart.slopes import Tilt, dome_tone, foliage_tone, slope
from isogen.pixelart.tables import (
    COVERED,
    FIRST_GROUND,
    NOTHING,
    Ball,
    Look,
    Pixel,
    Point,
    Raster,
    Rows,
    Shape,
    View,
)
from isogen.pixelart.walls import wall
from isogen.pixelart.water import drifted, is_open

_WALL = int(Kind.WALL)
_FLAT = int(Kind.FLAT)
_SLOPE = int(Kind.SLOPE)
_BALL = int(Kind.BALL)
_GROUND = int(Kind.GROUND)
_DOME = int(BallStyle.DOME)
_LAID = int(FlatStyle.LAID)

_BEFORE_WALL = 0.6
"""Diagonal units in front of a wall at which its shadow is read: not its own."""

UNSHADED = -1.0
"""Rises of shadow over a place that none falls on."""


@kernel
def paint_surfaces(
    ids: NDArray[np.int32],
    looks: Rows[Look],
    shapes: Rows[Shape],
    balls: Rows[Ball],
    view: View,
    style: Rows[Rules],
    covers: NDArray[np.uint8],
    classes: NDArray[np.uint8],
    shadow: NDArray[np.float32],
    out: Raster[Pixel],
) -> None:
    """Fill ``out``, the pixels of the window, from the face number of each.

    ``covers`` says of each surface and ramp whether something such as snow lies on it: 0 no,
    1 where the face is made of it, 2 also where it is a detail of the face.
    """
    height, width = ids.shape
    rules = style[0]
    for row in range(height):
        for column in range(width):
            face = ids[row, column]
            x, y = view.x0 + column, view.y0 + row
            pixel = out[row, column]
            pixel.face = face
            if face < 0:
                _leave(pixel, x, y)
                continue
            look, shape, ball = looks[face], shapes[face], balls[face]
            surface = _surface_of(look)
            at, pixel.depth = locate(look, shape, ball, view, x + 0.5, y + 0.5)
            if look.kind == _GROUND:
                spot = ground_spot(view, at)
                mapped = int(classes[spot]) if has(classes.shape, spot) else VOID
                c = ground_class(look, mapped)
                if is_open(c):
                    spot = drifted(spot, x, y)
                    near = int(classes[spot]) if has(classes.shape, spot) else VOID
                    c = near & CLASS_MASK if is_open(near & CLASS_MASK) else c
                if c == VOID:
                    _leave(pixel, x, y)
                    continue
                surface = FIRST_GROUND + c
                ink, lit = turned(ground(c, rules, x, y, at.px, at.py), mapped), True
            else:
                ink, lit = _ink(rules, look, shape, ball, view, at)
            pixel.surface = surface
            cover = covers[surface, ink[0]] - (ink[0] != look.material)
            ink = _covered(rules, pixel, look, shape, ball, at, ink, cover)
            above = UNSHADED
            spot = shadow_spot(look, shape, view, at)
            if lit and has(shadow.shape, spot):
                above = shadow[spot] - at.z
            _settle(rules, pixel, look, ink, lit, above, at)


@part
def _surface_of(look: Look) -> int:
    """Return the surface of a face other than ground: what is laid is as the ground it names."""
    if look.kind == _FLAT and look.style == _LAID:
        return FIRST_GROUND + (look.seed & CLASS_MASK)
    return look.kind


@part
def _covered(
    rules: Rules,
    pixel: Pixel,
    look: Look,
    shape: Shape,
    ball: Ball,
    at: Point,
    ink: Ink,
    cover: int,
) -> Ink:
    """Return the ink of a pixel with what lies on it, if ``cover`` is positive."""
    if cover <= 0 or not _lies(rules, look, shape, ball, at):
        return ink
    pixel.surface = COVERED
    return ink[0], _cover_tone(rules, look, ink[1], at)


@part
def _lies(rules: Rules, look: Look, shape: Shape, ball: Ball, at: Point) -> bool:
    """Tell whether something that falls from the sky lies on a place of a face."""
    if look.kind == _BALL:
        leaves = smooth_noise(at.x + look.seed, at.y, 2.6, 41) - 0.5
        up = (at.z - ball.z) / ball.rz
        return up + leaves * rules.texture_leaves * 0.6 > rules.cover_crowns
    return look.kind in (_FLAT, _GROUND) or shape.nz > rules.cover_steepest


@part
def _cover_tone(rules: Rules, look: Look, tone: int, at: Point) -> int:
    """Return the tone of what lies there: it hides the texture, and drifts on level ground."""
    if look.kind in (_BALL, _SLOPE):
        return max(tone, 2)
    drift = smooth_noise(at.x, at.y * 2, 27, 19) + dither(at.x, at.y, rules.texture_dither) * 0.12
    return 4 - (drift < rules.cover_drifts)


@part
def _leave(pixel: Pixel, x: int, y: int) -> None:
    """Fill a pixel that shows nothing."""
    pixel.depth, pixel.object, pixel.kind = -np.inf, -1, NOTHING
    pixel.ramp, pixel.tone = void_ink(x, y)
    pixel.material, pixel.surface, pixel.lit, pixel.shaded = 0, 0, False, False


@part
def void_ink(x: int, y: int) -> Ink:
    """Return the paper that the map lies on: fine isometric ruling."""
    if (x + 2 * y) % 128 < 2 or (x - 2 * y) % 128 < 2:
        return VOID_RAMP, 2
    return VOID_RAMP, 3 if x % 16 == 0 and y % 16 == 0 else 1


@part
def locate(
    look: Look, shape: Shape, ball: Ball, view: View, sx: float, sy: float
) -> tuple[Point, float]:
    """Return the place that a face shows at art position (sx, sy), and its depth."""
    if look.kind == _BALL:
        m = _ball_nearness(ball, view.sine, sx, sy)
    else:
        m = shape.m0 + shape.mx * sx + shape.my * sy
    z = m * view.sine - sy
    depth = m * view.cosine + z * view.sine / view.cosine
    x, y = int(np.floor(sx)), int(np.floor(sy))
    return Point((sx + m) * 0.5, (sx - m) * 0.5, z, sx, sy, x, y), depth


@part
def _ball_nearness(ball: Ball, sine: float, sx: float, sy: float) -> float:
    flat_, tall = 1 / (ball.r * ball.r), 1 / (ball.rz * ball.rz)
    a = 0.5 * flat_ + sine * sine * tall
    dx, dy, dz = sx * 0.5 - ball.x, sx * 0.5 - ball.y, -sy - ball.z
    b = (dx - dy) * 0.5 * flat_ + dz * sine * tall
    c = (dx * dx + dy * dy) * flat_ + dz * dz * tall - 1.0
    return (np.sqrt(max(b * b - a * c, 0.0)) - b) / a


@part
def ground_spot(view: View, at: Point) -> tuple[int, int]:
    """Return the row and column of the ground classes under a place; they may lie outside.

    The kernel reads the rasters itself: an array handed on is counted at every pixel.
    """
    return math.floor(at.sy + at.z) - view.ground_y0, at.x - view.ground_x0


@part
def shadow_spot(look: Look, shape: Shape, view: View, at: Point) -> tuple[int, int]:
    """Return the row and column at which a place's shadow is read; they may lie outside."""
    sx, sy = at.sx, at.sy + at.z
    if look.kind == _WALL:
        sx += (shape.nx + shape.ny) * _BEFORE_WALL
        sy += (shape.nx - shape.ny) * _BEFORE_WALL * view.sine
    return math.floor(sy) - view.shadow_y0, math.floor(sx) - view.shadow_x0


@part
def has(size: tuple[int, int], spot: tuple[int, int]) -> bool:
    """Tell whether a raster of a size has a row and column."""
    return 0 <= spot[0] < size[0] and 0 <= spot[1] < size[1]


@part
def _ink(
    rules: Rules, look: Look, shape: Shape, ball: Ball, view: View, at: Point
) -> tuple[Ink, bool]:
    """Return the ink of a wall, roof or ball, and whether light can fall on it."""
    if look.kind == _WALL:
        light = -(shape.nx * view.sun_x + shape.ny * view.sun_y)
        return _wall_ink(rules, look, shape, light, at), light > 0.05
    if look.kind == _FLAT:
        deck = Deck(
            rules, look.material, look.seed, at.px, at.py,
            shape.x0, shape.x1, shape.y0, shape.y1,
            at.px * shape.way_x + at.py * shape.steep, at.py * shape.way_x - at.px * shape.steep,
            at.x, at.y,
        )  # fmt: skip
        return flat(look.style, deck), True
    if look.kind == _BALL:
        return _ball_ink(rules, look, ball, view, at), True
    nx, ny, nz = shape.nx, shape.ny, shape.nz
    light = -(nx * view.sun_x + ny * view.sun_y) * 0.8 + nz * 0.45
    tilt = Tilt(
        rules, look.material, look.seed, at.px, at.py, at.z - shape.z0, shape.z1 - shape.z0,
        nx, ny, nz, at.x, at.y,
    )  # fmt: skip
    return slope(look.style, tilt, light), light > 0.2


@part
def _wall_ink(rules: Rules, look: Look, shape: Shape, light: float, at: Point) -> Ink:
    width = max(int(np.floor(shape.sx1 - shape.sx0 + 0.5)), 1)
    height = int(np.floor(shape.z1 - shape.z0 + 0.5))
    u = min(max(int(np.floor(at.sx - shape.sx0)), 0), width - 1)
    v = int(np.floor(at.z - shape.z0))
    lit = light > 0.05
    tone = rules.light_front
    if not lit:
        tone = rules.light_shade
    elif look.floors and light <= 0.2:
        tone = rules.light_grazing
    spot = Spot(
        rules, look.material, look.trim, look.seed, u, width, v, height, 0,
        lit, tone, shape.steep, at.x, at.y,
    )  # fmt: skip
    if look.floors:
        return facade(spot, look.floors, look.flags)
    return wall(look.style, spot)


@part
def _ball_ink(rules: Rules, look: Look, ball: Ball, view: View, at: Point) -> Ink:
    ax, ay, az = (at.px - ball.x) / ball.r, (at.py - ball.y) / ball.r, (at.z - ball.z) / ball.rz
    light = -(ax * view.sun_x + ay * view.sun_y) * 0.75 + az * 0.6
    if look.style == _DOME:
        return look.material, dome_tone(light)
    return look.material, foliage_tone(rules, light, look.seed, at.x, at.y)


@part
def _settle(
    rules: Rules,
    pixel: Pixel,
    look: Look,
    ink: Ink,
    lit: bool,  # noqa: FBT001  kernels take no keywords
    above: float,
    at: Point,
) -> None:
    """Fill a pixel, darkened where it lies in shadow; a shadow's edge is dithered."""
    ramp, tone = ink
    if look.kind == _BALL:
        above -= 4  # the crown's own shadow begins inside it
    shaded = above > 1.5 or (above > 0.3 and dither(at.x, at.y, rules.texture_dither) < 0.5)
    if shaded and ramp == PANE:
        tone = 1
    elif shaded:
        deep = look.kind == _WALL or (3 <= tone <= 4 and look.kind != _BALL)
        tone -= rules.light_wall_shadow if deep else rules.light_shadow
        if look.kind == _GROUND and ramp in (WATER, SEA):
            tone = max(tone, 1)
    pixel.ramp, pixel.tone, pixel.lit, pixel.shaded = ramp, tone, lit, shaded
    pixel.kind, pixel.object, pixel.material = look.kind, look.object, look.material
