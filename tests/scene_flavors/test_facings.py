import numpy as np
from shapely import LineString, MultiPolygon, Polygon, box

from isogen.geo.camera import Camera
from isogen.mesh.builder import MeshBuilder
from isogen.mesh.vocabulary import Facade, Kind
from isogen.scene.osm.features import Feature, Features
from isogen.scene.town.buildings import build_building
from isogen.scene.town.context import Town
from isogen.scene.town.facings import Facing, facings_of
from isogen.scene.town.footprint import clean
from isogen.scene.town.site import Site

CAMERA = Camera(-15.0, 45.0, 300 / 1024)
EXTENT = box(-300, -300, 300, 300)
STREET = Feature(77, {"highway": "residential"}, LineString([(-200, -9), (200, -9)]))
FLATS = {"building": "apartments"}


def town_of(*outlines, ways=(STREET,)):
    features = Features(
        extent=EXTENT,
        land=MultiPolygon([EXTENT]),
        sea=MultiPolygon(),
        buildings=tuple(Feature(k, FLATS, o) for k, o in enumerate(outlines, 1)),
        parts=(),
        areas=(),
        ways=ways,
        nodes=(),
    )
    return Town(CAMERA, features, (5,) * len(outlines))


def facings(town, index=0):
    feature = town.features.buildings[index]
    outline = clean(feature.geometry)
    site = Site(MeshBuilder(CAMERA), town, feature, index, outline, town.looks.of(index), 1)
    return facings_of(site)


def test_a_wall_on_a_neighbor_is_blind_and_one_on_the_street_is_a_front():
    town = town_of(box(0, 0, 20, 14), box(20, 0, 40, 14), box(0, 30, 40, 44))
    found = facings(town)
    assert found.count(Facing.PARTY) == 1
    assert Facing.STREET in found
    assert Facing.YARD in found


def test_a_house_that_stands_free_has_fronts_all_around():
    assert set(facings(town_of(box(0, 0, 20, 14)))) == {Facing.STREET}


def test_the_walls_of_a_courtyard_face_the_yard():
    ring = Polygon(box(0, 0, 50, 50).exterior, [box(15, 15, 35, 35).exterior])
    assert facings(town_of(ring)).count(Facing.YARD) == 4


def test_courtyards_are_plain_and_party_walls_without_windows():
    town = town_of(box(0, 0, 20, 14), box(20, 0, 40, 14), box(0, 30, 40, 44))
    builder = MeshBuilder(CAMERA)
    build_building(builder, town, 0)
    faces = builder.mesh().faces
    flags = faces["flags"][(faces["kind"] == Kind.WALL) & (faces["floors"] > 0)]
    assert np.any(flags & int(Facade.BLANK))
    assert np.any(flags & int(Facade.BACK))
    assert np.any(flags & int(Facade.BLANK | Facade.BACK) == 0)
