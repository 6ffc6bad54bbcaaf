"""Styles through the command line: listed, drawn, copied, edited."""

import json

import pytest
from PIL import Image

from .conftest import set_params, tree


@pytest.fixture
def empty(tmp_path, run):
    """A project in which nothing is made yet."""
    assert run(tmp_path, "init", "helsinki").code == 0
    return tmp_path


def test_styles_are_listed_with_their_palettes(empty, run):
    listed = json.loads(run(empty, "style", "list", "--json").out)
    assert [style["name"] for style in listed] == ["classic", "winter-comic"]
    assert listed[0]["palettes"] == ["autumn", "day", "dusk", "night"]


def test_a_style_is_drawn_without_a_project(tmp_path, run):
    out = tmp_path / "chart.png"
    shown = run(tmp_path, "style", "show", "winter-comic", "-o", str(out))
    assert shown.code == 0
    assert shown.out == f"{out}\n"
    with Image.open(out) as picture:
        assert picture.mode == "P"
        assert picture.width == 2080


def test_an_unknown_style_or_palette_is_a_wrong_request(empty, run):
    style = run(empty, "style", "show", "cubist")
    palette = run(empty, "style", "show", "--palette", "sepia")
    assert (style.code, palette.code) == (2, 2)
    assert "classic, winter-comic" in style.err
    assert "autumn, day, dusk, night" in palette.err


def test_a_new_style_is_a_copy_that_the_stages_depend_on(empty, run):
    assert run(empty, "style", "new", "my-town", "--from", "winter-comic").code == 0
    assert "my-town" in run(empty, "style", "list").out
    assert "      - data/layers/faces\n      - styles\n" in (empty / "dvc.yaml").read_text()
    before = (empty / "dvc.yaml").read_bytes()
    assert run(empty, "style", "new", "my-other-town").code == 0
    assert (empty / "dvc.yaml").read_bytes() == before


def test_a_style_is_not_replaced_unless_forced(empty, run):
    assert run(empty, "style", "new", "my-town").code == 0
    again = run(empty, "style", "new", "my-town")
    assert again.code == 2
    assert "is there already" in again.err
    assert run(empty, "style", "new", "my-town", "--force").code == 0


def test_a_name_that_is_a_path_is_refused(empty, run):
    refused = run(empty, "style", "new", "../outside")
    assert refused.code == 2
    assert not (empty.parent / "outside").exists()


def test_editing_a_style_makes_only_the_generations_again(map_copy, run):
    faces = tree(map_copy, "data/layers/faces", "data/layers/render", "data/scene")
    assert run(map_copy, "style", "new", "my-town").code == 0
    set_params(map_copy, "style: classic", "style: my-town")
    assert "0 made, 9 already done" in run(map_copy, "generate").err
    path = map_copy / "styles" / "my-town" / "style.toml"
    path.write_text(path.read_text().replace("grain = 1.0", "grain = 0.5"))
    assert "0 made" in run(map_copy, "render").err
    assert "9 made" in run(map_copy, "generate").err
    assert tree(map_copy, "data/layers/faces", "data/layers/render", "data/scene") == faces
    set_params(map_copy, "style: my-town", "style: classic")
    assert "9 found again" in run(map_copy, "generate").err
