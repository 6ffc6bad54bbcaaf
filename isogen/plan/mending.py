"""What to paint again so that a quadrant can be reached which no legal step reaches."""

from collections.abc import Collection

from isogen.geo.grid import Quadrant, row_major
from isogen.plan.lattice import Cell
from isogen.plan.planner import make_plan
from isogen.plan.repair import grown

_LARGEST = 6
"""Quadrants along a side of the largest square that is tried."""

_SEEN = 3
"""Quadrants around a square that its plan can depend on."""


def mending(
    stuck: Collection[Cell], painted: Collection[Cell], allowed: Collection[Cell]
) -> tuple[Quadrant, ...]:
    """Return quadrants that can all be painted when they are painted together.

    Args:
        stuck: Quadrants that no legal step reaches, at least one of which is among the result.
        painted: What is painted.
        allowed: What else may be among the result.

    Returns:
        The quadrants of a square around one that is stuck, row by row: of the smallest that
        helps, the one with the fewest painted quadrants. Empty when none helps.
    """
    known = {Quadrant(*cell) for cell in painted}
    usable = {Quadrant(*cell) for cell in (*allowed, *stuck)}
    for side in range(2, _LARGEST + 1):
        squares = sorted({s for cell in stuck for s in _squares(cell, side)}, key=row_major)
        choices = [_within(corner, side, usable) for corner in squares]
        for chosen in sorted(choices, key=lambda choice: len(choice & known)):
            if _is_plannable(chosen, known):
                return tuple(sorted(chosen, key=row_major))
    return ()


def _squares(cell: Cell, side: int) -> list[Quadrant]:
    x, y = cell
    return [Quadrant(x - dx, y - dy) for dy in range(side) for dx in range(side)]


def _within(corner: Quadrant, side: int, usable: set[Quadrant]) -> frozenset[Quadrant]:
    x, y = corner
    return frozenset(
        usable & {Quadrant(x + dx, y + dy) for dy in range(side) for dx in range(side)}
    )


def _is_plannable(chosen: frozenset[Quadrant], painted: set[Quadrant]) -> bool:
    near = {q for q in grown(chosen, _SEEN) if q in painted}
    return not make_plan(chosen, near - chosen).unplanned
