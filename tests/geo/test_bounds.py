import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon, box, get_coordinates, simplify

from isogen.errors import BoundsError
from isogen.geo.bounds import parse_bounds, read_bounds
from isogen.geo.camera import Camera
from isogen.geo.grid import Quadrant, Region
from isogen.geo.wgs84 import Projection

PROJECTION = Projection(60.1718, 24.9455, 0.0, Camera(-15, 45, 300 / 1024))
TRIANGLE = [[24.93, 60.16], [24.96, 60.16], [24.95, 60.18], [24.93, 60.16]]
HOLE = [[24.944, 60.165], [24.95, 60.165], [24.948, 60.17], [24.944, 60.165]]
BOWTIE = [[24.93, 60.16], [24.96, 60.18], [24.96, 60.16], [24.93, 60.18], [24.93, 60.16]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry):
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def collection(*geometries):
    return {"type": "FeatureCollection", "features": [feature(g) for g in geometries]}


def parse(document):
    return parse_bounds(json.dumps(document), PROJECTION, name="b.geojson")


def refusal(document):
    with pytest.raises(BoundsError) as error:
        parse(document)
    return error.value


def screen(lnglat):
    return PROJECTION.to_screen(lnglat[1], lnglat[0])


@pytest.mark.parametrize(
    "document",
    [
        polygon(TRIANGLE),
        {"type": "MultiPolygon", "coordinates": [[TRIANGLE]]},
        feature(polygon(TRIANGLE)),
        collection(polygon(TRIANGLE)),
        collection(polygon(TRIANGLE), polygon(TRIANGLE)),
        polygon([[*p, 12.5] for p in TRIANGLE]),
    ],
)
def test_an_area_is_the_same_however_it_is_wrapped(document):
    expected = Polygon([screen(p) for p in TRIANGLE])
    found = parse(document)
    assert found.is_valid
    assert found.symmetric_difference(expected).area < expected.area * 1e-3


def test_holes_are_left_out():
    found = parse(polygon(TRIANGLE, HOLE))
    hole = Polygon([screen(p) for p in HOLE])
    assert found.intersection(hole).area < hole.area * 1e-2
    assert not found.contains(Point(screen([24.947, 60.167])))


def test_polygons_that_overlap_become_one():
    moved = [[lng + 0.005, lat] for lng, lat in TRIANGLE]
    found = parse(collection(polygon(TRIANGLE), polygon(moved)))
    assert len(found.geoms) == 1


def test_polygons_apart_stay_apart():
    moved = [[lng + 0.5, lat] for lng, lat in TRIANGLE]
    assert len(parse({"type": "MultiPolygon", "coordinates": [[TRIANGLE], [moved]]}).geoms) == 2


def test_a_long_edge_follows_its_parallel_and_not_the_chord():
    area = parse(polygon([[24.0, 60.0], [26.0, 60.0], [26.0, 60.2], [24.0, 60.2]]))
    assert area.distance(Point(PROJECTION.to_screen(60.0, 25.0))) < 1
    assert len(get_coordinates(simplify(area, 1))) > 20


@settings(max_examples=25)
@given(st.integers(-20, 20), st.integers(-20, 20))
def test_the_middle_of_a_quadrant_is_found_in_that_quadrant(x, y):
    middle = (x * 512 + 256, y * 512 + 256)
    lat, lng = PROJECTION.to_latlng(float(middle[0]), float(middle[1]))
    ring = [[lng - 1e-5, lat], [lng + 1e-5, lat], [lng, lat + 1e-5]]
    assert list(Region.touching(parse(polygon(ring)))) == [Quadrant(x, y)]


def test_the_corners_of_a_quadrant_bound_just_that_quadrant():
    x0, y0, x1, y1 = Quadrant(3, -2).box
    corners = [
        (x0 + 1.0, y0 + 1.0),
        (x1 - 1.0, y0 + 1.0),
        (x1 - 1.0, y1 - 1.0),
        (x0 + 1.0, y1 - 1.0),
    ]
    ring = [PROJECTION.to_latlng(*c)[::-1] for c in corners]
    area = parse(polygon(ring))
    assert list(Region.touching(area)) == [Quadrant(3, -2)]
    assert area.area == pytest.approx(box(x0 + 1, y0 + 1, x1 - 1, y1 - 1).area, rel=1e-4)


def test_a_polygon_that_crosses_itself_is_refused_and_the_place_is_named():
    error = refusal(collection(polygon(TRIANGLE), polygon(BOWTIE)))
    assert "features[1].geometry" in str(error)
    assert "Self-intersection at latitude 60.17, longitude 24.945" in str(error)


def test_a_hole_outside_its_shell_is_refused():
    far = [[lng + 1, lat] for lng, lat in HOLE]
    assert "Hole lies outside shell" in str(refusal(polygon(TRIANGLE, far)))


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"type": "Point", "coordinates": [24.9, 60.1]}, "must be an area, got 'Point'"),
        (collection({"type": "LineString", "coordinates": TRIANGLE}), "features[0].geometry"),
        (feature(None), "must be an area, got nothing"),
        ({"type": "FeatureCollection"}, "features must be a list, got null"),
        ({"type": "FeatureCollection", "features": []}, "no polygon"),
        ({"type": "MultiPolygon", "coordinates": []}, "no polygon"),
        ({"type": "Polygon", "coordinates": []}, "no rings"),
        (polygon(TRIANGLE[:2]), "at least 3 different positions, got 2"),
        (polygon([[1], [2], [3]]), "must be [lng, lat], got [1]"),
        (polygon([["a", "b"]]), 'must be [lng, lat], got ["a", "b"]'),
        (polygon(7), "must be a list, got 7"),
        ([1], "must be an area"),
        ("Polygon", "must be an area"),
    ],
)
def test_what_is_not_an_area_is_refused_and_named(document, says):
    error = refusal(document)
    assert says in str(error)
    assert str(error).startswith("b.geojson")


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"type": NaNN}'])
def test_what_is_not_json_is_refused(text):
    with pytest.raises(BoundsError, match="is not JSON"):
        parse_bounds(text, PROJECTION)


@pytest.mark.parametrize("number", [float("nan"), float("-inf"), 10**400, True])
def test_what_is_no_number_of_degrees_is_refused(number):
    assert "must be [lng, lat]" in str(refusal(polygon([[number, 60.1], *TRIANGLE])))


def test_meters_are_refused_and_the_hint_speaks_of_degrees():
    error = refusal(polygon([[385_000, 6_672_000], *TRIANGLE]))
    assert "latitude 6672000.0" in str(error)
    assert "degrees" in error.hint


def test_a_latitude_that_can_only_be_a_longitude_is_refused_with_a_hint():
    error = refusal(polygon([[40.7, -120.0], [40.8, -120.0], [40.8, -121.0]]))
    assert "longitude first" in error.hint


def test_latitudes_and_longitudes_turned_around_are_noticed_by_the_origin():
    error = refusal(polygon([[lat, lng] for lng, lat in TRIANGLE]))
    assert "far from the map's origin" in str(error)
    assert "longitude first" in error.hint


def test_an_area_on_the_other_side_of_the_earth_is_refused():
    there = [[-155.0, -60.0], [-154.0, -60.0], [-154.0, -61.0]]
    assert "beyond the horizon" in str(refusal(polygon(there)))


def test_a_file_is_read(tmp_path):
    path = tmp_path / "b.geojson"
    path.write_text(json.dumps(polygon(TRIANGLE)), encoding="utf-8")
    assert read_bounds(path, PROJECTION).equals(parse(polygon(TRIANGLE)))


def test_a_file_that_is_missing_or_not_text_is_refused(tmp_path):
    path = tmp_path / "b.geojson"
    with pytest.raises(BoundsError, match="cannot be read"):
        read_bounds(path, PROJECTION)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BoundsError, match="cannot be read"):
        read_bounds(path, PROJECTION)
