"""Answers in which nothing was painted."""

import numpy as np
import pytest

from isogen.geo.grid import Quadrant
from isogen.image.answer import Fitting, fit_answer
from isogen.image.leftovers import border_left, is_painted
from isogen.image.template import BORDER_PX, Frame, draw_border
from tests.support.drift import DRIFTS, drifted

ALONE = Frame.of([Quadrant(x, y) for x in (0, 1) for y in (0, 1)], (0, 0))
MIDDLE = Frame.of([Quadrant(0, 0)], (256, 256))
RIGHT = Frame.of([Quadrant(0, 0), Quadrant(0, 1)], (512, 0))
FRAMES = pytest.mark.parametrize("frame", [ALONE, MIDDLE, RIGHT])


@pytest.fixture(scope="module")
def truth():
    rng = np.random.default_rng(6)
    art = rng.integers(60, 200, (128, 128, 3), np.uint8)
    return art.repeat(8, axis=0).repeat(8, axis=1)


def template(frame, truth):
    known = truth.copy()
    draw_border(known[frame.inside])
    return known


@FRAMES
@pytest.mark.parametrize("name", DRIFTS)
def test_a_template_that_comes_back_with_its_border_is_not_painted(frame, name, truth):
    known = template(frame, truth)
    assert not is_painted(frame, known, drifted(name, known, 1))


@FRAMES
@pytest.mark.parametrize("name", DRIFTS)
def test_a_picture_without_a_border_is_painted(frame, name, truth):
    assert is_painted(frame, template(frame, truth), drifted(name, truth, 1))
    assert border_left(frame, truth) < 0.05


def test_one_side_of_the_border_is_enough(truth):
    answer = truth.copy()
    rows, columns = MIDDLE.inside
    answer[rows.start : rows.start + 200, columns.stop - BORDER_PX : columns.stop] = (250, 30, 20)
    assert border_left(MIDDLE, answer) == pytest.approx(200 / 512)


def test_a_red_roof_at_the_edge_is_no_border(truth):
    answer = truth.copy()
    answer[256:600, 256:400] = (220, 40, 30)
    assert is_painted(MIDDLE, template(MIDDLE, truth), answer)


@FRAMES
def test_a_black_answer_is_not_painted(frame, truth):
    noise = np.random.default_rng(1).integers(0, 3, truth.shape, np.uint8)
    known = template(frame, truth)
    assert not is_painted(frame, known, noise)
    fitted = fit_answer(frame, known, noise, Fitting(correct=True, blend_px=24, pixel_size=2))
    assert not fitted.quality.is_painted


@FRAMES
def test_open_water_may_be_of_one_color(frame):
    water = np.full((1024, 1024, 3), (70, 120, 160), np.uint8)
    assert is_painted(frame, template(frame, water), water)
