import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from isogen.geo.camera import Camera
from isogen.geo.grid import Quadrant
from isogen.mesh.cell import CellKey, cell_box, cell_of, cell_side, home_of, quadrants_across

sizes = st.sampled_from([1, 2, 3, 4])
cameras = st.builds(Camera, st.just(-15.0), st.just(45.0), st.just(0.3), sizes)
inside = st.integers(0, 4095)
keys = st.builds(CellKey, st.integers(-99, 99), st.integers(-99, 99))


@given(cameras, keys)
def test_a_cell_lies_behind_whole_quadrants(camera, key):
    across = quadrants_across(camera.pixel_size)
    first = Quadrant(across * key.i, across * key.j)
    last = Quadrant(first.x + across - 1, first.y + across - 1)
    assert home_of(first, camera.pixel_size) == home_of(last, camera.pixel_size) == key
    screen = tuple(v * camera.pixel_size for v in cell_box(key, camera))
    assert screen == (*first.box[:2], *last.box[2:])


@given(cameras, keys, inside, inside)
def test_a_point_lies_in_the_cell_whose_box_holds_it(camera, key, x, y):
    x0, y0, _, _ = cell_box(key, camera)
    side = cell_side(camera)
    point = np.array([x0 + x * side / 4096, y0 + y * side / 4096])
    assert tuple(cell_of(point, camera)) == key


@given(cameras, keys)
def test_a_cell_owns_its_first_corner_and_not_its_last(camera, key):
    x0, y0, x1, y1 = cell_box(key, camera)
    corners = np.array([(x0, y0), (x1, y1)], np.float64)
    assert cell_of(corners, camera).tolist() == [[key.i, key.j], [key.i + 1, key.j + 1]]
