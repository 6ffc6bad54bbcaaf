import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from isogen.errors import InputError, SourceError
from isogen.scene.osm.pieces import OsmType, feature_id
from isogen.scene.osm.read import assemble, read_extract
from isogen.scene.osm.scan import Shapes, scan_file

SQUARE = [(100, 100), (300, 100), (300, 300), (100, 300)]
COURT = [(150, 150), (250, 150), (250, 250), (150, 250)]


def area_of(features):
    return sum(f.geometry.area for f in features)


def test_a_building_keeps_its_tags_and_its_place(draft):
    draft.ring(SQUARE[::-1], building="yes", building__levels="4", start_date="1890")
    (found,) = draft.read().buildings
    assert found.tags == {"building": "yes", "building:levels": "4", "start_date": "1890"}
    assert found.geometry.equals_exact(box(100, 100, 300, 300).normalize(), 0.02) or (
        found.geometry.symmetric_difference(box(100, 100, 300, 300)).area < 10
    )
    assert found.geometry.exterior.is_ccw


def test_positions_lie_on_the_grid(draft):
    draft.ring(SQUARE, building="yes")
    (found,) = draft.read().buildings
    assert all(
        value * 1024 == int(value * 1024) for xy in found.geometry.exterior.coords for value in xy
    )


def test_a_courtyard_is_kept(draft):
    outer, inner = draft.ring(SQUARE), draft.ring(COURT)
    draft.relation(
        [("w", outer, "outer"), ("w", inner, "inner")], type="multipolygon", building="yes"
    )
    (found,) = draft.read().buildings
    assert len(found.geometry.interiors) == 1
    assert not found.geometry.interiors[0].is_ccw
    assert found.geometry.area == pytest.approx(30_000, rel=1e-3)


def test_pieces_of_a_multipolygon_have_ids_of_their_own_the_largest_first(draft):
    small = draft.ring([(500, 500), (550, 500), (550, 550), (500, 550)])
    members = [("w", small, "outer"), ("w", draft.ring(SQUARE), "outer")]
    draft.relation(members, type="multipolygon", landuse="grass")
    first, second = draft.read().areas
    assert second.id == first.id + 1
    assert first.geometry.area > second.geometry.area


def test_parts_are_not_buildings(draft):
    draft.ring(SQUARE, building="yes")
    draft.ring(COURT, building__part="yes")
    found = draft.read()
    assert (len(found.buildings), len(found.parts)) == (1, 1)


def test_a_building_across_the_edge_is_cut_there(draft):
    draft.ring([(900, 100), (1050, 100), (1050, 200), (900, 200)], building="yes", name="in")
    draft.ring([(950, 400), (1100, 400), (1100, 500), (950, 500)], building="yes", name="out")
    areas = {b.tags["name"]: b.geometry.area for b in draft.read().buildings}
    assert areas == pytest.approx({"in": 10_000, "out": 5_000}, rel=1e-3)


def test_a_building_is_not_there_of_which_the_edge_leaves_a_splinter(draft):
    draft.ring([(997, 100), (1050, 100), (1050, 200), (997, 200)], building="yes")
    assert not draft.read().buildings


def test_areas_are_clipped_to_the_extent(draft):
    draft.ring([(900, -500), (3000, -500), (3000, 2000), (900, 2000)], landuse="forest")
    found = draft.read()
    assert area_of(found.areas) == pytest.approx(100_000, rel=1e-3)
    assert found.extent.buffer(0.01).covers(found.areas[0].geometry)


def test_lines_end_a_little_outside_and_keep_their_direction(draft):
    draft.way([(900, 500), (5000, 600)], highway="primary")
    draft.way([(-5000, 200), (400, 200), (400, 5000)], waterway="river")
    river, road = sorted(draft.read().ways, key=lambda way: "highway" in way.tags)
    assert road.geometry.coords[0] == pytest.approx((900, 500), abs=0.01)
    assert 1000 < road.geometry.coords[-1][0] < 1050
    assert -50 < river.geometry.coords[0][0] < 0
    assert 1000 < river.geometry.coords[-1][1] < 1050


def test_a_line_that_leaves_and_comes_back_is_several_pieces(draft):
    draft.way([(500, 500), (2000, 500), (2000, 700), (500, 700)], highway="service")
    pieces = draft.read().ways
    assert [piece.id - pieces[0].id for piece in pieces] == [0, 1]
    assert pieces[0].geometry.coords[0] == pytest.approx((500, 500), abs=0.01)


@pytest.mark.parametrize(
    "tags",
    [
        {"layer": "-1"},
        {"tunnel": "yes"},
        {"location": "underground"},
        {"indoor": "yes"},
        {"level": "-2;-1"},
    ],
)
def test_what_nobody_sees_is_left_out(draft, tags):
    draft.way([(100, 100), (300, 300)], highway="footway", **tags)
    draft.ring(SQUARE, landuse="retail", **tags)
    draft.node(50, 50, amenity="bench", **tags)
    found = draft.read()
    assert (found.ways, found.areas, found.nodes) == ((), (), ())


@pytest.mark.parametrize(
    "tags", [{"tunnel": "building_passage"}, {"level": "-1;0"}, {"layer": "1"}, {"indoor": "no"}]
)
def test_what_is_seen_stays(draft, tags):
    draft.way([(100, 100), (300, 300)], highway="footway", **tags)
    assert len(draft.read().ways) == 1


def test_open_water_below_a_bridge_stays(draft):
    draft.ring(SQUARE, natural="water", layer="-1")
    assert len(draft.read().areas) == 1


@pytest.mark.parametrize(
    ("tags", "areas", "ways"),
    [
        ({"highway": "residential"}, 0, 1),
        ({"highway": "pedestrian", "area": "yes"}, 1, 0),
        ({"leisure": "park"}, 1, 0),
        ({"leisure": "pitch", "barrier": "fence"}, 1, 1),
        ({"barrier": "hedge"}, 0, 1),
        ({"barrier": "hedge", "area": "yes"}, 1, 0),
        ({"natural": "tree_row"}, 0, 1),
        ({"man_made": "pier"}, 1, 0),
        ({"man_made": "pier", "area": "no"}, 0, 1),
        ({"railway": "platform"}, 1, 0),
        ({"natural": "water"}, 1, 0),
        ({"note": "nothing"}, 0, 0),
    ],
)
def test_a_closed_way_is_a_loop_or_an_area_as_its_tags_say(draft, tags, areas, ways):
    draft.ring(SQUARE, **tags)
    found = draft.read()
    assert (len(found.areas), len(found.ways)) == (areas, ways)


def test_points_outside_are_left_out(draft):
    draft.node(500, 500, natural="tree")
    draft.node(1500, 500, natural="tree")
    (found,) = draft.read().nodes
    assert found.geometry.distance(Point(500, 500)) < 0.02


def test_a_polygon_that_crosses_itself_is_repaired_or_counted(draft):
    draft.ring([(100, 100), (300, 300), (300, 100), (100, 300)], landuse="grass")
    draft.ring(COURT, landuse="grass")
    found = draft.read()
    assert len(found.areas) + found.dropped >= 2
    assert all(area.geometry.is_valid for area in found.areas)


def test_the_coastline_parts_land_from_sea(draft):
    draft.way([(-200, 400), (500, 450), (1200, 400)], natural="coastline")
    found = draft.read()
    assert found.land.contains(Point(500, 900))
    assert found.sea.contains(Point(500, 100))
    assert found.ways == ()


class TestCutExtract:
    """Tools that cut along a box drop the nodes outside; what is inside is still read."""

    def test_a_coastline_is_closed(self, draft):
        draft.way([(-50, 400), (20, 400), (500, 450), (980, 400), (1050, 400)], natural="coastline")
        found = draft.read_cut()
        assert found.sea.area == pytest.approx(425_000, rel=0.02)

    def test_a_road_is_read_in_runs(self, draft):
        points = [(100, 500), (900, 500), (1100, 500), (1100, 700), (900, 700), (100, 700)]
        draft.way(points, highway="primary")
        assert len(draft.read_cut().ways) == 2

    def test_a_park_reaches_to_the_edge(self, draft):
        park = [(1200, 300), (950, 300), (700, 300), (700, 600), (950, 600), (1200, 600)]
        draft.ring(park, leisure="park")
        assert area_of(draft.read_cut().areas) == pytest.approx(90_000, rel=0.01)

    def test_a_park_around_most_of_the_extent_is_not_taken_for_its_rest(self, draft):
        park = [(-500, -500), (1500, -500), (1500, 900), (900, 950), (500, 800), (20, 940)]
        draft.ring([*park, (-500, 900)], leisure="park")
        assert area_of(draft.read_cut().areas) < 200_000

    def test_a_building_reaches_to_the_edge(self, draft):
        draft.ring([(900, 300), (1020, 300), (1020, 400), (900, 400), (760, 350)], building="yes")
        (found,) = draft.read_cut().buildings
        assert found.geometry.bounds == pytest.approx((760, 300, 1000, 400), abs=1)

    def test_a_building_of_which_too_little_is_known_is_left_out(self, draft):
        draft.ring([(990, 700), (1090, 700), (1090, 800)], building="yes")
        assert draft.read_cut().buildings == ()

    def test_a_lake_of_missing_members_is_on_the_side_without_houses(self, draft):
        shore = draft.way([(-100, 600), (10, 600), (500, 620), (990, 600), (1100, 600)])
        far = draft.way([(1100, 600), (1100, -900), (-100, -900), (-100, 600)])
        members = [("w", shore, "outer"), ("w", far, "outer")]
        draft.relation(members, type="multipolygon", natural="water")
        draft.ring([(500, 800), (540, 800), (540, 840), (500, 840)], building="yes")
        (lake,) = draft.read_cut().areas
        assert lake.geometry.contains(Point(500, 100))
        assert not lake.geometry.contains(Point(520, 820))

    def test_an_island_in_a_lake_around_it_all_is_a_hole(self, draft):
        far = draft.ring([(-900, -900), (1900, -900), (1900, 1900), (-900, 1900)])
        island = draft.ring(SQUARE)
        members = [("w", far, "outer"), ("w", island, "inner")]
        draft.relation(members, type="multipolygon", natural="water")
        (lake,) = draft.read_cut().areas
        assert lake.geometry.area == pytest.approx(960_000, rel=1e-3)


def everything(draft):
    draft.ring(SQUARE, building="yes")
    draft.ring(COURT, building__part="yes")
    draft.way([(0, 800), (500, 780)], natural="coastline")
    draft.way([(500, 780), (1000, 800)], natural="coastline")
    draft.way([(0, 50), (1000, 60)], highway="residential")
    draft.node(700, 700, natural="tree")
    shore = draft.way([(700, -100), (700, 10), (800, 300), (1100, 300)])
    draft.relation(
        [("w", shore, "outer"), ("w", 999, "outer")], type="multipolygon", leisure="park"
    )


def test_the_order_of_the_file_does_not_matter(draft, to_plane):
    everything(draft)
    scan = scan_file(draft.write())
    assert assemble(_backward(scan), to_plane) == assemble(scan, to_plane)


def _backward(scan):
    shapes = ("points", "lines", "coast", "way_areas", "relation_areas")
    cut = {name: getattr(scan, name)[::-1] for name in ("cut_ways", "cut_relations")}
    return replace(scan, **cut, **{name: _turned(getattr(scan, name)) for name in shapes})


def _turned(shapes):
    return Shapes(shapes.ids[::-1], shapes.tags[::-1], shapes.wkb[::-1])


def test_without_a_box_in_its_header_a_file_covers_its_nodes(draft):
    draft.node(0, 0)
    draft.node(800, 600)
    assert draft.read(header=False).extent.area == pytest.approx(480_000, rel=1e-3)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(OsmType), st.integers(-(2**33), 2**33), st.integers(0, 2**16 - 1)
        ),
        unique=True,
    )
)
def test_every_piece_of_everything_has_its_own_id(pieces):
    ids = {feature_id(*piece) for piece in pieces}
    assert len(ids) == len(pieces)
    assert all(0 <= i < 2**53 for i in ids)


def test_a_missing_file_is_a_wrong_request(tmp_path):
    with pytest.raises(InputError, match="no file"):
        read_extract(tmp_path / "none.osm.pbf", None)


def test_a_truncated_file_is_wrong_data(tmp_path, helsinki_pbf):
    path = tmp_path / "half.osm.pbf"
    path.write_bytes(helsinki_pbf.read_bytes()[:200_000])
    with pytest.raises(SourceError, match=r"half\.osm\.pbf"):
        read_extract(path, lambda lat, lng: (lng, lat))


class TestHelsinki:
    def test_the_well_known_buildings_are_there(self, helsinki):
        kinds = {b.tags["building"] for b in helsinki.buildings}
        assert {"train_station", "cathedral", "church", "chapel"} <= kinds
        assert len(helsinki.buildings) > 400
        assert len(helsinki.parts) > 100

    def test_the_cathedral_has_its_domes(self, helsinki):
        (cathedral,) = (b for b in helsinki.buildings if b.tags["building"] == "cathedral")
        on_it = [p for p in helsinki.parts if cathedral.geometry.covers(p.geometry.centroid)]
        assert sum(p.tags.get("roof:shape") == "dome" for p in on_it) == 5

    def test_the_sea_reaches_the_edge_in_the_north_and_the_east(self, helsinki):
        assert helsinki.sea.area == pytest.approx(104_000, rel=0.03)
        total = helsinki.land.area + helsinki.sea.area
        assert total == pytest.approx(helsinki.extent.area, rel=1e-6)

    def test_what_the_box_cut_is_closed_at_the_edge(self, helsinki):
        by_name = {a.tags.get("name"): a for a in helsinki.areas}
        assert by_name["Kauppatori"].geometry.area > 500
        assert by_name["T\u00f6\u00f6l\u00f6nlahti"].tags["natural"] == "water"
        assert max(a.geometry.area for a in helsinki.areas) < 0.2 * helsinki.extent.area

    def test_everything_is_valid_sorted_and_unique(self, helsinki):
        lists = helsinki.buildings, helsinki.parts, helsinki.areas, helsinki.ways, helsinki.nodes
        ids = [[feature.id for feature in features] for features in lists]
        assert all(found == sorted(found) for found in ids)
        assert len(set().union(*ids)) == sum(map(len, ids))
        assert all(f.geometry.is_valid for features in lists for f in features)


def test_another_extract_reads_as_well(kotka):
    assert len(kotka.buildings) > 2000
    assert kotka.sea.is_empty


DIGEST = """
import hashlib, sys
from pathlib import Path
from isogen.scene.osm.read import assemble, read_extract
from isogen.scene.osm.scan import Shapes, scan_file
found = read_extract(Path(sys.argv[1]), lambda a, b: ((b - 25) * 111000, (a - 60) * 111000))
digest = hashlib.sha256(found.land.wkb + found.sea.wkb)
for name in ("buildings", "parts", "areas", "ways", "nodes"):
    for f in getattr(found, name):
        digest.update(repr((f.id, list(f.tags.items()), f.geometry.wkb)).encode())
print(digest.hexdigest())
"""


def test_two_runs_read_the_same_features(draft):
    everything(draft)
    path = draft.write()
    assert _digest(path, "1") == _digest(path, "2")


def _digest(path, seed):
    return subprocess.run(
        [sys.executable, "-c", DIGEST, str(path)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    ).stdout


def test_lines_whose_nodes_are_all_at_one_place_are_left_out(draft):
    draft.way([(500, 500), (500.0003, 500)], highway="residential")
    draft.way([(500, 600), (510, 600)], highway="residential")
    assert [round(way.geometry.length) for way in draft.read().ways] == [10]
