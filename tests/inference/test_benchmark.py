"""The measurements for a GPU, tried on the CPU with the miniature."""

import json

import pytest

pytest.importorskip("torch", reason="torch is not installed")
pytest.importorskip("diffusers", reason="diffusers is not installed")

import torch

from benchmarks.qwen import main

pytestmark = pytest.mark.xdist_group("torch")


@pytest.fixture
def lines(capsys):
    def run(*arguments):
        torch.set_num_threads(1)
        assert main(["--tiny", *arguments]) == 0
        return {
            told["what"]: told for told in map(json.loads, capsys.readouterr().out.splitlines())
        }

    return run


def test_everything_is_measured_and_keeps_its_result(lines):
    told = lines()
    assert not [line for line in told.values() if "left_out" in line]
    distances = {what: line["distance"] for what, line in told.items() if "distance" in line}
    assert len(distances) == 5
    assert max(distances.values()) < 1e-4
    whole = told["sum of 14 steps, plain"]
    assert whole["guided_seconds"] > whole["seconds"] > 0


def test_what_no_time_is_left_for_is_named(lines):
    told = lines("--budget", "0")
    assert {line.get("left_out") for what, line in told.items() if what != "build"} == {
        "out of time"
    }
