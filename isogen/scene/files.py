"""A scene on disk: one file per cell for what stands there, one for its shadows, an index.

``scene.json`` lists the cells with their digests and the art pixels they can be
seen in, so that a reader opens only what a window shows.
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from isogen.digest import Digest, canonical_json, digest_of
from isogen.errors import (
    DataError,
    DigestMismatchError,
    ObjectMissingError,
    SchemaVersionError,
)
from isogen.files import write_beside
from isogen.geo.grid import Quadrant
from isogen.mesh.cell import CellFacts, CellKey, CellParts, home_of
from isogen.mesh.model import FACE_DTYPE, Casters, Mesh

SCHEMA = "isogen-scene/1"

_MESH_ARRAYS = ("faces", "corners", "owners", "balls", "ball_owners")
_CASTER_ARRAYS = ("points", "ring_ends", "caster_ends", "heights")


@dataclass(frozen=True)
class CellRecord:
    """What the index says about a cell."""

    key: CellKey
    recipe: Digest
    """What decided the cell's parts."""

    sha256: Digest
    """Of the file with its parts."""

    shadow_recipe: Digest | None
    """What decided its shadows; absent while the cell only borders the ones asked for."""

    shadow_sha256: Digest | None
    """Of the file with its shadows; absent together with its recipe."""

    box: tuple[int, int, int, int]
    """Art x0, y0, x1, y1 in which its faces can be seen; empty (0, 0, 0, 0) without any."""

    top: int
    """Highest point of its faces, in whole rises, rounded up."""

    faces: int

    quadrants: tuple[tuple[int, int], ...]
    """Quadrants (x, y) in which its faces can be seen, by y, then x."""

    facts: CellFacts = field(default_factory=CellFacts)
    """How much of its buildings is told, and how much is inferred."""

    @property
    def is_lit(self) -> bool:
        """Tell whether its shadows are known, so that it can be drawn."""
        return self.shadow_sha256 is not None


@dataclass(frozen=True)
class SceneIndex:
    """The contents of ``scene.json``."""

    maker: str
    view: Mapping[str, float]
    """Camera that the cells were cut and measured for."""

    attribution: tuple[str, ...]
    extent: tuple[tuple[float, float], ...]
    """Outline of what the source covers, plane meters."""

    homes: tuple[CellKey, ...]
    """Cells before which everything is built that can be seen there, by row, then column."""

    cells: Mapping[CellKey, CellRecord]

    @property
    def quadrants(self) -> list[tuple[int, int]]:
        """Every quadrant (x, y) that shows something and can be drawn, by y, then x."""
        homes = set(self.homes)
        seen = {q for c in self.cells.values() if c.is_lit for q in c.quadrants}
        pixel_size = int(self.view["pixel_size"])
        complete = [q for q in seen if home_of(Quadrant(*q), pixel_size) in homes]
        return sorted(complete, key=lambda q: (q[1], q[0]))

    def to_json(self) -> bytes:
        """Return the canonical bytes."""
        ordered = sorted(self.cells.values(), key=lambda c: (c.key.j, c.key.i))
        return canonical_json(
            {
                "schema": SCHEMA,
                "maker": self.maker,
                "view": dict(self.view),
                "attribution": list(self.attribution),
                "extent": self.extent,
                "homes": self.homes,
                "cells": [asdict(c) for c in ordered],
            }
        )


def index_path(folder: Path) -> Path:
    """Return where the index of a scene lies."""
    return folder / "scene.json"


def cell_path(folder: Path, key: CellKey) -> Path:
    """Return where the parts of a cell lie."""
    return folder / "cells" / f"{key.i}_{key.j}.npz"


def shadow_path(folder: Path, key: CellKey) -> Path:
    """Return where the shadows of a cell lie."""
    return folder / "shadows" / f"{key.i}_{key.j}.npz"


def read_index(folder: Path) -> SceneIndex:
    """Read the index of a scene.

    Raises:
        ObjectMissingError: There is no scene.
        SchemaVersionError: It was written by another version.
        DataError: It is not readable.
    """
    path = index_path(folder)
    try:
        data: dict[str, Any] = json.loads(path.read_bytes())
        schema = data.get("schema")
        if schema == SCHEMA:
            return _parse_index(data)
    except FileNotFoundError:
        raise ObjectMissingError(
            f"there is no scene in {folder}", hint="Run `isogen scene` first."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"{path} is not the index of a scene: {error!r}", hint="Run `isogen scene` again."
        ) from error
    raise SchemaVersionError(
        f"{path} has schema {schema!r}, expected {SCHEMA!r}", hint="Run `isogen scene` again."
    )


def _parse_index(data: Mapping[str, Any]) -> SceneIndex:
    records = [_parse_cell(entry) for entry in data["cells"]]
    return SceneIndex(
        maker=data["maker"],
        view=data["view"],
        attribution=tuple(data["attribution"]),
        cells={record.key: record for record in records},
        extent=tuple((e, n) for e, n in data["extent"]),
        homes=tuple(CellKey(i, j) for i, j in data["homes"]),
    )


def _parse_cell(entry: Mapping[str, Any]) -> CellRecord:
    x0, y0, x1, y1 = entry["box"]
    return CellRecord(
        key=CellKey(*entry["key"]),
        recipe=entry["recipe"],
        sha256=entry["sha256"],
        shadow_recipe=entry["shadow_recipe"],
        shadow_sha256=entry["shadow_sha256"],
        box=(x0, y0, x1, y1),
        top=entry["top"],
        faces=entry["faces"],
        quadrants=tuple((x, y) for x, y in entry["quadrants"]),
        facts=CellFacts(**entry.get("facts", {})),
    )


def write_file(path: Path, data: bytes) -> Digest:
    """Write beside, then rename; return the digest.

    Raises:
        StorageError: The disk refused.
    """
    write_beside(path, data)
    return digest_of(data)


def pack_parts(parts: CellParts, recipe: Digest) -> bytes:
    """Encode the parts of a cell and what decided them; equal values give equal bytes."""
    arrays: dict[str, NDArray[Any]] = {n: getattr(parts.mesh, n) for n in _MESH_ARRAYS}
    arrays["recipe"] = np.frombuffer(bytes.fromhex(recipe), np.uint8)
    arrays |= {f"caster_{n}": getattr(parts.casters, n) for n in _CASTER_ARRAYS}
    arrays["ground"] = parts.ground
    return _pack(arrays)


def packed_recipe(data: bytes, path: Path) -> Digest:
    """Return what decided the parts of an encoded cell.

    Raises:
        DataError: The bytes are not a cell.
    """
    recipe = _unpack(data, path, ("recipe",)).get("recipe", np.zeros(0, np.uint8))
    return Digest(recipe.tobytes().hex())


def unpack_parts(data: bytes, path: Path) -> CellParts:
    """Decode the parts of a cell.

    Raises:
        DataError: The bytes are not a cell.
    """
    arrays = _unpack(data, path)
    try:
        mesh = Mesh(**{n: arrays[n] for n in _MESH_ARRAYS})
        casters = Casters(**{n: arrays[f"caster_{n}"] for n in _CASTER_ARRAYS})
        parts = CellParts(mesh, casters, arrays["ground"])
    except KeyError as error:
        raise DataError(f"{path} lacks the array {error}", hint="Run `isogen repair`.") from error
    if parts.mesh.faces.dtype != FACE_DTYPE:
        raise SchemaVersionError(f"{path} has an unknown face table", hint="Run `isogen scene`.")
    return parts


def pack_shadow(shadow: NDArray[np.float32]) -> bytes:
    """Encode the shadow heights of a cell, exactly."""
    return _pack({"shadow": shadow})


def unpack_shadow(data: bytes, path: Path) -> NDArray[np.float32]:
    """Decode the shadow heights of a cell.

    Raises:
        DataError: The bytes are not shadows.
    """
    return _unpack(data, path)["shadow"]


def read_checked(path: Path, digest: Digest) -> bytes:
    """Read a file of the scene and check its digest.

    Raises:
        ObjectMissingError: It is not there.
        DigestMismatchError: It is not what the index says.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ObjectMissingError(
            f"{path} is in the index but not on disk", hint="Run `isogen scene` again."
        ) from None
    found = digest_of(data)
    if found != digest:
        raise DigestMismatchError(
            f"{path} does not match its digest: expected sha256:{digest}, got sha256:{found}",
            hint="Run `isogen scene` again, or `dvc checkout`.",
        )
    return data


def remove_stale(folder: Path, keys: Iterable[CellKey]) -> int:
    """Remove the files of cells that the index does not name; return how many."""
    keep = {p(folder, k) for k in keys for p in (cell_path, shadow_path)}
    stale = [p for p in sorted(folder.glob("*/*.npz")) if p not in keep]
    for path in stale:
        path.unlink()
    return len(stale)


def _pack(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    out = BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()


def _unpack(
    data: bytes, path: Path, only: tuple[str, ...] | None = None
) -> dict[str, NDArray[Any]]:
    try:
        with np.load(BytesIO(data), allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files if not only or name in only}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error) as error:
        raise DataError(
            f"{path} is not a file of a scene: {error}", hint="Run `isogen scene` again."
        ) from error
