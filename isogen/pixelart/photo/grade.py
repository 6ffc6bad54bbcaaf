"""Screen pixels to graded art pixels.

All that is looked at lies within a block and its place is never asked for, so a
picture graded in pieces equals one graded at once.
"""

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Floats
from isogen.image.oklab import from_oklab, to_oklab
from isogen.kernels import kernel, part
from isogen.pixelart.photo.classes import BUILT, WATER
from isogen.pixelart.photo.look import PhotoLook

_ROOTS = 8191


def _linear() -> NDArray[np.float32]:
    c = np.arange(256) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4).astype(np.float32)


LINEAR = _linear()
"""Linear light of each sRGB level, shape (256,)."""

ROOT = np.round(np.cbrt(np.arange(_ROOTS + 1) / _ROOTS), 6).astype(np.float32)
"""Cube roots of [0, 1] in equal steps, rounded: C libraries differ in the last bits."""

_PARTED = 0.12
"""Difference of lightness within a block from which it shows two things, not one."""

_SIDE = 0.65
"""How far such a block goes to the thing that most of it shows."""

_TOE = 0.18
"""Lightness of the darkest surfaces: darker tones are left to outlines."""

_RANGE = 0.79

_SHADE = 0.3
"""Lightness below which blue is that of the sky in a shadow."""

_KNEE = 0.15
"""Share of the range at both ends in which the curve bends."""

_WARMTH = 0.03
"""What b gains from the darkest to the brightest surfaces."""

_USUAL_FAVOR = 1.18
"""How much more colorful most pixels become, besides the saturation."""

_LEAST = 1e-3


@part
def _lab(r: float, g: float, b: float) -> tuple[float, float, float]:
    """Return OKLab of linear light."""
    i = ROOT[int((0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) * _ROOTS)]
    j = ROOT[int((0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) * _ROOTS)]
    k = ROOT[int((0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) * _ROOTS)]
    return (
        0.2104542553 * i + 0.7936177850 * j - 0.0040720468 * k,
        1.9779984951 * i - 2.4285922050 * j + 0.4505937099 * k,
        0.0259040371 * i + 0.7827717662 * j - 0.8086757660 * k,
    )


@kernel
def shrink(rgb: NDArray[np.uint8], block: int, out: Floats) -> None:
    """Write OKLab of each block of screen pixels.

    A block that shows an edge takes the side that most of it shows: a mean would smear
    thin strong features, such as window frames and kerbs, into grey.

    Args:
        rgb: sRGB, shape (height * block, width * block, 3).
        block: Screen pixels across an art pixel.
        out: Filled; shape (height, width, 3).
    """
    height, width, _ = out.shape
    count = block * block
    for row in range(height):
        for column in range(width):
            total = a_total = b_total = 0.0
            low, high = 2.0, -1.0
            for y in range(row * block, row * block + block):
                for x in range(column * block, column * block + block):
                    red, green, blue = rgb[y, x]
                    light, a, b = _lab(
                        float(LINEAR[red]), float(LINEAR[green]), float(LINEAR[blue])
                    )
                    total += light
                    a_total += a
                    b_total += b
                    low, high = min(low, light), max(high, light)
            mean = total / count
            if high - low > _PARTED:
                side = high if mean > (high + low) * 0.5 else low
                mean += (side - mean) * _SIDE
            out[row, column, 0] = mean
            out[row, column, 1] = a_total / count
            out[row, column, 2] = b_total / count


@kernel
def grade(
    lab: Floats, classes: NDArray[np.uint8], black: float, white: float, saturation: float
) -> None:
    """Stretch lightness softly between black and white and strengthen colors, in place.

    The curve lifts its foot instead of cutting it, so darks are never crushed, and bends
    toward its top, so pale roofs keep their seams.
    """
    height, width, _ = lab.shape
    for row in range(height):
        for column in range(width):
            t = (lab[row, column, 0] - black) / (white - black)
            t = _bent(t)
            a, b = lab[row, column, 1], lab[row, column, 2]
            chroma = saturation * _favor(classes[row, column], t, a, b)
            lab[row, column, 0] = _TOE + _RANGE * t
            lab[row, column, 1] = a * chroma
            lab[row, column, 2] = b * chroma + (t - 0.5) * _WARMTH


@part
def _bent(t: float) -> float:
    """Return a lightness in (0, 1): straight in the middle, ever flatter beyond the knees."""
    if t < _KNEE:
        return _KNEE * _KNEE / (2 * _KNEE - t)
    if t > 1 - _KNEE:
        return 1 - _KNEE * _KNEE / (t - 1 + 2 * _KNEE)
    return t


@part
def _favor(here: int, t: float, a: float, b: float) -> float:
    """Return how much more colorful a pixel becomes: water, leaves and brick more than others.

    The sky colors all shade blue. A picture shows that, but a painted shadow that blue
    would look like water.
    """
    if here == WATER:
        return 1.45
    if here != BUILT:
        return 1.12
    if b < 0 and b < -abs(a) * 0.4:
        return 1.2 if t > _SHADE else 0.45
    return 1.18 if a > 0.004 else 1.0


def ungraded(rgb: NDArray[np.uint8], look: PhotoLook) -> NDArray[np.uint8]:
    """Return about what a picture looked like before it was graded.

    What was flattened, outlined and mixed of palette colors does not come back.

    Args:
        rgb: sRGB of art, shape (..., 3).
        look: How it was graded.
    """
    lab = to_oklab(rgb)
    t = (lab[..., 0] - _TOE) / _RANGE
    chroma = look.saturation * _USUAL_FAVOR or 1.0
    straight = np.clip(t, _KNEE, 1 - _KNEE)
    straight = np.where(t < _KNEE, 2 * _KNEE - _KNEE**2 / np.maximum(t, _LEAST), straight)
    bent = 1 - 2 * _KNEE + _KNEE**2 / np.maximum(1 - t, _LEAST)
    straight = np.where(t > 1 - _KNEE, bent, straight)
    light = np.clip(look.black + straight * (look.white - look.black), 0, 1)
    b = lab[..., 2] - (t - 0.5) * _WARMTH
    return from_oklab(np.stack((light, lab[..., 1] / chroma, b / chroma), axis=-1))
