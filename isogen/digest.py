"""Names of bytes: SHA-256, and canonical JSON to take it of."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any, NewType

Digest = NewType("Digest", str)
"""64 lower-case hexadecimal digits: the SHA-256 of some bytes."""

_ENCODER = json.JSONEncoder(
    allow_nan=False, ensure_ascii=False, separators=(",", ":"), sort_keys=True
)

DIGEST_LENGTH = 64
_WRITTEN = re.compile(f"[0-9a-f]{{{DIGEST_LENGTH}}}")
_WRITTEN_LINES = re.compile(f"(?:[0-9a-f]{{{DIGEST_LENGTH}}}\\n)*")


def digest_of(data: bytes | bytearray | memoryview) -> Digest:
    """Return the SHA-256 of ``data``."""
    return Digest(hashlib.sha256(data).hexdigest())


def is_digest(text: str) -> bool:
    """Tell whether ``text`` is written as a digest."""
    return _WRITTEN.fullmatch(text) is not None


def are_digests(texts: Sequence[str]) -> bool:
    """Tell whether all of some texts are written as digests."""
    return _WRITTEN_LINES.fullmatch("".join(f"{text}\n" for text in texts)) is not None


def canonical_json(value: Any) -> bytes:  # noqa: ANN401  any JSON value
    """Encode ``value`` so that equal values give equal bytes.

    Keys are sorted, separators fixed, text is UTF-8.

    Raises:
        ValueError: A number is not finite: JSON cannot say it.
        TypeError: A value is not one of JSON's types.
    """
    return _ENCODER.encode(value).encode()
