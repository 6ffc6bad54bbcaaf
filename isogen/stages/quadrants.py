"""Makes the quadrants of layers: look up, decide, make, store, record, item by item."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from isogen.digest import Digest
from isogen.errors import DataError, ObjectMissingError
from isogen.geo.grid import Quadrant
from isogen.run.local import run_each, worker_count
from isogen.stages.project import Project, Reporter
from isogen.stages.quadrant_work import Made, QuadrantJob, QuadrantResult, start_worker
from isogen.store.layer import LayerStore
from isogen.store.row import Row, Status
from isogen.store.writer import LayerWriter

_QUADRANTS_PER_WORKER = 96
"""A process takes a second to start: it must have this much to do."""


@dataclass(frozen=True)
class Output:
    """What a step puts into one layer."""

    layer: str
    maker: str
    recipe: Digest
    parents: tuple[Digest, ...]
    model: str | None = None
    """Name of the model that made it; absent for what is drawn."""


@dataclass(frozen=True)
class Step:
    """One quadrant to make, unless its recipes are done."""

    job: QuadrantJob
    outputs: tuple[Output, ...]


@dataclass(frozen=True)
class Summary:
    """What a run over quadrants came to."""

    total: int
    made: int
    reused: int
    """Taken from objects that an earlier recipe had made."""

    dropped: int
    """Rows that left the map."""

    bytes: int
    """Size of what was made."""


@dataclass(frozen=True)
class Request:
    """Which steps to run, and how."""

    steps: Sequence[Step]
    function: Callable[[QuadrantJob], QuadrantResult]
    what: str
    """Name of the task for people."""

    keep_others: bool
    """Whether rows of quadrants without a step stay: True for single quadrants."""

    jobs: int = 0
    force: bool = False
    """Make also what is done."""

    limit: int | None = None
    """Most steps to run."""


def is_done(layers: dict[str, LayerStore], step: Step) -> bool:
    """Tell whether every output of a step is in its layer, made by the same recipe."""
    q = step.job.quadrant
    for output in step.outputs:
        store = layers[output.layer]
        row = store.row(q.x, q.y)
        if row is None or row.recipe != output.recipe or not store.objects.has(row.sha256):
            return False
    return True


def drawn_row(layer: LayerStore, step: Step) -> Row:
    """Return the row of a quadrant in a drawn layer, if it is of the scene as it is.

    Raises:
        ObjectMissingError: It is not rendered yet.
        DataError: It was rendered from an earlier scene.
    """
    quadrant = step.job.quadrant
    row = layer.row(quadrant.x, quadrant.y)
    if row is None:
        raise ObjectMissingError(
            f"quadrant {quadrant} is not rendered yet", hint="Run `isogen render` first."
        )
    if all(row.recipe != output.recipe for output in step.outputs):
        raise DataError(
            f"the render of quadrant {quadrant} is not of the scene as it is now",
            hint="Run `isogen render` again.",
        )
    return row


def run_steps(project: Project, request: Request, reporter: Reporter) -> Summary:
    """Run the steps that are not done and record each as soon as its objects are stored.

    Raises:
        LockedError: Another process writes one of the layers.
        StorageError: The disk refused; what was recorded stays.
    """
    names = list(dict.fromkeys(o.layer for s in request.steps for o in s.outputs))
    layers = {name: project.layer(name) for name in names}
    with ExitStack() as stack:
        writers = {n: stack.enter_context(layers[n].writing()) for n in names}
        todo = [s for s in request.steps if request.force or not is_done(layers, s)]
        todo = todo[: request.limit]
        reused = [] if request.force else [s for s in todo if _reuse(layers, writers, s)]
        again = {id(s) for s in reused}
        work = [s for s in todo if id(s) not in again]
        size = _make(project, request, work, writers, reporter)
        dropped = 0 if request.keep_others else _drop_others(layers, writers, request.steps)
    return Summary(len(request.steps), len(work), len(reused), dropped, size)


def _make(
    project: Project,
    request: Request,
    work: Sequence[Step],
    writers: dict[str, LayerWriter],
    reporter: Reporter,
) -> int:
    steps = {s.job.quadrant: s for s in work}
    size = 0
    reporter.begin(request.what, len(work))
    for done in run_each(
        request.function,
        [s.job for s in work],
        workers=worker_count(request.jobs, len(work), _QUADRANTS_PER_WORKER),
        start=start_worker,
        start_args=(project.params, project.scene, project.root / project.kept_in, project.styles),
    ):
        step = steps[done.job.quadrant]
        place = project.params.projection.to_latlng(*done.job.quadrant.anchor)
        for made in done.result.made:
            output = next(o for o in step.outputs if o.layer == made.layer)
            row = _row(done.job.quadrant, output, made, place)
            writers[made.layer].record(row, seconds=done.result.seconds)
            size += made.bytes
        reporter.advance()
    reporter.end()
    return size


def _row(quadrant: Quadrant, output: Output, made: Made, place: tuple[float, float]) -> Row:
    return Row(
        x=quadrant.x,
        y=quadrant.y,
        sha256=made.sha256,
        pixels_sha256=made.pixels_sha256,
        width=made.width,
        height=made.height,
        bytes=made.bytes,
        recipe=output.recipe,
        maker=output.maker,
        model=output.model,
        revision=None,
        prompt=None,
        negative_prompt=None,
        seed=None,
        template_sha256=None,
        parents=output.parents,
        status=Status.OK,
        lat=place[0],
        lng=place[1],
    )


def _reuse(layers: dict[str, LayerStore], writers: dict[str, LayerWriter], step: Step) -> bool:
    """Take objects that the same recipes made before; True when all outputs could."""
    q = step.job.quadrant
    rows = [layers[o.layer].find(o.recipe) for o in step.outputs]
    if any(row is None or (row.x, row.y) != q for row in rows):
        return False
    for output, row in zip(step.outputs, rows, strict=True):
        if row is not None:
            writers[output.layer].record(row, seconds=0.0)
    return True


def _drop_others(
    layers: dict[str, LayerStore], writers: dict[str, LayerWriter], steps: Iterable[Step]
) -> int:
    kept = {s.job.quadrant for s in steps}
    dropped = 0
    for name, writer in writers.items():
        others = [(r.x, r.y) for r in layers[name].rows() if (r.x, r.y) not in kept]
        if others:
            writer.drop(others)
        dropped += len(others)
    return dropped
