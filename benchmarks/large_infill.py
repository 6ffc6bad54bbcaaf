"""Measure what looks at a large map that an infill model paints, before its first call.

    python benchmarks/large_infill.py [SIDE] [FOLDER]

Makes a project of SIDE x SIDE rendered quadrants (180: 32,400) with small pictures, as
``large_map.py`` does, and records what a model painted of it: nothing, then the first half of
its plan as a run that was stopped leaves it, then all. Each time it measures `isogen status`, the
plan, the estimate of `isogen plan`, and a run of `isogen generate` that may start no call.
"""

import gc
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import large_map
import numpy as np
from large_map import report

from isogen.digest import Digest, digest_of
from isogen.files import write_beside
from isogen.geo.grid import Quadrant
from isogen.image.png import encode_indexed
from isogen.plan.steps import PlannedStep, swept
from isogen.scene.reader import SceneReader
from isogen.stages.estimate import estimate
from isogen.stages.generate import paint_by_model
from isogen.stages.infill import InfillOptions
from isogen.stages.infill_brief import INFILL_MAKER
from isogen.stages.planning import keep_plan, plan_infill
from isogen.stages.project import Project
from isogen.stages.render import map_quadrants, render_steps
from isogen.stages.status import status_of
from isogen.store.row import Row, Status

MODEL = "bench"
SETTINGS = """
map: {{region: {{from: [0, 0], to: [{last}, {last}]}}}}
scene: {{source: procedural}}
store: {{durability: fast}}
generate: {{model: bench}}
models: {{bench: {{kind: http, url: 'http://127.0.0.1:9', prompt: a city, cost_usd: 0.01}}}}
"""


def main() -> None:
    """Make a large map and measure what looks at it, half painted and painted."""
    side = int(sys.argv[1]) if len(sys.argv) > 1 else 180
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)  # as the command line does
    root = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())  # noqa: PLR2004
    try:
        project = begin(root / "bench", side)
        plan = plan_infill(project)
        keep_plan(project, plan, is_whole=True)
        steps = [plan.steps[i] for i in swept(plan.steps)]
        half = len(steps) // 2
        measure(project.root, "nothing painted")
        record(project, steps[:half])
        measure(project.root, "half painted")
        record(project, steps[half:])
        measure(project.root, "painted")
    finally:
        shutil.rmtree(root / "bench", ignore_errors=True)


def begin(root: Path, side: int) -> Project:
    """Make the project with its scene and its renders."""
    made = large_map.begin(root, side)
    reader = SceneReader(made.scene, made.params.camera)
    large_map.fill(made, render_steps(reader, map_quadrants(made, reader)))
    write_beside(root / "params.yaml", SETTINGS.format(last=side - 1).encode())
    return Project(root)


def record(project: Project, steps: Sequence[PlannedStep]) -> None:
    """Record a small picture for every quadrant of steps, as a model would have painted them."""
    layer, renders = project.layer("generation"), project.layer("render")
    with layer.writing() as writer:
        for step in steps:
            own = [_digest(renders.row(*q)) for q in step.quadrants]
            seen = [_digest(layer.row(*q)) for q in step.placement.context]
            for quadrant in step.quadrants:
                row = painted(project, quadrant, (*own, *seen))
                measures = {"quadrants": len(step.quadrants), "tries": 1, "calls": 1}
                writer.record(row, seconds=1.0, cost_usd=0.01, measures=measures)


def painted(project: Project, quadrant: Quadrant, parents: tuple[Digest, ...]) -> Row:
    """Store a small picture and return the row that a run would record for it."""
    pixels = np.array([[quadrant.x & 255, quadrant.y & 255, 3, 4]], np.uint8)
    png = encode_indexed(pixels, np.arange(768, dtype=np.uint8).reshape(256, 3))
    digest = project.layer("generation").objects.put(png)
    told = digest_of(repr((quadrant, parents)).encode())
    return Row(
        *quadrant, digest, digest, 4, 1, len(png), told, INFILL_MAKER, MODEL, "bench@1",
        "a city", None, 42, told, parents, Status.OK, 0.0, 0.0,
    )  # fmt: skip


def measure(root: Path, what: str) -> None:
    """Look at a map as the commands do, each from nothing in memory."""
    print(f"\n{what}")
    project = Project(root)
    count = len(project.layer("render"))
    report("status", count, lambda: status_of(Project(root)))
    found = report("plan", count, lambda: plan_infill(Project(root)))
    model = project.params.infill_model(MODEL)
    layers = (project.layer("generation"), project.padding.layer("generation"))
    report("estimate", count, lambda: estimate(found.steps, MODEL, model, layers))
    report("generate, no call", count, lambda: no_call(Project(root)))
    print(f"{len(found.steps)} calls are left, continued: {found.is_continued}")


def no_call(project: Project) -> None:
    """Run up to the first call, and end."""
    paint_by_model(project, MODEL, options=InfillOptions(limit=0))


def _digest(row: Row | None) -> Digest:
    assert row is not None  # noqa: S101  it was recorded before
    return row.sha256


if __name__ == "__main__":
    main()
