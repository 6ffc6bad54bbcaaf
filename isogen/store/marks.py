"""What people said about quadrants: input, kept apart from what is made."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from isogen.errors import DataError, InputError, SchemaVersionError
from isogen.files import Durability, write_beside
from isogen.store.lock import writer_lock
from isogen.store.row import Quadrant
from isogen.store.tables import Column, Kind, Schema, decode_table, encode_table, read_file

MARKS = "marks.parquet"
"""Name of the file in the data folder."""

MAX_NOTE = 10_000
"""Most characters of a note."""

SCHEMA = Schema(
    "marks",
    1,
    (
        Column("x", Kind.INT32),
        Column("y", Kind.INT32),
        Column("starred", Kind.BOOL),
        Column("reference", Kind.BOOL),
        Column("water", Kind.INT32),
        Column("note", Kind.TEXT),
    ),
)
"""Columns are the fields of a Mark, in order."""


class Mark(NamedTuple):
    """What people said about one quadrant."""

    x: int
    y: int
    starred: bool = False
    reference: bool = False
    """Shown to models as an example of the style."""

    water: int = 0
    """1: all of it is water; -1: none of it is; 0: nobody said."""

    note: str = ""

    @property
    def quadrant(self) -> Quadrant:
        """Where it lies; marks differ in it."""
        return Quadrant(self.x, self.y)

    @property
    def is_blank(self) -> bool:
        """Tell whether it says nothing."""
        return self == Mark(self.x, self.y)


def read_marks(path: Path) -> dict[Quadrant, Mark]:
    """Read the marks, sorted by y, then x; without a file there are none.

    Raises:
        DataError: It is no table of marks, is broken, or holds what cannot be.
        SchemaVersionError: It was written by a version that this one does not know.
    """
    data = read_file(path)
    if data is None:
        return {}
    try:
        columns = decode_table(data, SCHEMA)
        values = zip(*(columns[name] for name in Mark._fields), strict=True)
        marks = sorted((_checked(Mark(*row)) for row in values), key=_position)
    except SchemaVersionError as error:
        raise SchemaVersionError(f"{path}: {error}", hint=error.hint) from error
    except (DataError, InputError) as error:
        raise DataError(f"{path}: {error}", hint="Restore it from version control.") from error
    return {mark.quadrant: mark for mark in marks}


def write_marks(
    path: Path, marks: Iterable[Mark], *, durability: Durability = Durability.FULL
) -> None:
    """Replace the marks; those that say nothing are left out. Equal marks give equal bytes.

    Raises:
        InputError: A mark cannot be.
        StorageError: The disk refused; the file is what it was.
    """
    said = sorted((_checked(mark) for mark in marks if not mark.is_blank), key=_position)
    columns = list(zip(*said, strict=True)) or [()] * len(Mark._fields)
    data = encode_table(dict(zip(Mark._fields, columns, strict=True)), SCHEMA)
    write_beside(path, data, durability=durability)


def change_marks(path: Path, changed: Iterable[Mark]) -> None:
    """Put marks in the place of those of the same quadrants, one writer at a time.

    Raises:
        InputError: A mark cannot be.
        LockedError: Another process is changing the marks; trying again is safe.
        DataError: The file cannot be read.
        StorageError: The disk refused; the file is what it was.
    """
    with writer_lock(path.with_suffix(".lock"), str(path)):
        marks = read_marks(path)
        marks.update({mark.quadrant: mark for mark in changed})
        write_marks(path, marks.values())


def _checked(mark: Mark) -> Mark:
    if mark.water not in (-1, 0, 1) or len(mark.note) > MAX_NOTE:
        raise InputError(
            f"mark ({mark.x}, {mark.y}): water must be -1, 0 or 1, got {mark.water}, and a note "
            f"has at most {MAX_NOTE} characters, got {len(mark.note)}"
        )
    return mark


def _position(mark: Mark) -> tuple[int, int]:
    return mark.y, mark.x
