"""Infill models by name: those of the settings, and those that every project knows."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, cast

from pydantic import AfterValidator, BeforeValidator, StringConstraints, TypeAdapter
from pydantic_core import PydanticCustomError

from isogen.errors import ParamsError
from isogen.params.infill import PRESETS, AnyModelParams
from isogen.params.painting import PIXELART

NAME_FAULT = "model_name"

ModelName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]

_PRESET = TypeAdapter[AnyModelParams](AnyModelParams)


def with_presets(entries: object) -> object:
    """Return models as a document says them, each upon the preset of its name.

    What is no mapping is returned as it is, for the check that follows to refuse.
    """
    if not isinstance(entries, Mapping):
        return {} if entries is None else entries
    named = cast("Mapping[object, object]", entries)
    return {name: _upon_preset(name, entry) for name, entry in named.items()}


def _upon_preset(name: object, entry: object) -> object:
    if entry is not None and not isinstance(entry, Mapping):
        return entry
    said = cast("Mapping[str, object]", entry or {})
    preset = PRESETS.get(str(name), {})
    if said.get("kind", preset.get("kind")) != preset.get("kind"):
        return said  # a model of its own that only has the name of another
    return {**preset, **said}


def without_the_artist(models: dict[str, AnyModelParams]) -> dict[str, AnyModelParams]:
    """Return models as they are.

    Raises:
        PydanticCustomError: One has the name of the built-in artist.
    """
    if PIXELART in models:
        raise PydanticCustomError(NAME_FAULT, "the name of the artist")
    return models


NamedModels = Annotated[
    dict[ModelName, AnyModelParams],
    BeforeValidator(with_presets),
    AfterValidator(without_the_artist),
]


def model_names(models: Mapping[str, AnyModelParams]) -> tuple[str, ...]:
    """Return the names of all models, sorted: those given, and those known without."""
    return tuple(sorted({*PRESETS, *models}))


def find_model(models: Mapping[str, AnyModelParams], name: str) -> AnyModelParams:
    """Return the settings of a model of that name, given or known without.

    Raises:
        ParamsError: There is none.
    """
    if name in models:
        return models[name]
    if name in PRESETS:
        return _PRESET.validate_python(PRESETS[name])
    names = model_names(models)
    near = get_close_matches(name, names, n=1)
    raise ParamsError(
        f"there is no model {name!r}",
        hint=(f"Did you mean {near[0]}? " if near else "")
        + f"Known: {', '.join((PIXELART, *names))}. "
        "Add another under models: in params.yaml.",
    )
