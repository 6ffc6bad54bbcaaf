import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.image.preprocess import preprocess
from isogen.params.infill import PreprocessParams
from isogen.seeds import mix

shares = st.floats(0, 1)
places = st.integers(-100_000, 100_000)
GRAY = np.full((256, 256, 3), 128, np.uint8)
LEVELS = np.arange(256, dtype=np.uint8).reshape(1, 256, 1).repeat(3, axis=2)


@st.composite
def pictures(draw):
    chance = np.random.default_rng(draw(st.integers(0, 1000)))
    return chance.integers(0, 256, (24, 40, 3), np.uint8)


@given(pictures(), places, places)
def test_nothing_to_do_leaves_every_pixel_as_it_is(picture, x, y):
    out = preprocess(picture, (x, y), PreprocessParams())
    assert np.array_equal(out, picture)
    assert not np.shares_memory(out, picture)


@given(pictures(), places, places, shares, shares, shares)
@settings(max_examples=30, deadline=None)
def test_any_window_shows_the_same_pixels(picture, x, y, desaturation, noise, gamma_shift):
    how = PreprocessParams(desaturation=desaturation, noise=noise, gamma_shift=gamma_shift)
    whole = preprocess(picture, (x, y), how)
    part = preprocess(picture[5:20, 7:31], (x + 7, y + 5), how)
    assert np.array_equal(part, whole[5:20, 7:31])


@given(pictures(), shares, shares, shares)
@settings(max_examples=10, deadline=None)
def test_the_picture_that_was_given_stays(picture, desaturation, noise, gamma_shift):
    before = picture.copy()
    how = PreprocessParams(desaturation=desaturation, noise=noise, gamma_shift=gamma_shift)
    preprocess(picture, (0, 0), how)
    assert np.array_equal(picture, before)


@given(pictures())
def test_without_any_color_left_a_pixel_has_the_brightness_of_bt_601(picture):
    out = preprocess(picture, (0, 0), PreprocessParams(desaturation=1.0)).astype(int)
    luma = picture @ np.array([0.299, 0.587, 0.114])
    assert np.ptp(out, axis=2).max() == 0
    assert np.abs(out[..., 0] - luma).max() <= 0.5 + 1e-9


@given(pictures(), shares)
def test_gray_has_no_color_to_lose(picture, share):
    gray = picture[..., :1].repeat(3, axis=2)
    assert np.array_equal(preprocess(gray, (0, 0), PreprocessParams(desaturation=share)), gray)


@pytest.mark.parametrize("strength", [0.25, 0.5, 1.0])
def test_noise_is_a_factor_around_one_for_each_channel(strength):
    out = preprocess(GRAY, (-300, 900), PreprocessParams(noise=strength)) / 128
    assert out.mean(axis=(0, 1)) == pytest.approx([1, 1, 1], abs=0.005)
    assert out.std(axis=(0, 1)) == pytest.approx([0.15 * strength] * 3, rel=0.03)
    assert abs(np.corrcoef(out.reshape(-1, 3).T)[0, 1]) < 0.02


def test_noise_is_drawn_from_the_seeds_of_places():
    pixel = preprocess(GRAY[:1, :1], (-7, 12), PreprocessParams(noise=1.0))[0, 0]
    bits = [mix(12, -7, channel) for channel in range(3)]
    sums = [sum(b >> place & 0xFFFF for place in (0, 16, 32, 48)) for b in bits]
    factors = [1 + 0.15 * (total - 131070) / 37837.2272 for total in sums]
    assert pixel.tolist() == [round(128 * factor) for factor in factors]


def test_black_stays_black_under_noise():
    black = np.zeros((64, 64, 3), np.uint8)
    assert not preprocess(black, (0, 0), PreprocessParams(noise=1.0)).any()


@given(shares, shares)
def test_more_shift_is_never_brighter(one, other):
    less, more = sorted((one, other))
    bright = preprocess(LEVELS, (0, 0), PreprocessParams(gamma_shift=less))
    dark = preprocess(LEVELS, (0, 0), PreprocessParams(gamma_shift=more))
    assert (dark <= bright).all()
    assert (np.diff(dark[0, :, 0].astype(int)) >= 0).all()


def test_a_full_shift_bends_and_dims():
    dark = preprocess(LEVELS, (0, 0), PreprocessParams(gamma_shift=1.0))[0, :, 0]
    assert dark[255] == round(255 * 0.7)
    assert dark[128] == round(255 * 0.7 * (128 / 255) ** 1.8)
    half = preprocess(LEVELS, (0, 0), PreprocessParams(gamma_shift=0.5))[0, :, 0]
    assert half[255] == 255
