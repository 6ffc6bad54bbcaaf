import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Polygon, affinity, box

from isogen.scene.heading import best_heading
from isogen.scene.osm.features import Feature, Features

HOUSES = (box(0, 0, 40, 20), box(60, 0, 90, 30), box(0, 50, 25, 90))
directions = st.integers(0, 719).map(lambda half: half / 2)


def town(*houses, ways=()):
    ground = box(-500, -500, 500, 500)
    return Features(
        extent=ground,
        land=MultiPolygon([ground]),
        sea=MultiPolygon(),
        buildings=tuple(Feature(i, {"building": "yes"}, h) for i, h in enumerate(houses)),
        parts=(),
        areas=(),
        ways=tuple(Feature(99 + i, {"highway": "primary"}, w) for i, w in enumerate(ways)),
        nodes=(),
    )


def turned(shape, compass_deg):
    return affinity.rotate(shape, -compass_deg, origin=(0, 0))


@given(directions)
def test_walls_run_diagonally_at_the_chosen_heading(direction):
    heading = best_heading(town(*(turned(h, direction) for h in HOUSES)))
    assert (heading.azimuth_deg - direction) % 90 == 45
    assert heading.share == 1


@given(directions)
def test_of_equal_headings_the_nearest_to_north_is_chosen(direction):
    heading = best_heading(town(*(turned(h, direction) for h in HOUSES)))
    assert -45 < heading.azimuth_deg <= 45


def test_long_walls_outweigh_short_ones():
    church = turned(Polygon([(0, 0), (9, 0), (9, 5), (0, 5)]), 30)
    assert best_heading(town(*HOUSES, church)).azimuth_deg == 45


def test_streets_count_where_there_are_no_houses():
    street = turned(LineString([(0, 0), (0, 400)]), 29)
    assert best_heading(town(ways=[street])).azimuth_deg == -16


def test_crooked_walls_add_up():
    houses = [turned(h, 20 + wobble) for h in HOUSES for wobble in np.linspace(-3, 3, 7)]
    heading = best_heading(town(*houses, turned(box(0, 0, 60, 60), 70)))
    assert heading.azimuth_deg == pytest.approx(-25, abs=1)


def test_a_place_without_walls_and_streets_has_no_best_heading():
    assert best_heading(town()) is None
