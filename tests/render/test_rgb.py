from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.mesh.assemble import assemble
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.cell import CellKey, CellParts, cell_side
from isogen.mesh.solids import Frame, Span, box
from isogen.mesh.vocabulary import FlatStyle, Ground, Material
from isogen.mesh.window import Window
from isogen.render.draw import load_cells
from isogen.render.materials import COLORS, GROUND_MATERIALS, LEVELS, NOTHING_INDEX
from isogen.render.rgb import render_rgb

LARGE = Window(-10, 330, 291, 200)


def whole(cells, camera):
    return render_rgb(assemble(LARGE, list(cells.values()), camera), camera)[0]


@given(st.data())
@settings(max_examples=15)
def test_a_window_equals_the_window_of_a_larger_one(cells, camera, data):
    width, height = data.draw(st.integers(1, 90)), data.draw(st.integers(1, 70))
    x, y = data.draw(st.integers(0, 291 - width)), data.draw(st.integers(0, 200 - height))
    window = Window(LARGE.x0 + x, LARGE.y0 + y, width, height)
    part, _ = render_rgb(assemble(window, list(cells.values()), camera), camera)
    crop = whole(cells, camera)[2 * y : 2 * (y + height), 2 * x : 2 * (x + width)]
    assert np.array_equal(part, crop)


def test_a_render_has_two_pixels_per_art_pixel_and_leaves_out_the_guard(cells, camera):
    scene = assemble(LARGE, list(cells.values()), camera)
    indices, colors = render_rgb(scene, camera, 2)
    assert indices.shape == (2 * (LARGE.height - 4), 2 * (LARGE.width - 4))
    assert np.array_equal(indices, whole(cells, camera)[4:-4, 4:-4])
    assert colors.shape == (256, 3)


def test_what_lies_in_shadow_is_darker(cells, camera):
    scene = assemble(LARGE, list(cells.values()), camera)
    high = np.full_like(scene.shadow.values, 500.0)
    shaded = replace(scene, shadow=replace(scene.shadow, values=high))
    bright = COLORS[render_rgb(scene, camera)[0]].astype(int).sum()
    assert COLORS[render_rgb(shaded, camera)[0]].astype(int).sum() < 0.8 * bright


def test_nothing_has_a_color_of_its_own(camera):
    indices, _ = render_rgb(assemble(Window(0, 0, 6, 5), [], camera), camera)
    assert (indices == NOTHING_INDEX).all()
    assert len(Material) * LEVELS <= NOTHING_INDEX


def test_every_material_has_colors_that_brighten_with_the_light():
    ramps = COLORS[: len(Material) * LEVELS].reshape(-1, LEVELS, 3).astype(int).sum(axis=2)
    assert (np.diff(ramps, axis=1) > 0).all()


def test_water_looks_like_water():
    assert GROUND_MATERIALS[Ground.WATER] == Material.WATER


def test_every_ground_class_has_a_material_of_its_own_choice():
    gravel = {ground for ground in Ground if GROUND_MATERIALS[ground] == Material.GRAVEL}
    assert gravel == {Ground.LOT, Ground.YARD}


def test_a_road_on_a_bridge_looks_like_a_road(camera):
    builder = MeshBuilder(camera)
    frame = Frame(tuple(camera.from_art(np.array([50.0, 50.0])).tolist()), camera.right)
    deck = Look(Material.WALK, FlatStyle.LAID, seed=int(Ground.ROAD))
    box(builder, frame, Span(-9, 9, -9, 9, 0, 9), Look(Material.GRANITE), deck)
    side = cell_side(camera)
    parts = CellParts(builder.mesh(), builder.casters(), np.zeros((side, side), np.uint8))
    cells = load_cells({CellKey(0, 0): parts}, camera)
    indices, _ = render_rgb(assemble(Window(0, 0, 90, 90), list(cells.values()), camera), camera)
    seen = set((indices[indices != NOTHING_INDEX] // LEVELS).tolist())
    assert seen == {Material.GRANITE, Material.ROAD}
