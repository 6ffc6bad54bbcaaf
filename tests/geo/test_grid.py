import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box

from isogen.errors import BoundsError, InputError
from isogen.geo.grid import QUADRANT_PX, Quadrant, Region

whole = st.integers(-1000, 1000)
near = st.integers(-12, 12)
quadrants = st.builds(Quadrant, near, near)


@given(whole, whole)
def test_a_quadrant_is_read_as_it_is_written(x, y):
    assert Quadrant.parse(str(Quadrant(x, y))) == (x, y)


@pytest.mark.parametrize("text", ["", "3", "3,", "3,4,5", "a,b", "3.5,1", "3 4", "--3,1", "٣,٤x"])
def test_other_text_is_not_a_quadrant(text):
    with pytest.raises(InputError, match="X,Y") as error:
        Quadrant.parse(text)
    assert error.value.hint


@given(whole, whole)
def test_the_anchor_is_the_bottom_right_corner(x, y):
    quadrant = Quadrant(x, y)
    assert quadrant.anchor == (quadrant.box.x1, quadrant.box.y1)
    assert quadrant.anchor == (QUADRANT_PX * (x + 1), QUADRANT_PX * (y + 1))


def test_the_origin_anchors_quadrant_zero_zero():
    assert Quadrant(0, 0).anchor == (512, 512)
    assert Quadrant(0, 0).box == (0, 0, 512, 512)


@given(quadrants)
def test_neighbors_touch_and_edge_neighbors_share_an_edge(quadrant):
    here = box(*quadrant.box)
    assert len(set(quadrant.neighbors)) == 8
    assert all(here.touches(box(*q.box)) for q in quadrant.neighbors)
    shared = [q for q in quadrant.neighbors if here.intersection(box(*q.box)).length > 0]
    assert quadrant.edge_neighbors == tuple(shared)


@given(st.lists(quadrants))
def test_a_region_holds_each_quadrant_once_in_row_major_order(some):
    region = Region.of(some)
    assert list(region) == sorted(set(some), key=lambda q: (q.y, q.x))
    assert len(region) == len(set(some))
    assert all(q in region for q in some)
    assert region == Region.of(reversed(some))


def test_a_region_is_never_out_of_order():
    with pytest.raises(ValueError, match="row-major"):
        Region((Quadrant(1, 0), Quadrant(0, 0)))
    with pytest.raises(ValueError, match="unique"):
        Region((Quadrant(1, 0), Quadrant(1, 0)))


@given(quadrants, quadrants)
def test_a_rectangle_lies_between_any_two_opposite_corners(a, b):
    region = Region.rectangle(a, b)
    assert region == Region.rectangle((b.x, a.y), (a.x, b.y))
    assert len(region) == (abs(a.x - b.x) + 1) * (abs(a.y - b.y) + 1)
    assert {a, b} <= set(region)
    assert region.corners == (min(region), max(region))


@given(st.lists(quadrants, min_size=1))
def test_the_box_of_a_region_is_the_smallest_around_its_quadrants(some):
    x0, y0, x1, y1 = MultiPolygon([box(*q.box) for q in sorted(set(some))]).bounds
    assert Region.of(some).box == (x0, y0, x1, y1)


def test_an_empty_region_has_no_corners():
    with pytest.raises(BoundsError, match="empty"):
        _ = Region(()).corners


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(-3000, 3000), st.integers(-3000, 3000)), min_size=3, max_size=6)
)
def test_a_region_has_just_the_quadrants_that_show_some_of_an_area(points):
    area = Polygon(points).convex_hull.difference(Point(0, 0).buffer(700))
    assume(isinstance(area, Polygon | MultiPolygon) and area.area > 1)
    everything = Region.rectangle((-8, -8), (8, 8))
    shared = {q: area.intersection(box(*q.box)).area for q in everything}
    found = set(Region.touching(area))
    assert found >= {q for q, size in shared.items() if size > 1e-3}
    assert all(area.intersects(box(*q.box)) for q in found)


@given(quadrants, quadrants)
def test_an_area_of_whole_quadrants_does_not_reach_into_their_neighbors(a, b):
    region = Region.rectangle(a, b)
    assert Region.touching(box(*region.box)) == region


def test_a_hole_of_a_whole_quadrant_leaves_it_out():
    area = box(*Region.rectangle((0, 0), (2, 2)).box).difference(box(*Quadrant(1, 1).box))
    assert Quadrant(1, 1) not in Region.touching(area)
    assert len(Region.touching(area)) == 8


def test_an_empty_area_touches_nothing():
    assert len(Region.touching(Polygon())) == 0


@pytest.mark.parametrize(
    "too_many",
    [
        lambda: Region.rectangle((0, 0), (10**6, 10**6)),
        lambda: Region.touching(box(0, 0, 1e9, 1e9)),
    ],
)
def test_more_quadrants_than_can_be_held_are_refused(too_many):
    with pytest.raises(BoundsError, match="at most"):
        too_many()


@given(whole, whole, st.sampled_from([1, 2, 3, 4]))
def test_art_pixels_that_two_quadrants_share_are_in_both(x, y, pixel_size):
    left, right = Quadrant(x, y), Quadrant(x + 1, y)
    one, other = left.art_box(pixel_size), right.art_box(pixel_size)
    assert one.x1 * pixel_size >= left.box.x1
    assert other.x0 * pixel_size <= right.box.x0
    assert one.x1 - other.x0 == (left.box.x1 % pixel_size > 0)
