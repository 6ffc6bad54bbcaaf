"""Paint the demo through the infill engine, with the built-in artist behind the wire.

    python benchmarks/infill_demo.py [PROJECT] [OUT]

PROJECT (the current folder when left out) is a map that is rendered. Its scene and renders are
copied to OUT/infill and OUT/direct (build/demo-infill). The first is painted by an inference
server on this machine, template by template; the second directly, with ``source: render``.
What an earlier run painted stays: interrupt it, and go on. Prints one JSON document: how many
pixels differ and where, how visible the seams are, what the server did in all runs.
"""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from isogen.geo.grid import QUADRANT_PX, Quadrant
from isogen.image.decode import decode_picture
from isogen.stages.project import Project
from isogen.store.events import Made

COMMAND = [sys.executable, "-c", "from isogen.cli import main; main()"]
TAKEN = ("sources", "scene", "layers/faces", "layers/render")
JOURNALS = ("faces.jsonl", "render.jsonl")
REACH_PX = 32
"""How far from its edges an infill may differ: what the artist looks at, and the border."""


def main() -> None:
    """Paint both ways and compare."""
    signal.signal(signal.SIGTERM, end_on)
    given = [Path(text) for text in sys.argv[1:]]
    origin, out = [*given, *(Path(), Path("build/demo-infill"))[len(given) :]]
    if not (origin / "data/layers/render").is_dir():
        sys.exit(f"{origin.resolve()} is not rendered yet: run `make demo` first")
    direct, infill = out / "direct", out / "infill"
    copy_map(origin, direct, ("source: faces", "source: render"), ("model: .*", "model: pixelart"))
    isogen(direct, "generate")
    log = infill / "server.jsonl"
    copy_map(origin, infill, ("model: .*", "model: local"))
    with serving(infill, log) as (url, revision):
        entry = f"models: {{local: {{url: {url}, revision: {revision}}}}}"
        change(infill / "params.yaml", (r"models:(?: \{.*\}|(?:\n +.*)+)", entry))
        started = time.monotonic()
        isogen(infill, "generate")
        seconds = time.monotonic() - started
        isogen(infill, "report")
    told = {**compared(infill, direct), **seams_of(infill), **served(log)}
    print(json.dumps({**told, "seconds": round(seconds, 1)}, indent=2))
    look = f"isogen -C {infill} export site && isogen -C {infill} view"
    print(f"Look at it: {look}", file=sys.stderr)


def copy_map(origin: Path, folder: Path, *changes: tuple[str, str]) -> None:
    """Copy what is made before the art; what is painted there already stays."""
    for part in TAKEN:
        shutil.rmtree(folder / "data" / part, ignore_errors=True)
        shutil.copytree(origin / "data" / part, folder / "data" / part)
    (folder / "data/journal").mkdir(exist_ok=True)
    for name in JOURNALS:
        (folder / "data/journal" / name).unlink(missing_ok=True)
        if (origin / "data/journal" / name).is_file():
            shutil.copy(origin / "data/journal" / name, folder / "data/journal" / name)
    shutil.copy(origin / "params.yaml", folder / "params.yaml")
    change(folder / "params.yaml", *changes)


def change(path: Path, *changes: tuple[str, str]) -> None:
    """Replace the first match of each pattern, which must be there."""
    text = path.read_text("utf-8")
    for pattern, put in changes:
        text, count = re.subn(rf"(?m)^( *){pattern}$", rf"\g<1>{put}", text, count=1)
        if not count:
            sys.exit(f"{path} has no line {pattern!r}")
    path.write_text(text, "utf-8")


def isogen(folder: Path, *arguments: str) -> None:
    """Run one command; end with its exit code when it fails.

    Ctrl-C reaches the command too: it is left the time to take home what it has asked for.
    """
    process = subprocess.Popen([*COMMAND, "-C", str(folder), *arguments])  # noqa: S603
    try:
        code = process.wait()
    except KeyboardInterrupt:
        code = process.wait()
    except SystemExit:
        process.send_signal(signal.SIGINT)  # it takes home what it has asked for
        process.wait()
        raise
    if code:
        sys.exit(code)


def end_on(number: int, _: FrameType | None) -> NoReturn:
    """End, and so end the server, when the process is told to."""
    sys.exit(128 + number)


@contextmanager
def serving(folder: Path, log: Path) -> Generator[tuple[str, str]]:
    """Run a server on a free port; give its endpoint and its revision."""
    options = ["models", "serve", "--port", "0", "--log", str(log)]
    process = subprocess.Popen(  # noqa: S603
        [*COMMAND, "-C", str(folder), "-q", *options], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None  # noqa: S101  a pipe was asked for
        url = process.stdout.readline().strip()
        if not url:
            sys.exit("the server did not start")
        with urllib.request.urlopen(url.rpartition("/")[0] + "/health") as answer:  # noqa: S310
            yield url, json.load(answer)["revision"]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def compared(infill: Path, direct: Path) -> dict[str, float | int]:
    """Return how the pixels of the two maps differ."""
    one, other = pictures(infill), pictures(direct)
    near_edge = np.ones((QUADRANT_PX, QUADRANT_PX), np.bool_)
    near_edge[REACH_PX:-REACH_PX, REACH_PX:-REACH_PX] = False
    differs = {q: (one[q] != other[q]).any(axis=2) for q in one.keys() & other.keys()}
    changed = sum(int(d.sum()) for d in differs.values())
    return {
        "quadrants": len(differs),
        "missing": len(one.keys() ^ other.keys()),
        "differing_percent": round(100 * changed / (len(differs) * near_edge.size), 3),
        "differing_far_from_edges": sum(int((d & ~near_edge).sum()) for d in differs.values()),
    }


def pictures(folder: Path) -> dict[Quadrant, NDArray[np.uint8]]:
    """Return the generation of every quadrant."""
    layer = Project(folder).layer("generation")
    most = QUADRANT_PX * QUADRANT_PX
    return {
        Quadrant(row.x, row.y): decode_picture(layer.objects.get(row.sha256), max_pixels=most)
        for row in layer.rows()
    }


def seams_of(folder: Path) -> dict[str, float]:
    """Return how visible the seams are; 1 is invisible."""
    records = Project(folder).layer("generation").history()
    events = [r.event for r in records if isinstance(r.event, Made)]
    seams = {m["request_key"]: m["seam"] for e in events if (m := e.measures) and m["seam"]}
    values = [float(seam) for seam in seams.values()]
    return {"mean_seam": round(float(np.mean(values)), 3), "worst_seam": round(max(values), 3)}


def served(log: Path) -> dict[str, int]:
    """Return what the server did in all runs."""
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    made = Counter(line["key"] for line in lines if line["event"] == "made")
    calls = sum(line["event"] == "called" for line in lines)
    return {"calls": calls, "made": made.total(), "made_twice": made.total() - len(made)}


if __name__ == "__main__":
    main()
