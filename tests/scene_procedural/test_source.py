import hashlib
import subprocess
import sys
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.errors import BoundsError, InputError
from isogen.geo.camera import Camera
from isogen.mesh.assemble import LoadedCell, assemble
from isogen.mesh.cell import CellKey, cell_box, cell_side
from isogen.mesh.model import CELL_FACES
from isogen.mesh.view import project
from isogen.mesh.vocabulary import (
    BallStyle,
    FlatStyle,
    Ground,
    GroundStyle,
    Kind,
    Material,
    SlopeStyle,
    WallStyle,
)
from isogen.mesh.window import VOID_FACE, Window
from isogen.render.raster import rasterize
from isogen.scene.procedural.blocks import lay_out
from isogen.scene.procedural.source import EXTENT_M, ProceduralSource

CAMERA = Camera(-15, 45, 300 / 1024)
CITY = ProceduralSource(CAMERA, 7)
STEEP = ProceduralSource(Camera(30, 60, 0.25), 7)

RIVER, DOWNTOWN, FAR = CellKey(1, 0), CellKey(0, -1), CellKey(-40, 31)
CELLS = [RIVER, DOWNTOWN, FAR, CellKey(-1, -2)]

STYLES = {
    Kind.WALL: {style | shops for style in WallStyle for shops in (0, WallStyle.SHOPFRONT)},
    Kind.FLAT: set(FlatStyle),
    Kind.SLOPE: set(SlopeStyle),
    Kind.BALL: set(BallStyle),
    Kind.GROUND: set(GroundStyle),
}

DIGEST_OF_A_CELL = """
import hashlib
from isogen.geo.camera import Camera
from isogen.mesh.cell import CellKey
from isogen.scene.procedural.source import ProceduralSource
parts = ProceduralSource(Camera(-15, 45, 300 / 1024), 7).build(CellKey(1, 0))
arrays = [parts.mesh.faces, parts.mesh.corners, parts.mesh.balls, parts.casters.points]
print(hashlib.sha256(b"".join(a.tobytes() for a in [*arrays, parts.ground])).hexdigest())
"""


def digest(parts):
    arrays = [parts.mesh.faces, parts.mesh.corners, parts.mesh.balls, parts.casters.points]
    return hashlib.sha256(b"".join(a.tobytes() for a in [*arrays, parts.ground])).hexdigest()


@cache
def built(city, key):
    return city.build(key)


def test_a_cell_does_not_depend_on_which_cell_was_asked_for_first():
    lay_out.cache_clear()
    forth = {key: digest(CITY.build(key)) for key in CELLS}
    lay_out.cache_clear()
    back = {key: digest(CITY.build(key)) for key in reversed(CELLS)}
    assert forth == back


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_another_process_builds_the_same_bytes(hash_seed):
    environment = {"PYTHONHASHSEED": hash_seed, "TZ": "Pacific/Kiritimati"}
    command = [sys.executable, "-c", DIGEST_OF_A_CELL]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert made.stdout.strip() == digest(built(CITY, RIVER))


def test_another_seed_is_another_city():
    assert digest(built(CITY, RIVER)) != digest(ProceduralSource(CAMERA, 8).build(RIVER))


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from((CITY, STEEP)),
    st.integers(-40, 40),
    st.integers(-40, 40),
    st.sampled_from(((1, 0), (0, 1), (-1, 0), (0, -1))),
)
def test_the_margin_of_a_cell_is_the_core_of_its_neighbor(city, i, j, step):
    margin = 24
    x0, y0, x1, y1 = cell_box(CellKey(i, j), city.camera)
    wide = city.ground((x0 - margin, y0 - margin, x1 + margin, y1 + margin))
    side = cell_side(city.camera)
    core = city.ground(cell_box(CellKey(i + step[0], j + step[1]), city.camera))
    ours = np.full((3 * side, 3 * side), 255, np.uint8)
    ours[side - margin : 2 * side + margin, side - margin : 2 * side + margin] = wide
    row, column = side * (1 + step[1]), side * (1 + step[0])
    beside = ours[row : row + side, column : column + side]
    assert np.array_equal(beside[beside != 255], core[beside != 255])
    assert (beside != 255).sum() == margin * side


@pytest.mark.parametrize("key", CELLS)
def test_the_ground_of_a_cell_has_its_shape_and_known_classes(key):
    ground = built(CITY, key).ground
    assert ground.shape == (cell_side(CAMERA), cell_side(CAMERA))
    assert set(np.unique(ground).tolist()) <= set(Ground)


@pytest.mark.parametrize("key", CELLS)
def test_every_face_is_drawn_by_words_of_the_vocabulary(key):
    faces = built(CITY, key).mesh.faces
    used = {(int(k), int(s)) for k, s in zip(faces["kind"], faces["style"], strict=True)}
    assert all(style in STYLES[Kind(kind)] for kind, style in used)
    assert set(np.unique(faces["material"]).tolist()) <= set(Material)


@pytest.mark.parametrize("city", [CITY, STEEP])
@pytest.mark.parametrize("key", CELLS)
def test_a_cell_has_names_for_its_faces_and_none_reaches_beyond_the_next_cell(city, key):
    mesh = built(city, key).mesh
    seen = project(mesh, city.camera)
    x0, y0, x1, y1 = cell_box(key, city.camera)
    side = cell_side(city.camera)
    assert 0 < len(mesh.faces) <= CELL_FACES
    assert np.isfinite(seen.faces.real).all()
    assert (seen.boxes[:, :2].min(axis=0) >= (x0 - side, y0 - side)).all()
    assert (seen.boxes[:, 2:].max(axis=0) <= (x1 + side, y1 + side)).all()


@pytest.mark.parametrize("key", CELLS)
def test_the_middle_of_a_cell_has_no_holes(key):
    x0, y0, x1, y1 = cell_box(key, CAMERA)
    window = Window((x0 + x1) // 2 - 60, (y0 + y1) // 2 - 60, 120, 120)
    parts = built(CITY, key)
    shadow = np.zeros(parts.ground.shape, np.float32)
    cell = LoadedCell(key, project(parts.mesh, CAMERA), parts.ground, shadow)
    assert (rasterize(assemble(window, [cell], CAMERA), CAMERA) != VOID_FACE).all()


def test_a_cell_beyond_the_extent_is_refused():
    with pytest.raises(BoundsError, match="from the origin"):
        CITY.build(CellKey(int(EXTENT_M), 0))


@pytest.mark.slow
def test_a_camera_that_sees_too_much_in_a_cell_is_refused():
    flat = ProceduralSource(Camera(-15, 15, 0.3, pixel_size=1), 7)
    with pytest.raises(InputError, match="faces"):
        flat.build(CellKey(0, 0))
