"""Reference tiles: finished parts of the map that show a model the style."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from isogen.digest import Digest
from isogen.errors import InputError
from isogen.geo.grid import QUADRANT_PX, WINDOW_PX, Box, Quadrant
from isogen.image.png import decode, encode_noisy
from isogen.image.stitch import stitch
from isogen.stages.project import Project
from isogen.store.layer import LayerStore
from isogen.store.marks import MARKS, read_marks
from isogen.store.row import Row


class Reference(NamedTuple):
    """A tile of the map as it is now."""

    quadrant: Quadrant
    """Its top-left quadrant."""

    png: bytes
    """RGB PNG of 1024 x 1024 px."""

    digests: tuple[Digest, ...]
    """Objects of its quadrants, row by row."""


def reference_tiles(
    project: Project, wanted: Sequence[Quadrant], most: int
) -> tuple[Reference, ...]:
    """Return the tiles to show, each once: those wanted now first, then those that are marked.

    Args:
        project: The project.
        wanted: Top-left quadrants of tiles, the most important one first.
        most: Most tiles that the model is shown; of marked ones the others are left out.

    Raises:
        InputError: More are wanted than the model is shown, or a tile lacks a quadrant.
        DataError: A picture is missing or broken.
    """
    asked = list(dict.fromkeys(wanted))
    if len(asked) > most:
        raise InputError(
            f"{len(asked)} reference tiles are asked for, the model is shown {most}",
            hint="Name fewer, or raise references of this model in params.yaml if it takes more.",
        )
    marks = read_marks(project.root / "data" / MARKS) if most else {}
    marked = [place for place, mark in marks.items() if mark.reference]
    chosen = list(dict.fromkeys([*asked, *marked]))[:most]
    layer = project.layer("generation")
    return tuple(_tile(layer, quadrant) for quadrant in chosen)


def tile_rows(layer: LayerStore, first: Quadrant) -> tuple[Row, ...]:
    """Return the rows of the tile at a top-left quadrant, row by row.

    Raises:
        InputError: It lacks quadrants; names them.
    """
    quadrants = [Quadrant(first.x + dx, first.y + dy) for dy in (0, 1) for dx in (0, 1)]
    rows = {q: layer.row(q.x, q.y) for q in quadrants}
    missing = [str(q) for q, row in rows.items() if row is None]
    if missing:
        raise InputError(
            f"the tile at {first} cannot be a reference: the layer {layer.name} has no "
            f"{' '.join(missing)}",
            hint="A reference is the top-left quadrant of four that are made. Make them with "
            f"`isogen generate`, or take the mark away: isogen mark {first} --no-reference",
        )
    return tuple(row for row in rows.values() if row is not None)


def _tile(layer: LayerStore, first: Quadrant) -> Reference:
    rows = tile_rows(layer, first)
    pictures = {
        Quadrant(row.x, row.y): decode(
            layer.objects.get(row.sha256), max_pixels=QUADRANT_PX * QUADRANT_PX
        )[..., :3]
        for row in rows
    }
    x0, y0 = first.box[:2]
    pixels = np.empty((WINDOW_PX, WINDOW_PX, 3), np.uint8)
    stitch(pictures, Box(x0, y0, x0 + WINDOW_PX, y0 + WINDOW_PX), pixels)
    return Reference(first, encode_noisy(pixels), tuple(row.sha256 for row in rows))
