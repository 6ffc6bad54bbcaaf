"""What stands in rows on squares, and beside the streets of some regions."""

from dataclasses import replace

import numpy as np
from shapely import box

from isogen.mesh.vocabulary import Ground, Material, WallStyle
from isogen.scene.flavors.load import bundled_flavor
from isogen.scene.town.context import TownSettings
from isogen.scene.town.ground import paint_ground
from isogen.scene.town.town import TownSource

from .conftest import keys_of, town_with

SQUARE = (box(-60, 60, 0, 120), {"place": "square", "surface": "sett"})


def faces_of(town):
    return np.concatenate([TownSource(town).build(key).mesh.faces for key in keys_of(town)])


def woods_in(town):
    return int((faces_of(town)["material"] == Material.WOOD).sum())


def test_a_large_square_has_benches_and_one_with_mapped_benches_only_those():
    bench = ((-30, 90), {"amenity": "bench"})
    quiet = TownSettings(people=0)
    bare, mapped = (
        woods_in(town_with(quiet, areas=[SQUARE], nodes=nodes)) for nodes in ((), (bench,))
    )
    lawn = (SQUARE[0], {"leisure": "park"})
    assert bare > mapped > woods_in(town_with(quiet, areas=[lawn]))


def test_a_square_of_setts_is_divided_by_light_bands():
    town = town_with(areas=[SQUARE])
    key = next(k for k in keys_of(town) if town.in_cell((-30.0, 90.0), k))
    e, n = np.meshgrid(np.arange(-55, -5, 0.5), np.arange(65, 115, 0.5))
    found = paint_ground(town, key).at(np.stack([e.ravel(), n.ravel()], axis=1))
    share = (found == Ground.CURB).mean()
    assert 0.04 < share < 0.4


def machines_in(name):
    settings = replace(TownSettings(), flavor=bundled_flavor(name))
    houses = [(box(k * 30, 8, k * 30 + 22, 30), {"building": "retail"}) for k in range(-6, 3)]
    street = ([(-200, 0), (100, 0)], {"highway": "secondary"})
    faces = faces_of(town_with(settings, buildings=houses, ways=[street]))
    boards = faces["style"] == WallStyle.BILLBOARD
    return int((boards & (faces["material"] == Material.RED)).sum())


def test_vending_machines_stand_where_the_flavor_has_them():
    assert machines_in("japanese") > 0
    assert machines_in("nordic") == 0
