"""What a process does for one quadrant: draws it, or turns its faces into art."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from isogen.digest import Digest
from isogen.files import Durability
from isogen.geo.camera import Camera
from isogen.geo.grid import QUADRANT_PX, Quadrant
from isogen.image.faces_png import decode_faces, encode_faces
from isogen.image.png import decode, encode_indexed, expand, pixels_digest
from isogen.mesh.assemble import assemble, faces_of
from isogen.mesh.cell import CellKey
from isogen.mesh.window import VOID_FACE, Window
from isogen.params import Params
from isogen.pixelart.mist import Mist, mist_around
from isogen.pixelart.paint import GUARD, paint
from isogen.pixelart.palette import Palette
from isogen.pixelart.photo.look import PhotoLook
from isogen.pixelart.photo.paint import paint_photo
from isogen.pixelart.style import Style, load_style
from isogen.render.raster import rasterize
from isogen.render.rgb import render_rgb
from isogen.scene.reader import SceneReader
from isogen.stages.photo_window import photo_window_of, stitched
from isogen.store.layer import LayerStore
from isogen.store.objects import Objects

_RENDERS_KEPT = 96
"""Decoded renders that a process keeps, of 1 MiB each: three rows of a map 32 quadrants wide."""


@dataclass(frozen=True)
class Made:
    """An object that was made, as its row will say."""

    layer: str
    sha256: Digest
    pixels_sha256: Digest
    width: int
    height: int
    bytes: int


@dataclass(frozen=True)
class QuadrantJob:
    """A quadrant to draw or to paint."""

    quadrant: Quadrant
    cells: tuple[CellKey, ...]
    faces: Digest | None = None
    """Object to paint; absent when the quadrant is to be drawn."""

    pictures: tuple[tuple[Quadrant, Digest], ...] = ()
    """Renders to paint from: the quadrant's and its neighbors'."""


@dataclass(frozen=True)
class QuadrantResult:
    """What came of a quadrant."""

    made: tuple[Made, ...]
    seconds: float


class _Worker:
    """What one process keeps between jobs."""

    camera: Camera
    reader: SceneReader
    data: Path
    durability: Durability
    style: Style
    mist: Mist | None
    palette: Palette
    photo: PhotoLook


def start_worker(params: Params, scene: Path, data: Path, styles: Path) -> None:
    """Prepare a process: open the scene, load the style."""
    _Worker.camera = params.camera
    _Worker.reader = SceneReader(scene, params.camera)
    _Worker.mist = mist_of(params, _Worker.reader.index.extent)
    _Worker.data, _Worker.durability = data, Durability(params.store.durability)
    _Worker.style = load_style(params.generate.style, styles)
    _Worker.palette = _Worker.style.palette(params.generate.palette)
    photo = params.generate.photo
    _Worker.photo = PhotoLook(photo.black, photo.white, photo.saturation, photo.outline)


def mist_of(params: Params, extent: Sequence[tuple[float, float]] | None) -> Mist | None:
    """Return the mist around a source's outline on the plane, if settings want any."""
    if params.scene.edge != "mist" or not extent:
        return None
    return mist_around(np.array(extent), params.camera)


def window_of(quadrant: Quadrant, camera: Camera) -> Window:
    """Return the art pixels of a quadrant with the guard around it."""
    x0, y0, x1, y1 = quadrant.art_box(camera.pixel_size)
    return Window(x0 - GUARD, y0 - GUARD, x1 - x0 + 2 * GUARD, y1 - y0 + 2 * GUARD)


def render_quadrant(job: QuadrantJob) -> QuadrantResult:
    """Draw the faces and the render of a quadrant and store both."""
    started = perf_counter()
    window = window_of(job.quadrant, _Worker.camera)
    cells = [_Worker.reader.load(k) for k in job.cells]
    scene = assemble(window, cells, _Worker.camera)
    ids = rasterize(scene, _Worker.camera)
    names = np.append(scene.names, np.int32(VOID_FACE))[ids]  # VOID_FACE is the last one
    faces_png = encode_faces(names, scene.cells, GUARD)
    render, colors = render_rgb(scene, _Worker.camera, GUARD)
    render = _own(render, job.quadrant)
    made = (
        _store("faces", faces_png, faces_rgba(names)),
        _store("render", encode_indexed(render, colors), expand(render, colors)),
    )
    return QuadrantResult(made, perf_counter() - started)


def paint_quadrant(job: QuadrantJob) -> QuadrantResult:
    """Turn the faces of a quadrant into pixel art and store it.

    Raises:
        DataError: The faces picture is not one, or is broken.
    """
    started = perf_counter()
    camera = _Worker.camera
    assert job.faces is not None  # noqa: S101  the stage hands out painting jobs with faces
    picture = decode_faces(_objects("faces").get(job.faces))
    cells = [_Worker.reader.load(k) for k in picture.cells]
    scene, ids = faces_of(window_of(job.quadrant, camera), picture.names, cells, camera)
    indices = paint(scene, ids, camera, picture.guard, _Worker.style, _Worker.mist)
    colors, scale = _Worker.palette.colors, camera.pixel_size
    if QUADRANT_PX % scale:
        wide = np.repeat(np.repeat(indices, scale, axis=1), scale, axis=0)
        indices, scale = _own(wide, job.quadrant), 1
    art = encode_indexed(indices, colors, scale=scale)
    made = _store("generation", art, expand(indices, colors, scale=scale))
    return QuadrantResult((made,), perf_counter() - started)


def paint_photo_quadrant(job: QuadrantJob) -> QuadrantResult:
    """Turn the render of a quadrant into pixel art and store it.

    Raises:
        DataError: A render is broken.
    """
    started = perf_counter()
    scale = _Worker.camera.pixel_size
    renders = {q: _render_of(_Worker.data, digest) for q, digest in job.pictures}
    picture = stitched(job.quadrant, renders, scale)
    window = photo_window_of(job.quadrant, scale)
    colors = _Worker.palette.colors
    indices = paint_photo(picture, (window.x0, window.y0), scale, colors, _Worker.photo)
    screen = _own(indices.repeat(scale, axis=0).repeat(scale, axis=1), job.quadrant)
    made = _store("generation", encode_indexed(screen, colors), expand(screen, colors))
    return QuadrantResult((made,), perf_counter() - started)


@lru_cache(maxsize=_RENDERS_KEPT)
def _render_of(data: Path, digest: Digest) -> NDArray[np.uint8]:
    """Return the RGBA pixels of a render; eight neighbors look at the same one."""
    objects = LayerStore(data, "render", durability=_Worker.durability).objects
    return decode(objects.get(digest), max_pixels=QUADRANT_PX * QUADRANT_PX)


def faces_rgba(names: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Return the RGBA pixels of a faces picture: what any reader of the PNG sees."""
    rgba = names.astype(">i4").view(np.uint8).reshape(*names.shape, 4)[..., [1, 2, 3, 0]]
    rgba[..., 3] = 255
    return rgba


def _own(pixels: NDArray[np.uint8], quadrant: Quadrant) -> NDArray[np.uint8]:
    """Cut the screen pixels of a quadrant out of those of the art pixels it shows some of."""
    left, top = (v % _Worker.camera.pixel_size for v in quadrant.box[:2])
    return np.ascontiguousarray(pixels[top : top + QUADRANT_PX, left : left + QUADRANT_PX])


def _objects(layer: str) -> Objects:
    return LayerStore(_Worker.data, layer, durability=_Worker.durability).objects


def _store(layer: str, png: bytes, rgba: NDArray[np.uint8]) -> Made:
    digest = _objects(layer).put(png)
    height, width = rgba.shape[:2]
    return Made(layer, digest, pixels_digest(rgba), width, height, len(png))
