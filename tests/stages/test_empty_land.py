import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.mesh.cell import VOID
from isogen.mesh.emptiness import REACH_PX, empty_ground
from isogen.mesh.vocabulary import Ground
from isogen.stages.empty_land import EmptyLand

SIDE = 32
KEYS = [(x, y) for y in range(-1, 3) for x in range(4)]


def land_of(plane):
    land = EmptyLand()
    for x, y in KEYS:
        land.add((x, y), plane[(y + 1) * SIDE : (y + 2) * SIDE, x * SIDE : (x + 1) * SIDE])
    return land


@given(st.lists(st.tuples(st.integers(0, 127), st.integers(0, 127)), max_size=5))
def test_a_map_measured_in_quadrants_is_as_empty_as_measured_at_once(spots):
    plane = np.full((4 * SIDE, 4 * SIDE), Ground.DIRT, np.uint8)
    for row, column in spots:
        plane[row : row + 3, column : column + 3] = VOID
    whole = np.pad(plane, REACH_PX, constant_values=VOID)
    expected = empty_ground(whole).sum() / (plane != VOID).sum()
    assert land_of(plane).share() == pytest.approx(expected)


def test_where_only_things_are_seen_there_is_no_share():
    assert land_of(np.full((4 * SIDE, 4 * SIDE), VOID, np.uint8)).share() is None
    assert EmptyLand().share() is None
