"""Waterways mapped as lines, what holds them back, and the mouths of tunnels."""

from dataclasses import replace

import numpy as np
import pytest
from shapely import LineString, Point, Polygon

from isogen.mesh.vocabulary import Ground, Material
from isogen.scene.osm.features import Feature
from isogen.scene.town.context import Town
from isogen.scene.town.ground import paint_ground
from isogen.scene.town.town import TownSource

from .conftest import CAMERA, keys_of, place

DRY = Polygon()
CANAL = ([(-300, 0), (60, 0)], {"waterway": "canal", "width": "10"})
STREAM = ([(-300, 60), (60, 60)], {"waterway": "stream"})


def a_town(**things):
    found = place(sea=DRY, **things)
    return Town(CAMERA, found, (4,) * len(found.buildings))


def ground_at(town, point):
    key = next(k for k in keys_of(town) if town.in_cell(point, k))
    return Ground(paint_ground(town, key).at(np.array([point]))[0])


def materials_of(town):
    cells = [TownSource(town).build(key) for key in keys_of(town)]
    return np.concatenate([cell.mesh.faces["material"] for cell in cells])


def test_a_canal_without_an_outline_is_open_water():
    town = a_town(ways=[CANAL])
    assert sum(w.area for w in town.water) == pytest.approx(3600, rel=0.05)
    assert not town.is_clear((-100, 3), 0)


def test_an_outline_counts_more_than_the_width_of_a_line():
    outline = (Polygon([(-310, -9), (70, -9), (70, 9), (-310, 9)]), {"natural": "water"})
    town = a_town(ways=[CANAL], areas=[outline])
    assert sum(w.area for w in town.water) == pytest.approx(outline[0].area)


def test_a_street_without_a_bridge_crosses_a_canal_on_a_dam():
    street = ([(-100, -80), (-100, 80)], {"highway": "residential"})
    town = a_town(ways=[CANAL, street])
    assert ground_at(town, (-100.0, 0.0)) is Ground.ROAD
    bridge = (street[0], {**street[1], "bridge": "yes"})
    assert not a_town(ways=[CANAL, bridge]).is_clear((-100, 0), 0)


def test_a_stream_is_painted_on_grass_and_passes_below_a_street():
    street = ([(-100, 20), (-100, 90)], {"highway": "residential"})
    town = a_town(ways=[STREAM, street])
    assert ground_at(town, (-150.0, 60.0)) in {Ground.SHALLOW, Ground.SHELF}
    assert ground_at(town, (-100.0, 60.0)) is Ground.ROAD
    assert not town.water


def test_a_lock_has_wooden_gates_across_its_canal():
    gate = ((-50, 0), {"waterway": "lock_gate"})
    wood = [
        (materials_of(a_town(ways=[CANAL], nodes=nodes)) == Material.WOOD).sum()
        for nodes in ((), (gate,))
    ]
    assert wood[1] > wood[0]


def test_a_tunnel_shows_a_mouth_where_an_open_street_meets_it():
    street = ([(-200, 100), (-100, 100)], {"highway": "residential"})
    tunnel = Feature(77, {"highway": "residential", "tunnel": "yes"},
                     LineString([(-100, 100), (0, 100)]))  # fmt: skip
    found = place(sea=DRY, ways=[street])
    shut, mouth = (
        materials_of(Town(CAMERA, replace(found, tunnels=tunnels), ()))
        for tunnels in ((), (tunnel,))
    )
    assert (mouth == Material.GRANITE).sum() > (shut == Material.GRANITE).sum()
    far = replace(tunnel, geometry=LineString([(0, 200), (50, 200)]))
    alone = materials_of(Town(CAMERA, replace(found, tunnels=(far,)), ()))
    assert (alone == Material.GRANITE).sum() == (shut == Material.GRANITE).sum()


def test_a_green_has_a_flag():
    hole = (Point(0, 0).coords[0], {"golf": "pin"})
    assert Material.RED in materials_of(a_town(nodes=[hole]))
