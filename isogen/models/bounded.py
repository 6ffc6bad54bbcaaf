"""A client of HTTP whose answers have a largest size and a longest time, byte by byte.

A timeout of httpx is for each read: a server that sends a byte a second would hold a caller
for ever. Here the time of a request is for all of it.
"""

import time
from collections.abc import Iterator
from typing import Final, cast
from urllib.parse import urlsplit

import httpx

from isogen.models.exchange import certificates, is_loopback

_STARTED: Final = "isogen_started"
_CONNECT_S: Final = 20.0


class TooLargeError(Exception):
    """An answer is larger than any picture; never leaves this package."""


def bounded_client(url: str, most_bytes: int, *, connections: int) -> httpx.Client:
    """Return a client; each request's read timeout bounds the whole of its answer.

    Args:
        url: Where requests go. What the environment says of proxies counts unless it is on
            this machine.
        most_bytes: Largest body of an answer; a larger one raises TooLargeError.
        connections: Most connections at once.
    """

    def start(request: httpx.Request) -> None:
        request.extensions[_STARTED] = time.monotonic()
        timeouts = _timeouts(request)
        connect_s = timeouts.get("connect")
        timeouts["connect"] = _CONNECT_S if connect_s is None else min(connect_s, _CONNECT_S)

    def bound(response: httpx.Response) -> None:
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


def _timeouts(request: httpx.Request) -> dict[str, float | None]:
    return request.extensions.setdefault("timeout", {})


class _Bounded(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, most_bytes: int, end: float | None) -> None:
        self._stream = stream
        self._left = most_bytes
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._left -= len(chunk)
            if self._left < 0:
                raise TooLargeError
            if self._end is not None and time.monotonic() > self._end:
                raise httpx.ReadTimeout("the answer did not end in time")
            yield chunk

    def close(self) -> None:
        self._stream.close()
