"""A block being laid out: the classes of its ground and the things that stand on it.

Laying out is cheap and needs no camera; raising the things makes the faces. A cell
paints the ground of every block that touches it, but raises only its own blocks.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

import numpy as np
from numpy.typing import NDArray

from isogen.mesh.vocabulary import Ground
from isogen.scene.procedural.lattice import PITCH_X, PITCH_Y, Rect
from isogen.scene.procedural.plan import Site
from isogen.scene.procedural.solids import BlockBuilder
from isogen.seeds import Stream

P = ParamSpec("P")

_LAYOUT_STREAM, _THING_STREAM = 1, 2


class Plot:
    """A block's ground raster and its things, in units from the block's own corner."""

    def __init__(self, seed: int, site: Site) -> None:
        self.site = site
        self.stream = Stream(seed, _LAYOUT_STREAM, *site.key)
        """Decides the layout; every thing has a stream of its own."""
        self.ground = np.full((PITCH_Y, PITCH_X), Ground.ROAD, np.uint8)
        """Ground classes, [y, x], one per square unit."""
        self._seed = seed
        self._things: list[Callable[[BlockBuilder, Stream], object]] = []

    def fill(self, rect: Rect, ground: Ground) -> None:
        """Paint a rectangle, clipped to the block."""
        self.view(rect)[:] = ground

    def view(self, rect: Rect) -> NDArray[np.uint8]:
        """Return the part of the ground under a rectangle (rounded, clipped), writable."""
        x0, y0, x1, y1 = (max(round(v), 0) for v in rect)
        return self.ground[y0:y1, x0:x1]

    def centers(self, rect: Rect) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return x and y of the centers of the square units of ``view(rect)``."""
        x0, y0, x1, y1 = (max(round(v), 0) for v in rect)
        y, x = np.mgrid[y0 : min(y1, PITCH_Y), x0 : min(x1, PITCH_X)] + 0.5
        return x, y

    def ground_at(self, x: float, y: float) -> Ground:
        """Return the class at a place in the block; outside it, that of its edge."""
        row, column = min(max(int(y), 0), PITCH_Y - 1), min(max(int(x), 0), PITCH_X - 1)
        return Ground(int(self.ground[row, column]))

    def put(
        self,
        make: Callable[Concatenate[BlockBuilder, Stream, P], object],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Let a thing stand on the block: ``make(builder, stream, ...)`` when it is raised."""
        self._things.append(lambda builder, stream: make(builder, stream, *args, **kwargs))

    def raise_on(self, builder: BlockBuilder) -> None:
        """Build every thing, in the order in which it was put; a second call does the same."""
        for number, thing in enumerate(self._things):
            thing(builder, Stream(self._seed, _THING_STREAM, *self.site.key, number))
