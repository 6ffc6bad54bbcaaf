"""Pictures of anybody's, PNG, JPEG or WebP, read to RGB with limits."""

import io
import struct
import zlib

import deflate
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from isogen.errors import DataError
from isogen.image.filters import unfilter
from isogen.image.png_chunks import (
    PALETTE,
    RGB,
    RGBA,
    SIGNATURE,
    Header,
    chunks_of,
    header_of,
)
from isogen.kernels import kernel

_FORMATS = ("PNG", "JPEG", "WEBP")
_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)
_KIND = slice(24, 29)  # bit depth, color type, compression, filter, interlace
_CHANNELS = {RGB: 3, PALETTE: 1, RGBA: 4}
_PLAIN_KINDS = {bytes((8, color, 0, 0, 0)) for color in _CHANNELS}
_CHUNKS_NEEDED = (b"PLTE", b"tRNS", b"IDAT")
_OPAQUE = 255
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
    pixels = _plain_png(data, max_pixels) if data.startswith(SIGNATURE) else None
    if pixels is not None:
        return pixels
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            _check_size(*image.size, max_pixels)
            return np.array(_on_white(image))
    except (*_UNREADABLE, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DataError(f"the picture cannot be read: {error}") from error


def _check_size(width: int, height: int, max_pixels: int) -> None:
    if width * height > max_pixels:
        raise DataError(
            f"the picture has {width} x {height} px, expected at most {max_pixels} px in all"
        )


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    rgba = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", rgba.size, _WHITE), rgba).convert("RGB")


def _plain_png(data: bytes, max_pixels: int) -> Pixels | None:
    """Decode a PNG of the usual kinds, several times faster than Pillow does.

    Returns:
        None for the other kinds: gray, 16 bits, interlaced, partly transparent.

    Raises:
        DataError: It is broken, or too large.
    """
    if data[_KIND] not in _PLAIN_KINDS:
        return None
    header = header_of(data)
    _check_size(header.width, header.height, max_pixels)
    chunks = [(kind, body) for kind, body in chunks_of(data) if kind in _CHUNKS_NEEDED]
    samples = _samples(header, b"".join(body for kind, body in chunks if kind == b"IDAT"))
    chunks = dict(chunks)
    if b"tRNS" in chunks:
        return None
    if header.color_type == PALETTE:
        colors = np.zeros((256, 3), np.uint8)  # indices outside the palette are black
        told = np.frombuffer(chunks.get(b"PLTE", b"")[: colors.size], np.uint8)
        colors[: len(told) // 3] = told[: len(told) // 3 * 3].reshape(-1, 3)
        return _colored(samples, colors)
    pixels = samples.reshape(header.height, header.width, -1)
    if header.color_type == RGBA and (pixels[..., 3] != _OPAQUE).any():
        return None
    return np.ascontiguousarray(pixels[..., :3])


def _samples(header: Header, stream: bytes) -> Pixels:
    """Return the bytes of the rows, shape (height, width * channels).

    Raises:
        DataError: They are broken, or not as many as the header says.
    """
    channels = _CHANNELS[header.color_type]
    size = header.height * (1 + header.width * channels)
    try:
        lines = deflate.zlib_decompress(stream, size)  # pyright: ignore[reportUnknownMemberType]
    except deflate.DeflateError as error:
        raise DataError(f"the pixels of the PNG cannot be read: {error}") from error
    if len(lines) != size:
        raise DataError(f"the PNG has {len(lines)} bytes of pixels, expected {size}")
    rows = np.frombuffer(lines, np.uint8).reshape(header.height, -1)
    known = unfilter(rows, channels)
    if known < header.height:
        raise DataError(f"row {known} of the PNG has the unknown filter {rows[known, 0]}")
    return rows[:, 1:]


@kernel
def _colored(indices: Pixels, colors: Pixels) -> Pixels:
    height, width = indices.shape
    out = np.empty((height, width, 3), np.uint8)
    for y in range(height):
        for x in range(width):
            for channel in range(3):
                out[y, x, channel] = colors[indices[y, x], channel]
    return out
