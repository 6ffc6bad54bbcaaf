"""Which building each mapped part belongs to."""

from collections.abc import Sequence

from shapely import Polygon

from isogen.scene.osm.features import Feature
from isogen.scene.town.near import Near

PART_SHARE = 0.5
"""Share of a part's area that must lie in a building for the part to belong to it."""


def owners_of(
    parts: Sequence[Feature[Polygon]], buildings: Sequence[Feature[Polygon]], near: Near
) -> tuple[int, ...]:
    """Return the position of each part's building; -1 for a loose part.

    Args:
        parts: Outlines of parts.
        buildings: Outlines of buildings.
        near: The buildings by place.
    """
    return tuple(_owner(part.geometry, buildings, near) for part in parts)


def parts_by_owner(owners: Sequence[int], count: int) -> tuple[tuple[int, ...], ...]:
    """Return the positions of the parts of each of ``count`` buildings, ascending."""
    out: list[list[int]] = [[] for _ in range(count)]
    for part, owner in enumerate(owners):
        if owner >= 0:
            out[owner].append(part)
    return tuple(tuple(parts) for parts in out)


def _owner(part: Polygon, buildings: Sequence[Feature[Polygon]], near: Near) -> int:
    shares = [(buildings[i].geometry.intersection(part).area, -i) for i in near.within(part, 0)]
    area, nearest = max(shares, default=(0.0, 1))
    return -nearest if area > part.area * PART_SHARE else -1
