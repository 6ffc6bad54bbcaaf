"""Answers as they are kept: the picture as it came, and behind it what was said about it."""

import json
from typing import Any, cast

from isogen.digest import canonical_json
from isogen.models.protocol import EditAnswer

_LENGTH_BYTES = 4


def pack_answer(answer: EditAnswer) -> bytes:
    """Return the picture, then what was said about it, so that viewers still open it."""
    said = canonical_json(
        {
            "model": answer.model,
            "revision": answer.revision,
            "attempts": answer.attempts,
            "seconds": answer.seconds,
            "cost_usd": answer.cost_usd,
        }
    )
    return answer.picture + said + len(said).to_bytes(_LENGTH_BYTES, "big")


def unpack_answer(data: bytes) -> EditAnswer | None:
    """Return the answer that was packed; None when it was packed otherwise."""
    length = int.from_bytes(data[-_LENGTH_BYTES:], "big")
    start = len(data) - _LENGTH_BYTES - length
    if start < 0:
        return None
    try:
        said = cast("dict[str, Any]", json.loads(data[start:-_LENGTH_BYTES]))
        return EditAnswer(
            picture=data[:start],
            model=str(said["model"]),
            revision=None if said["revision"] is None else str(said["revision"]),
            attempts=int(said["attempts"]),
            seconds=float(said["seconds"]),
            cost_usd=None if said["cost_usd"] is None else float(said["cost_usd"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
