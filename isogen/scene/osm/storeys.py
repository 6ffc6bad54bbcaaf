"""How many storeys a building has: what is tagged, else what is likely.

A guess depends on the building's own id and tags and on what stands within a fixed
reach of it, so that a building comes out the same in every extract that holds its
surroundings, in whatever order they are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from shapely import Polygon, STRtree

from isogen.scene.osm.features import Feature
from isogen.scene.osm.tags import Tags, length_m, levels
from isogen.seeds import Stream

STOREY_M = 3.2
DEFAULT_STOREYS = 6
MOST_GUESSED = 9

REACH_M = 90.0
"""Neighbors whose centroids are nearer than this tell how high a building is."""

MAX_STOREYS = 200
"""Above this a number is a slip: no building on Earth has more."""

CLASS_STOREYS: Mapping[str, int] = {
    "atrium": 3,
    "barn": 2,
    "boathouse": 1,
    "bungalow": 1,
    "cabin": 1,
    "carport": 1,
    "chapel": 3,
    "church": 4,
    "container": 1,
    "detached": 2,
    "entrance": 1,
    "farm": 2,
    "farm_auxiliary": 1,
    "garage": 1,
    "garages": 1,
    "glasshouse": 1,
    "greenhouse": 1,
    "hangar": 3,
    "house": 2,
    "hut": 1,
    "industrial": 3,
    "kindergarten": 2,
    "kiosk": 1,
    "museum": 4,
    "pavilion": 1,
    "public": 4,
    "roof": 1,
    "school": 4,
    "semidetached_house": 2,
    "service": 1,
    "shed": 1,
    "ship": 2,
    "stable": 1,
    "supermarket": 2,
    "terrace": 2,
    "toilets": 1,
    "train_station": 3,
    "transformer_tower": 3,
    "underpass_entrance": 1,
    "university": 4,
    "utility": 1,
    "warehouse": 2,
}

_TALL_M = 9.0
"""Above this a height is taken to include a roof."""

_LIKELY_ROOF_M = 2.0

_SHED_M2 = 40.0
_KIOSK_M2 = 80.0
_SMALL_M2 = 160.0
_DETACHED_M2 = 700.0
_PARK_M2 = 1100.0
_BLOCK_M2 = 300.0
"""A neighbor of this size makes a building part of a block."""

_TELLING_M2 = 150.0
_TELLING_STOREYS = range(2, 13)
"""Neighbors of other sizes and heights say nothing about the rest of the block."""

_APART_M = 9.0
_DEFAULT_VOICES = 2
"""The default counts as this many neighbors, so that a single one does not decide."""

_SALT = 0x570E


@dataclass(frozen=True)
class Storeys:
    """The storeys of a building."""

    count: int
    """At least 1."""

    given: bool
    """Whether the map says so; else it is a guess."""


def storeys(
    buildings: Sequence[Feature[Polygon]],
    parks: Sequence[Feature[Polygon]],
    default: int = DEFAULT_STOREYS,
) -> tuple[Storeys, ...]:
    """Return the storeys of each building, in the order given.

    Args:
        buildings: Outlines with their tags.
        parks: Parks and gardens, in which buildings are low.
        default: Where nothing is known for ``REACH_M`` around.
    """
    known = [tagged_storeys(b.tags) or class_storeys(b.tags) for b in buildings]
    around = _Surroundings(buildings, parks, known, default)
    return tuple(
        Storeys(count, given=True) if count else Storeys(around.guess(i), given=False)
        for i, count in enumerate(known)
    )


def tagged_storeys(tags: Tags) -> int | None:
    """Return the storeys below the roof that ``height`` or ``building:levels`` gives."""
    height = length_m(tags.get("height"))
    if height:
        roof = length_m(tags.get("roof:height"))
        if roof is None:
            roof = _LIKELY_ROOF_M if height > _TALL_M else 0.0
        return _within_reason((height - min(roof, height)) / STOREY_M + 0.5)
    count = levels(tags.get("building:levels"))
    # Half a storey is the attic: it lies in the roof.
    return _within_reason(count) if count is not None else None


def class_storeys(tags: Tags) -> int | None:
    """Return the storeys that buildings of this class usually have."""
    return CLASS_STOREYS.get(tags.get("building", ""))


def _within_reason(count: float) -> int | None:
    return max(int(count), 1) if count <= MAX_STOREYS else None


class _Surroundings:
    """What stands around each building."""

    def __init__(
        self,
        buildings: Sequence[Feature[Polygon]],
        parks: Sequence[Feature[Polygon]],
        known: Sequence[int | None],
        default: int,
    ) -> None:
        self._buildings = buildings
        self._default = default
        self._areas = np.array([b.geometry.area for b in buildings])
        self._counts = np.array([count or 0 for count in known], np.int64)
        self._centers = [b.geometry.centroid for b in buildings]
        telling = (self._areas > _TELLING_M2) & np.isin(self._counts, _TELLING_STOREYS)
        self._telling = np.flatnonzero(telling)
        self._telling_tree = STRtree([self._centers[int(i)] for i in self._telling])
        self._blocks = np.flatnonzero(self._areas > _BLOCK_M2)
        self._block_tree = STRtree([buildings[int(i)].geometry for i in self._blocks])
        self._park_tree = STRtree([park.geometry for park in parks])

    def guess(self, i: int) -> int:
        """Return how many storeys building ``i`` is likely to have."""
        area = self._areas[i]
        if area < _SHED_M2:
            return 1
        count = self._usual_near(i)
        if self._is_low(i):
            count = min(count, 1 if area < _KIOSK_M2 else 2)
        stream = Stream(self._buildings[i].id, _SALT)
        varied = count + stream.pick((-1, 0, 0, 0, 0, 0, 1))
        return min(max(varied, 1), MOST_GUESSED)

    def _usual_near(self, i: int) -> int:
        """Return the median of the tagged neighbors and a few defaults."""
        near = self._telling_tree.query(self._centers[i], "dwithin", REACH_M)
        voices = [*self._counts[self._telling[near]].tolist(), *[self._default] * _DEFAULT_VOICES]
        return sorted(voices)[(len(voices) - 1) // 2]

    def _is_low(self, i: int) -> bool:
        """Tell whether a building is small, or stands alone or in a park."""
        area, shape = self._areas[i], self._buildings[i].geometry
        if area < _SMALL_M2:
            return True
        if area < _PARK_M2 and len(self._park_tree.query(shape, "within")):
            return True
        beside = self._blocks[self._block_tree.query(shape, "dwithin", _APART_M)]
        return bool(area < _DETACHED_M2 and not np.any(beside != i))
