"""Reads the year out of ``start_date`` and its like."""

import re

_CENTURY_THIRDS = {"early": 17, "mid": 50, "late": 83}

_PREFIX = re.compile(r"(?:j:|c\.?|ca\.?|circa|~|around|about|before|after|by|<|>)\s*")
_THIRD = re.compile(r"(early|mid|late)\s+(.*)")
_CENTURY = re.compile(r"c(\d{1,2})")
_DECADE = re.compile(r"(\d{3})0s")
_YEAR = re.compile(r"(\d{4})(?:-\d{1,2}){0,2}\??")
_RANGE = re.compile(r"(.+?)\s*(?:\.\.|/)\s*(.+)")
_SPAN = re.compile(r"(\d{4})\s*[-\u2013]\s*(\d{4})")


def year(value: str | None) -> int | None:
    """Return the year that a date names, or the likeliest one that it allows.

    "1905-03", "c. 1920", "before 1900" and "after 1981" give the year they name;
    "1890s", "C19" and "1905..1908" give the middle of what they span.
    """
    if value is None:
        return None
    text = value.split(";")[0].strip().lower()
    while prefix := _PREFIX.match(text):
        if _CENTURY.match(text):
            break
        text = text[prefix.end() :]
    if both := _RANGE.fullmatch(text) or _SPAN.fullmatch(text):
        first, last = year(both[1]), year(both[2])
        return last if first is None or last is None else (first + last) // 2
    return _single_year(text)


def _single_year(text: str) -> int | None:
    third = _THIRD.fullmatch(text)
    share = _CENTURY_THIRDS[third[1] if third else "mid"]
    text = third[2] if third else text
    if century := _CENTURY.fullmatch(text):
        return (int(century[1]) - 1) * 100 + share
    if decade := _DECADE.fullmatch(text):
        return int(decade[1]) * 10 + share // 10
    plain = _YEAR.fullmatch(text)
    return int(plain[1]) if plain else None
