"""Opens the source that a project's settings name."""

from dataclasses import replace
from pathlib import Path

from isogen.errors import InputError, ObjectMissingError
from isogen.mesh.cell import CellSource
from isogen.params import Params
from isogen.scene.flavors import Flavor, flavor_of
from isogen.scene.geojson import extract as geojson_extract
from isogen.scene.geojson.document import read_document
from isogen.scene.geojson.extract import copy_geojson
from isogen.scene.geojson.read import read_geojson
from isogen.scene.osm import extract as osm_extract
from isogen.scene.osm.extract import BUNDLED, SourceRecord, bundled_extract, copy_extract
from isogen.scene.osm.features import Features
from isogen.scene.osm.pbf import Bounds, check_file, read_bounds
from isogen.scene.osm.read import ToPlane, read_extract
from isogen.scene.osm.storeys import storeys
from isogen.scene.overrides import apply_overrides, overrides_of
from isogen.scene.procedural.source import ProceduralSource
from isogen.scene.terrain.terrain import terrain_of
from isogen.scene.town.context import Town, TownSettings
from isogen.scene.town.town import TownSource

MAKERS = {
    "osm": "scene-osm/2",
    "geojson": "scene-geojson/2",
    "procedural": "scene-procedural/2",
}
"""Bumped when the bytes of a cell change."""

EXTRACTS = {"osm": osm_extract.EXTRACT, "geojson": geojson_extract.EXTRACT}
"""Name of the copy in a project, by ``scene.source``."""

_SUFFIXES = {".osm.pbf": "osm", ".pbf": "osm", ".geojson": "geojson", ".json": "geojson"}

BLOCK = "block"
"""The ``scene.edge`` that is built."""


def open_source(params: Params, sources: Path, root: Path = Path()) -> CellSource:
    """Open what the cells are built from.

    Args:
        params: The settings.
        sources: Folder that ``isogen source`` filled.
        root: Folder of the project, that files named by settings are relative to.

    Raises:
        ObjectMissingError: The extract is not there.
        InputError: The source cannot have a terrain, but the settings name one.
        ParamsError: There is no such flavor, or the overrides are wrong.
        SourceError: It is not readable.
    """
    if params.scene.source == "procedural":
        if params.scene.terrain is not None:
            raise InputError(
                f"scene.terrain is {params.scene.terrain.as_posix()}, but the endless city of "
                "scene.source 'procedural' is flat",
                hint="Set scene.terrain to null, or scene.source to 'osm'.",
            )
        return ProceduralSource(params.camera, params.scene.seed)
    path = sources / EXTRACTS[params.scene.source]
    if not path.is_file():
        raise ObjectMissingError(f"there is no extract {path}", hint="Run `isogen source` first.")
    features, _ = overridden_features(params, path, root)
    town = town_of(params, features, flavor_of(params, root))
    return TownSource(replace(town, terrain=terrain_of(params, sources)))


def kind_of(extract: str) -> str:
    """Return the ``scene.source`` that an extract is for, by its name.

    Raises:
        InputError: It is neither a bundled one nor a file of a kind that is read.
    """
    for suffix, kind in _SUFFIXES.items():
        if extract.lower().endswith(suffix):
            return kind
    if extract.lower() in BUNDLED:
        return "osm"
    raise InputError(
        f"{extract!r} is neither a bundled extract nor a .osm.pbf or .geojson file",
        hint=f"Choose one of: {', '.join(sorted(BUNDLED))}; or give a file of your own.",
    )


def find_extract(extract: str, folder: Path) -> Path:
    """Return the path of a bundled extract, or of a file relative to a folder."""
    return bundled_extract(extract) if extract.lower() in BUNDLED else folder / extract


def checked_bounds(path: Path) -> Bounds:
    """Read an extract of any kind from end to end; return what it covers.

    Raises:
        InputError: There is no such file.
        SourceError: It is broken.
    """
    if kind_of(path.name) == "geojson":
        return read_document(path).bounds
    check_file(path)
    return read_bounds(path)


def copy_source(path: Path, folder: Path) -> SourceRecord:
    """Copy an extract of any kind into a folder, with its record; it replaces others.

    Raises:
        InputError: There is no such file.
        SourceError: It is broken.
        StorageError: The disk refused.
    """
    kind = kind_of(path.name)
    record = copy_geojson(path, folder) if kind == "geojson" else copy_extract(path, folder)
    for other, name in EXTRACTS.items():
        if other != kind:
            (folder / name).unlink(missing_ok=True)
    return record


def read_features(path: Path, to_plane: ToPlane) -> Features:
    """Read the features of an extract of any kind.

    Raises:
        InputError: There is no such file.
        SourceError: It is broken.
    """
    is_geojson = kind_of(path.name) == "geojson"
    return read_geojson(path, to_plane) if is_geojson else read_extract(path, to_plane)


def overridden_features(params: Params, path: Path, root: Path) -> tuple[Features, tuple[str, ...]]:
    """Return the features of an extract as ``scene.overrides`` has them.

    Returns:
        The features, and the overrides that met nothing of the map.

    Raises:
        ParamsError: The overrides file is missing or wrong.
        SourceError: The extract is broken.
    """
    to_plane = params.projection.to_plane
    overrides = overrides_of(params, root)
    return apply_overrides(read_features(path, to_plane), overrides, to_plane)


def unmet_overrides(params: Params, sources: Path, root: Path) -> tuple[str, ...]:
    """Return the overrides that meet nothing of the map, by their places in the file."""
    if params.scene.overrides is None or params.scene.source == "procedural":
        return ()
    return overridden_features(params, sources / EXTRACTS[params.scene.source], root)[1]


def town_of(params: Params, features: Features, flavor: Flavor) -> Town:
    """Return the town that features, settings and a flavor make."""
    scene = params.scene
    found = storeys(features.buildings, features.areas, flavor.storeys)
    counts = tuple(s.count for s in found)
    settings = TownSettings(
        seed=scene.seed,
        trees=scene.tree_density,
        traffic=scene.car_density,
        people=scene.people_density,
        block=scene.edge == BLOCK,
        flavor=flavor,
    )
    return Town(params.camera, features, counts, settings)
