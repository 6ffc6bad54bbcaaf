import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from isogen.mesh.stroke import segments, stroke

places = st.tuples(st.floats(-30, 60), st.floats(-30, 60))
lines = st.lists(places, min_size=2, max_size=5).map(np.array)
corners = st.tuples(st.integers(-25, 25), st.integers(-25, 25))


def drawn(line, corner=(-40, -40), size=120):
    raster = np.zeros((size, size), np.uint8)
    stroke(raster, corner, line, 1)
    return raster


@given(lines, corners)
def test_a_line_drawn_in_a_piece_equals_the_same_piece_of_the_whole(line, corner):
    x, y = corner[0] + 40, corner[1] + 40
    assert np.array_equal(drawn(line, corner, 20), drawn(line)[y : y + 20, x : x + 20])


@given(lines)
def test_a_line_covers_the_pixels_of_all_its_points(line):
    x, y = (np.floor(line).astype(int) + 40).T
    assert drawn(line)[y, x].all()


@given(places, places)
def test_a_straight_line_has_one_pixel_for_each_step_of_its_longer_side(a, b):
    steps = np.abs(np.floor(b) - np.floor(a)).max()
    assert drawn(np.array([a, b])).sum() == steps + 1


@given(lines)
def test_many_segments_equal_one_line_through_the_same_points(line):
    raster = np.zeros((120, 120), np.uint8)
    segments(raster, (-40, -40), np.stack([line[:-1], line[1:]], axis=1), 1)
    assert np.array_equal(raster, drawn(line))


def test_a_line_leaves_classes_alone_that_it_may_not_paint_over():
    raster = np.zeros((4, 4), np.uint8)
    raster[0, 2] = 7
    only = np.zeros(256, bool)
    only[0] = True
    stroke(raster, (0, 0), np.array([(0.5, 0.5), (3.5, 0.5)]), 1, only)
    assert raster[0].tolist() == [1, 1, 7, 1]
