import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from isogen.mesh.cell import CellFacts
from isogen.scene.flavors.words import Use
from isogen.scene.osm.features import Feature
from isogen.scene.osm.storeys import REACH_M, Storeys, facts_of, storeys, tagged_storeys


def house(key, e, n, side=20.0, **tags):
    names = {k.replace("__", ":"): v for k, v in tags.items()}
    return Feature(key, {"building": "yes", **names}, box(e, n, e + side, n + side))


def row(levels):
    """A block of houses that touch, with these levels."""
    return [
        house(i, 20.0 * i, 0, **({"building__levels": str(n)} if n else {}))
        for i, n in enumerate(levels)
    ]


@pytest.mark.parametrize(
    ("tags", "count"),
    [
        ({"height": "13", "roof:height": "3.4"}, 3),
        ({"height": "48.5 m"}, 15),
        ({"height": "4"}, 1),
        ({"height": "70", "building:levels": "13"}, 21),
        ({"building:levels": "6"}, 6),
        ({"building:levels": "3.5"}, 3),
        ({"building:levels": "0"}, 1),
        ({"height": "2", "roof:height": "2"}, 1),
        ({"building:levels": "12000"}, None),
        ({"height": "tall"}, None),
        ({}, None),
    ],
)
def test_height_comes_before_levels_and_the_roof_is_not_a_storey(tags, count):
    assert tagged_storeys(tags) == count


def test_what_is_tagged_is_given():
    assert storeys(row([6]), []) == (Storeys(6, given=True),)


def test_a_class_tells_before_the_neighbors_do():
    kiosk = house(1, 0, 30, building="kiosk")
    assert storeys([*row([8, 8]), kiosk], [])[-1] == Storeys(1, given=True)


def test_a_gap_in_a_block_is_about_as_high_as_the_block():
    found = storeys(row([8, 8, 8, 0, 8, 8]), [])[3]
    assert not found.given
    assert 7 <= found.count <= 9


def test_one_tall_neighbor_does_not_inflate_a_block():
    found = storeys(row([0, 0, 12, 0, 0]), [])
    assert all(s.count <= 7 for s in found if not s.given)


def test_a_shed_has_one_storey():
    assert storeys([*row([8, 8]), house(9, 0, 21, side=5.0)], [])[-1].count == 1


def test_buildings_in_parks_are_low():
    hall = house(5, 0, 0, side=31.0)
    block = [house(6, 0, 35, 40.0), house(7, 45, 0, 40.0)]
    inside, outside = (storeys([hall, *block], parks)[0] for parks in _parks())
    assert inside.count <= 3 < outside.count


def _parks():
    return [Feature(1, {"leisure": "park"}, box(-50, -50, 90, 34))], []


def test_one_skyscraper_does_not_inflate_its_block():
    found = storeys([*row([0, 0, 0, 0, 0]), house(50, 40, 25, building__levels="60")], [])
    plain = storeys(row([0, 0, 0, 0, 0]), [])
    assert found[:5] == plain


def test_large_neighbors_say_nothing_about_small_houses():
    hall = house(9, 0, 40, side=80.0, building__levels="9")
    small = house(10, 0, 0, side=11.0)
    assert storeys([small, hall], [])[0].count <= 3


def test_what_is_usual_counts_where_nothing_is_known():
    found = storeys(row([0, 0, 0]), [], {Use.APARTMENTS: 3})
    assert all(2 <= s.count <= 4 for s in found)


def test_land_tells_what_buildings_are_for():
    yard = Feature(1, {"landuse": "industrial"}, box(-50, -50, 200, 200))
    assert all(s.count <= 3 for s in storeys(row([0, 0, 0]), [yard], {Use.INDUSTRIAL: 2}))


def test_facts_count_what_is_inferred():
    told = house(1, 0, 0, building="apartments", building__levels="5")
    typed, height = house(2, 30, 0, building="garage"), house(3, 60, 0, height="9")
    assert facts_of([told, typed, height, house(4, 90, 0)]) == CellFacts(4, 2, 2)


blocks = st.lists(st.integers(0, 14), min_size=1, max_size=8)


@settings(deadline=None)
@given(blocks, st.randoms(use_true_random=False))
def test_the_order_of_the_buildings_does_not_matter(levels, random):
    block = row(levels)
    mixed = list(block)
    random.shuffle(mixed)
    by_id = dict(zip((b.id for b in mixed), storeys(mixed, []), strict=True))
    assert [by_id[b.id] for b in block] == list(storeys(block, []))


@settings(deadline=None)
@given(blocks, st.integers(0, 14))
def test_what_stands_out_of_reach_does_not_matter(levels, other):
    block = row(levels)
    far = house(99, 20.0 * len(levels) + REACH_M + 10, 0, building__levels=str(other))
    assert storeys([*block, far], [])[:-1] == storeys(block, [])


@settings(deadline=None)
@given(blocks)
def test_every_building_has_a_storey(levels):
    assert all(1 <= s.count <= 14 for s in storeys(row(levels), []))


def test_without_buildings_there_is_nothing_to_guess():
    assert storeys([], []) == ()
