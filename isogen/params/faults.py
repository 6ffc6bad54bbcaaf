"""Turns what pydantic says about a document into one message for its author."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from isogen.errors import ParamsError
from isogen.params.infill import ADDRESS_FAULT, KINDS, URL_FAULT, VARIABLE_FAULT
from isogen.params.model import REGION_TAGS
from isogen.params.named_models import NAME_FAULT
from isogen.params.painting import PIXELART

M = TypeVar("M", bound=BaseModel)

_MOST_SHOWN = 60
_PREFIX = "Input should be "
_UNKNOWN = "extra_forbidden"
_NO_KIND, _WRONG_KIND = "union_tag_not_found", "union_tag_invalid"
_MODELS, _KEY = "models", "[key]"
_HINTS = {
    _NO_KIND: "Say kind: " + ", ".join(KINDS[:-1]) + f" or {KINDS[-1]} (docs/models.md).",
    _KEY: "Names of models are small letters, digits, - and _, and begin with a letter.",
    ADDRESS_FAULT: "url is the address; url_env names the environment variable that holds it.",
    NAME_FAULT: "Give the model another name.",
}

_WITHOUT_VALUE = {
    _UNKNOWN: "is not a setting",
    "invalid_key": "is not a setting: names of settings are text",
    "missing": "is missing",
    _NO_KIND: "is missing",
    ADDRESS_FAULT: "needs a url or a url_env",
    NAME_FAULT: f"may not name a model {PIXELART}: that is the built-in artist",
    URL_FAULT: "must be an address like https://example.com/edit_b64, without user and password",
    VARIABLE_FAULT: "must be the name of an environment variable, not what it holds",
}
"""Those of models do not show what stands there: it may be a key."""

_MUST = {
    "dict_type": "a section of settings",
    "model_attributes_type": "a section of settings",
    "model_type": "a section of settings",
    "path_type": "the path of a file",
    "too_long": "[x, y]",
}

Location = tuple[int | str, ...]


def checked(model: type[M], tree: object, name: str) -> M:
    """Return a document as a model.

    Args:
        model: What the document must be.
        tree: The document, as parsed.
        name: What messages call the document.

    Raises:
        ParamsError: It is something else; every fault is named.
    """
    if not isinstance(tree, dict):
        raise ParamsError(f"{name} must hold keys and values, got {_shown(tree)}")
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        message = "; ".join(_message(f) for f in faults)
        first = next((f for f in faults if f["type"] == _UNKNOWN), faults[0])
        raise ParamsError(f"{name}: {message}", hint=_hint(first, model)) from None


def _message(fault: ErrorDetails) -> str:
    loc, kind, says = fault["loc"], fault["type"], fault["msg"]
    at = _path(loc)
    if _names_model(loc):
        return f"{at} is no name of a model"
    if kind in (_NO_KIND, _WRONG_KIND):
        at = f"{at}.kind"
    if kind in _WITHOUT_VALUE:
        return f"{at} {_WITHOUT_VALUE[kind]}"
    if kind == _WRONG_KIND:
        kinds = f"{', '.join(KINDS[:-1])} or {KINDS[-1]}"
        return f"{at} must be {kinds}, got {_shown(fault['input'].get('kind'))}"
    must = _MUST.get(kind, says.removeprefix(_PREFIX) if says.startswith(_PREFIX) else "")
    if must:
        return f"{at} must be {must}, got {_shown(fault['input'])}"
    return f"{at} is {_shown(fault['input'])}: {says[:1].lower()}{says[1:]}"


def _hint(fault: ErrorDetails, model: type[BaseModel]) -> str:
    loc, kind = fault["loc"], fault["type"]
    ours = _HINTS.get(_KEY if _names_model(loc) else kind)
    if ours:
        return ours
    if kind == _WRONG_KIND:
        near = get_close_matches(str(fault["input"].get("kind")), KINDS, n=1)
        return f"Did you mean {near[0]}?" if near else _HINTS[_NO_KIND]
    inside, text = _look_up(loc[:-1] if kind == _UNKNOWN else loc, model)
    if kind != _UNKNOWN:
        return f"{_path(loc)}: {' '.join(text.split())}" if text else ""
    known = sorted(_fields(inside))
    near = get_close_matches(str(loc[-1]), known, n=1, cutoff=0.5)
    if near:
        return f"Did you mean {_path((*loc[:-1], near[0]))}?"
    return f"Known here: {', '.join(known)}." if known else "It has no settings."


def _look_up(loc: Location, model: type[BaseModel]) -> tuple[type[BaseModel], str]:
    """Return the section that a location leads to, and what its last setting says it is."""
    text = ""
    of_model = _MODELS in loc[:1]
    for part in (_MODELS, *loc[3:]) if of_model else loc:
        field = _fields(model).get(str(part))
        if field is None:
            continue  # the name of a choice, or the position in a list
        text = field.description or ""
        choices = _models_in(field.annotation)
        named = [m for m in choices if _tag(m) in (loc[2:3] if of_model else loc)]
        model = (named or choices or [model])[0]
    return model, text


def _tag(model: type[BaseModel]) -> object:
    """Return what pydantic calls a choice in locations."""
    kind = model.model_fields.get("kind")
    return kind.default if kind else model.model_config.get("title")


def _models_in(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401  a type
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in get_args(annotation) for m in _models_in(part)]


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {f.alias or n: f for n, f in model.model_fields.items()}


def _names_model(loc: Location) -> bool:
    """Tell whether a location is that of a model's name, not of what stands behind it."""
    return loc[:1] == (_MODELS,) and _KEY in loc


def _path(loc: Sequence[int | str]) -> str:
    if loc[:1] == (_MODELS,) and loc[2:3] != (_KEY,):
        loc = (*loc[:2], *loc[3:])  # without the kind
    return ".".join(str(p) for p in loc if p not in (*REGION_TAGS, _KEY))


def _shown(value: object) -> str:
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."
