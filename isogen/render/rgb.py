"""The render: a plain picture of the scene in full resolution, for models and people.

Light comes from the same sun as in the pixel art, surfaces are even, and nothing
has an outline. Few levels of light keep it within 256 colors.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera
from isogen.kernels import kernel, part
from isogen.mesh.cell import VOID
from isogen.mesh.shadow import sun_of
from isogen.mesh.vocabulary import CLASS_MASK, FlatStyle, Kind, Material
from isogen.mesh.window import SceneWindow, Window
from isogen.pixelart.mapped import ground_class
from isogen.pixelart.surface import UNSHADED, ground_spot, has, locate, shadow_spot
from isogen.pixelart.tables import Ball, Look, Point, Rows, Shape, View, tables_of, view_of
from isogen.render.materials import COLORS, GROUND_MATERIALS, LEVELS, NOTHING_INDEX
from isogen.render.openings import BARE, GLAZED, Panel, front, opening
from isogen.render.raster import rasterize

_WALL = int(Kind.WALL)
_FLAT = int(Kind.FLAT)
_BALL = int(Kind.BALL)
_GROUND = int(Kind.GROUND)
_LAID = int(FlatStyle.LAID)
_PANE = int(Material.PANE)

_AMBIENT = 0.34
"""Light of the sky on an upright wall."""

_SKYLIGHT = 0.16
"""More of it on what faces up."""

_FILL = 0.06
"""A little of it from the lower right, so that the walls of a corner differ in shade."""

_SUNLIGHT = 0.61
"""Light of the sun on what faces it."""

_GRAZING = 0.35
"""Share of it that falls on what the sun only just reaches, as on rough plaster."""

_SUN_FLAT = 0.574
_SUN_UP = 0.819
"""Cosine and sine of the sun's height above the horizon, 55 degrees."""

_EDGE = 0.5
"""Rises of shadow over a place from which it lies in shadow."""

_CROWN = 4.0
"""Rises of a ball's own shadow, which begins inside it."""

_STEPS = np.array([0.39, 0.49, 0.62, 0.70, 0.95])
"""Brightness from which each level but the darkest begins."""


def render_rgb(
    scene: SceneWindow, camera: Camera, guard: int = 0
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Draw a window in screen pixels.

    Args:
        scene: What may be seen.
        camera: The view that it was projected with.
        guard: Art pixels of the window on each side that are not drawn.

    Returns:
        Indices of shape (height, width) in screen pixels, and the 256 colors they mean.
    """
    outer, scale = scene.window, camera.pixel_size
    inner = Window(
        outer.x0 + guard, outer.y0 + guard, outer.width - 2 * guard, outer.height - 2 * guard
    )
    scene = replace(scene, window=inner)
    ids = rasterize(scene, camera, scale)
    out = np.empty(ids.shape, np.uint8)
    tilt = camera.sin_elevation, camera.cos_elevation
    _light_pixels(
        ids,
        *tables_of(scene.mesh.faces),
        view_of(scene, tilt, sun_of(camera).toward),
        np.asarray(scene.ground.values, np.uint8),
        np.asarray(scene.shadow.values, np.float32),
        1 / scale,
        out,
    )
    return out, COLORS


@kernel
def _light_pixels(
    ids: NDArray[np.int32],
    looks: Rows[Look],
    shapes: Rows[Shape],
    balls: Rows[Ball],
    view: View,
    classes: NDArray[np.uint8],
    shadow: NDArray[np.float32],
    step: float,
    out: NDArray[np.uint8],
) -> None:
    sunny, shady = _face_levels(looks, shapes, view)
    height, width = ids.shape
    for row in range(height):
        sy = view.y0 + (row + 0.5) * step
        for column in range(width):
            face = ids[row, column]
            if face < 0:
                out[row, column] = NOTHING_INDEX
                continue
            look, shape, ball = looks[face], shapes[face], balls[face]
            at, _ = locate(look, shape, ball, view, view.x0 + (column + 0.5) * step, sy)
            above = UNSHADED
            spot = shadow_spot(look, shape, view, at)
            if has(shadow.shape, spot):
                above = shadow[spot] - at.z
            level = int(sunny[face] if above <= _EDGE else shady[face])
            if look.kind == _WALL:
                out[row, column] = _on_wall(look, shape, at, level)
            elif look.kind == _GROUND:
                spot = ground_spot(view, at)
                mapped = int(classes[spot]) if has(classes.shape, spot) else VOID
                out[row, column] = _on_ground(ground_class(look, mapped), level)
            elif look.kind == _BALL:
                out[row, column] = look.material * LEVELS + _ball_level(ball, view, at, above)
            else:
                out[row, column] = _on_roof(look, level)


@part
def _on_ground(c: int, level: int) -> int:
    return NOTHING_INDEX if c == VOID else GROUND_MATERIALS[c] * LEVELS + level


@part
def _on_roof(look: Look, level: int) -> int:
    """Return the index of a roof, or of a deck, which may be laid as some ground is."""
    if look.kind == _FLAT and look.style == _LAID:
        return _on_ground(look.seed & CLASS_MASK, level)
    return look.material * LEVELS + level


@part
def _face_levels(
    looks: Rows[Look], shapes: Rows[Shape], view: View
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the level of each planar face in the sun and in shadow."""
    count = len(looks)
    sunny, shady = np.empty(count, np.uint8), np.empty(count, np.uint8)
    for face in range(count):
        shape = shapes[face]
        nx, ny, nz = shape.nx, shape.ny, shape.nz
        if looks[face].kind == _GROUND:
            nx, ny, nz = 0.0, 0.0, 1.0
        sunny[face] = _level(_sky_light(nx, nz) + _sun_light(nx, ny, nz, view))
        shady[face] = _level(_sky_light(nx, nz))
    return sunny, shady


@part
def _sky_light(nx: float, nz: float) -> float:
    return _AMBIENT + _SKYLIGHT * nz + _FILL * nx


@part
def _sun_light(nx: float, ny: float, nz: float, view: View) -> float:
    facing = -(nx * view.sun_x + ny * view.sun_y) * _SUN_FLAT + nz * _SUN_UP
    return _SUNLIGHT * (_GRAZING + (1 - _GRAZING) * facing) if facing > 0 else 0.0


@part
def _ball_level(ball: Ball, view: View, at: Point, above: float) -> int:
    nx, ny, nz = _ball_normal(ball, at)
    light = _sky_light(nx, nz)
    if above <= _EDGE + _CROWN:
        light += _sun_light(nx, ny, nz, view)
    return _level(light)


@part
def _level(light: float) -> int:
    level = 0
    for step in _STEPS:
        level += light >= step
    return level


@part
def _ball_normal(ball: Ball, at: Point) -> tuple[float, float, float]:
    nx, ny = (at.px - ball.x) / (ball.r * ball.r), (at.py - ball.y) / (ball.r * ball.r)
    nz = (at.z - ball.z) / (ball.rz * ball.rz)
    length = np.sqrt(nx * nx + ny * ny + nz * nz) + 1e-12
    return nx / length, ny / length, nz / length


@part
def _on_wall(look: Look, shape: Shape, at: Point, level: int) -> int:
    """Return the index of a spot of a wall: its own material, its trim, or a window."""
    panel = Panel(
        at.sx - shape.sx0, at.z - shape.z0,
        shape.sx1 - shape.sx0, shape.z1 - shape.z0, shape.steep,
    )  # fmt: skip
    what = front(panel, look.floors, look.flags) if look.floors else opening(panel, look.style)
    if what == BARE:
        return look.material * LEVELS + level
    if what == GLAZED:
        return _PANE * LEVELS + max(level - 2, 0)
    return look.trim * LEVELS + level
