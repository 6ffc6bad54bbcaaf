import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box

from isogen.scene.osm.coast import close_coast
from isogen.scene.osm.split import split_extent

EXTENT = box(0, 0, 1000, 1000)
places = st.tuples(st.integers(-300, 1300), st.integers(-300, 1300))
lines = st.lists(places, min_size=2, max_size=9, unique=True).map(LineString)


def circle(e, n, radius, *, clockwise):
    ring = Point(e, n).buffer(radius).exterior
    return LineString(ring.coords if clockwise else ring.coords[::-1])


@given(st.lists(lines, max_size=4))
@settings(deadline=None, max_examples=60)
def test_land_and_sea_fill_the_extent_and_do_not_overlap(coast):
    land, sea = close_coast(coast, EXTENT)
    assert land.is_valid
    assert sea.is_valid
    assert land.area + sea.area == pytest.approx(EXTENT.area, rel=1e-6)
    assert land.intersection(sea).area < 1e-3


@given(st.lists(lines, min_size=2, max_size=4), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=30)
def test_the_order_of_the_lines_does_not_matter(coast, shuffled):
    other = list(coast)
    shuffled.shuffle(other)
    assert close_coast(coast, EXTENT) == close_coast(other, EXTENT)


@given(st.lists(st.integers(5, 995), min_size=2, max_size=8))
@settings(deadline=None, max_examples=40)
def test_a_line_turned_around_swaps_its_sides(norths):
    easts = np.linspace(-20, 1020, len(norths))
    line = LineString(np.stack([easts, norths], axis=1))
    left, right = split_extent([line], EXTENT)
    assert split_extent([line.reverse()], EXTENT) == (right, left)


@given(st.integers(5, 995), st.integers(5, 995))
@settings(deadline=None, max_examples=40)
def test_water_lies_right_of_a_straight_coast(west, east):
    land, sea = close_coast([LineString([(-50, west), (1050, east)])], EXTENT)
    assert land.contains(Point(500, 999))
    assert sea.contains(Point(500, 1))


def test_without_a_coastline_all_is_land():
    land, sea = close_coast([], EXTENT)
    assert land.area == EXTENT.area
    assert sea.is_empty


def test_ends_before_the_edge_are_prolonged():
    land, sea = close_coast([LineString([(30, 500), (500, 520), (960, 500)])], EXTENT)
    assert land.area == pytest.approx(490_000, rel=0.02)
    assert len(land.geoms) == len(sea.geoms) == 1


def test_an_end_that_points_nowhere_takes_the_nearest_edge():
    coast = LineString([(0, 500), (900, 500), (900, 510), (880, 510)])
    land, sea = close_coast([coast], EXTENT)
    assert land.contains(Point(500, 900))
    assert sea.contains(Point(500, 100))


def test_an_island_is_land_in_the_sea():
    land, sea = close_coast([circle(500, 500, 200, clockwise=False)], EXTENT)
    assert land.area == pytest.approx(np.pi * 200**2, rel=0.01)
    assert sea.contains(Point(10, 10))


def test_a_ring_of_coastline_around_water_is_sea_in_the_land():
    land, sea = close_coast([circle(500, 500, 200, clockwise=True)], EXTENT)
    assert sea.area == pytest.approx(np.pi * 200**2, rel=0.01)
    assert land.contains(Point(10, 10))


def test_an_island_off_a_coast_is_land_on_both_sides_of_the_sound():
    coast = [LineString([(0, 700), (1000, 700)]), circle(500, 300, 100, clockwise=False)]
    land, sea = close_coast(coast, EXTENT)
    assert len(land.geoms) == 2
    assert sea.contains(Point(500, 550))


def test_a_coastline_in_pieces_is_one_coastline():
    pieces = [LineString([(500, 480), (1000, 500)]), LineString([(0, 500), (500, 480)])]
    whole = [LineString([(0, 500), (500, 480), (1000, 500)])]
    assert close_coast(pieces, EXTENT)[1].equals(close_coast(whole, EXTENT)[1])


@pytest.mark.parametrize(("n", "is_sea"), [(1400, True), (-400, False)])
def test_a_coastline_beside_the_extent_tells_whether_it_is_all_sea(n, is_sea):
    _, sea = close_coast([LineString([(-500, n), (500, n + 90), (1500, n)])], EXTENT)
    assert sea.area == (EXTENT.area if is_sea else 0)


def test_an_extent_around_no_part_of_an_island_but_near_it_is_sea():
    _, sea = close_coast([circle(1500, 1500, 200, clockwise=False)], EXTENT)
    assert sea.area == EXTENT.area
