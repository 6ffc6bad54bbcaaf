"""Generating from renders alone: what photographic sources will need."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from isogen.cli.app import run as run_command
from isogen.image.png import decode
from isogen.pixelart.photo.look import PHOTO_GUARD, PhotoLook
from isogen.pixelart.photo.paint import paint_photo
from isogen.render.materials import COLORS, NOTHING_INDEX
from isogen.stages.photo import PHOTO_MAKER
from isogen.stages.project import Project

from .conftest import set_params, tree

pytestmark = pytest.mark.xdist_group("e2e")


@pytest.fixture(scope="module")
def photo_map(made_map, tmp_path_factory):
    """A map that was painted from its renders; nobody may change it."""
    folder = Path(shutil.copytree(made_map, tmp_path_factory.mktemp("photo") / "map"))
    set_params(folder, "source: faces", "source: render")
    assert run_command(["-C", str(folder), "-q", "generate"]) == 0
    return folder


@pytest.fixture
def photo_copy(photo_map, tmp_path):
    """A map that was painted from its renders, to change."""
    return Path(shutil.copytree(photo_map, tmp_path / "map"))


def pictures(folder, layer):
    store = Project(folder).layer(layer)
    return {
        (r.x, r.y): decode(store.objects.get(r.sha256), max_pixels=1 << 20) for r in store.rows()
    }


def joined(quadrants):
    rows = [np.concatenate([quadrants[x, y] for x in (1, 2, 3)], axis=1) for y in (1, 2, 3)]
    return np.concatenate(rows)


def test_quadrants_painted_one_by_one_equal_the_whole_map_painted_at_once(photo_map):
    whole = joined(pictures(photo_map, "render"))
    whole[(whole[..., :3] == COLORS[NOTHING_INDEX]).all(axis=2), 3] = 0
    guard = 2 * PHOTO_GUARD
    whole = np.pad(whole, ((guard, guard), (guard, guard), (0, 0)), mode="edge")
    palette = Project(photo_map).style().palette("day").colors
    corner = (256 - PHOTO_GUARD, 256 - PHOTO_GUARD)
    indices = paint_photo(whole, corner, 2, palette, PhotoLook())
    art = palette[indices.repeat(2, axis=0).repeat(2, axis=1)]
    assert np.array_equal(joined(pictures(photo_map, "generation"))[..., :3], art)


def test_the_renders_around_a_quadrant_are_its_parents(photo_map):
    project = Project(photo_map)
    renders = {(r.x, r.y): r.sha256 for r in project.layer("render").rows()}
    row = project.layer("generation").row(2, 2)
    assert row.maker == PHOTO_MAKER
    assert row.parents[0] == renders[2, 2]
    assert set(row.parents) == set(renders.values())


def test_a_second_run_makes_nothing(photo_copy, run):
    before = tree(photo_copy, "data/layers")
    assert "0 made, 9 already done" in run(photo_copy, "generate").err
    assert tree(photo_copy, "data/layers") == before
    assert json.loads(run(photo_copy, "status", "--json").out)["is_complete"]


def test_a_dry_run_over_one_quadrant_knows_that_it_is_done(photo_map, run):
    assert "would make 0 of 1" in run(photo_map, "generate", "1,1", "--dry-run").err


def test_another_grade_makes_only_the_generation_again(photo_copy, run):
    set_params(photo_copy, "black: 0.12", "black: 0.2")
    assert "9 settings changed" in run(photo_copy, "status").out
    assert "0 made" in run(photo_copy, "render").err
    assert "9 made" in run(photo_copy, "generate").err


def test_one_quadrant_is_made_with_the_renders_around_it(photo_copy, run):
    row = Project(photo_copy).layer("generation").row(2, 2)
    assert run(photo_copy, "generate", "2,2", "--force").code == 0
    assert Project(photo_copy).layer("generation").row(2, 2) == row


def test_a_grade_without_range_is_refused(map_copy, run):
    set_params(map_copy, "white: 0.93", "white: 0.15")
    told = run(map_copy, "status")
    assert told.code == 2
    assert "0.05 above black" in told.err
