"""Finds and reads the flavor that the settings name."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, cast

from isogen.errors import ParamsError
from isogen.params import Params
from isogen.params.faults import checked
from isogen.params.reading import read_text
from isogen.scene.flavors.regions import region_at
from isogen.scene.flavors.schema import Flavor

AUTO = "auto"
GENERIC = "generic"

PRESETS = (
    "nordic",
    "central-european",
    "mediterranean",
    "british",
    "american",
    "japanese",
    GENERIC,
)
"""Flavors that come with isogen."""

_FOLDER = Path(__file__).parent / "presets"


def name_of(params: Params) -> str:
    """Return the name or file of the flavor that the settings ask for, never ``auto``."""
    asked = params.scene.flavor
    if asked != AUTO:
        return asked
    found = region_at(params.map.origin.lat, params.map.origin.lng)
    return found.flavor if found else GENERIC


def told_flavor(params: Params) -> str:
    """Return in words which flavor the settings ask for, and why."""
    if params.scene.flavor != AUTO:
        return params.scene.flavor
    found = region_at(params.map.origin.lat, params.map.origin.lng)
    return f"{name_of(params)} (auto: {found.name if found else 'no region of its own'})"


def flavor_of(params: Params, root: Path = Path()) -> Flavor:
    """Return the flavor that the settings ask for.

    Args:
        params: The settings.
        root: Folder that a file is relative to.

    Raises:
        ParamsError: There is no such flavor, or its file is wrong.
    """
    name = name_of(params)
    if name in PRESETS:
        return bundled_flavor(name)
    if name.endswith(".toml"):
        return read_flavor(root / name)
    raise ParamsError(
        f"scene.flavor must be {AUTO}, one of {', '.join(PRESETS)}, or a .toml file, got {name!r}",
        hint=f"Set scene.flavor to {AUTO} to take the one of the country.",
    )


@cache
def bundled_flavor(name: str) -> Flavor:
    """Return one of ``PRESETS``."""
    return read_flavor(_FOLDER / f"{name}.toml")


def read_flavor(path: Path) -> Flavor:
    """Read a flavor file.

    A typology may say ``like`` another one of its file, above it, and then only what
    differs from it.

    Raises:
        ParamsError: It is missing, not TOML, or says something else than a flavor.
    """
    try:
        tree = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ParamsError(f"{path.name} is not TOML: {error}") from error
    return checked(Flavor, _completed(tree, path.name), path.name)


def _completed(tree: dict[str, Any], name: str) -> dict[str, Any]:
    if not isinstance(tree.get("typology"), dict):
        return tree
    done: dict[str, Any] = {}
    said: Any
    for key, said in cast("dict[str, Any]", tree["typology"]).items():
        if isinstance(said, dict) and "like" in said:
            model = done.get(str(cast("dict[str, Any]", said)["like"]))
            if not isinstance(model, dict):
                raise ParamsError(
                    f"{name}: typology.{key}.like must name a typology above it, "
                    f"got {said['like']!r}",
                    hint=f"Known above it: {', '.join(done) or 'none'}.",
                )
            done[key] = cast("dict[str, Any]", {**model, **said})
            del done[key]["like"]
        else:
            done[key] = said
    return {**tree, "typology": done}
