"""What an infill model would do for a map, from what is painted and what is on record."""

import json

import pytest

from isogen.cli.app import run as run_command
from isogen.errors import BoundsError
from isogen.geo.grid import Quadrant
from isogen.stages.kept_plan import plan_path
from isogen.stages.painted import is_painted
from isogen.stages.planning import keep_plan, plan_infill
from isogen.store import state
from isogen.store.manifest import read_manifest
from isogen.store.objects import Objects
from tests.stages.conftest import FIRST, LAST, SIDE

CALLS = 9


@pytest.fixture
def run(capfd):
    """Run a command line in this process: exit code and both streams."""

    def run(folder, *arguments):
        capfd.readouterr()
        code = run_command(["-C", str(folder), *arguments])
        return (code, *capfd.readouterr())

    return run


def rows(project):
    return {row.quadrant: row for row in project.layer("generation").rows()}


def change(project, quadrant, **values):
    """Record a row that differs from the one that is there."""
    layer = project.layer("generation")
    with layer.writing() as writer:
        writer.record(layer.row(*quadrant)._replace(**values), seconds=0.0)


def test_an_empty_map_is_planned_as_a_whole(town):
    plan = plan_infill(town)
    assert len(plan.steps) == CALLS
    assert (len(plan.wanted), len(plan.painted), len(plan.padding)) == (SIDE * SIDE, 0, 0)


def test_a_painted_map_leaves_nothing_to_do(town, paint):
    paint()
    plan = plan_infill(town)
    assert (plan.steps, plan.wanted) == ((), frozenset())
    assert len(plan.painted) == SIDE * SIDE


def test_what_is_painted_is_planned_again_when_it_is_to_be_replaced(town, paint):
    paint()
    plan = plan_infill(town, [Quadrant(0, 0)], replace=True)
    assert [step.quadrants for step in plan.steps] == [(Quadrant(0, 0),)]
    assert Quadrant(0, 0) not in plan.painted


def test_what_the_built_in_artist_painted_is_no_context(town, paint):
    paint()
    change(town, (0, 0), maker="pixelart/3")
    plan = plan_infill(town)
    assert plan.wanted == {Quadrant(0, 0)}


def test_a_quadrant_whose_render_changed_is_painted_again(town, paint):
    paint()
    parents = rows(town)[Quadrant(1, 1)].parents
    change(town, (1, 1), parents=("0" * 64, *parents[1:]))
    assert plan_infill(town).wanted == {Quadrant(1, 1)}


def test_a_quadrant_whose_picture_is_gone_is_painted_again(town, paint):
    paint()
    town.layer("generation").objects.remove(rows(town)[Quadrant(1, 1)].sha256)
    assert plan_infill(town).wanted == {Quadrant(1, 1)}


def test_what_a_person_painted_from_nothing_on_record_is_kept(town, paint):
    paint()
    layer = town.layer("generation")
    row = layer.row(0, 0)._replace(maker="import/1", parents=())
    assert is_painted(row, town.layer("render").row(0, 0), layer)


def test_a_map_that_is_not_rendered_yet_is_planned_too(town):
    layer = town.layer("render")
    with layer.writing() as writer:
        writer.drop([(row.x, row.y) for row in layer.rows()])
    assert len(plan_infill(town).steps) == CALLS


def test_a_quadrant_outside_the_source_is_refused(town):
    with pytest.raises(BoundsError, match=r"lie outside the source"):
        plan_infill(town, [Quadrant(5000, 5000)])


def test_padding_of_an_earlier_run_is_taken_over_without_a_call(town, paint):
    summary = paint(Quadrant(0, 0))
    assert summary.padding == 3
    plan = plan_infill(town)
    assert len(plan.adopted) == 3
    assert plan.wanted.isdisjoint(plan.adopted)
    assert plan.adopted <= plan.painted


def test_a_run_that_was_stopped_goes_on_with_its_plan(town, paint):
    before = plan_infill(town)
    paint(limit=2)
    plan = plan_infill(town)
    assert plan.is_continued
    done = {row.quadrant for row in town.layer("generation").rows()}
    rest = [s for s in before.steps if not done.issuperset(s.quadrants)]
    assert {(s.rectangle, s.margin) for s in plan.steps} == {(s.rectangle, s.margin) for s in rest}


def test_a_new_plan_is_made_when_something_else_is_to_be_done(town, paint):
    paint(limit=2)
    change(town, min(rows(town)), maker="pixelart/3")
    path = plan_path(town, is_whole=True)
    text = path.read_text()
    assert '"steps":' in text
    path.write_text(text.replace('"steps":[[', '"steps":[[40,40,1,1,512,512],['))
    assert not plan_infill(town).is_continued


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"schema":"other/1"}', '{"schema":"isogen-plan/1","steps":3}',
             '{"schema":"isogen-plan/1","steps":[[0,0,3,1,0,0]],"padding":[],"unplanned":[]}'],
)  # fmt: skip
def test_a_broken_plan_is_passed_over_with_a_notice(town, text):
    path = plan_path(town, is_whole=True)
    path.write_text(text)
    plan = plan_infill(town)
    assert "passed over" in plan.notice
    assert len(plan.steps) == CALLS


def test_a_plan_reads_each_layer_once_and_looks_for_each_picture_once(town, paint, monkeypatch):
    paint(limit=5)
    painted = len(rows(town))
    read, looked_for = [], []
    monkeypatch.setattr(state, "read_manifest", lambda p: read.append(p) or read_manifest(p))
    has = Objects.has
    monkeypatch.setattr(Objects, "has", lambda o, d: looked_for.append(d) or has(o, d))
    assert plan_infill(town).is_continued
    assert len(read) == len(set(read)) > 1
    assert len(looked_for) == painted


def test_a_plan_is_kept_and_read_back(town):
    plan = plan_infill(town)
    keep_plan(town, plan, is_whole=True)
    again = plan_infill(town)
    assert again.is_continued
    assert again.steps == plan.steps


def test_the_table_says_waves_calls_and_cost(town, run):
    code, out, _ = run(town.root, "plan")
    assert code == 0
    assert f"{CALLS} calls" in out or f"calls      {CALLS}," in out
    assert "cost       0.18 US dollars (0.02 a call, from settings)" in out
    assert "time       unknown" in out


def test_time_and_cost_are_those_on_record(town, paint, run):
    paint()
    _, out, _ = run(town.root, "plan", "--replace", "--json")
    document = json.loads(out)
    assert document["call_s"]["source"] == "recorded calls"
    assert document["call_s"]["value"] == pytest.approx(0.5, rel=0.2)
    assert document["seconds"] == pytest.approx(0.5 * document["turns"], rel=0.2)
    assert document["cost_usd"] == pytest.approx(document["calls"] * document["call_usd"]["value"])


def test_the_document_holds_every_step(town, run):
    _, out, _ = run(town.root, "plan", "--json")
    document = json.loads(out)
    assert len(document["steps"]) == document["calls"] == CALLS
    assert set(document["steps"][0]) == {"wave", "rectangle", "window", "context", "after"}


def test_what_is_unplanned_is_named_with_the_reason(town, run):
    code, out, _ = run(town.root, "plan", "0,0", "--no-padding")
    assert code == 0
    assert "unplanned  1 quadrant" in out
    assert "0,0: nothing beside it is painted" in out


def test_a_scene_that_is_not_up_to_date_is_told(town, run):
    params = town.root / "params.yaml"
    params.write_text(params.read_text().replace("source: geojson", "source: geojson, seed: 9"))
    told = "cells of the scene are not up to date: run `isogen scene` first"
    for command in (("plan",), ("generate", "-n")):
        code, _, err = run(town.root, *command)
        assert code == 0
        assert told in " ".join(err.split())
    assert told not in run(town.root, "plan", "0,0")[2]


def test_the_picture_is_a_png(town, run, tmp_path):
    code, _, err = run(town.root, "plan", "--png", str(tmp_path / "plan.png"))
    assert code == 0
    assert (tmp_path / "plan.png").read_bytes().startswith(b"\x89PNG")
    assert "plan.png" in err


def test_looking_changes_nothing(town, run):
    before = {p: p.stat().st_mtime_ns for p in town.root.rglob("*") if p.is_file()}
    run(town.root, "plan")
    run(town.root, "plan", f"{FIRST},{LAST}", "--json")
    after = {p: p.stat().st_mtime_ns for p in town.root.rglob("*") if p.is_file()}
    assert before == after


def test_the_built_in_artist_has_no_plan(town, run):
    code, out, err = run(town.root, "plan", "--model", "pixelart")
    assert (code, out) == (2, "")
    assert "needs no plan" in err
    assert "hint: " in err
