"""Bridges and ramps of a town: all that runs above the ground, and how high."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely.ops import unary_union

from isogen.geo.camera import Floats
from isogen.scene.osm.features import Features
from isogen.scene.town.bridge_groups import Bridge, group_bridges
from isogen.scene.town.bridge_heights import (
    LOWEST,
    REACH_M,
    Need,
    Place,
    Profile,
    climb,
    needs_of_its_own,
    needs_over_water,
    needs_over_ways,
    profile_of,
    ramp_of,
    spanned,
)
from isogen.scene.town.carriers import GRADES, Way, is_bridge, kind_of
from isogen.scene.town.hills import Hills
from isogen.scene.town.lines import distances_along, places_along
from isogen.scene.town.near import Near

ROUNDS = 3
"""How often heights go from bridge to bridge along the ways between them."""


@dataclass(frozen=True)
class Lifts:
    """What runs above the ground."""

    bridges: tuple[tuple[Bridge, Profile], ...]
    """Bridges with the heights along their axes, in rises, by id.

    They count from the plane; so they do from the ground where that is flat."""

    ramps: tuple[tuple[Way, Profile], ...]
    """Other ways that lie above the ground, with the heights along them, by id."""

    hills: Hills | None = None
    """What the bridges span; absent where the ground is flat."""

    @cached_property
    def _bridge_of(self) -> dict[int, tuple[Bridge, Profile]]:
        return {way.id: held for held in self.bridges for way in held[0].ways}

    @cached_property
    def _ramp_of(self) -> dict[int, Profile]:
        return {way.id: profile for way, profile in self.ramps}

    @cached_property
    def bridges_by_place(self) -> Near:
        """Bridges by place."""
        return Near([bridge.outline for bridge, _ in self.bridges])

    @cached_property
    def ramps_by_place(self) -> Near:
        """Ramps by place."""
        return Near([way.geometry for way, _ in self.ramps])

    def is_on_bridge(self, way: Way) -> bool:
        """Tell whether a way runs on a bridge."""
        return way.id in self._bridge_of

    def is_level(self, way: Way) -> bool:
        """Tell whether a way lies on the ground from end to end."""
        return way.id not in self._bridge_of and way.id not in self._ramp_of

    def rises(self, way: Way, distances_m: Floats) -> Floats:
        """Return how far a way lies above the ground, in rises, at distances from its beginning."""
        if way.id in self._ramp_of:
            return self._ramp_of[way.id].at(distances_m)
        if way.id not in self._bridge_of:
            return np.zeros(len(distances_m))
        decks = self.decks(way, distances_m)
        if self.hills:
            decks -= self.hills.under(places_along(way.geometry, distances_m))
        return decks

    def decks(self, way: Way, distances_m: Floats) -> Floats:
        """Return the heights of a bridge's deck, above the plane, along a way on it."""
        bridge, profile = self._bridge_of[way.id]
        places = places_along(way.geometry, distances_m)
        return profile.at(distances_along(bridge.axis, places))

    def over(self, hills: Hills | None) -> "Lifts":
        """Return the same with bridges that span a relief straight."""
        if hills is None:
            return self
        held = tuple(
            (bridge, spanned(profile, hills.at(places_along(bridge.axis, profile.at_m))))
            for bridge, profile in self.bridges
        )
        return Lifts(held, self.ramps, hills)


@dataclass
class _Survey:
    """Heights while they are found: bridges of low layers first."""

    features: Features
    ways: Near
    water: Near
    waters: Sequence[shapely.Polygon]
    rise_m: float

    def needs(self, bridge: Bridge, below: Lifts) -> list[Need]:
        fall = self._fall(bridge)
        wet = unary_union([self.waters[k] for k in self.water.within(bridge.outline, 0)])
        near = [self.features.ways[k] for k in self.ways.within(bridge.outline, 0)]
        found = needs_over_water(bridge, wet, fall)
        found += needs_over_ways(bridge, near, below.rises)
        return found or [needs_of_its_own(bridge)]

    def profile(self, bridge: Bridge, needs: Sequence[Need]) -> Profile:
        return profile_of(bridge.axis, needs, self._fall(bridge), LOWEST)

    def _fall(self, bridge: Bridge) -> float:
        return min(GRADES[kind] for kind in bridge.kinds) / self.rise_m

    def lifts(self, bridges: Sequence[Bridge], needs: dict[int, list[Need]]) -> Lifts:
        """Let bridges and ways agree on their heights."""
        held = {b.id: self.profile(b, needs[b.id]) for b in bridges}
        grounded = self._grounded(bridges)
        heights: dict[Place, float] = {}
        for _ in range(ROUNDS):
            seeds = {p: z for b in bridges for p, z in _known(b, held[b.id]).items()}
            heights = climb(grounded, seeds, self.rise_m)
            for bridge in bridges:
                more = [
                    Need(at_m, at_m, heights[place])
                    for way in bridge.ways
                    for place, at_m in _joints(bridge, way)
                    if heights.get(place, 0.0) > held[bridge.id].at(np.array([at_m]))[0]
                ]
                held[bridge.id] = self.profile(bridge, [*needs[bridge.id], *more])
        ramps = [(way, ramp_of(way, heights, self.rise_m)) for way in grounded]
        return Lifts(
            tuple((b, held[b.id]) for b in bridges),
            tuple((way, profile) for way, profile in ramps if profile),
        )

    def _grounded(self, bridges: Sequence[Bridge]) -> list[Way]:
        near = {k for b in bridges for k in self.ways.within(b.outline, REACH_M)}
        ways = [self.features.ways[k] for k in sorted(near)]
        return [way for way in ways if kind_of(way) and not is_bridge(way)]


def read_lifts(
    features: Features,
    ways: Near,
    waters: Sequence[shapely.Polygon],
    rise_m: float,
    hills: Hills | None = None,
) -> Lifts:
    """Return what runs above the ground.

    Args:
        features: What the map says.
        ways: Its ways by place.
        waters: Open water.
        rise_m: Meters of a rise.
        hills: The ground's relief; absent where it is flat.
    """
    carried = [way for way in features.ways if is_bridge(way) and kind_of(way)]
    outlines = [area for area in features.areas if area.tags.get("man_made") == "bridge"]
    bridges = group_bridges(carried, outlines)
    survey = _Survey(features, ways, Near(waters), waters, rise_m)
    needs: dict[int, list[Need]] = {}
    lifts = Lifts((), ())
    for layer in sorted({bridge.layer for bridge in bridges}):
        below = [bridge for bridge in bridges if bridge.layer <= layer]
        for bridge in below:
            if bridge.layer == layer:
                needs[bridge.id] = survey.needs(bridge, lifts)
        lifts = survey.lifts(below, needs)
    return lifts.over(hills)


def _joints(bridge: Bridge, way: Way) -> list[tuple[Place, float]]:
    """Return the points of a way with their distances along the bridge's axis."""
    places = shapely.get_coordinates(way.geometry)
    at_m = distances_along(bridge.axis, places)
    return [((e, n), m) for (e, n), m in zip(places.tolist(), at_m.tolist(), strict=True)]


def _known(bridge: Bridge, profile: Profile) -> dict[Place, float]:
    joints = [joint for way in bridge.ways for joint in _joints(bridge, way)]
    return {place: float(profile.at(np.array([at_m]))[0]) for place, at_m in joints}
