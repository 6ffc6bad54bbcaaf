from pathlib import Path

import pytest

from isogen.errors import ParamsError
from isogen.mesh.vocabulary import Facade, Material
from isogen.params.reading import parse_params
from isogen.scene.flavors import bundled_flavor, flavor_of, read_flavor
from isogen.scene.flavors.load import PRESETS, name_of
from isogen.scene.flavors.schema import pick, shuffled
from isogen.scene.flavors.words import Shape, Use
from isogen.seeds import Stream

SMALL = """\
title = "Small"
large_roofs = {gravel = 1}
[typology.all]
age = "plain"
uses = ["apartments", "house", "terrace", "office", "retail", "industrial", "civic", "school",
    "shed"]
walls = {ochre = 3, brick = 1}
trims = {white = 1}
roofs = {terra = 1}
flat_roofs = {gravel = 1}
shapes = {gabled = 1}
facades = {"heads+oriels" = 1}
"""


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return read_flavor(path)

    return read


def settings(lat=60.17, lng=24.94, flavor="auto"):
    return parse_params(
        f"map: {{origin: {{lat: {lat}, lng: {lng}}}}}\nscene: {{flavor: {flavor}}}\n"
    )


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_serves_every_use(name):
    served = {use for t in bundled_flavor(name).typology.values() for use in t.uses}
    assert served == set(Use)


@pytest.mark.parametrize(
    ("place", "flavor"),
    [
        ((60.17, 24.94), "nordic"),
        ((55.67, 12.57), "nordic"),
        ((37.77, -122.42), "american"),
        ((43.65, -79.38), "american"),
        ((51.51, -0.12), "british"),
        ((53.35, -6.26), "british"),
        ((35.68, 139.69), "japanese"),
        ((43.06, 141.35), "japanese"),
        ((41.90, 12.50), "mediterranean"),
        ((41.38, 2.17), "mediterranean"),
        ((37.98, 23.73), "mediterranean"),
        ((50.08, 14.43), "central-european"),
        ((48.85, 2.35), "central-european"),
        ((37.57, 126.98), "generic"),
        ((-33.87, 151.20), "generic"),
    ],
)
def test_auto_takes_the_flavor_of_the_country(place, flavor):
    assert name_of(settings(*place)) == flavor


def test_a_named_flavor_wins_over_the_country():
    assert flavor_of(settings(flavor="japanese")) is bundled_flavor("japanese")


def test_a_file_is_relative_to_the_project(tmp_path):
    (tmp_path / "mine.toml").write_text(SMALL, encoding="utf-8")
    assert flavor_of(settings(flavor="mine.toml"), tmp_path).title == "Small"


def test_an_unknown_flavor_is_refused_with_those_there_are():
    with pytest.raises(ParamsError, match="nordic") as caught:
        flavor_of(settings(flavor="martian"))
    assert "scene.flavor" in str(caught.value)
    assert "martian" in str(caught.value)


def test_words_become_what_the_artist_knows(read):
    typology = read(SMALL).typology["all"]
    assert dict(typology.walls) == {Material.OCHRE: 3, Material.BRICK: 1}
    assert dict(typology.facades) == {Facade.HEADS | Facade.ORIELS: 1}
    assert dict(typology.shapes) == {Shape.GABLED: 1}


def test_a_typology_like_another_says_only_what_differs(read):
    more = '[typology.tiled]\nlike = "all"\nroofs = {slate = 1}\n'
    tiled = read(SMALL + more).typology["tiled"]
    assert dict(tiled.roofs) == {Material.SLATE: 1}
    assert dict(tiled.walls) == {Material.OCHRE: 3, Material.BRICK: 1}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SMALL.replace("ochre", "ocher"), "typology.all.walls.ocher"),
        (SMALL.replace("ochre = 3", "ochre = 0"), "typology.all.walls.ochre"),
        (SMALL.replace("heads+oriels", "heads+frills"), "heads+frills"),
        (SMALL.replace('"plain"', '"gothic"'), "typology.all.age must be one of classical"),
        (SMALL.replace(', "civic"', ""), "civic"),
        (SMALL + "color = 1\n", "typology.all.color is not a setting"),
        (SMALL + '[typology.b]\nlike = "c"\n', "typology.b.like must name a typology above it"),
        (SMALL.replace("trims = {white = 1}\n", ""), "typology.all.trims is missing"),
        ("title = ", "is not TOML"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_key(read, text, told):
    with pytest.raises(ParamsError) as caught:
        read(text)
    assert "mine.toml" in str(caught.value)
    assert told in str(caught.value)


def test_a_missing_file_is_named():
    with pytest.raises(ParamsError, match="nowhere"):
        read_flavor(Path("nowhere.toml"))


def test_the_digest_is_of_what_a_flavor_says_not_of_how(read):
    spaced = SMALL.replace(" = ", "  =  ").replace("title", "# a comment\ntitle")
    assert read(spaced).digest == read(SMALL).digest
    assert read(SMALL.replace("ochre = 3", "ochre = 2")).digest != read(SMALL).digest


def test_weights_are_shares():
    found = [pick({"a": 3, "b": 1}, Stream(k)) for k in range(2000)]
    assert found.count("a") / 2000 == pytest.approx(0.75, abs=0.04)


def test_a_shuffle_holds_everything_once_likely_ones_first():
    shuffles = [shuffled({"a": 8, "b": 1, "c": 1}, Stream(k)) for k in range(200)]
    assert {tuple(sorted(s)) for s in shuffles} == {("a", "b", "c")}
    assert sum(s[0] == "a" for s in shuffles) > 130
