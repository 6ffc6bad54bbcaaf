"""The lanes of a road: where cars drive and where they are parked."""

from dataclasses import dataclass

from isogen.scene.osm.tags import count
from isogen.scene.town.roads import ARTERIES, LANE_M, STREETS, Road

PARKED_STEP_M = 5.9
PARKED_CHANCE = 0.5
PARKED_INSET_M = 1.25
PARKED_FROM_M = 6.8
"""Narrower streets have no room for parked cars."""

QUEUE_STEP_M = 8.0
DRIVING_CHANCE = {"motorway": 0.24, "trunk": 0.24, "primary": 0.21, "secondary": 0.19}
OTHER_CHANCE = 0.11
STREET_CHANCE = 0.035
GUTTER_M = 0.6
MOST_LANES = 5


@dataclass(frozen=True)
class Lane:
    """Where along a road cars may be."""

    offset_m: float
    """To the left of the road's line; to the right when negative."""

    step_m: float
    chance: float
    """Share of the places, ``step_m`` apart, that hold a car in usual traffic."""

    drives: bool
    is_backwards: bool
    """Whether noses point against the road's line."""


def lanes_of(road: Road, *, on_left: bool = False) -> list[Lane]:
    """Return the lanes of a road, from its right to its left.

    Args:
        road: The road.
        on_left: Whether traffic keeps left.
    """
    if road.kind in STREETS:
        return _street(road, on_left=on_left)
    kind = road.kind.removesuffix("_link")
    if kind in ARTERIES or kind == "tertiary":
        return _driving(
            road,
            road.width_m - 2 * GUTTER_M,
            DRIVING_CHANCE.get(kind, OTHER_CHANCE),
            on_left=on_left,
        )
    return []


def lane_offsets(road: Road, width_m: float) -> list[float]:
    """Return the middles of the driving lanes within a width, from right to left."""
    said = count(road.feature.tags.get("lanes"))
    number = said or max(round(width_m / (LANE_M + 0.6)), 1)
    if not road.is_one_way and not said:
        number = max(number // 2 * 2, 2)
    number = min(max(number, 1), MOST_LANES)
    return [width_m * ((k + 0.5) / number - 0.5) for k in range(number)]


def _driving(road: Road, width_m: float, chance: float, *, on_left: bool) -> list[Lane]:
    return [
        Lane(
            offset,
            QUEUE_STEP_M,
            chance,
            drives=True,
            is_backwards=_against(road, offset, on_left=on_left),
        )
        for offset in lane_offsets(road, width_m)
    ]


def _street(road: Road, *, on_left: bool) -> list[Lane]:
    if road.kind == "living_street" or road.width_m < PARKED_FROM_M:
        return []
    beside = road.width_m / 2 - PARKED_INSET_M
    parked = [
        Lane(
            offset,
            PARKED_STEP_M,
            PARKED_CHANCE,
            drives=False,
            is_backwards=_against(road, offset, on_left=on_left),
        )
        for offset in (-beside, beside)
        if _may_park(road, left=offset > 0)
    ]
    middle = max(beside - PARKED_INSET_M, 0.1) / 2
    offsets = (0.0,) if road.is_one_way else (-middle, middle)
    return parked + [
        Lane(
            o,
            QUEUE_STEP_M,
            STREET_CHANCE,
            drives=True,
            is_backwards=_against(road, o, on_left=on_left),
        )
        for o in offsets
    ]


def _may_park(road: Road, *, left: bool) -> bool:
    tags = road.feature.tags
    side = "left" if left else "right"
    keys = (f"parking:{side}", "parking:both", f"parking:lane:{side}", "parking:lane:both")
    said = [tags[key] for key in keys if key in tags]
    return not any(value in {"no", "no_parking", "no_stopping", "none"} for value in said)


def _against(road: Road, offset_m: float, *, on_left: bool) -> bool:
    return not road.is_one_way and (offset_m < 0 if on_left else offset_m > 0)
