"""One row of a layer: which object a quadrant holds, and what it was made from."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from isogen.digest import Digest, are_digests, is_digest
from isogen.errors import DataError
from isogen.geo.grid import Quadrant

PLACE_DECIMALS = 7
"""Decimals of a row's place, a centimeter: below it the C libraries of machines differ."""

_INT32, _INT64 = (1 << 31) - 1, (1 << 63) - 1


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


def _within(low: float, high: float) -> Callable[[Any], bool]:
    return lambda value: low <= value <= high


def _or_absent(allowed: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or allowed(value)


def _are_digests(values: Any) -> bool:  # noqa: ANN401  any value of a row
    return all(map(is_digest, values))


_ALLOWED: tuple[tuple[int, Callable[[Any], bool]], ...] = tuple(
    (NAMES.index(name), allowed)
    for name, allowed in (
        ("x", _within(-_INT32, _INT32)),
        ("y", _within(-_INT32, _INT32)),
        ("sha256", is_digest),
        ("pixels_sha256", is_digest),
        ("width", _within(1, _INT32)),
        ("height", _within(1, _INT32)),
        ("bytes", _within(1, _INT64)),
        ("recipe", is_digest),
        ("seed", _or_absent(_within(-_INT64, _INT64))),
        ("template_sha256", _or_absent(is_digest)),
        ("parents", _are_digests),
        ("lat", _within(-90, 90)),
        ("lng", _within(-180, 180)),
    )
)


_DIGESTS = {"sha256", "pixels_sha256", "recipe", "template_sha256", "parents"}


def check_row(row: Row) -> None:
    """Check the values of a row.

    Raises:
        DataError: One of them cannot be.
    """
    for index, allowed in _ALLOWED:
        if not allowed(row[index]):
            raise DataError(f"{NAMES[index]!r} of row ({row.x}, {row.y}) cannot be {row[index]!r}")


def are_sound(columns: Mapping[str, Sequence[Any]]) -> bool:
    """Tell whether every value of some rows can be, column by column: ten times as fast."""
    digests = [d for name in ("sha256", "pixels_sha256", "recipe") for d in columns[name]]
    digests += {d for d in columns["template_sha256"] if d is not None}
    digests += {d for parents in columns["parents"] for d in parents}
    others = ((i, allowed) for i, allowed in _ALLOWED if NAMES[i] not in _DIGESTS)
    return are_digests(digests) and all(
        all(map(allowed, columns[NAMES[i]])) for i, allowed in others
    )


def checked(row: Row) -> Row:
    """Return a row with its place rounded.

    Raises:
        DataError: One of its values cannot be.
    """
    check_row(row)
    # Adding zero turns -0.0 into 0.0, which is written with other bytes.
    lat, lng = (round(degrees, PLACE_DECIMALS) + 0.0 for degrees in (row.lat, row.lng))
    return row._replace(lat=lat, lng=lng)


def row_to_json(row: Row) -> dict[str, Any]:
    """Return a row as JSON can say it."""
    return {**row._asdict(), "parents": list(row.parents), "status": row.status.value}


def row_from_json(values: Mapping[str, Any]) -> Row:
    """Return the row that JSON says.

    Raises:
        ValueError: A field is absent, unknown or of another type.
        DataError: A value cannot be.
    """
    if len(values) != len(NAMES) or any(name not in values for name in NAMES):
        raise ValueError(f"fields of a row: expected {NAMES}, found {tuple(values)}")
    fields = dict(values)
    for name, types in _JSON_TYPES.items():
        if type(fields[name]) not in types:
            raise ValueError(f"field {name!r} of a row cannot be {fields[name]!r}")
    if any(type(parent) is not str for parent in fields["parents"]):
        raise ValueError("the parents of a row are digests")
    fields["parents"], fields["status"] = tuple(fields["parents"]), Status(fields["status"])
    return checked(Row(**fields))
