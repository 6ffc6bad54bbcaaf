"""The map painted by a model: what is asked, what is kept, what is painted again."""

import numpy as np
import pytest

from isogen.geo.grid import QUADRANT_PX, Quadrant
from isogen.image.decode import decode_picture
from isogen.stages.infill_brief import INFILL_MAKER, Said
from isogen.store import state
from isogen.store.events import Made
from isogen.store.manifest import read_manifest
from tests.stages.conftest import SIDE
from tests.support.painter import COST_USD, truth

CALLS = 9
"""Runs of 1, 2 and 1 along each side."""


def pixels_of(project, quadrant):
    layer = project.layer("generation")
    data = layer.objects.get(layer.row(*quadrant).sha256)
    return decode_picture(data, max_pixels=QUADRANT_PX**2)


def digests(project, name="generation"):
    return {row.quadrant: row.sha256 for row in project.layer(name).rows()}


def true_pixels(quadrant, shade=0):
    return truth(quadrant.box[:2], shade)[:QUADRANT_PX, :QUADRANT_PX]


def test_a_map_is_painted_as_the_model_knows_it(town, paint):
    summary = paint()
    assert (summary.total, summary.made, summary.calls) == (SIDE * SIDE, SIDE * SIDE, CALLS)
    assert summary.failure is None
    for row in town.layer("generation").rows():
        assert (pixels_of(town, row.quadrant) == true_pixels(row.quadrant)).all()
    assert summary.cost_usd == pytest.approx(CALLS * COST_USD)


def test_a_painted_map_is_not_painted_again(town, model, paint):
    paint()
    before = town.layer("generation").manifest_path.read_bytes()
    model.asked.clear()
    assert paint().made == 0
    assert model.asked == []
    assert town.layer("generation").manifest_path.read_bytes() == before


def test_a_run_reads_each_layer_once(paint, monkeypatch):
    paint(limit=5)
    read = []
    monkeypatch.setattr(state, "read_manifest", lambda p: read.append(p) or read_manifest(p))
    assert paint(limit=0).calls == 0
    assert len(read) == len(set(read)) > 1


def test_a_row_says_who_made_it_from_what(town, model, paint):
    paint()
    row = town.layer("generation").row(1, 1)
    assert (row.maker, row.model, row.revision, row.seed) == (INFILL_MAKER, "local", "r1", 0)
    assert row.prompt == model.params.prompt
    assert row.parents[0] == town.layer("render").row(1, 1).sha256
    generations = {r.sha256 for r in town.layer("generation").rows()}
    assert len(row.parents) == 4
    assert set(row.parents[1:]) <= generations


def test_the_journal_keeps_cost_time_and_measures(town, paint):
    paint()
    events = [record.event for record in town.layer("generation").history()]
    made = [event for event in events if isinstance(event, Made)]
    assert sum(event.cost_usd for event in made) == pytest.approx(CALLS * COST_USD)
    assert sum(event.seconds for event in made) == pytest.approx(CALLS * 0.5, abs=0.01)
    assert len({event.measures["request_key"] for event in made}) == CALLS
    assert {event.measures["quadrants"] for event in made} == {1, 2, 4}


def test_steps_run_at_once_up_to_the_jobs_asked_for(model, paint):
    model.seconds = 0.2
    paint(jobs=3)
    assert model.most_at_once == 3


def test_as_many_steps_wait_for_the_model_as_may_however_few_work_on_pictures(model, paint):
    model.seconds = 1.0
    paint(jobs=4)
    assert model.most_at_once == 4


def test_a_missing_object_is_painted_again_for_free(town, model, paint):
    paint()
    layer = town.layer("generation")
    lost = layer.row(1, 1)
    layer.objects.remove(lost.sha256)
    model.asked.clear()
    assert paint().made == 1
    assert digests(town)[Quadrant(1, 1)] == lost.sha256
    assert model.asked == []


def test_nothing_is_asked_twice_when_the_records_are_lost(town, model, paint):
    paint()
    before = digests(town)
    layer = town.layer("generation")
    layer.manifest_path.unlink()
    layer.journal_path.unlink()
    assert paint().calls == 0
    assert digests(town) == before
    assert len(set(model.keys)) == len(model.keys) == CALLS


def test_one_quadrant_in_the_middle_is_replaced_in_its_context(town, model, paint):
    paint()
    before = digests(town)
    model.shade = 30
    summary = paint(Quadrant(0, -1), replace=True)
    assert summary.made == 1
    changed = [q for q, digest in digests(town).items() if digest != before[q]]
    assert changed == [Quadrant(0, -1)]
    assert model.asked[-1].window == (-256, -512 - 256)


def test_a_painted_quadrant_is_left_unless_it_is_to_be_replaced(model, paint):
    paint()
    model.asked.clear()
    assert paint(Quadrant(0, -1)).made == 0
    assert model.asked == []


def test_a_hole_is_filled(town, model, paint):
    paint()
    before = digests(town)
    layer = town.layer("generation")
    with layer.writing() as writer:
        writer.drop([(0, -1), (0, 0)])
    model.asked.clear()
    summary = paint()
    assert (summary.made, digests(town)) == (2, {**digests(town), **before})
    assert np.array_equal(pixels_of(town, Quadrant(0, 0)), true_pixels(Quadrant(0, 0)))


@pytest.mark.parametrize("option", ["prompt", "seed", "negative_prompt"])
def test_what_was_said_is_asked_and_written_down(town, model, paint, option):
    said = {"prompt": "a snowy day", "seed": 77, "negative_prompt": "cars"}[option]
    paint(Quadrant(1, 1), said=Said(**{option: said}))
    assert {getattr(request, option) for request in model.asked} == {said}
    assert getattr(town.layer("generation").row(1, 1), option) == said
