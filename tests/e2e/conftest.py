"""A tiny real map: nine quadrants of central Helsinki, made once and copied where it is changed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest

from isogen.cli.app import run as run_command
from tests.support.served import Server, paint_by, serving
from tests.support.town import render_town

REGION = "{from: [1, 1], to: [3, 3]}"
"""Cathedral, university and Senate Square."""


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capfd):
    """Run a command line in this process: exit code and both streams."""

    def run(folder: Path, *arguments: str) -> Outcome:
        capfd.readouterr()
        code = run_command(["-C", str(folder), *arguments])
        streams = capfd.readouterr()
        return Outcome(code, streams.out, streams.err)

    return run


def isogen(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process of its own."""
    command = [sys.executable, "-c", "from isogen.cli import main; main()", "-C", str(folder)]
    return subprocess.run(
        [*command, *arguments],
        check=False, capture_output=True, text=True, env={**os.environ, **environment},
    )  # fmt: skip


def set_params(folder: Path, old: str, new: str) -> None:
    path = folder / "params.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def new_project(folder: Path, region: str = REGION) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    assert run_command(["-C", str(folder), "-q", "init", "helsinki", "--azimuth=-15"]) == 0
    set_params(folder, "region: source", f"region: {region}")
    return folder


STAGES = (["source"], ["scene"], ["render"], ["generate"])


def make(folder: Path, *options: str) -> Path:
    for stage in STAGES:
        extra = [] if stage == ["source"] else list(options)
        assert run_command(["-C", str(folder), "-q", *stage, *extra]) == 0
    return folder


@pytest.fixture(scope="session")
def made_map(tmp_path_factory) -> Path:
    """A finished map that nobody may change."""
    return make(new_project(tmp_path_factory.mktemp("map")))


@pytest.fixture
def map_copy(made_map, tmp_path) -> Path:
    """A finished map to change."""
    return Path(shutil.copytree(made_map, tmp_path / "map"))


@dataclass(frozen=True)
class PaintedTown:
    folder: Path
    server: Server
    """That painted it, and still runs."""


@pytest.fixture(scope="session")
def rendered_town(tmp_path_factory) -> Path:
    """A map of 4 x 4 quadrants that only has to be painted; nobody may change it."""
    return render_town(tmp_path_factory.mktemp("town") / "map", -2, 1)


@pytest.fixture(scope="session")
def whole_town(rendered_town, tmp_path_factory) -> Generator[PaintedTown]:
    """The map, painted by a server in one go; nobody may change it."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(rendered_town, folder / "map")
    with serving(folder / "map", folder / "server.jsonl") as server:
        paint_by(folder / "map", server.url)
        assert run_command(["-C", str(folder / "map"), "-q", "generate"]) == 0
        yield PaintedTown(folder / "map", server)


@pytest.fixture
def town_copy(rendered_town, tmp_path) -> Path:
    """The rendered map, to be painted."""
    return Path(shutil.copytree(rendered_town, tmp_path / "map"))


def tree(folder: Path, *parts: str) -> dict[str, bytes]:
    """Return every file below some folders of a project, by name."""
    roots = [folder / part for part in parts]
    files = [p for root in roots for p in (root.rglob("*") if root.is_dir() else [root])]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(files) if p.is_file()}
