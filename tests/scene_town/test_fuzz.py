from hypothesis import HealthCheck, given, settings

from isogen.mesh.cell import CellKey
from isogen.scene.town.town import TownSource

from .conftest import bytes_of
from .garbage import EXTENT, SEAS, features, things, towns

KEYS = [CellKey(i, j) for i in (-1, 0) for j in (-1, 0)]


@settings(max_examples=20)
@given(things())
def test_what_is_read_has_a_shape(mapped):
    found = features(mapped, SEAS[0])
    for feature in (*found.buildings, *found.parts, *found.areas):
        assert feature.geometry.geom_type == "Polygon"
        assert feature.geometry.is_valid
        assert feature.geometry.area > 0
        assert feature.geometry.exterior.is_ccw
        assert EXTENT.covers(feature.geometry)
    for way in (*found.ways, *found.tunnels):
        assert way.geometry.length > 0
    areas = [t for t in mapped if t.shape.geom_type == "Polygon"]
    assert found.dropped <= len(areas)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(towns())
def test_any_garbage_is_built_and_twice_the_same(town):
    first, second = TownSource(town()), TownSource(town())
    built = {key: bytes_of(first.build(key)) for key in KEYS}
    assert {key: bytes_of(second.build(key)) for key in KEYS[::-1]} == built
