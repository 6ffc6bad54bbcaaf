import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from isogen.geo.grid import Quadrant
from isogen.image.shifts import MOST_PX, shift_of
from isogen.image.template import Frame

FRAME = Frame.of([Quadrant(0, 0)], (256, 256))
CORNER = Frame.of([Quadrant(0, 0)], (512, 512))
near = st.integers(-MOST_PX, MOST_PX)


def noise(seed):
    art = np.random.default_rng(seed).integers(0, 256, (540, 540, 3), np.uint8)
    return art.repeat(2, axis=0).repeat(2, axis=1)


def cut(picture, dx, dy):
    return np.ascontiguousarray(picture[20 - dy : 1044 - dy, 20 - dx : 1044 - dx])


@pytest.mark.parametrize("frame", [FRAME, CORNER])
@given(near, near)
@settings(max_examples=15)
def test_every_near_shift_is_found(frame, dx, dy):
    picture = noise(1)
    assert shift_of(frame, cut(picture, 0, 0), cut(picture, dx, dy)) == (dx, dy)


@given(near, near)
@settings(max_examples=10)
def test_colors_do_not_matter(dx, dy):
    picture = noise(2)
    other = (picture * [0.5, 0.6, 0.7] + [10, 40, 60]).astype(np.uint8)
    assert shift_of(FRAME, cut(picture, 0, 0), cut(other, dx, dy)) == (dx, dy)


@pytest.mark.parametrize("factor", [1.003, 1.01])
def test_a_stretched_picture_is_not_shifted(factor):
    known = cut(noise(6), 0, 0)
    middle = 512 - 512 / factor
    how = (1 / factor, 0, middle, 0, 1 / factor, middle)
    stretched = Image.fromarray(known).transform(
        (1024, 1024), Image.Transform.AFFINE, how, Image.Resampling.BICUBIC
    )
    for frame in (FRAME, CORNER, Frame.of([Quadrant(0, 0)], (512, 256))):
        assert shift_of(frame, known, np.array(stretched)) == (0, 0)


def test_a_far_shift_is_none():
    picture = noise(3)
    assert shift_of(FRAME, cut(picture, 0, 0), cut(picture, 13, 0)) == (0, 0)


def test_a_flat_context_tells_nothing():
    water = np.full((1024, 1024, 3), 90, np.uint8)
    rippled = water + np.random.default_rng(1).integers(0, 3, water.shape, np.uint8)
    assert shift_of(FRAME, water, rippled) == (0, 0)


def test_a_pattern_that_repeats_tells_nothing():
    stripes = np.zeros((1064, 1064, 3), np.uint8)
    stripes[:, ::6] = stripes[:, 1::6] = 200
    assert shift_of(FRAME, cut(stripes, 0, 0), cut(stripes, 2, 0)) == (0, 0)


def test_other_content_tells_nothing():
    assert shift_of(FRAME, cut(noise(4), 0, 0), cut(noise(5), 0, 0)) == (0, 0)
