"""The built-in artist: faces in, palette indices out.

A pixel depends on the faces up to ``GUARD`` art pixels around it and on global
positions, and on nothing else, so pictures painted apart fit together exactly.
"""

import numpy as np
from numpy.typing import NDArray

from isogen.errors import InputError
from isogen.geo.camera import Camera
from isogen.mesh.shadow import sun_of
from isogen.mesh.window import SceneWindow
from isogen.pixelart.edges import GUARD, paint_edges
from isogen.pixelart.surface import Layers, Plane, Table, View, paint_surfaces

__all__ = ["GUARD", "paint"]


def paint(
    scene: SceneWindow, ids: NDArray[np.int32], camera: Camera, guard: int = GUARD
) -> NDArray[np.uint8]:
    """Paint a window, less the guard around it.

    Args:
        scene: The faces and planes of the window; its triangles are not read.
        ids: Face number of each art pixel of the scene's window, or ``VOID_FACE``.
        camera: The view that the scene was projected with.
        guard: Art pixels of the window on each side that are not painted; at least
            ``GUARD``.

    Returns:
        Indices into any palette, of the window's shape less the guard on each side.

    Raises:
        InputError: The guard is too narrow.
    """
    if guard < GUARD:
        raise InputError(f"the artist needs a guard of at least {GUARD}, got {guard}")
    window, faces = scene.window, scene.mesh.faces
    height, width = ids.shape
    sun_x, sun_y = sun_of(camera).toward
    table = Table(faces.whole, faces.real)
    layers = Layers(
        ids,
        np.empty(ids.shape, np.uint8),
        np.empty(ids.shape, np.int8),
        np.empty(ids.shape, np.uint8),
        np.empty(ids.shape, np.float64),
    )
    paint_surfaces(
        table,
        View(window.x0, window.y0, camera.sin_elevation, camera.cos_elevation, sun_x, sun_y),
        Plane(scene.ground.values, scene.ground.x0, scene.ground.y0),
        Plane(scene.shadow.values, scene.shadow.x0, scene.shadow.y0),
        layers,
    )
    out = np.empty((height - 2 * GUARD, width - 2 * GUARD), np.uint8)
    paint_edges(table, layers, out)
    rest = guard - GUARD
    return out[rest : out.shape[0] - rest, rest : out.shape[1] - rest]
