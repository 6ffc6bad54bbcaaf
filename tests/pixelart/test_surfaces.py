"""Which ramps stand in for which on decks, under water and on slopes, seen on a small scene."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.geo.camera import Camera
from isogen.mesh.assemble import assemble
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.cell import CellKey, CellParts, cell_side
from isogen.mesh.solids import Frame, Span, box
from isogen.mesh.vocabulary import SHADE_SHIFT, FlatStyle, Ground, GroundStyle, Kind, Material
from isogen.mesh.window import Window
from isogen.pixelart.indices import TONES
from isogen.pixelart.paint import GUARD, paint
from isogen.pixelart.style import BUNDLED, load_style, read_style
from isogen.render.draw import load_cells
from isogen.render.raster import rasterize

CAMERA = Camera(42.0, 45.0, 300 / 1024, 2)
KEY = CellKey(0, 0)
SIDE = cell_side(CAMERA)
WATERS = [Ground.WATER, Ground.SHELF, Ground.SHALLOW]


def scene(classes, top=None):
    """The parts of a cell of ground, with a red box on it if its top has a look."""
    builder = MeshBuilder(CAMERA)
    corners = [CAMERA.from_art(np.array(c)) for c in ((0, SIDE), (SIDE, SIDE), (SIDE, 0), (0, 0))]
    builder.polygon(
        [(*c.tolist(), 0.0) for c in corners], Look(Material.WALK, GroundStyle.MAP), Kind.GROUND, 0
    )
    if top:
        frame = Frame(tuple(CAMERA.from_art(np.array((60, 60))).tolist()), CAMERA.right)
        box(builder, frame, Span(-9, 9, -9, 9, 0, 9), Look(Material.RED), top)
    ground = np.zeros((SIDE, SIDE), np.uint8)
    ground[:] = classes
    return CellParts(builder.mesh(), builder.casters(), ground)


def painted(parts, style=None):
    """Palette indices and kinds of what each pixel shows."""
    outer = Window(10, 20, 90 + 2 * GUARD, 70 + 2 * GUARD)
    seen = assemble(outer, list(load_cells({KEY: parts}, CAMERA).values()), CAMERA)
    ids = rasterize(seen, CAMERA)
    kinds = seen.mesh.faces.whole[ids[GUARD:-GUARD, GUARD:-GUARD], 0]
    return paint(seen, ids, CAMERA, GUARD, style), kinds


@pytest.fixture
def styled(tmp_path):
    """The classic style with other materials."""

    def styled(materials):
        folder = tmp_path / "mine"
        folder.mkdir()
        (folder / "style.toml").write_text('title = "Mine"\ndescription = "Mine."\n')
        (folder / "palettes").mkdir()
        day = (BUNDLED / "classic" / "palettes" / "day.toml").read_text()
        (folder / "palettes" / "day.toml").write_text(day)
        (folder / "materials.toml").write_text(materials)
        return read_style(folder)

    return styled


def laid(ground):
    return Look(Material.WALK, FlatStyle.LAID, seed=int(ground))


def test_a_road_on_a_bridge_is_cleared_of_snow_as_the_road_below():
    indices, kinds = painted(scene(Ground.ROAD, laid(Ground.ROAD)), load_style("winter-comic"))
    ramps = indices[kinds == Kind.FLAT] // TONES
    assert (ramps == Material.ROAD).mean() > 0.9


def test_snow_lies_on_the_lawn_of_a_bridge():
    indices, kinds = painted(scene(Ground.ROAD, laid(Ground.GRASS)), load_style("winter-comic"))
    assert set((indices[kinds == Kind.FLAT] // TONES).tolist()) == {Material.SNOW}


def test_what_stands_in_for_a_ground_class_does_so_on_bridges_too(styled):
    indices, kinds = painted(
        scene(Ground.PAVE, laid(Ground.ROAD)), styled('[ground]\nroad = "sand"\n')
    )
    assert set((indices[kinds == Kind.FLAT] // TONES).tolist()) == {Material.SAND}


@pytest.mark.parametrize("told", ['[wall]\nred = "teal"\n', '[ground]\nshelf = "mint"\n'])
def test_an_image_in_water_has_the_ramp_of_what_is_mirrored(styled, told):
    style = styled(told)
    indices, kinds = painted(scene(Ground.SHELF, Look(Material.TIN)), style)
    walls = set((indices[kinds == Kind.WALL] // TONES).tolist())
    water = indices[kinds == Kind.GROUND] // TONES
    assert len(walls & {Material.RED, Material.TEAL}) == 1
    mirrored = (walls & {Material.RED, Material.TEAL}).pop()
    assert mirrored in water
    assert {Material.RED, Material.TEAL}.intersection(water.tolist()) == {mirrored}


@given(st.lists(st.sampled_from(WATERS), min_size=4, max_size=4), st.integers(1, 3))
@settings(max_examples=12, deadline=None)
def test_water_lies_level_whatever_its_shores_do(waters, shade):
    classes = np.repeat(np.array(waters, np.uint8), SIDE // 4)[None, :].repeat(SIDE, axis=0)
    classes = np.roll(classes, -SIDE // 4 + 40, axis=1)
    level, _ = painted(scene(classes))
    turned, _ = painted(scene(classes | shade << SHADE_SHIFT))
    assert np.array_equal(turned, level)
