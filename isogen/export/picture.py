"""Pictures of the pyramid in memory, and as the bytes of a file."""

import io
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError, features

from isogen.errors import DataError, ObjectMissingError
from isogen.image.png import ENCODER, encode_indexed, encode_rgb

Bytes = NDArray[np.uint8]

MOST_COLORS = 256
"""Colors that a palette holds."""

WEBP_METHOD = 4
"""Effort of the lossless WebP encoder; more costs twice the time and wins 2 %."""

_CHANNELS = 4


class Codec(StrEnum):
    """How pictures are stored; both are lossless."""

    PNG = "png"
    WEBP = "webp"

    @property
    def encoder(self) -> str:
        """Name and version of what writes the bytes."""
        if self is Codec.PNG:
            return ENCODER
        return f"libwebp/{features.version('webp')}/{WEBP_METHOD}"


@dataclass(frozen=True)
class Indexed:
    """A picture of at most 256 colors."""

    indices: Bytes
    """Shape (height, width)."""

    palette: Bytes
    """RGBA of each index, shape (colors, 4)."""

    @property
    def width(self) -> int:
        """Columns."""
        return self.indices.shape[1]

    @property
    def height(self) -> int:
        """Rows."""
        return self.indices.shape[0]

    @cached_property
    def pixels(self) -> Bytes:
        """RGBA, shape (height, width, 4)."""
        return self.palette[self.indices]


@dataclass(frozen=True)
class TrueColor:
    """A picture of any number of colors."""

    pixels: Bytes
    """RGBA, shape (height, width, 4)."""

    @property
    def width(self) -> int:
        """Columns."""
        return self.pixels.shape[1]

    @property
    def height(self) -> int:
        """Rows."""
        return self.pixels.shape[0]


Picture = Indexed | TrueColor


def read_picture(path: Path) -> Picture:
    """Read a picture; it is indexed when it has at most 256 colors, however it was stored.

    Raises:
        ObjectMissingError: There is no such file.
        DataError: The file is not a picture, or is cut short.
    """
    try:
        with Image.open(path, formats=("PNG", "WEBP")) as image:
            image.load()
            return _indexed(image) if image.mode == "P" else _any_color(image.convert("RGBA"))
    except FileNotFoundError as error:
        raise ObjectMissingError(
            f"{path} is missing", hint="Run `isogen verify` to see what else is."
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DataError(
            f"{path} is not a readable picture: {error}",
            hint="If it lies in data/cache, remove it and export again; else run `isogen verify`.",
        ) from error


def _indexed(image: Image.Image) -> Indexed:
    image.apply_transparency()
    palette = np.zeros((MOST_COLORS, _CHANNELS), np.uint8)
    stored = np.array(image.getpalette("RGBA"), np.uint8).reshape(-1, _CHANNELS)
    palette[: len(stored)] = stored
    codes = np.asarray(image)
    used = np.flatnonzero(np.bincount(codes.ravel(), minlength=MOST_COLORS))
    table = np.zeros(MOST_COLORS, np.uint8)
    table[used] = np.arange(len(used))
    return Indexed(table[codes], palette[used])


def _any_color(image: Image.Image) -> Picture:
    pixels = np.asarray(image)
    if image.getcolors(MOST_COLORS) is None:
        return TrueColor(pixels)
    codes = np.ascontiguousarray(pixels).view(np.uint32)[..., 0]
    found, indices = np.unique(codes, return_inverse=True)
    palette = found.view(np.uint8).reshape(-1, _CHANNELS)
    return Indexed(indices.reshape(codes.shape).astype(np.uint8), palette)


def encode_picture(picture: Picture, codec: Codec) -> bytes:
    """Return the bytes of a picture's file; nothing is lost."""
    if codec is Codec.PNG and isinstance(picture, Indexed):
        return encode_indexed(picture.indices, picture.palette)
    if codec is Codec.PNG:
        return encode_rgb(picture.pixels)
    file = io.BytesIO()
    image = Image.fromarray(picture.pixels)
    image.save(file, "WEBP", lossless=True, exact=True, method=WEBP_METHOD)
    return file.getvalue()
