"""A client of HTTP whose answers have a largest size and a longest time, byte by byte.

A timeout of httpx is for each read: a server that sends a byte a second would hold a caller
for ever. Here the time of a request is for all of it. And nothing comes packed: a few bytes
of a packed answer could fill the memory.
"""

import time
from collections.abc import Iterator
from functools import lru_cache
from ssl import SSLContext
from typing import Final, cast
from urllib.parse import SplitResult, urlsplit

import httpx

_STARTED: Final = "isogen_started"
_CONNECT_S: Final = 20.0
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_PLAIN: Final = "identity"
_MIB: Final = 1 << 20


class BoundError(Exception):
    """An answer is larger than any picture, or packed; never leaves this package."""


def bounded_client(url: str, most_bytes: int, *, connections: int) -> httpx.Client:
    """Return a client; each request's read timeout bounds the whole of its answer.

    Its answers raise BoundError when they are packed, or their body is too large.

    Args:
        url: Where requests go. What the environment says of proxies counts unless it is on
            this machine.
        most_bytes: Largest body of an answer.
        connections: Most connections at once.
    """

    def start(request: httpx.Request) -> None:
        request.headers["accept-encoding"] = _PLAIN
        request.extensions[_STARTED] = time.monotonic()
        timeouts = _timeouts(request)
        connect_s = timeouts.get("connect")
        timeouts["connect"] = _CONNECT_S if connect_s is None else min(connect_s, _CONNECT_S)

    def bound(response: httpx.Response) -> None:
        packing = response.headers.get("content-encoding", _PLAIN).strip().lower()
        if packing not in {_PLAIN, ""}:
            raise BoundError(f"answers packed ({packing[:20]!r}), which it was not asked for")
        read_s = _timeouts(response.request).get("read")
        end = None if read_s is None else response.request.extensions[_STARTED] + read_s
        stream = cast("httpx.SyncByteStream", response.stream)
        response.stream = _Bounded(stream, most_bytes, end)

    return httpx.Client(
        event_hooks={"request": [start], "response": [bound]},
        follow_redirects=False,
        limits=httpx.Limits(max_connections=connections, max_keepalive_connections=connections),
        trust_env=not is_loopback(urlsplit(url)),
        verify=certificates(),
    )


def is_loopback(url: SplitResult) -> bool:
    """Tell whether an address is on this machine."""
    return url.hostname in _LOOPBACK


@lru_cache(maxsize=1)
def certificates() -> SSLContext:
    """Return the certificates that are trusted; reading them takes longer than a call."""
    return httpx.create_ssl_context()


def _timeouts(request: httpx.Request) -> dict[str, float | None]:
    return request.extensions.setdefault("timeout", {})


class _Bounded(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, most_bytes: int, end: float | None) -> None:
        self._stream = stream
        self._most = most_bytes
        self._left = most_bytes
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._left -= len(chunk)
            if self._left < 0:
                raise BoundError(f"answers with more than {self._most / _MIB:g} MiB")
            if self._end is not None and time.monotonic() > self._end:
                raise httpx.ReadTimeout("the answer did not end in time")
            yield chunk

    def close(self) -> None:
        self._stream.close()
