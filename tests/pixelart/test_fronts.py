"""How fronts and water are painted, seen on single houses and bays of the sea."""

import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.geo.camera import Camera
from isogen.mesh.assemble import assemble
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.cell import CellKey, CellParts, cell_side
from isogen.mesh.solids import Frame, Span, box
from isogen.mesh.vocabulary import Facade, FlatStyle, Ground, GroundStyle, Kind, Material
from isogen.mesh.window import Window
from isogen.pixelart.indices import TONES, VOID_RAMP
from isogen.pixelart.paint import GUARD, paint
from isogen.pixelart.style import BUNDLED, load_style, read_style
from isogen.render.draw import load_cells
from isogen.render.raster import rasterize

CAMERA = Camera(-15.0, 45.0, 300 / 1024, 2)
KEY = CellKey(0, 0)
SIDE = cell_side(CAMERA)
GLASS = [Material.GLASS, Material.DARK, Material.PANE]


def house(flags, seed=5, floors=5, ground=Ground.PAVE, wall=Material.OCHRE, wide=14):
    """The parts of a cell with one house that looks at the viewer, in its middle."""
    builder = MeshBuilder(CAMERA)
    corners = [CAMERA.from_art(np.array(c)) for c in ((0, SIDE), (SIDE, SIDE), (SIDE, 0), (0, 0))]
    builder.polygon(
        [(*c.tolist(), 0.0) for c in corners], Look(Material.WALK, GroundStyle.MAP), Kind.GROUND, 0
    )
    (re, rn), (fe, fn) = CAMERA.right, CAMERA.forward
    place = CAMERA.from_art(np.array((60, 60)))
    frame = Frame(tuple(place.tolist()), (re * 0.97 + fe * 0.24, rn * 0.97 + fn * 0.24))
    look = Look(wall, seed=seed, floors=floors, trim=Material.WHITE, flags=flags)
    span = Span(-wide, wide, -6, 6, 0, 8 + 4 * (floors - 1))
    box(builder, frame, span, look, Look(Material.TIN, FlatStyle.MEMBRANE), casts=True)
    classes = np.full((SIDE, SIDE), ground, np.uint8)
    return CellParts(builder.mesh(), builder.casters(), classes)


def painted(parts, style=None, window=(0, 0, 120, 100)):
    """Ramps, tones and kinds of what each pixel shows."""
    x, y, width, height = window
    outer = Window(x - GUARD, y - GUARD, width + 2 * GUARD, height + 2 * GUARD)
    scene = assemble(outer, list(load_cells({KEY: parts}, CAMERA).values()), CAMERA)
    ids = rasterize(scene, CAMERA)
    indices = paint(scene, ids, CAMERA, GUARD, style)
    seen = ids[GUARD:-GUARD, GUARD:-GUARD]
    kinds = np.where(seen >= 0, scene.mesh.faces.whole[seen, 0], -1)
    return indices // TONES, indices % TONES, kinds


@pytest.fixture
def edited(tmp_path):
    """The classic style with some lines of its rules changed."""

    def edit(**lines):
        folder = shutil.copytree(BUNDLED / "classic", tmp_path / "edited")
        text = (folder / "style.toml").read_text()
        for key, value in lines.items():
            before = next(line for line in text.splitlines() if line.startswith(f"{key} = "))
            text = text.replace(before, f"{key} = {value}")
        (folder / "style.toml").write_text(text)
        return read_style(folder)

    return edit


@pytest.mark.parametrize(
    ("base", "ornament"),
    [
        (Facade.SHOPS, Facade.AWNINGS),
        *((Facade.NONE, o) for o in (Facade.SHOPS, Facade.PILASTERS, Facade.HEADS, Facade.BANDS)),
        *((Facade.NONE, o) for o in (Facade.BALCONIES, Facade.SHUTTERS, Facade.CORNICE)),
        *((Facade.NONE, o) for o in (Facade.BLANK, Facade.BACK, Facade.ARCADE, Facade.ORIELS)),
        *((Facade.NONE, o) for o in (Facade.RIBBON, Facade.CURTAIN, Facade.SPECKLE)),
        (Facade.RIBBON, Facade.BALCONIES),
    ],
    ids=lambda flag: flag.name or "NONE",
)
def test_each_ornament_is_seen(base, ornament):
    without, with_it = painted(house(base)), painted(house(base | ornament))
    changed = (without[0] != with_it[0]) | (without[1] != with_it[1])
    assert changed.sum() > 20


def test_a_party_wall_has_few_windows_and_is_not_bare():
    front, blank = painted(house(Facade.NONE)), painted(house(Facade.BLANK))
    wall = blank[2] == Kind.WALL
    glazed = [np.isin(ramps, GLASS)[wall].mean() for ramps in (front[0], blank[0])]
    assert glazed[0] > 0.15
    assert glazed[1] < 0.06
    assert len(np.unique(blank[0][wall] * TONES + blank[1][wall])) > 5


@given(
    st.integers(0, 0xFFFF), st.integers(0, 0x7FFF), st.integers(1, 9), st.sampled_from([1, 4, 14])
)
@settings(max_examples=30, deadline=None)
def test_any_front_is_painted_in_ramps_that_exist(flags, seed, floors, wide):
    ramps, _, _ = painted(house(Facade(flags), seed, floors, wide=wide))
    assert ramps.max() < VOID_RAMP


@given(st.integers(0, 0xFFFF), st.integers(0, 0x7FFF), st.integers(1, 60), st.integers(1, 50))
@settings(max_examples=20, deadline=None)
def test_a_piece_of_a_front_over_water_equals_the_whole(flags, seed, x, y):
    parts = house(Facade(flags), seed, ground=Ground.SHELF)
    whole = painted(parts)
    part = painted(parts, window=(x, y, 50, 40))
    assert np.array_equal(part[0], whole[0][y : y + 40, x : x + 50])
    assert np.array_equal(part[1], whole[1][y : y + 40, x : x + 50])


def brightness(ground, style=None):
    ramps, tones, kinds = painted(house(Facade.NONE, ground=ground), style, (300, 300, 90, 90))
    colors = load_style("classic").palette("day").colors[ramps * TONES + tones]
    return colors[kinds == Kind.GROUND].mean()


def test_water_darkens_away_from_the_shore():
    shallow, shelf, deep = map(brightness, (Ground.SHALLOW, Ground.SHELF, Ground.WATER))
    assert shallow > shelf > deep


def test_a_style_can_still_the_water(edited):
    calm = edited(waves=0.0, patches=0.0)
    _, tones, _ = painted(house(Facade.NONE, ground=Ground.SHELF), calm, (300, 300, 60, 60))
    assert len(np.unique(tones)) == 1


def test_water_mirrors_what_stands_over_it(edited):
    parts = house(Facade.BLANK, ground=Ground.SHELF, wall=Material.RED)
    ramps, _, kinds = painted(parts)
    ground = kinds == Kind.GROUND
    assert Material.RED in ramps[ground]
    still = painted(parts, edited(mirror=0))[0]
    assert Material.RED not in still[ground]
