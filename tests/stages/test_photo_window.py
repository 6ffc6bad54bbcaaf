"""What the artist sees beyond a quadrant when it has pictures alone."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.geo.grid import Quadrant
from isogen.stages.photo_window import photo_window_of, stitched

PLACES = [Quadrant(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1)]
RENDERS = {
    q: np.random.default_rng(k).integers(0, 255, (512, 512, 4), np.uint8)
    for k, q in enumerate(PLACES)
}


def seen_from(quadrant, present, pixel_size):
    """What a quadrant's window shows, on a sheet that holds those of all."""
    near = {q: RENDERS[q] for q in (quadrant, *quadrant.neighbors) if q in present}
    window = photo_window_of(quadrant, pixel_size)
    sheet = np.full((1700, 1700, 4), -1, np.int16)
    top, left = window.y0 * pixel_size + 600, window.x0 * pixel_size + 600
    picture = stitched(quadrant, near, pixel_size)
    sheet[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return sheet


@given(st.sets(st.sampled_from(PLACES), min_size=1), st.integers(1, 4))
@settings(max_examples=15, deadline=None)
def test_quadrants_agree_about_what_lies_around_them(present, pixel_size):
    sheets = [seen_from(q, present, pixel_size) for q in sorted(present)]
    for one, other in itertools.combinations(sheets, 2):
        both = (one >= 0) & (other >= 0)
        assert np.array_equal(one[both], other[both])


@pytest.mark.parametrize("pixel_size", [1, 2, 3, 4])
def test_where_the_map_ends_the_picture_is_continued(pixel_size):
    renders = {Quadrant(0, 0): np.full((512, 512, 4), 200, np.uint8)}
    picture = stitched(Quadrant(0, 0), renders, pixel_size)
    window = photo_window_of(Quadrant(0, 0), pixel_size)
    assert picture.shape == (window.height * pixel_size, window.width * pixel_size, 4)
    assert (picture == 200).all()
