"""An export replaces an earlier export, never what somebody else keeps in a folder."""

import json

import pytest

from isogen.cli.app import run as run_command
from isogen.errors import InputError
from isogen.export import dzi, site
from isogen.export.dzi import deep_zoom
from isogen.export.folder import check_replaceable, write_folder
from isogen.export.picture import Codec
from isogen.export.pyramid import plan_pyramid

SITE = {"index.html": b"<!doctype html>", "map.json": b'{"schema":"isogen.map/1"}'}
DZI = {"tiles.dzi": b"<Image/>", "tiles_files/0/0_0.png": b"pixels"}
KINDS = {"site": (site.TOP_NAMES, site.is_site), "dzi": (dzi.TOP_NAMES, dzi.is_deep_zoom)}


@pytest.fixture
def held(tmp_path):
    """Makes a folder with files in it."""

    def make(files):
        write_folder(files.items(), tmp_path / "out")
        return tmp_path / "out"

    return make


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    assert run_command(["-C", str(folder), "-q", "init", "helsinki", "--azimuth=-15"]) == 0
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_an_absent_or_empty_folder_may_be_replaced(kind, tmp_path):
    check_replaceable(tmp_path / "absent", *KINDS[kind])
    (tmp_path / "empty").mkdir()
    check_replaceable(tmp_path / "empty", *KINDS[kind])


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("site", SITE | {"layers/generation/tiles.dzi": b"", "viewer.js": b""}),
        ("site", SITE | {"map.json": b'{"schema":"isogen.map/9"}'}),
        ("dzi", DZI),
    ],
)
def test_an_earlier_export_may_be_replaced(kind, files, held):
    check_replaceable(held(files), *KINDS[kind])


@pytest.mark.parametrize(
    ("kind", "files", "named"),
    [
        ("site", SITE | {"CNAME": b"map.example"}, "CNAME"),
        ("site", SITE | {".git/config": b""}, ".git"),
        ("site", DZI, "tiles.dzi"),
        ("dzi", SITE, "index.html"),
        ("dzi", DZI | {"thesis.txt": b"years"}, "thesis.txt"),
        ("dzi", {"tiles_files/mine": b""}, "tiles_files"),
        ("site", {"index.html": b"my own page"}, "index.html"),
        ("site", {"map.json": SITE["map.json"]}, "map.json"),
        ("site", SITE | {"map.json": json.dumps({"schema": "other/1"}).encode()}, "index.html"),
        ("site", SITE | {"map.json": b"[1]"}, "index.html"),
        ("site", SITE | {"map.json": b"\xff"}, "index.html"),
    ],
)
def test_a_folder_with_anything_else_is_refused_unless_forced(kind, files, named, held):
    out = held(files)
    with pytest.raises(InputError, match=f"it holds {named}$") as raised:
        check_replaceable(out, *KINDS[kind])
    assert "--force" in raised.value.hint
    check_replaceable(out, *KINDS[kind], force=True)


def test_a_file_in_the_place_of_the_folder_is_refused_even_when_forced(tmp_path):
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(InputError, match="not a folder"):
        check_replaceable(tmp_path / "out", *KINDS["dzi"], force=True)


def test_a_picture_has_at_its_top_what_is_taken_for_one(store, tmp_path):
    zoom = deep_zoom(plan_pyramid(store({(0, 0): 1, (1, 0): 2}), tmp_path / "cache", Codec.PNG))
    assert {name.partition("/")[0] for name, _ in zoom.files()} == dzi.TOP_NAMES


@pytest.mark.parametrize("kind", KINDS)
def test_the_command_leaves_a_foreign_folder_alone(kind, project, held, capsys):
    out = held({"thesis.txt": b"years"})
    assert run_command(["-C", str(project), "export", kind, "--out", str(out)]) == 2
    assert (out / "thesis.txt").read_bytes() == b"years"
    assert "it holds thesis.txt" in capsys.readouterr().err


@pytest.mark.parametrize("kind", KINDS)
def test_no_force_replaces_the_folder_of_the_project(kind, project, capsys):
    for out in (project, project.parent):
        assert run_command(["-C", str(project), "export", kind, "-f", "--out", str(out)]) == 2
    assert (project / "params.yaml").is_file()
    assert "the project lies in" in capsys.readouterr().err


def test_a_port_that_cannot_be_is_a_wrong_request(project, capsys):
    assert run_command(["-C", str(project), "view", "--port", "65536"]) == 2
    assert "65535" in capsys.readouterr().err
