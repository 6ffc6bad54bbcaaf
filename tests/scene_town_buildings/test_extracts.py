"""Every building of two real places."""

import numpy as np
import pytest

from isogen.mesh.builder import MeshBuilder
from isogen.mesh.vocabulary import Material
from isogen.scene.osm.extract import bundled_extract
from isogen.scene.osm.read import read_extract
from isogen.scene.town.buildings import build_building, build_loose_part
from isogen.scene.town.context import Town
from isogen.scene.town.footprint import clean, party_walls
from isogen.scene.town.roofs import pitched_roof
from isogen.scene.town.roofs_choice import HIP
from tests.scene_town_buildings.conftest import CAMERA, domes, heights

DEGREE_M = 111_000.0
ORIGINS = {"helsinki": (60.171634, 24.9442949), "kotka": (60.53, 26.95)}


def read(name):
    lat, lng = ORIGINS[name]
    east = DEGREE_M * np.cos(np.radians(lat))
    return read_extract(
        bundled_extract(name), lambda lats, lngs: ((lngs - lng) * east, (lats - lat) * DEGREE_M)
    )


def town_in(features):
    return Town(CAMERA, features, (5,) * len(features.buildings))


def everything(town):
    builder = MeshBuilder(CAMERA)
    for index in range(len(town.features.buildings)):
        build_building(builder, town, index)
    for part in town.loose_parts:
        build_loose_part(builder, town, part)
    return builder


def refused_roofs(town):
    """Buildings whose roof is not what was asked for, though some edge is free of neighbors."""
    out = []
    for index, building in enumerate(town.features.buildings):
        outline = clean(building.geometry)
        gables = party_walls(town, index, outline) if outline else frozenset()
        free = outline is not None and len(gables) < len(outline.exterior.coords) - 1
        if free:
            roof = pitched_roof(outline, HIP, gables)
            out += [index] if roof.slope == 0 or roof.gables != gables else []
    return out


@pytest.fixture(scope="module")
def helsinki():
    return town_in(read("helsinki"))


def test_the_cathedral_of_helsinki_has_its_domes(helsinki):
    tags = [f.tags for f in helsinki.features.buildings]
    index = next(i for i, t in enumerate(tags) if t.get("building") == "cathedral")
    builder = MeshBuilder(CAMERA)
    build_building(builder, helsinki, index)
    assert domes(builder)["material"].tolist() == [Material.VERDIGRIS] * 6
    assert heights(builder).max() > 60


def test_the_clock_tower_of_the_station_stands_above_its_copper_roof(helsinki):
    tags = [f.tags for f in helsinki.features.buildings]
    index = next(i for i, t in enumerate(tags) if t.get("building") == "train_station")
    builder = MeshBuilder(CAMERA)
    build_building(builder, helsinki, index)
    assert heights(builder).max() > 45
    assert Material.VERDIGRIS in builder.mesh().faces["material"]


def test_fewer_than_one_roof_in_fifty_is_refused(helsinki):
    assert len(refused_roofs(helsinki)) < len(helsinki.features.buildings) / 50


@pytest.mark.slow
@pytest.mark.parametrize("name", ["helsinki", "kotka"])
def test_every_building_of_an_extract_is_built(name):
    town = town_in(read(name))
    sources = set(everything(town).mesh().faces["source"].tolist())
    drawn = {f.id for f in town.features.buildings if clean(f.geometry) is not None}
    assert len(drawn - sources) < len(drawn) / 100
