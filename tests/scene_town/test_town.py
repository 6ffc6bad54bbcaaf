import os
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from shapely import Point, Polygon, box

from isogen.digest import digest_of
from isogen.errors import InputError
from isogen.mesh.cell import VOID, CellKey
from isogen.mesh.model import CELL_FACES, GRAINS_PER_M
from isogen.mesh.vocabulary import Ground, Kind, Material, WallStyle
from isogen.scene.town.context import TownSettings
from isogen.scene.town.town import TownSource
from tests.scene_town.conftest import (
    AREAS,
    BUILDINGS,
    NODES,
    WAYS,
    bytes_of,
    keys_of,
    small_town,
    town_with,
)

DRY = Polygon()
QUIET = TownSettings(trees=0, traffic=0, people=0, boats=0)


def digests(town):
    source = TownSource(town)
    return {key: digest_of(bytes_of(source.build(key))) for key in keys_of(town)}


def balls(cells):
    return np.concatenate([parts.mesh.balls for parts in cells.values()]) / GRAINS_PER_M


def walls(cells, style):
    """Middles of all walls of a style, plane meters."""
    out = [np.zeros((0, 2))]
    for parts in cells.values():
        faces = parts.mesh.faces
        wanted = (faces["style"] == style) & (faces["kind"] == Kind.WALL)
        chosen = wanted[parts.mesh.owners]
        out.append(parts.mesh.corners[chosen][..., :2].mean(axis=1) / GRAINS_PER_M)
    return np.concatenate(out)


def test_cells_do_not_depend_on_the_order_in_which_they_are_built(town, cells):
    source = TownSource(small_town())
    for key in reversed(keys_of(town)):
        assert bytes_of(source.build(key)) == bytes_of(cells[key])


def test_cells_do_not_depend_on_the_process(cells):
    code = (
        "from tests.scene_town.test_town import digests, small_town;"
        "print(sorted(digests(small_town()).items()))"
    )
    env = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo"}
    out = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    here = {key: digest_of(bytes_of(parts)) for key, parts in cells.items()}
    assert out.stdout.strip() == str(sorted(here.items()))


def test_what_lies_far_away_changes_nothing():
    far = [*BUILDINGS, (box(-310, 360, -290, 380), {"building": "yes"})]
    key = CellKey(0, 0)
    assert bytes_of(TownSource(small_town(buildings=far)).build(key)) == bytes_of(
        TownSource(small_town()).build(key)
    )


def test_another_seed_gives_another_town(cells):
    things = {"buildings": BUILDINGS, "areas": AREAS, "ways": WAYS, "nodes": NODES}
    other = TownSource(town_with(TownSettings(seed=5), **things))
    assert bytes_of(other.build(CellKey(0, 0))) != bytes_of(cells[CellKey(0, 0)])


def test_a_quiet_town_has_only_what_is_mapped(cells):
    things = {"buildings": BUILDINGS, "areas": AREAS, "ways": WAYS, "nodes": NODES}
    source = TownSource(town_with(QUIET, **things))
    quiet = {key: source.build(key) for key in cells}
    assert not len(walls(quiet, WallStyle.CAR_BODY))
    assert not len(walls(quiet, WallStyle.VEHICLE))
    assert len(balls(quiet)) < len(balls(cells))


def test_every_mapped_tree_stands_once():
    places = [(-300 + 41.3 * k, -380 + 52.7 * (k * 7 % 14)) for k in range(10)]
    nodes = [(p, {"natural": "tree", "leaf_type": "needleleaved"}) for p in places]
    town = town_with(QUIET, nodes=nodes, sea=DRY)
    source = TownSource(town)
    crowns = balls({key: source.build(key) for key in keys_of(town)})
    counted = Counter(tuple(c) for c in np.round(crowns[:, :2], 2).tolist())
    assert sorted(counted) == sorted((round(e, 2), round(n, 2)) for e, n in places)
    assert set(counted.values()) == {4}  # a conifer is four balls


def test_mapped_trees_do_not_stand_in_houses_roads_or_water():
    wet, inside, busy = (280, -280), (50, 50), (-10, -200)
    ways = [([(-10, -400), (-10, 0)], {"highway": "residential"})]
    nodes = [(p, {"natural": "tree"}) for p in (wet, inside, busy)]
    town = town_with(QUIET, nodes=nodes, ways=ways, buildings=[(box(30, 30, 70, 70), {})])
    source = TownSource(town)
    assert not len(balls({key: source.build(key) for key in keys_of(town)}))


def test_no_tree_that_nobody_mapped_stands_near_a_house_or_on_a_road(town, cells):
    trunks = [np.zeros((0, 2))]
    for parts in cells.values():
        faces = parts.mesh.faces
        brown = (faces["material"] == Material.BROWN) & (faces["kind"] == Kind.WALL)
        brown &= (faces["source"] == 0) & (faces["floors"] == 0)
        chosen = brown[parts.mesh.owners]
        trunks.append(parts.mesh.corners[chosen][..., :2].mean(axis=1) / GRAINS_PER_M)
    places = np.concatenate(trunks)
    assert len(places) > 200
    roads = [road.line.buffer(road.width_m / 2 - 0.5) for road in town.roads]
    on_road = [any(road.contains(Point(p)) for road in roads) for p in places]
    assert not any(on_road)


def test_cars_stand_on_carriageways_in_lots_and_behind_houses(town, cells):
    cars = walls(cells, WallStyle.CAR_CABIN)
    assert len(cars) > 40
    ground = [road.line.buffer(road.width_m / 2 + 1) for road in town.roads]
    ground += [house.geometry.buffer(14) for house in town.features.buildings]
    ground += [a.geometry for a in town.features.areas if a.tags.get("amenity") == "parking"]
    assert all(any(g.contains(Point(p)) for g in ground) for p in cars)


def test_trains_run_on_rails_and_trams_on_theirs(town, cells):
    cars = walls(cells, WallStyle.VEHICLE)
    tracks = [w.geometry for w in town.features.ways if "railway" in w.tags]
    roads = [road.line for road in town.roads]
    assert len(cars)
    assert all(min(t.distance(Point(p)) for t in [*tracks, *roads]) < 5 for p in cars)


def test_the_ground_of_all_cells_together_covers_the_land_once(town, cells):
    total = 0.0
    for parts in cells.values():
        ground = (parts.mesh.faces["kind"] == Kind.GROUND)[parts.mesh.owners]
        corners = parts.mesh.corners[ground] / GRAINS_PER_M
        level = corners[np.all(corners[..., 2] == 0, axis=1)][..., :2]
        a, b = level[:, 1] - level[:, 0], level[:, 2] - level[:, 0]
        total += np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum() / 2
    land = sum(polygon.area for polygon in town.land)
    decks = sum(deck.outline.area for deck in town.decks if deck.top == 0)
    assert total == pytest.approx(land + decks, rel=0.01)


def test_water_lies_below_the_land(cells):
    lowest = min(
        parts.mesh.corners[..., 2].min() for parts in cells.values() if len(parts.mesh.corners)
    )
    wet = [np.isin(parts.ground, (Ground.WATER, Ground.SHALLOW)).any() for parts in cells.values()]
    assert lowest < 0
    assert any(wet)


def test_faces_reach_at_most_one_cell_beyond_theirs(town, cells):
    for key, parts in cells.items():
        near = town.cell_outline(key, 290)
        corners = parts.mesh.corners[..., :2].reshape(-1, 2) / GRAINS_PER_M
        assert all(near.contains(Point(p)) for p in corners[:: max(len(corners) // 200, 1)])


def test_a_cell_outside_the_extent_is_void(town):
    parts = TownSource(town).build(CellKey(50, 50))
    assert (parts.ground == VOID).all()
    assert not len(parts.mesh.faces)


def test_a_cell_with_too_many_faces_is_refused():
    crowd = [((k % 90 - 45, k // 90 + 5), {"amenity": "fountain"}) for k in range(4_500)]
    town = town_with(QUIET, nodes=crowd, sea=DRY)
    with pytest.raises(InputError, match=f"at most {CELL_FACES}"):
        TownSource(town).build(CellKey(0, 0))
