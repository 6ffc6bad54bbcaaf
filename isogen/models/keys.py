"""Keys and addresses of services, from the environment: read, checked, and never shown."""

import logging
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from isogen.errors import InputError, MissingKeyError
from isogen.models.failures import host_of, masked
from isogen.params.infill import (
    AnyModelParams,
    DiffusersModelParams,
    GeminiModelParams,
    HttpModelParams,
    is_address,
)

_KEY: Final = re.compile(r"[\x21-\x7e]+")
GOOGLE: Final = "https://generativelanguage.googleapis.com"
_LOGGERS: Final = (
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "google_genai.models",
    "google_genai._api_client",
)


@dataclass(frozen=True)
class Variable:
    """An environment variable that a model reads."""

    name: str
    is_needed: bool
    """Whether nothing can be called without it."""

    is_set: bool


def variables_of(params: AnyModelParams, environ: Mapping[str, str]) -> tuple[Variable, ...]:
    """Return the environment variables that a model reads, those it needs first."""
    if isinstance(params, DiffusersModelParams):
        return ()
    needed = [params.key_env] if params.key_env else []
    welcome: tuple[str, ...] = ()
    if isinstance(params, HttpModelParams):
        if params.url is None and params.url_env:
            needed.insert(0, params.url_env)
        welcome = params.proxy_env or ()
    return tuple(
        Variable(name, is_needed, bool(environ.get(name, "").strip()))
        for names, is_needed in ((needed, True), (welcome, False))
        for name in names
    )


def place_of(params: AnyModelParams, environ: Mapping[str, str]) -> str:
    """Return where calls go, as people are told it: a host, a device, or a variable."""
    if isinstance(params, DiffusersModelParams):
        return f"this machine ({params.device})"
    if isinstance(params, GeminiModelParams):
        return host_of(params.url or GOOGLE)
    if params.url is None:
        address = environ.get(params.url_env or "", "").strip()
        return host_of(address) if is_address(address) else f"${params.url_env}"
    return host_of(params.url or "")


def read_key(environ: Mapping[str, str], variable: str, *, model: str, how: str = "") -> str:
    """Return a key, without blanks around it; from now on logs do not show it.

    Args:
        environ: Environment variables.
        variable: The one that holds the key.
        model: The model that needs it, for messages.
        how: Where a key can be had.

    Raises:
        MissingKeyError: The variable is not there, or empty.
        InputError: It holds what cannot be a key; the message does not show it.
    """
    key = environ.get(variable, "").strip()
    if not key:
        raise MissingKeyError(
            f"model {model} needs {variable}, which is not in the environment",
            hint=f"{how} Then: export {variable}=...".strip(),
        )
    if not _KEY.fullmatch(key):
        raise InputError(
            f"{variable} holds blanks or signs that no key has",
            hint="Copy the key again, without quotes, blanks or line breaks.",
        )
    hide_in_logs(key)
    return key


def read_address(environ: Mapping[str, str], variable: str, *, model: str, how: str = "") -> str:
    """Return an address of HTTP.

    Raises:
        MissingKeyError: The variable is not there, or empty.
        InputError: It holds something else, or a user and a password.
    """
    address = environ.get(variable, "").strip()
    if not address:
        raise MissingKeyError(
            f"model {model} needs the address in {variable}, which is not in the environment",
            hint=f"{how} Then: export {variable}=https://...".strip(),
        )
    if not is_address(address):
        raise InputError(
            f"{variable} is no address of a server",
            hint="It starts with https:// or http://, and holds no user and no password.",
        )
    return address


def hide_in_logs(secret: str) -> None:
    """Mask a secret from now on in what the libraries of HTTP log, at every level."""
    with _HIDING.lock:
        _HIDING.secrets |= {secret}
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_HIDING)  # adding it again does nothing


class _Hiding(logging.Filter):
    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()
        self.secrets: frozenset[str] = frozenset()

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without secrets."""
        text = record.getMessage()
        hidden = masked(text, self.secrets)
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True


_HIDING: Final = _Hiding()
