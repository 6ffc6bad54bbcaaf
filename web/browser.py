# ruff: noqa: INP001  a script, run by its path
"""Find Chromium for the browser tests, or install it.

    python web/browser.py

Looks at ISOGEN_CHROMIUM, then for Playwright's own, then for chromium or chrome on PATH.
Without any, Playwright downloads its own; where that is not possible, apt-get installs
Debian's when this runs as root. Prints the path.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    named = os.environ.get("ISOGEN_CHROMIUM")
    if named:
        return named
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).is_file():
        return own
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def install_chromium() -> None:
    """Try both ways to install one; what fails says so itself."""
    own = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(own, check=False).returncode == 0:  # noqa: S603
        return
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        subprocess.run([apt, "update", "-q"], check=False)  # noqa: S603
        subprocess.run([apt, "install", "-y", "-q", "chromium"], check=False)  # noqa: S603


def main() -> int:
    """Make sure that there is a Chromium; return the exit code."""
    found = find_chromium()
    if found is None:
        install_chromium()
        found = find_chromium()
    if found is None:
        sys.stderr.write(
            "isogen: error: there is no Chromium for the browser tests\n"
            "hint: Run `playwright install chromium`, or set ISOGEN_CHROMIUM to one.\n"
        )
        return 1
    sys.stdout.write(f"{found}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
