"""Requests of HTTP with limits: the time and the size of an answer, and where it may send us.

A key never goes to another host, and a redirect never leads from https to http.
"""

import time
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from socket import inet_aton
from threading import Lock
from typing import Final, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx

from isogen.errors import InputError, ModelAnswerError
from isogen.models.bounded import BoundError, bounded_client, is_loopback
from isogen.models.calling import TryAgainError
from isogen.models.failures import host_of, told
from isogen.models.wire import MOST_BYTES
from isogen.params.infill import is_address

T = TypeVar("T")

MOST_REDIRECTS: Final = 100
"""Modal sends a caller on each 150 s: hours."""

_READ_S: Final = 600.0
"""Ten minutes to read: a cold server loads its weights first."""

_SEE_OTHER: Final = 303
_MOVED: Final = frozenset({301, 302, 307, 308})
_GONE: Final = frozenset({404, 410})
_PRIVATE_ENDS: Final = frozenset({"localhost", "local", "internal", "lan", "home", "arpa"})
_LINE: Final = b"\r\n"


@dataclass(frozen=True)
class Message:
    """A request."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """With the keys."""

    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Answered:
    """An answer, whatever its status."""

    status: int
    headers: Mapping[str, str]
    """Looked up in any case of letters."""

    body: bytes


@dataclass
class Course:
    """How far a message came: an attempt goes on where the one before it was sent to."""

    sent_to: Message | None = None


class Exchange:
    """Sends messages from any number of threads, with as many connections as are needed."""

    def __init__(self, url: str, secrets: tuple[str, ...] = ()) -> None:
        """Make an exchange.

        Args:
            url: Where most messages go. What the environment says of proxies counts unless
                it is on this machine.
            secrets: What no message shows.
        """
        self._url = url
        self._secrets = secrets
        self._idle: list[httpx.Client] = []
        self._lock = Lock()
        self._is_closed = False

    def ask(self, message: Message, left_s: float, course: Course | None = None) -> Answered:
        """Send a message and follow where the answer leads.

        Args:
            message: What to send.
            left_s: Seconds that all of it may take.
            course: Where to go on, changed by this.

        Raises:
            TryAgainError: There was no whole answer in time.
            InputError: The address is none, or has moved.
            ModelAnswerError: The answer is too large, or leads where none may go.
        """
        course = course or Course()
        end = time.monotonic() + left_s
        for _ in range(MOST_REDIRECTS):
            current = course.sent_to or message
            answered = self._send(current, end)
            if course.sent_to and answered.status in _GONE:
                course.sent_to = None
                raise TryAgainError(f"{host_of(current.url)} has lost the answer")
            onward = following(current, answered)
            if onward is None:
                return answered
            course.sent_to = onward
        raise ModelAnswerError(f"{host_of(message.url)} redirects without end")

    def close(self) -> None:
        """Close the connections that are idle, and each other one after its answer."""
        with self._lock:
            self._is_closed = True
            clients, self._idle = self._idle, []
        for client in clients:
            client.close()

    def _send(self, message: Message, end: float) -> Answered:
        left_s = end - time.monotonic()
        if left_s <= 0:
            raise TryAgainError(f"{host_of(message.url)} did not answer in time")
        timeout_s = min(left_s, _READ_S)
        with self._client() as client:
            return self._translated(message.url, lambda: _sent(client, message, timeout_s))

    def _translated(self, url: str, send: Callable[[], T]) -> T:
        """Turn the errors of httpx into ours; they are not chained: they know the headers."""
        host = host_of(url)
        try:
            return send()
        except BoundError as error:
            raise ModelAnswerError(f"{host} {error}") from None
        except httpx.ReadTimeout:
            raise TryAgainError(f"{host} did not answer in time", is_read_timeout=True) from None
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            reason = told(str(error), self._secrets)
            raise TryAgainError(
                f"cannot connect to {host}: {reason}", hint=_hint_of_connection(url)
            ) from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError):
            raise InputError(f"{host} is no address that can be asked") from None
        except httpx.HTTPError as error:
            reason = told(str(error), self._secrets)
            is_unsure = isinstance(error, httpx.ReadError | httpx.RemoteProtocolError)
            raise TryAgainError(f"{host} broke off: {reason}", is_read_timeout=is_unsure) from None

    @contextmanager
    def _client(self) -> Generator[httpx.Client]:
        """Lend a client to one thread: sharing one would serialize on its lock."""
        with self._lock:
            client = self._idle.pop() if self._idle else None
        if client is None:
            client = bounded_client(self._url, MOST_BYTES, connections=1)
        try:
            yield client
        finally:
            with self._lock:
                if not self._is_closed:
                    self._idle.append(client)
            if self._is_closed:
                client.close()


def _sent(client: httpx.Client, message: Message, timeout_s: float) -> Answered:
    response = client.request(
        message.method,
        message.url,
        content=message.content,
        headers={"user-agent": "isogen", **message.headers},
        timeout=timeout_s,
    )
    return Answered(response.status_code, response.headers, response.content)


def following(message: Message, answered: Answered) -> Message | None:
    """Return the message that an answer asks for; None when it is final.

    Headers, which hold the keys, go along within the same server only.

    Raises:
        ModelAnswerError: It leads where no answer may.
        InputError: The server has moved; only people may say whether the new one is theirs.
    """
    location = answered.headers.get("location")
    if answered.status not in {_SEE_OTHER, *_MOVED} or not location:
        return None
    host = host_of(message.url)
    try:
        url = urljoin(message.url, location)
        is_same = origin_of(url) == origin_of(message.url)
    except ValueError:
        raise ModelAnswerError(f"{host} redirects to what is no address") from None
    if not leads_safely(message.url, url):
        raise ModelAnswerError(
            f"{host} redirects to {host_of(url) or 'nowhere'}, which is not safe",
            hint="Only redirects to public addresses of https, or within one server, are followed.",
        )
    if answered.status == _SEE_OTHER:
        kept = {k: v for k, v in message.headers.items() if k.lower() != "content-type"}
        return Message("GET", url, kept if is_same else {})
    if not is_same and message.method != "GET":
        raise InputError(
            f"{host} has moved to {host_of(url)}",
            hint="Change the address of the model, if you trust the new one.",
        )
    return replace(message, url=url, headers=message.headers if is_same else {})


def leads_safely(before: str, after: str) -> bool:
    """Tell whether an answer from one address may lead to another one.

    It may within one server; else by https only, and not from outside to machines that only
    this one can reach: as far as the address itself says so, for no name is looked up.
    """
    if origin_of(before) == origin_of(after):
        return True
    is_outside = _is_public(urlsplit(before).hostname or "")
    return (
        after.startswith("https:")
        and is_address(after)
        and (_is_public(urlsplit(after).hostname or "") or not is_outside)
    )


def origin_of(url: str) -> tuple[str, str]:
    """Return scheme, host and port of an address: what makes a server the same one.

    Raises:
        ValueError: It is no address.
    """
    where = urlsplit(url)
    return where.scheme, where.netloc


def _is_public(host: str) -> bool:
    if host.rstrip(".").rpartition(".")[2] in _PRIVATE_ENDS:
        return False
    try:
        return ip_address(inet_aton(host)).is_global  # also 127.1 and 2130706433
    except OSError:
        pass
    try:
        return ip_address(host).is_global
    except ValueError:
        return True  # a name


def _hint_of_connection(url: str) -> str:
    if is_loopback(urlsplit(url)):
        return "Is the server running? `isogen models serve` starts one."
    return "Is the address right, and this machine online?"


def encode_form(
    fields: Mapping[str, str], pictures: Iterable[tuple[str, bytes]], *, boundary: str
) -> tuple[str, bytes]:
    """Return the type and the body of a form with files (multipart/form-data).

    Args:
        fields: Text by name; names are English letters and underscores.
        pictures: Names and bytes of PNG files.
        boundary: What stands in no field and no file: a digest of them.
    """
    parts: list[bytes] = []
    for name, text in fields.items():
        parts += [_head(boundary, f'name="{name}"'), _LINE, text.encode(), _LINE]
    for name, picture in pictures:
        about = f'name="{name}"; filename="{name}.png"'
        parts += [_head(boundary, about), b"Content-Type: image/png\r\n", _LINE, picture, _LINE]
    parts.append(f"--{boundary}--\r\n".encode())
    return f"multipart/form-data; boundary={boundary}", b"".join(parts)


def _head(boundary: str, about: str) -> bytes:
    return f"--{boundary}\r\nContent-Disposition: form-data; {about}\r\n".encode()
