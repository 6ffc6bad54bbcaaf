"""Pictures of anybody's, PNG, JPEG or WebP, read to RGB with limits."""

import io
import struct
import zlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from isogen.errors import DataError

_FORMATS = ("PNG", "JPEG", "WEBP")
_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)
_WHITE = (255, 255, 255, 255)

Pixels = NDArray[np.uint8]


def decode_picture(data: bytes, *, max_pixels: int) -> Pixels:
    """Decode a picture to sRGB, shape (height, width, 3); what is transparent lies on white.

    The size is known before a pixel is made. Of an animation the first picture counts.

    Args:
        data: The whole file.
        max_pixels: Most pixels that the picture may have.

    Raises:
        DataError: It is none of these kinds, broken, cut off, or too large.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            _check_size(*image.size, max_pixels)
            return np.array(_on_white(image))
    except (*_UNREADABLE, Image.DecompressionBombError) as error:
        raise DataError(f"the picture cannot be read: {error}") from error


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    rgba = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", rgba.size, _WHITE), rgba).convert("RGB")


def _check_size(width: int, height: int, max_pixels: int) -> None:
    if width * height > max_pixels:
        raise DataError(
            f"the picture has {width} x {height} px, expected at most {max_pixels} px in all"
        )
