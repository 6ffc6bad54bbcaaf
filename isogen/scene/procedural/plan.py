"""What the city holds where: each block's district follows from the seed and its key alone."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from isogen.scene.procedural.lattice import (
    AVENUE,
    PITCH_X,
    PITCH_Y,
    SIDEWALK,
    STREET,
    BlockKey,
    Rect,
)
from isogen.seeds import Stream

RIVER_WEST, RIVER_EAST = 3, 6
"""The river fills the columns from the first to before the second."""

BRIDGE_ROWS = 9
"""A bridge carries the street of every ninth row over the river."""

STATUE_COLUMN, STATUE_ROW, STATUE_ROWS = 4, -2, 27
"""The statue's island lies in this block, and again every so many rows."""

STATUE_X, STATUE_Y = 101.0, 14.0
"""Where the statue stands in its block."""

WARD = 9
"""Side in blocks of a ward: each has a town center somewhere in it."""

DOWNTOWN_FROM, MIDTOWN_FROM, ROWS_FROM = 0.66, 0.40, 0.20
"""Densities from which a block belongs to these districts."""

_WARD_STREAM, _JITTER_STREAM, _DISTRICT_STREAM, _BRIDGE_STREAM = 55, 991, 17, 29


class District(Enum):
    """What a block is."""

    RIVER = auto()
    WATERFRONT = auto()
    COMMON = auto()
    """A quarter of a park of 2 x 2 blocks, with no streets inside."""
    PARK = auto()
    STADIUM = auto()
    INDUSTRIAL = auto()
    DOWNTOWN = auto()
    MIDTOWN = auto()
    CIVIC = auto()
    ROWS = auto()
    ESTATE = auto()
    SCHOOL = auto()
    MALL = auto()
    SUBURB = auto()


class Ward(NamedTuple):
    """A square of 9 x 9 blocks: its town center and its landmarks."""

    center: tuple[float, float]
    strength: float
    fade: float
    """Density lost per block away from the center."""
    common: BlockKey | None
    """Lowest block of a common of 2 x 2."""
    stadium: BlockKey | None


_OLD_COMMON, _OLD_STADIUM = BlockKey(-2, 1), BlockKey(-3, -1)
_OLD_TOWN = {(-1, 0): (_OLD_COMMON, None), (-1, -1): (None, _OLD_STADIUM)}
"""Common and stadium of the wards beside the main downtown, which are not left to chance."""


@dataclass(frozen=True)
class Site:
    """A block's place in the city. Rectangles are in units from the block's own corner."""

    key: BlockKey
    district: District
    density: float
    """From 0, suburb, to 1, downtown."""
    kerb: Rect
    """What lies within the roads: sidewalks and lot."""
    lot: Rect
    has_avenue: bool
    has_street: bool
    is_ramp: bool
    """Whether the street climbs onto a bridge."""
    is_embankment: bool
    """Whether the avenue runs along the river."""
    common: tuple[int, int] | None
    """Column and row (0 or 1) of the block in its common."""


def has_bridge(j: int) -> bool:
    """Tell whether a bridge crosses the river in a row."""
    return j % BRIDGE_ROWS == 0


def has_statue(key: BlockKey) -> bool:
    """Tell whether the statue's island belongs to a block."""
    return key.i == STATUE_COLUMN and (key.j - STATUE_ROW) % STATUE_ROWS == 0


def site_of(seed: int, key: BlockKey) -> Site:
    """Return what a block of the city of a seed is."""
    common = _common(seed, key)
    density = _density(seed, key)
    district = _district(seed, key, density, is_common=common is not None)
    on_land = district is not District.RIVER
    has_avenue = on_land and (common is None or common[0] == 0)
    has_street = on_land and (common is None or common[1] == 0)
    kerb = Rect(AVENUE if has_avenue else 0, STREET if has_street else 0, PITCH_X, PITCH_Y)
    inner_east = common is not None and common[0] == 0
    inner_north = common is not None and common[1] == 0
    lot = Rect(
        kerb.x0 + (SIDEWALK if has_avenue else 0),
        kerb.y0 + (SIDEWALK if has_street else 0),
        kerb.x1 - (0 if inner_east else SIDEWALK),
        kerb.y1 - (0 if inner_north else SIDEWALK),
    )
    return Site(
        key=key,
        district=district,
        density=density,
        kerb=kerb,
        lot=lot,
        has_avenue=has_avenue,
        has_street=has_street,
        is_ramp=has_bridge(key.j) and key.i in (RIVER_WEST - 1, RIVER_EAST),
        is_embankment=key.i == RIVER_EAST,
        common=common,
    )


@lru_cache(maxsize=256)
def _ward(seed: int, a: int, b: int) -> Ward:
    stream = Stream(seed, _WARD_STREAM, a, b)
    center = (a * WARD + stream.uniform(1, WARD - 1), b * WARD + stream.uniform(1, WARD - 1))
    strength, fade = stream.uniform(0.35, 0.85), stream.uniform(0.12, 0.22)
    common = BlockKey(a * WARD + stream.below(4), b * WARD + stream.below(WARD - 1))
    stadium = BlockKey(a * WARD + 5 + stream.below(4), b * WARD + stream.below(WARD))
    if (a, b) in _OLD_TOWN:
        return Ward(center, strength, fade, *_OLD_TOWN[a, b])
    common_fits = stream.chance(0.55) and not _by_river(common.i) and not _by_river(common.i + 1)
    stadium_fits = stream.chance(0.4) and not _by_river(stadium.i)
    return Ward(
        center, strength, fade, common if common_fits else None, stadium if stadium_fits else None
    )


def _by_river(i: int) -> bool:
    return RIVER_WEST - 1 <= i <= RIVER_EAST


def _ward_of(seed: int, key: BlockKey) -> Ward:
    return _ward(seed, key.i // WARD, key.j // WARD)


def _common(seed: int, key: BlockKey) -> tuple[int, int] | None:
    corner = _ward_of(seed, key).common
    if corner is None:
        return None
    column, row = key.i - corner.i, key.j - corner.j
    return (column, row) if column in (0, 1) and row in (0, 1) else None


def _away(x: float, y: float) -> float:
    # Not hypot: the square root alone is exact everywhere.
    return (x * x + y * y) ** 0.5


def _density(seed: int, key: BlockKey) -> float:
    """Return the densest of the main downtown, the bridgeheads and the wards around."""
    i, j = key
    best = 1.12 - _away((i - 1.0) * 0.8, (j - 0.5) * 0.75) * 0.235
    best = max(best, 0.80 - _away(i - RIVER_EAST - 0.8, (j - 0.3) * 0.9) * 0.2)
    best = max(best, _bridgehead(seed, key))
    for a in range(i // WARD - 1, i // WARD + 2):
        for b in range(j // WARD - 1, j // WARD + 2):
            ward = _ward(seed, a, b)
            away = _away(i - ward.center[0], j - ward.center[1])
            best = max(best, ward.strength - away * ward.fade)
    jitter = (Stream(seed, _JITTER_STREAM, i, j).random() - 0.5) * 0.28
    return round(max(0.0, min(1.0, best + jitter)), 9)


def _bridgehead(seed: int, key: BlockKey) -> float:
    """Towns grow at both ends of every bridge, each of its own size."""
    row = (key.j + BRIDGE_ROWS // 2) // BRIDGE_ROWS * BRIDGE_ROWS
    west = key.i < RIVER_WEST
    strength = Stream(seed, _BRIDGE_STREAM, row, int(west)).uniform(0.45, 0.95)
    column = RIVER_WEST - 1.5 if west else RIVER_EAST + 0.5
    return strength - _away(key.i - column, key.j - row) * 0.2


def _district(seed: int, key: BlockKey, density: float, *, is_common: bool) -> District:
    if RIVER_WEST <= key.i < RIVER_EAST:
        return District.RIVER
    if is_common:
        return District.COMMON
    if _ward_of(seed, key).stadium == key:
        return District.STADIUM
    if key.i == RIVER_WEST - 1:
        return District.WATERFRONT
    return _by_chance(key, density, Stream(seed, _DISTRICT_STREAM, *key).random())


def _by_chance(key: BlockKey, density: float, chance: float) -> District:
    if chance < 0.05:
        return District.PARK
    has_docks = RIVER_EAST <= key.i < RIVER_EAST + 2 and not has_bridge(key.j)
    if has_docks and chance < 0.62:
        return District.INDUSTRIAL
    return _dense(chance, density) or _quiet(chance)


def _dense(chance: float, density: float) -> District | None:
    if density > DOWNTOWN_FROM:
        return District.DOWNTOWN
    if density > MIDTOWN_FROM:
        return District.MIDTOWN if chance > 0.12 else District.CIVIC
    if density > ROWS_FROM:
        return District.ROWS if chance > 0.14 else District.ESTATE
    return None


def _quiet(chance: float) -> District:
    if chance < 0.12:
        return District.ESTATE
    if chance < 0.19:
        return District.SCHOOL
    return District.MALL if chance < 0.26 else District.SUBURB
