"""Writes down what came of steps: rows, what was measured, what failed."""

from collections.abc import Mapping
from dataclasses import dataclass

from isogen.errors import IsogenError
from isogen.geo.grid import Quadrant
from isogen.geo.wgs84 import Projection
from isogen.plan.steps import PlannedStep
from isogen.stages.infill_brief import INFILL_MAKER, Brief, recipe_of
from isogen.stages.infill_work import StepResult
from isogen.store.events import Measures
from isogen.store.row import Row, Status
from isogen.store.writer import LayerWriter


@dataclass(frozen=True)
class Ledger:
    """The writers of the map and of its padding; for the driver's thread alone."""

    writers: Mapping[Quadrant, LayerWriter]
    """Of every quadrant that the steps paint."""

    brief: Brief
    projection: Projection

    def record(self, result: StepResult) -> int:
        """Record the quadrants of a step; return the bytes of their pictures.

        Raises:
            StorageError: The disk refused; the step has to be done again.
        """
        step = result.job.step
        share = 1 / len(step.quadrants)
        answers = [one.answer for one in result.tries]
        costs = [a.cost_usd for a in answers if a.cost_usd is not None]
        for quadrant in step.quadrants:
            self.writers[quadrant].record(
                self._row(quadrant, result),
                seconds=sum(a.seconds for a in answers) * share,
                attempts=sum(a.attempts for a in answers),
                cost_usd=sum(costs) * share if costs else None,
                measures=_measures(step, result),
            )
        return sum(made.bytes for made in result.made.values())

    def fail(self, step: PlannedStep, error: IsogenError) -> None:
        """Record that a step could not be done; what its quadrants hold stays.

        Raises:
            StorageError: The disk refused.
        """
        for quadrant in step.quadrants:
            self.writers[quadrant].fail(quadrant, str(error))

    def _row(self, quadrant: Quadrant, result: StepResult) -> Row:
        made, taken, brief = result.made[quadrant], result.taken, self.brief
        parents = result.job.parents
        lat, lng = self.projection.to_latlng(*quadrant.anchor)
        return Row(
            x=quadrant.x,
            y=quadrant.y,
            sha256=made.sha256,
            pixels_sha256=made.pixels_sha256,
            width=made.width,
            height=made.height,
            bytes=made.bytes,
            recipe=recipe_of(brief, result.job.step, parents, quadrant),
            maker=INFILL_MAKER,
            model=brief.model,
            revision=taken.answer.revision,
            prompt=brief.prompt,
            negative_prompt=brief.negative_prompt,
            seed=taken.seed,
            template_sha256=result.template,
            parents=parents,
            status=Status.OK if result.is_good else Status.FLAGGED,
            lat=lat,
            lng=lng,
        )


def _measures(step: PlannedStep, result: StepResult) -> Measures:
    """Return what was measured, the same for every quadrant of a step."""
    taken = result.taken
    quality = taken.quality
    return {
        "request_key": taken.key,
        "quadrants": len(step.quadrants),
        "tries": len(result.tries),
        "calls": result.calls,
        "shift_x": quality.shift[0],
        "shift_y": quality.shift[1],
        "fidelity": _rounded(quality.fidelity),
        "drift": _rounded(quality.drift),
        "seam": _rounded(quality.seam),
        "corrected": quality.corrected,
        "painted": quality.is_painted,
        "resized": taken.was_resized,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 5)
