"""A model that drifts, over a small town: the targets of docs/quality.md, loosely."""

import numpy as np
import pytest

from isogen.geo.grid import Quadrant
from isogen.image.color import IDENTITY
from tests.support.drifting_map import Town

SIDE = 5


@pytest.fixture(scope="module")
def town():
    rng = np.random.default_rng(8)
    art = np.full((SIDE * 256, SIDE * 256, 3), (104, 140, 84), np.uint8)
    for _ in range(4000):
        y, x = rng.integers(0, SIDE * 256 - 12, 2)
        height, width = rng.integers(4, 40, 2)
        color = rng.integers(50, 200, 3)
        art[y : y + height, x : x + width] = color // 2
        art[y + 1 : y + height - 1, x + 1 : x + width - 1] = color
    whole = art.repeat(2, axis=0).repeat(2, axis=1)
    truth = {
        Quadrant(x, y): np.ascontiguousarray(
            whole[512 * y : 512 * y + 512, 512 * x : 512 * x + 512]
        )
        for y in range(SIDE)
        for x in range(SIDE)
    }
    return Town(truth, truth, 2)


def test_four_fifths_of_every_drift_are_taken_out_and_no_seam_is_left(town):
    frame = town.frames()[4]
    quadrant = frame.painted[0]
    raw, fitted = (
        town.complete(frame, "all together", 3, fitting) for fitting in (town.raw, town.fitting)
    )
    before, after = (f.pixels[frame.inside] for f in (raw, fitted))
    assert town.error({quadrant: after}) < 0.25 * town.error({quadrant: before})
    assert np.mean(town.seams({quadrant: after})) < 1.1


def test_a_map_from_scratch_drifts_less(town):
    steps = town.plan(q for q in town.truth if max(q) < 3)
    raw, fitted = (town.paint(steps, "brightness", f) for f in (town.raw, town.fitting))
    assert town.error(fitted) < 0.8 * town.error(raw)
    assert np.mean(town.seams(fitted)) < np.mean(town.seams(raw))


def test_a_model_with_one_tint_is_corrected_throughout_by_a_prior(town):
    prior = town.complete(town.frames()[0], "hue", 0, town.fitting).color
    assert prior != IDENTITY
    steps = town.plan(q for q in town.truth if max(q) < 3)
    raw = town.paint(steps, "hue", town.raw, same=True)
    fitted = town.paint(steps, "hue", town.fitting, same=True, prior=prior)
    assert town.error(fitted) < 0.15 * town.error(raw)
