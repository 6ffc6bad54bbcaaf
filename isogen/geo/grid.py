"""The pixel grid: quadrants of 512 screen pixels, and sets of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from isogen.errors import BoundsError, InputError

QUADRANT_PX = 512
"""Side of a quadrant in screen pixels."""

WINDOW_PX = 2 * QUADRANT_PX
"""Side of what an infill model sees: that of a tile, but it may lie anywhere."""

MOST_QUADRANTS = 1 << 22
"""Most quadrants in the rectangle around a region: some 600 by 430 km at the default scale."""

Whole = NDArray[np.int64]

_KEY = re.compile(r"\s*(-?\d{1,9})\s*,\s*(-?\d{1,9})\s*")


class Box(NamedTuple):
    """A rectangle of screen pixels; ``x1`` and ``y1`` are outside."""

    x0: int
    y0: int
    x1: int
    y1: int


class Quadrant(NamedTuple):
    """Column and row of a quadrant; rows grow down the screen. May be negative."""

    x: int
    y: int

    @classmethod
    def parse(cls, text: str) -> "Quadrant":
        """Read ``X,Y`` as people write it on a command line.

        Raises:
            InputError: The text is something else.
        """
        found = _KEY.fullmatch(text)
        if not found:
            raise InputError(
                f"a quadrant is written X,Y, got {text!r}",
                hint="Write two whole numbers with a comma between them, as in 3,-2.",
            )
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.x},{self.y}"

    @property
    def box(self) -> Box:
        """Its pixels."""
        x0, y0 = self.x * QUADRANT_PX, self.y * QUADRANT_PX
        return Box(x0, y0, x0 + QUADRANT_PX, y0 + QUADRANT_PX)

    def art_box(self, pixel_size: int) -> Box:
        """Return the art pixels of which it shows some, on the one lattice of the map."""
        x0, y0, x1, y1 = self.box
        return Box(x0 // pixel_size, y0 // pixel_size, -(-x1 // pixel_size), -(-y1 // pixel_size))

    @property
    def anchor(self) -> tuple[int, int]:
        """Screen x and y of its bottom-right corner: the place that its lat and lng name."""
        return (self.x + 1) * QUADRANT_PX, (self.y + 1) * QUADRANT_PX

    @property
    def edge_neighbors(self) -> tuple["Quadrant", ...]:
        """The four quadrants that share an edge with it: above, left, right, below."""
        return tuple(q for q in self.neighbors if q.x == self.x or q.y == self.y)

    @property
    def neighbors(self) -> tuple["Quadrant", ...]:
        """The eight quadrants around it, row by row."""
        return tuple(
            Quadrant(x, y)
            for y in range(self.y - 1, self.y + 2)
            for x in range(self.x - 1, self.x + 2)
            if (x, y) != self
        )


def row_major(quadrant: Quadrant) -> tuple[int, int]:
    """Return the sort key by which quadrants are ordered everywhere: row, then column."""
    return quadrant.y, quadrant.x


@dataclass(frozen=True)
class Region:
    """A set of quadrants, in row-major order."""

    quadrants: tuple[Quadrant, ...]
    """Each once, sorted by row, then column; use ``of`` when they are not."""

    def __post_init__(self) -> None:
        keys = [row_major(q) for q in self.quadrants]
        if any(a >= b for a, b in pairwise(keys)):
            raise ValueError("quadrants of a region must be unique and in row-major order")

    @classmethod
    def of(cls, quadrants: Iterable[tuple[int, int]]) -> "Region":
        """Return the region of quadrants given in any order, as often as one likes."""
        return cls(tuple(sorted({Quadrant(x, y) for x, y in quadrants}, key=row_major)))

    @classmethod
    def rectangle(cls, one: tuple[int, int], other: tuple[int, int]) -> "Region":
        """Return all quadrants between two opposite corners, both included.

        Raises:
            BoundsError: There are more than ``MOST_QUADRANTS``.
        """
        (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        _check_size(x1 - x0 + 1, y1 - y0 + 1)
        return cls(tuple(Quadrant(x, y) for y in range(y0, y1 + 1) for x in range(x0, x1 + 1)))

    @classmethod
    def touching(cls, area: Polygon | MultiPolygon) -> "Region":
        """Return the quadrants that show some of an area; a shared edge is not enough.

        Args:
            area: Valid, in screen pixels; may be empty.

        Raises:
            BoundsError: The rectangle around it has more than ``MOST_QUADRANTS``.
        """
        if area.is_empty:
            return cls(())
        first_x, first_y, last_x, last_y = (int(np.floor(v / QUADRANT_PX)) for v in area.bounds)
        _check_size(last_x - first_x + 1, last_y - first_y + 1)
        shapely.prepare(area)
        columns = np.arange(first_x, last_x + 1)
        found: list[Quadrant] = []
        for y in range(first_y, last_y + 1):
            found += (Quadrant(int(x), y) for x in columns[_shows(area, columns, y)])
        return cls(tuple(found))

    def __iter__(self) -> Iterator[Quadrant]:
        return iter(self.quadrants)

    def __len__(self) -> int:
        return len(self.quadrants)

    def __contains__(self, quadrant: object) -> bool:
        return quadrant in self._set

    @property
    def corners(self) -> tuple[Quadrant, Quadrant]:
        """Top-left and bottom-right quadrant of the rectangle around it.

        Raises:
            BoundsError: The region is empty.
        """
        if not self.quadrants:
            raise BoundsError("the region is empty: it has no corners")
        columns = [q.x for q in self.quadrants]
        return (
            Quadrant(min(columns), self.quadrants[0].y),
            Quadrant(max(columns), self.quadrants[-1].y),
        )

    @property
    def box(self) -> Box:
        """Pixels of the rectangle around it.

        Raises:
            BoundsError: The region is empty.
        """
        first, last = self.corners
        return Box(*first.box[:2], *last.box[2:])

    @cached_property
    def _set(self) -> frozenset[Quadrant]:
        return frozenset(self.quadrants)


def _shows(area: Polygon | MultiPolygon, columns: Whole, y: int) -> NDArray[np.bool_]:
    """Tell which quadrants of row ``y`` share more than an edge with a prepared area."""
    x0, y0 = columns * QUADRANT_PX, np.full_like(columns, y * QUADRANT_PX)
    boxes = shapely.box(x0, y0, x0 + QUADRANT_PX, y0 + QUADRANT_PX)
    return shapely.intersects(area, boxes) & ~shapely.touches(area, boxes)


def _check_size(columns: int, rows: int) -> None:
    if columns * rows > MOST_QUADRANTS:
        raise BoundsError(
            f"the region spans {columns} x {rows} quadrants; at most {MOST_QUADRANTS} are allowed",
            hint="Choose a smaller area, or raise view_height_m to show more in each quadrant.",
        )
