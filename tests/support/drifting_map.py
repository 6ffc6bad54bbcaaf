"""A map painted by a model that knows the truth and drifts: what the correction leaves of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from isogen.geo.grid import Quadrant
from isogen.image.answer import Fitted, Fitting, fit_answer
from isogen.image.color import IDENTITY, ColorMap
from isogen.image.oklab import mean_difference
from isogen.image.seams import Edge, seam_of
from isogen.image.stitch import stitch
from isogen.image.template import Frame, Pixels, build_template, split_answer
from isogen.plan.planner import make_plan
from isogen.plan.rules import Placement, Rectangle, place
from isogen.plan.steps import PlannedStep, planned_steps

from .drift import drifted

Pictures = dict[Quadrant, Pixels]
BESIDE_PX = 64
"""Pixels on each side of an edge that its seam is measured in."""


@dataclass(frozen=True)
class Town:
    """What a model has to paint."""

    truth: Pictures
    renders: Mapping[Quadrant, Pixels]
    pixel_size: int

    @property
    def raw(self) -> Fitting:
        """Take answers as they come."""
        return Fitting(correct=False, blend_px=0, pixel_size=self.pixel_size)

    @property
    def fitting(self) -> Fitting:
        """Correct answers as the settings have it by default."""
        return Fitting(correct=True, blend_px=24, pixel_size=self.pixel_size)

    def frames(self) -> list[Frame]:
        """Return single quadrants that all others surround."""
        found = []
        for quadrant in sorted(self.truth):
            rectangle = Rectangle(quadrant.x, quadrant.y, 1, 1)
            placement = place(rectangle, set(self.truth) - {quadrant})
            if isinstance(placement, Placement):
                margin = placement.left_px, placement.top_px
                found.append(Frame.of([quadrant], margin))
        return found

    def plan(self, wanted: Iterable[Quadrant]) -> tuple[PlannedStep, ...]:
        """Return the steps that paint some quadrants from scratch."""
        return planned_steps(make_plan(wanted, may_pad=False))

    def answer(self, frame: Frame, painted: Mapping[Quadrant, Pixels], *, name: str, seed: int):
        """Return the template of a step, and what the model makes of it.

        It leaves the context as it is and paints the truth; then all of it drifts.
        """
        known = build_template(frame, self.renders, painted)
        picture = known.copy()
        stitch({q: self.truth[q] for q in frame.painted}, frame.window, picture)
        return known, np.ascontiguousarray(drifted(name, picture, seed))

    def complete(self, frame: Frame, name: str, seed: int, fitting: Fitting) -> Fitted:
        """Paint one step in the middle of the truth."""
        known, answer = self.answer(frame, self.truth, name=name, seed=seed)
        return fit_answer(frame, known, answer, fitting)

    def paint(
        self,
        steps: Iterable[PlannedStep],
        name: str,
        fitting: Fitting,
        *,
        same: bool = False,
        prior: ColorMap = IDENTITY,
    ) -> Pictures:
        """Paint a map from scratch; each step sees what those before it came to.

        Args:
            steps: In order.
            name: How the model drifts.
            fitting: What is done with its answers.
            same: Whether it drifts alike in all calls.
            prior: The map of colors for steps without context.
        """
        painted: Pictures = {}
        for number, step in enumerate(steps):
            frame = Frame.of(step.quadrants, step.margin)
            known, answer = self.answer(frame, painted, name=name, seed=0 if same else number)
            fitted = fit_answer(frame, known, answer, fitting, prior)
            painted |= split_answer(frame, fitted.pixels)
        return painted

    def error(self, painted: Mapping[Quadrant, Pixels]) -> float:
        """Return the mean color error of quadrants against the truth (OKLab)."""
        return float(np.mean([error_of(p, self.truth[q]) for q, p in painted.items()]))

    def seams(self, painted: Mapping[Quadrant, Pixels]) -> list[float]:
        """Return the seams between all neighbors of which one at least is painted."""
        whole = {**self.truth, **painted}
        pairs = [
            (q, other)
            for q in sorted(whole)
            for other in (Quadrant(q.x + 1, q.y), Quadrant(q.x, q.y + 1))
            if other in whole and (q in painted or other in painted)
        ]
        return [seam_between(whole[a], whole[b], a.y == b.y, self.pixel_size) for a, b in pairs]


def error_of(picture: Pixels, truth: Pixels) -> float:
    """Return the mean color error of a picture (OKLab)."""
    one, other = (np.ascontiguousarray(p).reshape(-1, 3) for p in (picture, truth))
    return mean_difference(one, other)


def seam_between(one: Pixels, other: Pixels, is_upright: bool, pixel_size: int) -> float:  # noqa: FBT001
    """Return how visible the edge between two neighbors is."""
    if not is_upright:
        one, other = one.transpose(1, 0, 2), other.transpose(1, 0, 2)
    strip = np.concatenate((one[:, -BESIDE_PX:], other[:, :BESIDE_PX]), axis=1)
    edge = Edge(BESIDE_PX, 0, len(strip), is_upright=True, context_first=True)
    return seam_of(strip, edge, pixel_size)
