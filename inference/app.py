"""The server as an ASGI app: runs under uvicorn anywhere, and on Modal."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager
from typing import TextIO, TypeVar

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from inference.calls import Read, check_call, check_key, read_form, read_json
from inference.desk import Desk, Edited, Work
from inference.engine import Engine
from inference.faults import ApiError, of_engine
from inference.guard import RECORD, Guard
from inference.records import GONE, Called, Made, write_record
from inference.settings import Settings
from isogen.models.wire import (
    EDIT_PATHS,
    FORM_PATH,
    KEY_HEADER,
    EditResult,
    encode_result,
    result_headers,
)
from isogen.models.wire_status import HEALTH_PATH, Health, encode_error, encode_health

T = TypeVar("T")

JSON = "application/json"
LOADING_RETRY_S = 10
LATE_RETRY_S = 30
INFO_PATH = "/info"
NOT_FOUND = 404


def create_app(
    engine: Engine, settings: Settings | None = None, *, log: TextIO | None = None
) -> FastAPI:
    """Return a server that answers with what an engine makes.

    Args:
        engine: Loaded when the app starts, in the thread that will run it.
        settings: Limits and the key; the defaults let everybody in.
        log: Gets one line of JSON for each call and each picture made.
    """
    bench = _Bench(engine, settings or Settings(), log)
    # no pages of documentation: they would be open to everybody
    app = FastAPI(
        title="isogen inference",
        lifespan=bench.lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.add_middleware(
        Guard,
        settings=bench.settings,
        clock=time.monotonic,
        note=bench.write,
    )
    app.add_exception_handler(ApiError, _on_api_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    for path in EDIT_PATHS:
        app.add_api_route(path, bench.edit, methods=["POST"])
    app.add_api_route(FORM_PATH, bench.edit_form, methods=["POST"])
    app.add_api_route(HEALTH_PATH, bench.health, methods=["GET"])
    app.add_api_route(INFO_PATH, bench.info, methods=["GET"])
    return app


class _Bench:
    """The endpoints, and what they share while the app runs."""

    def __init__(self, engine: Engine, settings: Settings, log: TextIO | None) -> None:
        self.settings = settings
        self._engine = engine
        self._log = log
        self._status = "loading"
        self._failure = ""
        self._desk: Desk | None = None

    def write(self, record: Called | Made) -> None:
        """Write a line into the log, when there is one."""
        if self._log is not None:
            write_record(record, self._log)

    @asynccontextmanager
    async def lifespan(self, _: FastAPI) -> AsyncGenerator[None]:
        """Load the engine and keep it busy until the app ends."""
        desk = self._desk = Desk(self._engine, self.settings, time.monotonic, self.write)
        tasks = [asyncio.create_task(self._load(desk)), asyncio.create_task(desk.batcher.run())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            desk.close()
            self._desk = None

    async def _load(self, desk: Desk) -> None:
        try:
            await desk.batcher.load()
        except Exception as error:  # noqa: BLE001  told to every caller from now on
            self._status = "failed"
            self._failure = of_engine(error).message
        else:
            self._status = "ready"

    async def health(self) -> Response:
        """Tell whether calls are taken; free for everybody, so that machines can ask."""
        told = Health(self._status, self._engine.name, self._engine.revision, self._failure)
        return Response(encode_health(told), media_type=JSON)

    async def info(self, request: Request) -> dict[str, object]:
        """Tell what is going on."""
        check_key(request, self.settings)
        desk = self._ready_desk()
        return {
            "model": self._engine.name,
            "revision": self._engine.revision,
            "queued": desk.queued,
            "made": desk.made,
            "mean_s": round(desk.batcher.mean_s, 3),
            "max_batch": self.settings.max_batch,
            "max_queue": self.settings.max_queue,
        }

    async def edit(self, request: Request) -> Response:
        """Answer a call in JSON."""
        result = await self._answer(request, read_json)
        return Response(encode_result(result), media_type=JSON)

    async def edit_form(self, request: Request) -> Response:
        """Answer a call in a form with a file: the picture itself."""
        result = await self._answer(request, read_form)
        return Response(result.image, media_type="image/png", headers=result_headers(result))

    async def _answer(self, request: Request, read: Read) -> EditResult:
        until = time.monotonic() + self.settings.deadline_s
        check_key(request, self.settings)
        desk = self._ready_desk()
        call = await self._in_time(read(request), until)
        check_call(call, self.settings)
        record: Called = getattr(request.state, RECORD)
        record.client_key = request.headers.get(KEY_HEADER)
        work, record.share = desk.take(call, record.client_key)
        record.key = work.key
        try:
            edited = await self._in_time(_unless_gone(request, work), until)
        finally:
            desk.leave(work)
        record.queued_s = edited.queued_s
        return EditResult(
            image=edited.png,
            seed=work.seed,
            model=self._engine.name,
            revision=self._engine.revision,
            request_key=record.client_key or work.key,
            seconds=edited.run_s,
        )

    def _ready_desk(self) -> Desk:
        if self._status == "failed":
            raise ApiError(500, "model_failed", self._failure)
        if self._desk is None or self._status != "ready":
            raise ApiError(503, "loading", "the model is still loading", LOADING_RETRY_S)
        return self._desk

    async def _in_time(self, answer: Awaitable[T], until: float) -> T:
        try:
            async with asyncio.timeout(until - time.monotonic()):
                return await answer
        except ClientDisconnect:
            raise ApiError(GONE, "gone", "the caller went away") from None
        except TimeoutError as error:
            told = f"no picture after {self.settings.deadline_s:g} s"
            raise ApiError(504, "deadline", told, LATE_RETRY_S) from error


async def _unless_gone(request: Request, work: Work) -> Edited:
    """Wait for a work as long as the caller does.

    Raises:
        ApiError: The engine failed, or the caller went away.
    """
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({work.task, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
    if not work.task.done():
        raise ApiError(GONE, "gone", "the caller went away")
    try:
        return work.task.result()
    except asyncio.CancelledError:
        raise ApiError(503, "stopping", "the server is stopping", LOADING_RETRY_S) from None
    except Exception as error:
        raise of_engine(error) from error


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _on_api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)  # noqa: S101  registered for it alone
    if (record := getattr(request.state, RECORD, None)) is not None:
        record.error = error.kind
    headers = {} if error.retry_after_s is None else {"retry-after": str(error.retry_after_s)}
    return Response(encode_error(error.kind, error.message), error.status, headers, JSON)


def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  registered for it alone
    kind = "not_found" if error.status_code == NOT_FOUND else "invalid_request"
    return _on_api_error(request, ApiError(error.status_code, kind, error.detail))
