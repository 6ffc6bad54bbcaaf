"""Opens the source that a project's settings name."""

from pathlib import Path

from isogen.errors import ObjectMissingError
from isogen.mesh.cell import CellSource
from isogen.params import Params
from isogen.scene.osm.extract import EXTRACT
from isogen.scene.osm.features import Features
from isogen.scene.osm.read import read_extract
from isogen.scene.osm.storeys import storeys
from isogen.scene.procedural.source import ProceduralSource
from isogen.scene.town.context import Town, TownSettings
from isogen.scene.town.town import TownSource

MAKERS = {"osm": "scene-osm/1", "procedural": "scene-procedural/1"}
"""Bumped when the bytes of a cell change."""

_PARKS = {"park", "garden"}


def open_source(params: Params, sources: Path) -> CellSource:
    """Open what the cells are built from.

    Args:
        params: The settings.
        sources: Folder that ``isogen source`` filled.

    Raises:
        ObjectMissingError: The extract is not there.
        SourceError: It is not readable.
    """
    if params.scene.source == "procedural":
        return ProceduralSource(params.camera, params.scene.seed)
    path = sources / EXTRACT
    if not path.is_file():
        raise ObjectMissingError(f"there is no extract {path}", hint="Run `isogen source` first.")
    return TownSource(town_of(params, read_extract(path, params.projection.to_plane)))


def town_of(params: Params, features: Features) -> Town:
    """Return the town that features and settings make."""
    scene = params.scene
    parks = [a for a in features.areas if a.tags.get("leisure") in _PARKS]
    counts = tuple(s.count for s in storeys(features.buildings, parks))
    settings = TownSettings(
        seed=scene.seed,
        trees=scene.tree_density,
        traffic=scene.car_density,
        people=scene.people_density,
    )
    return Town(params.camera, features, counts, settings)
