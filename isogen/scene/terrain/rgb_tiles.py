"""Reads heights that are written as colors: Mapbox's terrain-RGB and Terrarium PNG tiles."""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from isogen.errors import InputError, SourceError
from isogen.scene.terrain.dem import LATLNG, MERCATOR, Dem, fill_gaps

_HALF_EARTH_M = 20037508.342789244
_NAME = re.compile(r"(\d{1,2})[/_-](\d{1,8})[/_-](\d{1,8})\.png$")
_TERRARIUM_FROM = 64
"""Red of Terrarium pixels is above this anywhere on Earth, that of terrain-RGB below."""

_MOST_TILES = 4096

Box = tuple[float, float, float, float]
"""South, west, north and east in degrees."""


@dataclass(frozen=True, order=True)
class _Tile:
    zoom: int
    row: int
    column: int
    path: Path


def heights_of(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the meters that colors of shape (..., 3) mean; which encoding is seen by red."""
    red, green, blue = (rgb[..., k].astype(np.float64) for k in range(3))
    if np.median(red) >= _TERRARIUM_FROM:
        return (red * 256 + green + blue / 256 - 32768).astype(np.float32)
    return (-10000 + (red * 65536 + green * 256 + blue) * 0.1).astype(np.float32)


def read_tiles(path: Path, name: str, box: Box) -> Dem:
    """Read the heights of a box of the Earth.

    Args:
        path: A PNG, or a folder of PNGs. Where they lie is said by their names, z/x/y.png
            (also z_x_y.png), or, for a single one, by a file of the same name that ends in
            .json: {"bounds": [south, west, north, east]}.
        name: The setting that names it.
        box: What the map needs.

    Raises:
        SourceError: A tile is not readable, or none covers the box.
        InputError: Nothing says where a tile lies.
    """
    beside = path.with_suffix(".json")
    if path.is_file() and beside.is_file():
        return _placed(path, beside, name)
    files = [path] if path.is_file() else sorted(path.rglob("*.png"))
    tiles = [tile for file in files if (tile := _tile(file)) is not None]
    if not tiles:
        raise InputError(
            f"nothing says where the terrain in {path} lies",
            hint="Name tiles z/x/y.png, or put a .json with bounds beside a single picture.",
        )
    finest = max(tile.zoom for tile in tiles)
    needed = sorted(t for t in tiles if t.zoom == finest and _meets(t, box))
    if not needed:
        raise SourceError(
            f"no tile of zoom {finest} in {path} covers the map",
            hint="Get tiles that cover the extract, or set scene.terrain to null.",
        )
    return _mosaic(needed, name)


def _tile(path: Path) -> _Tile | None:
    found = _NAME.search(path.as_posix())
    if found is None:
        return None
    zoom, column, row = (int(v) for v in found.groups())
    return _Tile(zoom, row, column, path)


def _meets(tile: _Tile, box: Box) -> bool:
    south, west, north, east = box
    n = 1 << tile.zoom
    low, high = _row_of(north, n), _row_of(south, n)
    left, right = (west + 180) / 360 * n, (east + 180) / 360 * n
    return low - 1 < tile.row <= high and left - 1 < tile.column <= right


def _row_of(lat: float, n: int) -> float:
    return (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n


def _mosaic(tiles: list[_Tile], name: str) -> Dem:
    rows, columns = _range(t.row for t in tiles), _range(t.column for t in tiles)
    if len(rows) * len(columns) > _MOST_TILES:
        raise InputError(
            f"the map needs {len(rows) * len(columns)} tiles of terrain, at most {_MOST_TILES} fit",
            hint="Give tiles of a lower zoom.",
        )
    first = _read(tiles[0].path)
    side = first.shape[0]
    whole = np.full((len(rows) * side, len(columns) * side), np.nan, np.float32)
    for tile in tiles:
        heights = _read(tile.path)
        if heights.shape != (side, side):
            raise SourceError(f"{tile.path} is {heights.shape}, others are {(side, side)} pixels")
        y, x = (tile.row - rows[0]) * side, (tile.column - columns[0]) * side
        whole[y : y + side, x : x + side] = heights
    size = 2 * _HALF_EARTH_M / (1 << tiles[0].zoom)
    left, top = columns[0] * size - _HALF_EARTH_M, _HALF_EARTH_M - rows[0] * size
    pixel = size / side
    return Dem(name, fill_gaps(whole), MERCATOR, (pixel, 0.0, left, 0.0, -pixel, top))


def _range(values: Iterable[int]) -> range:
    known = list(values)
    return range(min(known), max(known) + 1)


def _placed(path: Path, beside: Path, name: str) -> Dem:
    try:
        south, west, north, east = (float(v) for v in json.loads(beside.read_text())["bounds"])
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{beside} does not say where {path.name} lies: {error}",
            hint='It should hold {"bounds": [south, west, north, east]}.',
        ) from error
    heights = _read(path)
    rows, columns = heights.shape
    wide, tall = (east - west) / columns, (south - north) / rows
    return Dem(name, fill_gaps(heights), LATLNG, (wide, 0.0, west, 0.0, tall, north))


def _read(path: Path) -> NDArray[np.float32]:
    try:
        with Image.open(path) as picture:
            return heights_of(np.asarray(picture.convert("RGB")))
    except (OSError, UnidentifiedImageError, ValueError) as error:
        raise SourceError(f"{path} is not a picture of heights: {error}") from error
