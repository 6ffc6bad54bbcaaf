import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.geo.camera import Camera
from isogen.mesh.assemble import LoadedCell, assemble
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.cell import CellKey, cell_side
from isogen.mesh.view import M0, MX, MY, project
from isogen.mesh.vocabulary import Kind, Material
from isogen.mesh.window import VOID_FACE, Window
from isogen.render.raster import rasterize

CAMERA = Camera(-15.0, 45.0, 300 / 1024, 2)
SIDE = cell_side(CAMERA)
KEY = CellKey(0, 0)
PLACES = st.tuples(
    st.floats(-30, 30, width=32), st.floats(-30, 30, width=32), st.floats(0, 60, width=32)
)
TRIANGLES = st.lists(st.tuples(PLACES, PLACES, PLACES), min_size=1, max_size=12)
WINDOWS = st.builds(
    Window, st.integers(180, 300), st.integers(180, 300), st.integers(1, 60), st.integers(1, 60)
)


def loaded(builder):
    plane = np.zeros((SIDE, SIDE), np.uint8)
    return LoadedCell(KEY, project(builder.mesh(), CAMERA), plane, plane.astype(np.float32))


def scene_of(triangles, window):
    builder = MeshBuilder(CAMERA)
    for corners in triangles:
        builder.polygon(corners, Look(Material.BRICK), Kind.SLOPE, builder.new_object())
    return assemble(window, [loaded(builder)], CAMERA)


def sides(scene, x, y):
    """Twice the area that a point spans with each edge, positive inside; shape (T, 3)."""
    a = scene.mesh.triangles.reshape(-1, 3, 2)
    b = np.roll(a, -1, axis=1)
    e = (b - a)[..., 0] * (y - a[..., 1]) - (b - a)[..., 1] * (x - a[..., 0])
    turn = np.sign(e.sum(axis=1))
    return e * turn[:, None]


def ray_hits(scene, x, y):
    """Faces that may be seen at a point, allowing for rounding: a plain ray test."""
    if not len(scene.mesh.owners):
        return {VOID_FACE}
    e = sides(scene, x, y).min(axis=1)
    real = scene.mesh.faces.real[scene.mesh.owners]
    m = real[:, M0] + real[:, MX] * x + real[:, MY] * y
    sure = m[e > 1e-6].max(initial=-np.inf)
    near = (e > -1e-6) & (m >= sure - 1e-4)
    hits = set(scene.mesh.owners[near].tolist())
    return hits if np.isfinite(sure) else hits | {VOID_FACE}


@given(TRIANGLES, WINDOWS)
@settings(max_examples=40)
def test_every_pixel_shows_the_nearest_face_over_its_center(triangles, window):
    scene = scene_of(triangles, window)
    ids = rasterize(scene, CAMERA)
    wrong = [
        (row, column)
        for (row, column), face in np.ndenumerate(ids)
        if face not in ray_hits(scene, window.x0 + column + 0.5, window.y0 + row + 0.5)
    ]
    assert wrong == []


@given(TRIANGLES, WINDOWS)
def test_a_window_equals_the_window_of_a_larger_one(triangles, window):
    larger = Window(170, 175, 201, 197)
    part, whole = scene_of(triangles, window), scene_of(triangles, larger)
    ids, all_ids = rasterize(part, CAMERA), rasterize(whole, CAMERA)
    names = np.append(part.names, VOID_FACE)[ids]
    y, x = window.y0 - larger.y0, window.x0 - larger.x0
    crop = all_ids[y : y + window.height, x : x + window.width]
    assert np.array_equal(names, np.append(whole.names, VOID_FACE)[crop])


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_triangles_that_share_an_edge_leave_no_gap(e, n):
    square = [(-21.3, -20.7, 2.0), (22.1, -21.9, 2.0), (21.7, 20.3, 2.0), (-20.9, 22.3, 2.0)]
    fan = [[a, b, (e, n, 2.0)] for a, b in zip(square, square[1:] + square[:1], strict=True)]
    window = Window(200, 200, 110, 110)
    whole, cut = scene_of([square], window), scene_of(fan, window)
    covered = rasterize(cut, CAMERA) != VOID_FACE
    assert np.array_equal(covered, rasterize(whole, CAMERA) != VOID_FACE)


def test_faces_at_one_height_keep_their_order():
    builder = MeshBuilder(CAMERA)
    square = [(-9.0, -9.0, 4.0), (9.0, -9.0, 4.0), (9.0, 9.0, 4.0), (-9.0, 9.0, 4.0)]
    builder.polygon(square, Look(Material.BRICK), Kind.FLAT, 1)
    builder.polygon(square[2:] + square[:2], Look(Material.TAN), Kind.FLAT, 2)
    ids = rasterize(assemble(Window(250, 246, 12, 9), [loaded(builder)], CAMERA), CAMERA)
    assert set(np.unique(ids).tolist()) == {0}


@pytest.mark.parametrize("scale", [2, 4])
def test_a_finer_picture_shows_the_same_faces(cells, camera, scale):
    scene = assemble(Window(0, 380, 150, 130), list(cells.values()), camera)
    coarse, fine = rasterize(scene, camera), rasterize(scene, camera, scale)
    blocks = fine.reshape(130, scale, 150, scale).transpose(0, 2, 1, 3).reshape(130, 150, -1)
    agree = (blocks == coarse[..., None]).any(axis=-1)
    assert fine.shape == (130 * scale, 150 * scale)
    assert agree.mean() > 0.995
