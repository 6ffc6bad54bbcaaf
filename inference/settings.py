"""What a server accepts, and how much at once."""

from dataclasses import dataclass

from isogen.models.wire import MOST_BYTES, MOST_PIXELS

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Settings:
    """The limits of one server."""

    api_key: str | None = None
    """What callers must send as a bearer token or as x-api-key; None lets everybody in."""

    most_body_bytes: int = MOST_BYTES
    drain_s: float = 10.0
    """Seconds that who is refused has for the rest of the body."""

    fewest_side_px: int = 16
    most_side_px: int = 4096
    most_pixels: int = MOST_PIXELS
    most_steps: int = 60
    max_batch: int = 1
    """Most jobs that the engine works on together."""

    batch_wait_s: float = 0.02
    """How long a job waits for others that may join it, when a batch holds more than one."""

    max_queue: int = 32
    """Most calls that wait for the engine; the next is asked to come back later."""

    deadline_s: float = 540.0
    """Seconds after which a caller gets an error instead of a picture."""

    keep_results: int = 64
    """Most pictures remembered, so that an equal call is not run again."""

    keep_bytes: int = 256 * MEBIBYTE
    """Most bytes that the remembered pictures take together."""
