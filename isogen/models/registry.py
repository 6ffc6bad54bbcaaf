"""Opens the infill model that a name in the settings stands for."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final, cast

from isogen.errors import InputError
from isogen.models.protocol import InfillModel
from isogen.params import Params
from isogen.params.painting import PIXELART

_CLASSES: Final = {
    "http": ("http", "HttpModel", "models"),
    "oxen": ("oxen", "OxenModel", "models"),
    "gemini": ("gemini", "GeminiModel", "gemini"),
    "diffusers": ("diffusers", "DiffusersModel", "diffusers"),
}
"""Of each kind: module, class, and the extra of the package that brings its libraries."""


def open_model(name: str, params: Params, environ: Mapping[str, str]) -> InfillModel:
    """Return a model, set up and not yet called; close it in the end.

    Args:
        name: Of a model in the settings, or of one that isogen knows.
        params: The settings.
        environ: Environment variables, where keys and addresses are looked up when needed.

    Raises:
        ParamsError: There is no model of that name.
        InputError: It is the built-in artist, or its libraries are not installed.
    """
    if name == PIXELART:
        raise InputError(
            f"{PIXELART} is the built-in artist: it paints quadrants and completes no templates",
            hint=f"`isogen models serve` puts {PIXELART} behind the model named local.",
        )
    chosen = params.infill_model(name)
    module, class_name, extra = _CLASSES[chosen.kind]
    try:
        found = import_module(f"isogen.models.{module}")
    except ImportError as error:
        raise InputError(
            f"model {name} needs {error.name or 'a library'}, which is not installed",
            hint=f"pip install 'isogen[{extra}]'",
        ) from error
    make = cast("Callable[..., InfillModel]", getattr(found, class_name))
    return make(name, chosen, environ)
