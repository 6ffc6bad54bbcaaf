"""Where the parts of a building begin and end, in rises, on the grid of its storeys."""

from collections.abc import Iterable
from dataclasses import dataclass

from isogen.scene.osm.tags import Tags, length_m, levels

STOREY_M = 3.2
_GROUND_RISES = 8
_STOREY_RISES = 4
SHOWS_STOREYS = 6
"""Walls higher than this, in rises, have windows in storeys."""

_SAME = 1.0


def rises_of_levels(count: float) -> float:
    """Return the height at which a number of storeys ends; 0 for none."""
    return float(round(_GROUND_RISES + _STOREY_RISES * (count - 1))) if count > 0 else 0.0


def min_level(tags: Tags) -> float:
    """Return the storey at which a part begins."""
    low = length_m(tags.get("min_height"))
    if low is not None:
        return low / STOREY_M
    return levels(tags.get("building:min_level")) or 0.0


def top_told(tags: Tags) -> bool:
    """Tell whether tags say how high something is."""
    return length_m(tags.get("height")) is not None or bool(levels(tags.get("building:levels")))


@dataclass(frozen=True)
class Grid:
    """How told heights move to whole storeys, so that stacked parts stay stacked."""

    moves: tuple[tuple[float, float], ...] = ()
    """(from, to) of the tops of walls that show storeys, ascending."""

    def at(self, height: float) -> float:
        """Return where a height goes: with the wall that ends there, else with the one below."""
        near = [m for m in self.moves if abs(m[0] - height) <= _SAME]
        if near:
            return min(near, key=lambda m: (abs(m[0] - height), m[0]))[1]
        below = [m for m in self.moves if m[0] < height]
        return height + (below[-1][1] - below[-1][0] if below else 0.0)


def grid_of(walls: Iterable[tuple[float, float]]) -> Grid:
    """Return the grid that the (foot, top) of a building's walls ask for, in rises."""
    moves = {
        top: float(_STOREY_RISES * round(top / _STOREY_RISES))
        for foot, top in walls
        if top - foot > SHOWS_STOREYS and top > _GROUND_RISES - 1
    }
    return Grid(tuple(sorted(moves.items())))
