"""Small pictures for tests."""

import io

from PIL import Image


def png_of_seed(seed: int, size: int = 16) -> bytes:
    """Return a PNG of one color that the seed decides."""
    file = io.BytesIO()
    color = (seed * 37 % 256, seed * 101 % 256, seed * 197 % 256)
    Image.new("RGB", (size, size), color).save(file, "PNG")
    return file.getvalue()
