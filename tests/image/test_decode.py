"""Pictures of anybody's are read to RGB, and nothing that they hold does harm."""

import io
import zlib
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from isogen.errors import DataError
from isogen.image.decode import decode_picture
from isogen.image.png_chunks import RGB, RGBA, Header, joined

MAX = 64 * 64
CHANNELS = st.sampled_from([3, 4])


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


def filtered(samples, kinds, channels):
    """Rows as PNG's five filters write them, one kind for each row."""
    wide = np.pad(samples.astype(int), ((1, 0), (channels, 0)))
    left, up, corner = wide[1:, :-channels], wide[:-1, channels:], wide[:-1, :-channels]
    guess = left + up - corner
    far = [abs(guess - other) for other in (left, up, corner)]
    paeth = np.where((far[0] <= far[1]) & (far[0] <= far[2]), left, corner)
    paeth = np.where((far[1] < far[0]) & (far[1] <= far[2]), up, paeth)
    expected = np.array([0 * left, left, up, (left + up) // 2, paeth])[kinds, range(len(kinds))]
    rows = np.asarray(samples - expected, np.uint8)
    return np.hstack([np.array(kinds, np.uint8)[:, None], rows])


@st.composite
def filtered_pngs(draw):
    """A PNG of 1 to 9 pixels a side, with any filters, its pixels in one to three chunks."""
    width, height, channels = draw(st.integers(1, 9)), draw(st.integers(1, 9)), draw(CHANNELS)
    samples = draw(arrays(np.uint8, (height, width * channels)))
    kinds = draw(st.lists(st.integers(0, 4), min_size=height, max_size=height))
    stream = zlib.compress(filtered(samples, kinds, channels).tobytes())
    cuts = sorted(draw(st.lists(st.integers(0, len(stream)), max_size=2)))
    parts = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    head = Header(width, height, 8, RGB if channels == 3 else RGBA).chunk
    return joined([head, *((b"IDAT", part) for part in parts), (b"IEND", b"")])


def by_pillow(data):
    with Image.open(io.BytesIO(data)) as image:
        rgba = image.convert("RGBA")
    white = Image.new("RGBA", rgba.size, "white")
    return np.asarray(Image.alpha_composite(white, rgba).convert("RGB"))


@given(filtered_pngs())
def test_every_filter_is_read_as_pillow_reads_it(data):
    assert np.array_equal(decode_picture(data, max_pixels=MAX), by_pillow(data))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@given(arrays(np.uint8, (7, 5, 4)))
def test_every_kind_of_png_is_read_as_pillow_reads_it(mode, pixels):
    data = saved(Image.fromarray(pixels).convert(mode), "PNG")
    assert np.array_equal(decode_picture(data, max_pixels=MAX), by_pillow(data))


def test_a_palette_may_be_transparent():
    data = saved(Image.fromarray(noise(6, 6)).convert("P"), "PNG", transparency=bytes(range(99)))
    assert np.array_equal(decode_picture(data, max_pixels=MAX), by_pillow(data))


def test_a_png_of_sixteen_bits_is_read():
    data = saved(Image.fromarray(np.full((4, 4), 0x8040, np.uint16)), "PNG")
    assert decode_picture(data, max_pixels=MAX).shape == (4, 4, 3)


@pytest.mark.parametrize("mode", ["P", "RGB", "RGBA", "L"])
@given(at=st.integers(0, 10_000), change=st.integers(1, 255), cut=st.booleans())
def test_a_broken_png_does_no_more_than_be_refused(mode, at, change, cut):
    data = bytearray(saved(Image.fromarray(noise(9, 9)).convert(mode), "PNG"))
    at %= len(data)
    data[at] ^= change
    broken = bytes(data[:at]) if cut else bytes(data)
    with suppress(DataError):
        assert decode_picture(broken, max_pixels=MAX).shape[2] == 3


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@given(share=st.floats(0, 0.99))
def test_a_picture_that_was_cut_off_is_refused(kind, share):
    data = saved(Image.fromarray(noise(33, 33)), kind)
    with pytest.raises(DataError):
        decode_picture(data[: int(share * len(data))], max_pixels=MAX)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (bytes(13), "has 13 bytes of pixels, expected 14"),
        (bytes(15), "cannot be read"),
        (bytes(7) + b"\x05" + bytes(6), "row 1 of the PNG has the unknown filter 5"),
    ],
)
def test_rows_that_cannot_be_are_named(lines, said):
    chunks = [Header(2, 2, 8, RGB).chunk, (b"IDAT", zlib.compress(lines)), (b"IEND", b"")]
    with pytest.raises(DataError, match=said):
        decode_picture(joined(chunks), max_pixels=MAX)


def test_a_bomb_is_refused_by_its_header():
    chunks = [Header(60_000, 60_000, 8, RGB).chunk, (b"IDAT", b""), (b"IEND", b"")]
    with pytest.raises(DataError, match="60000 x 60000 px"):
        decode_picture(joined(chunks), max_pixels=MAX)
