"""The measures of a finished map."""

import json

import pytest

from .conftest import make, set_params

pytestmark = pytest.mark.xdist_group("e2e")


def measures(run, folder):
    found = run(folder, "report", "--json")
    assert found.code == 0, found.err
    return json.loads(found.out)


def test_a_real_map_keeps_what_pixel_art_promises(map_copy, run):
    found = measures(run, map_copy)
    assert (found["quadrants"], found["uniform_blocks"], found["colors_fit"]) == (9, 1.0, True)
    assert found["outlined"] > 0.9
    assert found["outline_continuity"] > 0.9
    assert found["empty_ground"] < 0.05
    assert 0 < found["inferred_heights"] < 1
    assert 0 < found["inferred_types"] < 1
    assert json.loads((map_copy / "data/reports/metrics.json").read_text()) == found


def test_an_invented_city_infers_nothing(tmp_path, run):
    folder = tmp_path / "invented"
    assert run(folder, "init").code == 0
    set_params(folder, "source: osm", "source: procedural")
    set_params(folder, "region: source", "region: {from: [2, 2], to: [2, 2]}")
    found = measures(run, make(folder))
    assert [found[k] for k in ("buildings", "inferred_heights", "inferred_types")] == [None] * 3
    assert found["outlined"] > 0.9
