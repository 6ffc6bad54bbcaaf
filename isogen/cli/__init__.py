"""The command line: one file per command group, no logic."""

import gc
import sys

from isogen.cli.app import run


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # Large maps are many small values without cycles: looking for cycles takes a fifth of the time.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    sys.exit(run(sys.argv[1:]))
