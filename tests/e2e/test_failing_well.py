"""What goes wrong says what, exits with its code, and loses nothing."""

import resource
import subprocess
import sys

import pytest

from isogen.scene.osm.extract import bundled_extract
from isogen.stages.project import Project

from .conftest import set_params, tree

pytestmark = pytest.mark.xdist_group("e2e")


def test_an_unknown_setting_names_the_nearest_one(map_copy, run):
    set_params(map_copy, "azimuth_deg:", "azimut_deg:")
    failed = run(map_copy, "status")
    assert (failed.code, failed.out) == (2, "")
    assert "azimut_deg" in failed.err
    assert "azimuth_deg" in failed.err


def test_a_wrong_value_says_what_is_allowed(map_copy, run):
    set_params(map_copy, "pixel_size: 2", "pixel_size: 5")
    failed = run(map_copy, "scene")
    assert failed.code == 2
    assert "map.pixel_size" in failed.err
    assert "1, 2, 3 or 4" in failed.err


def test_an_unknown_palette_names_the_known_ones(map_copy, run):
    set_params(map_copy, "palette: day", "palette: sepia")
    failed = run(map_copy, "generate")
    assert failed.code == 2
    assert "sepia" in failed.err
    assert "classic" in failed.err


def test_a_folder_without_a_project_says_how_to_begin(tmp_path, run):
    failed = run(tmp_path, "status")
    assert failed.code == 2
    assert "isogen init" in failed.err


def test_a_project_is_not_begun_twice(map_copy, run):
    before = tree(map_copy, "params.yaml", "dvc.yaml")
    failed = run(map_copy, "init", "kotka")
    assert failed.code == 2
    assert "--force" in failed.err
    assert tree(map_copy, "params.yaml", "dvc.yaml") == before


@pytest.mark.parametrize("cut", [100, 300_000])
def test_a_truncated_extract_is_refused_and_the_old_one_stays(map_copy, tmp_path, run, cut):
    before = tree(map_copy, "data/sources")
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(bundled_extract("helsinki").read_bytes()[:cut])
    failed = run(map_copy, "source", str(broken))
    assert failed.code == 3
    assert "broken.osm.pbf" in failed.err
    assert tree(map_copy, "data/sources") == before


def test_a_foreign_file_is_no_extract(map_copy, tmp_path, run):
    foreign = tmp_path / "picture.osm.pbf"
    foreign.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    failed = run(map_copy, "source", str(foreign))
    assert failed.code == 3
    assert "hint: " in failed.err


def test_a_missing_extract_is_a_wrong_request(map_copy, run):
    assert run(map_copy, "source", "nowhere.osm.pbf").code == 2
    assert run(map_copy, "source", "atlantis").code == 2


def test_a_region_outside_the_extract_says_what_it_covers(map_copy, run):
    set_params(map_copy, "{from: [1, 1], to: [3, 3]}", "{from: [500, 500], to: [501, 501]}")
    failed = run(map_copy, "scene")
    assert failed.code == 2
    assert "500,500" in failed.err
    assert "covers" in failed.err


def test_a_quadrant_outside_the_scene_is_a_wrong_request(map_copy, run):
    failed = run(map_copy, "generate", "90", "90")
    assert failed.code == 2
    assert "90,90" in failed.err


def test_stages_out_of_order_say_which_comes_first(tmp_path, run):
    assert run(tmp_path, "init", "helsinki").code == 0
    for stage, first in (("scene", "isogen source"), ("render", "isogen scene")):
        failed = run(tmp_path, stage)
        assert failed.code == 3
        assert first in failed.err


def test_a_flipped_bit_is_found_repaired_and_made_again(map_copy, made_map, run):
    row = Project(map_copy).layer("generation").rows()[4]
    path = Project(map_copy).layer("generation").objects.path_of(row.sha256)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    failed = run(map_copy, "verify")
    assert failed.code == 3
    assert row.sha256 in failed.out
    assert "isogen repair" in failed.err
    assert run(map_copy, "repair").code == 0
    assert "1 made, 8 already done" in run(map_copy, "generate").err
    assert run(map_copy, "verify").code == 0
    assert tree(map_copy, "data/layers/generation") == tree(made_map, "data/layers/generation")


def test_a_damaged_cell_is_found_repaired_and_built_again(map_copy, made_map, run):
    path = next((map_copy / "data/scene/cells").glob("*.npz"))
    path.write_bytes(path.read_bytes()[:-40])
    failed = run(map_copy, "verify")
    assert failed.code == 3
    assert path.name in failed.out
    assert run(map_copy, "repair").code == 0
    assert run(map_copy, "scene").code == 0
    assert tree(map_copy, "data/scene") == tree(made_map, "data/scene")


def test_a_full_disk_is_said_and_costs_only_the_quadrant_in_flight(map_copy, run):
    set_params(map_copy, "palette: day", "palette: dusk")
    assert run(map_copy, "generate", "--limit", "4").code == 0
    command = [sys.executable, "-c", "from isogen.cli import main; main()", "-C", str(map_copy)]
    full = subprocess.run(
        [*command, "generate"], check=False, capture_output=True, text=True, preexec_fn=_small_files
    )
    assert full.returncode == 1
    assert "error: " in full.stderr
    assert "Traceback" not in full.stderr
    assert "5 made, 4 already done" in run(map_copy, "generate").err
    assert run(map_copy, "verify").code == 0


def _small_files():
    """Let no file grow over 4 kB, as a disk without room would."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_two_writers_of_a_layer_do_not_meet(map_copy, run):
    with Project(map_copy).layer("generation").writing():
        failed = run(map_copy, "generate", "--force")
    assert failed.code == 1
    assert "generation" in failed.err


@pytest.mark.parametrize("text", ["[]", '{"schema": "isogen-scene/1"}', "not json", "{}"])
def test_a_broken_index_is_named_and_built_again(map_copy, made_map, run, text):
    path = map_copy / "data/scene/scene.json"
    path.write_text(text)
    failed = run(map_copy, "verify")
    assert failed.code == 3
    assert "scene.json" in failed.out
    assert run(map_copy, "repair").code == 0
    assert run(map_copy, "scene").code == 0
    assert tree(map_copy, "data/scene") == tree(made_map, "data/scene")


def test_another_extract_in_its_place_is_noticed(map_copy, run):
    path = map_copy / "data/sources/extract.osm.pbf"
    path.write_bytes(bundled_extract("kotka").read_bytes())
    for command in ("scene", "verify", "repair"):
        failed = run(map_copy, command)
        assert failed.code == 3
        assert "isogen source" in failed.err + failed.out
