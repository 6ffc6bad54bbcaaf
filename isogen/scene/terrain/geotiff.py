"""The edge to GDAL: reads the part of a GeoTIFF that a map needs."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# rasterio has no types.

from pathlib import Path

import numpy as np
import rasterio
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.windows import Window

from isogen.errors import SourceError
from isogen.scene.terrain.dem import LATLNG, Affine, Dem, fill_gaps, transform_between

MOST_PIXELS = 4096
"""Finer rasters are averaged down to this many pixels along a side: no map shows more."""

Box = tuple[float, float, float, float]
"""South, west, north and east in degrees."""


def read_geotiff(path: Path, name: str, box: Box) -> Dem:
    """Read the heights of a box of the Earth; gaps are filled from around them.

    Args:
        path: The file; its first band holds meters.
        name: The setting that names it.
        box: What the map needs.

    Raises:
        SourceError: It is not readable, says not where it lies, or lies elsewhere.
    """
    try:
        with rasterio.open(path) as raster:
            if raster.crs is None:
                raise SourceError(
                    f"{path} does not say where on Earth it lies: it has no coordinate system",
                    hint="Give it one, for example with `gdal_edit.py -a_srs EPSG:4326 FILE`.",
                )
            crs = raster.crs.to_wkt()
            window = _window(box, crs, raster)
            if window is None:
                bounds = ", ".join(f"{v:.6g}" for v in raster.bounds)
                raise SourceError(
                    f"{path} does not cover the map: it lies at {bounds} of {crs[:60]}",
                    hint="Get one that covers the extract, or set scene.terrain to null.",
                )
            shrink = max(window.width / MOST_PIXELS, window.height / MOST_PIXELS, 1.0)
            shape = (
                max(round(window.height / shrink), 1), max(round(window.width / shrink), 1)
            )  # fmt: skip
            band = raster.read(
                1, window=window, masked=True, out_shape=shape, resampling=Resampling.average
            )
            t = raster.window_transform(window)
    except RasterioError as error:
        raise SourceError(f"{path} is not a raster that can be read: {error}") from error
    heights = np.ma.filled(band.astype(np.float32), np.nan)
    wide, tall = window.width / shape[1], window.height / shape[0]
    affine: Affine = (t.a * wide, t.b * tall, t.c, t.d * wide, t.e * tall, t.f)
    return Dem(name, fill_gaps(heights), crs, affine)


def _window(box: Box, crs: str, raster: rasterio.DatasetReader) -> Window | None:
    """Return the pixels of a raster that a box needs, or None."""
    south, west, north, east = box
    side = np.linspace(0.0, 1.0, 21)
    lat = south + (north - south) * np.repeat(side, len(side))
    lng = west + (east - west) * np.tile(side, len(side))
    x, y = transform_between(LATLNG, crs)(lng, lat)
    known = np.isfinite(x) & np.isfinite(y)
    inverse = ~raster.transform
    column = inverse.a * x[known] + inverse.b * y[known] + inverse.c
    row = inverse.d * x[known] + inverse.e * y[known] + inverse.f
    if not len(column):
        return None
    x0, y0 = max(int(np.floor(column.min())) - 2, 0), max(int(np.floor(row.min())) - 2, 0)
    x1 = min(int(np.ceil(column.max())) + 2, raster.width)
    y1 = min(int(np.ceil(row.max())) + 2, raster.height)
    meets = x1 > x0 and y1 > y0
    return Window(x0, y0, x1 - x0, y1 - y0) if meets else None  # pyright: ignore[reportCallIssue]
