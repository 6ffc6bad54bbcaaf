import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.geo.camera import Camera
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.cell import CellKey, cell_side
from isogen.mesh.lift import DRAPED
from isogen.mesh.model import GRAINS_PER_M
from isogen.mesh.relief import PARTS, STEP, Relief
from isogen.mesh.vocabulary import SHADE_SHIFT, Ground, Kind, Material

CAMERA = Camera(-15.0, 45.0, 300 / 1024)
SIDE = cell_side(CAMERA)
N = SIDE // STEP
WALL = Look(Material.GREY)

indices = st.integers(-3 * N, 3 * N)


def bumpy(key):
    """Heights that any cell alone knows."""
    v, u = np.mgrid[key.j * N : (key.j + 1) * N, key.i * N : (key.i + 1) * N]
    return ((u * 37 + v * 91 + u * v * 13) % 1024 - 512).astype(np.int32)


def tilted(key):
    """Ground that rises by half a rise per step to the right."""
    _, u = np.mgrid[key.j * N : (key.j + 1) * N, key.i * N : (key.i + 1) * N]
    return (u * PARTS // 2).astype(np.int32)


class Slope:
    """Ground that rises by a tenth of a rise per meter east; water west of 0 lies at 5."""

    def at(self, points):
        return points[:, 0] / 10

    def under(self, points):
        return np.where(points[:, 0] < 0, 5.0, self.at(points))


def plane(u, v):
    return CAMERA.from_art(np.array([[u * STEP, v * STEP]], np.float64))


@given(indices, indices)
def test_the_ground_is_as_high_as_its_vertices(u, v):
    key = CellKey(u // N, v // N)
    told = bumpy(key)[v - key.j * N, u - key.i * N] / PARTS

    assert Relief(CAMERA, bumpy).at(plane(u, v))[0] == pytest.approx(told, abs=2 / PARTS)


@given(st.floats(-900, 900), st.floats(-900, 900), st.floats(-900, 900), st.floats(-900, 900))
def test_a_place_is_as_high_alone_as_among_others(x, y, other_x, other_y):
    points = CAMERA.from_art(np.array([[x, y], [other_x, other_y]]))

    together = Relief(CAMERA, bumpy).at(points)

    assert together[0] == Relief(CAMERA, bumpy).at(points[:1])[0]


@given(st.floats(0, 1), indices, indices)
def test_between_two_vertices_the_ground_is_straight(share, u, v):
    relief = Relief(CAMERA, bumpy)
    low, high = relief.lattice(u, v, u + 1, v)[0]

    found = relief.at(plane(u + share, v))[0]

    assert found == pytest.approx(low + (high - low) * share, abs=2 / PARTS)


def test_a_lattice_across_cells_equals_its_pieces():
    relief = Relief(CAMERA, bumpy)

    whole = relief.lattice(-N - 3, -2, 5, N + 4)

    assert np.array_equal(whole[:, : N + 3], relief.lattice(-N - 3, -2, -1, N + 4))
    assert np.array_equal(whole[N:], relief.lattice(-N - 3, N - 2, 5, N + 4))


def test_level_ground_has_no_shade():
    flat = Relief(CAMERA, lambda _: np.full((N, N), 640, np.int32))

    assert not flat.shade(CellKey(2, -1)).any()


def test_slopes_have_a_shade_that_leaves_room_for_every_class():
    steep = Relief(CAMERA, lambda key: tilted(key) * 30)

    shades = steep.shade(CellKey(0, 0)) >> SHADE_SHIFT

    assert set(np.unique(shades)) == {3}
    assert max(Ground) < 63


def test_opposite_slopes_are_shaded_differently():
    up, down = (Relief(CAMERA, lambda key, sign=sign: tilted(key) * 40 * sign) for sign in (1, -1))

    assert (up.shade(CellKey(0, 0))[5:-5, 5:-5] != down.shade(CellKey(0, 0))[5:-5, 5:-5]).all()


def wall_at(builder, east, obj):
    builder.polygon(
        [(east - 2, 0, 0), (east + 2, 0, 0), (east + 2, 0, 4), (east - 2, 0, 4)],
        WALL, Kind.WALL, obj,
    )  # fmt: skip


def heights(mesh):
    return mesh.corners[..., 2] / GRAINS_PER_M / CAMERA.rise_m


def test_an_object_is_lifted_as_a_whole_and_by_whole_rises():
    builder = MeshBuilder(CAMERA, Slope())
    wall_at(builder, 72, builder.new_object())

    found = heights(builder.mesh())

    assert (found.min(), found.max()) == (pytest.approx(7, abs=0.01), pytest.approx(11, abs=0.01))


def test_what_floats_is_lifted_to_the_water():
    builder = MeshBuilder(CAMERA, Slope())
    wall_at(builder, -30, builder.new_object())

    assert heights(builder.mesh()).min() == pytest.approx(5, abs=0.01)


def test_what_is_draped_follows_the_ground():
    builder = MeshBuilder(CAMERA, Slope())
    builder.footing = DRAPED
    wall_at(builder, 72, builder.new_object())

    assert heights(builder.mesh()).min() == pytest.approx(7.0, abs=0.01)
    assert heights(builder.mesh()).max() == pytest.approx(11.4, abs=0.01)


def test_a_building_keeps_its_floor_and_its_shadow_too():
    builder = MeshBuilder(CAMERA, Slope())
    builder.footing = 9.0
    wall_at(builder, 72, builder.new_object())
    builder.cast(4, [[(70, 0), (74, 0), (74, 3)]])

    assert heights(builder.mesh()).min() == pytest.approx(9, abs=0.01)
    assert builder.casters().heights[0] / GRAINS_PER_M / CAMERA.rise_m == pytest.approx(
        13, abs=0.01
    )


def test_without_a_relief_nothing_is_lifted():
    builder = MeshBuilder(CAMERA)
    builder.footing = 9.0
    wall_at(builder, 72, builder.new_object())

    assert heights(builder.mesh()).min() == 0
