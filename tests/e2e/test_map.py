"""The whole way, from the source to the generation, on real data."""

import json

import numpy as np
import pytest

from isogen.image.png import decode
from isogen.stages.project import Project

from .conftest import isogen, make, new_project, set_params, tree

pytestmark = pytest.mark.xdist_group("e2e")

MADE = ("data/scene", "data/layers")


def quadrants_of(folder, layer):
    return {(r.x, r.y): r for r in Project(folder).layer(layer).rows()}


def test_a_map_has_every_layer_of_every_quadrant(made_map, run):
    status = json.loads(run(made_map, "status", "--json").out)
    assert status["is_complete"]
    assert [(x["layer"], x["total"], x["done"]) for x in status["layers"]] == [
        ("faces", 9, 9), ("render", 9, 9), ("generation", 9, 9),
    ]  # fmt: skip


def test_the_same_map_made_elsewhere_has_the_same_bytes(made_map, tmp_path):
    other = new_project(tmp_path / "other")
    for stage in ("source", "scene", "render", "generate"):
        jobs = [] if stage == "source" else ["-j", "1"]
        done = isogen(other, stage, *jobs, PYTHONHASHSEED="77", TZ="Asia/Kathmandu")
        assert done.returncode == 0, done.stderr
    assert tree(other, *MADE) == tree(made_map, *MADE)


def test_a_second_run_makes_nothing_and_touches_nothing(map_copy, run):
    before = {p: p.stat().st_mtime_ns for p in (map_copy / "data").rglob("*") if p.is_file()}
    outcomes = [run(map_copy, *stage) for stage in (["scene"], ["render"], ["generate"])]
    assert [o.code for o in outcomes] == [0, 0, 0]
    assert "0 made, 9 already done" in outcomes[1].err
    assert "0 made, 9 already done" in outcomes[2].err
    layers = [p for p in before if "layers" in p.parts]
    assert {p: p.stat().st_mtime_ns for p in layers} == {p: before[p] for p in layers}


def test_a_quadrant_made_alone_equals_the_same_quadrant_in_a_map(made_map, tmp_path):
    alone = new_project(tmp_path / "alone", "{from: [2, 2], to: [2, 2]}")
    make(alone)
    for layer in ("faces", "render", "generation"):
        assert quadrants_of(alone, layer)[2, 2].sha256 == quadrants_of(made_map, layer)[2, 2].sha256


def test_single_quadrants_are_made_with_what_they_need(tmp_path, made_map, run):
    folder = new_project(tmp_path / "single")
    assert run(folder, "source").code == 0
    assert run(folder, "generate", "2,2").code == 0
    assert list(quadrants_of(folder, "generation")) == [(2, 2)]
    assert quadrants_of(folder, "generation")[2, 2] == quadrants_of(made_map, "generation")[2, 2]


def test_another_palette_makes_only_the_generation_again(map_copy, run):
    faces = tree(map_copy, "data/layers/faces", "data/layers/render", "data/scene")
    set_params(map_copy, "palette: day", "palette: dusk")
    status = run(map_copy, "status").out
    assert "generation  0 of 9 quadrants" in status
    assert "9 settings changed" in status
    assert "0 made" in run(map_copy, "render").err
    assert "9 made" in run(map_copy, "generate").err
    assert tree(map_copy, "data/layers/faces", "data/layers/render", "data/scene") == faces


def test_going_back_to_an_earlier_setting_makes_nothing(map_copy, run):
    manifest = (map_copy / "data/layers/generation/manifest.parquet").read_bytes()
    set_params(map_copy, "palette: day", "palette: dusk")
    assert run(map_copy, "generate").code == 0
    set_params(map_copy, "palette: dusk", "palette: day")
    assert "0 made, 0 already done, 9 found again" in run(map_copy, "generate").err
    assert (map_copy / "data/layers/generation/manifest.parquet").read_bytes() == manifest


def test_another_seed_makes_everything_again(map_copy, run):
    before = quadrants_of(map_copy, "generation")
    set_params(map_copy, "seed: 7", "seed: 8")
    for stage in (["source"], ["scene"], ["render"], ["generate"]):
        assert run(map_copy, *stage).code == 0
    after = quadrants_of(map_copy, "generation")
    assert before.keys() == after.keys()
    assert all(before[q].recipe != after[q].recipe for q in before)


def test_a_larger_region_makes_only_what_is_new(map_copy, run):
    before = quadrants_of(map_copy, "generation")
    set_params(map_copy, "from: [1, 1]", "from: [0, 1]")
    assert run(map_copy, "scene").code == 0
    assert "3 made, 9 already done" in run(map_copy, "render").err
    assert "3 made, 9 already done" in run(map_copy, "generate").err
    after = quadrants_of(map_copy, "generation")
    assert {q: after[q] for q in before} == before


def test_a_smaller_region_drops_rows_and_keeps_pictures(map_copy, run):
    set_params(map_copy, "to: [3, 3]", "to: [2, 3]")
    assert "3 left the map" in run(map_copy, "generate").err
    assert len(quadrants_of(map_copy, "generation")) == 6
    assert run(map_copy, "verify").code == 0
    set_params(map_copy, "to: [2, 3]", "to: [3, 3]")
    assert "3 found again" in run(map_copy, "generate").err


def test_a_dry_run_says_what_would_be_made_and_why_and_makes_nothing(map_copy, run):
    set_params(map_copy, "palette: day", "palette: dusk")
    before = tree(map_copy, "data")
    assert "would make 0 of 9" in run(map_copy, "render", "-n").err
    assert "would make 9 of 9 quadrants (9 settings changed)" in run(map_copy, "generate", "-n").err
    assert "would make 1 of 1" in run(map_copy, "generate", "-n", "2,2").err
    assert tree(map_copy, "data") == before


def test_the_lineage_of_a_quadrant_reaches_its_source(map_copy, run):
    shown = json.loads(run(map_copy, "show", "2", "2", "--json").out)
    generation = shown[0]
    assert generation["what"] == "generation 2,2"
    assert (map_copy / generation["path"]).is_file()
    cell = generation["made_from"][0]["made_from"][0]
    assert cell["what"].startswith("cell ")
    source = cell["made_from"][0]
    assert source["what"] == "source Helsinki.osm.pbf"
    assert "OpenStreetMap" in source["attribution"]


def test_the_scene_of_a_quadrant_is_added_to_the_scene_of_the_map(map_copy, run):
    before = tree(map_copy, "data/scene/cells")
    assert run(map_copy, "scene", "-2", "2").code == 0
    assert "0 made, 9 already done" in run(map_copy, "render").err
    assert before.items() < tree(map_copy, "data/scene/cells").items()


def test_art_is_not_made_of_faces_of_an_earlier_scene(map_copy, run):
    before = tree(map_copy, "data/layers")
    set_params(map_copy, "seed: 7", "seed: 8")
    assert "0 of" in run(map_copy, "status").out.splitlines()[1]
    assert run(map_copy, "scene").code == 0
    failed = run(map_copy, "generate")
    assert failed.code == 3
    assert "isogen render" in failed.err
    assert tree(map_copy, "data/layers") == before


def test_an_interrupted_scene_is_taken_up_where_it_was(map_copy, made_map, run):
    set_params(map_copy, "seed: 7", "seed: 11")
    index = (map_copy / "data/scene/scene.json").read_bytes()
    assert run(map_copy, "scene").code == 0
    (map_copy / "data/scene/scene.json").write_bytes(index)
    next((map_copy / "data/scene/cells").glob("*.npz")).unlink()
    assert "(1 built)" in run(map_copy, "scene").err
    set_params(map_copy, "seed: 11", "seed: 7")
    assert run(map_copy, "scene").code == 0
    assert tree(map_copy, "data/scene") == tree(made_map, "data/scene")


def test_a_quadrant_at_the_rim_is_made_with_all_that_stands_around_it(tmp_path, run):
    def procedural(name, region):
        folder = tmp_path / name
        assert run(folder, "init").code == 0
        set_params(folder, "source: osm", "source: procedural")
        set_params(folder, "region: source", f"region: {region}")
        assert run(folder, "source").code == 0
        return folder

    small = procedural("small", "{from: [2, 2], to: [2, 2]}")
    assert run(small, "scene").code == 0
    assert run(small, "generate", "4", "3").code == 0
    other = procedural("other", "{from: [4, 3], to: [4, 3]}")
    assert run(other, "scene").code == 0
    assert run(other, "generate", "4", "3").code == 0
    made = [quadrants_of(folder, "generation")[4, 3].sha256 for folder in (small, other)]
    assert made[0] == made[1]


def test_art_pixels_that_a_quadrant_cuts_go_on_in_its_neighbor(tmp_path):
    folder = new_project(tmp_path / "thirds", "{from: [2, 2], to: [3, 3]}")
    set_params(folder, "pixel_size: 2", "pixel_size: 3")
    make(folder)
    layer = Project(folder).layer("generation")
    shown = {
        q: decode(layer.objects.get(row.sha256), max_pixels=1 << 18)
        for q, row in quadrants_of(folder, "generation").items()
    }
    rows = [np.concatenate([shown[2, y], shown[3, y]], axis=1) for y in (2, 3)]
    whole = np.concatenate(rows)[2:-2, 2:-2]  # from pixel 1026 to 2046: multiples of three
    inner = whole.reshape(340, 3, 340, 3, 4)
    assert (inner == inner[:, :1, :, :1]).all()
