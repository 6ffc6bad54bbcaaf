"""How high ways run: over what a bridge crosses, down again by ramps on both sides.

What is carried over something has to climb: heights count from the ground. A bridge keeps
its headroom over all that passes below; from there every way that is joined to it comes
down as steeply as its kind may. Heights are rises; the greatest that is asked for counts.
"""

import heapq
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from isogen.geo.camera import Floats
from isogen.scene.town.bridge_groups import Bridge
from isogen.scene.town.brush import lines_of
from isogen.scene.town.carriers import GRADES, HEADROOM_RISES, Way, half_m, kind_of, layer_of
from isogen.scene.town.lines import distances_along

STEP_M = 5.0
"""Heights are known at places at most this far apart."""

EXACT = 16
"""Heights are whole parts of this of a rise."""

LOWEST = 0.2
"""Rises that even the flattest bridge is raised: its deck lies on the ground."""

OVER_NOTHING = (1.0, 25.0, 4.0)
"""Rises of a bridge that crosses nothing known: at least, one for so many meters, at most."""

OVER_WATER = (1.5, 17.0, 9.0)
HUNG_RISES = 14.0
"""Least height over water of a bridge that hangs from towers."""

HUMP = 0.38
"""Share of a crossed water's width at either side over which a bridge may climb."""

REACH_M = 130.0
"""No way climbs for a bridge that is farther away than this."""

_HUNG = frozenset({"suspension", "cable-stayed"})

Place = tuple[float, float]


@dataclass(frozen=True)
class Profile:
    """Heights along a line."""

    at_m: Floats
    """Distances from its beginning, ascending."""

    rises: Floats

    def at(self, distances_m: Floats) -> Floats:
        """Return the heights, in rises, at distances from the line's beginning."""
        return np.interp(distances_m, self.at_m, self.rises)

    @property
    def top(self) -> float:
        """The greatest height."""
        return float(self.rises.max())


@dataclass(frozen=True)
class Need:
    """A height that a bridge has to keep over part of its axis."""

    from_m: float
    to_m: float
    rises: float


def profile_of(line: LineString, needs: Iterable[Need], fall: float, least: float) -> Profile:
    """Return the lowest heights that meet all needs and fall by ``fall`` rises per meter."""
    count = max(int(np.ceil(line.length / STEP_M)), 1)
    places = {0.0, line.length, *np.linspace(0, line.length, count + 1).tolist()}
    wanted = list(needs)
    places |= {min(max(m, 0.0), line.length) for n in wanted for m in (n.from_m, n.to_m)}
    at_m = np.array(sorted(places))
    rises = np.full(len(at_m), least)
    for need in wanted:
        away = np.maximum(np.maximum(need.from_m - at_m, at_m - need.to_m), 0)
        rises = np.maximum(rises, need.rises - away * fall)
    return Profile(at_m, np.rint(rises * EXACT) / EXACT)


def spanned(profile: Profile, ground: Floats) -> Profile:
    """Return the heights of a deck that is as straight as it can be over uneven ground.

    Args:
        profile: What it has to keep above the ground.
        ground: Rises of the ground at the profile's distances.

    Returns:
        Heights from the same level as the ground's: the least that sag nowhere.
    """
    wanted = ground + profile.rises
    kept: list[int] = []
    for k in range(len(wanted)):
        while len(kept) > 1 and _sags(profile.at_m, wanted, (kept[-2], kept[-1], k)):
            kept.pop()
        kept.append(k)
    rises = np.interp(profile.at_m, profile.at_m[kept], wanted[kept])
    return Profile(profile.at_m, np.rint(rises * EXACT) / EXACT)


def _sags(at_m: Floats, rises: Floats, three: tuple[int, int, int]) -> bool:
    """Tell whether the middle one of three stations lies below the line between the others."""
    a, b, c = three
    return bool(
        (rises[b] - rises[a]) * (at_m[c] - at_m[a]) <= (rises[c] - rises[a]) * (at_m[b] - at_m[a])
    )


def needs_over_water(bridge: Bridge, water: BaseGeometry, fall: float) -> list[Need]:
    """Return what a bridge needs over the water that it crosses; it may climb above it."""
    needs: list[Need] = []
    for wet in lines_of(bridge.axis.intersection(water)):
        least, per_m, most = OVER_WATER
        rises = min(least + wet.length / per_m, most)
        if bridge.tags.get("bridge:structure") in _HUNG:
            rises = max(rises, HUNG_RISES)
        ends = sorted(bridge.axis.project(Point(wet.coords[k])) for k in (0, -1))
        climb = min(rises / fall, wet.length * HUMP)
        needs.append(Need(ends[0] + climb, ends[1] - climb, rises))
    return needs


def needs_over_ways(
    bridge: Bridge, below: Sequence[Way], height: Callable[[Way, Floats], Floats]
) -> list[Need]:
    """Return what a bridge needs over the ways below it.

    Args:
        bridge: The bridge.
        below: Ways near it that carry somebody.
        height: Returns the rises of a way at distances from its beginning.
    """
    needs: list[Need] = []
    joints = {place for way in bridge.ways for place in _places(way.geometry)}
    for way in below:
        kind = kind_of(way)
        joined = any(place in joints for place in _places(way.geometry))
        if kind is None or joined or layer_of(way) >= bridge.layer:
            continue
        for run in lines_of(way.geometry.intersection(bridge.outline)):
            middle = run.interpolate(0.5, normalized=True)
            lift = float(height(way, np.array([way.geometry.project(middle)]))[0])
            ends = distances_along(bridge.axis, shapely.get_coordinates(run))
            half = half_m(way)
            need = Need(float(ends.min()) - half, float(ends.max()) + half, lift)
            needs.append(Need(need.from_m, need.to_m, lift + HEADROOM_RISES[kind]))
    return needs


def needs_of_its_own(bridge: Bridge) -> Need:
    """Return what a bridge needs that crosses nothing known."""
    least, per_m, most = OVER_NOTHING
    length = bridge.axis.length
    return Need(length * 0.4, length * 0.6, min(max(least, length / per_m), most))


def climb(ways: Sequence[Way], seeds: dict[Place, float], per_rise: float) -> dict[Place, float]:
    """Carry heights on from places along the ways that leave them.

    Args:
        ways: Ways on the ground that may have to climb.
        seeds: Heights, in rises, of some of their points.
        per_rise: Meters of a rise.

    Returns:
        The heights of all points that lie above the ground, ``seeds`` among them.
    """
    steps: dict[Place, list[tuple[Place, float]]] = {}
    for way in ways:
        grade = GRADES[kind_of(way) or "path"] / per_rise
        places = _places(way.geometry)
        for a, b in itertools.pairwise(places):
            loss = float(np.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2)) * grade
            steps.setdefault(a, []).append((b, loss))
            steps.setdefault(b, []).append((a, loss))
    heights = dict(seeds)
    queue = [(-z, place) for place, z in sorted(seeds.items())]
    heapq.heapify(queue)
    while queue:
        z, place = heapq.heappop(queue)
        if heights[place] > -z:
            continue
        for after, loss in steps.get(place, ()):
            lower = -z - loss
            if lower > max(heights.get(after, 0.0), 0.0):
                heights[after] = lower
                heapq.heappush(queue, (-lower, after))
    return heights


def ramp_of(way: Way, heights: dict[Place, float], per_rise: float) -> Profile | None:
    """Return the heights along a way from those of its points; None where it stays down."""
    places = _places(way.geometry)
    known = [(k, heights[place]) for k, place in enumerate(places) if place in heights]
    if not known:
        return None
    points = np.array(places)
    gone = np.sqrt((np.diff(points, axis=0) ** 2).sum(axis=1)).cumsum()
    at_m = np.concatenate([[0.0], gone])
    fall = GRADES[kind_of(way) or "path"] / per_rise
    needs = [Need(at_m[k], at_m[k], z) for k, z in known]
    profile = profile_of(way.geometry, needs, fall, 0.0)
    return profile if profile.top > LOWEST else None


def _places(line: LineString) -> list[Place]:
    return [(place[0], place[1]) for place in line.coords]
