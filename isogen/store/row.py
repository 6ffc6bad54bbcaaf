"""One row of a layer: which object a quadrant holds, and what it was made from."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import chain
from math import isfinite
from operator import attrgetter
from typing import Any, NamedTuple

from isogen.digest import Digest
from isogen.errors import DataError
from isogen.geo.grid import Quadrant

PLACE_DECIMALS = 7
"""Decimals of a row's place, a centimeter: below it the C libraries of machines differ."""

_IS_DIGEST = re.compile("[0-9a-f]{64}").fullmatch
_INT32, _INT64 = (1 << 31) - 1, (1 << 63) - 1
_RANGES: tuple[tuple[str, float, float], ...] = (
    ("x", -_INT32, _INT32),
    ("y", -_INT32, _INT32),
    ("width", 1, _INT32),
    ("height", 1, _INT32),
    ("bytes", 1, _INT64),
    ("seed", -_INT64, _INT64),
    ("lat", -90, 90),
    ("lng", -180, 180),
)


class Status(StrEnum):
    """What the maker thought of what it made."""

    OK = "ok"
    FLAGGED = "flagged"


class Row(NamedTuple):
    """What a quadrant of a layer holds. Columns of the manifest are these fields, in order.

    A tuple, because a layer has many: it is checked where it is recorded or read.
    """

    x: int
    y: int

    sha256: Digest
    """Digest of the object."""

    pixels_sha256: Digest
    """Digest of the decoded pixels, which outlives a change of encoder."""

    width: int
    height: int
    bytes: int

    recipe: Digest
    """Digest of everything that decided the pixels; what a memo is looked up by."""

    maker: str
    model: str | None
    revision: str | None
    prompt: str | None
    negative_prompt: str | None

    seed: int | None
    """A signed integer of 64 bits."""

    template_sha256: Digest | None

    parents: tuple[Digest, ...]
    """Digests of every object that it was made from."""

    status: Status

    lat: float
    """Latitude of the quadrant's bottom-right corner on the ground, rounded to PLACE_DECIMALS."""

    lng: float

    @property
    def quadrant(self) -> Quadrant:
        """Where the row lies; rows of a layer differ in it."""
        return Quadrant(self.x, self.y)


NAMES = Row._fields
"""Names of the columns, in order."""

position = attrgetter("y", "x")
"""The key that rows are sorted by."""

_JSON_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("x", "y", "width", "height", "bytes"), (int,)),
    **dict.fromkeys(("sha256", "pixels_sha256", "recipe", "maker", "status"), (str,)),
    **dict.fromkeys(("model", "revision", "prompt", "negative_prompt"), (str, type(None))),
    "template_sha256": (str, type(None)),
    "seed": (int, type(None)),
    "parents": (list,),
    **dict.fromkeys(("lat", "lng"), (float, int)),
}


def checked(row: Row) -> Row:
    """Return a row with its place rounded.

    Raises:
        DataError: One of its values cannot be.
    """
    check_columns({name: (value,) for name, value in zip(NAMES, row, strict=True)})
    # Adding zero turns -0.0 into 0.0, which is written with other bytes.
    lat, lng = (round(degrees, PLACE_DECIMALS) + 0.0 for degrees in (row.lat, row.lng))
    return row._replace(lat=lat, lng=lng)


def check_columns(columns: Mapping[str, Sequence[Any]]) -> None:
    """Check the values of rows, given by column; none may be empty.

    Raises:
        DataError: A value cannot be.
    """
    for name in ("sha256", "pixels_sha256", "recipe"):
        _check(name, columns[name], _IS_DIGEST)
    _check("parents", tuple(chain.from_iterable(columns["parents"])), _IS_DIGEST)
    templates = [digest for digest in columns["template_sha256"] if digest is not None]
    _check("template_sha256", templates, _IS_DIGEST)
    for name, low, high in _RANGES:
        values = [value for value in columns[name] if value is not None]
        _check(name, (min(values, default=low), max(values, default=low)), _within(low, high))
    # The least and greatest of a column do not tell whether it holds a NaN; the sum does.
    _check("lat or lng", (sum(columns["lat"]) + sum(columns["lng"]),), isfinite)


def _check(name: str, values: Iterable[Any], allowed: Callable[[Any], object]) -> None:
    wrong = next((value for value in values if not allowed(value)), None)
    if wrong is not None:
        raise DataError(f"column {name!r} of a row cannot be {wrong!r}")


def _within(low: float, high: float) -> Callable[[float], bool]:
    return lambda value: low <= value <= high


def row_to_json(row: Row) -> dict[str, Any]:
    """Return a row as JSON can say it."""
    return {**row._asdict(), "parents": list(row.parents), "status": row.status.value}


def row_from_json(values: Mapping[str, Any]) -> Row:
    """Return the row that JSON says.

    Raises:
        ValueError: A field is absent, unknown or of another type.
        DataError: A value cannot be.
    """
    if set(values) != set(NAMES):
        raise ValueError(f"fields of a row: expected {NAMES}, found {tuple(values)}")
    for name, types in _JSON_TYPES.items():
        if type(values[name]) not in types:
            raise ValueError(f"field {name!r} of a row cannot be {values[name]!r}")
    if not all(isinstance(parent, str) for parent in values["parents"]):
        raise ValueError("the parents of a row are digests")
    parents = tuple(values["parents"])
    changed: dict[str, Any] = {"parents": parents, "status": Status(values["status"])}
    return checked(Row(**{**values, **changed}))
