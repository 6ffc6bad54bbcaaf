import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.errors import InputError, ParamsError
from isogen.mesh.vocabulary import Ground, Kind, Material
from isogen.mesh.window import Window
from isogen.pixelart.rules import OWN, rule_names
from isogen.pixelart.style import BUNDLED, load_style, read_style, style_folders
from isogen.pixelart.tables import COVERED, FIRST_GROUND
from isogen.render.chart import CAMERA
from isogen.render.draw import draw, load_cells
from isogen.render.specimen import KEY, SHEET, specimen


@pytest.fixture
def own(tmp_path):
    """A folder of own styles with a copy of the classic one."""
    shutil.copytree(BUNDLED / "classic", tmp_path / "mine")
    return tmp_path


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def refusal(own):
    with pytest.raises(ParamsError) as caught:
        load_style("mine", own)
    return f"{caught.value}\n{caught.value.hint}"


def test_the_bundled_styles_are_these():
    assert list(style_folders()) == ["classic", "winter-comic"]


def test_an_own_style_stands_beside_the_bundled_ones(own):
    assert list(style_folders(own)) == ["classic", "mine", "winter-comic"]


def test_an_own_style_wins_over_a_bundled_one_of_its_name(own):
    (own / "mine").rename(own / "classic")
    change(own / "classic" / "style.toml", 'title = "Classic"', 'title = "Ours"')
    assert load_style("classic", own).file.title == "Ours"


def test_an_unknown_style_names_the_known_ones():
    with pytest.raises(InputError, match="no style 'cubist'") as caught:
        load_style("cubist")
    assert "classic, winter-comic" in caught.value.hint


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("style.toml", "step = 3.5", "step = -1", "mine/style.toml: outline.step must be"),
        ("style.toml", "grain = 1.0", "grian = 1.0", "Did you mean texture.grain?"),
        ("style.toml", 'ink = "own"', 'ink = "octarine"', "no material has this name"),
        ("style.toml", "title =", "title", "mine/style.toml is not TOML"),
        ("style.toml", "title =", 'palette = "noon"\ntitle =', "palette is 'noon'"),
        (
            "palettes/day.toml",
            'brick = ["#',
            'brick = ["',
            "palettes/day.toml: ramps.brick.tones.0",
        ),
        ("palettes/night.toml", 'base = "day"', 'base = "dusk"', "night.toml: base is 'dusk'"),
    ],
)
def test_a_mistake_is_named_by_file_and_key(own, file, old, new, says):
    change(own / "mine" / file, old, new)
    assert says in refusal(own)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[wall]\nbrik = "tan"', "mine/materials.toml: wall.brik"),
        ('[ground]\nlava = "red"', "no ground class has this name"),
        ('[cover]\nramp = "dust"', "cover.ramp is 'dust'"),
        ("[cover]", "cover.ramp is missing"),
    ],
)
def test_a_mistake_in_materials_is_named(own, text, says):
    (own / "mine" / "materials.toml").write_text(text)
    assert says in refusal(own)


def test_a_missing_file_is_named(own):
    (own / "mine" / "materials.toml").unlink()
    assert "materials.toml" in refusal(own)


def test_what_is_left_out_is_as_in_the_classic_style(own):
    (own / "mine" / "style.toml").write_text('title = "Bare"\ndescription = "Nothing said."\n')
    assert load_style("mine", own).digest == load_style("classic").digest


def test_a_digest_tells_rules_but_not_names_or_colors(own):
    change(own / "mine" / "style.toml", 'title = "Classic"', 'title = "Ours"')
    change(own / "mine" / "palettes" / "day.toml", 'void = ["#16', 'void = ["#17')
    classic, mine = load_style("classic"), load_style("mine", own)
    assert mine.digest == classic.digest
    assert mine.palette("day").digest != classic.palette("day").digest
    change(own / "mine" / "style.toml", "grain = 1.0", "grain = 0.9")
    assert load_style("mine", own).digest != classic.digest


def test_materials_are_drawn_in_the_ramps_that_stand_in_for_them(own):
    (own / "mine" / "materials.toml").write_text('[slope]\nterra = "slate"\n[ground]\nlot = "sand"')
    ramps = load_style("mine", own).ramps
    assert ramps[Kind.SLOPE, Material.TERRA] == Material.SLATE
    assert ramps[Kind.WALL, Material.TERRA] == Material.TERRA
    assert set(ramps[FIRST_GROUND + Ground.LOT].tolist()) == {Material.SAND}


def test_snow_lies_on_roofs_and_named_ground_only():
    style = load_style("winter-comic")
    assert style.covers[Kind.SLOPE, Material.TERRA] == 1
    assert not style.covers[Kind.WALL].any()
    assert not style.covers[Kind.FLAT, Material.GLASS]
    assert style.covers[FIRST_GROUND + Ground.GRASS].all()
    assert not style.covers[FIRST_GROUND + Ground.ROAD].any()
    assert set(style.ramps[COVERED].tolist()) == {Material.SNOW}


def test_every_rule_has_a_number():
    rules = load_style("classic").rules[0]
    assert rules["outline_ink"] == OWN
    assert all(np.isfinite(rules[name]) for name in rule_names())


@given(st.integers(0, SHEET.width - 60), st.integers(0, SHEET.height - 50))
@settings(max_examples=10)
def test_any_window_of_another_style_equals_the_window_of_the_whole(x, y):
    cells = load_cells({KEY: specimen(CAMERA)}, CAMERA)
    style = read_style(BUNDLED / "winter-comic")
    whole = draw(SHEET, cells, CAMERA, style)
    part = draw(Window(x, y, 60, 50), cells, CAMERA, style)
    assert np.array_equal(part, whole[y : y + 50, x : x + 60])
