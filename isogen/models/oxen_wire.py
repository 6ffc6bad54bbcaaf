"""What Oxen is told and what it answers, in all the shapes that it has had."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import orjson
import pybase64

from isogen.errors import ModelAnswerError
from isogen.models.protocol import EditRequest
from isogen.params.infill import OxenModelParams

_API = "/api/"
_FINAL = re.compile(
    r"credit|invalid|not[ _]found|moderat|safety|policy|unauth|forbidden|not allowed|unsupported",
    re.IGNORECASE,
)
"""Words of a failure that asking again would only repeat."""


@dataclass(frozen=True)
class OxenFailure:
    """What Oxen says that went wrong."""

    reason: str
    is_final: bool
    """Whether asking again would fail in the same way."""


@dataclass(frozen=True)
class QueueState:
    """How far a queued call is."""

    status: str
    """queued, processing, succeeded, failed or cancelled."""

    result_url: str | None
    reason: str


def edit_body(params: OxenModelParams, request: EditRequest, images: Sequence[str]) -> bytes:
    """Return the JSON body of an edit.

    Args:
        params: Settings of the model.
        request: What is asked.
        images: Addresses or data URIs of the template and of examples of the style.
    """
    told: dict[str, Any] = {
        "model": params.model,
        "prompt": request.prompt,
        "input_image": images[0] if len(images) == 1 else list(images),
        "aspect_ratio": "1:1",  # the base model's own default is 16:9
        "num_inference_steps": params.steps,
    }
    if request.negative_prompt is not None:
        told["negative_prompt"] = request.negative_prompt
    if params.queue:
        told |= {"num_generations": 1, "seed": request.seed}  # only the queue documents a seed
    else:
        told["response_format"] = params.answer
    return orjson.dumps(told)


def data_uri(png: bytes) -> str:
    """Return a PNG as an address that holds it."""
    return f"data:image/png;base64,{pybase64.b64encode(png).decode()}"


def api_url(edit_url: str, path: str) -> str:
    """Return an address of the same API as the endpoint of edits, by its old path or its new.

    Args:
        edit_url: The endpoint.
        path: Below ``/api/``, quoted.
    """
    whole = urlsplit(edit_url)
    before, found, _ = whole.path.partition(_API)
    return f"{whole.scheme}://{whole.netloc}{before if found else ''}{_API}{path}"


def picture_or_url(body: bytes) -> bytes | str:
    """Return the picture of an answer, or the address that it can be had from.

    Raises:
        ModelAnswerError: It holds neither.
    """
    told = _object(body)
    if told is None:
        raise ModelAnswerError("Oxen's answer is no JSON object")
    images = told.get("images")
    first: object = cast("list[object]", images)[0] if isinstance(images, list) and images else told
    found = first if isinstance(first, str) else _found(first)
    if not found:
        names = ", ".join(sorted(told)) or "nothing"
        raise ModelAnswerError(f"Oxen's answer holds no picture, but {names}")
    if found.startswith(("http://", "https://")):
        return found
    return decoded(found)


def decoded(text: str) -> bytes:
    """Return the bytes of base64, or of a data URI.

    Raises:
        ModelAnswerError: It is neither.
    """
    held = text.partition(",")[2] if text.startswith("data:") else text
    try:
        return pybase64.b64decode(held, validate=True)
    except ValueError as error:
        raise ModelAnswerError(f"the picture is not base64: {error}") from None


def failure_in(body: bytes) -> OxenFailure | None:
    """Return what an answer says that went wrong, even one whose status is 200."""
    told = _object(body)
    error = None if told is None else told.get("error")
    if not error:
        return None
    reason = str(error)
    if isinstance(error, dict):
        fields = cast("dict[str, object]", error)
        said = (fields.get(name) for name in ("type", "title", "message", "detail"))
        reason = ": ".join(str(part) for part in said if part)
    return OxenFailure(reason, is_final(reason))


def is_final(reason: str) -> bool:
    """Tell whether asking again would fail for the same reason."""
    return _FINAL.search(reason) is not None


def queued_id(body: bytes) -> str:
    """Return the id of the one call that was put into the queue.

    Raises:
        ModelAnswerError: The answer names none.
    """
    generations = (_object(body) or {}).get("generations")
    if isinstance(generations, list) and generations:
        first = cast("list[object]", generations)[0]
        found = cast("dict[str, object]", first).get("generation_id") if _is_dict(first) else None
        if isinstance(found, str) and found:
            return found
    raise ModelAnswerError("Oxen's queue did not say the id of the call")


def queue_state(body: bytes) -> QueueState:
    """Read how far a queued call is.

    Raises:
        ModelAnswerError: The answer does not say it.
    """
    told = _object(body) or {}
    status = told.get("status")
    if not isinstance(status, str):
        raise ModelAnswerError("Oxen's queue did not say how far the call is")
    url = told.get("result_url")
    reason = told.get("error_message") or ""
    return QueueState(status, url if isinstance(url, str) else None, str(reason))


def charged_usd(body: bytes) -> float | None:
    """Return what a generation was charged with, or None when the answer does not say."""
    generation = (_object(body) or {}).get("generation")
    if not _is_dict(generation):
        return None
    cost = cast("dict[str, object]", generation).get("cost")
    try:
        return float(str(cost))
    except ValueError:
        return None


def model_told(body: bytes) -> tuple[str, bool]:
    """Return what Oxen says of a model in one line, and whether it takes calls now."""
    told = _object(body) or {}
    pricing = told.get("pricing")
    prices = _prices(cast("Mapping[str, object]", pricing)) if _is_dict(pricing) else ""
    listed = told.get("deployments")
    states = [
        str(cast("dict[str, object]", one).get("status"))
        for one in (cast("list[object]", listed) if isinstance(listed, list) else [])
        if _is_dict(one)
    ]
    parts = [str(told.get("display_name") or told.get("id") or ""), *states, prices]
    return ", ".join(part for part in parts if part), not states or "active" in states


def _prices(pricing: Mapping[str, object]) -> str:
    for name, unit in (("cost_per_image", "picture"), ("cost_per_second", "second")):
        if isinstance(pricing.get(name), int | float):
            return f"${pricing[name]} a {unit}"
    return ""


def _found(first: object) -> str | None:
    if not _is_dict(first):
        return None
    fields = cast("dict[str, object]", first)
    for name in ("b64_json", "url", "image_url", "output"):
        value = fields.get(name)
        if isinstance(value, list) and value:
            value = cast("list[object]", value)[0]
        if isinstance(value, str) and value:
            return value
    return None


def _object(body: bytes) -> dict[str, object] | None:
    try:
        told: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return cast("dict[str, object]", told) if isinstance(told, dict) else None


def _is_dict(value: object) -> bool:
    return isinstance(value, dict)
