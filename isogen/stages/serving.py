"""An inference server on this machine: an engine behind the wire that infill models speak."""

import asyncio
import os
import socket
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import ClassVar, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from inference.app import create_app
from inference.engine import Engine
from inference.settings import Settings
from isogen.errors import InputError, MissingKeyError, StorageError
from isogen.files import storage_errors
from isogen.models.pixelart_engine import PixelartEngine
from isogen.models.wire import EDIT_PATHS
from isogen.params import Params
from isogen.params.infill import DiffusersModelParams
from isogen.pixelart.photo.infill import PhotoBrush
from isogen.pixelart.photo.look import PhotoLook
from isogen.pixelart.style import load_style
from isogen.render.materials import COLORS, NOTHING_INDEX
from isogen.stages.project import PARAMS_FILE, Project

HOST = "127.0.0.1"
PORT = 8888
"""That of the model named local."""

DIFFUSERS = "diffusers"
"""Name of the model in the settings that says what runs on a GPU of this machine."""

_LONGEST_GOODBYE_S = 10
_MOST_AT_ONCE = 512
"""Connections and calls: further ones are told to come back, and no socket runs short."""


@dataclass(frozen=True)
class Address:
    """Where a server listens, and who may call it."""

    host: str = HOST
    port: int = PORT
    """0 is any free one."""

    key_env: str | None = None
    """Environment variable with the key that callers must send; None lets everybody in."""


@dataclass(frozen=True)
class Brush:
    """What the built-in artist paints with; None is what the settings say."""

    style: str | None = None
    palette: str | None = None
    pixel_size: int | None = None


def pixelart_engine(project: Project, brush: Brush) -> PixelartEngine:
    """Return the built-in artist as an engine; the folder need not hold a project.

    Raises:
        InputError: There is no such style or palette.
        ParamsError: A setting is wrong.
    """
    is_project = (project.root / PARAMS_FILE).is_file()
    params = project.params if is_project else Params()
    style = load_style(brush.style or params.generate.style, project.styles)
    palette = style.palette(brush.palette or params.generate.palette)
    photo = params.generate.photo
    red, green, blue = COLORS[NOTHING_INDEX].tolist()
    return PixelartEngine(
        PhotoBrush(
            palette.colors,
            PhotoLook(photo.black, photo.white, photo.saturation, photo.outline),
            brush.pixel_size or params.map.pixel_size,
            (red, green, blue),
        )
    )


def diffusers_engine(project: Project) -> Engine:
    """Return the model named diffusers in the settings as an engine, its weights not yet read.

    Raises:
        InputError: A library, the LoRA or the device is not there.
        ParamsError: A setting is wrong.
    """
    from isogen.models.diffusers import DiffusersModel, qwen_engine  # noqa: PLC0415  optional

    is_project = (project.root / PARAMS_FILE).is_file()
    params = (project.params if is_project else Params()).infill_model(DIFFUSERS)
    if not isinstance(params, DiffusersModelParams):
        raise InputError(
            f"models.{DIFFUSERS} is of kind {params.kind}, expected {DIFFUSERS}",
            hint=f"Serving needs a GPU: leave models.{DIFFUSERS}.kind out.",
        )
    check = DiffusersModel(DIFFUSERS, params, {}).check()
    if not check.is_ready:
        raise InputError(check.told, hint=check.hint)
    return qwen_engine(params)


def serve_engine(
    engine: Engine,
    address: Address,
    environ: Mapping[str, str],
    *,
    log: Path | None = None,
    on_ready: Callable[[str], None],
) -> None:
    """Serve an engine until the process is interrupted or told to end.

    Args:
        engine: Loaded while the server already tells callers to wait.
        address: Where to listen.
        environ: Environment variables, where the key is looked up.
        log: File to which a line of JSON for each call is appended.
        on_ready: Hears the address of the endpoint as soon as it can be called.

    Raises:
        InputError: Other machines could call a server without a key.
        MissingKeyError: The key is not in the environment.
        StorageError: The port is taken or not permitted, or the log cannot be written.
    """
    settings = Settings(api_key=_key_of(address, environ))
    with ExitStack() as stack:
        listener = stack.enter_context(closing(_listen(address)))
        lines = None
        if log is not None:
            with storage_errors(log):
                lines = stack.enter_context(log.open("a", encoding="utf-8"))
        app = create_app(engine, settings, log=lines)
        # neither color nor lines of its own: what is said is said by the command
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, ws="none",
            timeout_graceful_shutdown=_LONGEST_GOODBYE_S, limit_concurrency=_MOST_AT_ONCE,
            http=Impatient,
        )  # fmt: skip
        on_ready(_url_of(listener))
        _Server(config).run([listener])


class Impatient(H11Protocol):
    """Closes a connection on which no request begins in time; uvicorn's own waits for ever."""

    head_s: ClassVar[float] = 20.0
    """Seconds from a connection, or the answer before, to the end of the next request's head."""

    _closing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Wait no more when a request began."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        super().connection_lost(exc)
        self._stop()

    def _watch(self) -> None:
        cycle = cast("RequestResponseCycle | None", self.cycle)
        if cycle is not None and not cycle.response_complete:
            self._stop()
        elif self._closing is None:
            self._closing = self.loop.call_later(self.head_s, self.transport.close)

    def _stop(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None


class _Server(uvicorn.Server):
    """Ends quietly when it is interrupted; uvicorn's own would raise the signal again."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  uvicorn's
        """Answer who is waiting, then end; asked again, end at once."""
        self.force_exit = self.should_exit
        self.should_exit = True


def _key_of(address: Address, environ: Mapping[str, str]) -> str | None:
    if address.key_env is None:
        if address.host != HOST:
            raise InputError(
                f"a server on {address.host} could be called by other machines",
                hint="Name the environment variable of a key for them with --key-env.",
            )
        return None
    key = environ.get(address.key_env, "").strip()
    if not key:
        raise MissingKeyError(
            f"the environment variable {address.key_env} is not set",
            hint=f"Choose a long random key: export {address.key_env}=...",
        )
    return key


def _listen(address: Address) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        return socket.create_server((address.host, address.port), family=family, backlog=512)
    except OSError as error:
        told = error.strerror or os.strerror(error.errno or 0)
        raise StorageError(
            f"cannot listen on {address.host}, port {address.port}: {told}",
            hint="Choose another --port; 0 takes any free one.",
        ) from error


def _url_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}{EDIT_PATHS[0]}"
