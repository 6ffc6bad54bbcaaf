"""Styles: folders of small files that say how to paint, and in which colors.

A style is one of those in ``styles`` beside this module, or a folder that a project has.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from isogen.digest import Digest, canonical_json, digest_of
from isogen.errors import InputError, ParamsError
from isogen.mesh.vocabulary import Material
from isogen.params.faults import checked
from isogen.params.reading import read_text
from isogen.pixelart.palette import Palette, read_palette
from isogen.pixelart.rules import OWN, Rules, rule_names, rules_record
from isogen.pixelart.schema import StyleFile
from isogen.pixelart.tables import Rows

CLASSIC = "classic"
"""The style that a map is painted in when nobody says another."""

BUNDLED = Path(__file__).parent / "styles"

RULES_FILE = "style.toml"
PALETTES_FOLDER = "palettes"


@dataclass(frozen=True)
class Style:
    """A way to paint."""

    name: str
    folder: Path
    file: StyleFile

    rules: Rows[Rules]
    """What the kernels read: a row of one record."""

    palettes: Mapping[str, Palette]
    """By name, in order."""

    digest: Digest
    """Of what decides palette indices: the rules, but neither names nor colors."""

    def palette(self, name: str) -> Palette:
        """Return a palette by name.

        Raises:
            InputError: The style has no palette of this name.
        """
        if name not in self.palettes:
            raise InputError(
                f"the style {self.name} has no palette {name!r}",
                hint=f"Choose one of: {', '.join(self.palettes)}.",
            )
        return self.palettes[name]


def style_folders(own: Path | None = None) -> dict[str, Path]:
    """Return the folder of every style by name; those in the folder ``own`` come first."""
    found: dict[str, Path] = {}
    for home in (BUNDLED, own):
        if home is not None and home.is_dir():
            found |= {f.name: f for f in sorted(home.iterdir()) if (f / RULES_FILE).is_file()}
    return dict(sorted(found.items()))


def load_style(name: str, own: Path | None = None) -> Style:
    """Return a style by name; read again each time unless it is bundled.

    Args:
        name: Its name, which is that of its folder.
        own: Folder of a project's own styles; one of them wins over a bundled one.

    Raises:
        InputError: There is no style of this name.
        ParamsError: A file of it is missing, not TOML, or says what is not allowed.
    """
    folders = style_folders(own)
    if name not in folders:
        raise InputError(
            f"there is no style {name!r}",
            hint=f"Choose one of: {', '.join(folders)}; or run `isogen style new {name}`.",
        )
    folder = folders[name]
    return _bundled(folder) if folder.parent == BUNDLED else read_style(folder)


@cache
def _bundled(folder: Path) -> Style:
    return read_style(folder)


def read_style(folder: Path) -> Style:
    """Read the files of a style.

    Raises:
        ParamsError: A file is missing, not TOML, or says what is not allowed.
    """
    file = checked(StyleFile, read_toml(folder / RULES_FILE), _seen(folder / RULES_FILE))
    values = _rule_values(file)
    digest = digest_of(canonical_json(values))
    paths = {p.stem: p for p in sorted((folder / PALETTES_FOLDER).glob("*.toml"))}
    trees = {name: read_toml(path) for name, path in paths.items()}
    palettes = {name: read_palette(name, trees, _seen(paths[name])) for name in trees}
    if file.palette not in palettes:
        raise ParamsError(
            f"{_seen(folder / RULES_FILE)}: palette is {file.palette!r}, which is not in "
            f"{PALETTES_FOLDER}",
            hint=f"There are: {', '.join(palettes) or 'none'}.",
        )
    return Style(folder.name, folder, file, rules_record(values), palettes, digest)


def read_toml(path: Path) -> dict[str, object]:
    """Return what a TOML file holds.

    Raises:
        ParamsError: It cannot be read, or is not TOML.
    """
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ParamsError(f"{_seen(path)} is not TOML: {error}") from error


def _seen(path: Path) -> str:
    """Return a file as messages name it: from the style's folder on."""
    return path.relative_to(
        path.parents[2 if path.parent.name == PALETTES_FOLDER else 1]
    ).as_posix()


def _rule_values(file: StyleFile) -> dict[str, int | float]:
    tree = file.model_dump()
    tree["outline"]["ink"] = _ramp_number(file.outline.ink)
    parts = (name.partition("_") for name in rule_names())
    return {f"{section}_{key}": tree[section][key] for section, _, key in parts}


def _ramp_number(name: str) -> int:
    return OWN if name == "own" else int(Material[name.upper()])
