"""Mist along the edge of the map: what lies near it fades into the paper, pixel by pixel."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera, Floats
from isogen.kernels import kernel
from isogen.mesh.cell import cell_side
from isogen.mesh.window import Window
from isogen.pixelart.indices import TONES
from isogen.pixelart.noise import BAYER, smooth_noise
from isogen.pixelart.surface import void_ink
from isogen.pixelart.tables import NOTHING, Pixel, Raster

Indices = NDArray[np.uint8]

REACH = 36.0
"""Art pixels from the edge over which things come out of the mist."""

_WISPS = 16.0
"""Art pixels by which the mist reaches farther here than there."""

_WISP_PX = 21.0


@dataclass(frozen=True)
class Mist:
    """Where the map ends."""

    sides: Floats
    """Shape (N, 3): a, b and c of every side of a convex map. ``a * x + b * y + c`` is the
    distance in art pixels of a place of the plane from the side, positive within."""

    tallest: int
    """Rises up or down to what stands or lies in the mist: it may be seen so far from it."""

    def reaches(self, window: Window) -> bool:
        """Tell whether mist may be seen in a window."""
        x = np.array([window.x0, window.x0 + window.width], np.float64)
        y = np.array(
            [window.y0 - self.tallest, window.y0 + window.height + self.tallest], np.float64
        )
        a, b, c = (self.sides[:, k, None, None] for k in range(3))
        nearest = (a * x[None, :, None] + b * y[None, None, :] + c).min()
        return bool(nearest < REACH + _WISPS)

    def veil(self, pixels: Raster[Pixel], window: Window, camera: Camera, out: Indices) -> None:
        """Paint paper over what the mist hides.

        Args:
            pixels: The window's, as the first pass leaves them.
            window: What they show.
            camera: The view.
            out: Palette indices of the window less a guard, changed in place.
        """
        tilt = camera.sin_elevation, camera.cos_elevation
        _veil(pixels, self.sides, window.x0, window.y0, *tilt, out)


def mist_around(extent: Floats, camera: Camera) -> Mist:
    """Return the mist around a convex map, given by its corners on the plane, shape (N, 2)."""
    corners = camera.to_art(extent)
    along = np.roll(corners, -1, axis=0) - corners
    length = np.sqrt(along[:, 0] ** 2 + along[:, 1] ** 2)
    a, b = -along[:, 1] / length, along[:, 0] / length
    c = -(a * corners[:, 0] + b * corners[:, 1])
    sides = np.stack([a, b, c], axis=1)
    middle = corners.mean(axis=0)
    is_inside_out = a[0] * middle[0] + b[0] * middle[1] + c[0] < 0
    # What stands in a cell is seen at most two cells above it.
    return Mist(-sides if is_inside_out else sides, 2 * cell_side(camera))


@kernel
def _veil(
    pixels: Raster[Pixel],
    sides: Floats,
    x0: int,
    y0: int,
    sine: float,
    cosine: float,
    out: Indices,
) -> None:
    height, width = out.shape
    guard = (pixels.shape[0] - height) // 2
    for row in range(height):
        for column in range(width):
            here = pixels[row + guard, column + guard]
            if here.kind == NOTHING:
                continue
            x, y = x0 + column + guard, y0 + row + guard
            # Where a thing stands decides how deep in the mist it is, not where it is seen.
            foot = ((y + 0.5) * sine + here.depth * cosine) * sine
            near = REACH + _WISPS
            for k in range(len(sides)):
                near = min(near, sides[k, 0] * (x + 0.5) + sides[k, 1] * foot + sides[k, 2])
            if near >= REACH + _WISPS:
                continue
            clear = near - _WISPS * smooth_noise(x, foot * 2.0, _WISP_PX, 47)
            if clear <= REACH * BAYER[y & 3, x & 3]:
                ramp, tone = void_ink(x, y)
                out[row, column] = ramp * TONES + tone
