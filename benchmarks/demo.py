"""Measure the whole of central Helsinki, stage by stage: ``python benchmarks/demo.py``.

Every stage runs in a process of its own, as DVC runs it, with nothing made before and
without any compiled kernels; then once more, with everything done. Prints wall seconds,
CPU seconds of all its processes, and the most memory that one of them held.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = [sys.executable, "-c", "from isogen.cli import main; main()"]
STAGES = (
    ["source"],
    ["scene"],
    ["render"],
    ["generate"],
    ["export", "dzi"],
    ["export", "site"],
    ["report"],
    ["status"],
    ["verify"],
)


def main() -> None:
    """Make the map twice in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NUMBA_CACHE_DIR"] = str(Path(folder) / "kernels")
        project = Path(folder) / "map"
        run(project, ["init", "helsinki"])
        for round_ in ("first", "second"):
            print(f"{round_ + ' run':<14} {'wall s':>8} {'CPU s':>8} {'MB':>6}")
            started = time.perf_counter()
            for stage in STAGES:
                report(project, stage)
            print(f"{'all':<14} {time.perf_counter() - started:>8.1f}")


def report(project: Path, stage: list[str]) -> None:
    """Run a stage in a child of a child, so that its memory is its own."""
    read, write = os.pipe()
    if os.fork() == 0:
        started = time.perf_counter()
        run(project, stage)
        wall = time.perf_counter() - started
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        line = f"{wall:>8.1f} {used.ru_utime + used.ru_stime:>8.1f} {used.ru_maxrss / 1024:>6.0f}"
        os.write(write, line.encode())
        os._exit(0)
    os.wait()
    os.close(write)
    print(f"{' '.join(stage):<14} {os.read(read, 200).decode()}", flush=True)
    os.close(read)


def run(project: Path, arguments: list[str]) -> None:
    """Run one command; end the benchmark when it fails."""
    command = [*COMMAND, "-C", str(project), "-q", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")


if __name__ == "__main__":
    main()
