"""The input of a map: copied into the project, with its licence and its digest."""

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from isogen.digest import Digest, canonical_json, digest_of
from isogen.errors import DataError, DigestMismatchError, InputError, ObjectMissingError
from isogen.params import Params
from isogen.scene.files import write_file
from isogen.scene.osm.extract import RECORD
from isogen.scene.sources import EXTRACTS, copy_source, find_extract, kind_of
from isogen.stages.project import Project
from isogen.stages.terrain import import_terrain

PROCEDURAL = "procedural"


@dataclass(frozen=True)
class Source:
    """What the map is drawn from."""

    name: str
    sha256: Digest
    attribution: str
    licence: str
    url: str
    bbox: tuple[float, float, float, float] | None
    """South, west, north and east in degrees; absent for a city without an end."""


def import_source(project: Project, what: str | None = None) -> Source:
    """Bring an extract into the project, and its terrain where the settings name one.

    Args:
        project: Where to.
        what: Name of a bundled extract or path of a .osm.pbf or .geojson file; without
            it what the settings name.

    Raises:
        InputError: There is no such extract, terrain or file.
        SourceError: The file is broken or not an extract, or the terrain is not one.
    """
    params = project.params
    if params.scene.source == PROCEDURAL:
        if what:
            raise InputError(
                f"scene.source is 'procedural', so {what} would not be used",
                hint="Set scene.source to 'osm' or 'geojson' in params.yaml first.",
            )
        source = _procedural(params)
        import_terrain(project, None)
        write_file(project.sources / RECORD, canonical_json(asdict(source)))
        return source
    what = what or params.scene.extract
    kind = kind_of(what)
    if kind != params.scene.source:
        raise InputError(
            f"{what} is for scene.source {kind!r}, but params.yaml says {params.scene.source!r}",
            hint=f"Set scene.source to {kind!r} and scene.extract to the file in params.yaml.",
        )
    copy_source(find_extract(what, project.root), project.sources)
    source = read_source(project)
    import_terrain(project, source.bbox)
    return source


def read_source(project: Project) -> Source:
    """Return what the project's source says about itself.

    Raises:
        ObjectMissingError: It was not brought in yet.
        DataError: Its record is not readable.
    """
    path = project.sources / RECORD
    try:
        data: dict[str, Any] = json.loads(path.read_bytes())
        return Source(
            name=data["name"],
            sha256=data["sha256"],
            attribution=data["attribution"],
            licence=data["licence"],
            url=data["url"],
            bbox=tuple(data["bbox"]) if data["bbox"] else None,
        )
    except FileNotFoundError:
        raise ObjectMissingError(
            f"there is no source in {project.sources}", hint="Run `isogen source` first."
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{path} is not a source's record: {error}", hint="Run `isogen source` again."
        ) from error


def check_extract(project: Project) -> None:
    """Check that the extract is the one that its record speaks of.

    Raises:
        ObjectMissingError: It is not there.
        DigestMismatchError: It is another one, or damaged.
    """
    source = read_source(project)
    is_procedural = source.bbox is None
    if is_procedural is not (project.params.scene.source == PROCEDURAL):
        raise DataError(
            f"the source is {source.name}, but scene.source is {project.params.scene.source}",
            hint="Run `isogen source` again.",
        )
    path = project.sources / EXTRACTS.get(project.params.scene.source, RECORD)
    if is_procedural:
        if source.sha256 != _procedural(project.params).sha256:
            raise DataError("scene.seed has changed", hint="Run `isogen source` again.")
    elif not path.is_file():
        raise ObjectMissingError(f"{path} is gone", hint="Run `isogen source` again.")
    elif digest_of(path.read_bytes()) != source.sha256:
        raise DigestMismatchError(
            f"{path} does not match its digest: expected sha256:{source.sha256}",
            hint="Run `isogen source` again.",
        )


def extent_of(project: Project) -> tuple[tuple[float, float], ...] | None:
    """Return the outline of what the source covers, plane meters, or None without an end."""
    bbox = read_source(project).bbox
    if bbox is None:
        return None
    south, west, north, east = bbox
    e, n = project.params.projection.to_plane(
        np.array([south, south, north, north]), np.array([west, east, east, west])
    )
    return tuple((float(a), float(b)) for a, b in zip(e, n, strict=True))


def _procedural(params: Params) -> Source:
    return Source(
        name=PROCEDURAL,
        sha256=digest_of(canonical_json({"city": params.scene.seed})),
        attribution="An imaginary city, drawn by isogen",
        licence="CC0 1.0",
        url="https://creativecommons.org/publicdomain/zero/1.0/",
        bbox=None,
    )
