"""Writes params.yaml, with every setting's meaning as a comment above it."""

import textwrap
from collections.abc import Iterator

import yaml

from isogen.params.model import Params, Section

_WIDTH = 88
_INDENT = "  "

_HEAD = """\
# Settings of this map. All are optional: one that is left out has its default.
# `isogen status` says what a change will make again.
"""


EXAMPLES = {
    "models": """\
# As in (docs/models.md says what each setting means):
# models:
#   mine:
#     kind: http
#     url_env: MINE_URL
#     key_env: MINE_KEY
#     concurrency: 8
#   gemini:
#     concurrency: 2
"""
}
"""What to write instead of an empty section, as a comment below it."""


def default_params_yaml() -> str:
    """Return a params.yaml that says every default and what each setting means."""
    return params_yaml(Params())


def params_yaml(params: Params) -> str:
    """Return a commented params.yaml; reading it back gives equal settings."""
    sections = (_entry(name, getattr(params, name), params) for name in Params.model_fields)
    comments = (f.description or "" for f in Params.model_fields.values())
    return _HEAD + "".join(
        f"\n{_comment(comment, 0)}{''.join(lines)}"
        for comment, lines in zip(comments, sections, strict=True)
    )


def _entry(key: str, value: object, params: Params) -> Iterator[str]:
    if isinstance(value, Section):
        yield from _section(key, value, 0)
    else:
        told = params.model_dump(mode="json", by_alias=True, exclude_unset=True)
        yield _leaf(key, told.get(key, {}))
        yield EXAMPLES.get(key, "")


def _section(key: str, section: Section, depth: int) -> Iterator[str]:
    fields = type(section).model_fields
    yield f"{_INDENT * depth}{key}:{'' if fields else ' {}'}\n"
    for name, field in fields.items():
        value = getattr(section, name)
        yield _comment(field.description or "", depth + 1)
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield from _section(name, value, depth + 1)
        else:
            text = _leaf(name, section.model_dump(mode="json", by_alias=True)[name])
            yield textwrap.indent(text, _INDENT * (depth + 1))


def _leaf(key: str, value: object) -> str:
    if isinstance(value, str | int | float | None):
        return _dumped({key: value}, flow=False)
    return f"{key}: {_dumped(value, flow=True)}"


def _dumped(value: object, *, flow: bool) -> str:
    return yaml.safe_dump(
        value, allow_unicode=True, default_flow_style=flow, sort_keys=False, width=1 << 30
    )


def _comment(text: str, depth: int) -> str:
    start = f"{_INDENT * depth}# "
    lines = textwrap.wrap(
        " ".join(text.split()), _WIDTH, initial_indent=start, subsequent_indent=start
    )
    return "".join(f"{line}\n" for line in lines)
