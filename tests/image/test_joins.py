"""Steps of color between an infill and its context that the context itself does not tell of."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.geo.grid import Quadrant
from isogen.image.answer import Fitting, fit_answer
from isogen.image.joins import WIDER, join
from isogen.image.seams import edges_of, seam_of
from isogen.image.template import Frame

MIDDLE = Frame.of([Quadrant(0, 0)], (256, 256))
BETWEEN = Frame.of([Quadrant(0, 0), Quadrant(0, 1)], (256, 0))
FADE_PX = 24


def town(seed, pixel_size=2):
    """Blocks with outlines, larger than an art pixel, on a lattice."""
    rng = np.random.default_rng(seed)
    side = -(-1024 // pixel_size)
    art = np.full((side, side, 3), (118, 148, 92), np.uint8)
    for _ in range(900):
        y, x = rng.integers(0, side - 10, 2)
        height, width = rng.integers(4, 40, 2)
        color = rng.integers(40, 210, 3)
        art[y : y + height, x : x + width] = color // 2
        art[y + 1 : y + height - 1, x + 1 : x + width - 1] = color
    return art.repeat(pixel_size, axis=0).repeat(pixel_size, axis=1)[:1024, :1024].copy()


def darker(pixels, factor):
    return np.rint(pixels * factor).astype(np.uint8)


def tinted(truth, frame, factor):
    out = truth.copy()
    out[frame.inside] = darker(truth[frame.inside], factor)
    return out


def joined(frame, picture, pixel_size=2):
    out = picture.copy()
    is_joined = join(frame, out, tuple(edges_of(frame)), (FADE_PX, pixel_size))
    return out, is_joined


def worst(frame, picture, pixel_size=2):
    return max(seam_of(picture, edge, pixel_size) for edge in edges_of(frame))


@pytest.mark.parametrize("frame", [MIDDLE, BETWEEN])
@pytest.mark.parametrize("factor", [0.85, 0.9, 1.1])
def test_an_infill_of_another_tint_meets_its_context_without_a_step(frame, factor):
    truth = town(1)
    picture = tinted(truth, frame, factor)
    out, is_joined = joined(frame, picture)
    assert is_joined
    assert worst(frame, out) < worst(frame, truth) + 0.1 < worst(frame, picture)
    rows, columns = frame.inside
    far = WIDER * FADE_PX
    inner = np.s_[rows.start + far : rows.stop - far, columns.start + far : columns.stop - far]
    assert np.array_equal(out[inner], picture[inner])
    beside = np.s_[rows, columns.start : columns.start + 2]
    off = np.abs(out[beside].astype(int) - truth[beside])
    assert np.median(off) <= 2


def test_two_neighbors_of_different_tints_are_each_met():
    truth = town(2)
    picture = truth.copy()
    picture[:, :256] = darker(truth[:, :256], 0.88)
    picture[:, 768:] = darker(truth[:, 768:], 1.1)
    out, is_joined = joined(BETWEEN, picture)
    assert is_joined
    assert worst(BETWEEN, out) < worst(BETWEEN, truth) + 0.1
    middle = np.s_[:, 500:520]
    assert np.array_equal(out[middle], picture[middle])


@given(st.integers(0, 1000), st.sampled_from([1, 2, 3]))
@settings(max_examples=8)
def test_where_nothing_is_off_no_pixel_changes(seed, pixel_size):
    truth = town(seed, pixel_size)
    out, is_joined = joined(MIDDLE, truth, pixel_size)
    assert not is_joined
    assert np.array_equal(out, truth)


def test_another_thing_that_begins_at_the_edge_is_no_step():
    picture = np.full((1024, 1024, 3), (60, 110, 160), np.uint8)
    picture[MIDDLE.inside] = town(3)[MIDDLE.inside]
    out, is_joined = joined(MIDDLE, picture)
    assert not is_joined
    assert np.array_equal(out, picture)


def test_the_context_stays_and_art_pixels_stay_whole():
    truth = town(4)
    out, _ = joined(MIDDLE, tinted(truth, MIDDLE, 0.88))
    outside = np.ones((1024, 1024), bool)
    outside[MIDDLE.inside] = False
    assert np.array_equal(out[outside], truth[outside])
    art = out[MIDDLE.inside].reshape(256, 2, 256, 2, 3)
    assert (art == art[:, :1, :, :1]).all()


def test_a_model_that_hands_its_context_back_untouched_is_joined_all_the_same():
    truth = town(5)
    fitting = Fitting(correct=True, blend_px=FADE_PX, pixel_size=2)
    fitted = fit_answer(MIDDLE, truth, tinted(truth, MIDDLE, 0.9), fitting)
    assert fitted.quality.corrected
    assert fitted.quality.seam < worst(MIDDLE, truth) + 0.1
