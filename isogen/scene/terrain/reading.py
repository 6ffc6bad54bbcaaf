"""Reads any file of heights that is understood."""

from pathlib import Path

from isogen.errors import InputError, SourceError
from isogen.scene.terrain.dem import Dem
from isogen.scene.terrain.geotiff import Box, read_geotiff
from isogen.scene.terrain.rgb_tiles import read_tiles

MARGIN_DEG = 0.02
"""What is kept around an extract: cells reach beyond it."""

_NORTHERNMOST = 89.9


def read_terrain(path: Path, name: str, bbox: Box) -> Dem:
    """Read the terrain of a map: a GeoTIFF, a terrain-RGB picture or a folder of such tiles.

    Args:
        path: The file or folder.
        name: The setting that names it.
        bbox: South, west, north and east of the extract in degrees.

    Raises:
        InputError: There is nothing at the path, or nothing says where it lies.
        SourceError: It is not readable, or does not cover the map.
    """
    south, west, north, east = bbox
    m = MARGIN_DEG
    box = (
        max(south - m, -_NORTHERNMOST), west - m, min(north + m, _NORTHERNMOST), east + m,
    )  # fmt: skip
    if not path.exists():
        raise InputError(
            f"there is no terrain {path}",
            hint="scene.terrain is relative to the folder of params.yaml; null is flat.",
        )
    if path.is_dir() or path.suffix.lower() == ".png":
        return read_tiles(path, name, box)
    if path.suffix.lower() not in {".tif", ".tiff"}:
        raise SourceError(
            f"{path} is neither a GeoTIFF nor a PNG",
            hint="Turn it into one with `gdal_translate`.",
        )
    return read_geotiff(path, name, box)
