import json

import pytest

from isogen.digest import digest_of
from isogen.errors import InputError, SourceError
from isogen.scene.geojson.document import read_document
from isogen.scene.geojson.extract import copy_geojson
from isogen.scene.geojson.read import read_geojson

from .conftest import feature, line, place, point, polygon, to_plane

HOUSE = feature(polygon((100, 100, 120, 140), (105, 105, 115, 120)), levels=4)
PARK = feature(polygon((300, 300, 500, 500)), **{"class": "park"})
STREET = feature(line((0, 200), (900, 200)), highway="primary")
TREE = feature(point(50, 50), natural="tree")


def shapes(features):
    return [(f.id, dict(f.tags), f.geometry.wkb) for f in features]


def test_features_are_sorted_by_what_they_are(read):
    found = read(HOUSE, PARK, STREET, TREE)
    assert [b.tags["building:levels"] for b in found.buildings] == ["4"]
    assert [a.tags["leisure"] for a in found.areas] == ["park"]
    assert [w.tags["highway"] for w in found.ways] == ["primary"]
    assert [n.tags["natural"] for n in found.nodes] == ["tree"]


def test_holes_stay_open(read):
    house = read(HOUSE).buildings[0].geometry
    assert house.area == pytest.approx(20 * 40 - 10 * 15, abs=0.5)
    assert len(house.interiors) == 1


def test_the_parts_of_a_multipolygon_are_buildings_of_their_own(read):
    coordinates = [polygon((0, 0, 20, 20))["coordinates"], polygon((40, 0, 90, 20))["coordinates"]]
    found = read(feature({"type": "MultiPolygon", "coordinates": coordinates}, "b-1"))
    assert sorted(round(b.geometry.area) for b in found.buildings) == [400, 1000]
    assert len({b.id for b in found.buildings}) == 2


def test_the_order_of_the_file_does_not_matter(read):
    features = [HOUSE, PARK, STREET, TREE, feature(polygon((600, 600, 640, 640)), 7)]
    one, other = read(*features), read(*features[::-1])
    assert shapes(one.buildings) == shapes(other.buildings)
    assert shapes(one.areas) == shapes(other.areas)


def test_a_feature_that_stands_twice_counts_once(read):
    assert len(read(HOUSE, HOUSE).buildings) == 1


def test_a_feature_keeps_its_id_when_its_shape_is_mended(read):
    before = read(feature(polygon((0, 0, 20, 20)), "way/1")).buildings[0]
    after = read(feature(polygon((0, 0, 20, 21)), "way/1")).buildings[0]
    assert before.id == after.id


def test_all_is_land_without_a_sea(read):
    found = read(PARK)
    assert found.sea.is_empty
    assert found.land.area == pytest.approx(1e6, rel=1e-3)


def test_a_sea_is_taken_from_the_land(read):
    found = read(PARK, feature(polygon((-50, -50, 1050, 250)), natural="sea"))
    assert found.sea.area == pytest.approx(250_000, rel=1e-3)
    assert found.land.area == pytest.approx(750_000, rel=1e-3)


def test_the_sea_lies_right_of_a_coastline(read):
    found = read(feature(line((-10, 400), (1010, 400)), natural="coastline"), TREE)
    assert found.sea.area == pytest.approx(400_000, rel=1e-3)
    assert not found.ways


def test_the_extent_is_the_box_around_all_shapes_when_none_is_given(write):
    found = read_document(write(PARK, bbox=None)).bounds
    assert (found.west, found.south) == pytest.approx(place(300, 300))
    assert (found.east, found.north) == pytest.approx(place(500, 500))


def test_what_says_nothing_of_use_is_counted(read):
    assert read(HOUSE, feature(polygon((0, 0, 9, 9)), **{"class": "isobath"})).dropped == 1


def outline(*rings):
    return {"type": "Polygon", "coordinates": [[place(*p) for p in ring] for ring in rings]}


SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]


@pytest.mark.parametrize(
    ("geometry", "areas"),
    [
        (outline([(0, 0), (20, 20), (20, 0), (0, 20), (0, 0)]), [100, 100]),
        (outline([*SQUARE[:3], (20, 10), (20, 20), (10, 20), (10, 10), *SQUARE[3:]]), [100, 100]),
        (outline([*SQUARE[:3], (10, 40), *SQUARE[2:]]), [100]),
        (outline(SQUARE, SQUARE), [100]),
        (outline(SQUARE, [(2, 2), (3, 3), (4, 4), (2, 2)]), [100]),
        (outline(SQUARE, [(0, 5), (5, 8), (5, 2), (0, 5)]), [85]),
        (outline(SQUARE, [(-5, 5), (5, 8), (5, 2), (-5, 5)]), [77.5]),
        (outline(SQUARE, [(50, 50), (60, 50), (60, 60), (50, 50)]), [50, 100]),
    ],
)
def test_rings_that_touch_or_cross_are_repaired(read, geometry, areas):
    found = read(feature(geometry, building="yes"))
    assert sorted(b.geometry.area for b in found.buildings) == pytest.approx(areas, abs=0.1)
    assert all(b.geometry.is_valid for b in found.buildings)
    assert found.dropped == 0
    assert read(PARK, feature(geometry, natural="sea")).sea.area == pytest.approx(
        sum(areas), abs=0.1
    )


@pytest.mark.parametrize("tags", [{"building": "yes"}, {"natural": "water"}, {"natural": "sea"}])
@pytest.mark.parametrize(
    "ring",
    [
        [(0, 0), (20, 0), (40, 0), (0, 0)],
        [(5, 5), (5, 5), (5, 5), (5, 5)],
        [(0, 0), (20, 0), (20, 0.0001), (0, 0)],
        [(0, 0), (10, 0), (0, 0)],
    ],
)
def test_rings_around_nothing_are_dropped_and_counted(read, ring, tags):
    found = read(TREE, feature(outline(ring), **tags))
    assert not found.buildings + found.areas
    assert found.sea.is_empty
    assert found.dropped == 1


def test_a_sea_that_touches_the_extent_from_outside_leaves_all_land(read):
    touching = {"type": "MultiPolygon", "coordinates": []}
    for outer in ([(-20, 0), (0, 0), (0, 20), (-20, 0)], [(200, 200), (300, 200), (300, 300)]):
        touching["coordinates"].append(outline([*outer, outer[0]])["coordinates"])
    found = read(PARK, feature(touching, natural="sea"))
    assert found.sea.area == pytest.approx(5000, rel=1e-3)
    assert found.land.area == pytest.approx(1e6 - 5000, rel=1e-3)


def test_lines_without_length_are_left_out(read):
    here = line((1, 1), (1, 1))
    assert not read(feature(here, highway="primary"), feature(here, natural="coastline")).ways


def test_features_without_a_shape_are_passed_over(read):
    assert len(read(HOUSE, feature(None)).buildings) == 1


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"type": "Polygon", "coordinates": [[[0, 0]]]}, "no readable Polygon"),
        ({"type": "Polygon", "coordinates": [[[1, "a"], [2, 2], [3, 1]]]}, "no readable Polygon"),
        ({"type": "Polygon"}, "no readable Polygon"),
        ({"type": "Circle", "coordinates": [1, 2]}, "'Circle'"),
        ({"type": "Point", "coordinates": [742_000.0, 5_551_000.0]}, "742000.0"),
        ({"type": "Point", "coordinates": [14, float("nan")]}, "nan"),
    ],
)
def test_a_broken_feature_is_named(read, broken, said):
    with pytest.raises(SourceError) as caught:
        read(HOUSE, feature(broken, "k-9"))
    assert "city.geojson: features[1] (id 'k-9')" in str(caught.value)
    assert said in str(caught.value)
    assert caught.value.hint


def test_other_coordinates_are_refused_with_the_way_to_turn_them(write):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5514"}}
    with pytest.raises(SourceError, match="5514") as caught:
        read_document(write(HOUSE, crs=crs))
    assert "EPSG:4326" in caught.value.hint


def test_wgs84_may_be_named(write):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert len(read_document(write(HOUSE, crs=crs)).items) == 1


@pytest.mark.parametrize("text", ["", "[", '{"type": "Topology"}', "[1]"])
def test_other_files_are_refused(tmp_path, text):
    path = tmp_path / "city.geojson"
    path.write_text(text)
    with pytest.raises(SourceError) as caught:
        read_geojson(path, to_plane)
    assert caught.value.hint


def test_a_missing_file_is_a_wrong_request(tmp_path):
    with pytest.raises(InputError, match="no file"):
        read_document(tmp_path / "none.geojson")


def test_the_copy_is_exact_and_says_whose_it_is(write, tmp_path):
    path = write(HOUSE, attribution="City of Oz", license="CC BY 4.0")
    record = copy_geojson(path, tmp_path / "sources")
    assert (tmp_path / "sources/extract.geojson").read_bytes() == path.read_bytes()
    assert record.sha256 == digest_of(path.read_bytes())
    assert (record.attribution, record.licence) == ("City of Oz", "CC BY 4.0")


def test_a_document_of_one_feature_is_read(tmp_path):
    path = tmp_path / "one.geojson"
    path.write_text(json.dumps(HOUSE))
    assert len(read_document(path).items) == 1
