"""A map is painted over HTTP by a driver that is stopped on its way: nothing is made again."""

import secrets
import shutil
import signal
from collections import Counter

import pytest

from isogen.cli.app import run as run_command
from tests.support.served import AT_ONCE, Driver, paint_by, painted, serving

from .conftest import new_project

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("e2e")]

STEPS = 9
"""Of a map of 4 x 4: runs of 1, 2 and 1 along each side."""


def kill(folder, server, made):
    """Kill a run once the server has painted so many pictures."""
    assert Driver(folder).hit(signal.SIGKILL, server, made)[0] == -signal.SIGKILL


def finish(folder):
    code, told = Driver(folder).end()
    assert code == 0, told


def assert_nothing_is_made_twice(server):
    """Only calls that were in flight when a run was killed may be asked for again."""
    assert Counter(server.made) == Counter(set(server.made))
    assert sum(share != "ran" for share in server.shares) <= 2 * AT_ONCE


def test_a_run_that_is_killed_twice_and_interrupted_comes_to_the_same_bytes(
    town_copy, whole_town, tmp_path
):
    with serving(town_copy, tmp_path / "server.jsonl") as server:
        paint_by(town_copy, server.url)
        kill(town_copy, server, 2)
        code, told = Driver(town_copy).hit(signal.SIGINT, server, 4)
        assert code == 130
        assert "interrupted" in told
        assert len(server.made) < STEPS - 1
        kill(town_copy, server, STEPS - 2)
        finish(town_copy)
    assert_nothing_is_made_twice(server)
    assert sorted(server.made) == sorted(whole_town.server.made)
    assert painted(town_copy) == painted(whole_town.folder)


@pytest.mark.slow
def test_an_interrupted_run_takes_home_what_was_in_flight(town_copy, tmp_path):
    with serving(town_copy, tmp_path / "server.jsonl") as server:
        paint_by(town_copy, server.url)
        assert Driver(town_copy).hit(signal.SIGINT, server, 3)[0] == 130
        finish(town_copy)
    assert server.shares == ["ran"] * STEPS


@pytest.mark.slow
def test_a_real_map_is_painted_alike_however_often_it_is_killed(tmp_path):
    rendered = new_project(tmp_path / "rendered", "{from: [0, 0], to: [3, 3]}")
    for stage in ("source", "scene", "render"):
        assert run_command(["-C", str(rendered), "-q", stage]) == 0
    whole, killed = (shutil.copytree(rendered, tmp_path / name) for name in ("whole", "killed"))
    with serving(whole, tmp_path / "whole.jsonl") as other:
        paint_by(whole, other.url)
        finish(whole)
    with serving(killed, tmp_path / "killed.jsonl") as server:
        paint_by(killed, server.url)
        counts = sorted(secrets.SystemRandom().sample(range(1, STEPS - AT_ONCE), 2))
        for made in counts:
            kill(killed, server, made)
        finish(killed)
    assert_nothing_is_made_twice(server)
    assert painted(killed) == painted(whole), f"killed at {counts}"
    assert sorted(server.made) == sorted(other.made)
