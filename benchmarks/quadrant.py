"""CPU time and seams of one quadrant, part by part.

    python benchmarks/quadrant.py                 the endless city, one core
    python benchmarks/quadrant.py SCENE           a scene that `isogen scene` made

Prints one JSON document: the median and worst CPU milliseconds of each part, the size
of the PNGs, and how many pixels of the quadrants differ from one picture drawn at once.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

import numpy as np

from isogen.geo.camera import Camera
from isogen.geo.grid import QUADRANT_PX
from isogen.image.png import encode_indexed
from isogen.mesh.assemble import LoadedCell, assemble, cells_near, faces_of
from isogen.mesh.cell import CellKey
from isogen.mesh.window import VOID_FACE, Window
from isogen.pixelart.paint import GUARD, paint
from isogen.pixelart.style import load_style
from isogen.render.draw import draw, load_cells
from isogen.render.raster import rasterize
from isogen.render.rgb import render_rgb
from isogen.scene.files import read_index
from isogen.scene.procedural.source import ProceduralSource
from isogen.scene.reader import SceneReader

T = TypeVar("T")
CITY_CAMERA = Camera(-15.0, 45.0, 300 / 1024, 2)
ROUNDS = 3


class Clock:
    """Collects the CPU milliseconds of named parts."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}

    def measure(self, name: str, work: Callable[[], T]) -> T:
        """Do some work, noting its time."""
        started = time.process_time()
        result = work()
        self.times.setdefault(name, []).append((time.process_time() - started) * 1e3)
        return result

    def report(self) -> dict[str, dict[str, float]]:
        """Return the median and the worst of each part."""
        return {
            name: {"median_ms": round(median(times), 2), "worst_ms": round(max(times), 2)}
            for name, times in self.times.items()
        }


@dataclass(frozen=True)
class City:
    """What is drawn."""

    camera: Camera
    cells: dict[CellKey, LoadedCell]

    @property
    def side(self) -> int:
        """Art pixels of a quadrant."""
        return QUADRANT_PX // self.camera.pixel_size


def endless_city() -> City:
    """Build 2 x 2 cells of the endless city and their neighbors."""
    source = ProceduralSource(CITY_CAMERA, seed=7)
    keys = [CellKey(i, j) for j in range(-1, 4) for i in range(-1, 3)]
    return City(CITY_CAMERA, load_cells({key: source.build(key) for key in keys}, CITY_CAMERA))


def city_of(folder: Path) -> City:
    """Load the cells of a scene that have shadows; its art pixels fill its quadrants."""
    view = read_index(folder).view
    camera = Camera(
        view["azimuth_deg"], view["elevation_deg"], view["m_per_px"], int(view["pixel_size"])
    )
    reader = SceneReader(folder, camera)
    lit = [key for key, cell in reader.index.cells.items() if cell.is_lit]
    return City(camera, {key: reader.load(key) for key in lit})


def draw_quadrant(clock: Clock, x: int, y: int, city: City) -> tuple[np.ndarray, int, int]:
    """Draw a quadrant; return its art, and the bytes of its two PNGs."""
    side, camera = city.side, city.camera
    around = side + 2 * GUARD
    window = Window(x * side - GUARD, y * side - GUARD, around, around)
    near = [city.cells[key] for key in cells_near(window, camera) if key in city.cells]
    scene = clock.measure("assemble", lambda: assemble(window, near, camera))
    ids = clock.measure("raster", lambda: rasterize(scene, camera))
    names = np.append(scene.names, np.int32(VOID_FACE))[ids]  # VOID_FACE is the last one
    clock.measure("faces_of", lambda: faces_of(window, names, near, camera))
    art = clock.measure("paint", lambda: paint(scene, ids, camera))
    render, colors = clock.measure("rgb", lambda: render_rgb(scene, camera, GUARD))
    palette = load_style("classic").palette("day").colors
    art_png = clock.measure("png", lambda: encode_indexed(art, palette, scale=camera.pixel_size))
    rgb_png = clock.measure("rgb_png", lambda: encode_indexed(render, colors))
    return art, len(art_png), len(rgb_png)


def main() -> None:
    """Measure and print."""
    city = city_of(Path(sys.argv[1])) if len(sys.argv) > 1 else endless_city()
    side, columns, rows = city.side, [k.i for k in city.cells], [k.j for k in city.cells]
    x0, x1 = 2 * min(columns) + 2, 2 * max(columns)
    y0, y1 = 2 * min(rows) + 2, 2 * max(rows)
    window = Window(x0 * side, y0 * side, (x1 - x0) * side, (y1 - y0) * side)
    whole = draw(window, city.cells, city.camera)
    draw_quadrant(Clock(), x0, y0, city)
    clock, differing, sizes = Clock(), 0, []
    for _ in range(ROUNDS):
        for y in range(y0, y1):
            for x in range(x0, x1):
                art, *pngs = draw_quadrant(clock, x, y, city)
                row, column = (y - y0) * side, (x - x0) * side
                same = whole[row : row + side, column : column + side]
                differing += int((art != same).sum())
                sizes.append(pngs)
    report = {
        "quadrants": len(sizes) // ROUNDS,
        "parts": clock.report(),
        "png_kb": [round(median(kind) / 1024, 1) for kind in zip(*sizes, strict=True)],
        "differing_px": differing,
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
