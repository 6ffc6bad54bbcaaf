"""Power lines hang between their towers; what is no building stands all the same."""

import numpy as np
import pytest
from shapely import LineString, Point, Polygon

from isogen.mesh.model import GRAINS_PER_M
from isogen.mesh.vocabulary import Ground, Kind, Material, WallStyle
from isogen.scene.town.context import TownSettings
from isogen.scene.town.ground import paint_ground
from isogen.scene.town.town import TownSource
from tests.scene_town.conftest import CAMERA, bytes_of, keys_of, town_with

DRY = Polygon()
QUIET = TownSettings(trees=0, traffic=0, people=0, boats=0)
BENDS = [(-300, 20), (-150, 40), (0, 20), (150, 60), (300, 0)]


def built(town):
    source = TownSource(town)
    return {key: source.build(key) for key in keys_of(town)}


def corners_of(cells, kind, material=None, style=None):
    out = [np.zeros((0, 3, 3))]
    for parts in cells.values():
        faces = parts.mesh.faces
        wanted = faces["kind"] == kind
        wanted &= material is None or faces["material"] == material
        wanted &= style is None or faces["style"] == style
        out.append(parts.mesh.corners[wanted[parts.mesh.owners]] / GRAINS_PER_M)
    return np.concatenate(out) / (1, 1, CAMERA.rise_m)


def class_at(town, place):
    found = [paint_ground(town, key).at(np.array([place]))[0] for key in keys_of(town)]
    return max(found, key=lambda c: (c != 255, c))


def test_wires_hang_between_towers_and_stay_off_the_ground():
    town = town_with(QUIET, ways=[(BENDS, {"power": "line"})], sea=DRY)
    wires = corners_of(built(town), Kind.SLOPE, Material.DARK)
    line = LineString(BENDS).buffer(9)
    assert len(wires) > 100
    assert all(line.contains(Point(p)) for p in wires[..., :2].reshape(-1, 2)[::50])
    assert wires[..., 2].min() > 8


def test_a_tower_stands_at_every_bend():
    town = town_with(QUIET, ways=[(BENDS, {"power": "line"})], sea=DRY)
    steel = corners_of(built(town), Kind.WALL, Material.TIN, WallStyle.TRUSS)[..., :2]
    middles = steel.mean(axis=1)
    for bend in BENDS:
        assert np.sqrt(((middles - bend) ** 2).sum(axis=1)).min() < 3


def test_an_underground_cable_is_not_seen():
    tags = {"power": "line", "location": "underground"}
    town = town_with(QUIET, ways=[(BENDS, tags)], sea=DRY)
    assert not len(corners_of(built(town), Kind.SLOPE, Material.DARK))


def test_power_lines_are_the_same_in_any_order():
    ways = [(BENDS, {"power": "minor_line"})]
    cells = built(town_with(QUIET, ways=ways, sea=DRY))
    source = TownSource(town_with(QUIET, ways=ways, sea=DRY))
    assert all(bytes_of(source.build(key)) == bytes_of(cells[key]) for key in reversed(list(cells)))


@pytest.mark.parametrize(
    ("tags", "least"),
    [
        ({"power": "generator", "generator:source": "wind"}, 60),
        ({"man_made": "crane"}, 25),
        ({"man_made": "chimney"}, 15),
        ({"man_made": "lighthouse"}, 15),
        ({"man_made": "storage_tank"}, 3),
        ({"man_made": "water_tower"}, 10),
    ],
)
def test_a_structure_rises_from_its_place(tags, least):
    cells = built(town_with(QUIET, nodes=[((30, 30), tags)], sea=DRY))
    heights = [p.mesh.corners[..., 2].max() / GRAINS_PER_M / CAMERA.rise_m for p in cells.values()]
    assert max(heights) >= least


def test_a_structure_on_a_house_is_left_to_the_house():
    house = [(Polygon([(10, 10), (50, 10), (50, 50), (10, 50)]), {"building": "yes"})]
    chimney = [((30, 30), {"man_made": "chimney"})]
    alone = built(town_with(QUIET, buildings=house, sea=DRY))
    both = built(town_with(QUIET, buildings=house, nodes=chimney, sea=DRY))
    assert [bytes_of(p) for p in alone.values()] == [bytes_of(p) for p in both.values()]


@pytest.mark.parametrize(
    ("tags", "place", "expected"),
    [
        ({"surface": "gravel"}, (0, 0), Ground.GRAVEL_ROAD),
        ({"surface": "concrete"}, (0, 0), Ground.CONCRETE),
        ({"cycleway": "lane", "width": "10"}, (0, 4.3), Ground.CYCLE_LANE),
        ({"lanes:psv": "1", "width": "10"}, (0, -3.2), Ground.BUS_LANE),
    ],
)
def test_a_street_shows_its_surface_and_its_lanes(tags, place, expected):
    ways = [([(-300, 0), (300, 0)], {"highway": "residential", **tags})]
    assert class_at(town_with(QUIET, ways=ways, sea=DRY), place) == expected


def test_a_roundabout_has_a_green():
    ring = [(20 * x, 20 * y) for x, y in ((1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0))]
    ring += [(-e, -n) for e, n in ring[1:]]
    ways = [(ring, {"highway": "tertiary", "junction": "roundabout", "oneway": "yes"})]
    town = town_with(QUIET, ways=ways, sea=DRY)
    assert class_at(town, (0, 13)) == Ground.GRASS
    assert class_at(town, (0, 0)) == Ground.FLOWERS


def test_a_city_wall_is_crenellated():
    ways = [([(-100, 0), (100, 0)], {"barrier": "city_wall"})]
    stones = corners_of(built(town_with(QUIET, ways=ways, sea=DRY)), Kind.FLAT, Material.TAN)
    assert len(stones) > 40
    assert stones[..., 2].min() > 9


def test_a_ferry_keeps_to_the_water_of_its_route():
    afloat = TownSettings(trees=0, traffic=0, people=0, boats=1)
    ways = [([(-300, -300), (300, 250)], {"route": "ferry"})]
    lake = [(Polygon([(-320, -390), (320, -390), (320, 390), (-320, 390)]), {"natural": "water"})]
    cells = built(town_with(afloat, ways=ways, areas=lake, sea=DRY))
    hulls = corners_of(cells, Kind.WALL, Material.WHITE, WallStyle.VEHICLE)
    assert len(hulls)
    route = LineString(ways[0][0]).buffer(15)
    assert all(route.contains(Point(p)) for p in hulls[..., :2].reshape(-1, 2))


def test_stairs_show_their_treads():
    ways = [([(0, -30), (0, 30)], {"highway": "steps"})]
    town = town_with(QUIET, ways=ways, sea=DRY)
    seen = {class_at(town, (0, n / 2)) for n in range(-20, 20)}
    assert {Ground.CURB, Ground.SETT} <= seen
