"""How much of the ground of a whole map is empty, quadrant by quadrant."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from isogen.mesh.cell import VOID
from isogen.mesh.emptiness import REACH_PX, empty_ground

Classes = NDArray[np.uint8]


class EmptyLand:
    """Counts empty ground of quadrants that come by row, then column; keeps three rows."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._classes: dict[tuple[int, int], Classes] = {}
        self._open: list[tuple[int, int]] = []
        self._empty = 0
        self._ground = 0

    def add(self, quadrant: tuple[int, int], classes: Classes) -> None:
        """Take in the ground classes of a quadrant, given by its x and y.

        They are ``VOID`` where something other than ground is seen.
        """
        y = quadrant[1]
        self._count(y - 1)
        self._classes = {k: v for k, v in self._classes.items() if k[1] >= y - 2}
        self._classes[quadrant] = classes
        self._open.append(quadrant)
        self._ground += int((classes != VOID).sum())

    def share(self) -> float | None:
        """Return the share of the ground that is empty; None where there is no ground.

        Nothing can be taken in afterwards.
        """
        self._count(None)
        return self._empty / self._ground if self._ground else None

    def _count(self, before: int | None) -> None:
        """Count what lies in rows above ``before``: all around it is known. None counts all."""
        ready = [q for q in self._open if before is None or q[1] < before]
        self._open = self._open[len(ready) :]
        self._empty += sum(empty_pixels(q, self._classes) for q in ready)


def empty_pixels(
    quadrant: tuple[int, int], classes: Mapping[tuple[int, int], NDArray[np.uint8]]
) -> int:
    """Count the art pixels of a quadrant that show empty ground.

    Args:
        quadrant: Its x and y.
        classes: Ground classes of it and of its neighbors (``Seen.classes``). Where one is
            missing, the map ends: what lies there counts as something.
    """
    x, y = quadrant
    height, width = classes[x, y].shape
    around = np.full((height + 2 * REACH_PX, width + 2 * REACH_PX), VOID, np.uint8)
    before, after = slice(0, REACH_PX), slice(-REACH_PX, None)
    parts = {-1: (before, after), 0: (slice(REACH_PX, -REACH_PX), slice(None)), 1: (after, before)}
    for row, (down, from_row) in parts.items():
        for column, (across, from_column) in parts.items():
            other = classes.get((x + column, y + row))
            if other is not None:
                around[down, across] = other[from_row, from_column]
    return int(empty_ground(around)[REACH_PX:-REACH_PX, REACH_PX:-REACH_PX].sum())
