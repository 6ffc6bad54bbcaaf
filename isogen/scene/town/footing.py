"""How a building stands on a slope: level, on a plinth, with storeys more on its lower side."""

import numpy as np
import shapely

from isogen.mesh.builder import Look
from isogen.mesh.solids import prism
from isogen.mesh.vocabulary import Material, WallStyle
from isogen.scene.town.footprint import rings_of
from isogen.scene.town.site import Site

SAMPLE_M = 4.0
"""Distance of the places along an outline at which the ground is looked at."""

FLOOR_QUANTILE = 0.7
"""Share of the ground along an outline that lies lower than the floor."""

STOREY_RISES = 4
PLINTH_RISES = 3
"""Least height of the plinth under storeys below the floor."""

_OPEN = frozenset({"carport", "roof"})
"""Buildings without walls."""

_PLINTH = Look(Material.GRANITE, WallStyle.ASHLAR, seed=3)


def stand(site: Site) -> None:
    """Let what is built next on a site stand level; fill what is between it and the ground.

    The floor lies on a whole rise, so that a facade is drawn as it is on flat ground.
    """
    hills, builder = site.town.hills, site.builder
    if hills is None:
        return
    ring = shapely.get_coordinates(shapely.segmentize(site.outline.exterior, SAMPLE_M))[:-1]
    ground = hills.under(ring)
    floor = float(np.ceil(np.quantile(ground, FLOOR_QUANTILE)))
    lowest = float(np.floor(ground.min()))
    builder.footing = 0.0
    if site.tags.get("building") not in _OPEN:
        _fill(site, lowest, floor)
    builder.footing = floor


def _fill(site: Site, lowest: float, floor: float) -> None:
    """Add storeys below the floor where there is room for them, and a plinth under them."""
    rings = rings_of(site.outline)
    storeys = int((floor - lowest - PLINTH_RISES) // STOREY_RISES) - 1
    foot = floor - STOREY_RISES * (storeys + 1) if storeys > 0 else floor
    if storeys > 0:
        wall = site.wall(floor - foot)
        prism(site.builder, rings, foot, floor, wall, None, obj=site.obj, casts=False)
    if foot > lowest:
        prism(site.builder, rings, lowest - 1, foot, _PLINTH, None, obj=site.obj, casts=False)
