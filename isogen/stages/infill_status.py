"""What of a map an infill model has painted, what it has yet to paint, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from isogen.geo.grid import Quadrant
from isogen.stages.infill_brief import INFILL_MAKER
from isogen.stages.painted import is_painted
from isogen.stages.project import Project
from isogen.store.layer import LayerStore
from isogen.store.row import Row

RENDER_CHANGED = "its render changed"
GONE = "its picture is gone"


@dataclass(frozen=True)
class Extras:
    """What is worth knowing of a painted map besides how far it is."""

    otherwise: int = 0
    """Quadrants that were painted with another model, prompt or seed than the settings say;
    they are kept."""

    padding: int = 0
    """Quadrants that are kept beyond the map, as context."""


def infill_reasons(
    stores: Mapping[str, LayerStore], quadrants: Iterable[Quadrant], model: str, missing: str
) -> dict[Quadrant, str | None]:
    """Return for each quadrant why a model must paint it, or None when it is painted.

    Args:
        stores: Layers of the map by name.
        quadrants: What to look at.
        model: Name of the model in the settings.
        missing: What to say of a quadrant that was never made.
    """
    generations, renders = stores["generation"], stores["render"]
    found: dict[Quadrant, str | None] = {}
    for quadrant in quadrants:
        row = generations.row(*quadrant)
        found[quadrant] = (
            missing if row is None else _reason(row, renders.row(*quadrant), generations, model)
        )
    return found


def _reason(row: Row, render: Row | None, layer: LayerStore, model: str) -> str | None:
    if is_painted(row, render, layer):
        return None
    if not layer.objects.has(row.sha256):
        return GONE
    if row.maker != INFILL_MAKER:
        return f"made by {row.maker}, now by {model}"
    return RENDER_CHANGED


def extras_of(project: Project, rows: Sequence[Row]) -> Extras:
    """Return what is worth knowing of the rows of an infill map."""
    model, tries = project.params.generate.model, 1 + project.params.generate.quality.retries
    told = project.params.infill_model(model)
    asked = model, told.prompt, told.negative_prompt
    seeds = range(told.seed, told.seed + tries)
    painted = [row for row in rows if row.maker == INFILL_MAKER]
    as_told = sum(
        (row.model, row.prompt, row.negative_prompt) == asked and row.seed in seeds
        for row in painted
    )
    beyond = {row.quadrant for row in project.padding.layer("generation").rows()}
    return Extras(len(painted) - as_told, len(beyond - {row.quadrant for row in rows}))
