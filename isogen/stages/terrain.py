"""The terrain of a map: brought into the project with its extract, in one form."""

from collections.abc import Sequence

import numpy as np

from isogen.digest import Digest, digest_of
from isogen.errors import InputError, ObjectMissingError
from isogen.scene.files import write_file
from isogen.scene.terrain.dem import TERRAIN
from isogen.scene.terrain.terrain import terrain_of
from isogen.stages.project import Project

_SAMPLES = 33
"""Places along a side of the map at which its terrain is looked for."""

_SPARSE = 0.999
"""Share of a map from which on its terrain counts as complete."""


def import_terrain(project: Project, bbox: tuple[float, float, float, float] | None) -> None:
    """Read what ``scene.terrain`` names and keep what the map needs; without it, nothing.

    Args:
        project: Where to.
        bbox: South, west, north and east of the extract in degrees; None without an end.

    Raises:
        InputError: There is no such file, or the map cannot have a terrain.
        SourceError: It is broken, or does not cover the map.
    """
    kept, wanted = project.sources / TERRAIN, project.params.scene.terrain
    if wanted is None:
        kept.unlink(missing_ok=True)
        return
    if bbox is None:
        raise InputError(
            "scene.terrain is for scene.source 'osm', but it is 'procedural'",
            hint="Set scene.terrain to null.",
        )
    from isogen.scene.terrain.reading import read_terrain  # noqa: PLC0415  GDAL loads slowly

    dem = read_terrain(project.root / wanted, wanted.as_posix(), bbox)
    write_file(kept, dem.pack())


def terrain_digest(project: Project) -> Digest:
    """Return the digest of the terrain that was brought in.

    Raises:
        ObjectMissingError: There is none.
    """
    path = project.sources / TERRAIN
    if not path.is_file():
        raise ObjectMissingError(f"there is no terrain {path}", hint="Run `isogen source` first.")
    return digest_of(path.read_bytes())


def terrain_note(project: Project, extent: Sequence[tuple[float, float]]) -> str | None:
    """Return what a person should know of the terrain, if anything.

    Args:
        project: The project.
        extent: Four corners of the map in turn, plane meters; none without an end.

    Raises:
        DataError: The settings name another terrain than was brought in.
    """
    terrain = terrain_of(project.params, project.sources)
    if terrain is None or not extent:
        return None
    a, b, c, d = (np.array(corner) for corner in extent)
    share = np.linspace(0.0, 1.0, _SAMPLES)[:, None]
    sides = a + (b - a) * share, d + (c - d) * share
    covered = terrain.coverage(sides[0] + (sides[1] - sides[0]) * share[:, None])
    if covered >= _SPARSE:
        return None
    return (
        f"{terrain.dem.name} covers {covered:.0%} of the map; "
        "beyond its edge the ground is as high as the edge is"
    )
