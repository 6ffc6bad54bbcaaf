from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from inference.engine import EditJob
from isogen.errors import InputError
from isogen.image.template import draw_border
from isogen.models.pixelart_engine import PixelartEngine
from isogen.pixelart.photo.infill import PhotoBrush, complete_template
from isogen.pixelart.photo.look import PhotoLook
from isogen.pixelart.style import load_style

COLORS = load_style("classic").palette("day").colors
BRUSH = PhotoBrush(COLORS, PhotoLook(), 2, (27, 36, 64))


def template(seed):
    pixels = np.random.default_rng(seed).integers(0, 256, (1024, 1024, 3), np.uint8)
    draw_border(pixels[:512, :512])
    return pixels


def job(pixels, window=None):
    return EditJob(Image.fromarray(pixels), "fill in", window=window)


def test_jobs_are_answered_in_their_order_with_what_the_artist_paints():
    one, other = template(1), template(2)
    made = PixelartEngine(BRUSH).edit([job(one), job(other, (-512, 1024))])
    assert np.array_equal(np.asarray(made[0]), complete_template(one, (0, 0), BRUSH))
    assert np.array_equal(np.asarray(made[1]), complete_template(other, (-512, 1024), BRUSH))


def test_a_picture_that_is_no_template_is_refused_with_what_is_wrong():
    pixels = np.zeros((1024, 1024, 3), np.uint8)
    with pytest.raises(InputError, match=r"not a template: .* no border"):
        PixelartEngine(BRUSH).edit([job(pixels)])


def test_loading_twice_does_nothing():
    engine = PixelartEngine(BRUSH)
    engine.load()
    engine.load()


@pytest.mark.parametrize(
    "changed",
    [
        {"block": 3},
        {"nothing": (0, 0, 0)},
        {"look": PhotoLook(outline=0.0)},
        {"colors": COLORS[::-1].copy()},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_whatever_decides_a_picture_is_in_the_revision(changed):
    engine = PixelartEngine(BRUSH)
    assert engine.revision == PixelartEngine(BRUSH).revision
    assert PixelartEngine(replace(BRUSH, **changed)).revision != engine.revision
