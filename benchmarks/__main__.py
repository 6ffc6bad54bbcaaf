"""Run the measurements of docs/benchmarks.md one after the other: ``python -m benchmarks``.

Each prints its own table. Run them on an otherwise idle machine.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCENE = HERE.parent / "data" / "scene"

RUNS = (
    ("demo.py",),
    ("quadrant.py",),
    ("quadrant.py", str(SCENE)),
    ("photo.py",),
    ("large_map.py",),
    ("large_infill.py",),
    ("plan.py",),
    ("store.py",),
    ("export.py",),
    ("infill.py",),
    ("quality.py",),
)


def main() -> int:
    """Run every benchmark; return the first exit code that is not 0."""
    failed = 0
    for script, *arguments in RUNS:
        print(f"\n== {script} {' '.join(arguments)}".rstrip(), flush=True)
        done = subprocess.run([sys.executable, str(HERE / script), *arguments], check=False)  # noqa: S603
        failed = failed or done.returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
