import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, box

from isogen.geo.camera import Camera
from isogen.mesh.vocabulary import Facade, Material
from isogen.scene.flavors import bundled_flavor
from isogen.scene.flavors.load import PRESETS
from isogen.scene.flavors.words import Use
from isogen.scene.osm.features import Feature, Features
from isogen.scene.town.context import Town, TownSettings

CAMERA = Camera(-15.0, 45.0, 300 / 1024)
EXTENT = box(-600, -600, 600, 600)

ids = st.lists(st.integers(1, 1 << 40), min_size=2, max_size=24, unique=True).map(sorted)


def town_of(buildings, *, flavor="nordic", storeys=None, ways=()):
    features = Features(
        extent=EXTENT,
        land=MultiPolygon([EXTENT]),
        sea=MultiPolygon(),
        buildings=tuple(buildings),
        parts=(),
        areas=(),
        ways=tuple(ways),
        nodes=(),
    )
    counts = storeys or (4,) * len(features.buildings)
    return Town(CAMERA, features, counts, TownSettings(flavor=bundled_flavor(flavor)))


def street(keys, **tags):
    """Houses wall to wall, in the order of their ids."""
    return [
        Feature(key, {"building": "apartments", **tags}, box(18.0 * k, 0, 18.0 * (k + 1), 14))
        for k, key in enumerate(keys)
    ]


@settings(deadline=None, max_examples=40)
@given(ids)
def test_houses_that_touch_are_painted_differently(keys):
    looks = town_of(street(keys)).looks
    walls = [looks.of(k).wall for k in range(len(keys))]
    assert all(a is not b for a, b in itertools.pairwise(walls))


@settings(deadline=None, max_examples=30)
@given(ids, st.randoms(use_true_random=False))
def test_looks_do_not_depend_on_what_is_asked_first(keys, random):
    town, other = town_of(street(keys)), town_of(street(keys))
    order = list(range(len(keys)))
    random.shuffle(order)
    shuffled = {k: other.looks.of(k) for k in order}
    assert [town.looks.of(k) for k in range(len(keys))] == [shuffled[k] for k in sorted(order)]


@settings(deadline=None, max_examples=30)
@given(ids)
def test_houses_out_of_reach_change_nothing(keys):
    far = Feature((1 << 41), {"building": "apartments"}, box(-300, -300, -280, -280))
    near, more = town_of(street(keys)).looks, town_of([*street(keys), far]).looks
    assert [near.of(k) for k in range(len(keys))] == [more.of(k) for k in range(len(keys))]


def test_told_colors_stay_whatever_the_neighbors_have():
    looks = town_of(street(range(1, 9), **{"building:colour": "#b03030"})).looks
    assert len({looks.of(k).wall for k in range(8)}) == 1


def test_a_chain_of_a_thousand_houses_is_no_trouble():
    looks = town_of(street(range(1, 1001))).looks
    assert looks.of(500).storeys == 4


def test_a_block_has_few_hues_and_now_and_then_an_accent():
    looks = town_of(street(range(1, 7))).looks
    assert 2 <= len({looks.of(k).wall for k in range(6)}) <= 6


def test_large_flat_roofs_are_not_black():
    tags = {"building": "retail"}
    wide = [Feature(k, tags, box(100 * k, 0, 100 * k + 60, 60)) for k in range(1, 5)]
    looks = town_of(wide, storeys=(1,) * len(wide)).looks
    assert Material.DARK not in {looks.of(k).roof for k in range(len(wide))}


@pytest.mark.parametrize("name", PRESETS)
def test_small_houses_wall_to_wall_are_a_terrace(name):
    row = [Feature(k, {"building": "yes"}, box(7.0 * k, 0, 7.0 * (k + 1), 11)) for k in range(1, 6)]
    looks = town_of(row, flavor=name, storeys=(2,) * 5).looks
    assert {looks.of(k).use for k in range(5)} == {Use.TERRACE}


def test_curtain_walls_are_for_flat_roofs():
    for name in PRESETS:
        looks = town_of(street(range(1, 40)), flavor=name, storeys=(9,) * 39).looks
        found = [looks.of(k) for k in range(39)]
        assert all(look.shape == 0 for look in found if look.facade & Facade.CURTAIN)
