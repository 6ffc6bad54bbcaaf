"""Pictures of anybody's are read to RGB, and nothing that they hold does harm."""

import io

import numpy as np
import pytest
from PIL import Image

from isogen.errors import DataError
from isogen.image.decode import decode_picture

MAX = 64 * 64


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def noise(height, width, channels=3, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (height, width, channels), np.uint8)


@pytest.mark.parametrize(("kind", "options"), [("PNG", {}), ("WEBP", {"lossless": True})])
def test_lossless_pictures_come_back_exactly(kind, options):
    pixels = noise(31, 40)
    data = saved(Image.fromarray(pixels), kind, **options)
    assert np.array_equal(decode_picture(data, max_pixels=MAX), pixels)


def test_a_jpeg_is_read():
    pixels = np.full((16, 16, 3), (200, 100, 50), np.uint8)
    data = saved(Image.fromarray(pixels), "JPEG", quality=95)
    assert np.abs(decode_picture(data, max_pixels=MAX).astype(int) - pixels).max() <= 3


def test_what_is_transparent_lies_on_white():
    rgba = np.array([[[10, 20, 30, 0], [10, 20, 30, 255]]], np.uint8)
    data = saved(Image.fromarray(rgba), "PNG")
    assert decode_picture(data, max_pixels=MAX).tolist() == [[[255, 255, 255], [10, 20, 30]]]


def test_a_picture_that_is_too_large_is_refused_before_it_is_made():
    data = saved(Image.new("RGB", (65, 64)), "PNG")
    with pytest.raises(DataError, match="65 x 64 px, expected at most 4096"):
        decode_picture(data, max_pixels=MAX)


@pytest.mark.parametrize("data", [b"", b"<html>", b"GIF89a", saved(Image.new("L", (9, 9)), "TIFF")])
def test_what_is_no_such_picture_is_refused(data):
    with pytest.raises(DataError, match="cannot be read"):
        decode_picture(data, max_pixels=MAX)
