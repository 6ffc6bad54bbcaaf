"""How visible the edges between the quadrants of a map are."""

from dataclasses import dataclass, field

import numpy as np

from isogen.geo.grid import Quadrant
from isogen.image.heat import SeamLine
from isogen.image.seams import NEAR, SPACING, Edge, seam_of
from isogen.image.template import Pixels


@dataclass
class Seams:
    """The edges between quadrants that are handed in, row by row.

    It keeps what touches quadrants yet to come: two rows of strips at most.
    """

    pixel_size: int
    lines: list[SeamLine] = field(default_factory=list[SeamLine])
    _right: tuple[Quadrant, Pixels] | None = None
    _above: dict[Quadrant, Pixels] = field(default_factory=dict[Quadrant, Pixels])

    def add(self, quadrant: Quadrant, pixels: Pixels) -> None:
        """Measure the edges to the quadrants at the left and above, if they were there.

        Args:
            quadrant: Below, or to the right in the same row of, those before.
            pixels: sRGB of shape (512, 512, 3).
        """
        depth = NEAR * SPACING * self.pixel_size + 1
        left, above = Quadrant(quadrant.x - 1, quadrant.y), Quadrant(quadrant.x, quadrant.y - 1)
        if self._right is not None and self._right[0] == left:
            self._measure(quadrant, self._right[1], pixels[:, :depth], is_upright=True)
        strip = self._above.pop(above, None)
        if strip is not None:
            turned = pixels[:depth].transpose(1, 0, 2)
            self._measure(quadrant, strip, turned, is_upright=False)
        if self._right is not None and self._right[0].y != quadrant.y:
            self._above = {q: s for q, s in self._above.items() if q.y == quadrant.y - 1}
        self._right = quadrant, pixels[:, -depth:].copy()
        self._above[quadrant] = pixels[-depth:].transpose(1, 0, 2).copy()

    def _measure(
        self, quadrant: Quadrant, first: Pixels, second: Pixels, *, is_upright: bool
    ) -> None:
        strip = np.concatenate((first, second), axis=1)
        edge = Edge(first.shape[1], 0, len(strip), context_first=True, is_upright=True)
        strength = seam_of(strip, edge, self.pixel_size)
        self.lines.append(SeamLine(quadrant.x, quadrant.y, is_upright, strength))

    def metrics(self) -> dict[str, float | int | None]:
        """Return the mean, the hundredth worst and the worst; None where there is no edge."""
        strengths = np.array([line.strength for line in self.lines] or [np.nan])
        found = (strengths.mean(), np.percentile(strengths, 99), strengths.max())
        names = ("seam_mean", "seam_p99", "seam_worst")
        return {
            name: round(float(value), 4) if self.lines else None
            for name, value in zip(names, found, strict=True)
        }
