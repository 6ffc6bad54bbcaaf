"""What people say about quadrants: references, stars, water, notes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from isogen.geo.grid import Quadrant
from isogen.stages.project import Project
from isogen.stages.references import tile_rows
from isogen.store.marks import MARKS, Mark, change_marks, read_marks


@dataclass(frozen=True)
class Saying:
    """What is said about quadrants now; None leaves what was said before."""

    starred: bool | None = None
    reference: bool | None = None
    water: int | None = None
    """1: all of it is water; -1: none of it is; 0: nobody says."""

    note: str | None = None

    @property
    def changes(self) -> dict[str, Any]:
        """The fields of a mark that change."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def marks_of(project: Project, quadrants: Sequence[Quadrant] | None = None) -> list[Mark]:
    """Return the marks of some quadrants, or all, by row, then column.

    Raises:
        DataError: The file cannot be read.
    """
    marks = read_marks(project.root / "data" / MARKS).values()
    chosen = None if quadrants is None else {*quadrants}
    return [mark for mark in marks if chosen is None or mark.quadrant in chosen]


def mark_quadrants(project: Project, quadrants: Sequence[Quadrant], saying: Saying) -> None:
    """Say something about quadrants; what was said before and is not said now stays.

    Raises:
        InputError: A reference is not the top-left quadrant of a finished tile, or a note is
            too long.
        LockedError: Another process is changing the marks.
        DataError: The file cannot be read.
    """
    if saying.reference:
        layer = project.layer("generation")
        for quadrant in quadrants:
            tile_rows(layer, quadrant)
    path = project.root / "data" / MARKS
    known = read_marks(path)
    before = [known.get(q, Mark(q.x, q.y)) for q in dict.fromkeys(quadrants)]
    change_marks(path, [mark._replace(**saying.changes) for mark in before])
