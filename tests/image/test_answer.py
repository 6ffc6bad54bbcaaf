"""What becomes of answers: pictures of streets and roofs, as a model may return them."""

import numpy as np
import pytest

from isogen.errors import InputError
from isogen.geo.grid import Quadrant
from isogen.image.answer import Fitting, fit_answer
from isogen.image.color import IDENTITY, ColorMap
from isogen.image.oklab import mean_difference
from isogen.image.template import Frame, draw_border
from tests.support.drift import DRIFTS, drifted

FITTING = Fitting(correct=True, blend_px=24, pixel_size=2)
ALONE = Frame.of([Quadrant(0, 0), Quadrant(1, 0), Quadrant(0, 1), Quadrant(1, 1)], (0, 0))
MIDDLE = Frame.of([Quadrant(0, 0)], (256, 256))
RIGHT = Frame.of([Quadrant(0, 0), Quadrant(0, 1)], (512, 0))
COLORED = ("brightness", "exposure", "saturation", "hue")


@pytest.fixture(scope="module")
def truth():
    """A town of colored blocks with outlines, in art pixels of 2 x 2."""
    rng = np.random.default_rng(3)
    art = np.full((512, 512, 3), (118, 148, 92), np.uint8)
    for _ in range(700):
        y, x = rng.integers(0, 500, 2)
        height, width = rng.integers(4, 40, 2)
        color = rng.integers(40, 220, 3)
        art[y : y + height, x : x + width] = color // 2
        art[y + 1 : y + height - 1, x + 1 : x + width - 1] = color
    return art.repeat(2, axis=0).repeat(2, axis=1)


def template(frame, truth):
    known = truth.copy()
    known[frame.inside] = 128
    draw_border(known[frame.inside])
    return known


def error(one, other, frame):
    flat = [np.ascontiguousarray(p[frame.inside]).reshape(-1, 3) for p in (one, other)]
    return mean_difference(*flat)


@pytest.mark.parametrize("frame", [MIDDLE, RIGHT])
@pytest.mark.parametrize("name", COLORED)
def test_a_drift_of_color_is_taken_out_of_the_infill(name, frame, truth):
    answer = drifted(name, truth, 1)
    fitted = fit_answer(frame, template(frame, truth), answer, FITTING)
    assert error(fitted.pixels, truth, frame) < 0.1 * error(answer, truth, frame)
    assert fitted.quality.corrected
    assert fitted.quality.drift < 0.2 * fitted.quality.fidelity
    assert fitted.quality.seam < 1.2


@pytest.mark.parametrize("frame", [MIDDLE, RIGHT])
def test_a_shift_is_taken_out_exactly(frame, truth):
    fitted = fit_answer(frame, template(frame, truth), drifted("shift of 2 px", truth, 1), FITTING)
    assert fitted.quality.shift in {(2, 2), (2, -2), (-2, 2), (-2, -2)}
    assert np.array_equal(fitted.pixels[8:-8, 8:-8], truth[8:-8, 8:-8])


def test_all_disturbances_together_leave_a_fifth_at_most(truth):
    answer = drifted("all together", truth, 2)
    fitted = fit_answer(MIDDLE, template(MIDDLE, truth), answer, FITTING)
    assert error(fitted.pixels, truth, MIDDLE) < 0.2 * error(answer, truth, MIDDLE)


@pytest.mark.parametrize("name", DRIFTS)
def test_the_context_is_never_changed(name, truth):
    known = template(RIGHT, truth)
    fitted = fit_answer(RIGHT, known, drifted(name, truth, 5), FITTING)
    assert np.array_equal(fitted.pixels[:, :512], known[:, :512])


@pytest.mark.parametrize("frame", [MIDDLE, RIGHT, ALONE])
def test_what_is_not_off_stays_bit_for_bit(frame, truth):
    fitted = fit_answer(frame, template(frame, truth), truth, FITTING)
    assert np.array_equal(fitted.pixels, truth)
    assert not fitted.quality.corrected


def test_what_was_painted_anew_in_the_context_bends_nothing(truth):
    answer, rng = truth.copy(), np.random.default_rng(1)
    for y, x in rng.integers(0, 992, (50, 2)):
        answer[y : y + 32, x : x + 32] = rng.integers(0, 256, 3)
    fitted = fit_answer(MIDDLE, template(MIDDLE, truth), answer, FITTING)
    assert (fitted.quality.shift, fitted.color) == ((0, 0), IDENTITY)
    assert error(fitted.pixels, answer, MIDDLE) < 0.001


def test_a_picture_of_other_content_is_left_as_it_is(truth):
    other = np.rot90(truth).copy()
    fitted = fit_answer(MIDDLE, template(MIDDLE, truth), other, Fitting(True, 0, 2))  # noqa: FBT003
    assert np.array_equal(fitted.pixels[MIDDLE.inside], other[MIDDLE.inside])
    assert fitted.quality.drift > 0.1


def test_water_alone_tells_how_far_colors_are_off_and_nothing_more(truth):
    known = np.full_like(truth, (60, 110, 160))
    answer = drifted("brightness", known, 3)
    answer[RIGHT.inside] = drifted("brightness", truth, 3)[RIGHT.inside]
    fitted = fit_answer(RIGHT, known, answer, FITTING)
    assert fitted.quality.shift == (0, 0)
    assert error(fitted.pixels, truth, RIGHT) < 0.6 * error(answer, truth, RIGHT)


def test_nothing_is_corrected_when_that_is_turned_off(truth):
    answer = drifted("all together", truth, 4)
    fitted = fit_answer(MIDDLE, template(MIDDLE, truth), answer, Fitting(False, 0, 2))  # noqa: FBT003
    assert np.array_equal(fitted.pixels[MIDDLE.inside], answer[MIDDLE.inside])
    assert fitted.quality.fidelity == fitted.quality.drift > 0.05


def test_an_answer_without_context_has_no_measures(truth):
    quality = fit_answer(ALONE, template(ALONE, truth), truth, FITTING).quality
    assert (quality.fidelity, quality.drift, quality.seam) == (None, None, None)


def test_a_prior_takes_the_usual_tint_out_of_what_has_no_context(truth):
    prior = ColorMap(((0.9, 0, 0, 0.01), (0, 0.9, 0, 0.01), (0, 0, 0.9, 0.01)))
    fitted = fit_answer(ALONE, template(ALONE, truth), truth, FITTING, prior)
    assert np.array_equal(fitted.pixels, prior.applied(truth))
    seen = fit_answer(MIDDLE, template(MIDDLE, truth), truth, FITTING, prior)
    assert np.array_equal(seen.pixels, truth)


def test_an_answer_of_another_size_is_refused(truth):
    with pytest.raises(InputError, match="512 x 1024 x 3"):
        fit_answer(MIDDLE, truth, truth[:512], FITTING)
