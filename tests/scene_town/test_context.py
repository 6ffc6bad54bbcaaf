import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Polygon, box

from isogen.mesh.cell import CellKey
from isogen.mesh.model import GRAINS_PER_M
from isogen.scene.town.near import anchor_of
from isogen.scene.town.shores import rim_of
from tests.scene_town.conftest import CAMERA, EXTENT, SEA, keys_of, small_town

meters = st.floats(-320, 320)


@given(meters, meters)
def test_every_place_lies_in_exactly_one_cell(e, n):
    town = small_town()
    i, j = town.cells_of(np.array([[e, n]]))[0].tolist()
    around = [CellKey(i + di, j + dj) for di in (-1, 0, 1) for dj in (-1, 0, 1)]
    assert [key for key in around if town.in_cell((e, n), key)] == [CellKey(i, j)]


def test_every_building_belongs_to_one_cell(town):
    held = [index for key in keys_of(town) for index in town.buildings_in(key)]
    assert sorted(held) == list(range(len(town.features.buildings)))


@pytest.mark.parametrize(
    "geometry",
    [box(0.1, 0.2, 5, 7), LineString([(0, 0), (3, 1), (3, 9)]), Polygon([(0, 0), (9, 0), (1, 8)])],
)
def test_an_anchor_lies_on_its_geometry_and_is_whole_grains(geometry):
    e, n = anchor_of(geometry)
    assert geometry.distance(shapely.Point(e, n)) < 2 / GRAINS_PER_M
    assert (e * GRAINS_PER_M, n * GRAINS_PER_M) == (
        round(e * GRAINS_PER_M),
        round(n * GRAINS_PER_M),
    )


def test_a_cell_is_as_large_as_its_pixels_on_the_plane(town):
    side = 512 * CAMERA.art_m
    assert town.cell_outline(CellKey(0, 0)).area == pytest.approx(side**2 / CAMERA.sin_elevation)


@pytest.mark.parametrize(
    ("place", "margin", "clear"),
    [
        ((-200, 0), 5, True),
        ((-55, -25), 1, True),
        ((-55, 50), 1, False),
        ((-36, 50), 5, False),
        ((300, -300), 1, False),
        ((0, 5000), 1, False),
    ],
    ids=["open", "courtyard", "house", "beside a house", "sea", "outside"],
)
def test_a_clear_place_is_dry_inside_and_away_from_houses(town, place, margin, clear):
    assert town.is_clear(place, margin) is clear


def test_the_rim_of_the_land_is_its_whole_outline():
    land = EXTENT.difference(SEA)
    rim = rim_of([land], EXTENT)
    shores = sum(line.length for line in rim.shores)
    assert shores + sum(line.length for line in rim.edges) == pytest.approx(land.length)
    assert shores == pytest.approx(
        SEA.exterior.difference(EXTENT.exterior.buffer(0.1)).length, abs=2
    )


def test_land_lies_left_of_every_shore():
    land = EXTENT.difference(SEA)
    shores = rim_of([land], EXTENT).shores
    left = [line.offset_curve(0.5).interpolate(0.5, normalized=True) for line in shores]
    assert all(land.contains(point) for point in left)


def test_a_pier_is_a_deck_over_water_alone(town):
    assert town.decks
    assert all(SEA.buffer(0.01).contains(deck.outline) for deck in town.decks)
