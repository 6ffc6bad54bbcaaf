"""What a server writes down: one line of JSON per call and per run; no prompts, no passwords."""

from dataclasses import asdict, dataclass
from typing import TextIO

import orjson

GONE = 499
"""Status of a call whose caller did not wait for the answer."""


@dataclass
class Called:
    """One call, filled in as it goes."""

    id: str
    """x-request-id."""

    status: int = GONE
    error: str | None = None
    """What kind of error was answered."""

    key: str | None = None
    """Digest of everything that decides the picture."""

    client_key: str | None = None
    """Idempotency-Key."""

    share: str | None = None
    """ran, joined (an equal call was in flight) or remembered (one was over)."""

    queued_s: float | None = None
    seconds: float = 0.0
    """From the first byte in to the last byte out."""


@dataclass(frozen=True)
class Made:
    """One picture that the engine made."""

    key: str
    seed: int
    batch: int
    """Jobs that were worked on together."""

    seconds: float
    """That the batch took."""


def write_record(record: Called | Made, log: TextIO) -> None:
    """Append one line, at once; its event is called or made."""
    told = {"event": type(record).__name__.lower(), **asdict(record)}
    log.write(orjson.dumps(told).decode() + "\n")
    log.flush()
