"""What steps wait for: those that paint what they see, and those that must not see them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from isogen.errors import PlanError
from isogen.plan.lattice import Cell
from isogen.plan.rules import Placement, Rectangle, Refusal, place, reads


class Turn(NamedTuple):
    """When a step is due, and where it lies then."""

    placement: Placement
    after: tuple[int, ...]
    """Indices of the earlier steps that must be done before, ascending."""


def turns_of(steps: Sequence[Rectangle], painted: Collection[Cell]) -> list[Turn]:
    """Return the turn of each step, given in an order in which all are legal.

    Raises:
        PlanError: A step is not legal at its turn.
    """
    done = set(painted)
    painter: dict[Cell, int] = {}
    readers: dict[Cell, list[int]] = defaultdict(list)
    turns: list[Turn] = []
    for index, step in enumerate(steps):
        placement = place(step, done)
        if isinstance(placement, Refusal):
            raise PlanError(f"the step {step} is not legal at its turn: {placement}")
        around, own = reads(step, placement), step.quadrants
        before = {painter[cell] for cell in around if cell in painter}
        for cell in own:
            before.update(readers.get(cell, ()))
            painter[cell] = index
        for cell in around:
            readers[cell].append(index)
        turns.append(Turn(placement, tuple(sorted(before))))
        done.update(own)
    return turns


def waves_of(
    steps: Sequence[Rectangle], painted: Collection[Cell]
) -> tuple[tuple[Rectangle, ...], ...]:
    """Return steps by wave, each in the first that it can be in; by row and column within.

    Raises:
        PlanError: A step is not legal at its turn.
    """
    waves: list[list[Rectangle]] = []
    numbers: list[int] = []
    for step, turn in zip(steps, turns_of(steps, painted), strict=True):
        number = max((numbers[i] + 1 for i in turn.after), default=0)
        numbers.append(number)
        if number == len(waves):
            waves.append([])
        waves[number].append(step)
    return tuple(tuple(sorted(wave, key=lambda r: (r.y, r.x))) for wave in waves)
