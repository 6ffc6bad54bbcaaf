"""Pictures of callers, read with limits, and the answers."""

import io

from PIL import Image, UnidentifiedImageError

from inference.faults import ApiError
from inference.settings import Settings

FORMATS = ("PNG", "JPEG", "WEBP")
COMPRESSION = 1
"""Of PNG: a tenth larger than the usual, in a quarter of the time."""


def read_picture(data: bytes, settings: Settings) -> Image.Image:
    """Return an RGB picture, transparent pixels over white.

    Raises:
        ApiError: It is no picture, or its size is out of bounds.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            _check_size(picture.size, settings)  # known before there are pixels
            return _over_white(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ApiError(413, "bad_image_size", "the picture has too many pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ApiError(400, "bad_image", "the picture is no PNG, JPEG or WebP") from error


def write_picture(picture: Image.Image) -> bytes:
    """Return a picture as PNG."""
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_level=COMPRESSION)
    return stream.getvalue()


def _check_size(size: tuple[int, int], settings: Settings) -> None:
    width, height = size
    found = f"the picture is {width} x {height} px"
    if width * height > settings.most_pixels:
        raise ApiError(413, "bad_image_size", f"{found}, more than {settings.most_pixels} pixels")
    if max(size) > settings.most_side_px or min(size) < settings.fewest_side_px:
        sides = f"{settings.fewest_side_px} to {settings.most_side_px} px"
        raise ApiError(400, "bad_image_size", f"{found}, expected sides of {sides}")


def _over_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    solid = Image.new("RGB", clear.size, (255, 255, 255))
    solid.paste(clear, mask=clear.getchannel("A"))
    return solid
