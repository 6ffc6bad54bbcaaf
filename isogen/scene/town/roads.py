"""Roads as the town sees them: a line, a class and a width."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from isogen.geo.camera import Floats
from isogen.scene.osm.features import Feature
from isogen.scene.osm.tags import length_m, number
from isogen.scene.town.lines import directions_at

WIDTH_M = {
    "motorway": 12.0,
    "motorway_link": 7.0,
    "trunk": 13.0,
    "trunk_link": 8.0,
    "primary": 13.0,
    "primary_link": 8.0,
    "secondary": 12.0,
    "secondary_link": 8.0,
    "tertiary": 10.0,
    "tertiary_link": 8.0,
    "residential": 8.5,
    "unclassified": 8.5,
    "living_street": 7.0,
    "service": 4.2,
    "pedestrian": 7.0,
    "construction": 6.0,
}
"""Width of a road's surface where no tag says it; other classes are not roads."""

ARTERIES = frozenset({"motorway", "trunk", "primary", "secondary"})
STREETS = frozenset({"residential", "unclassified", "living_street"})
PATHS = frozenset({"footway", "path", "cycleway", "steps", "bridleway", "trail", "track"})
COBBLES = frozenset({"cobblestone", "sett", "unhewn_cobblestone", "paving_stones"})

LOOSE = frozenset(
    {"unpaved", "gravel", "fine_gravel", "compacted", "pebblestone", "dirt", "earth", "ground"}
)
LANE_M = 3.1
PARKED_M = 2.6
GUTTER_M = 1.0
ONE_WAY_SHARE = 0.75
LEAST_SHARE = 0.7
NARROW_M = 6.0
"""Roads up to this width have no middle line."""

TWO_LANES = 2
WIDTHS_M = (2.0, 60.0)
"""Widths between these are believed."""


@dataclass(frozen=True)
class Road:
    """A way that wheels or crowds use."""

    feature: Feature[LineString]
    kind: str
    """The value of its ``highway`` tag."""

    width_m: float

    @property
    def line(self) -> LineString:
        """Its middle."""
        return self.feature.geometry

    @property
    def id(self) -> int:
        """Its feature's id."""
        return self.feature.id

    @cached_property
    def is_bridge(self) -> bool:
        """Whether it is carried over something."""
        return self.feature.tags.get("bridge", "no") != "no"

    @cached_property
    def is_one_way(self) -> bool:
        """Whether traffic runs along the line only."""
        return self.feature.tags.get("oneway") == "yes"

    @cached_property
    def is_cobbled(self) -> bool:
        """Whether its surface is of stones."""
        return self.feature.tags.get("surface") in COBBLES

    @cached_property
    def is_loose(self) -> bool:
        """Whether its surface is of gravel or earth."""
        return self.feature.tags.get("surface") in LOOSE

    @cached_property
    def has_kerb(self) -> bool:
        """Whether it is a carriageway between kerbs."""
        return self.kind not in {"service", "pedestrian", "construction"} and not self.is_loose

    def direction_at(self, place: Point) -> Floats:
        """Return the unit vector, shape (2,), along the road where it passes a place."""
        return directions_at(self.line, np.array([self.line.project(place)]))[0]

    def surface(self, margin_m: float = 0.0) -> BaseGeometry:
        """Return what it covers, grown by ``margin_m`` on both sides; it is kept."""
        if margin_m not in self._surfaces:
            cap = "flat" if self.kind == "service" else "round"
            half = self.width_m / 2 + margin_m
            self._surfaces[margin_m] = self.line.buffer(half, cap_style=cap)
        return self._surfaces[margin_m]

    @cached_property
    def _surfaces(self) -> dict[float, BaseGeometry]:
        return {}


def width_m(feature: Feature[LineString]) -> float:
    """Return how wide a road is, from its tags or else from its class."""
    tags = feature.tags
    kind = tags["highway"]
    usual = WIDTH_M[kind]
    said = length_m(tags.get("width"))
    if said is not None and WIDTHS_M[0] <= said <= WIDTHS_M[1]:
        return said
    lanes = number(tags.get("lanes"))
    if lanes is not None:
        beside = PARKED_M if kind in STREETS else GUTTER_M
        return min(max(lanes * LANE_M + beside, usual * LEAST_SHARE), WIDTHS_M[1])
    if tags.get("oneway") == "yes" and kind not in STREETS:
        return usual * ONE_WAY_SHARE
    return usual


def is_parted(way: Feature[LineString]) -> bool:
    """Tell whether a line parts the lanes of a road."""
    lanes = number(way.tags.get("lanes"))
    if way.tags.get("oneway") == "yes":
        return lanes is not None and lanes >= TWO_LANES
    return width_m(way) > NARROW_M


def read_roads(ways: Iterable[Feature[LineString]]) -> tuple[Road, ...]:
    """Return the roads among the ways, in their order; outlines of squares are left out."""
    return tuple(
        Road(way, way.tags["highway"], width_m(way))
        for way in ways
        if way.tags.get("highway") in WIDTH_M
        and not (way.geometry.is_closed and way.tags.get("area") == "yes")
    )
