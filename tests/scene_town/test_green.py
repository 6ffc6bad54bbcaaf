"""What grows and stands on the ground, by what the map says of it or leaves open."""

import numpy as np
import pytest
from shapely import Polygon, box

from isogen.mesh.cell import VOID, CellKey
from isogen.mesh.emptiness import empty_share
from isogen.mesh.vocabulary import Ground, Kind, Material, WallStyle
from isogen.scene.flavors import bundled_flavor
from isogen.scene.town.context import TownSettings
from isogen.scene.town.ground import paint_ground
from isogen.scene.town.growth import growth_of
from isogen.scene.town.mapped_trees import shape_of
from isogen.scene.town.town import TownSource
from isogen.scene.town.trees import Shape
from tests.scene_town.conftest import keys_of, town_with

DRY = Polygon()
AREA = box(-60, -60, 60, 60)
WOOD = box(-320, -390, 320, 390)
STREETS = [([(-330, n), (330, n)], {"highway": "residential"}) for n in (-200, -60, 80)]
HOUSES = [
    (box(e, n, e + 11, n + 9), {"building": "yes"})
    for e in range(-300, 300, 24)
    for n in (-188, -84, -48, 56, 92)
]


def built(**things):
    town = town_with(sea=DRY, **things)
    source = TownSource(town)
    return [source.build(key) for key in keys_of(town)]


def classes_in(tags, inset=8.0):
    """Ground classes of an area of one kind, away from its edge."""
    town = town_with(areas=[(AREA, tags)], sea=DRY)
    places = np.stack(np.meshgrid(*[np.arange(-60 + inset, 60 - inset, 0.7)] * 2), axis=-1)
    found = set()
    for key in keys_of(town):
        found |= set(paint_ground(town, key).at(places.reshape(-1, 2)).tolist())
    return found - {int(VOID)}


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"landuse": "meadow"}, {Ground.MEADOW}),
        ({"natural": "wood"}, {Ground.FOREST}),
        ({"natural": "heath"}, {Ground.HEATH}),
        ({"natural": "wetland"}, {Ground.MARSH}),
        ({"natural": "bare_rock"}, {Ground.ROCK}),
        ({"natural": "glacier"}, {Ground.ICE}),
        ({"natural": "beach"}, {Ground.SAND}),
        ({"landuse": "vineyard"}, {Ground.HEDGE, Ground.SOIL}),
        ({"leisure": "pitch", "sport": "soccer"}, {Ground.MOWN, Ground.WHITE}),
        ({"amenity": "parking"}, {Ground.PARKING, Ground.LINE}),
    ],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else None,
)
def test_each_kind_of_land_has_a_ground_of_its_own(tags, expected):
    assert classes_in(tags) == {int(ground) for ground in expected}


@pytest.mark.parametrize("kind", ["farmland", "allotments"])
def test_fields_are_laid_out_in_rows_of_several_classes(kind):
    assert len(classes_in({"landuse": kind})) > 1


@pytest.mark.parametrize(
    ("tags", "material"),
    [
        ({"landuse": "cemetery"}, Material.GRANITE),
        ({"leisure": "playground"}, Material.YELLOW),
        ({"natural": "beach"}, Material.PEACH),
        ({"landuse": "allotments"}, Material.OCHRE),
        ({"natural": "bare_rock"}, Material.GRANITE),
        ({"tourism": "camp_site"}, Material.TEAL),
    ],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else None,
)
def test_open_spaces_hold_what_belongs_there(tags, material):
    plain = sum((p.mesh.faces["material"] == material).sum() for p in built())
    held = sum((p.mesh.faces["material"] == material).sum() for p in built(areas=[(AREA, tags)]))
    assert held > plain


def test_a_port_is_full_of_containers():
    parts = built(areas=[(AREA, {"landuse": "port"})])
    assert sum((p.mesh.faces["style"] == WallStyle.CONTAINER).sum() for p in parts) > 50


def dark_crowns(tags):
    """Share of dark green among the crowns of a town that is all wood."""
    faces = np.concatenate([p.mesh.faces for p in built(areas=[(WOOD, tags)])])
    crowns = faces[faces["kind"] == Kind.BALL]
    return (crowns["material"] == Material.TREE).mean()


def test_a_wood_of_needles_is_darker_than_one_of_leaves():
    needles = {"natural": "wood", "leaf_type": "needleleaved"}
    assert dark_crowns(needles) > dark_crowns({"natural": "wood"}) + 0.1


def empty(**things):
    town = town_with(sea=DRY, **things)
    return empty_share(
        np.concatenate([paint_ground(town, k).core() for k in keys_of(town)], axis=1)
    )


def test_houses_and_streets_alone_leave_little_ground_empty():
    nothing, thin = empty(), empty(buildings=HOUSES, ways=STREETS)
    assert nothing > 0.9
    assert thin < nothing - 0.25  # the houses stand on a third of the land


def test_bare_ground_around_anything_else_is_not_empty():
    classes = np.full((60, 60), Ground.YARD, np.uint8)
    assert empty_share(classes) == 1.0
    classes[30, 30] = Ground.FLOWERS
    assert empty_share(classes) == pytest.approx(1 - 25 * 25 / 3600)


def test_gardens_lie_between_house_and_street():
    town = town_with(buildings=HOUSES, ways=STREETS, sea=DRY)
    found = {int(c) for k in keys_of(town) for c in np.unique(paint_ground(town, k).classes)}
    assert {int(Ground.FLOWERS), int(Ground.GRAVEL_PATH), int(Ground.MOWN)} <= found


def test_a_tree_grows_as_its_tags_say():
    assert shape_of({"genus": "Betula"}) is Shape.BIRCH
    assert shape_of({"species": "Phoenix canariensis"}) is Shape.PALM
    assert shape_of({"leaf_type": "needleleaved"}) is Shape.CONIFER
    assert shape_of({"height": "22"}) is Shape.WILD
    assert shape_of({}) is None


def test_palms_grow_where_the_flavor_has_them():
    assert growth_of(bundled_flavor("mediterranean").habits).palms > 0
    assert growth_of(bundled_flavor("nordic").habits).palms == 0


def test_the_green_of_a_cell_is_the_same_twice():
    things = {"buildings": HOUSES, "ways": STREETS, "areas": [(AREA, {"leisure": "park"})]}
    first, second = (TownSource(town_with(TownSettings(), sea=DRY, **things)) for _ in range(2))
    key = CellKey(0, 0)
    second.build(CellKey(0, -1))
    assert np.array_equal(first.build(key).mesh.corners, second.build(key).mesh.corners)
