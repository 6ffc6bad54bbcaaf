"""How high the ground of a map is, relative to the ground at its origin."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from isogen.errors import DataError, InputError, ObjectMissingError
from isogen.geo.camera import Floats
from isogen.geo.wgs84 import Projection
from isogen.params import Params
from isogen.scene.terrain.dem import TERRAIN, Dem, read_dem


@dataclass(frozen=True)
class Terrain:
    """Heights on the plane of a map."""

    dem: Dem
    projection: Projection

    scale: float = 1.0
    """Heights are drawn so many times as high as they are."""

    @cached_property
    def _base_m(self) -> float:
        """Height of the ground at the origin, where the plane lies.

        Elevation rasters count from the sea, ``origin.height_m`` from the ellipsoid: so the
        raster itself says what the origin's height is.
        """
        lat, lng = np.array([self.projection.lat]), np.array([self.projection.lng])
        if not self.dem.covers(lat, lng)[0]:
            raise InputError(
                f"the terrain {self.dem.name} does not cover the origin of the map",
                hint="Heights count from the ground at map.origin: give terrain that covers it.",
            )
        return float(self.dem.at(lat, lng)[0])

    def heights_m(self, points: Floats) -> Floats:
        """Return the heights of plane points of shape (..., 2) above the origin's ground."""
        lat, lng = self.projection.plane_to_latlng(points[..., 0], points[..., 1])
        return (self.dem.at(lat, lng) - self._base_m) * self.scale

    def coverage(self, points: Floats) -> float:
        """Return the share of plane points of shape (N, 2) that the raster covers."""
        lat, lng = self.projection.plane_to_latlng(points[..., 0], points[..., 1])
        return float(self.dem.covers(lat, lng).mean())


def terrain_of(params: Params, sources: Path) -> Terrain | None:
    """Return the terrain that the settings ask for, as ``isogen source`` brought it in.

    Raises:
        ObjectMissingError: It was not brought in yet.
        DataError: The settings name another one now.
    """
    wanted = params.scene.terrain
    if wanted is None:
        return None
    path = sources / TERRAIN
    if not path.is_file():
        raise ObjectMissingError(
            f"the terrain {wanted.as_posix()} is not in the project yet",
            hint="Run `isogen source` first.",
        )
    dem = read_dem(path)
    if dem.name != wanted.as_posix():
        raise DataError(
            f"the terrain in {sources} is {dem.name}, but scene.terrain is {wanted.as_posix()}",
            hint="Run `isogen source` again.",
        )
    return Terrain(dem, params.projection, params.scene.terrain_scale)
