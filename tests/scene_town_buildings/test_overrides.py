import json

import numpy as np
import pytest
from shapely import box

from isogen.errors import ParamsError
from isogen.mesh.vocabulary import Material
from isogen.params import Params
from isogen.scene.osm.features import Feature
from isogen.scene.osm.pieces import OsmType, feature_id
from isogen.scene.overrides import Overrides, apply_overrides, overrides_of
from isogen.scene.town.context import Town
from tests.scene_town_buildings.conftest import CAMERA, place_of

WAY_5 = feature_id(OsmType.CLOSED_WAY, 5, 0)


def to_plane(lat, lng):
    return np.asarray(lng) * 1000.0, np.asarray(lat) * 1000.0


def feature(geometry=None, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(e, n):
    return {"type": "Point", "coordinates": [e / 1000, n / 1000]}


@pytest.fixture
def said(tmp_path):
    def read(*features):
        tree = {"type": "FeatureCollection", "features": list(features)}
        (tmp_path / "o.geojson").write_text(json.dumps(tree))
        return overrides_of(Params.model_validate({"scene": {"overrides": "o.geojson"}}), tmp_path)

    return read


def town_tags(overrides, tags, *, osm_id=5):
    place = place_of([(box(0, 0, 20, 20), tags), (box(-50, -50, 50, 50), {"building": "yes"})])
    first = Feature(feature_id(OsmType.CLOSED_WAY, osm_id, 0), tags, place.buildings[0].geometry)
    other = Feature(feature_id(OsmType.RELATION, 6, 0), {"building": "yes"}, box(-50, -50, 50, 50))
    place = type(place)(**{**vars(place), "buildings": (first, other)})
    changed, unmet = apply_overrides(place, overrides, to_plane)
    return changed, unmet


def test_an_override_by_id_wins_over_the_map(said):
    overrides = said(feature(id="way/5", colour="red", type="church"))
    changed, unmet = town_tags(overrides, {"building": "yes", "building:colour": "blue"})
    assert changed.buildings[0].tags == {"building": "church", "building:colour": "red"}
    assert changed.buildings[1].tags == {"building": "yes"}
    assert unmet == ()


def test_an_override_by_point_means_the_smallest_building_there(said):
    changed, _ = town_tags(said(feature(point(10, 10), levels=3)), {"building": "yes"})
    assert changed.buildings[0].tags["building:levels"] == "3"
    assert "building:levels" not in changed.buildings[1].tags


def test_storeys_take_the_place_of_a_mapped_height(said):
    overrides = said(feature(id="way/5", levels=3))
    changed, _ = town_tags(overrides, {"building": "yes", "height": "90"})
    assert changed.buildings[0].tags == {"building": "yes", "building:levels": "3"}


def test_free_tags_are_added_and_taken_away(said):
    overrides = said(feature(id="way/5", tags={"roof:shape": "dome", "ruins": ""}))
    changed, _ = town_tags(overrides, {"building": "yes", "ruins": "yes"})
    assert changed.buildings[0].tags == {"building": "yes", "roof:shape": "dome"}


def test_what_meets_nothing_is_named(said):
    overrides = said(
        feature(id="way/77", levels=3), feature(point(400, 400), name="lost", levels=2)
    )
    _, unmet = town_tags(overrides, {"building": "yes"})
    assert ["way/77" in unmet[0], "lost" in unmet[1]] == [True, True]


def test_a_color_reaches_the_walls(said):
    overrides = said(feature(id="way/5", colour="#8a2f1d"))
    changed, _ = town_tags(overrides, {"building": "yes"})
    look = Town(CAMERA, changed, (4, 4)).looks.of(0)
    assert look.wall in {Material.BRICK, Material.RUST, Material.TERRA, Material.RED}


def test_a_style_may_be_a_flavor_of_its_own(said):
    changed, _ = town_tags(said(feature(id="way/5", style="japanese")), {"building": "yes"})
    town = Town(CAMERA, changed, (2, 2))
    assert town.looks.of(0).use is not None


def test_without_a_file_nothing_is_said():
    assert overrides_of(Params()) == Overrides()


@pytest.mark.parametrize(
    ("features", "told"),
    [
        ([feature(id="way/5", color="red")], "color is not a setting"),
        ([feature(id="way/5", colour="reddish")], "a CSS name or #rrggbb"),
        ([feature(id="way/5", roof_shape="pointy")], "one of"),
        ([feature(id="house 5")], "way/NUMBER"),
        ([feature(levels=3)], "neither an id nor a point"),
        ([feature({"type": "Point"}, levels=3)], "is no shape"),
        (["x"], "must be a Feature"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(said, features, told):
    with pytest.raises(ParamsError) as caught:
        said(*features)
    assert "features[0]" in str(caught.value)
    assert told in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path):
    params = Params.model_validate({"scene": {"overrides": "gone.geojson"}})
    with pytest.raises(ParamsError, match=r"gone\.geojson"):
        overrides_of(params, tmp_path)


def test_a_file_of_another_kind_is_an_error(tmp_path):
    (tmp_path / "o.json").write_text("[]")
    params = Params.model_validate({"scene": {"overrides": "o.json"}})
    with pytest.raises(ParamsError, match="FeatureCollection"):
        overrides_of(params, tmp_path)
