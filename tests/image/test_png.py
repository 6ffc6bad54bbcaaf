import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from isogen.errors import DataError, InputError
from isogen.image.png import (
    ENCODER,
    decode,
    encode_indexed,
    encode_rgb,
    encode_truecolor,
    expand,
    pixels_digest,
)
from isogen.image.png_chunks import header_of

PX = 4096


def town(size=24, colors=90, seed=7):
    """A small picture with runs, repeats and many colors; the same everywhere."""
    rows, columns = np.mgrid[:size, :size]
    indices = (rows // 3 * 31 + columns // 4 * seed + (rows * columns) % 5) % colors
    palette = np.stack([np.arange(colors) * k % 256 for k in (3, 7, 11)], axis=1)
    return indices.astype(np.uint8), palette.astype(np.uint8)


def pillow(data):
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return np.array(image.convert("RGBA"))


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def by_hand(header, *chunks):
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", *header)) + b"".join(chunks)


END = chunk(b"IEND", b"")


@st.composite
def indexed(draw):
    shape = draw(hnp.array_shapes(min_dims=2, max_dims=2, max_side=12))
    count, channels = draw(st.integers(1, 256)), draw(st.sampled_from([3, 4]))
    indices = draw(hnp.arrays(np.uint8, shape, elements=st.integers(0, count - 1)))
    palette = draw(hnp.arrays(np.uint8, (count, channels)))
    return indices, palette, draw(st.sampled_from([1, 2, 4]))


pictures = st.integers(3, 4).flatmap(
    lambda c: hnp.arrays(np.uint8, st.tuples(st.integers(1, 20), st.integers(1, 20), st.just(c)))
)


@given(indexed())
def test_an_indexed_picture_reads_back_exactly_here_and_in_pillow(picture):
    indices, palette, scale = picture
    data = encode_indexed(indices, palette, scale=scale)
    wanted = expand(indices, palette, scale=scale)
    np.testing.assert_array_equal(decode(data, max_pixels=PX), wanted)
    np.testing.assert_array_equal(pillow(data), wanted)


@given(indexed())
def test_bytes_depend_on_the_pixels_alone(picture):
    indices, palette, scale = picture
    shown = expand(indices, palette, scale=scale)
    assert encode_rgb(shown) == encode_indexed(indices, palette, scale=scale)


@given(pictures)
def test_any_picture_reads_back_exactly(pixels):
    rgba = np.full((*pixels.shape[:2], 4), 255, np.uint8)
    rgba[..., : pixels.shape[2]] = pixels
    np.testing.assert_array_equal(pillow(encode_rgb(pixels)), rgba)
    np.testing.assert_array_equal(decode(encode_truecolor(pixels), max_pixels=PX), rgba)
    np.testing.assert_array_equal(decode(encode_truecolor(pixels, flat=True), max_pixels=PX), rgba)


@pytest.mark.parametrize(("colors", "depth"), [(1, 1), (2, 1), (3, 2), (16, 4), (17, 8), (256, 8)])
def test_few_colors_take_few_bits(colors, depth):
    indices = np.arange(512).reshape(16, 32) % colors
    palette = np.arange(768).reshape(256, 3) % 256
    data = encode_indexed(indices.astype(np.uint8), palette.astype(np.uint8))
    assert header_of(data).bit_depth == depth


def test_more_than_256_colors_are_kept_as_they_are():
    pixels = np.arange(300 * 3, dtype=np.uint16).reshape(15, 20, 3).astype(np.uint8)
    pixels[..., 2] = np.arange(300).reshape(15, 20) // 16
    data = encode_rgb(pixels)
    assert header_of(data).color_type == 2
    np.testing.assert_array_equal(pillow(data)[..., :3], pixels)


def test_the_bytes_of_the_encoder_are_pinned():
    # When this fails, the bytes of every picture have moved: bump ENCODER.
    indices = np.array([[0, 1], [1, 1]], np.uint8)
    palette = np.array([[10, 20, 30], [200, 100, 50]], np.uint8)
    data = encode_indexed(indices, palette, scale=2)
    golden = (
        "89504e470d0a1a0a0000000d4948445200000004000000040103000000933f0c3d"
        "00000006504c54450a141ec8643277a0b39c"
        "0000001349444154785e010800f7ff0030020000f0020004380125416d6041"
        "0000000049454e44ae426082"
    )
    assert (ENCODER, data.hex()) == ("png/1", golden)


def test_the_digest_of_a_larger_picture_is_pinned():
    indices, palette = town(96)
    data = encode_indexed(indices, palette, scale=2)
    assert (len(data), zlib.crc32(data)) == (5079, 1825965726)


def test_the_digest_of_pixels_does_not_depend_on_the_encoder():
    indices, palette = town()
    rgba = expand(indices, palette)
    buffer = io.BytesIO()
    Image.fromarray(rgba).save(buffer, "PNG")
    foreign = decode(buffer.getvalue(), max_pixels=PX)
    assert pixels_digest(foreign) == pixels_digest(rgba)


def test_the_digest_of_pixels_knows_the_shape():
    assert pixels_digest(np.zeros((2, 3, 4), np.uint8)) != pixels_digest(
        np.zeros((3, 2, 4), np.uint8)
    )


@pytest.mark.parametrize(
    ("indices", "palette"),
    [
        (np.zeros((0, 4), np.uint8), np.zeros((1, 3), np.uint8)),
        (np.full((2, 2), 5, np.uint8), np.zeros((5, 3), np.uint8)),
        (np.zeros((2, 2, 2), np.uint8), np.zeros((5, 3), np.uint8)),
    ],
)
def test_what_is_no_picture_is_refused(indices, palette):
    with pytest.raises(InputError):
        encode_indexed(indices, palette)


@given(st.data())
def test_a_changed_byte_is_noticed_wherever_it_is(data):
    good = encode_indexed(*town())
    at = data.draw(st.integers(0, len(good) - 1))
    flip = data.draw(st.integers(1, 255))
    bad = good[:at] + bytes([good[at] ^ flip]) + good[at + 1 :]
    with pytest.raises(DataError):
        decode(bad, max_pixels=PX)


@given(st.integers(0, 10_000))
def test_a_truncated_picture_is_an_error(cut):
    good = encode_indexed(*town())
    with pytest.raises(DataError):
        decode(good[: cut % len(good)], max_pixels=PX)


def test_bytes_after_the_end_are_an_error():
    with pytest.raises(DataError, match="3 bytes follow the end"):
        decode(encode_indexed(*town()) + b"abc", max_pixels=PX)


def test_a_wrong_checksum_is_an_error_that_names_the_chunk():
    good = bytearray(encode_indexed(*town()))
    good[-20] ^= 1
    with pytest.raises(DataError, match=r"b'IDAT' .* checksum"):
        decode(bytes(good), max_pixels=PX)


def test_a_bomb_is_refused_before_a_pixel_is_made():
    bomb = by_hand((60_000, 60_000, 8, 2, 0, 0, 0), chunk(b"IDAT", b""), END)
    with pytest.raises(DataError, match=r"60000 x 60000 px, expected at most 4096 px"):
        decode(bomb, max_pixels=PX)


@pytest.mark.parametrize(
    "body",
    [b"", b"nonsense", zlib.compress(b"\0" * 3), zlib.compress(b"\0" * 64)[:-6]],
    ids=["empty", "nonsense", "short", "cut"],
)
def test_pixels_that_do_not_inflate_are_an_error(body):
    with pytest.raises(DataError):
        decode(by_hand((8, 8, 8, 0, 0, 0, 0), chunk(b"IDAT", body), END), max_pixels=PX)


def test_indices_without_a_palette_are_an_error():
    body = chunk(b"IDAT", zlib.compress(b"\0" * 72))
    with pytest.raises(DataError, match="no palette"):
        decode(by_hand((8, 8, 8, 3, 0, 0, 0), body, END), max_pixels=PX)


def test_text_that_inflates_without_end_is_not_looked_at():
    bomb = chunk(b"zTXt", b"note\0\0" + zlib.compress(b"x" * 50_000_000))
    good = encode_indexed(*town())
    data = good[:33] + bomb + good[33:]
    np.testing.assert_array_equal(decode(data, max_pixels=PX), expand(*town()))


@pytest.mark.parametrize(
    "header",
    [(0, 8, 8, 2, 0, 0, 0), (8, 8, 16, 2, 0, 0, 0), (8, 8, 8, 5, 0, 0, 0), (8, 8, 8, 2, 1, 0, 0)],
)
def test_a_header_that_is_not_read_is_an_error(header):
    with pytest.raises(DataError):
        header_of(by_hand(header, END))


def test_what_is_no_png_is_an_error_that_says_so():
    with pytest.raises(DataError, match="not a PNG"):
        decode(b"GIF89a and more", max_pixels=PX)
