"""The sheet of everything: each kind of building, roof and thing in a style, with its name."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera
from isogen.image.lettering import ADVANCE_PX, HEIGHT_PX, lettered
from isogen.mesh.assemble import LoadedCell, cells_near
from isogen.mesh.cell import CellKey
from isogen.mesh.vocabulary import Material
from isogen.mesh.window import Window
from isogen.pixelart.indices import TONES
from isogen.pixelart.style import Style
from isogen.render.chart import PAPER, draw_chart
from isogen.render.draw import draw, load_cells
from isogen.scene.flavors import bundled_flavor
from isogen.scene.showroom.hall import PITCH_X, PITCH_Y, Place, showroom_of

CAMERA = Camera(42.0, 45.0, 300 / 1024, 2)
FLAVOR = "generic"

_NAME_Y = PITCH_Y - HEIGHT_PX - 3
_INK = Material.WHITE * TONES + TONES - 1
_EDGE = Material.DARK * TONES


class Sheet(NamedTuple):
    """A drawn showroom."""

    indices: NDArray[np.uint8]
    """Palette indices, shape (height, width)."""

    places: tuple[Place, ...]

    def stand(self, place: Place) -> NDArray[np.uint8]:
        """Return the palette indices of one stand; a view."""
        return self.indices[place.y : place.y + PITCH_Y, place.x : place.x + PITCH_X]


def draw_everything(style: Style, palette: str) -> NDArray[np.uint8]:
    """Draw the ramps of a palette, the specimens of the artist and the showroom, in this order.

    Returns:
        Palette indices, shape (height, width).
    """
    chart, room = draw_chart(style, palette), draw_showroom(style).indices
    aside = room.shape[1] - chart.shape[1]
    left = np.pad(chart, ((0, 0), (aside // 2, aside - aside // 2)), constant_values=PAPER)
    return np.concatenate([left, room])


class _Hall(NamedTuple):
    cells: dict[CellKey, LoadedCell]
    places: tuple[Place, ...]
    window: Window


@cache
def _hall() -> _Hall:
    room = showroom_of(CAMERA, bundled_flavor(FLAVOR))
    window = Window(0, 0, room.width, room.height)
    near = cells_near(window, CAMERA)
    keys = {CellKey(k.i + i, k.j + j) for k in near for j in (-1, 0, 1) for i in (-1, 0, 1)}
    parts = {key: room.source.build(key) for key in sorted(keys)}
    return _Hall(load_cells(parts, CAMERA), room.places, window)


def draw_showroom(style: Style) -> Sheet:
    """Draw one of everything in a style."""
    hall = _hall()
    indices = draw(hall.window, hall.cells, CAMERA, style)
    for place in hall.places:
        _label(indices, place)
    return Sheet(indices, hall.places)


def _label(onto: NDArray[np.uint8], place: Place) -> None:
    """Write a name under what stands there, with an edge that any ground leaves readable."""
    ink = lettered(place.name.replace("_", " "))
    width = ink.shape[1] - 1
    y, x = place.y + _NAME_Y, place.x + (PITCH_X - width) // 2
    onto[y - 1 : y + HEIGHT_PX + 1, x - 1 : x + width + 1] = _EDGE
    onto[y : y + HEIGHT_PX, x : x + width][ink[:, : len(ink[0]) - (ADVANCE_PX - 3)]] = _INK
