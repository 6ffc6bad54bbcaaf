"""Styles of a project: listed, drawn, and begun from others."""

import re
from pathlib import Path

from isogen.errors import InputError
from isogen.files import write_beside
from isogen.image.png import encode_indexed
from isogen.pixelart.style import CLASSIC, Style, load_style, style_folders
from isogen.stages.project import PARAMS_FILE, Project
from isogen.stages.start import STAGES_FILE
from isogen.stages.style_sheet import draw_everything

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SCALE = 2
_DEPENDS = b"      - data/layers/faces\n"
"""Last line of what the generations depend on, in the stages of a new project."""


def list_styles(project: Project) -> list[Style]:
    """Return every style that the project can be painted in, by name.

    Raises:
        ParamsError: A file of one says what is not allowed.
    """
    return [load_style(name, project.styles) for name in style_folders(project.styles)]


def chosen_style(project: Project, name: str | None) -> Style:
    """Return a style by name; without one that of the settings, or the classic one."""
    if name is None and (project.root / PARAMS_FILE).is_file():
        return project.style()
    return load_style(name or CLASSIC, project.styles)


def show_style(project: Project, name: str | None, palette: str | None, out: Path | None) -> Path:
    """Draw the ramps of a palette and one of everything that can be drawn, with its name.

    Args:
        project: Where own styles are looked for.
        name: The style; without one that of the settings, or the classic one.
        palette: A palette of it; without one that which belongs to it most.
        out: The PNG to write; without one, a file here named by style and palette.

    Returns:
        The file that was written.

    Raises:
        InputError: There is no such style or palette.
        ParamsError: A file of the style says what is not allowed.
    """
    style = chosen_style(project, name)
    shown = style.palette(palette or style.file.palette)
    path = out or Path(f"{style.name}-{shown.name}.png")
    sheet = draw_everything(style, shown.name)
    write_beside(path, encode_indexed(sheet, shown.colors, scale=_SCALE))
    return path


def new_style(project: Project, name: str, origin: str, *, force: bool = False) -> list[str]:
    """Copy a style into the project, to be edited.

    Args:
        project: Gets a folder ``styles/NAME``; its stages are told to depend on ``styles``.
        name: Name of the new style: small letters, digits and single hyphens.
        origin: The style to copy.
        force: Replace the files of a style of this name.

    Returns:
        What to tell the person.

    Raises:
        InputError: The name is not one, there is such a style, or there is no ``origin``.
        ParamsError: A file of ``origin`` says what is not allowed.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name!r} cannot name a style",
            hint="Use small letters, digits and single hyphens, as in winter-comic.",
        )
    folder = project.styles / name
    if folder.exists() and not force:
        raise InputError(f"{folder} is there already", hint="Use --force to replace its files.")
    source = load_style(origin, project.styles)
    for path in sorted(source.folder.rglob("*.toml")):
        write_beside(folder / path.relative_to(source.folder), path.read_bytes())
    said = [f"wrote {folder}, a copy of {source.name}"]
    if _depend_on_styles(project.root / STAGES_FILE):
        said.append(f"{STAGES_FILE}: the generations now depend on styles")
    said.append(f"next: set generate.style to {name} in {PARAMS_FILE}; isogen style show {name}")
    return said


def _depend_on_styles(path: Path) -> bool:
    """Add the folder of styles to what the generations depend on; False when it was there."""
    stages = path.read_bytes() if path.is_file() else b""
    start = stages.find(b"\n  generate:")
    at = stages.find(_DEPENDS, start)
    if min(start, at) < 0 or b"      - styles\n" in stages[start:]:
        return False
    at += len(_DEPENDS)
    write_beside(path, stages[:at] + b"      - styles\n" + stages[at:])
    return True
