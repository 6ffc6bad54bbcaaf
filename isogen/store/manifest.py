"""The manifest of a layer: a table of what every quadrant holds now."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from isogen.digest import Digest, digest_of
from isogen.errors import DataError, SchemaVersionError
from isogen.files import Durability, write_beside
from isogen.store.row import NAMES, Row, Status, are_sound, check_row, position
from isogen.store.tables import Column, Kind, Schema, decode_table, encode_table, read_file

SCHEMA = Schema(
    "manifest",
    1,
    (
        Column("x", Kind.INT32),
        Column("y", Kind.INT32, repeats=True),
        Column("sha256", Kind.TEXT),
        Column("pixels_sha256", Kind.TEXT),
        Column("width", Kind.INT32, repeats=True),
        Column("height", Kind.INT32, repeats=True),
        Column("bytes", Kind.INT64),
        Column("recipe", Kind.TEXT),
        Column("maker", Kind.TEXT, repeats=True),
        Column("model", Kind.TEXT, optional=True, repeats=True),
        Column("revision", Kind.TEXT, optional=True, repeats=True),
        Column("prompt", Kind.TEXT, optional=True, repeats=True),
        Column("negative_prompt", Kind.TEXT, optional=True, repeats=True),
        Column("seed", Kind.INT64, optional=True),
        Column("template_sha256", Kind.TEXT, optional=True),
        Column("parents", Kind.TEXTS),
        Column("status", Kind.TEXT, repeats=True),
        Column("lat", Kind.FLOAT),
        Column("lng", Kind.FLOAT),
    ),
)
"""Columns are the fields of a Row, in order."""

_HINT = "Restore it (`dvc checkout`), or make the layer again."


@dataclass(frozen=True)
class Manifest:
    """A manifest as it was read."""

    rows: tuple[Row, ...] = ()
    """In the order of the file, which is by y, then x."""

    digest: Digest | None = None
    """Of the file's bytes; None when there is no file."""


def encode_manifest(rows: Iterable[Row]) -> bytes:
    """Return the bytes of a manifest; equal rows give equal bytes, in whatever order."""
    columns = list(zip(*sorted(rows, key=position), strict=True)) or [()] * len(NAMES)
    return encode_table(dict(zip(NAMES, columns, strict=True)), SCHEMA)


def decode_manifest(data: bytes) -> tuple[Row, ...]:
    """Return the rows of a manifest in the order of the file.

    Raises:
        DataError: It is no manifest, is broken, too large, or holds what cannot be.
        SchemaVersionError: It was written by a version that this one does not know.
    """
    columns = decode_table(data, SCHEMA)
    try:
        columns["status"] = [_STATUSES[status] for status in columns["status"]]
    except KeyError as error:
        raise DataError(f"{error} is not the status of a row") from error
    rows = tuple(map(Row._make, zip(*(columns[name] for name in NAMES), strict=True)))
    if not are_sound(columns):
        for row in rows:
            check_row(row)
    return rows


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; without a file it has no rows.

    Raises:
        DataError: As decode_manifest, naming the file.
        SchemaVersionError: Likewise.
    """
    data = read_file(path)
    if data is None:
        return Manifest()
    try:
        return Manifest(decode_manifest(data), digest_of(data))
    except SchemaVersionError as error:
        raise SchemaVersionError(f"{path}: {error}", hint=error.hint) from error
    except DataError as error:
        raise DataError(f"{path}: {error}", hint=_HINT) from error


def write_manifest(path: Path, rows: Iterable[Row], durability: Durability) -> Manifest:
    """Replace a manifest.

    Raises:
        StorageError: The disk refused; the file is what it was.
    """
    ordered = tuple(sorted(rows, key=position))
    data = encode_manifest(ordered)
    write_beside(path, data, durability=durability)
    return Manifest(ordered, digest_of(data))


_STATUSES = {status.value: status for status in Status}
