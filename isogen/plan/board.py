"""Sets of quadrants as numbers, a bit for each: a shift looks at all rectangles of a shape at once.

Planning with foresight asks thousands of times what could still be painted; with sets of
quadrants that takes thirty times as long.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from isogen.plan.lattice import Cell
from isogen.plan.rules import Rectangle

SHAPES = ((2, 2), (1, 2), (2, 1), (1, 1))
"""Width and height of what can be painted together; large ones first."""

MARGIN = 3
"""Quadrants around a board that none of its own lie on: shifts do not reach another row."""

_NEAR = tuple(product(range(-1, 3), repeat=2))
"""Places that a rectangle and its windows reach, relative to its first quadrant."""


class _View(NamedTuple):
    """One way in which a rectangle may lie in the window; relative to its first quadrant."""

    shown: tuple[Cell, ...]
    """What must be painted by then."""

    beyond: tuple[Cell, ...]
    """What must not be: it would touch the rectangle unseen."""


class _Shape(NamedTuple):
    width: int
    height: int
    own: tuple[Cell, ...]
    views: tuple[_View, ...]


class Board(NamedTuple):
    """Where quadrants have their bits. Numbers of different boards do not mix."""

    x: int
    y: int
    stride: int
    rows: int

    @classmethod
    def around(cls, cells: Collection[Cell]) -> "Board":
        """Return a board that holds some quadrants, at least one, and a margin around them.

        Its numbers are as long as the rectangle around the quadrants is large.
        """
        xs, ys = [x for x, _ in cells], [y for _, y in cells]
        width, height = max(xs) - min(xs) + 1, max(ys) - min(ys) + 1
        return cls(min(xs) - MARGIN, min(ys) - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN)

    def bits(self, cells: Iterable[Cell]) -> int:
        """Return quadrants as a number; those beyond the board are left out."""
        digits = bytearray(self.stride * self.rows // 8 + 1)
        for x, y in cells:
            column, row = x - self.x, y - self.y
            if 0 <= column < self.stride and 0 <= row < self.rows:
                place = row * self.stride + column
                digits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(digits, "little")

    def cells(self, bits: int) -> Iterator[Cell]:
        """Yield the quadrants of a number, by row, then column."""
        digits = f"{bits:b}"[::-1]
        place = digits.find("1")
        while place >= 0:
            yield self.x + place % self.stride, self.y + place // self.stride
            place = digits.find("1", place + 1)

    def block(self, rectangle: Rectangle, rings: int = 0) -> int:
        """Return a rectangle of the board's own quadrants, with up to ``MARGIN`` rings."""
        width, height = rectangle.width + 2 * rings, rectangle.height + 2 * rings
        row = ((1 << width) - 1) << (rectangle.x - rings - self.x)
        first = rectangle.y - rings - self.y
        return sum(row << (first + y) * self.stride for y in range(height))

    def legal(self, free: int, painted: int) -> list[Rectangle]:
        """Return the rectangles of what is free that may be painted now, large ones first."""
        seen = self._shifted(painted)
        places: dict[_Shape, int] = {}
        for opening in self._openings(free, painted):
            shape = opening.shape
            places[shape] = places.get(shape, 0) | _seeing(opening, seen)
        return [
            Rectangle(x, y, shape.width, shape.height)
            for shape, bits in places.items()
            for x, y in self.cells(bits)
        ]

    def reachable(self, free: int, painted: int, assumed: int = 0) -> int:
        """Return what some order of legal steps might paint; see ``isogen.plan.reach``.

        Args:
            free: What may be painted, and is not.
            painted: What is painted.
            assumed: What is taken to be painted by steps that are not looked at.
        """
        openings = self._openings(free, painted)
        found, before = 0, -1
        while found not in (before, free):
            before = found
            seen = self._shifted(painted | assumed | found)
            for opening in openings:
                places = _seeing(opening, seen)
                if places:
                    for dx, dy in opening.shape.own:
                        found |= places << (dy * self.stride + dx)
        return found

    def _openings(self, free: int, painted: int) -> "list[_Opening]":
        """Return where rectangles are free and not in touch with what they would not see."""
        frees, painteds = self._shifted(free), self._shifted(painted)
        openings: list[_Opening] = []
        for shape in _SHAPES:
            fits = frees[0, 0]
            for cell in shape.own:
                fits &= frees[cell]
            for view in shape.views if fits else ():
                places = fits
                for cell in view.beyond:
                    places &= ~painteds[cell]
                if places:
                    openings.append(_Opening(shape, view, places))
        return openings

    def _shifted(self, bits: int) -> dict[Cell, int]:
        """Return, for each place near, which quadrants have one of a number there."""
        stride = self.stride
        return {
            (dx, dy): bits >> by if (by := dy * stride + dx) >= 0 else bits << -by
            for dx, dy in _NEAR
        }


class _Opening(NamedTuple):
    """First quadrants of rectangles of a shape that only wait for what a view shows."""

    shape: _Shape
    view: _View
    places: int


def _seeing(opening: _Opening, seen: Mapping[Cell, int]) -> int:
    """Return the places of an opening whose view is complete."""
    places = opening.places
    for cell in opening.view.shown:
        places &= seen[cell]
        if not places:
            break
    return places


_ONE_SIDE_OR_BOTH = ((True, True), (True, False), (False, True))
_NO_SIDE = ((False, False),)


def _shape(width: int, height: int) -> _Shape:
    own = tuple(product(range(width), range(height)))
    across = _NO_SIDE if width > 1 else _ONE_SIDE_OR_BOTH
    along = _NO_SIDE if height > 1 else _ONE_SIDE_OR_BOTH
    views = (_view(own, *sides) for sides in product(across, along))
    return _Shape(width, height, own, tuple(views))


def _view(own: tuple[Cell, ...], across: tuple[bool, bool], along: tuple[bool, bool]) -> _View:
    """Return the view that shows a quadrant more at some sides: left and right, above and below."""
    width, height = own[-1][0] + 1, own[-1][1] + 1
    columns = range(-across[0], width + across[1])
    rows = range(-along[0], height + along[1])
    shown = set(product(columns, rows))
    sides = {c for x, y in own for c in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1))}
    return _View(tuple(sorted(shown.difference(own))), tuple(sorted(sides - shown)))


_SHAPES = tuple(_shape(width, height) for width, height in SHAPES)
