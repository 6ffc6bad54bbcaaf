"""What a journal says: one event a line, as JSON."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, cast

from isogen.digest import Digest, canonical_json, is_digest
from isogen.errors import DataError
from isogen.store.row import Quadrant, Row, row_from_json, row_to_json

Measure = str | int | float | bool | None
Measures = Mapping[str, Measure]
"""What was measured while something was made, by name."""

NOTHING: Measures = MappingProxyType({})

BASE_MARK = b'{"event":"base",'
"""How the line of a Base begins, and no other line does."""


@dataclass(frozen=True, slots=True)
class Base:
    """What follows was written upon the manifest of this digest; None is no manifest."""

    manifest: Digest | None


@dataclass(frozen=True, slots=True)
class Made:
    """A quadrant was made, or found in the memo."""

    row: Row
    seconds: float
    attempts: int = 1
    cost_usd: float | None = None
    measures: Measures = field(default_factory=dict[str, Measure])


@dataclass(frozen=True, slots=True)
class Failed:
    """A quadrant could not be made."""

    quadrant: Quadrant
    error: str
    seconds: float
    attempts: int = 1
    measures: Measures = field(default_factory=dict[str, Measure])


@dataclass(frozen=True, slots=True)
class Dropped:
    """Quadrants left the layer; their objects stay."""

    quadrants: tuple[Quadrant, ...]


Event = Base | Made | Failed | Dropped


@dataclass(frozen=True, slots=True)
class Record:
    """An event and when it happened, in seconds of UNIX time."""

    at: float
    event: Event


def encode_record(record: Record) -> bytes:
    """Return a record as a line, newline included."""
    kind, fields = _encode_event(record.event)
    at = datetime.fromtimestamp(record.at, UTC).isoformat(timespec="milliseconds")
    rest = canonical_json({"at": at, **fields})
    return b'{"event":"%s",%s\n' % (kind.encode(), rest[1:])


def decode_record(line: bytes) -> Record:
    """Return the record of a line.

    Raises:
        ValueError: It is not one, or holds what cannot be.
    """
    try:
        fields = json.loads(line)
        at = datetime.fromisoformat(fields.pop("at")).timestamp()
        return Record(at, _DECODERS[fields.pop("event")](fields))
    except (KeyError, TypeError, AttributeError, DataError, RecursionError) as error:
        raise ValueError(f"not a record: {error!r}") from error


def replay(
    rows: Mapping[Quadrant, Row], events: Iterable[Event], has: Callable[[Digest], bool]
) -> dict[Quadrant, Row]:
    """Return what a layer holds after events.

    Args:
        rows: What it held before.
        events: In the order in which they happened.
        has: Tells whether an object is there; rows without theirs are passed over.
    """
    now = dict(rows)
    for event in events:
        match event:
            case Made(row=row) if has(row.sha256):
                now[row.quadrant] = row
            case Dropped(quadrants=quadrants):
                for quadrant in quadrants:
                    now.pop(quadrant, None)
            case _:
                pass
    return now


def _encode_event(event: Event) -> tuple[str, dict[str, Any]]:
    match event:
        case Base(manifest):
            return "base", {"manifest": manifest}
        case Made(row):
            work = {**_encode_work(event), "cost_usd": event.cost_usd}
            return "made", {"row": row_to_json(row), **work}
        case Failed(quadrant, error):
            work = _encode_work(event)
            return "failed", {"quadrant": quadrant, "error": error, **work}
        case Dropped(quadrants):
            return "dropped", {"quadrants": quadrants}


def _encode_work(event: Made | Failed) -> dict[str, Any]:
    work: dict[str, Any] = {"seconds": round(event.seconds, 3), "attempts": event.attempts}
    return {**work, "measures": dict(event.measures)} if event.measures else work


def _base(fields: dict[str, Any]) -> Base:
    manifest = fields["manifest"]
    if manifest is not None and not is_digest(manifest):
        raise ValueError(f"{manifest!r} is not the digest of a manifest")
    return Base(manifest)


def _made(fields: dict[str, Any]) -> Made:
    cost = fields["cost_usd"]
    return Made(
        row_from_json(fields["row"]),
        float(fields["seconds"]),
        int(fields["attempts"]),
        None if cost is None else float(cost),
        _measures(fields),
    )


def _failed(fields: dict[str, Any]) -> Failed:
    work = float(fields["seconds"]), int(fields["attempts"]), _measures(fields)
    return Failed(_quadrant(fields["quadrant"]), str(fields["error"]), *work)


def _measures(fields: dict[str, Any]) -> Measures:
    """Return the measures of a record; those of older journals have none."""
    measures = fields.get("measures", {})
    if not isinstance(measures, dict):
        raise ValueError(f"{measures!r} are not measures")  # noqa: TRY004  a value of the file
    return cast("Measures", measures)


def _dropped(fields: dict[str, Any]) -> Dropped:
    return Dropped(tuple(_quadrant(pair) for pair in cast("list[Any]", fields["quadrants"])))


def _quadrant(pair: Any) -> Quadrant:  # noqa: ANN401  any JSON value
    match pair:
        case [int() as x, int() as y]:
            return Quadrant(x, y)
        case _:
            raise ValueError(f"{pair!r} is not a quadrant")


_DECODERS: dict[str, Callable[[dict[str, Any]], Event]] = {
    "base": _base,
    "made": _made,
    "failed": _failed,
    "dropped": _dropped,
}
