"""What stands around the app: names each call, bounds its body, writes it down."""

import asyncio
import contextlib
import re
import secrets
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inference.faults import ApiError
from inference.records import Called
from inference.settings import Settings
from isogen.models.wire import ID_HEADER

Clock = Callable[[], float]
Note = Callable[[Called], None]

RECORD = "called"
"""Name of a call's record in the request's state."""

_ID = re.compile(r"[\w.:-]{1,128}", re.ASCII)


class Guard:
    """Middleware for the calls that come in by POST."""

    def __init__(self, app: ASGIApp, settings: Settings, clock: Clock, note: Note) -> None:
        self._app = app
        self._settings = settings
        self._clock = clock
        self._note = note

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, under watch when it is a call."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        record = Called(_id_of(scope))
        scope.setdefault("state", {})[RECORD] = record
        started = self._clock()
        body = _Body(receive, _declared(scope), self._settings)
        try:
            await self._app(scope, body.receive, _watched(send, body, record))
        finally:
            record.seconds = self._clock() - started
            self._note(record)


class _Body:
    """A request's body, counted while it is read."""

    def __init__(self, receive: Receive, declared: int, settings: Settings) -> None:
        self._receive = receive
        self._declared = declared
        self._most_bytes = settings.most_body_bytes
        self._drain_s = settings.drain_s
        self._read = 0
        self._is_over = False

    async def receive(self) -> Message:
        """Return the next message.

        Raises:
            ApiError: The body is, or says that it is, larger than allowed.
        """
        if self._declared > self._most_bytes:
            raise self._too_large()
        message = await self._next()
        if self._read > self._most_bytes:
            raise self._too_large()
        return message

    async def drain(self) -> None:
        """Read on and drop it: many clients see an answer only after they sent everything.

        Who sends too much or too slowly sees it break off.
        """
        bound = self._read + 2 * self._most_bytes
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._drain_s):
                while not self._is_over and self._read <= bound:
                    await self._next()

    async def _next(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        self._is_over = message["type"] == "http.disconnect" or not message.get("more_body")
        return message

    def _too_large(self) -> ApiError:
        return ApiError(413, "too_large", f"the body has more than {self._most_bytes} bytes")


def _watched(send: Send, body: _Body, record: Called) -> Send:
    async def watched(message: Message) -> None:
        if message["type"] == "http.response.start":
            await body.drain()
            record.status = message["status"]
            message["headers"] = [
                *message.get("headers", ()),
                (ID_HEADER.encode(), record.id.encode()),
            ]
        await send(message)

    return watched


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _id_of(scope: Scope) -> str:
    """Return the caller's own name of the request, when it is a harmless one."""
    told = _header(scope, ID_HEADER.encode())
    return told if _ID.fullmatch(told) else secrets.token_hex(8)


def _declared(scope: Scope) -> int:
    told = _header(scope, b"content-length")
    return int(told[:18]) if told.isdecimal() and told.isascii() else 0
