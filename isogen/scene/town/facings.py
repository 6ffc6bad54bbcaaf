"""What each side of a house faces: the street, a courtyard, or a neighbor's wall."""

from collections.abc import Sequence
from enum import Enum

import numpy as np
import shapely
from shapely import Polygon

from isogen.geo.camera import Floats
from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, wall
from isogen.mesh.vocabulary import Facade
from isogen.scene.flavors.words import Use
from isogen.scene.town.footprint import direction, distance, edges_of, rings_of
from isogen.scene.town.site import Site


class Facing(Enum):
    """What a wall looks at."""

    STREET = "street"
    YARD = "yard"
    PARTY = "party"


_PROBES_M = (0.7, 1.4, 2.4, 4.0, 6.0, 8.5, 11.5, 15.0, 19.0, 23.5, 28.0)
"""How far before a wall is looked for houses and streets."""

_GAP_PROBES = 2
"""A wall with a neighbor's in so many of the first places has no windows."""

_KERB_M = 3.5
"""Houses may stand this far back from the edge of a street."""

_YARD_WAYS = frozenset({"service", "construction"})
_SHORTEST_M = 2.5
_TOWN = frozenset({Use.APARTMENTS, Use.OFFICE, Use.RETAIL, Use.TERRACE})
"""Uses whose backs are plainer than their fronts."""

_KEPT = Facade.TALL | Facade.SPECKLE | Facade.RIBBON
_BACKED = 0.3


def facings_of(site: Site) -> tuple[Facing, ...]:
    """Return what every edge of a house faces, numbered as ``edges_of`` has them.

    The house, and what stands within ``_PROBES_M`` of it, decide.
    """
    edges = edges_of(site.outline)
    long = [k for k, (a, b) in enumerate(edges) if distance(a, b) >= _SHORTEST_M]
    out = [Facing.STREET] * len(edges)
    if not long or site.index < 0:
        return tuple(out)
    points = np.array([_probes(*edges[k]) for k in long]).reshape(-1, 2)
    shape = len(long), len(_PROBES_M)
    housed = _held_by_others(site, points).reshape(shape).tolist()
    own = shapely.contains_xy(site.outline, points[:, 0], points[:, 1]).reshape(shape).tolist()
    paved = _on_streets(site, points).reshape(shape).tolist()
    for row, k in enumerate(long):
        out[k] = _facing(housed[row], own[row], paved[row])
    return tuple(out)


def clothe(site: Site, outline: Polygon, heights: tuple[float, float], front: Look) -> None:
    """Add a house's walls: rich to the street, plain to the yard, blind to the neighbor.

    Args:
        site: The house.
        outline: Its footprint; walls belong to ``site.obj`` and throw its shadow.
        heights: Foot and top of the walls, in rises.
        front: How its street fronts are drawn.
    """
    looks = {
        Facing.STREET: front,
        Facing.YARD: _back(site, front) if site.look.use in _TOWN else front,
        Facing.PARTY: Look(front.material, 0, front.seed, front.floors, front.trim, Facade.BLANK),
    }
    for (a, b), facing in zip(edges_of(outline), facings_of(site), strict=True):
        wall(site.builder, a, b, heights, looks[facing], site.obj)
    site.builder.cast(heights[1], rings_of(outline))


def street_fronts(site: Site) -> list[tuple[Plan, Plan]]:
    """Return the edges of a house that face a street and the viewer."""
    out: list[tuple[Plan, Plan]] = []
    for (a, b), facing in zip(edges_of(site.outline), facings_of(site), strict=True):
        along = direction(a, b)
        if facing is Facing.STREET and site.faces_viewer((-along[1], along[0])):
            out.append((a, b))
    return out


def _back(site: Site, front: Look) -> Look:
    balconies = Facade.BALCONIES if site.look.seed % 100 < 100 * _BACKED else Facade.NONE
    flags = front.flags & _KEPT | Facade.BACK | balconies
    return Look(front.material, 0, front.seed, front.floors, front.trim, flags)


def _facing(housed: Sequence[bool], own: Sequence[bool], paved: Sequence[bool]) -> Facing:
    if any(housed[:_GAP_PROBES]):
        return Facing.PARTY
    for is_housed, is_own, is_paved in zip(housed, own, paved, strict=True):
        if is_housed or is_own:
            return Facing.YARD
        if is_paved:
            return Facing.STREET
    return Facing.STREET


def _probes(a: Plan, b: Plan) -> list[Plan]:
    """Return places before the middle of an edge, near ones first."""
    middle = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    frame = Frame(middle, direction(a, b))
    return [frame.at(0, -far) for far in _PROBES_M]


def _held_by_others(site: Site, points: Floats) -> np.ndarray:
    out = np.zeros(len(points), np.bool_)
    for k in site.town.buildings_near(site.outline, _PROBES_M[-1]):
        other = site.town.features.buildings[k]
        if k != site.index and other.tags.get("building") != "roof":
            shapely.prepare(other.geometry)
            out |= shapely.contains_xy(other.geometry, points[:, 0], points[:, 1])
    return out


def _on_streets(site: Site, points: Floats) -> np.ndarray:
    out = np.zeros(len(points), np.bool_)
    places = shapely.points(points)
    for road in site.town.roads_near(site.outline, _PROBES_M[-1] + _KERB_M):
        if road.kind not in _YARD_WAYS:
            shapely.prepare(road.line)
            out |= shapely.dwithin(road.line, places, road.width_m / 2 + _KERB_M)
    return out
