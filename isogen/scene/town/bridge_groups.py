"""Which bridge ways are one bridge, and the line that it follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.ops import linemerge

from isogen.geo.camera import Floats
from isogen.scene.osm.features import Feature
from isogen.scene.osm.tags import Tags
from isogen.scene.town.brush import lines_of
from isogen.scene.town.carriers import Way, half_m, kind_of, layer_of
from isogen.scene.town.lines import directions_at, distances_along, places_along
from isogen.scene.town.near import Near

SIDE_M = 2.4
"""Sidewalk beside the outermost road of a bridge; a path or track has a ledge."""

LEDGE_M = 0.5
BESIDE_M = 5.0
"""Parallel ways with no more than this between them share a deck."""

PARALLEL = 0.94
ONWARD = 0.8
"""Least cosine of the angle between two ways side by side, or one after the other."""

IN_OUTLINE = 0.6
PROBE_STEP_M = 4.0
WIDEST_HALF_M = 15.0


@dataclass(frozen=True)
class Bridge:
    """Ways on one deck."""

    ways: tuple[Way, ...]
    axis: LineString
    """The line that the deck follows."""

    left_m: float
    right_m: float
    """How far the deck reaches to both sides of its axis."""

    tags: Tags
    """What the map says about the whole; what it says about a way counts less."""

    @property
    def id(self) -> int:
        """The least id of its ways."""
        return self.ways[0].id

    @property
    def layer(self) -> float:
        """The layer of its ways."""
        return layer_of(self.ways[0])

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What runs on it."""
        return frozenset(kind for way in self.ways if (kind := kind_of(way)))

    def across(self, distances_m: Floats, offset_m: float) -> Floats:
        """Return the points, shape (N, 2), at distances along and an offset left of the axis."""
        along = directions_at(self.axis, distances_m)
        left = np.stack([-along[:, 1], along[:, 0]], axis=1)
        return places_along(self.axis, distances_m) + left * offset_m

    @cached_property
    def outline(self) -> Polygon:
        """What the deck covers."""
        count = max(int(self.axis.length / PROBE_STEP_M), 1) + 1
        stations = np.linspace(0, self.axis.length, count)
        ring = [self.across(stations, -self.right_m), self.across(stations[::-1], self.left_m)]
        return shapely.geometry.polygon.orient(Polygon(np.concatenate(ring)).buffer(0.01))


def group_bridges(ways: Sequence[Way], outlines: Sequence[Feature[Polygon]]) -> list[Bridge]:
    """Return the bridges that ways form, by id.

    Args:
        ways: Bridge ways that carry somebody, by id.
        outlines: Mapped outlines of bridges.
    """
    pairs = _neighbors(ways)
    inside = {
        outline.id: [k for k, way in enumerate(ways) if _lies_in(way.geometry, outline.geometry)]
        for outline in outlines
    }
    for held in inside.values():
        pairs += [(a, b) for a, b in combinations(held, 2) if _are_level(ways[a], ways[b])]
    said: dict[int, Tags] = {k: o.tags for o in reversed(outlines) for k in inside[o.id]}
    bridges: list[Bridge] = []
    for group in _joined(len(ways), pairs):
        tags: dict[str, str] = {}
        for source in (
            *(ways[k].tags for k in reversed(group)),
            *(said[k] for k in group if k in said),
        ):
            tags |= source
        bridges.append(_bridge(tuple(ways[k] for k in group), tags))
    return bridges


def _joined(count: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the sets that pairs of numbers below ``count`` join, each ascending."""
    leaders = list(range(count))
    for a, b in pairs:
        low, high = sorted((_leader(leaders, a), _leader(leaders, b)))
        leaders[high] = low
    groups: dict[int, list[int]] = {}
    for k in range(count):
        groups.setdefault(_leader(leaders, k), []).append(k)
    return list(groups.values())


def _leader(leaders: list[int], k: int) -> int:
    while leaders[k] != k:
        k = leaders[k]
    return k


def _neighbors(ways: Sequence[Way]) -> list[tuple[int, int]]:
    """Return the pairs of ways side by side, and of those that alone go on as each other."""
    ends: dict[tuple[float, float], list[int]] = {}
    for k, way in enumerate(ways):
        for place in (way.geometry.coords[0], way.geometry.coords[-1]):
            ends.setdefault((place[0], place[1]), []).append(k)
    pairs = [
        (held[0], held[1])
        for held in ends.values()
        if len(held) == 2 and _alignment(ways[held[0]], ways[held[1]]) > ONWARD
    ]
    near = Near([way.geometry for way in ways])
    for a, way in enumerate(ways):
        reach = half_m(way) + BESIDE_M + WIDEST_HALF_M
        pairs += [
            (a, b) for b in near.within(way.geometry, reach) if b < a and _run_along(way, ways[b])
        ]
    return [(a, b) for a, b in pairs if layer_of(ways[a]) == layer_of(ways[b])]


def _run_along(a: Way, b: Way) -> bool:
    """Tell whether the shorter of two ways runs beside the other over its whole length."""
    short, long = sorted((a, b), key=lambda way: (way.geometry.length, way.id))
    reach = half_m(a) + half_m(b) + BESIDE_M
    line = short.geometry
    places = places_along(line, np.array([0.1, 0.5, 0.9]) * line.length)
    beside = Near([long.geometry]).touched(places, reach)
    return bool(beside.all()) and _alignment(a, b) > PARALLEL


def _are_level(a: Way, b: Way) -> bool:
    return layer_of(a) == layer_of(b) and _alignment(a, b) > PARALLEL


def _alignment(a: Way, b: Way) -> float:
    """Return the cosine of the acute angle between two ways, each from end to end."""
    u, v = (np.subtract(w.geometry.coords[-1][:2], w.geometry.coords[0][:2]) for w in (a, b))
    lengths = float(np.sqrt((u**2).sum() * (v**2).sum()))
    return abs(float(u @ v)) / lengths if lengths else 0.0


def _lies_in(line: LineString, outline: Polygon) -> bool:
    if not line.intersects(outline):
        return False
    return line.intersection(outline).length > line.length * IN_OUTLINE


def _bridge(ways: tuple[Way, ...], tags: Tags) -> Bridge:
    axis = _axis(ways)
    left, right = LEDGE_M, LEDGE_M
    for way in ways:
        beside = half_m(way) + (SIDE_M if kind_of(way) == "road" else LEDGE_M)
        offsets = _offsets(way.geometry, axis)
        left, right = max(left, offsets.max() + beside), max(right, beside - offsets.min())
    return Bridge(ways, axis, float(left), float(right), tags)


def _axis(ways: Sequence[Way]) -> LineString:
    """Return the longest line that ways form, from its western end."""
    merged = linemerge([way.geometry for way in ways])
    lines = sorted(lines_of(merged), key=lambda line: (-line.length, line.wkb))
    first, last = lines[0].coords[0], lines[0].coords[-1]
    return lines[0] if first <= last else lines[0].reverse()


def _offsets(line: LineString, axis: LineString) -> Floats:
    """Return how far left of an axis the places of a line are, where the axis passes them."""
    count = max(int(line.length / PROBE_STEP_M), 2)
    places = places_along(line, np.linspace(0, line.length, count + 1))
    along_m = distances_along(axis, places)
    passed = (along_m > 0) & (along_m < axis.length)
    if not passed.any():
        return np.zeros(1)
    foot, along = places_along(axis, along_m[passed]), directions_at(axis, along_m[passed])
    away = places[passed] - foot
    return along[:, 0] * away[:, 1] - along[:, 1] * away[:, 0]
