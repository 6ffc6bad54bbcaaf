"""Reads the values of tags: lengths, counts, years, directions, colors.

Mappers write by hand, so that what cannot be understood is None, never an error.
"""

import math
import re
from collections.abc import Mapping

from isogen.scene.osm.css import CSS_COLORS

Rgb = tuple[int, int, int]
Tags = Mapping[str, str]

FOOT_M = 0.3048
INCH_M = 0.0254

_NUMBER = r"(\d{1,9}(?:[.,]\d{1,9})?|[.,]\d{1,9})"
_LENGTH = re.compile(rf"{_NUMBER}\s*(m|meters?|metres?|km|cm|mm|ft|feet|foot|'|in|inch|\")?")
_FEET_INCHES = re.compile(rf"{_NUMBER}\s*(?:'|ft)\s*{_NUMBER}\s*(?:\"|''|in)?")
_UNITS = {
    None: 1.0,
    "m": 1.0,
    "km": 1000.0,
    "cm": 0.01,
    "mm": 0.001,
    "ft": FOOT_M,
    "feet": FOOT_M,
    "foot": FOOT_M,
    "'": FOOT_M,
    "in": INCH_M,
    "inch": INCH_M,
    '"': INCH_M,
}
_LIST = re.compile(r"\s*;\s*")
_LEVELS = re.compile(rf"\+?{_NUMBER}(?:\s*-\s*{_NUMBER})?")
_SIGNED = re.compile(rf"([+-]?){_NUMBER}")

_COMPASS = (
    "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split()  # noqa: SIM905  a rose
)
_COMPASS_STEP_DEG = 360 / len(_COMPASS)

_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")


def is_true(value: str | None) -> bool:
    """Tell whether a value says yes."""
    return value is not None and value.strip().lower() in ("yes", "true", "1")


def length_m(value: str | None) -> float | None:
    r"""Return a length in meters; "12.5 m", "3,5", "40'", "12'6\"" and "2 km" are understood."""
    if value is None:
        return None
    text = value.strip().lower().replace("\u2032", "'").replace("\u2033", '"')
    if both := _FEET_INCHES.fullmatch(text):
        return _number(both[1]) * FOOT_M + _number(both[2]) * INCH_M
    if one := _LENGTH.fullmatch(text):
        unit = "m" if one[2] and one[2].startswith("met") else one[2]
        return _number(one[1]) * _UNITS[unit]
    return None


def number(value: str | None) -> float | None:
    """Return a plain number, which may be negative; of a list the first."""
    found = value and _SIGNED.fullmatch(_LIST.split(value.strip())[0])
    if not found:
        return None
    return -_number(found[2]) if found[1] == "-" else _number(found[2])


def count(value: str | None) -> int | None:
    """Return a number of things, at least 0; of a list the first, of a fraction the whole."""
    found = number(value)
    return None if found is None or found < 0 else int(found)


def levels(value: str | None) -> float | None:
    """Return a number of storeys, at least 0; of a list or a range the greatest."""
    if value is None:
        return None
    found = [_LEVELS.fullmatch(item) for item in _LIST.split(value.strip())]
    numbers = [_number(n) for match in found if match for n in match.groups() if n]
    return max(numbers, default=None)


def levels_touched(value: str | None) -> tuple[float, ...]:
    """Return every number in the value of ``level``, as "-1;0" or "-2-0"."""
    if value is None:
        return ()
    return tuple(float(n) for n in re.findall(r"(?<![\d.])-?\d{1,4}(?:\.\d{1,4})?", value))


def direction_deg(value: str | None) -> float | None:
    """Return a compass direction in degrees clockwise from north, in [0, 360)."""
    if value is None:
        return None
    text = value.strip().upper().removesuffix("\u00b0").rstrip()
    if text in _COMPASS:
        return _COMPASS.index(text) * _COMPASS_STEP_DEG
    found = number(text)
    return None if found is None else math.fmod(math.fmod(found, 360) + 360, 360)


def color(value: str | None) -> Rgb | None:
    """Return (red, green, blue) from 0 to 255 of "#abc", "#aabbcc" or a CSS name.

    Case, spaces and underscores do not matter; of a list the first is taken.
    """
    if value is None:
        return None
    text = re.sub(r"[\s_-]", "", value.split(";")[0].lower())
    text = CSS_COLORS.get(text, text)
    if not _HEX.fullmatch(text):
        return None
    digits = text[1:] if len(text) == 7 else "".join(2 * c for c in text[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _number(text: str) -> float:
    return float(text.replace(",", "."))
