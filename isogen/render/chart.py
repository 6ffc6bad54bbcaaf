"""The chart of a style: its ramps with their names, and the sheet of specimens below."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera
from isogen.image.lettering import HEIGHT_PX, lettered
from isogen.mesh.assemble import LoadedCell
from isogen.mesh.cell import CellKey
from isogen.mesh.vocabulary import Material
from isogen.pixelart.indices import TONES, VOID_RAMP
from isogen.pixelart.style import Style
from isogen.render.draw import draw, load_cells
from isogen.render.specimen import KEY, SHEET, specimen

CAMERA = Camera(-15.0, 45.0, 300 / 1024, 2)
"""The view of the sheet: that of a map with default settings."""

_COLUMNS = 4
_LINE, _HEAD, _MARGIN = 9, 14, 6
_NAME, _SWATCH = 44, 12
"""Art pixels of a ramp's name and of each of its colors."""

PAPER = VOID_RAMP * TONES
_TEXT = Material.WHITE * TONES + TONES - 1


def draw_sheet(style: Style) -> NDArray[np.uint8]:
    """Return the palette indices of the sheet of specimens; shape as ``SHEET``."""
    return draw(SHEET, _cells(), CAMERA, style)


@cache
def _cells() -> dict[CellKey, LoadedCell]:
    return load_cells({KEY: specimen(CAMERA)}, CAMERA)


def draw_chart(style: Style, palette: str) -> NDArray[np.uint8]:
    """Return the palette indices of the chart; ``palette`` is named in its title."""
    names = [m.name for m in Material] + ["VOID"]
    lines = -(-len(names) // _COLUMNS)
    head = np.full((_HEAD + _LINE * lines + _MARGIN, SHEET.width), PAPER, np.uint8)
    _write(head, _MARGIN, _MARGIN, f"{style.file.title}: {style.palette(palette).title}")
    for ramp, name in enumerate(names):
        x = _MARGIN + (SHEET.width - _MARGIN) // _COLUMNS * (ramp // lines)
        y = _HEAD + _LINE * (ramp % lines)
        _write(head, x, y + 2, name)
        for tone in range(TONES if ramp != VOID_RAMP else 4):
            left = x + _NAME + _SWATCH * tone
            head[y : y + _LINE - 1, left : left + _SWATCH] = ramp * TONES + tone
    return np.concatenate([head, draw_sheet(style)])


def _write(onto: NDArray[np.uint8], x: int, y: int, text: str) -> None:
    ink = lettered(text)[:, : onto.shape[1] - x]
    onto[y : y + HEIGHT_PX, x : x + ink.shape[1]][ink] = _TEXT
