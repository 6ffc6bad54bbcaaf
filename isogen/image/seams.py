"""Edges between an infill and its context: where they are, and how visible.

An edge is visible where colors change more across it than along lines beside it. All are
measured at the same place within an art pixel: inside of one nothing changes at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from isogen.image.oklab import difference
from isogen.image.template import Frame, Pixels
from isogen.kernels import kernel

NEAR = 4
"""Lines beside an edge that it is compared with, on each side."""

SPACING = 4
"""Art pixels between them: hatching and courses of bricks repeat every two or four, so that
those lines show the same part of them."""

NOTICED = 0.02
"""The least difference that people see (OKLab): below it a seam is none."""

STARK = 0.2
"""Larger differences (OKLab) count as this one: an outline that lies on an edge is no seam."""


@dataclass(frozen=True)
class Edge:
    """A line between context and infill, in pixels of the window."""

    at: int
    """Column, or row, of its first pixel to the right of it, or below it."""

    start: int
    """First row, or column, along it."""

    stop: int

    is_upright: bool
    """Whether it runs down the screen, with context and infill beside each other."""

    context_first: bool
    """Whether the context lies to the left of it, or above it."""


def edges_of(frame: Frame) -> Iterator[Edge]:
    """Yield the edges of an infill that touch context; those of the window are none."""
    rows, columns = frame.inside
    height, width = frame.window.y1 - frame.window.y0, frame.window.x1 - frame.window.x0
    if columns.start > 0:
        yield Edge(columns.start, rows.start, rows.stop, is_upright=True, context_first=True)
    if columns.stop < width:
        yield Edge(columns.stop, rows.start, rows.stop, is_upright=True, context_first=False)
    if rows.start > 0:
        yield Edge(rows.start, columns.start, columns.stop, is_upright=False, context_first=True)
    if rows.stop < height:
        yield Edge(rows.stop, columns.start, columns.stop, is_upright=False, context_first=False)


def seam_of(pixels: Pixels, edge: Edge, pixel_size: int) -> float:
    """Return how visible an edge is.

    Args:
        pixels: sRGB of shape (height, width, 3); the edge lies inside it.
        edge: The edge.
        pixel_size: Screen pixels across an art pixel.

    Returns:
        What changes across the edge as a multiple of what changes near it; 1 is invisible.
    """
    turned = pixels if edge.is_upright else pixels.transpose(1, 0, 2)
    across, near = _changes(turned[edge.start : edge.stop], edge.at, pixel_size)
    return (across + NOTICED) / (near + NOTICED)


@kernel
def _changes(pixels: Pixels, at: int, pixel_size: int) -> tuple[float, float]:
    """Return the mean change across a column, and that across its neighbors."""
    height, width = pixels.shape[:2]
    across, near, lines = 0.0, 0.0, 0
    for k in range(-NEAR, NEAR + 1):
        x = at + k * SPACING * pixel_size
        if x < 1 or x >= width:
            continue
        total, count = 0.0, 0
        for y in range(pixel_size // 2, height, pixel_size):
            total += min(difference(pixels[y, x - 1], pixels[y, x]), STARK)
            count += 1
        if k == 0:
            across = total / count
        else:
            near += total / count
            lines += 1
    return across, near / max(lines, 1)
