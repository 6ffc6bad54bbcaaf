import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.geo.camera import Camera
from isogen.mesh import view
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.model import GRAINS_PER_M
from isogen.mesh.solids import Frame, Span, box, gable, prism
from isogen.mesh.view import project
from isogen.mesh.vocabulary import Kind, Material

GREY = Look(Material.GREY)
TRIANGLE = [(0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)]

cameras = st.builds(
    Camera,
    azimuth_deg=st.floats(-180, 180),
    elevation_deg=st.floats(15, 75),
    m_per_px=st.floats(0.1, 1),
    pixel_size=st.sampled_from([1, 2, 3, 4]),
)
meters = st.floats(-300, 300)
turns = st.floats(0, 2 * math.pi)


@st.composite
def houses(draw):
    """A camera, and a box with a gable somewhere."""
    camera, turn = draw(cameras), draw(turns)
    builder = MeshBuilder(camera)
    frame = Frame((draw(meters), draw(meters)), (math.cos(turn), math.sin(turn)))
    box(builder, frame, Span(-9, 9, -5, 5, 0, 12), GREY, None)
    gable(builder, frame, Span(-9, 9, -5, 5, 12, 20), GREY, GREY, 1)
    return camera, builder.mesh()


def art_of(corners, camera):
    return camera.to_art(corners / GRAINS_PER_M)


def visible(mesh, camera):
    """Which triangles wind counter-clockwise on the screen, y up, and by how much."""
    a, b, c = np.moveaxis(art_of(mesh.corners, camera), 1, 0)
    u, v = b - a, c - a
    return (u[:, 0] * -v[:, 1] + u[:, 1] * v[:, 0]) / 2


@given(houses())
def test_triangles_lie_where_the_camera_sees_them(house):
    camera, mesh = house
    projected = project(mesh, camera)
    kept = np.isin(mesh.owners, projected.owners)
    expected = art_of(mesh.corners[kept], camera).reshape(-1, 6)
    assert projected.triangles == pytest.approx(expected, abs=1e-6)
    assert np.array_equal(projected.owners, mesh.owners[kept])


@given(houses())
def test_just_the_faces_that_face_the_viewer_are_drawn(house):
    camera, mesh = house
    drawn = np.isin(mesh.owners, project(mesh, camera).owners)
    facing = visible(mesh, camera)
    assert drawn[facing > 1e-3].all()
    assert not drawn[facing < -1e-3].any()


@given(houses())
def test_the_plane_of_a_face_goes_through_its_corners(house):
    camera, mesh = house
    projected = project(mesh, camera)
    real = projected.faces.real[projected.owners]
    sx, sy = projected.triangles[:, 0::2], projected.triangles[:, 1::2]
    nearness = real[:, [view.M0]] + real[:, [view.MX]] * sx + real[:, [view.MY]] * sy
    height = nearness * camera.sin_elevation - sy
    kept = np.isin(mesh.owners, projected.owners)
    true_height = mesh.corners[kept][..., 2] / GRAINS_PER_M / camera.rise_m
    steep = np.abs(real[:, view.MY]) + np.abs(real[:, view.MX])
    assert (np.abs(height - true_height).max(axis=1) < 0.02 * (1 + steep)).all()


@given(houses())
def test_the_extents_of_a_face_hold_its_corners_and_touch_them(house):
    camera, mesh = house
    real = project(mesh, camera).faces.real
    art = art_of(mesh.corners, camera)
    first = mesh.owners == 0
    z = mesh.corners[first][..., 2] / GRAINS_PER_M / camera.rise_m
    sx = art[first][..., 0]
    assert (real[0, view.SX0], real[0, view.SX1]) == pytest.approx((sx.min(), sx.max()))
    assert (real[0, view.Z0], real[0, view.Z1]) == pytest.approx((z.min(), z.max()), abs=1e-9)


@given(houses())
def test_normals_have_length_one_and_roofs_point_up(house):
    camera, mesh = house
    real = project(mesh, camera).faces.real
    normals = real[:, view.NX : view.NZ + 1]
    assert np.linalg.norm(normals, axis=1) == pytest.approx(1)
    assert (normals[mesh.faces["kind"] == Kind.SLOPE, 2] > 0).all()
    assert normals[mesh.faces["kind"] == Kind.WALL, 2] == pytest.approx(0, abs=0.01)


@given(houses())
def test_normals_are_those_of_the_world_along_the_diagonal_axes(house):
    camera, mesh = house
    a, b, c = np.moveaxis(mesh.corners / GRAINS_PER_M, 1, 0)
    normal = np.cross(b - a, c - a)
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    right, forward = np.array([*camera.right, 0]), np.array([*camera.forward, 0])
    axes = np.array([(right - forward) / np.sqrt(2), (right + forward) / np.sqrt(2), (0, 0, 1)])
    real = project(mesh, camera).faces.real[mesh.owners]
    assert real[:, view.NX : view.NZ + 1] == pytest.approx(normal @ axes.T, abs=1e-3)


@given(cameras, meters, meters, st.floats(1, 30), st.floats(1, 30))
def test_the_box_of_a_ball_is_its_outline(camera, e, n, radius_m, height_radius):
    builder = MeshBuilder(camera)
    builder.ball((e, n, 10.0), radius_m, height_radius, GREY, 1)
    projected = project(builder.mesh(), camera)
    turn, tilt = np.mgrid[0 : 2 * np.pi : 91j, 0 : np.pi : 91j]
    flat = np.sin(tilt) * radius_m
    surface = np.stack(
        [
            e + flat * np.cos(turn),
            n + flat * np.sin(turn),
            (10.0 + height_radius * np.cos(tilt)) * camera.rise_m,
        ],
        axis=-1,
    )
    art = camera.to_art(surface).reshape(-1, 2)
    seen = [*art.min(axis=0), *art.max(axis=0)]
    reach = max(projected.boxes[0][2:] - projected.boxes[0][:2])
    assert projected.boxes[0] == pytest.approx(seen, abs=0.01 + reach * 2e-3)
    assert projected.owners.tolist() == [-1]


def test_faces_keep_their_numbers_among_balls_and_triangles():
    builder = MeshBuilder(Camera(-15, 45, 300 / 1024))
    builder.polygon(TRIANGLE, GREY, Kind.FLAT, 1)
    builder.ball((5.0, 5.0, 3.0), 2.0, 3.0, GREY, 2)
    builder.polygon(TRIANGLE[::-1], GREY, Kind.FLAT, 3)
    builder.polygon(TRIANGLE, GREY, Kind.FLAT, 4)
    projected = project(builder.mesh(), builder.camera)
    assert projected.owners.tolist() == [0, -2, 3]
    assert projected.faces.whole[:, view.OBJECT].tolist() == [1, 2, 3, 4]


@settings(max_examples=30)
@given(houses())
def test_boxes_hold_their_triangles(house):
    camera, mesh = house
    projected = project(mesh, camera)
    corners = projected.triangles.reshape(-1, 3, 2)
    expected = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)
    assert np.array_equal(projected.boxes, expected)


def test_a_face_without_triangles_is_not_drawn():
    builder = MeshBuilder(Camera(-15, 45, 300 / 1024))
    builder.polygon(TRIANGLE, GREY, Kind.FLAT, 1, [])
    builder.polygon(TRIANGLE, GREY, Kind.FLAT, 1)
    assert project(builder.mesh(), builder.camera).owners.tolist() == [1]


def test_an_empty_mesh_projects_to_nothing():
    builder = MeshBuilder(Camera(-15, 45, 300 / 1024))
    projected = project(builder.mesh(), builder.camera)
    assert projected.faces.whole.shape == (0, 8)
    assert (projected.triangles.shape, projected.boxes.shape) == ((0, 6), (0, 4))


@given(cameras)
def test_the_roof_of_a_prism_covers_what_its_floor_covers_shifted_up_by_its_rises(camera):
    builder = MeshBuilder(camera)
    prism(builder, [[(0.0, 0.0), (40.0, 0.0), (0.0, 40.0)]], 0, 8, GREY, GREY)
    mesh = builder.mesh()
    projected = project(mesh, camera)
    roof = projected.triangles[projected.owners == 3].reshape(3, 2)
    floor = camera.to_art(mesh.corners[mesh.owners == 3][0, :, :2] / GRAINS_PER_M)
    assert roof == pytest.approx(floor - (0, 8), abs=0.01)


@given(cameras, turns, st.floats(3, 40))
def test_a_flat_face_knows_the_way_of_its_longest_side(camera, turn, wide):
    builder = MeshBuilder(camera)
    along = math.cos(turn), math.sin(turn)
    box(builder, Frame((30, -20), along), Span(-wide, wide, -2, 2, 0, 5), GREY, GREY)
    projected = project(builder.mesh(), camera)
    flat = np.flatnonzero(projected.faces.whole[:, view.KIND] == Kind.FLAT)[0]
    way = projected.faces.real[flat, [view.WAY_X, view.STEEP]]
    right, down = (camera.to_art(np.array(along)) - camera.to_art(np.zeros(2))).tolist()
    near = down / camera.sin_elevation
    x, y = right + near, right - near
    assert abs(way[0] * y - way[1] * x) < 0.01 * math.hypot(x, y)
    assert math.hypot(*way) == pytest.approx(1)
