"""When a model may paint a rectangle of quadrants: the one rule that everybody asks.

The model sees a window of 1024 px. The rectangle that it paints lies in it, and everything
else in the window must be painted already: that is the context it continues. Where an edge
of the rectangle lies on the window's edge the model sees nothing beyond, so nothing painted
may lie there: it would not match.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from isogen.geo.grid import QUADRANT_PX, WINDOW_PX, Quadrant


class Rectangle(NamedTuple):
    """Quadrants that are painted together."""

    x: int
    """Column of the left quadrants."""

    y: int
    """Row of the top quadrants."""

    width: int
    """Quadrants; 1 or 2."""

    height: int

    @property
    def quadrants(self) -> tuple[Quadrant, ...]:
        """Its quadrants, row by row."""
        return tuple(
            Quadrant(x, y)
            for y in range(self.y, self.y + self.height)
            for x in range(self.x, self.x + self.width)
        )

    def __str__(self) -> str:
        return f"{self.width} x {self.height} at {self.x},{self.y}"


class Reason(StrEnum):
    """Why a rectangle may not be painted."""

    NO_CONTEXT = "nothing beside it is painted that the model could continue"
    TOUCHES = "painted quadrants would lie just outside the model's window"
    GAP = "the model's window would show quadrants that are not painted"


@dataclass(frozen=True)
class Refusal:
    """Why a rectangle may not be painted now."""

    reason: Reason
    because_of: tuple[Quadrant, ...] = ()
    """The quadrants that are in the way, or missing; row by row."""

    def __str__(self) -> str:
        named = " ".join(str(q) for q in self.because_of)
        return f"{self.reason}: {named}" if named else str(self.reason)


@dataclass(frozen=True)
class Placement:
    """Where a rectangle lies in the model's window, and what the window shows beside it."""

    left_px: int
    """Screen pixels of context to the left of the rectangle."""

    top_px: int
    context: tuple[Quadrant, ...]
    """Painted quadrants that the window shows, row by row."""


class _Axis(NamedTuple):
    """How far the window reaches beyond a rectangle along one axis, or why it cannot."""

    before_px: int
    after_px: int
    refusal: Refusal | None = None


def place(rectangle: Rectangle, painted: Collection[tuple[int, int]]) -> Placement | Refusal:
    """Place a rectangle in the model's window, if it may be painted.

    Between painted sides it lies in the middle, else as far from the painted side as can be:
    the more context a model sees, the better it continues.

    Args:
        rectangle: What to paint; what is painted of it already does not count.
        painted: All painted quadrants.
    """
    x0, y0, width, height = rectangle
    x1, y1 = x0 + width, y0 + height
    rows, columns = range(y0, y1), range(x0, x1)
    across = _axis(
        width,
        [(x0 - 1, y) for y in rows if (x0 - 1, y) in painted],
        [(x1, y) for y in rows if (x1, y) in painted],
    )
    if across.refusal:
        return across.refusal
    along = _axis(
        height,
        [(x, y0 - 1) for x in columns if (x, y0 - 1) in painted],
        [(x, y1) for x in columns if (x, y1) in painted],
    )
    if along.refusal:
        return along.refusal
    seen = [
        (x, y)
        for y in range(y0 - (along.before_px > 0), y1 + (along.after_px > 0))
        for x in range(x0 - (across.before_px > 0), x1 + (across.after_px > 0))
        if not (x0 <= x < x1 and y0 <= y < y1)
    ]
    gaps = [q for q in seen if q not in painted]
    if gaps:
        return Refusal(Reason.GAP, tuple(Quadrant(*q) for q in gaps))
    context = tuple(Quadrant(*q) for q in seen)
    return Placement(across.before_px, along.before_px, context)


def _axis(size: int, before: list[tuple[int, int]], after: list[tuple[int, int]]) -> _Axis:
    """Share the window's room between the two sides of a rectangle."""
    room = WINDOW_PX - size * QUADRANT_PX
    if room == 0:
        touching = tuple(Quadrant(*q) for q in (*before, *after))
        return _Axis(0, 0, Refusal(Reason.TOUCHES, touching) if touching else None)
    if before and after:
        return _Axis(room // 2, room - room // 2)
    if before:
        return _Axis(room, 0)
    if after:
        return _Axis(0, room)
    return _Axis(0, 0, Refusal(Reason.NO_CONTEXT))


def reads(rectangle: Rectangle, placement: Placement) -> set[tuple[int, int]]:
    """Return the quadrants outside a rectangle that its placement depends on."""
    x0, y0, width, height = rectangle
    around = {(x, y) for x in (x0 - 1, x0 + width) for y in range(y0, y0 + height)}
    around |= {(x, y) for y in (y0 - 1, y0 + height) for x in range(x0, x0 + width)}
    return around.union(placement.context)
