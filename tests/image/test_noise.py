"""Pictures full of noise are written exactly, by bytes that anybody's inflater reads."""

import io
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from PIL import Image

from isogen.digest import digest_of
from isogen.errors import InputError
from isogen.image.noise import deflate_noise
from isogen.image.png import encode_noisy, encode_rgb, encode_truecolor

RUNS = st.lists(st.tuples(st.integers(0, 255), st.integers(1, 700)), max_size=20)


def inflated(stream):
    return zlib.decompress(stream, wbits=-15)


def read(png):
    return np.asarray(Image.open(io.BytesIO(png)))


def painted(side=96, seed=5):
    """A ramp with noise upon it, as a model paints, and an even corner."""
    rows, columns = np.indices((side, side))
    noise = np.random.default_rng(seed).integers(0, 4, (3, side, side, 3)).sum(0)
    pixels = (40 + (2 * rows + columns)[..., None] // 3 + noise).astype(np.uint8)
    pixels[: side // 3, : side // 3] = 90
    return pixels


@given(arrays(np.uint8, st.integers(0, 2000)))
def test_any_bytes_come_back(data):
    assert inflated(deflate_noise(data)) == data.tobytes()


@given(RUNS)
def test_runs_of_any_length_come_back(runs):
    data = np.concatenate([np.zeros(0, np.uint8), *(np.full(n, v, np.uint8) for v, n in runs)])
    assert inflated(deflate_noise(data)) == data.tobytes()


@pytest.mark.parametrize("length", [*range(9), *range(256, 264), *range(516, 524), 99_000, 300_000])
def test_zeros_alone_come_back(length):
    stream = deflate_noise(np.zeros(length, np.uint8))
    assert inflated(stream) == bytes(length)


def test_a_code_that_would_be_too_long_is_shortened():
    # Counts as Fibonacci's numbers make the deepest tree: here of 21 bits.
    counts = [1, 1]
    while len(counts) < 22:
        counts.append(counts[-1] + counts[-2])
    data = np.repeat(np.arange(1, 23, dtype=np.uint8), counts)
    assert inflated(deflate_noise(data)) == data.tobytes()


def test_several_blocks_follow_each_other():
    data = np.random.default_rng(1).integers(0, 256, 250_000, np.uint8)
    data[100_000:200_000] //= 60
    assert inflated(deflate_noise(data)) == data.tobytes()


@given(
    st.sampled_from([3, 4]).flatmap(
        lambda channels: arrays(
            np.uint8,
            array_shapes(min_dims=2, max_dims=2, max_side=12).map(lambda s: (*s, channels)),
        )
    )
)
def test_any_picture_is_read_back_by_another_reader(pixels):
    assert np.array_equal(read(encode_noisy(pixels)), pixels)


def test_what_a_model_paints_becomes_smaller_than_by_a_search():
    pixels = painted()
    assert len(encode_noisy(pixels)) < 0.98 * len(encode_truecolor(pixels))


def test_the_bytes_are_the_same_everywhere():
    assert digest_of(encode_noisy(painted())) == (
        "55d8fc8869ea2a9bf8cf8098300d96e4616af55f502e7c8c9f1c0e73b4bd1f39"
    )


def test_few_colors_still_become_a_palette():
    pixels = painted() // 64 * 64
    assert encode_rgb(pixels, noisy=True) == encode_rgb(pixels)


def test_a_picture_of_no_pixels_is_refused():
    with pytest.raises(InputError, match="cannot have the shape"):
        encode_noisy(np.zeros((0, 4, 3), np.uint8))
