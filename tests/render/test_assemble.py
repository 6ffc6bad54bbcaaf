import numpy as np
import pytest

from isogen.mesh.assemble import assemble, cells_near, faces_of
from isogen.mesh.cell import VOID, CellKey
from isogen.mesh.view import OBJECT
from isogen.mesh.window import VOID_FACE, Window
from isogen.pixelart.paint import GUARD, paint
from isogen.render.raster import rasterize

ACROSS = Window(400, 330, 221, 260)


def names_in(scene, ids):
    return np.append(scene.names, VOID_FACE)[ids].astype(np.int32)


def test_the_order_of_the_cells_does_not_matter(cells, camera):
    forward = assemble(ACROSS, list(cells.values()), camera)
    backward = assemble(ACROSS, list(cells.values())[::-1], camera)
    assert forward.cells == backward.cells
    assert np.array_equal(rasterize(forward, camera), rasterize(backward, camera))


def test_cells_far_away_change_nothing_that_is_seen(cells, camera):
    window = Window(200, 200, 100, 100)
    few = assemble(window, [cells[CellKey(0, 0)], cells[CellKey(0, 1)]], camera)
    every = assemble(window, list(cells.values()), camera)
    ids = rasterize(every, camera)
    seen = {every.cells[name >> 16] for name in every.names[np.unique(ids[ids >= 0])].tolist()}
    assert seen <= {CellKey(0, 0), CellKey(0, 1)}
    assert np.array_equal(paint(few, rasterize(few, camera), camera), paint(every, ids, camera))


def test_objects_of_different_cells_differ_and_the_ground_is_shared(cells, camera):
    scene = assemble(ACROSS, list(cells.values()), camera)
    objects = scene.mesh.faces.whole[:, OBJECT]
    owners = scene.names >> 16
    standing = objects > 0
    pairs = set(zip(objects[standing].tolist(), owners[standing].tolist(), strict=True))
    assert len(pairs) == len(set(objects[standing].tolist()))
    assert len(set(owners[~standing].tolist())) > 1


def test_a_stored_picture_of_faces_paints_the_same(cells, camera):
    scene = assemble(ACROSS, list(cells.values()), camera)
    ids = rasterize(scene, camera)
    ordered = [cells[key] for key in scene.cells]
    again, new_ids = faces_of(ACROSS, names_in(scene, ids), ordered, camera)
    assert np.array_equal(names_in(again, new_ids), names_in(scene, ids))
    assert np.array_equal(paint(again, new_ids, camera), paint(scene, ids, camera))


def test_a_picture_of_nothing_is_all_void(cells, camera):
    names = np.full((9, 11), VOID_FACE, np.int32)
    scene, ids = faces_of(Window(0, 0, 11, 9), names, list(cells.values()), camera)
    assert (ids == VOID_FACE).all()
    assert len(scene.names) == 0


def test_ground_of_missing_cells_is_void(cells, camera):
    window = Window(500, 100, 24, 30)
    scene = assemble(window, [cells[CellKey(0, 0)]], camera)
    start = 512 - scene.ground.x0
    assert (scene.ground.values[:, start:] == VOID).all()
    assert (scene.ground.values[:, :start] != VOID).all()


def test_no_cells_make_an_empty_window(camera):
    scene = assemble(Window(0, 0, 5, 4), [], camera)
    assert (rasterize(scene, camera) == VOID_FACE).all()


@pytest.mark.parametrize("x0", [-513, -1, 0, 511])
def test_the_cells_near_a_window_hold_its_own_and_their_neighbors(camera, x0):
    keys = cells_near(Window(x0 - GUARD, 5, 256, 256), camera)
    home = CellKey((x0 + 100) // 512, 0)
    around = {CellKey(home.i + a, b) for a in (-1, 0, 1) for b in (-1, 0, 1, 2)}
    assert around <= set(keys)
    assert keys == sorted(keys, key=lambda k: (k.j, k.i))
