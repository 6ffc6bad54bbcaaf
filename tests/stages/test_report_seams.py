import numpy as np
import pytest

from isogen.geo.grid import Quadrant
from isogen.stages.report import write_report
from isogen.stages.report_infill import infill_metrics
from isogen.stages.report_seams import Seams
from tests.support.painter import COST_USD

SHAPE = [(1, 0), (0, 1), (1, 1), (2, 1), (0, 2), (2, 2), (0, 4)]


def flat(shade):
    return np.full((512, 512, 3), shade, np.uint8)


def measured(shade_of):
    seams = Seams(2)
    for q in SHAPE:
        seams.add(Quadrant(*q), flat(shade_of(q)))
    return seams


def test_every_edge_between_neighbors_is_measured_once():
    lines = measured(lambda _: 90).lines
    assert {(e.x, e.y) for e in lines if e.is_upright} == {(1, 1), (2, 1)}
    assert {(e.x, e.y) for e in lines if not e.is_upright} == {(1, 1), (0, 2), (2, 2)}
    assert len(lines) == 5
    assert {e.strength for e in lines} == {1.0}


def test_only_the_edges_of_an_odd_quadrant_are_seen():
    lines = measured(lambda q: 110 if q == (2, 1) else 90).lines
    assert {(e.x, e.y, e.is_upright) for e in lines if e.strength > 1.5} == {
        (2, 1, True),
        (2, 2, False),
    }


def test_one_quadrant_has_no_seams():
    seams = Seams(2)
    seams.add(Quadrant(0, 0), flat(1))
    assert set(seams.metrics().values()) == {None}


def test_the_worst_seam_is_told():
    found = measured(lambda q: 110 if q == (2, 1) else 90).metrics()
    assert 1 < found["seam_mean"] < found["seam_p99"] <= found["seam_worst"]


def test_a_map_of_the_built_in_artist_says_nothing_of_calls(town):
    assert infill_metrics(town.layer("generation")) == {}


def test_calls_and_costs_of_a_painted_map_are_summed_up(town, paint):
    paint()
    found = infill_metrics(town.layer("generation"))
    assert (found["infill_quadrants"], found["infill_calls"], found["infill_retries"]) == (16, 9, 0)
    assert found["infill_cost_usd"] == pytest.approx(9 * COST_USD)
    assert found["infill_drift"] == 0


def test_an_answer_used_again_is_not_counted_again(town, paint):
    paint()
    layer = town.layer("generation")
    first = infill_metrics(layer)
    layer.objects.remove(layer.row(1, 1).sha256)
    assert paint().made == 1
    assert infill_metrics(town.layer("generation")) == first


def test_the_report_draws_the_seams_of_a_painted_map(town, paint):
    paint()
    metrics = write_report(town)
    assert metrics["infill_calls"] == 9
    assert metrics["seam_mean"] <= metrics["seam_worst"] < 1.35
    assert (town.reports / "seams.png").stat().st_size > 0
