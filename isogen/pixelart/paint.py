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
from isogen.pixelart.mist import Mist
from isogen.pixelart.style import CLASSIC, Style, load_style
from isogen.pixelart.surface import paint_surfaces
from isogen.pixelart.tables import Pixel, Raster, pixels_of, tables_of, view_of

__all__ = ["GUARD", "paint", "surfaces_of"]


def paint(
    scene: SceneWindow,
    ids: NDArray[np.int32],
    camera: Camera,
    guard: int = GUARD,
    style: Style | None = None,
    mist: Mist | None = None,
) -> NDArray[np.uint8]:
    """Paint a window, less the guard around it.

    Args:
        scene: The faces and planes of the window; its triangles are not read.
        ids: Face number of each art pixel of the scene's window, or ``VOID_FACE``.
        camera: The view that the scene was projected with.
        guard: Art pixels of the window on each side that are not painted; at least
            ``GUARD``.
        style: How to paint; absent for the classic style.
        mist: What hides the edge of the map, if anything does.

    Returns:
        Indices into any palette of the style, of the window's shape less the guard on each side.

    Raises:
        InputError: The guard is too narrow.
    """
    if guard < GUARD:
        raise InputError(f"the artist needs a guard of at least {GUARD}, got {guard}")
    height, width = ids.shape
    style = style or load_style(CLASSIC)
    pixels = surfaces_of(scene, ids, camera, style)
    out = np.empty((height - 2 * GUARD, width - 2 * GUARD), np.uint8)
    paint_edges(pixels, scene.window.x0, scene.window.y0, style.rules, style.ramps, out)
    if mist is not None and mist.reaches(scene.window):
        mist.veil(pixels, scene.window, camera, out)
    rest = guard - GUARD
    return out[rest : out.shape[0] - rest, rest : out.shape[1] - rest]


def surfaces_of(
    scene: SceneWindow, ids: NDArray[np.int32], camera: Camera, style: Style
) -> Raster[Pixel]:
    """Return what each pixel of a window shows, before outlines: the first pass of ``paint``."""
    tilt = camera.sin_elevation, camera.cos_elevation
    pixels = pixels_of(ids.shape)
    paint_surfaces(
        ids,
        *tables_of(scene.mesh.faces),
        view_of(scene, tilt, sun_of(camera).toward),
        style.rules,
        style.covers,
        np.asarray(scene.ground.values, np.uint8),
        np.asarray(scene.shadow.values, np.float32),
        pixels,
    )
    return pixels
