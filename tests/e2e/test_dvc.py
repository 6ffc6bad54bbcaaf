"""DVC runs the stages, and only those that something changed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import new_project, set_params, tree

pytestmark = pytest.mark.xdist_group("dvc")

ROOT = Path(__file__).parents[2]
COMMANDS = Path(sys.executable).parent


def dvc(folder, *arguments):
    path = f"{COMMANDS}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(COMMANDS / "dvc"), *arguments],
        cwd=folder, check=False, capture_output=True, text=True, env={**os.environ, "PATH": path},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_project_is_made_by_one_command_and_a_second_does_nothing(tmp_path, run):
    folder = new_project(tmp_path / "map", "{from: [1, 1], to: [2, 2]}")
    dvc(folder, "init", "--no-scm", "-q")
    dvc(folder, "repro", "-q")
    before = tree(folder, "data", "dvc.lock")
    metrics = json.loads(dvc(folder, "metrics", "show", "--json"))
    assert metrics[""]["data"]["data/reports/metrics.json"]["data"]["quadrants"] == 4
    assert "didn't change" in dvc(folder, "repro")
    assert tree(folder, "data", "dvc.lock") == before
    set_params(folder, "palette: day", "palette: autumn")
    told = dvc(folder, "repro")
    assert "Running stage 'generate'" in told
    assert "Running stage 'render'" not in told
    assert "Running stage 'scene'" not in told
    row = "2,2"
    assert run(folder, "generate", row, "--force").code == 0
    assert "up to date" in dvc(folder, "status").lower()
    dvc(folder, "plots", "show", "-o", str(tmp_path / "plots"))
    assert (tmp_path / "plots" / "index.html").is_file()


def test_the_demo_killed_halfway_comes_out_as_it_was_locked(tmp_path):
    """The whole of central Helsinki, killed and taken up, has the digests of dvc.lock."""
    for name in ("params.yaml", "dvc.yaml", "dvc.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    dvc(tmp_path, "init", "--no-scm", "-q")
    dvc(tmp_path, "repro", "-q", "render")
    kill_when(tmp_path, lambda: len(made_in(tmp_path, "generation")) >= 10)
    before = made_in(tmp_path, "generation")
    dvc(tmp_path, "repro", "-q")
    after = made_in(tmp_path, "generation")
    assert 10 <= len(before) < len(after) == 76
    assert after[: len(before)] == before
    assert len(set(after)) == len(after)
    assert (tmp_path / "dvc.lock").read_text() == (ROOT / "dvc.lock").read_text()


def kill_when(folder, is_time):
    """Start `dvc repro` and end it and all that it started with SIGKILL, in the middle."""
    path = f"{COMMANDS}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.Popen(
        [str(COMMANDS / "dvc"), "repro", "-q"],
        cwd=folder, env={**os.environ, "PATH": path}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 300
    while not is_time():
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


def made_in(folder, layer):
    """Return the quadrants that a layer's journal says were made, in order."""
    journal = folder / "data" / "journal" / f"{layer}.jsonl"
    whole = journal.read_bytes().rpartition(b"\n")[0] if journal.exists() else b""
    rows = [json.loads(line).get("row") for line in whole.splitlines()]
    return [(row["x"], row["y"]) for row in rows if row]
