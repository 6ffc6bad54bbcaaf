import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from isogen.errors import InputError
from isogen.geo.camera import Camera
from isogen.image.png import encode_indexed
from isogen.mesh.assemble import assemble
from isogen.mesh.vocabulary import Material
from isogen.mesh.window import VOID_FACE, Window
from isogen.pixelart.indices import TONES, VOID_RAMP
from isogen.pixelart.paint import GUARD, paint
from isogen.pixelart.style import load_style
from isogen.render.chart import draw_sheet
from isogen.render.draw import draw, load_cells
from isogen.render.raster import rasterize
from isogen.render.specimen import KEY, SHEET, specimen

CAMERA = Camera(-15.0, 45.0, 300 / 1024, 2)
STEEP = Camera(-45.0, 30.0, 300 / 1024, 4)


@pytest.fixture(scope="module")
def cells():
    return load_cells({KEY: specimen(CAMERA)}, CAMERA)


@pytest.fixture(scope="module")
def sheet(cells):
    return draw(SHEET, cells, CAMERA)


@given(st.data())
@settings(max_examples=25)
def test_any_window_equals_the_window_of_the_whole(cells, sheet, data):
    width, height = data.draw(st.integers(1, 90)), data.draw(st.integers(1, 90))
    x = data.draw(st.integers(0, SHEET.width - width))
    y = data.draw(st.integers(0, SHEET.height - height))
    part = draw(Window(x, y, width, height), cells, CAMERA)
    assert np.array_equal(part, sheet[y : y + height, x : x + width])


def test_quadrants_fit_together_under_another_camera():
    cells = load_cells({KEY: specimen(STEEP)}, STEEP)
    whole = draw(Window(-7, -5, 140, 130), cells, STEEP)
    part = draw(Window(30, 41, 77, 61), cells, STEEP)
    assert np.array_equal(part, whole[46:107, 37:114])


@pytest.mark.parametrize("name", ["classic", "winter-comic"])
def test_the_sheet_of_specimens_looks_as_it_did(name, golden):
    style = load_style(name)
    sheet, colors = draw_sheet(style), style.palette("day").colors
    png = encode_indexed(sheet, colors)
    with Image.open(io.BytesIO(golden(f"{name}.png", png))) as picture:
        seen = np.asarray(picture.convert("RGB"))
    assert np.array_equal(seen, colors[sheet])


def test_a_wider_guard_paints_the_same_middle(cells):
    scene = assemble(Window(50, 60, 80, 70), list(cells.values()), CAMERA)
    ids = rasterize(scene, CAMERA)
    narrow, wide = paint(scene, ids, CAMERA), paint(scene, ids, CAMERA, 9)
    assert wide.shape == (70 - 18, 80 - 18)
    assert np.array_equal(wide, narrow[9 - GUARD : -(9 - GUARD), 9 - GUARD : -(9 - GUARD)])


def test_too_narrow_a_guard_is_refused(cells):
    scene = assemble(Window(0, 0, 9, 9), list(cells.values()), CAMERA)
    with pytest.raises(InputError, match="at least 8"):
        paint(scene, rasterize(scene, CAMERA), CAMERA, 1)


def test_nothing_is_painted_as_void(cells):
    scene = assemble(Window(900, 900, 40, 40), list(cells.values()), CAMERA)
    ids = rasterize(scene, CAMERA)
    assert (ids == VOID_FACE).all()
    assert (paint(scene, ids, CAMERA) >= VOID_RAMP * TONES).all()


def test_the_artist_uses_most_of_the_palette(sheet):
    used = np.unique(sheet)
    assert len(used) > 120
    assert set(used.tolist()) <= set(range(len(Material) * TONES))
