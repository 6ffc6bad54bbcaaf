"""Small pictures for tests."""

import io

from PIL import Image


def png_of_seed(seed: int, size: int = 16) -> bytes:
    """Return a PNG of one color that the seed decides."""
    color = (seed * 37 % 256, seed * 101 % 256, seed * 197 % 256)
    return png_of(Image.new("RGB", (size, size), color))


def png_of(image: Image.Image) -> bytes:
    """Return a picture as PNG; equal pictures give equal bytes."""
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
