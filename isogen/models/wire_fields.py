"""Reads single fields of a body that somebody else wrote."""

import binascii
import math
from collections.abc import Callable, Mapping
from typing import cast

import orjson
import pybase64

from isogen.errors import InputError

MOST_SHOWN = 40


def json_object(body: bytes) -> dict[str, object] | None:
    """Return a JSON object; None when the body is something else."""
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return cast("dict[str, object]", told) if isinstance(told, dict) else None


def picture(value: object, name: str) -> bytes:
    """Return the bytes that base64 says, with or without the head of a data URI.

    Raises:
        InputError: It is no base64, or empty.
    """
    if not isinstance(value, str) or not value:
        raise InputError(f"{name} must be a picture in base64, got {shown(value)}")
    text = value.partition(",")[2] if value.startswith("data:") else value
    try:
        data = pybase64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError(f"{name} is no base64: {error}") from None
    if not data:
        raise InputError(f"{name} is empty")
    return data


def items(value: object, name: str) -> list[object]:
    """Return a list; an absent one is empty.

    Raises:
        InputError: It is something else.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        raise InputError(f"{name} must be a list, got {shown(value)}")
    return cast("list[object]", value)


def within(name: str, value: object, most: float) -> float:
    """Return a number from 0 to ``most``.

    Raises:
        InputError: It is something else.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise InputError(f"{name} must be a number from 0 to {most:g}, got {shown(value)}")
    return float(value)


def whole(name: str, value: object, least: int, most: int) -> int:
    """Return a whole number within bounds, both included.

    Raises:
        InputError: It is something else.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise InputError(
            f"{name} must be a whole number from {least} to {most}, got {shown(value)}"
        )
    return value


def number(name: str, text: str, read: Callable[[str], float]) -> float:
    """Return a number that a form says as text.

    Raises:
        InputError: It is no number.
    """
    try:
        return read(text)
    except ValueError:
        raise InputError(f"{name} must be a number, got {shown(text)}") from None


def text(told: Mapping[str, object], name: str) -> str | None:
    """Return a field that is text; None when it is absent or something else."""
    value = told.get(name)
    return value if isinstance(value, str) else None


def finite(told: Mapping[str, object], name: str) -> float | None:
    """Return a field that is a number of 0 or more; None when it is something else."""
    value = told.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and value >= 0 else None


def shown(value: object) -> str:
    """Return a value as messages show it: short."""
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a list or an object"
    told = repr(value)
    return told if len(told) <= MOST_SHOWN else f"{told[:MOST_SHOWN]}..."
