"""Calls as they come in over HTTP, read and checked."""

import secrets
from collections.abc import Awaitable, Callable

from fastapi import Request
from starlette.datastructures import UploadFile

from inference.faults import ApiError
from inference.settings import Settings
from isogen.errors import InputError
from isogen.models.wire import MOST_REFERENCES, EditCall, decode_call, decode_fields

Read = Callable[[Request], Awaitable[EditCall]]

FILES = ("image", "file")
"""Names of a form's picture: ours, and that of older clients."""

MOST_FIELDS = 20
MOST_FIELD_BYTES = 64 * 1024


async def read_json(request: Request) -> EditCall:
    """Read a call from a body in JSON.

    Raises:
        ApiError: It is not a call, or it is too large.
    """
    body = await request.body()
    try:
        return decode_call(body)
    except InputError as error:
        raise _invalid(str(error)) from error


async def read_form(request: Request) -> EditCall:
    """Read a call from a form with a file.

    Raises:
        ApiError: It is not a call, or it is too large.
        HTTPException: It is no form.
    """
    async with request.form(
        max_files=1 + MOST_REFERENCES, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD_BYTES
    ) as form:
        parts = form.multi_items()
        fields = {name: part for name, part in parts if isinstance(part, str)}
        files = [(name, part) for name, part in parts if isinstance(part, UploadFile)]
        images = [await part.read() for name, part in files if name in FILES]
        references = [await part.read() for name, part in files if name == "references"]
    if len(images) != 1:
        raise _invalid(f"image must be one file, got {len(images)}")
    try:
        return decode_fields(fields, images[0], references)
    except InputError as error:
        raise _invalid(str(error)) from error


def check_key(request: Request, settings: Settings) -> None:
    """Let in who sends the key; without one, everybody but the pages of browsers.

    Raises:
        ApiError: The key is missing or another, or a page of some site asks.
    """
    if settings.api_key is None:
        if "origin" in request.headers:
            raise ApiError(
                403, "forbidden", "pages of browsers may not call a server without a key"
            )
        return
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    told = request.headers.get("x-api-key") or (
        bearer.strip() if scheme.lower() == "bearer" else ""
    )
    if not secrets.compare_digest(told.encode(), settings.api_key.encode()):
        raise ApiError(401, "unauthenticated", "the key is missing or is not the server's")


def check_call(call: EditCall, settings: Settings) -> None:
    """Refuse what this server does not do.

    Raises:
        ApiError: Too many steps, or pictures of reference.
    """
    if call.steps > settings.most_steps:
        raise _invalid(f"steps must be at most {settings.most_steps}, got {call.steps}")
    if call.references:
        raise _invalid("references: this model takes no pictures of reference")


def _invalid(message: str) -> ApiError:
    return ApiError(422, "invalid_request", message)
