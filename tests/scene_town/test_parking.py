"""Cars in lots and streets: in their bays, apart, few among gardens."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, affinity, box

from isogen.scene.town.bays import CAR_M, bays_of, is_lot
from isogen.scene.town.cars import BUSY_SHARE, QUIET_SHARE

from .conftest import town_with

sizes = st.floats(3, 60)


def cars(bays):
    (x, y), (length, width) = bays.nose, CAR_M
    turn = np.degrees(np.arctan2(y, x))
    shape = affinity.rotate(
        box(-length / 2, -width / 2, length / 2, width / 2), turn, origin=(0, 0)
    )
    return [affinity.translate(shape, e, n) for e, n in bays.middles.tolist()]


@given(sizes, sizes, st.floats(0, 180))
def test_cars_in_a_lot_stand_inside_and_do_not_touch(long, wide, turn):
    lot = affinity.rotate(box(0, 0, long, wide), turn)
    parked = cars(bays_of(lot, Polygon()))
    assert all(lot.buffer(0.2).covers(car) for car in parked)
    pairs = combinations(parked, 2) if len(parked) < 40 else pairwise(parked)
    assert not any(a.intersects(b) for a, b in pairs)


@pytest.mark.parametrize(("lot", "least"), [(box(0, 0, 40, 18), 18), (box(0, 0, 30, 2.5), 4)])
def test_a_lot_is_filled_however_narrow(lot, least):
    assert len(bays_of(lot, Polygon()).middles) >= least


def test_no_bay_lies_on_an_aisle():
    aisle = box(0, 7, 40, 11)
    parked = cars(bays_of(box(0, 0, 40, 18), aisle))
    assert parked
    assert not any(car.intersects(aisle.buffer(-0.1)) for car in parked)


def test_a_garage_below_the_ground_is_no_lot():
    assert is_lot({"amenity": "parking"})
    assert not is_lot({"amenity": "parking", "parking": "underground"})


def test_a_dense_town_and_a_suburb_are_told_apart():
    block = (box(0, 0, 60, 60), {"building": "yes"})
    cottage = (box(-200, -200, -190, -190), {"building": "house"})
    shares = town_with(buildings=[block, cottage]).parcels.built_shares(
        np.array([(65.0, 30.0), (-180.0, -195.0), (0.0, 300.0)])
    )
    assert shares[0] > BUSY_SHARE
    assert 0 < shares[1] < QUIET_SHARE
    assert shares[2] == 0
