import math

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from isogen.mesh.fill import fill, fill_max

SIDE = 40
WIDE = (201, 201)
radii = st.lists(st.floats(0.5, 1.0), min_size=3, max_size=8)
shifts = st.tuples(st.floats(-8, 8), st.floats(-8, 8))
lattice_rings = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=3, max_size=8
).map(lambda points: np.array(points) + 0.5)
"""Corners on pixel centers: edges pass through other centers as well. May cross themselves."""


def star(radii, size, center):
    """A simple polygon around a center."""
    step = 2 * math.pi / len(radii)
    return np.array(
        [
            (center[0] + size * r * math.cos(step * k), center[1] + size * r * math.sin(step * k))
            for k, r in enumerate(radii)
        ]
    )


def drawn(rings, corner=(0, 0), size=(SIDE, SIDE)):
    raster = np.zeros(size, np.uint8)
    fill(raster, corner, rings, 1)
    return raster


@st.composite
def polygons_with_holes(draw):
    x, y = draw(shifts)
    center = (SIDE / 2 + x, SIDE / 2 + y)
    hole = star(draw(radii), 4, center)
    return [star(draw(radii), 18, center), hole[::-1] if draw(st.booleans()) else hole]


@settings(max_examples=50)
@given(polygons_with_holes())
def test_a_pixel_is_inside_when_its_center_is(rings):
    polygon = shapely.Polygon(rings[0], [rings[1]])
    y, x = np.mgrid[:SIDE, :SIDE] + 0.5
    centers = shapely.points(x, y)
    sure = shapely.distance(polygon.boundary, centers) > 1e-9
    expected = shapely.contains(polygon, centers)
    assert np.array_equal(drawn(rings)[sure] == 1, expected[sure])


@settings(max_examples=50)
@given(polygons_with_holes(), st.integers(1, SIDE - 1), st.integers(1, SIDE - 1))
def test_a_raster_made_in_pieces_equals_one_made_at_once(rings, row, column):
    parts = [
        [drawn(rings, (x0, y0), (y1 - y0, x1 - x0)) for x0, x1 in ((0, column), (column, SIDE))]
        for y0, y1 in ((0, row), (row, SIDE))
    ]
    assert np.array_equal(np.block(parts), drawn(rings))


@given(polygons_with_holes(), st.integers(-10_000, 10_000), st.integers(-10_000, 10_000))
def test_moving_polygon_and_raster_by_whole_pixels_changes_nothing(rings, dx, dy):
    exact = [np.rint(r * 64) / 64 for r in rings]
    moved = [np.add(r, (dx, dy)) for r in exact]
    assert np.array_equal(drawn(moved, (dx, dy)), drawn(exact))


@given(polygons_with_holes(), st.integers(0, 7))
def test_the_direction_and_the_start_of_a_ring_do_not_matter(rings, start):
    turned = [np.roll(r, start, axis=0)[::-1] for r in reversed(rings)]
    assert np.array_equal(drawn(turned), drawn(rings))


@example(np.array([(25.5, 24.5), (3.5, 2.5), (25.5, 2.5)]))
@given(lattice_rings)
def test_the_direction_of_a_ring_does_not_matter_where_edges_pass_through_centers(ring):
    assert np.array_equal(drawn([ring[::-1]], size=WIDE), drawn([ring], size=WIDE))


@given(lattice_rings, st.integers(0, 7), st.integers(0, 7))
def test_two_polygons_that_share_edges_share_no_pixel_and_leave_none_out(ring, i, j):
    a, b = sorted((i % len(ring), j % len(ring)))
    one, other = ring[a : b + 1], np.vstack([ring[b:], ring[: a + 1]])
    both = drawn([one], size=WIDE) ^ drawn([other], size=WIDE)
    assert np.array_equal(both, drawn([ring], size=WIDE))


@given(polygons_with_holes())
def test_only_the_classes_that_are_allowed_are_written_over(rings):
    raster = np.indices((SIDE, SIDE)).sum(axis=0).astype(np.uint8) % 3
    before = raster.copy()
    fill(raster, (0, 0), rings, 9, only=np.arange(256) == 2)
    assert np.array_equal(raster == 9, (drawn(rings) == 1) & (before == 2))
    assert np.array_equal(raster[raster != 9], before[raster != 9])


@given(polygons_with_holes(), st.floats(-5, 5))
def test_heights_are_raised_and_never_lowered(rings, value):
    heights = np.zeros((SIDE, SIDE))
    fill_max(heights, (0, 0), rings, value)
    assert np.array_equal(heights, np.where(drawn(rings) == 1, max(value, 0.0), 0.0))


@pytest.mark.parametrize(
    "rings", [[], [np.zeros((0, 2))], [np.array([(1.0, 1.0), (9.0, 9.0)])], [np.full((4, 2), 3.0)]]
)
def test_what_has_no_area_fills_nothing(rings):
    assert drawn(rings).sum() == 0


@settings(max_examples=20)
@given(polygons_with_holes(), st.sampled_from([(-1, 0), (1, 0), (0, -1), (0, 1)]))
def test_a_raster_that_a_polygon_does_not_reach_stays_as_it_is(rings, way):
    corner = (way[0] * 3 * SIDE, way[1] * 3 * SIDE)
    assert drawn(rings, corner).sum() == 0
