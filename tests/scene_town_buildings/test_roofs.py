import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box
from shapely.affinity import rotate

from isogen.scene.town.footprint import Box, box_around, edges_of
from isogen.scene.town.roofs import Pitch, Surface, flat_roof, pitched_roof, pitched_to
from isogen.scene.town.roofs_choice import HIP, MANSARD, gable_ends
from isogen.scene.town.roofs_shapes import (
    BARREL,
    GABLED,
    GAMBREL,
    SKILLION,
    profiled_roof,
    pyramid,
)
from tests.scene_town_buildings.conftest import footprints, rectilinear

RECTANGLE = Polygon([(0, 0), (20, 0), (20, 8), (0, 8)])
ELL = Polygon([(0, 0), (20, 0), (20, 8), (8, 8), (8, 20), (0, 20)])


def plan_area(roof):
    """Area in plan of all triangles that are not upright."""
    total = 0.0
    for face in roof.faces:
        points = np.array(face.points)[:, :2]
        for a, b, c in face.triangles if face.surface is not Surface.GABLE else ():
            (ux, uy), (vx, vy) = points[b] - points[a], points[c] - points[a]
            total += (ux * vy - uy * vx) / 2
    return total


def lowest(roof):
    return min(p[2] for face in roof.faces for p in face.points)


def slopes(roof):
    return [f for f in roof.faces if f.surface is Surface.SLOPE]


@given(footprints, st.sampled_from([HIP, MANSARD, (Pitch(0.5),), (Pitch(1.0, 2.0),)]), st.data())
@settings(max_examples=120)
def test_a_roof_covers_its_footprint_whatever_leans_on_it(footprint, pitches, data):
    leaning = data.draw(st.sets(st.integers(0, len(edges_of(footprint)) - 1)))
    roof = pitched_roof(footprint, pitches, frozenset(leaning))
    assert plan_area(roof) == pytest.approx(footprint.area, rel=1e-3)
    assert lowest(roof) >= 0


@given(footprints, st.sampled_from([GABLED, GAMBREL, SKILLION, BARREL]), st.floats(1, 9))
@settings(max_examples=80)
def test_a_profile_covers_any_footprint(footprint, profile, height):
    roof = profiled_roof(footprint, box_around(footprint), profile, height)
    assert plan_area(roof) == pytest.approx(footprint.area, rel=1e-3)
    assert lowest(roof) >= 0
    assert roof.height_m <= height + 1e-6


@given(footprints, st.floats(0.5, 12))
@settings(max_examples=60)
def test_a_roof_is_as_high_as_it_is_told_unless_that_is_too_steep(footprint, height):
    roof = pitched_to(footprint, height, 3.0)
    assert roof.height_m == pytest.approx(height) or roof.slope == pytest.approx(3.0)


@given(rectilinear())
@settings(max_examples=60)
def test_the_same_footprint_gives_the_same_roof(footprint):
    assert pitched_roof(footprint, MANSARD) == pitched_roof(footprint, MANSARD)


def test_a_capped_roof_ends_flat_at_its_cap():
    roof = pitched_roof(box(0, 0, 40, 40), [Pitch(0.5, 4.0)])
    assert roof.height_m == pytest.approx(4.0)
    assert roof.tops[0].area == pytest.approx(24.0**2)


def test_a_mansard_is_steep_below_and_shallow_above():
    roof = pitched_roof(box(0, 0, 16, 12), MANSARD)
    assert MANSARD[0].cap_m < roof.height_m <= MANSARD[0].cap_m + MANSARD[1].cap_m
    assert len(slopes(roof)) == 8


def test_a_courtyard_keeps_a_ring_of_roof_around_it():
    yard = Polygon(box(0, 0, 40, 40).exterior, [box(12, 12, 28, 28).exterior.coords[::-1]])
    roof = pitched_roof(yard, [Pitch(0.5, 1.0)])
    assert plan_area(roof) == pytest.approx(yard.area)
    assert len(roof.tops[0].interiors) == 1


def test_gables_stand_at_the_ends_of_wings():
    ends = [edges_of(ELL)[k] for k in sorted(gable_ends(ELL))]
    assert ends == [((20.0, 0.0), (20.0, 8.0)), ((8.0, 20.0), (0.0, 20.0))]


def test_a_gable_rises_as_high_as_the_ridge():
    roof = pitched_roof(RECTANGLE, [Pitch(0.5)], gable_ends(RECTANGLE))
    gables = [f for f in roof.faces if f.surface is Surface.GABLE]
    assert [f.top for f in gables] == pytest.approx([2.0, 2.0])
    assert len(slopes(roof)) == 2


def test_where_every_edge_leans_on_a_neighbor_the_roof_is_hipped():
    assert pitched_roof(RECTANGLE, HIP, frozenset(range(4))).gables == frozenset()


def test_a_pyramid_meets_over_the_middle():
    roof = pyramid(box(0, 0, 6, 6), 5.0)
    assert {face.points[2] for face in roof.faces} == {(3.0, 3.0, 5.0)}


def test_a_pyramid_over_a_bent_house_becomes_hips():
    roof = pyramid(ELL, 3.0)
    assert plan_area(roof) == pytest.approx(ELL.area)


def test_a_ridge_runs_along_the_longer_side_unless_turned():
    along = profiled_roof(RECTANGLE, box_around(RECTANGLE), GABLED, 4.0)
    across = profiled_roof(RECTANGLE, box_around(RECTANGLE).turned(), GABLED, 4.0)
    ridge = [
        {round(p[1], 6) for f in r.faces for p in f.points if p[2] > 3.9} for r in (along, across)
    ]
    assert ridge == [{4.0}, {0.0, 8.0}]


def test_a_flat_roof_has_no_slope():
    assert (flat_roof(ELL).slope, flat_roof(ELL).height_m) == (0.0, 0.0)


@given(st.floats(0, 359), st.integers(10, 60), st.integers(4, 9))
def test_the_box_around_a_rectangle_is_the_rectangle(angle, length, width):
    around = box_around(rotate(box(0, 0, length, width), angle))
    assert (around.half_length, around.half_width) == pytest.approx((length / 2, width / 2))
    assert isinstance(around, Box)
