"""Measure planning, status and verify of a large map.

    python benchmarks/large_map.py [SIDE] [FOLDER]

Makes a project of SIDE x SIDE quadrants (180: 32,400) whose scene is an index of
cells with made-up digests and whose three layers hold small pictures, then measures
what looks at all of them. FOLDER is where it is made (a temporary one, removed).
"""

import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from isogen.digest import Digest, digest_of
from isogen.files import Durability, write_beside
from isogen.image.png import encode_indexed
from isogen.mesh.cell import CellKey, cell_box
from isogen.params import Params, params_yaml
from isogen.scene.files import CellRecord, SceneIndex, cell_path, index_path
from isogen.scene.reader import SceneReader, view_of
from isogen.stages.generate import generate_steps
from isogen.stages.project import PARAMS_FILE, Project
from isogen.stages.quadrants import Step
from isogen.stages.render import map_quadrants, render_steps
from isogen.stages.scene_plan import cell_recipes, homes_of, plan_cells
from isogen.stages.source import import_source
from isogen.stages.status import status_of
from isogen.stages.verify import verify_project
from isogen.store.row import Row, Status

T = TypeVar("T")
TOP = 60
"""Rises of the highest house of a cell."""


def main() -> None:
    """Make a large map and measure what looks at it."""
    side = int(sys.argv[1]) if len(sys.argv) > 1 else 180
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)  # as the command line does
    root = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())  # noqa: PLR2004
    try:
        measure(begin(root / "bench", side))
    finally:
        shutil.rmtree(root / "bench", ignore_errors=True)


def begin(root: Path, side: int) -> Project:
    """Make the project, its source and the index of its scene."""
    params = Params.model_validate(
        {
            "map": {"region": {"from": [0, 0], "to": [side - 1, side - 1]}},
            "scene": {"source": "procedural"},
            "store": {"durability": "fast"},
        }
    )
    write_beside(root / PARAMS_FILE, params_yaml(params).encode())
    project = Project(root)
    import_source(project)
    keys = sorted(plan_cells(project).border)
    recipes = cell_recipes(project, keys)
    cells = {key: cell_record(params, key, recipes[key]) for key in keys}
    for key in keys:
        write_beside(cell_path(project.scene, key), b"", durability=Durability.FAST)
    view = view_of(params.camera)
    homes = homes_of(keys, None)
    index = SceneIndex("scene-procedural/1", view, ("nobody",), (), homes, cells)
    write_beside(index_path(project.scene), index.to_json())
    return project


def cell_record(params: Params, key: CellKey, recipe: Digest) -> CellRecord:
    """Return what an index would say of a cell."""
    digest = digest_of(repr(key).encode())
    x0, y0, x1, y1 = cell_box(key, params.camera)
    seen = tuple((2 * key.i + a, 2 * key.j + b) for b in (-1, 0, 1) for a in (-1, 0, 1, 2))
    box = (x0 - 20, y0 - TOP, x1 + 20, y1)
    return CellRecord(key, recipe, digest, digest, digest, box, TOP, 5000, seen)


def measure(project: Project) -> None:
    """Plan, fill the layers with what was planned, look at everything."""
    reader = SceneReader(project.scene, project.params.camera)
    quadrants = report("list the quadrants", 1, lambda: map_quadrants(project, reader))
    steps = report("plan render", len(quadrants), lambda: render_steps(reader, quadrants))
    fill(project, steps)
    faces = project.layer("faces")
    painted = report("plan generate", len(quadrants), lambda: generate_steps(project, faces, steps))
    fill(project, painted)
    status = report("status, all of it", len(quadrants), lambda: status_of(Project(project.root)))
    if not status.is_complete:
        sys.exit(f"the map should be complete: {status}")
    report("verify, 3 layers", 3 * len(quadrants), lambda: list(verify_layers(project)))


def verify_layers(project: Project) -> list[str]:
    """Return the faults of the layers; the made-up cells have no files."""
    return [p.what for p in verify_project(project) if p.where.startswith("layer")]


def fill(project: Project, steps: Sequence[Step]) -> None:
    """Record a small picture for every step, as the stages would."""
    names = {o.layer for s in steps for o in s.outputs}
    layers = {name: project.layer(name) for name in sorted(names)}
    for name, layer in layers.items():
        with layer.writing() as writer:
            for step in steps:
                output = next(o for o in step.outputs if o.layer == name)
                q = step.job.quadrant
                pixels = np.array([[q.x & 255, q.y & 255, 1, 2]], np.uint8)
                png = encode_indexed(pixels, np.arange(768, dtype=np.uint8).reshape(256, 3))
                digest = layer.objects.put(png)
                row = Row(
                    q.x, q.y, digest, digest, 4, 1, len(png), output.recipe, output.maker,
                    output.model, None, None, None, None, None, output.parents,
                    Status.OK, 0.0, 0.0,
                )  # fmt: skip
                writer.record(row, seconds=0.0)


def report(what: str, count: int, act: Callable[[], T]) -> T:
    """Print how long an act took, and how long for each of ``count`` things."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = act()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{what:<22} {count:>8}  {cpu:8.2f} CPU s  {wall:8.2f} s")
    return result


if __name__ == "__main__":
    main()
