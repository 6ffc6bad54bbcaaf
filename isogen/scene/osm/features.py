"""What a map says, as plain values: nothing here knows about drawing or about files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from shapely import LineString, MultiPolygon, Point, Polygon

G = TypeVar("G", Point, LineString, Polygon)


@dataclass(frozen=True)
class Feature(Generic[G]):
    """One mapped thing, in plane meters."""

    id: int
    """Unique among the features of all kinds; decides all that chance decides about it."""

    tags: Mapping[str, str]
    geometry: G


@dataclass(frozen=True)
class Features:
    """All that an extract says about a place. Lists are sorted by id, then by piece."""

    extent: Polygon
    """What the extract covers."""

    land: MultiPolygon
    sea: MultiPolygon
    """Land and sea within the extent, split by the closed coastline."""

    buildings: tuple[Feature[Polygon], ...]
    """Outlines, cut off at the extent's edge; counter-clockwise."""

    parts: tuple[Feature[Polygon], ...]
    """building:part polygons, counter-clockwise."""

    areas: tuple[Feature[Polygon], ...]
    """Land use, parks, squares, water, piers ..., clipped to the extent."""

    ways: tuple[Feature[LineString], ...]
    """Roads, rails, barriers, tree rows ...; what runs under ground is left out."""

    nodes: tuple[Feature[Point], ...]
    """Trees, lamps, crossings, entrances ..."""

    tunnels: tuple[Feature[LineString], ...] = ()
    """Streets and tracks under the ground, of which only the mouths are seen."""

    dropped: int = 0
    """How many things of the extract are left out because their shape is beyond repair."""
