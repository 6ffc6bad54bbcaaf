import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from isogen.mesh.vocabulary import Facade, Material
from isogen.scene.flavors import bundled_flavor
from isogen.scene.flavors.words import Age, Shape
from isogen.scene.town.looks import Situation, look_of
from isogen.seeds import Stream

NORDIC = Situation(bundled_flavor("nordic"))

TOWN_HOUSE = box(0, 0, 30, 12)
DEEP = box(0, 0, 60, 60)


def look(tags=None, *, outline=TOWN_HOUSE, storeys=5, seed=1):
    return look_of(tags or {"building": "yes"}, outline, storeys, Stream(seed), NORDIC)


@pytest.mark.parametrize(
    ("tags", "wall"),
    [
        ({"building:colour": "#ffffff"}, Material.WHITE),
        ({"building:material": "brick"}, Material.BRICK),
        ({"building:material": "glass"}, Material.GLASS),
        ({"building:colour": "brown", "building": "train_station"}, Material.ROSE),
    ],
)
def test_walls_are_what_the_tags_say(tags, wall):
    assert look({"building": "yes", **tags}).wall is wall


@pytest.mark.parametrize(
    ("tags", "roof"),
    [
        ({"roof:material": "copper"}, Material.VERDIGRIS),
        ({"roof:colour": "#b4c9b3"}, Material.VERDIGRIS),
        ({"roof:material": "roof_tiles"}, Material.TERRA),
        ({"roof:colour": "black"}, Material.DARK),
        ({"building": "train_station"}, Material.VERDIGRIS),
    ],
)
def test_roofs_are_what_the_tags_say(tags, roof):
    assert look({"building": "yes", **tags}).roof is roof


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("gabled", Shape.GABLED),
        ("Mansard", Shape.MANSARD),
        ("half-hipped", Shape.HALF_HIPPED),
        ("onion", Shape.ONION),
        ("conical", Shape.CONE),
        ("round", Shape.ROUND),
    ],
)
def test_the_shape_of_the_roof_is_what_the_tags_say(value, shape):
    assert look({"building": "yes", "roof:shape": value}).shape is shape


def test_a_shape_that_means_nothing_is_left_to_chance():
    told = {"building": "yes", "roof:shape": "9.0"}
    assert look(told).shape is look().shape


@given(st.integers(1, 20), st.integers(0, 1000))
def test_storeys_are_whole_rises(storeys, seed):
    found = look(storeys=storeys, seed=seed)
    storey = 5 if found.facade & Facade.TALL else 4
    ground = found.eave - storey * (storeys - 1)
    assert 6 <= ground <= 8


@given(st.integers(0, 10_000))
def test_the_same_seed_gives_the_same_look(seed):
    assert look(seed=seed) == look(seed=seed)


def test_houses_of_one_street_differ():
    assert len({look(seed=seed).wall for seed in range(40)}) > 5


@pytest.mark.parametrize(
    ("date", "age"),
    [("1852", Age.CLASSICAL), ("1905", Age.JUGEND), ("1936", Age.PLAIN), ("1998", Age.RECENT)],
)
def test_the_date_decides_the_style(date, age):
    assert look({"building": "yes", "start_date": date}).age is age


def test_offices_are_modern():
    ages = [look({"building": "office"}, outline=DEEP, seed=k).age for k in range(40)]
    assert sum(age in {Age.MODERN, Age.RECENT} for age in ages) > 20


def test_small_low_buildings_are_homes():
    assert look(outline=box(0, 0, 10, 9), storeys=2).age is Age.HOME


def test_garages_are_sheds():
    assert look({"building": "garage"}, outline=box(0, 0, 6, 3), storeys=1).age is Age.SHED


def test_public_buildings_have_no_shops():
    seen = [look({"building": "museum"}, seed=k).facade & Facade.SHOPS for k in range(30)]
    assert not any(seen)


def test_shops_have_shop_windows():
    assert look({"building": "retail"}).facade & Facade.SHOPS
