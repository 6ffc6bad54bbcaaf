import numpy as np
import pytest

from isogen.geo.wgs84 import Projection
from isogen.mesh.cell import VOID, CellKey
from isogen.mesh.model import CELL_FACES
from isogen.mesh.vocabulary import Ground, Kind
from isogen.scene.osm.extract import bundled_extract
from isogen.scene.osm.read import read_extract
from isogen.scene.osm.storeys import storeys
from isogen.scene.town.context import Town
from isogen.scene.town.town import TownSource
from tests.scene_town.conftest import CAMERA, bytes_of, keys_of

PROJECTION = Projection(60.1718, 24.9455, 0.0, CAMERA)


@pytest.fixture(scope="module")
def helsinki():
    features = read_extract(bundled_extract("helsinki"), PROJECTION.to_plane)
    counts = tuple(s.count for s in storeys(features.buildings, ()))
    return Town(CAMERA, features, counts)


@pytest.mark.parametrize("key", [CellKey(0, 0), CellKey(1, -1)])
def test_a_cell_of_the_city_is_the_same_twice(helsinki, key):
    source = TownSource(helsinki)
    parts = source.build(key)
    assert bytes_of(source.build(key)) == bytes_of(parts)
    assert 1000 < len(parts.mesh.faces) < CELL_FACES
    assert set(Kind) == set(parts.mesh.faces["kind"].tolist())


@pytest.mark.slow
def test_every_cell_of_the_city_builds(helsinki):
    source = TownSource(helsinki)
    cells = [source.build(key) for key in keys_of(helsinki)]
    ground = np.concatenate([parts.ground.ravel() for parts in cells])
    assert set(np.unique(ground).tolist()) - {VOID} <= set(Ground)
    assert sum(len(parts.mesh.faces) for parts in cells) > 40_000
    assert (ground == Ground.YARD).sum() < 0.5 * (ground != VOID).sum()
