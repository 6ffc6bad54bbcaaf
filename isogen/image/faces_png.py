"""The ``faces`` picture of a quadrant: which face every art pixel shows, as a PNG.

Red is the position of the face's cell in the picture's list of cells, green and
blue are the number of the face in its cell; white is nothing. The list and the
guard are in the file's own metadata.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from isogen.digest import canonical_json
from isogen.errors import DataError, InputError, SchemaVersionError
from isogen.image.png import Bytes, decode, encode_truecolor, texts_of
from isogen.image.png_chunks import RGB, header_of
from isogen.mesh.cell import CellKey

NOTHING = -1
"""Name of an art pixel that shows no face."""

MAX_CELLS = 255
"""Most cells that a picture may show: white's red is none of them."""

_KEY = "isogen:faces"
_VERSION = 1
_WHITE = 0xFFFFFF
_MAX_SIDE_PX = 2048
_CELL_LIMIT = 1 << 30


@dataclass(frozen=True)
class FacesPicture:
    """Which face every art pixel of a quadrant and its guard shows."""

    names: NDArray[np.int32]
    """Position in ``cells`` << 16 | face in the cell, or NOTHING; shape (height, width)."""

    cells: tuple[CellKey, ...]
    """The cells that the names speak of."""

    guard: int
    """Art pixels around the quadrant on each side."""


def encode_faces(names: NDArray[np.int32], cells: Sequence[CellKey], guard: int) -> bytes:
    """Encode a faces picture; equal pictures give equal bytes.

    Args:
        names: As in FacesPicture, guard included.
        cells: At most MAX_CELLS.
        guard: Art pixels around the quadrant on each side.

    Raises:
        InputError: A name speaks of no cell, there are too many cells, or the guard leaves nothing.
    """
    if len(cells) > MAX_CELLS:
        raise InputError(f"a faces picture shows at most {MAX_CELLS} cells, got {len(cells)}")
    if names.ndim != 2 or not 0 <= 2 * guard < min(names.shape):  # noqa: PLR2004  rows, columns
        raise InputError(f"a guard of {guard} leaves nothing of a picture of {names.shape}")
    low, high = int(names.min()), int(names.max())
    if low < NOTHING or high >> 16 >= len(cells):
        raise InputError(f"names from {low} to {high} do not fit a list of {len(cells)} cells")
    note = {"cells": [[int(i), int(j)] for i, j in cells], "guard": guard, "version": _VERSION}
    # The low 24 bits of NOTHING are white.
    pixels = names.astype(">i4").view(np.uint8).reshape(*names.shape, 4)[..., 1:]
    return encode_truecolor(pixels, flat=True, texts=((_KEY, canonical_json(note).decode()),))


def decode_faces(data: bytes) -> FacesPicture:
    """Read a faces picture of anybody's.

    Raises:
        DataError: It is no PNG, no faces picture, or says what cannot be.
        SchemaVersionError: It was written by a version that this one does not know.
    """
    header = header_of(data)
    if header.color_type != RGB or max(header.width, header.height) > _MAX_SIDE_PX:
        raise DataError(
            f"a faces picture is RGB and at most {_MAX_SIDE_PX} px wide and high, found {header}"
        )
    note = texts_of(data).get(_KEY)
    if note is None:
        raise DataError(f"not a faces picture: it has no text {_KEY!r}")
    cells, guard = _read_note(note)
    names = _names(decode(data, max_pixels=_MAX_SIDE_PX**2))
    if int(names.max()) >> 16 >= len(cells) or 2 * guard >= min(names.shape):
        raise DataError(
            f"a faces picture of {names.shape} with {len(cells)} cells and a guard of {guard} "
            f"cannot hold the name {names.max()}"
        )
    return FacesPicture(names, cells, guard)


def _names(rgba: Bytes) -> NDArray[np.int32]:
    channels = rgba[..., :3].astype(np.int32)
    names = channels[..., 0] << 16 | channels[..., 1] << 8 | channels[..., 2]
    names[names == _WHITE] = NOTHING
    return names


def _read_note(note: str) -> tuple[tuple[CellKey, ...], int]:
    try:
        fields = json.loads(note)
        version, guard, pairs = fields["version"], fields["guard"], fields["cells"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DataError(f"the text {_KEY!r} of a faces picture cannot be read: {error}") from error
    if version != _VERSION:
        raise SchemaVersionError(
            f"faces picture of version {version!r}, expected {_VERSION}",
            hint="Update isogen, or render the quadrant again.",
        )
    if not (_is_index(guard) and guard >= 0 and isinstance(pairs, list)):
        raise DataError(f"the text {_KEY!r} of a faces picture holds a guard of {guard!r}")
    return tuple(_cell(pair) for pair in cast("list[object]", pairs)), guard


def _cell(pair: object) -> CellKey:
    match pair:
        case [int() as i, int() as j] if _is_index(i) and _is_index(j):
            return CellKey(i, j)
        case _:
            raise DataError(f"a cell of a faces picture is two integers, found {pair!r}")


def _is_index(value: object) -> bool:
    return type(value) is int and abs(value) < _CELL_LIMIT
