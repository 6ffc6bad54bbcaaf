import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.mesh.vocabulary import Ground
from isogen.scene.procedural.blocks import lay_out
from isogen.scene.procedural.lattice import BlockKey
from isogen.scene.procedural.plan import District, has_bridge, has_statue, site_of

SEED = 7
NEAR = [BlockKey(i, j) for i in range(-12, 13) for j in range(-12, 13)]

seeds = st.integers(0, 2**32)
blocks = st.builds(BlockKey, st.integers(-3000, 3000), st.integers(-3000, 3000))


@pytest.mark.parametrize("district", list(District))
def test_every_district_is_somewhere_near(district):
    assert any(site_of(SEED, key).district is district for key in NEAR)


@given(seeds, st.integers(3, 5), st.integers(-3000, 3000))
def test_the_river_runs_on_without_end(seed, column, row):
    assert site_of(seed, BlockKey(column, row)).district is District.RIVER


@given(st.integers(-3000, 3000))
def test_a_bridge_is_never_far(row):
    assert sum(has_bridge(j) for j in range(row, row + 9)) == 1


@given(st.integers(-3000, 3000))
def test_the_statue_stands_again_every_27_rows(row):
    assert sum(has_statue(BlockKey(4, j)) for j in range(row, row + 27)) == 1


@given(seeds, blocks)
def test_density_is_a_share(seed, key):
    assert 0 <= site_of(seed, key).density <= 1


@given(seeds, blocks)
def test_a_common_has_all_its_four_quarters(seed, key):
    column, row = site_of(seed, key).common or (0, 0)
    corner = BlockKey(key.i - column, key.j - row)
    quarters = {
        site_of(seed, BlockKey(corner.i + a, corner.j + b)).common for a in (0, 1) for b in (0, 1)
    }
    whole = {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert quarters == whole or site_of(seed, key).common is None


@given(seeds, blocks)
def test_a_block_keeps_its_roads_free_and_its_lot_within_the_kerb(seed, key):
    site = site_of(seed, key)
    kerb, lot = site.kerb, site.lot
    assert kerb.x0 <= lot.x0 < lot.x1 <= kerb.x1
    assert kerb.y0 <= lot.y0 < lot.y1 <= kerb.y1


@pytest.mark.parametrize("district", list(District))
def test_the_ground_of_a_block_holds_known_classes(district):
    key = next(k for k in NEAR if site_of(SEED, k).district is district)
    classes = np.unique(lay_out(SEED, key).ground).tolist()
    assert set(classes) <= set(Ground)


def test_streets_of_neighboring_blocks_meet():
    west, east = lay_out(SEED, BlockKey(-9, -9)), lay_out(SEED, BlockKey(-8, -9))
    assert west.ground[0, -1] == east.ground[0, 0] == Ground.ROAD
