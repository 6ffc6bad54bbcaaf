"""What is there, what is missing, and why, before anything runs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from isogen.errors import DataError
from isogen.geo.grid import Quadrant
from isogen.params.painting import PIXELART
from isogen.scene.flavors import told_flavor
from isogen.scene.reader import SceneReader
from isogen.stages.generate import paint_steps
from isogen.stages.infill_status import extras_of, infill_reasons
from isogen.stages.photo import around
from isogen.stages.project import LAYERS, Project
from isogen.stages.quadrants import Output, Step
from isogen.stages.render import map_quadrants, render_steps
from isogen.stages.scene_plan import known_cells, stale_cells
from isogen.stages.source import PROCEDURAL, check_extract, read_source
from isogen.stages.words import counted
from isogen.store.layer import LayerStore
from isogen.store.row import Status as RowStatus

MISSING = "not made yet"
UPSTREAM = "its render is not up to date"


@dataclass(frozen=True)
class LayerStatus:
    """How far a layer is."""

    layer: str
    total: int
    """Quadrants that the map should have."""

    done: int
    flagged: int
    reasons: tuple[tuple[str, int], ...]
    """Why the others are not done, and how many each; most first."""

    otherwise: int = 0
    """Painted by a model with other settings than those of now, and kept."""

    padding: int = 0
    """Kept beyond the map as context, by an infill model."""

    @property
    def to_do(self) -> int:
        """Quadrants to make."""
        return self.total - self.done


@dataclass(frozen=True)
class Status:
    """How far a map is."""

    source: str | None
    """Name of the source; absent without one that is as its record and the settings say."""

    attribution: str
    cells: int
    """Cells that the scene should have; 0 without a source."""

    cells_to_do: int
    """Cells of the scene that are missing or not up to date."""

    layers: tuple[LayerStatus, ...]

    flavor: str | None = None
    """How the region builds, in words; absent for a city that is invented."""

    @property
    def is_complete(self) -> bool:
        """Tell whether every layer has all its quadrants up to date."""
        done = bool(self.layers) and all(layer.to_do == 0 for layer in self.layers)
        return done and self.cells_to_do == 0


def status_of(project: Project) -> Status:
    """Compare every quadrant's record with what the settings ask for now.

    Raises:
        InputError: There is no project.
        ParamsError: A setting is wrong.
    """
    params = project.params  # without settings there is no project, whatever else is missing
    try:
        source = read_source(project)
        check_extract(project)
    except DataError:
        return Status(None, "", 0, 0, ())
    known = known_cells(project)
    cells, stale = stale_cells(project, known)
    layers: tuple[LayerStatus, ...] = ()
    reader = _opened(project) if known else None
    if reader is not None and reader.index.quadrants:
        model = params.generate.model
        layers = _layer_statuses(project, reader, map_quadrants(project, reader), model=model)
    flavor = None if params.scene.source == PROCEDURAL else told_flavor(params)
    return Status(source.name, source.attribution, cells, stale, layers, flavor)


def _opened(project: Project) -> SceneReader | None:
    """Open the scene, unless it was made for another camera."""
    try:
        return SceneReader(project.scene, project.params.camera)
    except DataError:
        return None


def told_to_do(
    project: Project,
    layer: str,
    quadrants: Sequence[Quadrant] | None = None,
    *,
    force: bool = False,
) -> str:
    """Say in words what a run over the map, or over some quadrants, would make of a layer.

    Args:
        project: The project.
        layer: Name of the layer; a generation is one by the built-in artist.
        quadrants: Single quadrants, or None for the whole map.
        force: Whether what is done would be made too.

    Raises:
        ObjectMissingError: There is no scene yet.
    """
    reader = SceneReader(project.scene, project.params.camera)
    chosen = map_quadrants(project, reader) if quadrants is None else quadrants
    statuses = _layer_statuses(project, reader, chosen, model=PIXELART)
    status = next(s for s in statuses if s.layer == layer)
    why = "; ".join(f"{count} {reason}" for reason, count in status.reasons)
    to_do = status.total if force else status.to_do
    told = f"{layer}: would make {to_do} of {counted(status.total, 'quadrant')}"
    return f"{told} ({why})" if why else told


def reason_not_done(store: LayerStore, quadrant: Quadrant, output: Output) -> str | None:
    """Return why a quadrant of a layer must be made, or None when it is done."""
    row = store.row(quadrant.x, quadrant.y)
    if row is None:
        return MISSING
    if row.recipe == output.recipe:
        return None if store.objects.has(row.sha256) else "its picture is gone"
    if row.maker != output.maker:
        return f"made by {row.maker}, now {output.maker}"
    return "what it is made from changed" if row.parents != output.parents else "settings changed"


def _layer_statuses(
    project: Project, reader: SceneReader, quadrants: Sequence[Quadrant], *, model: str
) -> tuple[LayerStatus, ...]:
    stores = {name: project.layer(name) for name in LAYERS}
    needed = _looked_at(project, reader, quadrants, model)
    drawn, only = render_steps(reader, needed), set(quadrants)
    all_reasons = {name: _reasons(stores[name], drawn, name) for name in ("faces", "render")}
    if model != PIXELART:
        return _infill_statuses(project, stores, all_reasons)
    seen = all_reasons[project.params.generate.source]
    ready = [s for s in drawn if seen[s.job.quadrant] is None]
    paintable = [q for q in _paintable(project, ready, needed) if q in only]
    painted = paint_steps(project, paintable, ready)
    reasons = {n: {q: r for q, r in all_.items() if q in only} for n, all_ in all_reasons.items()}
    held_up = dict.fromkeys(quadrants, UPSTREAM)
    reasons["generation"] = held_up | _reasons(stores["generation"], painted, "generation")
    return tuple(_layer_status(stores[name], reasons[name]) for name in LAYERS)


def _infill_statuses(
    project: Project,
    stores: Mapping[str, LayerStore],
    drawn: Mapping[str, Mapping[Quadrant, str | None]],
) -> tuple[LayerStatus, ...]:
    """Return the statuses of a map that an infill model paints: it looks at renders."""
    ready = [q for q, reason in drawn["render"].items() if reason is None]
    reasons = dict.fromkeys(drawn["render"], UPSTREAM) | infill_reasons(
        stores, ready, project.params.generate.model, MISSING
    )
    extras = extras_of(project, stores["generation"].rows())
    painted = replace(
        _layer_status(stores["generation"], reasons),
        otherwise=extras.otherwise,
        padding=extras.padding,
    )
    return (*(_layer_status(stores[name], reasons) for name, reasons in drawn.items()), painted)


def _looked_at(
    project: Project, reader: SceneReader, quadrants: Sequence[Quadrant], model: str
) -> Sequence[Quadrant]:
    """Return the quadrants that painting some looks at: renders alone take neighbors too."""
    if project.params.generate.source == "faces" or model != PIXELART:
        return quadrants
    return around(quadrants, {*map_quadrants(project, reader), *quadrants})


def _paintable(
    project: Project, ready: Sequence[Step], quadrants: Sequence[Quadrant]
) -> list[Quadrant]:
    """Return the quadrants for which all that painting looks at is drawn."""
    drawn = [step.job.quadrant for step in ready]
    if project.params.generate.source == "faces":
        return drawn
    waiting = set(quadrants) - set(drawn)
    return [q for q in drawn if waiting.isdisjoint(q.neighbors)]


def _reasons(store: LayerStore, steps: Sequence[Step], layer: str) -> dict[Quadrant, str | None]:
    """Return for the quadrant of each step why a layer's output must be made, if it must."""
    return {
        step.job.quadrant: reason_not_done(store, step.job.quadrant, output)
        for step in steps
        for output in step.outputs
        if output.layer == layer
    }


def _layer_status(store: LayerStore, reasons: Mapping[Quadrant, str | None]) -> LayerStatus:
    counts = Counter(reasons.values())
    done = counts.pop(None, 0)
    flagged = sum(row.status is RowStatus.FLAGGED for row in store.rows())
    named = tuple((reason, count) for reason, count in counts.most_common() if reason)
    return LayerStatus(store.name, len(reasons), done, flagged, named)
