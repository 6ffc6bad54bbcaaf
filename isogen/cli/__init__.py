"""The command line: one file per command group, no logic."""

import sys

from isogen.cli.app import run


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))
