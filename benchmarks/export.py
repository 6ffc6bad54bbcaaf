"""Measure the export on synthetic art: ``python benchmarks/export.py [SIDE] [FOLDER]``.

Prints a table. A map has SIDE x SIDE quadrants (32); FOLDER is where it is made (a
temporary folder, removed afterwards). Measured are a whole Deep Zoom picture, the same
again, and again with ten quadrants changed.
"""

import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from isogen.digest import digest_of
from isogen.export.build import build_tiles
from isogen.export.dzi import deep_zoom
from isogen.export.folder import write_folder
from isogen.export.picture import Codec
from isogen.export.pyramid import Leaf, plan_pyramid
from isogen.geo.grid import Quadrant
from isogen.image.png import encode_indexed
from isogen.seeds import Stream

SIDE = 32
CHANGED = 10
COLORS = 160
ART_PX = 256
PATTERNS = 64
"""Different quadrants; every place shifts one of them, so that no two are equal."""

BLOCK = 8


def main() -> None:
    """Make a map, then measure each export of it."""
    side = int(sys.argv[1]) if len(sys.argv) > 1 else SIDE
    root = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())  # noqa: PLR2004
    try:
        measure(root / "bench", side)
    finally:
        shutil.rmtree(root / "bench", ignore_errors=True)


def measure(root: Path, side: int) -> None:
    """Measure a whole export, the same again, and one after a few changes."""
    patterns = [pattern(number) for number in range(PATTERNS)]
    leaves = {
        Quadrant(x, y): put(root, patterns, y * side + x) for y in range(side) for x in range(side)
    }
    export(f"all of {side * side}", root, leaves)
    export("nothing changed", root, leaves)
    stream = Stream(CHANGED)
    for number in range(CHANGED):
        place = Quadrant(stream.below(side), stream.below(side))
        leaves[place] = put(root, patterns, side * side + number)
    export(f"{CHANGED} changed", root, leaves)


def export(what: str, root: Path, leaves: dict[Quadrant, Leaf]) -> None:
    """Export once and print what it cost."""
    cpu, wall = time.process_time(), time.perf_counter()
    zoom = deep_zoom(plan_pyramid(leaves, root / "cache", Codec.PNG))
    made = build_tiles(zoom.stages)
    write_folder(zoom.files(), root / "dzi")
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:18} {cpu:8.2f} CPU-s {wall:8.2f} s {made:6} tiles made, peak {peak} MB")


def pattern(seed: int) -> np.ndarray:
    """Return art of small blocks: about as many colors and edges as the real one."""
    stream = Stream(seed)
    cells = ART_PX // BLOCK
    base = np.array([stream.below(COLORS) for _ in range(cells * cells)], np.uint8)
    art = np.repeat(np.repeat(base.reshape(cells, cells), BLOCK, axis=0), BLOCK, axis=1)
    rows, columns = np.mgrid[0:ART_PX, 0:ART_PX]
    return ((art + (rows // 2 + columns) % 3) % COLORS).astype(np.uint8)


def put(root: Path, patterns: list[np.ndarray], number: int) -> Leaf:
    """Write a quadrant of its own."""
    art = np.roll(patterns[number % PATTERNS], number // PATTERNS, axis=1)
    ramp = np.arange(COLORS)
    palette = np.stack([ramp, 255 - ramp, ramp * 37 % 256], axis=1).astype(np.uint8)
    data = encode_indexed(art, palette, scale=2)
    path = root / "objects" / f"{digest_of(data)}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Leaf(digest_of(data), path)


if __name__ == "__main__":
    main()
