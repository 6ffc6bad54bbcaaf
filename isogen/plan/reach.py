"""Which quadrants legal steps could reach at all: a bound that hardly ever promises too much.

Whether a quadrant can be painted depends on the order of everything around it. The bound
forgets about order: what could be painted some time may be context, and only what is painted
already may be in the way. What it does not reach, no plan reaches.
"""

from collections.abc import Collection
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from isogen.plan.lattice import Cell
from isogen.plan.rules import Rectangle

SHAPES = ((2, 2), (1, 2), (2, 1), (1, 1))
"""Width and height of what can be painted together; large ones first."""

_ONE_SIDE_OR_BOTH = ((True, True), (True, False), (False, True))
_NO_SIDE = ((False, False),)
_REMEMBERED = 1 << 16


class _View(NamedTuple):
    """One way in which a rectangle may lie in the window."""

    shown: frozenset[Cell]
    """What must be painted by then."""

    beyond: frozenset[Cell]
    """What must not be: it would touch the rectangle unseen."""


def reachable(
    free: Collection[Cell], painted: Collection[Cell], assumed: Collection[Cell] = ()
) -> set[Cell]:
    """Return the quadrants that some order of legal steps might paint.

    Args:
        free: What may be painted, wanted or padding.
        painted: What is painted.
        assumed: What is taken to be reached by steps that are not looked at.
    """
    free, painted = frozenset(free), frozenset(painted)
    seen = {*painted, *assumed}
    waiting = {r for cell in free for r in covering_rectangles(cell) if cells_of(r) <= free}
    found: set[Cell] = set()
    fresh = waiting
    while fresh:
        added: set[Cell] = set()
        for rectangle in fresh:
            for view in _views_of(rectangle):
                if view.shown <= seen and view.beyond.isdisjoint(painted):
                    added |= cells_of(rectangle)
                    break
        added -= found
        found |= added
        seen |= added
        close = {r for cell in added for r in _seeing(cell)}
        fresh = {r for r in close & waiting if not cells_of(r) <= found}
    return found


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


@lru_cache(_REMEMBERED)
def _seeing(cell: Cell) -> frozenset[Rectangle]:
    """Return the rectangles whose windows might show a quadrant."""
    around = product((-1, 0, 1), (-1, 0, 1))
    near = ((cell[0] + dx, cell[1] + dy) for dx, dy in around)
    return frozenset(r for c in near for r in covering_rectangles(c))


@lru_cache(_REMEMBERED)
def _views_of(rectangle: Rectangle) -> tuple[_View, ...]:
    across = _NO_SIDE if rectangle.width > 1 else _ONE_SIDE_OR_BOTH
    along = _NO_SIDE if rectangle.height > 1 else _ONE_SIDE_OR_BOTH
    return tuple(_view(rectangle, *sides) for sides in product(across, along))


def _view(rectangle: Rectangle, across: tuple[bool, bool], along: tuple[bool, bool]) -> _View:
    """Return the view that shows a quadrant more at some sides: left and right, above and below."""
    x0, y0, width, height = rectangle
    own = cells_of(rectangle)
    columns = range(x0 - across[0], x0 + width + across[1])
    rows = range(y0 - along[0], y0 + height + along[1])
    shown = frozenset(product(columns, rows))
    sides = {c for x, y in own for c in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1))}
    return _View(shown - own, frozenset(sides - shown))
