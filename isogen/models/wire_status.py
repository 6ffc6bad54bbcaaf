"""What an inference server says besides its answers: how it is, and why it failed."""

from dataclasses import dataclass
from typing import cast

import orjson

from isogen.models import wire_fields as read

HEALTH_PATH = "/health"
"""Where a server tells how it is: free, and without a key."""


@dataclass(frozen=True)
class Health:
    """Whether a server could take a call."""

    status: str
    """ready, loading or failed."""

    model: str | None = None
    revision: str | None = None
    message: str = ""
    """Why it failed."""

    @property
    def is_ready(self) -> bool:
        """Whether it takes calls now."""
        return self.status == "ready"


def encode_health(health: Health) -> bytes:
    """Return the health of a server as a JSON body."""
    return orjson.dumps(
        {
            "status": health.status,
            "model": health.model,
            "revision": health.revision,
            "message": health.message,
        }
    )


def decode_health(body: bytes) -> Health | None:
    """Read the health of a server; None when the server does not speak this wire."""
    told = read.json_object(body) or {}
    status = told.get("status")
    if status not in ("ready", "loading", "failed"):
        return None
    return Health(
        status,
        read.text(told, "model"),
        read.text(told, "revision"),
        read.text(told, "message") or "",
    )


def encode_error(kind: str, message: str) -> bytes:
    """Return a failure as a JSON body.

    Args:
        kind: One word for programs, as in queue_full.
        message: What happened, for people.
    """
    return orjson.dumps({"error": {"type": kind, "message": message}})


def error_message(body: bytes) -> str:
    """Return what a body says about a failure, whoever wrote it; empty when it says nothing."""
    told = read.json_object(body)
    if told is None:
        text = body[:2000].decode(errors="replace").strip()
        return "" if text.startswith("<") else text  # a page for browsers
    error = told.get("error", told)
    if not isinstance(error, dict):
        return str(error)
    parts = (cast("dict[str, object]", error).get(n) for n in ("title", "message", "detail"))
    return ": ".join(str(part) for part in parts if part)
