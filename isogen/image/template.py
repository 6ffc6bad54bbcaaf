"""What an infill model is handed, and what its answer is cut into.

A template is a window of the pixel grid: the generation where it is known, and the render
in the rectangle to be painted, which a red border marks. The border lies inside the
rectangle, so no pixel of the context is hidden.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isogen.errors import InputError
from isogen.geo.grid import QUADRANT_PX, WINDOW_PX, Box, Quadrant
from isogen.image.stitch import overlap_of, quadrants_in, stitch

BORDER_PX = 2
"""Width of the border."""

BORDER = (255, 0, 0)

_SHAPE = f"{WINDOW_PX} x {WINDOW_PX} x 3"

Pixels = NDArray[np.uint8]
Pictures = Mapping[Quadrant, Pixels]


@dataclass(frozen=True)
class Frame:
    """Where a template lies, and what of it is to be painted."""

    window: Box
    """Pixels of the grid that the template shows; ``WINDOW_PX`` each way."""

    infill: Box
    """Pixels of the grid that are to be painted: whole quadrants inside the window."""

    def __post_init__(self) -> None:
        x0, y0, x1, y1 = self.window
        if (x1 - x0, y1 - y0) != (WINDOW_PX, WINDOW_PX):
            raise ValueError(f"a window is {WINDOW_PX} px each way, got {x1 - x0} x {y1 - y0}")
        left, top, right, bottom = self.infill
        if not (x0 <= left < right <= x1 and y0 <= top < bottom <= y1):
            raise ValueError("the infill must lie inside the window")
        if any(v % QUADRANT_PX for v in self.infill):
            raise ValueError("the infill must be whole quadrants")

    @classmethod
    def of(cls, quadrants: Iterable[Quadrant], margin: tuple[int, int]) -> "Frame":
        """Return the frame of a rectangle of quadrants.

        Args:
            quadrants: What is to be painted: all quadrants of a rectangle.
            margin: Pixels of context to the left of the rectangle, and above it.
        """
        boxes = [q.box for q in quadrants]
        infill = Box(
            min(b[0] for b in boxes), min(b[1] for b in boxes),
            max(b[2] for b in boxes), max(b[3] for b in boxes),
        )  # fmt: skip
        x0, y0 = infill[0] - margin[0], infill[1] - margin[1]
        return cls(Box(x0, y0, x0 + WINDOW_PX, y0 + WINDOW_PX), infill)

    @property
    def context(self) -> tuple[Quadrant, ...]:
        """The quadrants of which the template shows the generation, row by row."""
        return tuple(q for q in quadrants_in(self.window) if overlap_of(q, self.infill) is None)

    @property
    def painted(self) -> tuple[Quadrant, ...]:
        """The quadrants that are to be painted, row by row."""
        return tuple(quadrants_in(self.infill))

    @property
    def inside(self) -> tuple[slice, slice]:
        """Rows and columns of the template that are to be painted."""
        x0, y0 = self.window[:2]
        left, top, right, bottom = self.infill
        return slice(top - y0, bottom - y0), slice(left - x0, right - x0)


def build_template(frame: Frame, renders: Pictures, generations: Pictures) -> Pixels:
    """Build a template.

    Args:
        frame: Where it lies.
        renders: sRGB of every quadrant that is to be painted, shape (512, 512, 3).
        generations: sRGB of every quadrant of the context.

    Returns:
        sRGB of shape (1024, 1024, 3).

    Raises:
        InputError: A picture is missing; names its quadrant.
    """
    _require(frame.painted, renders, "render")
    _require(frame.context, generations, "generation")
    out = np.zeros((WINDOW_PX, WINDOW_PX, 3), np.uint8)
    stitch({q: generations[q] for q in frame.context}, frame.window, out)
    stitch({q: renders[q] for q in frame.painted}, frame.window, out)
    draw_border(out[frame.inside])
    return out


def draw_border(infill: Pixels) -> None:
    """Draw the border just inside the edge of an infill, in place."""
    infill[:BORDER_PX] = infill[-BORDER_PX:] = BORDER
    infill[:, :BORDER_PX] = infill[:, -BORDER_PX:] = BORDER


def find_infill(template: Pixels) -> tuple[slice, slice]:
    """Return the rows and columns of a template that its border encloses.

    Args:
        template: sRGB of shape (1024, 1024, 3).

    Raises:
        InputError: The template has another size, or there is no border around whole
            quadrants.
    """
    if template.shape != (WINDOW_PX, WINDOW_PX, 3):
        size = " x ".join(str(n) for n in template.shape)
        raise InputError(f"the template has the shape {size}, expected {_SHAPE}")
    red = (template == BORDER).all(axis=2)
    rows, columns = _span(red.sum(axis=1)), _span(red.sum(axis=0))
    if rows and columns:
        found = red[rows, columns].copy()
        found[BORDER_PX:-BORDER_PX, BORDER_PX:-BORDER_PX] = True
        if found.all():
            return rows, columns
    raise InputError(
        f"the template has no border of {BORDER_PX} px around the pixels to paint",
        hint="It must be of pure red (255, 0, 0) and sent without loss, as PNG.",
    )


def _span(red: NDArray[np.int64]) -> slice | None:
    """Return from where to where lines have a side of the border, if that is whole quadrants."""
    lines = np.flatnonzero(red >= QUADRANT_PX)
    if not len(lines):
        return None
    first, end = int(lines[0]), int(lines[-1]) + 1
    return None if (end - first) % QUADRANT_PX else slice(first, end)


def split_answer(frame: Frame, answer: Pixels) -> dict[Quadrant, Pixels]:
    """Cut the quadrants that were to be painted out of a model's answer.

    Args:
        frame: Where the template lay.
        answer: sRGB of shape (1024, 1024, 3).

    Returns:
        Pixels of each quadrant, shape (512, 512, 3), copies.

    Raises:
        InputError: The answer has another size.
    """
    if answer.shape != (WINDOW_PX, WINDOW_PX, 3):
        size = " x ".join(str(n) for n in answer.shape)
        raise InputError(f"the answer has the shape {size}, expected {_SHAPE}")
    out: dict[Quadrant, Pixels] = {}
    for quadrant in frame.painted:
        shared = overlap_of(quadrant, frame.window)
        assert shared is not None  # noqa: S101  the infill lies inside the window
        out[quadrant] = answer[shared.inside].copy()
    return out


def _require(quadrants: Iterable[Quadrant], pictures: Pictures, what: str) -> None:
    missing = [q for q in quadrants if q not in pictures]
    if missing:
        named = " ".join(str(q) for q in missing)
        raise InputError(
            f"the template needs the {what} of {named}", hint=f"Make it first: isogen {what}."
        )
