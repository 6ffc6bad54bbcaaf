"""What a plan is, and the check that it can be carried out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from isogen.errors import PlanError
from isogen.geo.grid import Quadrant
from isogen.plan.rules import Rectangle, Refusal, place, reads


@dataclass(frozen=True)
class Plan:
    """Rectangles to be painted, wave after wave."""

    waves: tuple[tuple[Rectangle, ...], ...]
    """Those of one wave may be painted in any order, or at once."""

    padding: frozenset[Quadrant]
    """Quadrants that nobody asked for but that the others need as context."""

    unplanned: Mapping[Quadrant, Refusal]
    """Quadrants that no legal step reaches, and why; by row, then column."""

    @property
    def steps(self) -> tuple[Rectangle, ...]:
        """All rectangles in order: one call of the model each."""
        return tuple(step for wave in self.waves for step in wave)


def check_plan(
    plan: Plan, wanted: Collection[tuple[int, int]], painted: Collection[tuple[int, int]]
) -> None:
    """Check that every step is legal at its turn, in any order within its wave.

    Args:
        plan: The plan.
        wanted: What was to be planned; what is in ``painted`` too is painted again.
        painted: What is painted before the first step.

    Raises:
        PlanError: A step is not legal, or a quadrant is not painted exactly once.
    """
    done = set(painted) - set(wanted)
    made: set[tuple[int, int]] = set()
    for wave in plan.waves:
        fresh = {q: step for step in wave for q in step.quadrants}
        for step in wave:
            placement = place(step, done)
            if isinstance(placement, Refusal):
                raise PlanError(f"the step {step} is not legal at its turn: {placement}")
            others = reads(step, placement).intersection(fresh)
            if others:
                other = fresh[Quadrant(*min(others))]
                raise PlanError(f"the steps {step} and {other} of one wave depend on each other")
            again = made.intersection(step.quadrants)
            if again:
                raise PlanError(f"quadrant {Quadrant(*min(again))} is painted twice")
            made.update(step.quadrants)
        done |= made
    _check_cover(plan, wanted, made)


def _check_cover(
    plan: Plan, wanted: Collection[tuple[int, int]], made: set[tuple[int, int]]
) -> None:
    planned = set(wanted).difference(plan.unplanned).union(plan.padding)
    if made != planned:
        odd = Quadrant(*min(made ^ planned))
        told = "not planned for" if odd in made else "missing"
        raise PlanError(f"quadrant {odd} is {told} in the steps of the plan")
