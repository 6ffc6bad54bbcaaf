"""Maps that grow, shrink and change hands: what lies beyond them is kept and taken over."""

import pytest

from isogen.geo.grid import Quadrant
from isogen.stages.generate import draw_map
from isogen.stages.infill import InfillOptions, infill_map
from isogen.stages.planning import plan_infill
from isogen.stages.project import Project
from tests.stages.conftest import SIDE
from tests.stages.test_infill import digests

LONE = Quadrant(-2, -2)
"""A corner of the map: alone it needs three more to be painted with."""


AROUND = Quadrant(0, 0).neighbors


def with_params(project, old, new):
    """The project with other settings, read again."""
    path = project.root / "params.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return Project(project.root)


def test_a_lone_quadrant_is_painted_with_padding_beyond_the_map(town, paint):
    summary = paint(LONE)
    assert (summary.calls, summary.padding, set(digests(town))) == (1, 3, {LONE})
    assert len(digests(town.padding)) == 3
    assert len(digests(town.padding, "render")) == 3


def test_without_padding_a_lone_quadrant_is_not_painted(model, paint):
    summary = paint(LONE, may_pad=False)
    assert (summary.made, model.asked, set(summary.unplanned)) == (0, [], {LONE})
    assert "cannot be painted" in str(summary.failure)


def test_padding_is_taken_over_when_the_map_comes_to_it(town, model, paint):
    paint(LONE)
    painted = digests(town) | digests(town.padding)
    model.asked.clear()
    summary = paint()
    assert summary.reused == len(painted) - 1
    assert {q: d for q, d in digests(town).items() if q in painted} == painted
    assert len(digests(town)) == SIDE * SIDE


def test_padding_is_context_of_later_runs(town, paint):
    paint(LONE)
    beside, next_to = Quadrant(-1, -1), [Quadrant(0, -2), Quadrant(0, -1)]
    paint(*next_to)
    parents = town.layer("generation").row(0, -1).parents
    assert town.padding.layer("generation").row(*beside).sha256 in parents


@pytest.mark.parametrize("side", ["[-2, -2], to: [0, 1]", "[-1, -2], to: [1, 1]"])
def test_a_map_that_grows_keeps_what_is_painted(town, model, side):
    small = with_params(town, "[-2, -2], to: [1, 1]", side)
    infill_map(small, model)
    before = digests(small)
    model.asked.clear()
    whole = with_params(town, side, "[-2, -2], to: [1, 1]")
    summary = infill_map(whole, model)
    assert (len(before), summary.made) == (12, 4)
    assert digests(whole) == digests(whole) | before


def test_what_leaves_the_map_is_kept_and_comes_back_for_free(town, model, paint):
    paint()
    before = digests(town)
    model.asked.clear()
    small = with_params(town, "to: [1, 1]", "to: [0, 1]")
    assert infill_map(small, model).dropped == 4
    assert len(digests(small)) == 12
    whole = with_params(town, "to: [0, 1]", "to: [1, 1]")
    assert infill_map(whole, model).reused == 4
    assert digests(whole) == before
    assert model.asked == []


def test_a_plan_counts_on_what_is_painted_beyond_the_map(town, model, paint):
    beyond = [Quadrant(1, y) for y in (-2, -1, 0, 1)]
    paint(*beyond)
    small = with_params(town, "to: [1, 1]", "to: [0, 1]")
    plan = plan_infill(small)
    assert plan.painted.issuperset(beyond)
    model.asked.clear()
    assert infill_map(small, model).steps == len(plan.steps)
    assert len(model.asked) == len(plan.steps)


def test_a_changed_render_is_painted_again_and_no_other(town, model, paint):
    paint()
    before = digests(town)
    renders = town.layer("render")
    row, other = renders.row(1, 1), renders.row(-1, -1)
    with town.layer("generation").writing() as writer:
        made = town.layer("generation").row(1, 1)
        parents = tuple(other.sha256 if d == row.sha256 else d for d in made.parents)
        writer.record(made._replace(parents=parents), seconds=0)
    model.shade = 2
    assert paint().made == 1
    assert {q for q, d in digests(town).items() if d != before[q]} == {Quadrant(1, 1)}


def test_other_settings_paint_nothing_again(town, model, paint):
    paint()
    model.asked.clear()
    model.shade = 9
    infill_map(town, model)
    assert model.asked == []


def test_replacing_the_whole_map_with_the_same_settings_costs_nothing(town, model, paint):
    paint()
    before = town.layer("generation").manifest_path.read_bytes()
    model.asked.clear()
    summary = paint(replace=True)
    assert (summary.made, summary.reused, model.asked) == (0, SIDE * SIDE, [])
    assert town.layer("generation").manifest_path.read_bytes() == before


def test_a_model_paints_a_quadrant_between_what_the_artist_made(town, model):
    own = with_params(town, "model: local", "model: pixelart")
    draw_map(own)
    before = digests(own)
    infill_map(own, model, [Quadrant(0, 0)], InfillOptions(replace=True))
    assert {q for q, d in digests(own).items() if d != before[q]} == {Quadrant(0, 0)}
    assert set(own.layer("generation").row(0, 0).parents) >= {before[q] for q in AROUND}


def test_a_model_paints_the_whole_map_of_the_artist_again(town, model):
    draw_map(with_params(town, "model: local", "model: pixelart"))
    own = with_params(town, "model: pixelart", "model: local")
    assert infill_map(own, model).made == SIDE * SIDE


def test_what_no_step_reaches_is_told_with_the_command_that_does(town, paint):
    corners = (-2, -2), (0, 0)
    for x, y in corners:
        paint(*(Quadrant(x + dx, y + dy) for dy in (0, 1) for dx in (0, 1)))
    stuck = paint()
    assert stuck.failure is not None
    assert stuck.mending.endswith("--replace")
    named = [text.split(",") for text in stuck.mending.split()[2:-1]]
    mended = paint(*(Quadrant(int(x), int(y)) for x, y in named), replace=True)
    assert mended.failure is None
    rest = paint()
    assert rest.failure is None
    assert len(town.layer("generation").rows()) == SIDE * SIDE
