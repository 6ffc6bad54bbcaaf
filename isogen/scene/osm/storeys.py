"""How many storeys a building has: what is tagged, else what is likely.

A guess depends on the building's own id and tags and on what stands within a fixed
reach of it, so that a building comes out the same in every extract that holds its
surroundings, in whatever order they are read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from shapely import Polygon, STRtree

from isogen.mesh.cell import CellFacts
from isogen.scene.flavors.words import Use
from isogen.scene.osm.features import Feature
from isogen.scene.osm.tags import Tags, length_m, levels
from isogen.scene.osm.uses import is_type_told, land_word, told_use, use_of
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

_TELLING_M2 = 40.0
_TELLING_STOREYS = range(1, 13)
"""Neighbors of other sizes and heights say nothing about the rest of the block."""

_APART_M = 9.0
_NEAR_M = 45.0
_LIKE = 4.0
"""Buildings are of like size up to this ratio of their areas."""

_DEFAULT_VOICES = 4
"""The usual number counts as this much, so that a single neighbor does not decide."""

_LOWEST_TOWER, _STOREY_PER_M = 2.0, 0.4
"""A guess is no higher than this, and this much for every meter of its side."""

_WIDE_USES = (Use.INDUSTRIAL, Use.RETAIL)
_PARKS = frozenset({"park", "garden"})
_SALT = 0x570E


@dataclass(frozen=True)
class Storeys:
    """The storeys of a building."""

    count: int
    """At least 1."""

    given: bool
    """Whether its height, its levels or its class say so; else it is a guess."""


def facts_of(buildings: Iterable[Feature[Polygon]]) -> CellFacts:
    """Count what is told and what is inferred about buildings."""
    tags = [building.tags for building in buildings]
    return CellFacts(
        buildings=len(tags),
        guessed_heights=sum(tagged_storeys(t) is None for t in tags),
        guessed_types=sum(not is_type_told(t) for t in tags),
    )


def storeys(
    buildings: Sequence[Feature[Polygon]],
    areas: Sequence[Feature[Polygon]],
    usual: Mapping[Use, int] | None = None,
) -> tuple[Storeys, ...]:
    """Return the storeys of each building, in the order given.

    Args:
        buildings: Outlines with their tags.
        areas: Parks and gardens, in which buildings are low, and what else the land is
            used for, which tells what they are for.
        usual: Storeys by use, where nothing is known for ``REACH_M`` around; those left
            out have ``DEFAULT_STOREYS``.
    """
    known = [_known(b.tags, usual or {}) for b in buildings]
    around = _Surroundings(buildings, areas, known, usual or {})
    return tuple(
        Storeys(count, given=True) if count else Storeys(around.guess(i), given=False)
        for i, count in enumerate(known)
    )


def _known(tags: Tags, usual: Mapping[Use, int]) -> int | None:
    tagged, of_class = tagged_storeys(tags), class_storeys(tags)
    if tagged or not of_class:
        return tagged
    use = told_use(tags)
    if use is Use.HOUSE or use is Use.TERRACE:
        return usual.get(use, of_class)
    return of_class


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
        areas: Sequence[Feature[Polygon]],
        known: Sequence[int | None],
        usual: Mapping[Use, int],
    ) -> None:
        self._buildings = buildings
        self._usual = usual
        self._areas = np.array([b.geometry.area for b in buildings])
        self._counts = np.array([count or 0 for count in known], np.int64)
        self._centers = [b.geometry.centroid for b in buildings]
        telling = (self._areas > _TELLING_M2) & np.isin(self._counts, _TELLING_STOREYS)
        self._telling = np.flatnonzero(telling)
        self._telling_tree = STRtree([self._centers[int(i)] for i in self._telling])
        self._blocks = np.flatnonzero(self._areas > _BLOCK_M2)
        self._block_tree = STRtree([buildings[int(i)].geometry for i in self._blocks])
        self._park_tree = STRtree([a.geometry for a in areas if a.tags.get("leisure") in _PARKS])
        self._lands = [a for a in areas if land_word(a.tags)]
        self._land_tree = STRtree([a.geometry for a in self._lands])

    def guess(self, i: int) -> int:
        """Return how many storeys building ``i`` is likely to have."""
        area = float(self._areas[i])
        if area < _SHED_M2:
            return 1
        use = use_of(self._buildings[i].tags, area, self._land_at(i), None)
        count = self._usual_near(i, use)
        if self._is_low(i):
            count = min(count, 1 if area < _KIOSK_M2 else 2)
        if use not in _WIDE_USES:
            count = min(count, int(_LOWEST_TOWER + _STOREY_PER_M * area**0.5))
        stream = Stream(self._buildings[i].id, _SALT)
        varied = count + stream.pick((-1, 0, 0, 0, 0, 0, 1))
        return min(max(varied, 1), MOST_GUESSED)

    def _usual_near(self, i: int, use: Use) -> int:
        """Return the median of the known neighbors, like ones first, and a few defaults."""
        found = self._telling_tree.query(self._centers[i], "dwithin", REACH_M)
        voices = [self._usual.get(use, DEFAULT_STOREYS)] * _DEFAULT_VOICES
        for k in self._telling[found].tolist():
            voices += [int(self._counts[k])] * self._likeness(i, k)
        return sorted(voices)[(len(voices) - 1) // 2]

    def _likeness(self, i: int, k: int) -> int:
        """Return how much a neighbor says about a building: 0 to 3."""
        low, high = sorted((float(self._areas[i]), float(self._areas[k])))
        if high > _LIKE * _LIKE * low:
            return 0
        near = self._centers[i].distance(self._centers[k]) < _NEAR_M
        return 1 + (high <= _LIKE * low) + near

    def _land_at(self, i: int) -> str | None:
        found: list[int] = self._land_tree.query(self._centers[i], "within").tolist()
        smallest = min((self._lands[k] for k in found), key=_size, default=None)
        return land_word(smallest.tags) if smallest else None

    def _is_low(self, i: int) -> bool:
        """Tell whether a building is small, or stands alone or in a park."""
        area, shape = self._areas[i], self._buildings[i].geometry
        if area < _SMALL_M2:
            return True
        if area < _PARK_M2 and len(self._park_tree.query(shape, "within")):
            return True
        beside = self._blocks[self._block_tree.query(shape, "dwithin", _APART_M)]
        return bool(area < _DETACHED_M2 and not np.any(beside != i))


def _size(area: Feature[Polygon]) -> tuple[float, int]:
    return area.geometry.area, area.id
