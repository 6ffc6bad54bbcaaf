"""Buildings with a form of their own: over any footprint, and each with its mark."""

import numpy as np
import pytest
from hypothesis import given, settings
from shapely import LineString, Point, box
from shapely.affinity import rotate

from isogen.mesh.builder import MeshBuilder
from isogen.mesh.cell import CellKey
from isogen.mesh.vocabulary import FlatStyle, Kind, Material, WallStyle
from isogen.scene.osm.features import Feature
from isogen.scene.osm.read import read_extract
from isogen.scene.town.buildings import build_building
from isogen.scene.town.buildings_kinds import BY_BUILDING, BY_RELIGION, kind_of
from isogen.scene.town.construction import build_cranes
from isogen.scene.town.context import Town
from isogen.scene.town.fronts import street_front
from isogen.scene.town.ground import paint_ground
from isogen.scene.town.plot import Plot
from isogen.scene.town.site import Site
from tests.scene_town_buildings.conftest import (
    CAMERA,
    built,
    bytes_of,
    domes,
    footprints,
    heights,
    materials,
    place_of,
    town_of,
)
from tests.showroom import EXHIBITS, write_showroom

ON_LAND = sorted(BY_BUILDING.keys() - {"ship", "boat", "houseboat"})
MOST_FACES = 6000
HALL = rotate(box(0, 0, 40, 24), 12)
DISK = Point(0, 0).buffer(12, quad_segs=4)


def styles(builder, kind=Kind.WALL):
    faces = builder.mesh().faces
    return set(faces[faces["kind"] == kind]["style"].tolist())


def of(kind, outline=HALL, **tags):
    told = {key.replace("__", ":"): value for key, value in tags.items()}
    return built((outline, {"building": kind} | told), storeys=(3,))


@pytest.mark.parametrize("kind", ON_LAND)
@given(footprints)
@settings(max_examples=5)
def test_any_footprint_can_be_any_kind(kind, footprint):
    builder = of(kind, footprint)
    assert 4 <= len(builder.mesh().faces) <= MOST_FACES
    assert heights(builder).min() >= 0


@pytest.mark.parametrize("religion", sorted(BY_RELIGION))
@given(footprints)
@settings(max_examples=5)
def test_any_footprint_can_be_any_sanctuary(religion, footprint):
    builder = of("yes", footprint, amenity="place_of_worship", religion=religion)
    assert 4 <= len(builder.mesh().faces) <= MOST_FACES


@pytest.mark.parametrize("kind", ON_LAND)
def test_a_kind_is_built_the_same_twice(kind):
    assert bytes_of(of(kind)) == bytes_of(of(kind))


@pytest.mark.parametrize(
    ("kind", "style"),
    [
        ("warehouse", WallStyle.LOADING),
        ("supermarket", WallStyle.SIGN),
        ("retail", WallStyle.SIGN),
        ("hotel", WallStyle.SIGN),
        ("parking", WallStyle.GARAGE),
        ("garages", WallStyle.DOORS),
        ("barn", WallStyle.DOORS),
        ("fire_station", WallStyle.DOORS),
        ("storage_tank", WallStyle.PLATES),
        ("castle", WallStyle.RUBBLE),
        ("construction", WallStyle.FRAME),
        ("construction", WallStyle.SCAFFOLD),
        ("construction", WallStyle.TRUSS),
        ("train_station", WallStyle.CLOCK),
        ("school", WallStyle.CLOCK),
    ],
)
def test_a_kind_has_its_mark(kind, style):
    assert style in styles(of(kind))


def test_a_stadium_has_seats_and_a_striped_pitch():
    assert {FlatStyle.SEATS, FlatStyle.TURF} <= styles(of("stadium", DISK.buffer(30)), Kind.FLAT)


def test_ruins_have_no_roof():
    assert Kind.SLOPE not in set(of("ruins").mesh().faces["kind"].tolist())


def test_houses_of_a_terrace_differ_from_their_neighbors():
    faces = of("terrace", box(0, 0, 42, 10)).mesh().faces
    walls = faces[(faces["kind"] == Kind.WALL) & (faces["floors"] > 0)]
    assert len(set(walls["object"].tolist())) == 7
    assert len(set(walls["material"].tolist())) > 1


def test_a_terrace_may_be_painted_as_a_whole():
    faces = of("terrace", box(0, 0, 42, 10), building__colour="#ffffff").mesh().faces
    walls = faces[(faces["kind"] == Kind.WALL) & (faces["floors"] > 0)]
    assert set(walls["material"].tolist()) == {Material.WHITE}


def test_a_wide_hospital_has_a_helipad():
    assert Material.ROAD in materials(of("hospital", box(0, 0, 60, 30)), Kind.FLAT)


def test_a_synagogue_has_a_dome_and_no_cross():
    builder = of("yes", amenity="place_of_worship", religion="jewish")
    assert len(domes(builder)) == 3


def test_a_temple_stands_on_columns():
    builder = of("yes", amenity="place_of_worship", religion="buddhist")
    assert WallStyle.COLONNADE in styles(builder)


def test_parts_that_say_more_win_over_the_kind():
    part = (HALL, {"building:part": "yes", "height": "12"})
    builder = built((HALL, {"building": "parking"}), parts=[part])
    assert WallStyle.GARAGE not in styles(builder)


@pytest.mark.parametrize(
    "tags",
    [
        {"building": "yes", "man_made": "storage_tank"},
        {"building": "yes", "amenity": "parking"},
        {"building": "yes", "historic": "castle"},
        {"building": "public", "amenity": "fire_station"},
    ],
)
def test_other_tags_tell_the_kind_too(tags):
    assert kind_of(tags) is not None


def test_what_a_house_is_used_for_does_not_change_what_it_is():
    assert kind_of({"building": "church", "tourism": "hotel"}) is None


def site_in(*buildings, ways=()):
    features = place_of(buildings)
    roads = tuple(Feature(3001 + k, t, LineString(g)) for k, (g, t) in enumerate(ways))
    town = Town(CAMERA, type(features)(**(vars(features) | {"ways": roads})), (3,) * len(buildings))
    first = features.buildings[0]
    return Site(MeshBuilder(CAMERA), town, first, 0, first.geometry, town.looks.of(0), 1)


def test_the_front_is_where_the_street_is():
    street = [((-100, 60), (100, 60)), {"highway": "residential"}]
    front = street_front(site_in((box(0, 0, 30, 30), {"building": "yes"}), ways=[street]))
    assert front.middle == (15.0, 30.0)


def test_a_front_needs_room():
    wall = (box(0, 32, 30, 40), {"building": "yes"})
    street = [((-100, 60), (100, 60)), {"highway": "residential"}]
    front = street_front(site_in((box(0, 0, 30, 30), {"building": "yes"}), wall, ways=[street]))
    assert front.middle != (15.0, 30.0)


def test_cranes_stand_on_construction_sites():
    area = (box(-60, -60, 60, 60), {"landuse": "construction"})
    town = town_of(areas=[area])
    found: list[set[int]] = []
    for key in [CellKey(i, j) for i in (-1, 0) for j in (-1, 0)]:
        plot = Plot(town, key, MeshBuilder(CAMERA), paint_ground(town, key))
        build_cranes(plot)
        found.append(materials(plot.builder))
    assert sum(bool(f) for f in found) == 1


def test_every_exhibit_of_the_showroom_is_built(tmp_path):
    def to_plane(lat, lng):
        return np.asarray(lng) * 111_195.0, np.asarray(lat) * 111_195.0

    features = read_extract(write_showroom(tmp_path / "show.osm.pbf"), to_plane)
    assert len(features.buildings) == len(EXHIBITS)
    town = Town(CAMERA, features, (3,) * len(features.buildings))
    counts = []
    for index in range(len(features.buildings)):
        builder = MeshBuilder(CAMERA)
        build_building(builder, town, index)
        counts.append(len(builder.mesh().faces))
    assert min(counts) >= 5
    assert max(counts) <= MOST_FACES
