"""The fixed orthographic camera, and the plane on which the map lies.

Three frames, all right-handed, all with the origin of the map at zero:

* plane: ``(e, n, z)`` in meters; the ground is z = 0. East and north are those
  of the tangent plane at the origin; ``wgs84`` says where a place on Earth lies.
* screen: ``(x, y)`` in screen pixels, x right, y down; the origin is (512, 512).
* art: screen divided by ``pixel_size``; heights count in *rises*, the height of
  which one art pixel shows the vertical extent.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from isogen.errors import InputError

Floats = NDArray[np.float64]

ORIGIN_PX = 512
"""Screen x and y of the origin: the bottom-right corner of quadrant (0, 0)."""


def _exact(value: float) -> float:
    """Round away the last bits, in which the C libraries of machines differ."""
    return round(value, 12)


@dataclass(frozen=True)
class Camera:
    """An orthographic camera looking at the ground plane."""

    azimuth_deg: float
    """Compass heading of screen-up, in degrees clockwise from north."""

    elevation_deg: float
    """Angle of the view above the horizon, in degrees; in [15, 75]."""

    m_per_px: float
    """Meters per screen pixel across the screen; positive."""

    pixel_size: int = 2
    """Screen pixels per art pixel; 1, 2, 3 or 4. Art pixel k shows screen pixels from k times
    this on, over the whole map: a quadrant's edge may cut one in two."""

    def __post_init__(self) -> None:
        if not 15 <= self.elevation_deg <= 75:  # noqa: PLR2004  degrees
            raise InputError(f"elevation_deg must be from 15 to 75, got {self.elevation_deg}")
        if not self.m_per_px > 0:
            raise InputError(f"m_per_px must be positive, got {self.m_per_px}")
        if self.pixel_size not in (1, 2, 3, 4):
            raise InputError(f"pixel_size must be 1, 2, 3 or 4, got {self.pixel_size}")

    @cached_property
    def sin_elevation(self) -> float:
        """Screen meters that one ground meter along screen-up covers."""
        return _exact(math.sin(math.radians(self.elevation_deg)))

    @cached_property
    def cos_elevation(self) -> float:
        """Screen meters that one vertical meter covers."""
        return _exact(math.cos(math.radians(self.elevation_deg)))

    @cached_property
    def right(self) -> tuple[float, float]:
        """(east, north) of the unit vector that points to the right of the screen."""
        a = math.radians(self.azimuth_deg)
        return _exact(math.cos(a)), _exact(-math.sin(a))

    @cached_property
    def forward(self) -> tuple[float, float]:
        """(east, north) of the unit vector on the ground that points up the screen."""
        a = math.radians(self.azimuth_deg)
        return _exact(math.sin(a)), _exact(math.cos(a))

    @cached_property
    def art_m(self) -> float:
        """Meters across one art pixel."""
        return self.m_per_px * self.pixel_size

    @cached_property
    def rise_m(self) -> float:
        """Meters of height in one rise (one art pixel of screen height)."""
        return self.art_m / self.cos_elevation

    @cached_property
    def origin_art(self) -> float:
        """Art x and y of the origin."""
        return ORIGIN_PX / self.pixel_size

    def to_art(self, plane: Floats) -> Floats:
        """Project plane points onto the art grid.

        Args:
            plane: Points of shape (..., 2) on the ground or (..., 3), in meters.

        Returns:
            Art x and y (down) of shape (..., 2).
        """
        e, n = plane[..., 0], plane[..., 1]
        x = (e * self.right[0] + n * self.right[1]) / self.art_m
        y = -(e * self.forward[0] + n * self.forward[1]) * self.sin_elevation / self.art_m
        if plane.shape[-1] == 3:  # noqa: PLR2004  e, n, z
            y = y - plane[..., 2] / self.rise_m
        out = np.empty((*x.shape, 2))
        np.add(x, self.origin_art, out=out[..., 0])
        np.add(y, self.origin_art, out=out[..., 1])
        return out

    def from_art(self, art: Floats) -> Floats:
        """Return the ground points of shape (..., 2) that art positions (..., 2) show."""
        r = (art[..., 0] - self.origin_art) * self.art_m
        f = -(art[..., 1] - self.origin_art) * self.art_m / self.sin_elevation
        return np.stack(
            [r * self.right[0] + f * self.forward[0], r * self.right[1] + f * self.forward[1]],
            axis=-1,
        )
