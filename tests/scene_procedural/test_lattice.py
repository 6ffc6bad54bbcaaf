import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.geo.camera import Camera
from isogen.mesh.cell import CellKey, cell_of
from isogen.scene.procedural.lattice import PITCH_X, PITCH_Y, BlockKey, Lattice

cameras = st.builds(
    Camera,
    azimuth_deg=st.floats(-180, 180),
    elevation_deg=st.floats(15, 75),
    m_per_px=st.floats(0.1, 1.0),
    pixel_size=st.sampled_from((1, 2, 3, 4)),
)
units = st.floats(-50_000, 50_000)
keys = st.integers(-200, 200)


@given(cameras, units, units)
def test_the_plane_shows_a_lattice_position_where_the_lattice_says(camera, x, y):
    lattice = Lattice(camera)
    shown = camera.to_art(np.array(lattice.to_plane(x, y)))
    assert shown == pytest.approx(lattice.to_art(x, y), abs=1e-6)


@given(cameras, units, units)
def test_art_positions_go_to_the_lattice_and_back(camera, x, y):
    lattice = Lattice(camera)
    assert lattice.to_art(*lattice.from_art(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(cameras, keys, keys)
def test_a_block_belongs_to_the_one_cell_that_holds_its_center(camera, i, j):
    lattice = Lattice(camera)
    center = lattice.to_art((i + 0.5) * PITCH_X, (j + 0.5) * PITCH_Y)
    column, row = cell_of(np.array(center), camera).tolist()
    around = [CellKey(column + a, row + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
    holders = [key for key in around if BlockKey(i, j) in lattice.anchored(key)]
    assert holders == [CellKey(column, row)]


@given(cameras, keys, keys)
def test_the_blocks_of_a_cell_come_in_order(camera, i, j):
    blocks = Lattice(camera).anchored(CellKey(i, j))
    assert blocks == sorted(set(blocks))


@given(cameras, st.integers(-5000, 5000), st.integers(-5000, 5000), st.integers(0, 9))
def test_what_lies_under_a_pixel_does_not_depend_on_the_box(camera, x0, y0, inset):
    lattice = Lattice(camera)
    whole = lattice.under_pixels((x0, y0, x0 + 20, y0 + 20))
    part = lattice.under_pixels((x0 + inset, y0 + inset, x0 + 20, y0 + 20))
    assert np.array_equal(np.stack(part), np.stack(whole)[:, inset:, inset:])
