"""The rasterizer: which face each pixel shows, exactly.

A pixel shows the nearest face over its center. Everything is computed from global
coordinates in double precision, and an edge is computed the same from both sides,
so windows fit together and neighboring triangles leave no gap.
"""

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera, Floats
from isogen.kernels import kernel, part
from isogen.mesh.view import BALL_R, BALL_RZ, BALL_X, BALL_Y, BALL_Z, M0, MX, MY
from isogen.mesh.window import VOID_FACE, SceneWindow

_TIE = 1e-5
"""Art pixels of depth below which the face that comes first wins."""


def rasterize(scene: SceneWindow, camera: Camera, scale: int = 1) -> NDArray[np.int32]:
    """Return the face number of each pixel of a window.

    Args:
        scene: What may be seen.
        camera: The view that it was projected with.
        scale: Pixels per art pixel, each way.

    Returns:
        Indices into the scene's faces, or ``VOID_FACE``; shape
        (height * scale, width * scale).
    """
    window = scene.window
    ids = np.full((window.height * scale, window.width * scale), VOID_FACE, np.int32)
    near = np.full(ids.shape, -np.inf)
    _draw(
        scene.mesh.triangles,
        scene.mesh.owners,
        scene.mesh.faces.real,
        (window.x0 * scale, window.y0 * scale, 1 / scale, camera.sin_elevation),
        ids,
        near,
    )
    return ids


@kernel
def _draw(
    triangles: Floats,
    owners: NDArray[np.int32],
    planes: Floats,
    view: tuple[int, int, float, float],
    ids: NDArray[np.int32],
    near: Floats,
) -> None:
    """Draw all triangles and balls in their order; view: first pixel, pixel size, sine."""
    for t in range(len(owners)):
        if owners[t] < 0:
            _draw_ball(triangles[t], -owners[t] - 1, planes, view, ids, near)
        else:
            _draw_triangle(triangles[t], owners[t], planes, view, ids, near)


@part
def _rows(low: float, high: float, y0: int, step: float, height: int) -> tuple[int, int]:
    """Return the first row whose center may lie between two heights, and the last plus one."""
    first = max(np.floor(low / step - 0.5) - y0, 0.0)
    last = min(np.ceil(high / step - 0.5) - y0 + 1.0, float(height))
    return int(first), int(max(last, first))


@part
def _draw_triangle(
    corners: Floats,
    face: int,
    planes: Floats,
    view: tuple[int, int, float, float],
    ids: NDArray[np.int32],
    near: Floats,
) -> None:
    ax, ay, bx, by, cx, cy = corners
    x0, y0, step, _ = view
    height, width = ids.shape
    area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    if area == 0:
        return
    if area < 0:
        bx, by, cx, cy = cx, cy, bx, by
    m0, mx, my = planes[face, M0], planes[face, MX], planes[face, MY]
    top, end = _rows(min(ay, by, cy), max(ay, by, cy), y0, step, height)
    left, right = _rows(min(ax, bx, cx), max(ax, bx, cx), x0, step, width)
    if left == right:
        return
    for row in range(top, end):
        y = (y0 + row + 0.5) * step
        low, high = _cut(ax, ay, bx, by, y, x0, step, left, right)
        low, high = _cut(bx, by, cx, cy, y, x0, step, low, high)
        low, high = _cut(cx, cy, ax, ay, y, x0, step, low, high)
        base = m0 + my * y
        for column in range(low, high):
            m = base + mx * ((x0 + column + 0.5) * step)
            if m > near[row, column] + _TIE:
                near[row, column] = m
                ids[row, column] = face


@part
def _side(dx: float, dy: float, x: float, y: float) -> float:
    return dx * y - dy * x


@part
def _cut(
    ax: float,
    ay: float,
    bx: float,
    by: float,
    y: float,
    x0: int,
    step: float,
    low: int,
    high: int,
) -> tuple[int, int]:
    """Keep those columns of a row whose centers lie left of, or on, the way from a to b.

    The sign of an edge is computed from its lower end whichever way it is walked.
    Along a row it changes at most once, also in rounded arithmetic, so a guess
    from a division is moved until it is exact.
    """
    sign = 1.0
    if ay > by or (ay == by and ax > bx):
        ax, ay, bx, by, sign = bx, by, ax, ay, -1.0
    dx, dy = bx - ax, by - ay
    if dy == 0:
        inside = sign * dx * (y - ay) >= 0
        return (low, high) if inside else (low, low)
    guess = (ax + dx * (y - ay) / dy) / step - 0.5 - x0
    cut = int(np.ceil(min(max(guess, float(low)), float(high))))
    if sign > 0:  # inside is to the left: the last column that still holds, plus one
        while cut > low and sign * _side(dx, dy, (x0 + cut - 0.5) * step - ax, y - ay) < 0:
            cut -= 1
        while cut < high and sign * _side(dx, dy, (x0 + cut + 0.5) * step - ax, y - ay) >= 0:
            cut += 1
        return low, cut
    while cut > low and sign * _side(dx, dy, (x0 + cut - 0.5) * step - ax, y - ay) >= 0:
        cut -= 1
    while cut < high and sign * _side(dx, dy, (x0 + cut + 0.5) * step - ax, y - ay) < 0:
        cut += 1
    return cut, high


@part
def _draw_ball(
    box: Floats,
    face: int,
    planes: Floats,
    view: tuple[int, int, float, float],
    ids: NDArray[np.int32],
    near: Floats,
) -> None:
    x0, y0, step, sine = view
    height, width = ids.shape
    cx, cy, cz = planes[face, BALL_X], planes[face, BALL_Y], planes[face, BALL_Z]
    flat, tall = 1 / planes[face, BALL_R] ** 2, 1 / planes[face, BALL_RZ] ** 2
    a = 0.5 * flat + sine * sine * tall
    top, end = _rows(box[1], box[3], y0, step, height)
    left, right = _rows(box[0], box[2], x0, step, width)
    for row in range(top, end):
        y = (y0 + row + 0.5) * step
        dz = -y - cz
        for column in range(left, right):
            half = (x0 + column + 0.5) * step * 0.5
            dx, dy = half - cx, half - cy
            b = (dx - dy) * 0.5 * flat + dz * sine * tall
            c = (dx * dx + dy * dy) * flat + dz * dz * tall - 1.0
            inside = b * b - a * c
            if inside <= 0:
                continue
            m = (np.sqrt(inside) - b) / a
            if m > near[row, column] + _TIE:
                near[row, column] = m
                ids[row, column] = face
