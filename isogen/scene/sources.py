"""Opens the source that a project's settings name."""

from pathlib import Path

from isogen.errors import ObjectMissingError
from isogen.mesh.cell import CellSource
from isogen.params import Params
from isogen.scene.osm.read import read_extract
from isogen.scene.procedural.source import ProceduralSource
from isogen.scene.town.context import Town
from isogen.scene.town.town import TownSource

EXTRACT = "extract.osm.pbf"

MAKERS = {"osm": "scene-osm/1", "procedural": "scene-procedural/1"}
"""Bumped when the bytes of a cell change."""


def open_source(params: Params, sources: Path) -> CellSource:
    """Open what the cells are built from.

    Raises:
        ObjectMissingError: The extract is not there.
        SourceError: It is not readable.
    """
    if params.scene.source == "procedural":
        return ProceduralSource(params.camera, params.scene.seed)
    path = sources / EXTRACT
    if not path.is_file():
        raise ObjectMissingError(f"there is no extract {path}", hint="Run `isogen source` first.")
    features = read_extract(path, params.projection.to_plane)
    return TownSource(Town(params.camera, features, params.scene))
