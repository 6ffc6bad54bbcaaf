"""How the map ends: a setting that makes again only what it reaches."""

import numpy as np
import pytest
import shapely

from isogen.geo.grid import Quadrant
from isogen.mesh.cell import cell_box
from isogen.stages.project import Project
from isogen.stages.quadrant_work import mist_of, window_of
from isogen.stages.scene_plan import cell_recipes, plan_cells
from isogen.stages.source import extent_of

from .conftest import make, new_project, set_params

pytestmark = pytest.mark.xdist_group("e2e")

REGION = "{from: [1, 0], to: [4, 0]}"
"""From Senate Square to the eastern edge of the extract, whose side the camera sees."""


def edge_is(folder, edge):
    old = Project(folder).params.scene.edge
    set_params(folder, f"edge: {old}", f"edge: {edge}")


def pictures_of(folder, layer="generation"):
    return {Quadrant(r.x, r.y): r.sha256 for r in Project(folder).layer(layer).rows()}


@pytest.fixture
def map_at_the_edge(tmp_path):
    return make(new_project(tmp_path / "edge", REGION))


def test_only_cells_in_which_the_source_ends_depend_on_how_the_map_ends(map_copy):
    set_params(map_copy, "region: {from: [1, 1], to: [3, 3]}", "region: source")
    cells = plan_cells(Project(map_copy)).wanted
    before = cell_recipes(Project(map_copy), cells)
    edge_is(map_copy, "paper")
    project = Project(map_copy)
    paper = cell_recipes(project, cells)
    edge_is(map_copy, "mist")
    camera = project.params.camera
    outline = shapely.LinearRing(camera.to_art(np.array(extent_of(project))))
    ending = {k for k in cells if outline.intersects(shapely.box(*cell_box(k, camera)))}
    assert {k for k in cells if before[k] != paper[k]} == ending
    assert 0 < len(ending) < len(cells)
    assert cell_recipes(Project(map_copy), cells) == paper


def test_at_the_edge_only_what_it_reaches_is_made_again(map_at_the_edge, run):
    folder = map_at_the_edge
    block = pictures_of(folder)
    edge_is(folder, "paper")
    assert run(folder, "scene").code == 0
    paper_render = run(folder, "render").err
    assert run(folder, "generate").code == 0
    paper = pictures_of(folder)
    edge_is(folder, "mist")
    assert run(folder, "scene").code == 0
    mist_render, mist_generate = run(folder, "render").err, run(folder, "generate").err
    mist = pictures_of(folder)

    params, extent = Project(folder).params, extent_of(Project(folder))
    reached = {q for q in mist if mist_of(params, extent).reaches(window_of(q, params.camera))}
    assert "0 already done" not in paper_render
    assert block[1, 0] == paper[1, 0]
    assert block[4, 0] != paper[4, 0]
    assert "0 made, 4 already done" in mist_render
    assert f"{len(reached)} made, {4 - len(reached)} already done" in mist_generate
    assert {(4, 0)} <= {q for q in mist if mist[q] != paper[q]} <= reached
    assert mist[1, 0] == paper[1, 0]
