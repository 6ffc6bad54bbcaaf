"""That nothing is paid for twice, whatever interrupts a run, and that order changes nothing."""

import numpy as np
import pytest

from isogen.cli.app import run as run_command
from isogen.digest import digest_of
from isogen.errors import ModelAnswerError
from isogen.geo.grid import Quadrant
from isogen.stages.infill import infill_map
from isogen.stages.infill_brief import Said
from isogen.stages.painted import MapLayers, padding_quadrants
from tests.stages.test_infill import CALLS, digests
from tests.stages.test_infill_growing import with_params
from tests.support.painter import COST_USD, KnowingModel


def swayed(request, pixels):
    """Spoil an answer by all that its template shows, so that any other context is seen."""
    return (pixels ^ digest_of(request.template_png).encode()[0] % 4).astype(np.uint8)


def test_the_order_in_which_calls_end_changes_no_byte(town, paint, tmp_path):
    paint(model=KnowingModel(spoil=swayed), jobs=1)
    one_by_one = town.layer("generation").manifest_path.read_bytes()
    for path in ("layers/generation", "journal", "cache"):
        (town.root / "data" / path).rename(tmp_path / path.replace("/", "-"))
    hasty = KnowingModel(spoil=swayed, seconds=0.01)
    paint(model=hasty, jobs=32)
    assert hasty.most_at_once > 1
    assert town.layer("generation").manifest_path.read_bytes() == one_by_one


def test_replacing_a_map_in_two_runs_asks_nothing_twice(town, model, paint):
    paint()
    model.keys.clear()
    paint(replace=True, said=Said(seed=7), limit=3)
    paint(replace=True, said=Said(seed=7))
    assert len(set(model.keys)) == len(model.keys) == CALLS
    assert {row.seed for row in town.layer("generation").rows()} == {7}


def test_answers_that_cannot_be_used_count_as_paid(model, paint):
    model.spoil = lambda _, pixels: pixels[:700]
    summary = paint(jobs=1)
    assert (summary.made, summary.calls) == (0, 2)
    assert summary.cost_usd == pytest.approx(2 * COST_USD)


def test_a_service_that_answers_with_no_picture_may_still_charge_for_it(model, paint):
    model.refuse = lambda _: ModelAnswerError("a page of HTML")
    assert paint(jobs=1).cost_usd == pytest.approx(2 * COST_USD)


def test_a_budget_that_suffices_in_the_end_stops_nothing(paint):
    summary = paint(max_cost_usd=CALLS * COST_USD + COST_USD, jobs=32)
    assert (summary.calls, summary.stopped_by) == (CALLS, "")


def test_what_a_person_put_into_a_step_that_waits_is_not_painted_over(town, paint):
    paint(limit=1)
    layer = town.layer("generation")
    own = layer.row(0, 0)._replace(x=1, y=0, maker="import/1", parents=())
    with layer.writing() as writer:
        writer.record(own, seconds=0)
    summary = paint()
    assert digests(town)[1, 0] == own.sha256
    assert set(summary.unplanned) <= {Quadrant(1, -1), Quadrant(1, 1)}


def test_padding_of_another_view_is_no_context(town, model):
    strip = with_params(town, "to: [1, 1]", "to: [-2, 1]")
    infill_map(strip, model)
    assert len(padding_quadrants(strip, MapLayers.of(strip))) == 4
    turned = with_params(town, "azimuth_deg: 0", "azimuth_deg: 30")
    for command in ("scene", "render"):
        assert run_command(["-C", str(turned.root), "-q", command]) == 0
    assert padding_quadrants(turned, MapLayers.of(turned)) == frozenset()


def test_what_was_taken_over_into_the_map_is_no_padding_any_more(town, paint):
    paint(Quadrant(-2, -2))
    assert len(digests(town.padding)) == 3
    paint()
    assert digests(town.padding) == {}
