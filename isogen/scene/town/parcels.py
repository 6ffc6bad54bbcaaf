"""The land around a house: what sort of yard it has and how far it reaches.

A parcel is convex: the house's own rectangle grown on all sides, cut where a street
runs and halfway to every neighbor. Nothing of it depends on where one looks from.
"""

# pyright: reportUnknownMemberType=false
# shapely's stubs leave the types of **kwargs open.

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from isogen.geo.camera import Floats
from isogen.mesh.solids import Plan
from isogen.scene.osm.features import Feature
from isogen.scene.town.footprint import Box, box_around, rectangle
from isogen.scene.town.near import Near, anchor_of, unit
from isogen.scene.town.yards import MINOR_M2, Yard, yard_of
from isogen.seeds import Stream

if TYPE_CHECKING:
    from isogen.scene.town.context import Town

REACH_M = 13.0
"""A parcel reaches this far beyond its house at most."""

FRONT_M = 24.0
"""A house stands at a street that passes this near."""

DENSE_M = 50.0
"""Half the side of the square in which the houses around one are counted."""

COURT_HOUSE_M2 = 600.0
"""Larger houses of a dense town have no garden."""

_COURTS = 5


class Side(Enum):
    """What bounds a parcel on one side."""

    OPEN = 0
    STREET = 1
    NEIGHBOR = 2


@dataclass(frozen=True)
class Edge:
    """One side of a parcel, the parcel to its left."""

    start: Plan
    end: Plan
    side: Side
    neighbor: int = -1
    """Position of the house beyond, among the town's buildings; -1 without one."""


@dataclass(frozen=True)
class Parcel:
    """A house's own land."""

    house: Feature[Polygon]
    yard: Yard
    around: Box
    edges: tuple[Edge, ...]

    @cached_property
    def outline(self) -> Polygon:
        """The whole parcel, the house included; counter-clockwise."""
        return Polygon([edge.start for edge in self.edges])

    @cached_property
    def open_land(self) -> BaseGeometry:
        """The parcel without its house."""
        return shapely.difference(self.outline, self.house.geometry)

    @cached_property
    def front(self) -> Edge | None:
        """The side toward a street, the longest if there are several."""
        streets = [edge for edge in self.edges if edge.side is Side.STREET]
        return max(streets, key=lambda edge: round(length_of(edge), 3), default=None)

    @cached_property
    def toward_street(self) -> Plan:
        """Unit vector from the house to its street; across the house without a street."""
        if self.front is None:
            return self.around.frame.across
        (ax, ay), (bx, by) = self.front.start, self.front.end
        return unit((by - ay, ax - bx))


def length_of(edge: Edge) -> float:
    """Return an edge's length in meters."""
    return _length(np.subtract(edge.end, edge.start))


def _nearest(one: BaseGeometry, other: BaseGeometry) -> Floats:
    """Return the points of two geometries that lie nearest to each other, shape (2, 2)."""
    return shapely.get_coordinates(nearest_points(one, other))


def _length(vector: Floats) -> float:
    return float(np.sqrt((vector**2).sum()))


class Parcels:
    """Finds the parcel of each house of a town; those asked for are kept."""

    def __init__(self, town: "Town") -> None:
        self._town = town
        self._known: dict[int, Parcel | None] = {}
        houses = town.features.buildings
        self._shapes = np.array([house.geometry for house in houses], np.object_)
        self._areas = np.array([house.geometry.area for house in houses])
        self._anchors = np.array([anchor_of(house.geometry) for house in houses]).reshape(-1, 2)
        self._near = Near([Point(anchor) for anchor in self._anchors])

    def of(self, index: int) -> Parcel | None:
        """Return the parcel of a building; None for sheds and for what has no land."""
        if index not in self._known:
            self._known[index] = self._parcel(index)
        return self._known[index]

    def is_garden(self, index: int) -> bool:
        """Tell whether a building has a garden."""
        parcel = self.of(index)
        return parcel is not None and parcel.yard is Yard.GARDEN

    def near(self, geometry: BaseGeometry) -> list[tuple[int, Parcel]]:
        """Return the parcels that may reach a geometry, with the positions of their houses."""
        found = self._town.buildings_near(geometry, REACH_M * 1.5)
        parcels = [(index, self.of(index)) for index in found]
        return [(index, parcel) for index, parcel in parcels if parcel is not None]

    def built_share(self, index: int) -> float:
        """Return the share of the land around a house that houses cover, about."""
        place = Point(anchor_of(self._town.features.buildings[index].geometry))
        found = self._near.within(place, DENSE_M)
        return float(self._areas[found].sum()) / (np.pi * DENSE_M**2)

    def built_shares(self, places: Floats) -> Floats:
        """Return the share of the land around places of shape (N, 2) that houses cover, about.

        Areas count in whole square meters, so that their order is of no matter.
        """
        who, what = self._near.pairs(places, DENSE_M)
        covered = np.bincount(who, np.rint(self._areas[what]), len(places))
        return covered / (np.pi * DENSE_M**2)

    def _parcel(self, index: int) -> Parcel | None:
        town = self._town
        house = town.features.buildings[index]
        yard = yard_of(house, self.built_share(index), self._land_uses(house))
        if yard is None:
            return None
        if yard is Yard.COURT and self._has_green_court(house):
            yard = Yard.GARDEN
        around = box_around(house.geometry)
        half = around.half_length + REACH_M, around.half_width + REACH_M
        ring = shapely.get_coordinates(rectangle(around.frame, *half))[:4]
        edges = [
            Edge((a[0], a[1]), (b[0], b[1]), Side.OPEN)
            for a, b in zip(ring.tolist(), np.roll(ring, -1, axis=0).tolist(), strict=True)
        ]
        for point, away in self._streets(house):
            edges = cut(edges, point, away, Side.STREET, -1)
        near = np.array(town.buildings_near(house.geometry, 2 * REACH_M), np.int64)
        for other, point, away in self._halfway(index, near[near != index]):
            if len(edges) >= 3:
                edges = cut(edges, point, away, Side.NEIGHBOR, other)
        return Parcel(house, yard, around, tuple(edges)) if len(edges) >= 3 else None

    def _has_green_court(self, house: Feature[Polygon]) -> bool:
        settings = self._town.settings
        chance = Stream(settings.seed, house.id, _COURTS)
        green = chance.chance(settings.flavor.habits.green_courts)
        return green and house.geometry.area < COURT_HOUSE_M2

    def _land_uses(self, house: Feature[Polygon]) -> set[str]:
        town = self._town
        place = Point(anchor_of(house.geometry))
        found = [town.features.areas[i].tags for i in town.areas.within(place, 0)]
        return {tags[key] for tags in found for key in ("landuse", "amenity") if key in tags}

    def _streets(self, house: Feature[Polygon]) -> list[tuple[Floats, Floats]]:
        """Return where the streets around begin, and the ways there from the house."""
        out: list[tuple[Floats, Floats]] = []
        for road in self._town.roads_near(house.geometry, FRONT_M):
            if road.kind in {"service", "construction"}:
                continue
            a, b = _nearest(house.geometry, road.line)
            length = _length(b - a)
            if length > 1e-6:
                away = (b - a) / length
                out.append((b - away * min(road.width_m / 2, length), away))
        return out

    def _halfway(
        self, index: int, others: NDArray[np.int64]
    ) -> Iterator[tuple[int, Floats, Floats]]:
        """Yield the larger of other houses, a point halfway to each and the way there."""
        others = others[self._areas[others] >= MINOR_M2]
        first = np.minimum(others, index)
        lines = shapely.shortest_line(self._shapes[first], self._shapes[np.maximum(others, index)])
        ends = shapely.get_coordinates(lines).reshape(-1, 2, 2)
        for other, low, (a, b) in zip(others.tolist(), first.tolist(), ends, strict=True):
            way = b - a
            if _length(way) < 0.5:
                way = self._anchors[max(index, other)] - self._anchors[low]
            away = way / max(_length(way), 1e-9)
            yield other, (a + b) / 2, away if index == low else -away


def cut(edges: list[Edge], point: Floats, away: Floats, side: Side, neighbor: int) -> list[Edge]:
    """Cut a convex ring along a line; what lies beyond, in direction ``away``, is dropped."""
    starts = np.array([edge.start for edge in edges]).reshape(-1, 2)
    beyond = (starts - point) @ away
    if len(beyond) and beyond.max() <= 0:
        return edges
    out: list[Edge] = []
    for k, edge in enumerate(edges):
        here, there = float(beyond[k]), float(beyond[(k + 1) % len(edges)])
        if here <= 0 and there <= 0:
            out.append(edge)
            continue
        if here > 0 and there > 0:
            continue
        share = here / (here - there)
        (ax, ay), (bx, by) = edge.start, edge.end
        corner = ax + (bx - ax) * share, ay + (by - ay) * share
        if here <= 0:
            out.append(Edge(edge.start, corner, edge.side, edge.neighbor))
            out.append(Edge(corner, corner, side, neighbor))
        else:
            out.append(Edge(corner, edge.end, edge.side, edge.neighbor))
    return _closed(out)


def _closed(edges: list[Edge]) -> list[Edge]:
    """Let every edge end where the next begins; edges without length are dropped."""
    ends = [edge.start for edge in edges[1:] + edges[:1]]
    joined = [
        Edge(edge.start, end, edge.side, edge.neighbor)
        for edge, end in zip(edges, ends, strict=True)
    ]
    return [edge for edge in joined if length_of(edge) > 0.01]
