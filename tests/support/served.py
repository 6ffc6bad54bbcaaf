"""Maps that are painted by a server and a driver in processes of their own."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from isogen.stages.project import Project

COMMAND = [sys.executable, "-c", "from isogen.cli import main; main()"]
AT_ONCE = 2
PATIENCE_S = 120
_LOOK_S = 0.005


@dataclass(frozen=True)
class Server:
    """The built-in artist behind the wire, as `isogen models serve` starts it."""

    url: str
    log: Path

    @property
    def made(self) -> list[str]:
        """Keys of the pictures that were painted, in order."""
        return [line["key"] for line in self._lines("made")]

    @property
    def shares(self) -> list[str]:
        """What became of each call that was taken: ran, joined or remembered."""
        return [line["share"] for line in self._lines("called") if line["share"]]

    def _lines(self, event):
        text = self.log.read_text() if self.log.exists() else ""
        lines = [json.loads(line) for line in text.splitlines(keepends=True) if line[-1] == "\n"]
        return [line for line in lines if line["event"] == event]


@contextmanager
def serving(folder: Path, log: Path) -> Generator[Server]:
    """Run a server with the settings of a map."""
    options = ["models", "serve", "--port", "0", "--log", str(log)]
    process = subprocess.Popen(
        [*COMMAND, "-C", str(folder), "-q", *options], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield Server(process.stdout.readline().strip(), log)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE_S)


def paint_by(folder: Path, url: str) -> None:
    """Set the model of a map that has none yet."""
    path = folder / "params.yaml"
    entry = f"models: {{local: {{url: {url}, revision: one, concurrency: {AT_ONCE}}}}}"
    before = path.read_text()
    after = before.replace("models: {}", entry).replace("model: pixelart", "model: local")
    assert entry in after
    path.write_text(after)


class Driver:
    """A run of `isogen generate`."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [*COMMAND, "-C", str(folder), "generate"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip

    def hit(self, how: signal.Signals, server: Server, made: int) -> tuple[int, str]:
        """Send a signal once the server has painted so many; give exit code and what was told."""
        until = time.monotonic() + PATIENCE_S
        while len(server.made) < made and time.monotonic() < until:
            assert self._process.poll() is None, "it ended before it was hit"
            time.sleep(_LOOK_S)
        self._process.send_signal(how)
        return self.end()

    def end(self) -> tuple[int, str]:
        """Wait for the end; give exit code and what was told."""
        told = self._process.communicate(timeout=PATIENCE_S)[1].decode()
        return self._process.returncode, told


def painted(folder: Path) -> tuple[object, ...]:
    """Return all that was painted: the rows of the map, and every picture by its name."""
    roots = [folder / "data/layers/generation/objects", folder / "data/padding"]
    paths = sorted(path for root in roots for path in root.rglob("*.png"))
    pictures = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return tuple(Project(folder).layer("generation").rows()), pictures
