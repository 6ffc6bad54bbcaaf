"""The picture of a plan: quadrants on their grid, colored by wave, steps numbered in order."""

from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isogen.files import Durability, write_beside
from isogen.geo.grid import Region
from isogen.image.lettering import ADVANCE_PX, HEIGHT_PX, lettered
from isogen.image.png import encode_indexed
from isogen.plan.steps import PlannedStep
from isogen.stages.planning import MapPlan

Picture = NDArray[np.uint8]

_GRID_PX = 1280
"""The longer side of the grid, about; a quadrant has from 2 to 56 of it."""

_MARGIN, _GUTTER, _LINE = 24, 40, 20
_SMALL, _LARGE = 2, 4
"""Screen pixels of a letter's pixel."""

_LEGEND_WIDTH = 190
_LEAST_WIDTH = 900

PAPER, INK, FAINT, PAINTED, UNPLANNED, WHITE, _FIRST_WAVE = range(7)
_FIXED = ((250, 246, 236), (38, 38, 46), (232, 225, 208), (196, 190, 178), (206, 44, 49),
          (255, 255, 255))  # fmt: skip
_WAVES = ((38, 70, 83), (42, 157, 143), (233, 196, 106), (231, 137, 74), (124, 92, 148),
          (120, 176, 214), (139, 158, 82), (176, 102, 122), (90, 110, 190),
          (170, 140, 100))  # fmt: skip
"""Colors of waves, which come again after the last."""

COLORS = np.array([*_FIXED, *_WAVES], np.uint8)
_IS_DARK = COLORS.astype(np.int64) @ (299, 587, 114) < 140_000  # noqa: PLR2004


def write_picture(path: Path, plan: MapPlan, title: str) -> None:
    """Draw a plan into a PNG file.

    Raises:
        StorageError: The disk refused.
    """
    write_beside(path, encode_indexed(draw_plan(plan, title), COLORS), durability=Durability.FAST)


def draw_plan(plan: MapPlan, title: str) -> Picture:
    """Return the indices into ``COLORS`` of a picture of a plan."""
    region = Region.of([*plan.wanted, *plan.painted, *plan.padding] or [(0, 0)])
    first, last = region.corners
    columns, rows = last.x - first.x + 1, last.y - first.y + 1
    side = int(np.clip(_GRID_PX // max(columns, rows), 2, 56))
    legend = _legend(plan)
    width = max(columns * side + _GUTTER + 2 * _MARGIN, _LEAST_WIDTH)
    across = max((width - 2 * _MARGIN) // _LEGEND_WIDTH, 1)
    head = _MARGIN + _LARGE * HEIGHT_PX + _LINE + -(-len(legend) // across) * _LINE + _LINE
    out = np.full((head + _LINE + rows * side + _MARGIN, width), PAPER, np.uint8)
    _write(out, _MARGIN, _MARGIN, f"{title}: {len(plan.steps)} calls", _LARGE)
    top = _MARGIN + _LARGE * HEIGHT_PX + _LINE
    for number, (color, text, is_hatched) in enumerate(legend):
        x, y = _MARGIN + number % across * _LEGEND_WIDTH, top + number // across * _LINE
        _fill(out[y : y + 14, x : x + 14], color, hatched=is_hatched)
        _write(out, x + 22, y + 2, text, _SMALL)
    corner = (_MARGIN + _GUTTER, head + _LINE)
    _draw_labels(out, corner, (first.x, first.y), (columns, rows), side)
    grid = out[corner[1] :, corner[0] :]
    _draw_quadrants(grid, plan, (first.x, first.y), side)
    _draw_steps(grid, plan, (first.x, first.y), side)
    return out


def _legend(plan: MapPlan) -> list[tuple[int, str, bool]]:
    """Return color, text and hatching of what the picture shows."""
    calls = Counter(step.wave for step in plan.steps)
    lines = [
        (_wave_color(wave), f"wave {wave + 1}: {calls[wave]} calls", False)
        for wave in sorted(calls)
    ]
    for color, what, many in (
        (_FIRST_WAVE, "padding", plan.padding),
        (PAINTED, "painted", plan.painted),
        (UNPLANNED, "unplanned", plan.unplanned),
    ):
        if many:
            lines.append((color, f"{what}: {len(many)}", what == "padding"))
    return lines


def _wave_color(wave: int) -> int:
    return _FIRST_WAVE + wave % len(_WAVES)


def _draw_labels(
    out: Picture, corner: tuple[int, int], first: tuple[int, int], size: tuple[int, int], side: int
) -> None:
    """Write the columns above the grid and the rows to its left, as many as there is room for."""
    longest = max(len(str(v)) for v in (*first, first[0] + size[0], first[1] + size[1]))
    stride = -(-(_SMALL * ADVANCE_PX * longest + 6) // side)
    stride = next(n * 10**k for k in range(7) for n in (1, 2, 5) if n * 10**k >= stride)
    for column in range(size[0]):
        if (first[0] + column) % stride == 0:
            text = str(first[0] + column)
            middle = corner[0] + column * side + side // 2
            _write(out, middle - _width(text) // 2, corner[1] - 16, text, _SMALL)
    for row in range(size[1]):
        if (first[1] + row) % stride == 0:
            text = str(first[1] + row)
            middle = corner[1] + row * side + side // 2
            _write(out, corner[0] - 8 - _width(text), middle - HEIGHT_PX, text, _SMALL)


def _draw_quadrants(grid: Picture, plan: MapPlan, first: tuple[int, int], side: int) -> None:
    """Draw what no step paints: what is painted already, and what is unplanned."""
    gap = int(side >= 4)  # noqa: PLR2004  below that a gap would be all there is
    for color, quadrants in ((PAINTED, plan.painted), (UNPLANNED, plan.unplanned)):
        for x, y in quadrants:
            left, top = (x - first[0]) * side, (y - first[1]) * side
            _fill(grid[top : top + side - gap, left : left + side - gap], color)


def _draw_steps(grid: Picture, plan: MapPlan, first: tuple[int, int], side: int) -> None:
    gap = max(side // 16, int(side >= 4))  # noqa: PLR2004
    for number, step in enumerate(plan.steps, 1):
        x, y, width, height = step.rectangle
        left, top = (x - first[0]) * side, (y - first[1]) * side
        tile = grid[top : top + height * side - gap, left : left + width * side - gap]
        color = _wave_color(step.wave)
        tile[:] = color
        _hatch_padding(grid, plan, step, first, side)
        _number(tile, str(number), color)


def _hatch_padding(
    grid: Picture, plan: MapPlan, step: PlannedStep, first: tuple[int, int], side: int
) -> None:
    for x, y in plan.padding.intersection(step.quadrants):
        left, top = (x - first[0]) * side, (y - first[1]) * side
        last = x == step.rectangle.x + step.rectangle.width - 1
        low = y == step.rectangle.y + step.rectangle.height - 1
        gap = max(side // 16, int(side >= 4))  # noqa: PLR2004
        own = grid[top : top + side - gap * low, left : left + side - gap * last]
        _fill(own, _wave_color(step.wave), hatched=True)


def _number(tile: Picture, text: str, color: int) -> None:
    """Write the number of a step into its middle, as large as there is room for."""
    scale = _LARGE - 1
    while scale and (
        _width(text, scale) + 4 > tile.shape[1] or scale * HEIGHT_PX + 4 > tile.shape[0]
    ):
        scale -= 1
    if scale < _SMALL:
        return
    x = (tile.shape[1] - _width(text, scale)) // 2
    y = (tile.shape[0] - scale * HEIGHT_PX) // 2
    if np.any(tile == WHITE):  # hatched: the number needs a plate
        tile[y - 3 : y + scale * HEIGHT_PX + 3, x - 3 : x + _width(text, scale) + 3] = color
    _write(tile, x, y, text, scale, WHITE if _IS_DARK[color] else INK)


def _fill(area: Picture, color: int, *, hatched: bool = False) -> None:
    area[:] = color
    if hatched:
        rows, columns = np.indices(area.shape)
        area[(rows + columns) % 8 < 3] = WHITE  # noqa: PLR2004


def _width(text: str, scale: int = _SMALL) -> int:
    """Return the pixels of a line of text, without the gap after the last letter."""
    return scale * (ADVANCE_PX * len(text) - 1)


def _write(onto: Picture, x: int, y: int, text: str, scale: int, color: int = INK) -> None:
    ink = lettered(text).repeat(scale, axis=0).repeat(scale, axis=1)
    ink = ink[: onto.shape[0] - y, : onto.shape[1] - x]
    onto[y : y + ink.shape[0], x : x + ink.shape[1]][ink] = color
