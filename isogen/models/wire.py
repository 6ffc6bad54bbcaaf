"""What isogen and an inference server say to each other: a call and its answer.

A call is a JSON object, or a form with files; both name their fields alike. What a server
leaves out of its answer, besides the picture, is unknown; what a reader does not know, it
ignores: clients and servers of other versions, and of others, go on working.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

import orjson
import pybase64

from isogen.errors import InputError, ModelAnswerError
from isogen.models import wire_fields as read

EDIT_PATHS = ("/edit_b64", "/edit-b64", "/")
"""Where a server takes calls as JSON; the last is where Modal puts a single function."""

FORM_PATH = "/edit"
"""Where a server takes calls as forms."""

KEY_HEADER = "idempotency-key"
"""The request key: a server that sees it twice may answer from what it knows."""

ID_HEADER = "x-request-id"

MOST_BYTES = 32 << 20
"""Largest body either way."""

MOST_PIXELS = 2048 * 2048
MOST_PROMPT = 4000
MOST_STEPS = 200
MOST_SCALE = 20.0
MOST_REFERENCES = 10
MOST_SEED = (1 << 32) - 1

_ANSWER_HEADERS = "x-isogen-"
_MOST_WINDOW = 1 << 40
_NUMBERS: Mapping[str, Callable[[str], float]] = {
    "true_cfg_scale": float,
    "steps": int,
    "guidance_scale": float,
    "seed": int,
}


@dataclass(frozen=True)
class EditCall:
    """One picture to be completed, and how."""

    image: bytes
    """PNG, JPEG or WebP."""

    prompt: str
    negative_prompt: str | None = None
    """None is without classifier-free guidance, which costs half; an empty text is with it."""

    true_cfg_scale: float = 2.0
    steps: int = 14
    guidance_scale: float | None = 3.0
    seed: int | None = None
    """From 0 to ``MOST_SEED``; None lets the server choose."""

    window: tuple[int, int] | None = None
    """Pixel of the grid at the picture's top-left corner, for engines that care."""

    references: tuple[bytes, ...] = ()
    """Pictures that show the style, best first."""


@dataclass(frozen=True)
class EditResult:
    """A completed picture, and what the server says about it."""

    image: bytes
    seed: int | None = None
    model: str | None = None
    revision: str | None = None
    request_key: str | None = None
    seconds: float | None = None
    """That the server worked on it, waiting left out."""


def encode_call(call: EditCall) -> bytes:
    """Return a call as a JSON body."""
    told: dict[str, Any] = {"image_b64": _written(call.image), **_settings(call)}
    if call.window is not None:
        told["window"] = call.window
    if call.references:
        told["references_b64"] = [_written(image) for image in call.references]
    return orjson.dumps(told)


def call_fields(call: EditCall) -> dict[str, str]:
    """Return the text fields of a call as a form; an absent field is null.

    The picture is the file ``image``, and references are files ``references``.
    """
    told = {name: str(value) for name, value in _settings(call).items() if value is not None}
    if call.guidance_scale is None:
        told["guidance_scale"] = ""  # absent would be its default
    if call.window is not None:
        told["window"] = f"{call.window[0]},{call.window[1]}"
    return told


def decode_call(body: bytes) -> EditCall:
    """Read a call from a JSON body.

    Raises:
        InputError: It is no JSON object, or a field is missing or not what it may be.
    """
    told = read.json_object(body)
    if told is None:
        raise InputError("the body must be a JSON object")
    references = read.items(told.get("references_b64"), "references_b64")
    images = tuple(read.picture(image, "references_b64") for image in references)
    return _call(told, read.picture(told.get("image_b64"), "image_b64"), images)


def decode_fields(
    fields: Mapping[str, str], image: bytes, references: Sequence[bytes] = ()
) -> EditCall:
    """Read a call from the fields of a form.

    Raises:
        InputError: A field is missing or not what it may be.
    """
    told: dict[str, object] = dict(fields)
    for name, number in _NUMBERS.items():
        if name in fields:
            told[name] = read.number(name, fields[name], number) if fields[name] else None
    if "window" in fields:
        told["window"] = [read.number("window", p, int) for p in fields["window"].split(",")]
    return _call(told, image, tuple(references))


def encode_result(result: EditResult) -> bytes:
    """Return an answer as a JSON body."""
    return orjson.dumps({"image_b64": _written(result.image), **_known(result)})


def result_headers(result: EditResult) -> dict[str, str]:
    """Return what is known besides the picture, for an answer whose body is the picture.

    Values are written as in addresses: a header holds no other letters than English ones.
    """
    return {
        _ANSWER_HEADERS + name.replace("_", "-"): quote(str(value), safe=" /:")
        for name, value in _known(result).items()
    }


def decode_result(body: bytes) -> EditResult:
    """Read an answer from a JSON body; what is known besides the picture may be absent.

    Raises:
        ModelAnswerError: It holds no picture in base64.
    """
    told = read.json_object(body)
    if told is None:
        raise ModelAnswerError("the answer is no JSON object")
    try:
        return _result(told, read.picture(told.get("image_b64"), "image_b64"))
    except InputError as error:
        raise ModelAnswerError(f"the answer holds no picture: {error}") from None


def decode_headers(headers: Mapping[str, str], image: bytes) -> EditResult:
    """Read an answer whose body is the picture; names of headers are in lower case."""
    start = len(_ANSWER_HEADERS)
    told: dict[str, object] = {
        name[start:].replace("-", "_"): unquote(value)
        for name, value in headers.items()
        if name.startswith(_ANSWER_HEADERS)
    }
    for name, number in (("seed", int), ("seconds", float)):
        if name in told:
            told[name] = _number_or_none(str(told[name]), number)
    return _result(told, image)


def _settings(call: EditCall) -> dict[str, Any]:
    return {
        "prompt": call.prompt,
        "negative_prompt": call.negative_prompt,
        "true_cfg_scale": call.true_cfg_scale,
        "steps": call.steps,
        "guidance_scale": call.guidance_scale,
        "seed": call.seed,
    }


def _call(told: Mapping[str, object], image: bytes, references: tuple[bytes, ...]) -> EditCall:
    prompt = told.get("prompt")
    negative = told.get("negative_prompt")
    if not (isinstance(prompt, str) and 0 < len(prompt) <= MOST_PROMPT):
        raise InputError(f"prompt must be text of 1 to {MOST_PROMPT} characters")
    if negative is not None and not (isinstance(negative, str) and len(negative) <= MOST_PROMPT):
        raise InputError(f"negative_prompt must be null or text of up to {MOST_PROMPT} characters")
    if len(references) > MOST_REFERENCES:
        raise InputError(f"references must be at most {MOST_REFERENCES}, got {len(references)}")
    guidance = told.get("guidance_scale", 3.0)
    seed = told.get("seed")
    return EditCall(
        image=image,
        prompt=prompt,
        negative_prompt=negative,
        true_cfg_scale=read.within("true_cfg_scale", told.get("true_cfg_scale", 2.0), MOST_SCALE),
        steps=read.whole("steps", told.get("steps", 14), 1, MOST_STEPS),
        guidance_scale=None
        if guidance is None
        else read.within("guidance_scale", guidance, MOST_SCALE),
        seed=None if seed is None else read.whole("seed", seed, 0, MOST_SEED),
        window=_window(told.get("window")),
        references=references,
    )


def _window(value: object) -> tuple[int, int] | None:
    if value is None:
        return None
    parts = read.items(value, "window")
    if len(parts) != 2:  # noqa: PLR2004  x and y
        raise InputError(f"window must be [x, y], got {len(parts)} numbers")
    x, y = (read.whole("window", part, -_MOST_WINDOW, _MOST_WINDOW) for part in parts)
    return x, y


def _result(told: Mapping[str, object], image: bytes) -> EditResult:
    seed = told.get("seed")
    return EditResult(
        image=image,
        seed=seed if isinstance(seed, int) else None,
        model=read.text(told, "model"),
        revision=read.text(told, "revision"),
        request_key=read.text(told, "request_key"),
        seconds=read.finite(told, "seconds"),
    )


def _known(result: EditResult) -> dict[str, Any]:
    told = {
        "seed": result.seed,
        "model": result.model,
        "revision": result.revision,
        "request_key": result.request_key,
        "seconds": result.seconds,
    }
    return {name: value for name, value in told.items() if value is not None}


def _number_or_none(text: str, number: Callable[[str], float]) -> float | None:
    try:
        return number(text)
    except ValueError:
        return None


def _written(image: bytes) -> str:
    return pybase64.b64encode_as_string(image)
