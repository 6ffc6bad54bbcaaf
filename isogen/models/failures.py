"""Turns what a service says about a failure into one of our errors, without its keys."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from isogen.errors import InputError, IsogenError, ModelRefusedError
from isogen.models.calling import TryAgainError, is_passing

MASK = "***"
MOST_TOLD = 300
"""Most characters that a message repeats of what a service said."""

_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_LONG_RUN = re.compile(r"[A-Za-z0-9+/=_-]{100,}")
"""A picture, or a token, that a service repeats to us."""

_GAVE_UP = frozenset({504, 524})
"""A proxy did not wait any longer: behind it the call may go on, and be paid."""

_UNAUTHORIZED, _PAYMENT, _FORBIDDEN, _NOT_FOUND = 401, 402, 403, 404
_STARTING, _LEAST_START_S = 503, 1.0
_WRONG_METHOD, _TOO_LARGE, _WRONG_TYPE, _WRONG_FIELDS = 405, 413, 415, 422


def host_of(url: str) -> str:
    """Return host and port of an address: all that messages show of it."""
    return urlsplit(url).netloc.rpartition("@")[2]


def masked(text: str, secrets: Iterable[str]) -> str:
    """Return a text with a mask in place of every secret; empty secrets are none."""
    for secret in sorted({s for s in secrets if s}, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


def told(text: str, secrets: Iterable[str]) -> str:
    """Return what a service said as a message repeats it: one short line, keys masked."""
    line = _LONG_RUN.sub("...", _CONTROL.sub(" ", masked(text, secrets))).strip()
    return line if len(line) <= MOST_TOLD else f"{line[:MOST_TOLD]}..."


@dataclass(frozen=True)
class Service:
    """Whom a call goes to, for messages."""

    name: str
    """Of the model in the settings."""

    host: str
    key_variables: tuple[str, ...] = ()
    """Environment variables that may hold its keys."""

    absent: tuple[str, ...] = ()
    """Those of them that are not in the environment."""

    how_to_get_key: str = ""

    def failure(
        self, status: int, said: str, *, retry_after_s: float | None = None
    ) -> IsogenError | TryAgainError:
        """Return the error to raise for a status of 400 or more.

        Args:
            status: Of HTTP.
            said: What the service told about it; see ``told``.
            retry_after_s: When it wants to be asked again.

        Returns:
            ``TryAgainError`` for what may pass; InputError for what must be set up
            differently; ModelRefusedError for what is wrong with this one request.
        """
        reason = f"{self.host} answered {status}" + (f": {said}" if said else "")
        if is_passing(status):
            is_starting = status == _STARTING and (retry_after_s or 0) >= _LEAST_START_S
            return TryAgainError(
                reason,
                retry_after_s=retry_after_s,
                is_read_timeout=status in _GAVE_UP,
                is_starting=is_starting,
            )
        message = f"model {self.name}: {reason}"
        set_up = self._hint_of_setting(status)
        if set_up:
            return InputError(message, hint=set_up)
        return ModelRefusedError(message, hint=_HINTS.get(status, ""))

    def _hint_of_setting(self, status: int) -> str:
        if status in (_UNAUTHORIZED, _FORBIDDEN):
            return self._hint_of_key()
        if status in (_NOT_FOUND, _WRONG_METHOD):
            return (
                f"Look at models.{self.name} in params.yaml: there is no such address or model "
                "at the service (any more)."
            )
        if status == _PAYMENT:
            return f"Add credit to your account at {self.host}."
        return ""

    def _hint_of_key(self) -> str:
        if self.absent:
            return f"Set {' and '.join(self.absent)}. {self.how_to_get_key}".strip()
        if self.key_variables:
            names = " and ".join(self.key_variables)
            return f"Is {names} right, and still valid? {self.how_to_get_key}".strip()
        return (
            f"It wants a key: name its environment variable in models.{self.name}.key_env "
            "of params.yaml."
        )


_HINTS = {
    _TOO_LARGE: "The request is larger than it takes: show fewer references.",
    _WRONG_TYPE: "Set wire of the model to the other of json and multipart.",
    _WRONG_FIELDS: "The service does not take one of the settings of this model.",
}
