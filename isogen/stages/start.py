"""Begins a project: writes its settings and its stages."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from isogen.errors import InputError
from isogen.params import Params, params_from_generation_config, params_yaml
from isogen.params.faults import checked
from isogen.scene.files import write_file
from isogen.scene.heading import Heading, best_heading
from isogen.scene.osm.extract import BUNDLED
from isogen.scene.sources import checked_bounds, find_extract, kind_of, read_features
from isogen.stages.project import PARAMS_FILE

STAGES_FILE = "dvc.yaml"

_IGNORE_FILE = ".gitignore"
_IGNORED = (b"/data/cache/", b"/data/journal/", b"/data/padding/", b"/data/marks.lock")
"""What a project keeps for itself; DVC adds what it tracks."""


def start_project(
    root: Path,
    *,
    extract: str | None = None,
    azimuth_deg: float | None = None,
    generation_config: Path | None = None,
    force: bool = False,
) -> list[str]:
    """Write params.yaml and dvc.yaml into a folder.

    Args:
        root: The folder; made when absent.
        extract: A .osm.pbf or .geojson file or the name of a bundled extract; the map is
            projected around its middle unless ``generation_config`` says another place.
        azimuth_deg: Compass heading of screen-up, from -360 to 360; without it the one at
            which most walls of the extract run diagonally, or that of ``generation_config``.
        generation_config: A file of isometric-nyc to take view and region from.
        force: Replace files that are there.

    Returns:
        What to tell the person.

    Raises:
        InputError: A file is there already, or an input is not; the heading is none.
        ParamsError: ``generation_config`` cannot be taken over.
        SourceError: The extract is broken.
    """
    for name in (PARAMS_FILE, STAGES_FILE):
        if (root / name).exists() and not force:
            raise InputError(f"{root / name} is there already", hint="Use --force to replace it.")
    said: list[str] = []
    params = Params()
    if generation_config:
        conversion = params_from_generation_config(generation_config)
        params = conversion.params
        said += conversion.notices
    if extract:
        params = _with_extract(params, root, extract, keep_view=generation_config is not None)
        if generation_config is None and azimuth_deg is None:
            heading = _best_heading(params, extract)
            azimuth_deg = heading.azimuth_deg if heading else None
            said += [_told(heading)] if heading else []
    if azimuth_deg is not None:
        params = _with_azimuth(params, azimuth_deg)
    write_file(root / PARAMS_FILE, params_yaml(params).encode())
    write_file(root / STAGES_FILE, _stages(params))
    _ignore(root / _IGNORE_FILE)
    origin = params.map.origin
    said.append(
        f"wrote {PARAMS_FILE} and {STAGES_FILE}: {params.map.name}, around "
        f"{origin.lat:.5f}, {origin.lng:.5f}"
    )
    said.append("next: git init && dvc init && dvc repro && isogen view")
    return said


def _best_heading(params: Params, extract: str) -> Heading | None:
    path = find_extract(extract, Path())
    return best_heading(read_features(path, params.projection.to_plane))


def _told(heading: Heading) -> str:
    return (
        f"azimuth {heading.azimuth_deg:g}: from there {heading.share:.0%} of all walls and streets "
        "run diagonally; choose another with --azimuth"
    )


def _with_azimuth(params: Params, azimuth_deg: float) -> Params:
    changed: dict[str, Any] = params.model_dump(by_alias=True)
    changed["map"]["azimuth_deg"] = float(azimuth_deg)
    return checked(Params, changed, "--azimuth")


def packaged_stages() -> bytes:
    """Return the dvc.yaml that every project starts with."""
    return files("isogen.stages").joinpath("project_dvc.yaml").read_bytes()


def _stages(params: Params) -> bytes:
    """Return the stages; the first one depends on an extract that is a file."""
    extract = params.scene.extract
    command = b"    cmd: isogen source\n"
    if extract in BUNDLED:
        return packaged_stages()
    deps = f"    deps:\n      - {json.dumps(extract)}\n".encode()
    return packaged_stages().replace(command, command + deps)


def _ignore(path: Path) -> None:
    """Add what git should not see to an ignore file."""
    held = path.read_bytes() if path.exists() else b""
    missing = [line for line in _IGNORED if line not in held.splitlines()]
    if missing:
        gap = b"" if not held or held.endswith(b"\n") else b"\n"
        write_file(path, held + gap + b"".join(line + b"\n" for line in missing))


def _with_extract(params: Params, root: Path, extract: str, *, keep_view: bool) -> Params:
    named = extract.lower() in BUNDLED
    kind = kind_of(extract)
    path = find_extract(extract, Path())
    south, west, north, east = checked_bounds(path)
    changed: dict[str, Any] = params.model_dump(by_alias=True)
    if not keep_view:
        lat, lng = round((south + north) / 2, 6), round((west + east) / 2, 6)
        name = (extract if named else path.name.partition(".")[0]).capitalize()
        changed["map"] |= {"name": name, "origin": {"lat": lat, "lng": lng}}
    changed["scene"]["source"] = kind
    changed["scene"]["extract"] = extract.lower() if named else _seen_from(root, path)
    return Params.model_validate(changed)


def _seen_from(root: Path, path: Path) -> str:
    """Return the path as params.yaml in ``root`` names it: relative when it lies within."""
    full, base = path.resolve(), root.resolve()
    return full.relative_to(base).as_posix() if full.is_relative_to(base) else full.as_posix()
