"""Styles: folders of small files that say how to paint, and in which colors.

A style is one of those in ``styles`` beside this module, or a folder that a project has.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isogen.digest import Digest, canonical_json, digest_of
from isogen.errors import InputError, ParamsError
from isogen.mesh.vocabulary import Ground, Kind, Material
from isogen.params.faults import checked
from isogen.params.reading import read_text
from isogen.pixelart.palette import Palette, make_palette
from isogen.pixelart.palette_schema import PaletteFile
from isogen.pixelart.rules import OWN, Rules, rule_names, rules_record
from isogen.pixelart.schema import MaterialsFile, StyleFile
from isogen.pixelart.tables import COVERED, FIRST_GROUND, SURFACES, Rows

CLASSIC = "classic"
"""The style that a map is painted in when nobody says another."""

BUNDLED = Path(__file__).parent / "styles"

RULES_FILE = "style.toml"
MATERIALS_FILE = "materials.toml"
PALETTES_FOLDER = "palettes"


@dataclass(frozen=True)
class Style:
    """A way to paint."""

    name: str
    folder: Path
    file: StyleFile

    rules: Rows[Rules]
    """What the kernels read: a row of one record."""

    ramps: NDArray[np.uint8]
    """The ramp that stands in for a material on a surface; shape (SURFACES, materials)."""

    covers: NDArray[np.uint8]
    """Whether something lies there, such as snow: 0 no, 1 where the face is made of the
    material, 2 always; of the same shape."""

    palettes: Mapping[str, Palette]
    """By name, in order."""

    digest: Digest
    """Of what decides palette indices: rules, ramps and covers, but neither names nor colors."""

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
    path = folder / MATERIALS_FILE
    ramps, covers = _tables(checked(MaterialsFile, read_toml(path), _seen(path)))
    values = _rule_values(file)
    digest = digest_of(canonical_json(values) + ramps.tobytes() + covers.tobytes())
    palettes = _read_palettes(folder)
    if file.palette not in palettes:
        raise ParamsError(
            f"{_seen(folder / RULES_FILE)}: palette is {file.palette!r}, which is not in "
            f"{PALETTES_FOLDER}",
            hint=f"There are: {', '.join(palettes) or 'none'}.",
        )
    return Style(folder.name, folder, file, rules_record(values), ramps, covers, palettes, digest)


def _read_palettes(folder: Path) -> dict[str, Palette]:
    paths = {p.stem: p for p in sorted((folder / PALETTES_FOLDER).glob("*.toml"))}
    files = {n: checked(PaletteFile, read_toml(p), _seen(p)) for n, p in paths.items()}
    return {name: make_palette(name, files, _seen(path)) for name, path in paths.items()}


def _tables(file: MaterialsFile) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return which ramp stands in for which on each surface, and on which there lies something."""
    ramps = np.tile(np.arange(len(Material), dtype=np.uint8), (SURFACES, 1))
    covers = np.zeros_like(ramps)
    for kind, named in (
        (Kind.WALL, file.wall),
        (Kind.FLAT, file.flat),
        (Kind.SLOPE, file.slope),
        (Kind.BALL, file.ball),
    ):
        for material, other in named.items():
            ramps[kind, _number(material)] = _number(other)
    for ground, other in file.ground.items():
        ramps[FIRST_GROUND + Ground[ground.upper()]] = _number(other)
    if file.cover is not None:
        ramps[COVERED] = _number(file.cover.ramp)
        covers[[Kind.FLAT, Kind.SLOPE, Kind.BALL]] = 1
        roofs, details = [Kind.FLAT, Kind.SLOPE], [_number(n) for n in file.cover.details]
        covers[np.ix_(roofs, details)] = 2
        covers[:, [_number(name) for name in file.cover.bare]] = 0
        covers[[FIRST_GROUND + Ground[name.upper()] for name in file.cover.ground]] = 2
    for table in (ramps, covers):
        table.setflags(write=False)
    return ramps, covers


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
    ink = file.outline.ink
    tree["outline"]["ink"] = OWN if ink == "own" else _number(ink)
    parts = (name.partition("_") for name in rule_names())
    return {f"{section}_{key}": tree[section][key] for section, _, key in parts}


def _number(material: str) -> int:
    return int(Material[material.upper()])
