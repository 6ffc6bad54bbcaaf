"""A small town on slopes: houses stand level, water is level, pieces fit together."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, box

from isogen.errors import InputError
from isogen.geo.wgs84 import Projection
from isogen.mesh.builder import MeshBuilder
from isogen.mesh.cell import VOID, CellKey
from isogen.mesh.model import GRAINS_PER_M
from isogen.mesh.vocabulary import CLASS_MASK, Kind, Material, WallStyle
from isogen.mesh.window import Window
from isogen.pixelart.indices import VOID_RAMP
from isogen.pixelart.palette import TONES
from isogen.render.draw import draw, load_cells
from isogen.scene.terrain.dem import Dem
from isogen.scene.terrain.terrain import Terrain
from isogen.scene.town.buildings import build_building
from isogen.scene.town.ground import paint_ground
from isogen.scene.town.hills import Hills
from isogen.scene.town.plot import Plot
from isogen.scene.town.slopes import along_ground
from isogen.scene.town.steps import build_steps
from isogen.scene.town.town import TownSource
from tests.scene_town.conftest import CAMERA, SEA, keys_of, small_town

PROJECTION = Projection(60.17, 24.94, 0.0, CAMERA)
PX = 0.0002
"""Degrees across a pixel of the terrain."""


def terrain_of(height_m, *, scale=1.0, around=(60.17, 24.94)):
    """Terrain whose height in meters follows from meters east and north of the origin."""
    lat = around[0] + (25 - np.arange(51)) * PX
    lng = around[1] + (np.arange(101) - 50) * PX
    east, north = PROJECTION.to_plane(
        np.repeat(lat, 101).reshape(51, 101), np.tile(lng, 51).reshape(51, 101)
    )
    affine = (PX, 0.0, lng[0] - PX / 2, 0.0, -PX, lat[0] + PX / 2)
    dem = Dem("hills", height_m(east, north).astype(np.float32), "EPSG:4326", affine)
    return Terrain(dem, PROJECTION, scale)


def ridge(east, north):
    """A hill of 20 m in the northwest of the town; the sea lies at its foot."""
    return 20 * np.exp(-((east + 150) ** 2 + (north - 50) ** 2) / 2e4) + 0.06 * np.maximum(
        90 - east, 0
    )


@pytest.fixture(scope="module")
def town():
    return replace(small_town(), terrain=terrain_of(ridge))


@pytest.fixture(scope="module")
def cells(town):
    source = TownSource(town)
    return {key: source.build(key) for key in keys_of(town)}


def rises(mesh):
    return mesh.corners[..., 2] / GRAINS_PER_M / CAMERA.rise_m


def ground_corners(parts):
    """Corners of the ground's triangles, plane meters and rises."""
    mesh = parts.mesh
    is_land = (mesh.faces["kind"] == Kind.GROUND) & (mesh.faces["object"] == 0)
    own = is_land[mesh.owners]
    points = mesh.corners[own][..., :2].reshape(-1, 2) / GRAINS_PER_M
    materials = np.repeat(mesh.faces["material"][mesh.owners][own], 3)
    return points, rises(mesh)[own].reshape(-1), materials


def test_the_ground_is_where_the_terrain_is(town, cells):
    points, found, _ = ground_corners(cells[CellKey(-1, 0)])
    dry = ~town.water_by_place.touched(points, 120)

    told = town.terrain.heights_m(points[dry]) / CAMERA.rise_m

    assert dry.sum() > 500
    assert np.abs(found[dry] - told).max() < 1.0


def test_the_terrain_is_as_high_as_its_scale_says():
    points = np.array([[-150.0, 50.0], [40.0, -30.0]])

    low, high = (terrain_of(ridge, scale=s).heights_m(points) for s in (1.0, 2.5))

    assert high == pytest.approx(low * 2.5)


def test_the_origin_lies_on_the_plane():
    assert terrain_of(ridge).heights_m(np.zeros((1, 2)))[0] == pytest.approx(0, abs=1e-6)


def test_terrain_that_does_not_cover_the_origin_is_refused():
    with pytest.raises(InputError, match="does not cover the origin"):
        terrain_of(ridge, around=(61.0, 24.94)).heights_m(np.zeros((1, 2)))


def test_the_sea_is_level_and_below_its_shores(town, cells):
    seas, lands = [], []
    for parts in cells.values():
        points, found, materials = ground_corners(parts)
        shore = (materials == Material.WALK) & town.water_by_place.touched(points, 10)
        seas.append(found[materials == Material.WATER])
        lands.append(found[shore])
    sea = np.concatenate(seas)
    above = sea - sea.min()

    assert (above < 0.01).sum() > 9
    assert (above[above > 0.11] > 1.9).all()  # wakes, then jetties
    assert np.concatenate(lands).min() > sea.min() + 2.9


def test_what_is_on_the_water_stays_on_its_level(town):
    level = town.hills.level_of(0)
    afloat = np.array([[300.0, -300.0], [250.0, -150.0], [150.0, -390.0]])

    assert town.water_by_place.touched(afloat, 0).all()
    assert town.hills.under(afloat).tolist() == [level] * 3


def test_a_house_on_a_slope_stands_level_on_a_plinth(town):
    builder = MeshBuilder(CAMERA, town.hills)
    build_building(builder, town, 1)
    mesh = builder.mesh()
    ground = town.hills.at(np.array([(-90, 30), (-40, 30), (-40, 70), (-90, 70)], np.float64))

    walls = mesh.faces["kind"] == Kind.WALL
    front = rises(mesh)[(walls & (mesh.faces["floors"] > 3))[mesh.owners]]
    plinth = rises(mesh)[(walls & (mesh.faces["style"] == WallStyle.ASHLAR))[mesh.owners]]

    assert np.ptp(ground) > 1
    assert front.min() == pytest.approx(np.rint(front.min()), abs=0.01)
    assert plinth.min() < ground.min()
    assert plinth.max() == pytest.approx(front.min(), abs=0.01)


def test_nothing_is_built_under_ground_without_need(cells):
    every = np.concatenate([rises(parts.mesh).reshape(-1) for parts in cells.values()])

    assert every.min() > -40
    assert every.max() < 80


def test_a_line_bends_where_the_ground_does(town):
    points = along_ground(town.hills, LineString([(-250, -40), (60, 80)]))

    middles = (points[:-1] + points[1:]) / 2
    ground = town.hills.relief.at
    straight = (ground(points[:-1]) + ground(points[1:])) / 2
    assert ground(middles) == pytest.approx(straight, abs=1 / 32)


@settings(max_examples=8)
@given(st.integers(-280, 250), st.integers(-300, 200))
def test_a_place_is_as_high_in_any_cell_that_asks(east, north):
    terrain = terrain_of(ridge)
    place = np.array([[east, north]], np.float64)
    first = replace(small_town(), terrain=terrain).hills
    second = replace(small_town(), terrain=terrain).hills
    second.at(np.array([[300.0, -300.0], [-300.0, 350.0]]))

    assert first.at(place)[0] == second.at(place)[0]


def test_windows_of_a_hilly_town_fit_together(cells):
    loaded = load_cells(cells, CAMERA, hilly=True)
    whole = draw(Window(40, 60, 160, 140), loaded, CAMERA)

    pieces = [
        [draw(Window(40 + x, 60 + y, 80, 70), loaded, CAMERA) for x in (0, 80)] for y in (0, 70)
    ]

    assert np.array_equal(whole, np.block(pieces))


def test_there_is_no_hole_in_the_ground(cells):
    loaded = load_cells(cells, CAMERA, hilly=True)

    art = draw(Window(0, 20, 260, 220), loaded, CAMERA)
    flat = draw(Window(0, 20, 260, 220), load_cells(_flat_cells(), CAMERA), CAMERA)

    assert _void(art) == _void(flat) == 0
    assert (art != flat).mean() > 0.2


def _flat_cells():
    source = TownSource(small_town())
    return {key: source.build(key) for key in keys_of(small_town())}


def _void(art):
    return int((art // TONES == VOID_RAMP).sum())


def test_the_ground_keeps_its_classes_under_its_shades(cells):
    flat = _flat_cells()

    for key, parts in cells.items():
        known = parts.ground != VOID
        assert np.array_equal(parts.ground[known] & CLASS_MASK, flat[key].ground[known])
        assert np.array_equal(known, flat[key].ground != VOID)
    assert any((parts.ground[parts.ground != VOID] > CLASS_MASK).any() for parts in cells.values())


def test_ground_too_high_to_be_drawn_says_so():
    steep = replace(small_town(), terrain=terrain_of(lambda e, _: e * 20))

    with pytest.raises(InputError, match="can be drawn") as error:
        steep.hills.at(np.array([[300.0, 0.0]]))

    assert "map.origin" in error.value.hint


def test_a_falling_river_follows_the_ground():
    terrain = terrain_of(lambda _, north: north * 0.1)

    assert Hills(CAMERA, terrain, (SEA,), 0, ()).level_of(0) is None
    assert Hills(CAMERA, terrain, (SEA,), 1, ()).level_of(0) is not None


def test_a_pitch_on_a_slope_is_level():
    terrain = terrain_of(lambda east, _: east * 0.2)
    hills = Hills(CAMERA, terrain, (), 0, (), (box(-50, -40, 10, 40),))
    inside = np.random.default_rng(3).uniform((-49, -39), (9, 39), (200, 2))

    assert np.ptp(hills.at(inside)) == 0


def test_stairs_rise_by_themselves_and_lie_on_steeper_slopes():
    def tops(height_m):
        town = replace(small_town(), terrain=terrain_of(height_m))
        builder = MeshBuilder(CAMERA, town.hills)
        build_steps(Plot(town, CellKey(0, 0), builder, paint_ground(town, CellKey(0, 0))))
        return np.ptp(rises(builder.mesh()))

    level, steep = (
        tops(lambda east, _: east * 0),
        tops(lambda _, north: np.clip(north, -200, 0) * 0.8),
    )

    assert level == pytest.approx(4, abs=0.02)
    assert steep > 9
