"""What of a map an infill model has painted, what it has yet to paint, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from isogen.geo.grid import Quadrant
from isogen.params import Params
from isogen.stages.infill_brief import INFILL_MAKER
from isogen.stages.planning import is_painted
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
    project: Project, quadrants: Iterable[Quadrant], missing: str
) -> dict[Quadrant, str | None]:
    """Return for each quadrant why a model must paint it, or None when it is painted.

    Args:
        project: The project.
        quadrants: What to look at.
        missing: What to say of a quadrant that was never made.
    """
    generations, renders = project.layer("generation"), project.layer("render")
    found: dict[Quadrant, str | None] = {}
    for quadrant in quadrants:
        row = generations.row(*quadrant)
        found[quadrant] = (
            missing if row is None else _reason(project, row, renders.row(*quadrant), generations)
        )
    return found


def _reason(project: Project, row: Row, render: Row | None, layer: LayerStore) -> str | None:
    if is_painted(row, render, layer):
        return None
    if not layer.objects.has(row.sha256):
        return GONE
    if row.maker != INFILL_MAKER:
        return f"made by {row.maker}, now by {project.params.generate.model}"
    return RENDER_CHANGED


def extras_of(project: Project, rows: Iterable[Row]) -> Extras:
    """Return what is worth knowing of the rows of an infill map."""
    told = project.params.generate.model, project.params
    own = list(rows)
    otherwise = sum(row.maker == INFILL_MAKER and _is_otherwise(row, *told) for row in own)
    beyond = {row.quadrant for row in project.padding.layer("generation").rows()}
    return Extras(otherwise, len(beyond - {row.quadrant for row in own}))


def _is_otherwise(row: Row, model: str, params: Params) -> bool:
    own, tries = params.infill_model(model), 1 + params.generate.quality.retries
    asked = row.model, row.prompt, row.negative_prompt
    is_seed = row.seed is not None and own.seed <= row.seed < own.seed + tries
    return asked != (model, own.prompt, own.negative_prompt) or not is_seed
