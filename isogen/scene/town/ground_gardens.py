"""The garden of a house on the ground map: lawn, path, drive, terrace, beds, pool."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

from isogen.mesh.solids import Frame, Plan
from isogen.mesh.vocabulary import Ground
from isogen.scene.town.brush import GREEN, Brush, Claims, over
from isogen.scene.town.frames import facing, half_extents, rectangle
from isogen.scene.town.parcels import FRONT_M, Parcel
from isogen.seeds import Stream

ROW_MM = 1200
"""Width of a row of vegetables and the way beside it."""

DRIVE_M = 2.9
PATH_M = 1.3
POOL_M = (3.2, 1.7)
"""Half the length and width of a swimming pool."""

_LAWNS = (Ground.GRASS, Ground.GRASS, Ground.GRASS, Ground.MOWN, Ground.MOWN, Ground.MEADOW)
_DRIVES = (Ground.PAVE, Ground.PAVE, Ground.GRAVEL_PATH, Ground.YARD, Ground.BRICK)
_TERRACES = (Ground.PLAZA, Ground.BRICK, Ground.WOOD, Ground.PAVE)
_LAWN = over(*GREEN)


@dataclass(frozen=True)
class Garden:
    """Where the parts of a garden lie; what chance decides is decided once."""

    frame: Frame
    """At the middle of the house, along the way to the street."""

    depth: float
    """From the middle of the house to its front, and to its back."""

    width: float
    """From the middle of the house to its sides."""

    drive: Polygon | None
    car: Plan | None
    """Where a car may stand on the drive."""

    path: Polygon
    terrace: Polygon
    bed: Polygon | None
    pool: Polygon | None
    flowers: Polygon | None


def garden_of(parcel: Parcel, chance: Stream) -> Garden:
    """Lay out a garden. ``chance`` must be at its beginning wherever this is asked."""
    frame = facing(parcel.around.frame, parcel.toward_street)
    depth, width = half_extents(parcel.house.geometry, frame)
    side = 1 if chance.chance(0.5) else -1
    door = chance.uniform(-0.5, 0.5) * width
    path = rectangle(frame, (depth, depth + FRONT_M), (door - PATH_M / 2, door + PATH_M / 2))
    near, far = width + 0.7, width + 0.7 + DRIVE_M
    across = (near, far) if side > 0 else (-far, -near)
    drive = rectangle(frame, (-depth * 0.3, depth + FRONT_M), across)
    middle = frame.at(depth * 0.6, side * (near + DRIVE_M / 2))
    has_drive = parcel.front is not None and chance.chance(0.7)
    spot = chance.uniform(-0.6, 0.6) * width
    wide = chance.uniform(1.8, 3.2)
    terrace = rectangle(frame, (-depth - 3.2, -depth), (spot - wide, spot + wide))
    bed = _bed(frame, depth, -side * width * 0.6) if chance.chance(0.32) else None
    pool = _pool(frame, depth, side * width * 0.5) if chance.chance(0.07) else None
    flowers = rectangle(frame, (depth + 0.3, depth + 1.3), (-width * 0.9, width * 0.9))
    return Garden(
        frame=frame,
        depth=depth,
        width=width,
        drive=drive if has_drive else None,
        car=middle if has_drive and chance.chance(0.6) else None,
        path=path,
        terrace=terrace,
        bed=bed,
        pool=pool,
        flowers=flowers if chance.chance(0.45) else None,
    )


def _bed(frame: Frame, depth: float, across: float) -> Polygon:
    return rectangle(frame, (-depth - 10.5, -depth - 5.5), (across - 3.2, across + 3.2))


def _pool(frame: Frame, depth: float, across: float) -> Polygon:
    long, wide = POOL_M
    middle = -depth - 7.0
    return rectangle(frame, (middle - wide, middle + wide), (across - long, across + long))


def paint_garden(brush: Brush, parcel: Parcel, claims: Claims, chance: Stream) -> None:
    """Paint a garden over the claimed classes."""
    garden = garden_of(parcel, chance)
    whole = parcel.outline
    brush.fill(whole, chance.pick(_LAWNS), claims)
    inner = whole.buffer(-0.9)
    if garden.flowers:
        brush.fill(garden.flowers.intersection(inner), Ground.FLOWERS, _LAWN)
    brush.fill(garden.terrace.intersection(inner), chance.pick(_TERRACES), _LAWN)
    if garden.bed:
        brush.weave(garden.bed.intersection(inner), garden.frame, _vegetables, _LAWN)
    if garden.pool and whole.contains(garden.pool):
        brush.fill(garden.pool.buffer(0.7, join_style="mitre"), Ground.PLAZA, _LAWN)
        brush.fill(garden.pool, Ground.POOL, over(Ground.PLAZA))
    ground = chance.pick(_DRIVES)
    ways = over(*GREEN, Ground.FLOWERS)
    if parcel.front is not None:
        brush.fill(garden.path.intersection(whole), Ground.GRAVEL_PATH, ways)
    if garden.drive:
        brush.fill(garden.drive.intersection(whole), ground, ways)


def _vegetables(along: NDArray[np.int64], across: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Rows of green, flowers and earth, with ways between them."""
    row, place = across // ROW_MM, across % ROW_MM
    plants = np.array([Ground.CROP, Ground.CROP, Ground.FLOWERS, Ground.HEDGE], np.uint8)
    grown = plants[(row * 7 + along // 2600) % 4]
    return np.where(place < ROW_MM // 2, grown, np.uint8(Ground.SOIL))
