"""What the infill models of a map were asked, and what that took."""

from collections.abc import Iterator
from statistics import fmean

from isogen.stages.infill_brief import INFILL_MAKER
from isogen.store.events import Made, Measure
from isogen.store.layer import LayerStore

Metrics = dict[str, float | int | None]


def infill_metrics(layer: LayerStore) -> Metrics:
    """Sum up the calls of infill models that the journal of a layer tells of.

    Calls, retries, seconds and costs are of all that was ever made, drift and fidelity of
    what the layer holds now.

    Returns:
        Nothing when no infill model painted any of it.
    """
    rows = {row.quadrant: row for row in layer.rows() if row.maker == INFILL_MAKER}
    if not rows:
        return {}
    made = list(_steps_told(layer))
    now = [
        e for e in made if e.row.quadrant in rows and e.row.sha256 == rows[e.row.quadrant].sha256
    ]
    costs = [e.cost_usd for e in made if e.cost_usd is not None]
    return {
        "infill_quadrants": len(rows),
        "infill_calls": round(sum(_share(e, "calls") for e in made)),
        "infill_attempts": round(sum(e.attempts / _among(e) for e in made)),
        "infill_retries": round(sum(_share(e, "tries") - 1 / _among(e) for e in made)),
        "infill_seconds": round(sum(e.seconds for e in made), 3),
        "infill_cost_usd": round(sum(costs), 4) if costs else None,
        "infill_fidelity": _mean([e.measures.get("fidelity") for e in now]),
        "infill_drift": _mean([e.measures.get("drift") for e in now]),
    }


def _steps_told(layer: LayerStore) -> Iterator[Made]:
    """Yield what infill models made; an answer that was used again is told once."""
    told: set[tuple[object, Measure]] = set()
    for record in layer.history():
        event = record.event
        if isinstance(event, Made) and event.row.maker == INFILL_MAKER:
            key = event.row.quadrant, event.measures.get("request_key")
            if key not in told:
                told.add(key)
                yield event


def _among(event: Made) -> int:
    """Return how many quadrants the step of an event painted."""
    quadrants = event.measures.get("quadrants")
    return quadrants if isinstance(quadrants, int) and quadrants > 0 else 1


def _share(event: Made, name: str) -> float:
    """Return what a quadrant has in a measure of its step; 1 call where nothing was noted."""
    value = event.measures.get(name, 1)
    return (value if isinstance(value, int | float) else 1) / _among(event)


def _mean(values: list[Measure]) -> float | None:
    known = [v for v in values if isinstance(v, float)]
    return round(fmean(known), 6) if known else None
