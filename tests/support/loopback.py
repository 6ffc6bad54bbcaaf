"""A server on this machine that answers, fails, is slow and breaks off as told, and remembers."""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    """Without the query."""

    query: str
    headers: Mapping[str, str]
    """Names in lower case."""

    body: bytes

    @property
    def key(self) -> str:
        """The request key, or nothing."""
        return self.headers.get("idempotency-key", "")


@dataclass(frozen=True)
class Reply:
    """What to answer."""

    status: int = 200
    body: bytes = b""
    type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    """Waited before the status is sent."""

    cut_at: int | None = None
    """Bytes of the body after which the connection breaks; 0 breaks it before the status."""

    drip_s: float = 0.0
    """Waited after every byte of the body."""


class Loopback:
    """Answers requests from a thread of its own until it is closed.

    Replies of ``script`` are given first, in order; then ``answer`` is asked.
    """

    def __init__(self, answer: Callable[[Asked], Reply]) -> None:
        self.answer = answer
        self.script: deque[Reply] = deque()
        self.asked: list[Asked] = []
        self.at_once = 0
        self.most_at_once = 0
        self.is_closed = False
        self._lock = threading.Lock()
        self._server = _Server((HOST, 0), _Handler)
        self._server.owner = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://{HOST}:{self._server.server_port}"

    def url(self, path: str = "/") -> str:
        """Return the address of a path."""
        return self.origin + path

    def posts(self) -> list[Asked]:
        """Return the requests with a body, in order."""
        return [asked for asked in self.asked if asked.method == "POST"]

    def repeated(self) -> dict[str, int]:
        """Return how often each request key came that came more than once."""
        counted = Counter(asked.key for asked in self.posts() if asked.key)
        return {key: count for key, count in counted.items() if count > 1}

    def reply_to(self, asked: Asked) -> Reply:
        """Remember a request and return what to answer."""
        with self._lock:
            self.asked.append(asked)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            scripted = self.script.popleft() if self.script else None
        try:
            reply = self.answer(asked) if scripted is None else scripted
            time.sleep(reply.delay_s)
            return reply
        finally:
            with self._lock:
                self.at_once -= 1

    def close(self) -> None:
        """Stop, also for connections that are open; a second call does nothing."""
        self.is_closed = True
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    owner: Loopback

    def handle_error(self, request, client_address):
        """Say nothing: a client that leaves is part of many tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def log_message(self, format, *args):  # noqa: A002
        """Say nothing."""

    def _answer(self):
        length = int(self.headers.get("content-length") or 0)
        body = self._chunks() if self.headers.get("transfer-encoding") else self.rfile.read(length)
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, parts.path, parts.query, headers, body)
        reply = self.server.owner.reply_to(asked)
        if reply.cut_at == 0 or self.server.owner.is_closed:
            self.close_connection = True
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self._send(reply.body[: reply.cut_at], reply.drip_s)
        self.wfile.flush()
        self.close_connection = self.close_connection or reply.cut_at is not None

    def _send(self, body, drip_s):
        for part in [bytes([byte]) for byte in body] if drip_s else [body]:
            self.wfile.write(part)
            self.wfile.flush()
            time.sleep(drip_s)

    def _chunks(self):
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    do_GET = do_POST = do_HEAD = do_OPTIONS = do_DELETE = do_PUT = _answer  # noqa: N815
