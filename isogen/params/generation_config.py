"""Takes over a map described by the ``generation_config.json`` of isometric-nyc.

Its seed is our origin, its elevation is counted downward, and its tile (0, 0) is centered
on the seed, so that quadrant (0, 0) is the tile's top-left one here as well.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from isogen.errors import ParamsError
from isogen.params.faults import checked
from isogen.params.model import Params
from isogen.params.reading import read_text

Count = Annotated[int, Field(gt=0, le=100_000)]

_NOTICES = {
    "app_defaults": "app_defaults is not used: export.site.default_zoom says how the map opens",
}


@dataclass(frozen=True)
class Conversion:
    """Settings taken over from elsewhere."""

    params: Params
    notices: tuple[str, ...]
    """What was not taken over, and why."""


class _Source(BaseModel):
    model_config = ConfigDict(
        allow_inf_nan=False, extra="ignore", strict=True, use_attribute_docstrings=True
    )


class _Seed(_Source):
    lat: float
    """Degrees north, from -90 to 90."""

    lng: float
    """Degrees east, from -180 to 180."""


class _Config(_Source):
    name: str
    """Name of the map."""

    seed: _Seed
    """The place at the center of tile (0, 0)."""

    n_tiles_x: Count
    """Tiles from left to right: a whole number above 0."""

    n_tiles_y: Count
    """Tiles from top to bottom: a whole number above 0."""

    camera_azimuth_degrees: float
    """Compass heading of screen-up, in degrees."""

    camera_elevation_degrees: float = Field(ge=-75, le=-15)
    """Degrees, from -75 to -15: the camera looks down."""

    width_px: Literal[1024]
    """Tiles of other sizes than 1024 pixels cannot be taken over."""

    height_px: Literal[1024]
    """Tiles of other sizes than 1024 pixels cannot be taken over."""

    view_height_meters: float
    """Meters that the height of a tile shows."""

    tile_step: float = Field(default=0.5, multiple_of=0.5, gt=0, le=1)
    """Distance of tiles, in tiles: 0.5 or 1."""


def params_from_generation_config(path: Path) -> Conversion:
    """Return the settings of the map that a ``generation_config.json`` describes.

    Raises:
        ParamsError: The file cannot be read, lacks a key, or describes what isogen cannot
            draw.
    """
    try:
        tree = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise ParamsError(f"{path.name} is not JSON: {error}") from error
    config = checked(_Config, tree, path.name)
    keys = sorted(cast("dict[str, Any]", tree).keys() - _Config.model_fields.keys())
    notices = tuple(_NOTICES.get(k, f"{k} is not known and not used") for k in keys)
    return Conversion(checked(Params, {"map": _map_of(config)}, path.name), notices)


def _map_of(config: _Config) -> dict[str, Any]:
    step = int(config.tile_step * 2)
    last = [(n - 1) * step + 1 for n in (config.n_tiles_x, config.n_tiles_y)]
    return {
        "name": config.name,
        "origin": {"lat": config.seed.lat, "lng": config.seed.lng},
        "azimuth_deg": config.camera_azimuth_degrees,
        "elevation_deg": -config.camera_elevation_degrees,
        "view_height_m": config.view_height_meters,
        "region": {"from": [0, 0], "to": last},
    }
