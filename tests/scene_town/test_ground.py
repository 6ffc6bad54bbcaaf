import numpy as np
import pytest
from shapely import Point, Polygon, box

from isogen.mesh.cell import VOID, CellKey, cell_side
from isogen.mesh.vocabulary import Ground
from isogen.scene.town.ground import MARGIN_PX, paint_ground
from isogen.scene.town.yards import Yard
from tests.scene_town.conftest import CAMERA, EXTENT, keys_of, small_town, town_with

SIDE = cell_side(CAMERA)
DRY = Polygon()


def class_at(town, e, n):
    point = np.array([[e, n]], np.float64)
    i, j = town.cells_of(point)[0].tolist()
    return Ground(paint_ground(town, CellKey(i, j)).at(point)[0])


@pytest.mark.parametrize("key", keys_of(small_town()))
def test_the_margin_of_a_cell_is_the_core_of_its_neighbors(town, key):
    here = paint_ground(town, key).classes
    right = paint_ground(town, CellKey(key.i + 1, key.j)).core()
    below = paint_ground(town, CellKey(key.i, key.j + 1)).core()
    assert np.array_equal(here[MARGIN_PX:-MARGIN_PX, -MARGIN_PX:], right[:, :MARGIN_PX])
    assert np.array_equal(here[-MARGIN_PX:, MARGIN_PX:-MARGIN_PX], below[:MARGIN_PX])


def test_every_pixel_inside_the_extent_has_a_class_and_none_outside(town):
    for key in keys_of(town):
        ground = paint_ground(town, key)
        y, x = np.mgrid[0:SIDE:37, 0:SIDE:41]
        art = np.stack([x.ravel() + key.i * SIDE, y.ravel() + key.j * SIDE], axis=1) + 0.5
        plane = CAMERA.from_art(art)
        inside = [EXTENT.contains(Point(p)) for p in plane]
        assert ((ground.at(plane) != VOID) == inside).all()


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((300, -300), Ground.WATER),
        ((-230, -60), Ground.SHELF),
        ((50, 0), Ground.FANS),
        ((-141, -160), Ground.PARKING),
        ((-210, 230), Ground.GRASS),
        ((100, -300), Ground.SETT),
        ((150, -326), Ground.WOOD),
        ((250, -57), Ground.WATER),
    ],
    ids=lambda value: value.name if isinstance(value, Ground) else None,
)
def test_mapped_things_are_painted(town, place, expected):
    assert class_at(town, *place) == expected


def blocks(tags):
    places = [(e, n) for e in range(-90, 90, 30) for n in range(-90, 90, 30)]
    return [(box(e, n, e + 22, n + 22), tags) for e, n in places]


def test_open_country_is_a_meadow_and_the_gaps_of_a_dense_town_are_courts():
    town = town_with(buildings=blocks({"building": "apartments"}), sea=DRY)
    assert class_at(town, -4, -12) == Ground.YARD
    assert class_at(town, 250, 250) == Ground.MEADOW


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("house", Yard.GARDEN),
        ("warehouse", Yard.WORKS),
        ("retail", Yard.PAVED),
        ("barn", Yard.FARM),
    ],
)
def test_a_lone_building_has_the_yard_of_its_kind(kind, expected):
    town = town_with(buildings=[(box(0, 0, 12, 12), {"building": kind})], sea=DRY)
    parcel = town.parcels.of(0)
    assert parcel.yard == expected
    assert parcel.outline.contains(parcel.house.geometry)


def test_a_shed_has_no_land():
    town = town_with(buildings=[(box(0, 0, 12, 12), {"building": "shed"})], sea=DRY)
    assert town.parcels.of(0) is None


def test_parcels_of_neighbors_do_not_overlap_and_end_at_the_street():
    houses = [(box(e, 10, e + 12, 20), {"building": "house"}) for e in (0, 16, 40)]
    ways = [([(-100, 0), (100, 0)], {"highway": "residential"})]
    town = town_with(buildings=houses, ways=ways, sea=DRY)
    outlines = [town.parcels.of(k).outline for k in range(3)]
    assert outlines[0].intersection(outlines[1]).area < 0.01
    assert outlines[1].intersection(outlines[2]).area < 0.01
    assert min(outline.bounds[1] for outline in outlines) == pytest.approx(4.25)


def test_a_road_without_a_bridge_leaves_the_water_wet():
    town = town_with(ways=[([(100, -300), (330, -300)], {"highway": "primary"})])
    assert class_at(town, 280, -300) == Ground.WATER


def test_zebra_bars_cross_the_road_at_a_crossing():
    ways = [([(-100, 5), (100, 5)], {"highway": "residential"})]
    nodes = [((0, 5), {"highway": "crossing"})]
    marked = paint_ground(town_with(ways=ways, nodes=nodes, sea=DRY), CellKey(0, 0)).classes
    plain = paint_ground(town_with(ways=ways, sea=DRY), CellKey(0, 0)).classes
    assert (marked == Ground.WHITE).sum() > 20
    assert not (plain == Ground.WHITE).any()


def test_rails_run_on_sleepers_in_ballast():
    ways = [([(-60, 5), (60, 5)], {"railway": "rail"})]
    found = set(paint_ground(town_with(ways=ways, sea=DRY), CellKey(0, 0)).classes.ravel().tolist())
    assert {Ground.RAIL, Ground.SLEEPER, Ground.BALLAST} <= found
