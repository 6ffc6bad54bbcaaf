"""When a model fails, refuses, or answers badly: what is kept, told, and done again."""

import os
import signal
from dataclasses import replace

import numpy as np
import pytest

from isogen.errors import (
    InputError,
    LockedError,
    MissingKeyError,
    ModelAnswerError,
    ModelRefusedError,
    ModelUnavailableError,
    ServiceError,
)
from isogen.geo.grid import Quadrant
from isogen.params.infill import DiffusionParams
from isogen.stages.infill_budget import Budget
from isogen.store.events import Failed
from isogen.store.row import Status
from tests.stages.test_infill import CALLS, SIDE, digests
from tests.support.painter import KnowingModel, fails_at, resized

MIDDLE = (-512, -512)
"""Window of the square in the middle of the map, which all others wait for."""

CORNER = (512 - 512, 512 - 512)
"""Window of the bottom-right quadrant, which nobody waits for."""


def failures(project):
    events = (record.event for record in project.layer("generation").history())
    return [event for event in events if isinstance(event, Failed)]


def test_a_step_that_fails_holds_up_only_those_that_wait_for_it(town, model, paint):
    model.refuse = fails_at(CORNER)
    summary = paint()
    assert (summary.made, len(summary.failed), summary.blocked) == (15, 1, 0)
    assert [event.quadrant for event in failures(town)] == [Quadrant(1, 1)]
    assert "the service is busy" in failures(town)[0].error
    assert isinstance(summary.failure, ServiceError)
    assert "1 x 1 at 1,1" in str(summary.failure)


def test_what_failed_is_done_by_the_next_run(town, model, paint):
    model.refuse = fails_at(CORNER)
    paint()
    model.refuse = lambda _: None
    model.asked.clear()
    assert (paint().made, len(model.asked)) == (1, 1)
    assert len(digests(town)) == SIDE * SIDE


def test_those_that_wait_for_a_failed_step_are_told(model, paint):
    model.refuse = fails_at(MIDDLE)
    summary = paint()
    assert (summary.made, len(summary.failed), summary.blocked) == (0, 1, CALLS - 1)
    assert f"{CALLS - 1} steps wait" in str(summary.failure)


def test_a_refusal_is_told_as_one(model, paint):
    model.refuse = fails_at(CORNER, error=ModelRefusedError)
    summary = paint()
    assert isinstance(summary.failure, ModelRefusedError)
    assert summary.made == 15


def test_a_missing_key_ends_the_run_at_once(town, model, paint):
    model.refuse = lambda _: MissingKeyError("KEY is not set")
    with pytest.raises(MissingKeyError):
        paint()
    assert len(model.asked) == 1
    assert failures(town) == []


def test_a_run_gives_up_when_the_service_is_down(model, paint, monkeypatch):
    monkeypatch.setattr("isogen.stages.infill_run._MOST_FAILURES", 1)
    paint(Quadrant(-1, -1))
    model.refuse = lambda _: ModelUnavailableError("no answer")
    summary = paint(jobs=1)
    assert 1 < len(summary.failed) < CALLS - 1


@pytest.mark.parametrize("size", [(2048, 2048), (512, 512), (1000, 1000)])
def test_an_answer_of_another_size_is_resized_and_that_is_recorded(town, model, paint, size):
    model.spoil = resized(*size)
    summary = paint(Quadrant(-1, -1))
    made = [record.event for record in town.layer("generation").history()][1]
    assert (summary.made, summary.padding, made.measures["resized"]) == (4, 3, True)


def test_an_answer_that_is_not_square_is_none(model, paint):
    model.spoil = resized(1344, 768)
    summary = paint(Quadrant(-1, -1))
    assert isinstance(summary.failed[0][1], ModelAnswerError)
    assert "1344 x 768" in str(summary.failed[0][1])
    assert len(model.asked) == 2


def spoiled(request, pixels):
    """A picture that has nothing to do with its context, for the first seed."""
    noise = np.random.default_rng(7).integers(0, 256, pixels.shape, np.uint8)
    return noise if request.seed == 0 else pixels


def bordered(pixels):
    """A picture of which every quadrant has a border."""
    out = pixels.copy()
    for start in range(0, 1024, 256):
        for line in (start, start + 1, start + 254, start + 255):
            out[line] = out[:, line] = (255, 0, 0)
    return out


def test_a_bad_answer_is_tried_again_with_the_next_seed(town, model, paint):
    paint()
    with town.layer("generation").writing() as writer:
        writer.drop([(1, 1)])
    model.asked.clear()
    model.spoil, model.shade = spoiled, 1
    summary = paint()
    assert [request.seed for request in model.asked] == [0, 1]
    assert (summary.calls, summary.steps, summary.flagged) == (2, 1, ())
    row = town.layer("generation").row(1, 1)
    assert (row.seed, row.status) == (1, Status.OK)


def test_what_stays_bad_is_flagged_and_the_best_of_it_taken(town, model, paint):
    paint()
    with town.layer("generation").writing() as writer:
        writer.drop([(1, 1)])
    model.shade = 1
    model.spoil = lambda request, pixels: spoiled(replace(request, seed=0), pixels)
    summary = paint()
    assert summary.flagged == (Quadrant(1, 1),)
    assert town.layer("generation").row(1, 1).status is Status.FLAGGED
    assert summary.failure is None


@pytest.mark.parametrize("spoil", [lambda pixels: pixels * 0, bordered], ids=["black", "border"])
def test_a_square_without_context_in_which_nothing_was_painted_is_flagged(
    town, model, paint, spoil
):
    model.spoil = lambda request, pixels: spoil(pixels) if request.seed == 0 else pixels
    assert paint().flagged == ()
    assert {request.seed for request in model.asked} == {0, 1}
    model.spoil = lambda _, pixels: spoil(pixels)
    (town.root / "data/layers/generation").rename(town.root / "data/before")
    (town.root / "data/cache").rename(town.root / "data/before/cache")
    assert len(paint().flagged) == len(town.layer("generation").rows())


def test_the_second_driver_is_kept_out_before_it_pays(town, model, paint):
    with town.layer("generation").writing(), pytest.raises(LockedError):
        paint()
    assert model.asked == []


def test_an_interrupted_run_goes_on_to_the_same_bytes(town, model, paint, tmp_path):
    def interrupt(request):
        if len(model.asked) > 2 and request is model.asked[2]:
            os.kill(os.getpid(), signal.SIGINT)

    paint()
    whole = town.layer("generation").manifest_path.read_bytes()
    for path in ("layers/generation", "journal", "cache"):
        (town.root / "data" / path).rename(tmp_path / path.replace("/", "-"))
    model.asked.clear()
    model.keys.clear()
    model.refuse, model.seconds = interrupt, 0.05
    with pytest.raises(KeyboardInterrupt):
        paint(jobs=2)
    assert 0 < len(digests(town)) < 16
    model.refuse = lambda _: None
    paint(jobs=3)
    assert town.layer("generation").manifest_path.read_bytes() == whole
    assert len(set(model.keys)) == len(model.keys) == CALLS


def test_a_run_stops_before_it_could_cost_more_than_allowed(model, paint):
    summary = paint(max_cost_usd=0.1, jobs=2)
    assert summary.cost_usd <= 0.1
    assert summary.stopped_by == "--max-cost"
    assert len(model.asked) == 4  # a fifth may need a second try
    assert summary.failure is None


def test_a_limit_counts_steps(model, paint):
    summary = paint(limit=2)
    assert (summary.steps, summary.stopped_by, len(model.asked)) == (2, "--limit", 2)


def test_without_a_price_there_is_no_limit_of_cost(paint):
    model = KnowingModel(params=DiffusionParams())
    with pytest.raises(InputError, match="needs to know what a call of local costs"):
        paint(model=model, max_cost_usd=1.0)
    assert model.asked == []


def test_a_budget_counts_what_calls_really_cost():
    budget = Budget(most_usd=1.0, price_usd=0.1, tries=1)
    budget.start()
    budget.pay(0.6)
    budget.end(was_asked=True)
    assert not budget.may_start()
    assert budget.stopped_by == "--max-cost"
