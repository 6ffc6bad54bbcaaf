"""A map is painted over HTTP by a driver that is killed twice: nothing is made again."""

import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager

import pytest

from isogen.cli.app import run as run_command
from isogen.stages.project import Project

from .conftest import new_project, set_params, tree

pytest.importorskip("uvicorn")
pytest.importorskip("httpx")
pytestmark = [pytest.mark.enable_socket, pytest.mark.slow, pytest.mark.xdist_group("e2e")]

REGION = "{from: [0, 0], to: [3, 3]}"
COMMAND = [sys.executable, "-c", "from isogen.cli import main; main()"]
JOBS = 2
PATIENCE_S = 120


@contextmanager
def serving(folder, log):
    """Run a server; give its address."""
    options = ["models", "serve", "--port", "0", "--log", str(log)]
    process = subprocess.Popen(
        [*COMMAND, "-C", str(folder), "-q", *options], stdout=subprocess.PIPE, text=True
    )
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_S)


def lines_of(log):
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def made_by(log):
    """Request keys of the pictures that a server made, in order."""
    return [line["key"] for line in lines_of(log) if line["event"] == "made"]


def use(folder, url):
    text = f"models: {{local: {{url: {url}, revision: one, concurrency: {JOBS}}}}}"
    set_params(folder, "models: {}", text)
    set_params(folder, "model: pixelart", "model: local")


def generate(folder):
    return subprocess.Popen([*COMMAND, "-C", str(folder), "generate"], stderr=subprocess.PIPE)


def kill_after(driver, log, count):
    """Kill a driver as soon as the server has made so many pictures."""
    until = time.monotonic() + PATIENCE_S
    while len(made_by(log)) < count and driver.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    was_working = driver.poll() is None
    driver.kill()
    driver.communicate()
    return was_working


def finish(driver):
    told = driver.communicate(timeout=PATIENCE_S)[1].decode()
    assert driver.returncode == 0, told
    return told


def painted(folder):
    """What was painted: the rows of the map, and every picture by its name."""
    files = tree(folder, "data/layers/generation/objects", "data/padding")
    pictures = {name: data for name, data in files.items() if name.endswith(".png")}
    return Project(folder).layer("generation").rows(), pictures


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    folder = new_project(tmp_path_factory.mktemp("rendered") / "map", REGION)
    for stage in ("source", "scene", "render"):
        assert run_command(["-C", str(folder), "-q", stage]) == 0
    return folder


def test_a_run_that_is_killed_twice_goes_on_and_asks_for_nothing_twice(rendered, tmp_path):
    killed, log = shutil.copytree(rendered, tmp_path / "killed"), tmp_path / "killed.jsonl"
    with serving(killed, log) as url:
        use(killed, url)
        assert [kill_after(generate(killed), log, count) for count in (2, 6)] == [True, True]
        finish(generate(killed))

    whole, other_log = shutil.copytree(rendered, tmp_path / "whole"), tmp_path / "whole.jsonl"
    with serving(whole, other_log) as url:
        use(whole, url)
        finish(generate(whole))

    made, calls = (
        Counter(made_by(log)),
        Counter(line["client_key"] for line in lines_of(log) if line["event"] == "called"),
    )
    assert made == Counter(set(made_by(other_log)))
    assert calls.total() <= made.total() + 2 * JOBS
    assert painted(killed) == painted(whole)
