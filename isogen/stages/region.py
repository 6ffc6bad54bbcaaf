"""Which quadrants a map is made of: what its settings ask for and its source covers."""

import numpy as np
import shapely

from isogen.errors import BoundsError, ParamsError
from isogen.geo.bounds import read_bounds
from isogen.geo.grid import QUADRANT_PX, Quadrant, Region
from isogen.params.model import BoundsRegion, RectangleRegion
from isogen.scene.town.town import REACH_M
from isogen.stages.cells import cells_behind, cells_touching, outline_of
from isogen.stages.project import Project
from isogen.stages.source import extent_of


def requested_region(project: Project) -> Region | None:
    """Return the quadrants that the settings ask for, or None for all that the source covers.

    Raises:
        BoundsError: They lie outside what the source covers.
        ParamsError: The source has no end and the settings name no region.
    """
    asked = project.params.map.region
    if isinstance(asked, RectangleRegion):
        region = asked.region
    elif isinstance(asked, BoundsRegion):
        region = Region.touching(
            read_bounds(project.root / asked.bounds, project.params.projection)
        )
    else:
        region = None
    outline = source_outline(project)
    if region is None and outline is None:
        raise ParamsError(
            "map.region is 'source', but the procedural city has no end",
            hint="Set map.region to {from: [x, y], to: [x, y]}.",
        )
    if region is not None:
        require_covered(project, list(region))
    return region


def source_outline(project: Project) -> shapely.Polygon | None:
    """Return what the source covers in art pixels of the plane, or None without an end."""
    extent = extent_of(project)
    if extent is None:
        return None
    return outline_of(np.asarray(extent), project.params.camera, REACH_M)


def require_covered(project: Project, quadrants: list[Quadrant]) -> None:
    """Check that a source covers some of the quadrants.

    Raises:
        BoundsError: It covers none; says which it does cover.
    """
    outline = source_outline(project)
    if outline is None:
        return
    camera = project.params.camera
    if cells_behind(quadrants, camera) & cells_touching(outline, camera):
        return
    side = QUADRANT_PX / camera.pixel_size
    x0, y0, x1, y1 = (int(v // side) for v in outline.bounds)
    first, last = quadrants[0], quadrants[-1]
    raise BoundsError(
        f"quadrants {first.x},{first.y} to {last.x},{last.y} lie outside the source, "
        f"which covers {x0},{y0} to {x1},{y1}",
        hint="Choose quadrants within, or get an extract that covers the place.",
    )
