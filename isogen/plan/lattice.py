"""The pattern of a plan: squares of two by two quadrants with gaps of one between them.

Squares see nothing and nothing sees them, so all are painted first. The gaps between two of
them are painted next, as one by two or two by one, and the crossings of gaps last. That is
four calls for nine quadrants, in three waves, whatever the size.
"""

from collections.abc import Collection, Iterator

from isogen.plan.rules import Rectangle

PERIOD = 3
"""Quadrants after which the pattern repeats."""

SQUARE = 2
"""Quadrants along the sides of a square."""

Phase = tuple[int, int]
"""Column and row, modulo ``PERIOD``, at which squares begin."""

Cell = tuple[int, int]


def best_phase(first: Cell, last: Cell) -> Phase:
    """Return the phase of an empty rectangle between two corners that needs fewest calls.

    A side of 3 n + 1 quadrants starts with a gap; others start with a square.
    """
    return (
        (first[0] + ((last[0] - first[0]) % PERIOD == 0)) % PERIOD,
        (first[1] + ((last[1] - first[1]) % PERIOD == 0)) % PERIOD,
    )


def phases(first: Phase) -> Iterator[Phase]:
    """Yield all phases, beginning with one."""
    for dy in range(PERIOD):
        for dx in range(PERIOD):
            yield (first[0] + dx) % PERIOD, (first[1] + dy) % PERIOD


def item_of(cell: Cell, phase: Phase) -> Rectangle:
    """Return the rectangle of the pattern that a quadrant belongs to."""
    (x, width), (y, height) = _run(cell[0], phase[0]), _run(cell[1], phase[1])
    return Rectangle(x, y, width, height)


def _run(place: int, start: int) -> tuple[int, int]:
    """Return where the square or gap around a column or row begins, and its length."""
    into = (place - start) % PERIOD
    return (place - into, SQUARE) if into < SQUARE else (place, 1)


def pieces_of(item: Rectangle, wanted: Collection[Cell]) -> list[Rectangle]:
    """Return the rectangles that cover what is wanted of an item of the pattern."""
    cells = [q for q in item.quadrants if q in wanted]
    if len(cells) == item.width * item.height:
        return [item]
    if len(cells) == SQUARE and (cells[0].x == cells[1].x or cells[0].y == cells[1].y):  # a side
        (x, y), (x1, y1) = cells
        return [Rectangle(x, y, x1 - x + 1, y1 - y + 1)]
    return [Rectangle(x, y, 1, 1) for x, y in cells]


def covering(wanted: Collection[Cell], phase: Phase) -> list[Rectangle]:
    """Return the rectangles of the pattern that cover some quadrants, by row and column."""
    items = {item_of(cell, phase) for cell in wanted}
    return sorted(
        (piece for item in items for piece in pieces_of(item, wanted)),
        key=lambda r: (r.y, r.x),
    )
