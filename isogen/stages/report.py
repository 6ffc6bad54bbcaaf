"""Measures of a finished map, for people and for `dvc metrics` and `dvc plots`."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isogen.digest import canonical_json
from isogen.errors import ObjectMissingError
from isogen.geo.grid import QUADRANT_PX, Quadrant
from isogen.image.heat import draw_seams
from isogen.image.png import decode, encode_rgb
from isogen.mesh.cell import CellFacts
from isogen.pixelart.outlines import Outlines
from isogen.pixelart.palette import MOST_COLORS
from isogen.scene.files import write_file
from isogen.scene.reader import SceneReader
from isogen.stages.empty_land import EmptyLand
from isogen.stages.project import Project, Reporter, Silent
from isogen.stages.report_infill import infill_metrics
from isogen.stages.report_seams import Seams
from isogen.stages.seen import outlines_in, seen_in
from isogen.store.layer import LayerStore
from isogen.store.row import Row

CONTACT_PX = 1600
"""Longest side of the contact sheet in pixels."""

Metrics = dict[str, float | int | None]

_MAX_PIXELS = QUADRANT_PX * QUADRANT_PX


@dataclass(frozen=True)
class Measures:
    """What one generation came to."""

    row: Row
    colors: Counter[tuple[int, int, int]]
    """Screen pixels of each color."""

    uniform: float
    """Share of whole art pixels, on the lattice of the map, whose screen pixels are all alike."""

    small: NDArray[np.uint8]
    """The picture at the size of the contact sheet."""

    outlines: Outlines


@dataclass(frozen=True)
class Overall:
    """What the quadrants came to together."""

    measures: tuple[Measures, ...]
    empty_ground: float | None
    seams: Seams


def write_report(project: Project, reporter: Reporter | None = None) -> Metrics:
    """Measure the map; write metrics.json, two tables, contact.png and seams.png.

    Returns:
        The metrics (docs/report.md says what each means); None for what cannot be known.

    Raises:
        ObjectMissingError: There is no generation yet.
    """
    reporter = reporter or Silent()
    layer = project.layer("generation")
    rows = list(layer.rows())
    if not rows:
        raise ObjectMissingError("there is no generation yet", hint="Run `isogen generate` first.")
    reporter.begin("report", len(rows))
    overall = _overall(project, layer, rows, reporter)
    reporter.end()
    measures = overall.measures
    metrics = _metrics(project, overall)
    folder = project.reports
    write_file(folder / "metrics.json", canonical_json(metrics) + b"\n")
    write_file(folder / "colors.csv", _colors_csv(project, measures))
    write_file(folder / "quadrants.csv", _quadrants_csv(measures))
    sheet = _contact(measures)
    write_file(folder / "contact.png", encode_rgb(sheet))
    corner = min(r.x for r in rows), min(r.y for r in rows)
    drawn = draw_seams(sheet, len(measures[0].small), corner, overall.seams.lines)
    write_file(folder / "seams.png", encode_rgb(drawn))
    return metrics


def _overall(
    project: Project, layer: LayerStore, rows: Sequence[Row], reporter: Reporter
) -> Overall:
    """Measure all quadrants; those that are drawn from faces also by what they show."""
    reader = SceneReader(project.scene, project.params.camera)
    faces, style, land = project.layer("faces"), project.style(), EmptyLand()
    step, seams = _step(rows), Seams(reader.camera.pixel_size)
    measures: list[Measures] = []
    for row in rows:
        quadrant, drawn = Quadrant(row.x, row.y), faces.row(row.x, row.y)
        pixels = decode(layer.objects.get(row.sha256), max_pixels=_MAX_PIXELS)[..., :3]
        outlines = Outlines()
        if drawn is not None:
            seen = seen_in(quadrant, faces.objects.get(drawn.sha256), reader, style)
            outlines = outlines_in(quadrant, seen, pixels, reader.camera)
            land.add(quadrant, seen.classes)
        seams.add(quadrant, pixels)
        measures.append(_measure(row, pixels, reader.camera.pixel_size, step, outlines))
        reporter.advance()
    return Overall(tuple(measures), land.share(), seams)


def _measure(
    row: Row, pixels: NDArray[np.uint8], pixel_size: int, step: int, outlines: Outlines
) -> Measures:
    packed = pixels.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    values, counts = np.unique(packed, return_counts=True)
    colors = Counter(
        {
            (int(v) >> 16, int(v) >> 8 & 255, int(v) & 255): int(n)
            for v, n in zip(values, counts, strict=True)
        }
    )
    alike = float(uniform_blocks(packed, (row.x, row.y), pixel_size).mean())
    small = pixels.reshape(QUADRANT_PX // step, step, QUADRANT_PX // step, step, 3).mean((1, 3))
    return Measures(row, colors, alike, np.rint(small).astype(np.uint8), outlines)


def uniform_blocks(
    packed: NDArray[np.uint32], quadrant: tuple[int, int], pixel_size: int
) -> NDArray[np.bool_]:
    """Tell which whole art pixels of a quadrant are of one color, on the lattice of the map.

    Art pixels that the edge of the quadrant cuts are left out.

    Args:
        packed: A number for each color, shape (512, 512).
        quadrant: Its x and y.
        pixel_size: Screen pixels across an art pixel.
    """
    left, top = (-v * QUADRANT_PX % pixel_size for v in quadrant)
    rows, columns = (QUADRANT_PX - top) // pixel_size, (QUADRANT_PX - left) // pixel_size
    whole = packed[top : top + rows * pixel_size, left : left + columns * pixel_size]
    blocks = whole.reshape(rows, pixel_size, columns, pixel_size)
    return (blocks == blocks[:, :1, :, :1]).all(axis=(1, 3))


def _metrics(project: Project, overall: Overall) -> Metrics:
    measures = overall.measures
    colors = sum((m.colors for m in measures), Counter[tuple[int, int, int]]())
    outlines = sum((m.outlines for m in measures), Outlines())
    index = SceneReader(project.scene, project.params.camera).index
    lit = [c for c in index.cells.values() if c.is_lit]
    size = sum(m.row.bytes for m in measures)
    return {
        "quadrants": len(measures),
        "bytes": size,
        "kilobytes_per_quadrant": round(size / len(measures) / 1e3, 2),
        "colors": len(colors),
        "colors_fit": len(colors) <= MOST_COLORS,
        "uniform_blocks": round(float(np.mean([m.uniform for m in measures])), 6),
        "outlined": _rounded(outlines.share),
        "outline_continuity": _rounded(outlines.continuity),
        "empty_ground": _rounded(overall.empty_ground),
        **_inferred([c.facts for c in lit]),
        "distinct_pictures": len({m.row.sha256 for m in measures}),
        "cells": len(lit),
        "faces": sum(c.faces for c in lit),
        **overall.seams.metrics(),
        "flagged": sum(m.row.status == "flagged" for m in measures),
        **infill_metrics(project.layer("generation")),
    }


def _inferred(facts: Sequence[CellFacts]) -> Metrics:
    """Return how much of the buildings is inferred; each belongs to one cell."""
    buildings = sum(f.buildings for f in facts)
    heights, types = (
        sum(f.guessed_heights for f in facts),
        sum(f.guessed_types for f in facts),
    )
    return {
        "buildings": buildings or None,
        "inferred_heights": _rounded(heights / buildings if buildings else None),
        "inferred_types": _rounded(types / buildings if buildings else None),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)


def _colors_csv(project: Project, measures: Sequence[Measures]) -> bytes:
    """Say how often each color of the palette is used: tone by tone, ramp by ramp."""
    colors = sum((m.colors for m in measures), Counter[tuple[int, int, int]]())
    palette = project.style().palette(project.params.generate.palette)
    known = {tuple(int(v) for v in c): i for i, c in reversed(list(enumerate(palette.colors)))}
    lines = [
        (known.get(color, -1), "#" + bytes(color).hex(), pixels) for color, pixels in colors.items()
    ]
    return _csv(("index", "color", "pixels"), sorted(lines))


def _quadrants_csv(measures: Sequence[Measures]) -> bytes:
    lines = [(m.row.x, m.row.y, m.row.bytes, len(m.colors)) for m in measures]
    return _csv(("x", "y", "bytes", "colors"), lines)


def _csv(head: Sequence[str], lines: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(lines)
    return out.getvalue().encode()


def _step(rows: Sequence[Row]) -> int:
    """Return how many screen pixels each way become one pixel of the contact sheet."""
    longest = max(
        max(r.x for r in rows) - min(r.x for r in rows),
        max(r.y for r in rows) - min(r.y for r in rows),
    )
    wanted = (longest + 1) * QUADRANT_PX / CONTACT_PX
    return next((s for s in (1, 2, 4, 8, 16, 32, 64, 128, 256) if s >= wanted), QUADRANT_PX)


def _contact(measures: Sequence[Measures]) -> NDArray[np.uint8]:
    side = measures[0].small.shape[0]
    x0, y0 = min(m.row.x for m in measures), min(m.row.y for m in measures)
    columns = max(m.row.x for m in measures) - x0 + 1
    lines = max(m.row.y for m in measures) - y0 + 1
    sheet = np.zeros((lines * side, columns * side, 3), np.uint8)
    for m in measures:
        top, left = (m.row.y - y0) * side, (m.row.x - x0) * side
        sheet[top : top + side, left : left + side] = m.small
    return sheet
