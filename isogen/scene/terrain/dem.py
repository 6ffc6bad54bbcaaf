"""A raster of heights in any coordinate system, as a project keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pyproj
from numpy.typing import NDArray
from pyproj.exceptions import ProjError

from isogen.errors import DataError, SourceError
from isogen.geo.camera import Floats

TERRAIN = "terrain.npz"
"""Name of the file in which a project keeps its terrain."""

LATLNG = "EPSG:4326"
MERCATOR = "EPSG:3857"

Affine = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: x = a * column + b * row + c and y = d * column + e * row + f at the
top left corner of a pixel."""


@dataclass(frozen=True)
class Dem:
    """Heights of the ground above the sea."""

    name: str
    """The setting that it was read for."""

    heights: NDArray[np.float32]
    """Meters, shape (rows, columns), without gaps."""

    crs: str
    """Coordinate system: what PROJ reads; x is east, y is north."""

    affine: Affine

    @cached_property
    def _to_crs(self) -> Callable[[Floats, Floats], tuple[Floats, Floats]]:
        return transform_between(LATLNG, self.crs)

    @cached_property
    def _to_pixel(self) -> tuple[tuple[float, float], tuple[float, float]]:
        a, b, _, d, e, _ = self.affine
        area = a * e - b * d
        return (e / area, -b / area), (-d / area, a / area)

    def pixels(self, lat: Floats, lng: Floats) -> tuple[Floats, Floats]:
        """Return columns and rows of places; the center of the first pixel is (0, 0)."""
        x, y = self._to_crs(lng, lat)
        x, y = x - self.affine[2], y - self.affine[5]
        (cx, cy), (rx, ry) = self._to_pixel
        return x * cx + y * cy - 0.5, x * rx + y * ry - 0.5

    def covers(self, lat: Floats, lng: Floats) -> NDArray[np.bool_]:
        """Tell for every place whether it lies on the raster."""
        column, row = self.pixels(lat, lng)
        rows, columns = self.heights.shape
        return (column >= -0.5) & (row >= -0.5) & (column <= columns - 0.5) & (row <= rows - 0.5)

    def at(self, lat: Floats, lng: Floats) -> Floats:
        """Return the heights of places in meters, between pixels in proportion.

        Beyond the raster the ground goes on as high as its edge is.
        """
        column, row = self.pixels(lat, lng)
        rows, columns = self.heights.shape
        column = np.clip(column, 0, columns - 1)
        row = np.clip(row, 0, rows - 1)
        u = np.minimum(np.floor(column).astype(np.int64), max(columns - 2, 0))
        v = np.minimum(np.floor(row).astype(np.int64), max(rows - 2, 0))
        right, below = np.minimum(u + 1, columns - 1), np.minimum(v + 1, rows - 1)
        a, b = column - u, row - v
        h = self.heights
        upper = h[v, u] * (1 - a) + h[v, right] * a
        lower = h[below, u] * (1 - a) + h[below, right] * a
        return upper * (1 - b) + lower * b

    def pack(self) -> bytes:
        """Return the bytes that a project keeps; equal values give equal bytes."""
        out = BytesIO()
        np.savez_compressed(
            out,
            allow_pickle=False,
            name=np.array(self.name),
            heights=self.heights,
            crs=np.array(self.crs),
            affine=np.array(self.affine, np.float64),
        )
        return out.getvalue()


def read_dem(path: Path) -> Dem:
    """Read the terrain that a project keeps.

    Raises:
        DataError: The file is not there or not one.
    """
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as data:
            a, b, c, d, e, f = data["affine"].tolist()
            return Dem(str(data["name"]), data["heights"], str(data["crs"]), (a, b, c, d, e, f))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise DataError(
            f"{path} is not the terrain of a project: {error}", hint="Run `isogen source` again."
        ) from error


def transform_between(
    source: str, target: str
) -> Callable[[Floats, Floats], tuple[Floats, Floats]]:
    """Return what turns x and y of one coordinate system into another's.

    Raises:
        SourceError: PROJ does not know one of them.
    """
    try:
        transformer = pyproj.Transformer.from_crs(source, target, always_xy=True)
    except ProjError as error:
        raise SourceError(f"the terrain has an unknown coordinate system: {error}") from error
    return transformer.transform


def fill_gaps(heights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return heights whose NaNs are replaced by means of what is known around them.

    Each gap is filled from the finest coarser raster that knows anything there.

    Raises:
        SourceError: Nothing is known at all.
    """
    known = np.isfinite(heights)
    if known.all():
        return heights
    if not known.any():
        raise SourceError("the terrain has no heights where the map is")
    rows, columns = heights.shape
    padded = np.full((rows + rows % 2, columns + columns % 2), np.nan, np.float32)
    padded[:rows, :columns] = heights
    quads = padded.reshape(padded.shape[0] // 2, 2, padded.shape[1] // 2, 2)
    count = np.isfinite(quads).sum(axis=(1, 3))
    total = np.nansum(quads.astype(np.float64), axis=(1, 3))
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan).astype(np.float32)
    coarse = fill_gaps(mean)
    wide = np.repeat(np.repeat(coarse, 2, axis=0), 2, axis=1)[:rows, :columns]
    return np.where(known, heights, wide)
