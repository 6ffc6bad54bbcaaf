"""Which quadrants legal steps could reach at all: a bound that hardly ever promises too much.

Whether a quadrant can be painted depends on the order of everything around it. The bound
forgets about order: what could be painted some time may be context, and only what is painted
already may be in the way. What it does not reach, no plan reaches.
"""

from collections.abc import Collection
from functools import lru_cache
from itertools import product

from isogen.plan.board import SHAPES, Board
from isogen.plan.lattice import Cell
from isogen.plan.rules import Rectangle

_REMEMBERED = 1 << 16


def reachable(
    free: Collection[Cell], painted: Collection[Cell], assumed: Collection[Cell] = ()
) -> set[Cell]:
    """Return the quadrants that some order of legal steps might paint.

    Args:
        free: What may be painted, wanted or padding; not far apart.
        painted: What is painted.
        assumed: What is taken to be reached by steps that are not looked at.
    """
    if not free:
        return set()
    board = Board.around(free)
    return set(board.cells(board.reachable(*map(board.bits, (free, painted, assumed)))))


@lru_cache(_REMEMBERED)
def covering_rectangles(cell: Cell) -> tuple[Rectangle, ...]:
    """Return every rectangle that holds a quadrant; large ones first."""
    return tuple(
        Rectangle(cell[0] - dx, cell[1] - dy, width, height)
        for width, height in SHAPES
        for dy, dx in product(range(height), range(width))
    )


@lru_cache(_REMEMBERED)
def cells_of(rectangle: Rectangle) -> frozenset[Cell]:
    """Return the quadrants of a rectangle."""
    return frozenset((x, y) for x, y in rectangle.quadrants)
