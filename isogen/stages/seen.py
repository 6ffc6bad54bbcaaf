"""What a quadrant of the map shows, art pixel by art pixel, for its measures."""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera, Floats
from isogen.geo.grid import Quadrant
from isogen.image.faces_png import decode_faces
from isogen.mesh.assemble import faces_of
from isogen.mesh.cell import VOID
from isogen.mesh.vocabulary import Kind
from isogen.pixelart.outlines import Outlines, outlines_of
from isogen.pixelart.paint import surfaces_of
from isogen.pixelart.style import Style
from isogen.pixelart.tables import FIRST_GROUND, NOTHING
from isogen.scene.reader import SceneReader
from isogen.stages.quadrant_work import window_of


@dataclass(frozen=True)
class Seen:
    """The art pixels whose upper left corner lies in a quadrant; all have the same shape."""

    classes: NDArray[np.uint8]
    """Ground class, ``VOID`` where something other than ground is seen."""

    objects: NDArray[np.int32]

    depths: Floats
    """Art pixels toward the viewer; ``-inf`` where nothing is shown."""

    things: NDArray[np.bool_]
    """Where something stands on the ground."""


def seen_in(quadrant: Quadrant, faces: bytes, reader: SceneReader, style: Style) -> Seen:
    """Return what a faces picture shows.

    Raises:
        DataError: It is not one, or is broken.
        ObjectMissingError: A cell that it shows is gone.
    """
    camera = reader.camera
    picture = decode_faces(faces)
    window = window_of(quadrant, camera)
    cells = [reader.load(key) for key in picture.cells]
    scene, ids = faces_of(window, picture.names, cells, camera)
    x0, y0, x1, y1 = _own(quadrant, camera)
    rows = slice(y0 - window.y0, y1 - window.y0)
    columns = slice(x0 - window.x0, x1 - window.x0)
    pixels = cast("NDArray[np.void]", surfaces_of(scene, ids, camera, style))[rows, columns]
    kinds, surfaces = pixels["kind"], pixels["surface"]
    is_ground = kinds == int(Kind.GROUND)
    return Seen(
        np.where(is_ground, surfaces - FIRST_GROUND, VOID).astype(np.uint8),
        pixels["object"],
        np.where(kinds == NOTHING, -np.inf, pixels["depth"]),
        ~is_ground & (kinds != NOTHING),
    )


def outlines_in(
    quadrant: Quadrant, seen: Seen, pixels: NDArray[np.uint8], camera: Camera
) -> Outlines:
    """Measure the outlines of a quadrant's picture, shape (512, 512, 3)."""
    x0, y0, x1, y1 = _own(quadrant, camera)
    left, top, size = *quadrant.box[:2], camera.pixel_size
    rows, columns = np.arange(y0, y1) * size - top, np.arange(x0, x1) * size - left
    return outlines_of(pixels[np.ix_(rows, columns)], seen.objects, seen.depths, seen.things)


def _own(quadrant: Quadrant, camera: Camera) -> tuple[int, int, int, int]:
    """Return x0, y0, x1, y1 of the art pixels whose upper left corner lies in a quadrant."""
    x0, y0, x1, y1 = (-(-v // camera.pixel_size) for v in quadrant.box)
    return x0, y0, x1, y1
