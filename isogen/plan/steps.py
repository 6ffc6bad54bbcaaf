"""The steps of a plan as they are carried out: where each lies, and what it waits for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from isogen.geo.grid import QUADRANT_PX, WINDOW_PX, Box, Quadrant
from isogen.plan.model import Plan
from isogen.plan.order import turns_of
from isogen.plan.rules import Placement, Rectangle

STRIP = 16
"""Quadrants across the strips that steps are carried out in."""


@dataclass(frozen=True)
class PlannedStep:
    """One call of the model."""

    rectangle: Rectangle
    placement: Placement

    wave: int
    """From 0; steps of one wave do not wait for each other."""

    after: tuple[int, ...]
    """Indices of the earlier steps that must be done before this one, ascending.

    In any order that honors them every step is legal at its turn and placed as here."""

    @property
    def quadrants(self) -> tuple[Quadrant, ...]:
        """What it paints, row by row."""
        return self.rectangle.quadrants

    @property
    def margin(self) -> tuple[int, int]:
        """Pixels of context to the left of the rectangle, and above it."""
        return self.placement.left_px, self.placement.top_px

    @property
    def window(self) -> Box:
        """Pixels of the grid that the model sees."""
        x0 = self.rectangle.x * QUADRANT_PX - self.placement.left_px
        y0 = self.rectangle.y * QUADRANT_PX - self.placement.top_px
        return Box(x0, y0, x0 + WINDOW_PX, y0 + WINDOW_PX)


def planned_steps(plan: Plan, painted: Collection[tuple[int, int]] = ()) -> tuple[PlannedStep, ...]:
    """Place the steps of a plan and say which wait for which.

    A step waits for those that paint what it sees, and for those that must not see, or
    touch, what it paints.

    Args:
        plan: The plan.
        painted: What is painted before the first step; what the plan paints or names as
            unplanned does not count.

    Raises:
        PlanError: A step is not legal at its turn.
    """
    own = {q for step in plan.steps for q in step.quadrants}
    turns = turns_of(plan.steps, set(painted) - own - set(plan.unplanned))
    waves = [number for number, wave in enumerate(plan.waves) for _ in wave]
    return tuple(
        PlannedStep(rectangle, turn.placement, wave, turn.after)
        for rectangle, turn, wave in zip(plan.steps, turns, waves, strict=True)
    )


def swept(steps: Sequence[PlannedStep]) -> list[int]:
    """Return the indices of steps in an order that keeps neighbors together.

    A step stands behind those that it waits for and, as far as that lets it, beside its
    neighbors: down one strip of columns, then down the next. So what a step sees was painted
    a short while ago, and what there is when a run ends early is of one piece.
    """
    missing = [len(step.after) for step in steps]
    behind: list[list[int]] = [[] for _ in steps]
    for index, step in enumerate(steps):
        for before in step.after:
            behind[before].append(index)

    def turn(index: int) -> tuple[int, int, int, int]:
        x, y = steps[index].rectangle[:2]
        return x // STRIP, y, x, index

    ready = [turn(index) for index, waits in enumerate(missing) if not waits]
    heapify(ready)
    order: list[int] = []
    while ready:
        *_, index = heappop(ready)
        order.append(index)
        for later in behind[index]:
            missing[later] -= 1
            if not missing[later]:
                heappush(ready, turn(later))
    return order
