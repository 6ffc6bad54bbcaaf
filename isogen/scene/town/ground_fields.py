"""Fields on the ground map: rows along the longest side, in strips of different crops."""

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.town.brush import Brush, Weave
from isogen.scene.town.frames import longest_side
from isogen.scene.town.scatter import mix_all

Mm = NDArray[np.int64]

STRIP_MM = 88_000
"""Width of a strip of one crop."""

PLOT_MM = (16_000, 12_000)
"""Length and width of an allotment."""

WAY_MM = 1400
"""Width of the ways between allotments."""

VINE_MM = 3600
TRACK_MM = 22_000
"""Distance of the tracks that tractors leave."""

_CROPS = np.array(
    [
        (Ground.CROP, Ground.FURROW),
        (Ground.GRAIN, Ground.FURROW),
        (Ground.SOIL, Ground.FURROW),
        (Ground.GRAIN, Ground.GRAIN),
        (Ground.CROP, Ground.SOIL),
        (Ground.MEADOW, Ground.GRASS),
    ],
    np.uint8,
)
"""What grows in the rows of a strip, and what lies between them."""

_ROWS_MM = np.array([3600, 3000, 2400, 3000, 4200, 9000])
_BEDS = np.array([Ground.GRASS, Ground.MOWN, Ground.SOIL, Ground.CROP, Ground.FLOWERS], np.uint8)


def paint_field(brush: Brush, area: Feature[Polygon], seed: int) -> None:
    """Paint a field, a vineyard or allotments."""
    kinds = {"vineyard": _vineyard, "allotments": _allotments}
    make = kinds.get(area.tags.get("landuse", ""), _crops)
    brush.weave(area.geometry, longest_side(area.geometry), make(area.id, seed))


def _crops(field: int, seed: int) -> Weave:
    def weave(along: Mm, across: Mm) -> NDArray[np.uint8]:
        del along
        strip = across // STRIP_MM
        kind = (mix_all(seed, field, strip) % np.uint64(len(_CROPS))).astype(np.int64)
        row = across % _ROWS_MM[kind] < _ROWS_MM[kind] // 3
        out = _CROPS[kind, row.astype(np.int64)]
        out[across % STRIP_MM < WAY_MM] = Ground.MEADOW
        track = across % TRACK_MM
        wheel = ((track < 500) | ((track >= 2000) & (track < 2500))) & (kind % 3 == 1)
        out[wheel] = Ground.SOIL
        return out

    return weave


def _vineyard(field: int, seed: int) -> Weave:
    del field, seed

    def weave(along: Mm, across: Mm) -> NDArray[np.uint8]:
        vine = (across % VINE_MM < VINE_MM // 2) & (along % 40_000 > WAY_MM)
        return np.where(vine, np.uint8(Ground.HEDGE), np.uint8(Ground.SOIL))

    return weave


def _allotments(field: int, seed: int) -> Weave:
    def weave(along: Mm, across: Mm) -> NDArray[np.uint8]:
        i, j = along // PLOT_MM[0], across // PLOT_MM[1]
        bits = mix_all(seed, field, i, j)
        a, b = along % PLOT_MM[0], across % PLOT_MM[1]
        bed = (a // 5200 + (bits % np.uint64(3)).astype(np.int64) * 2 + b // 6000) % len(_BEDS)
        out = _BEDS[bed]
        out[(out == Ground.CROP) & (b % 1800 < 600)] = Ground.SOIL
        out[(a < 600) | (b < 600)] = Ground.HEDGE
        out[a >= PLOT_MM[0] - WAY_MM] = Ground.GRAVEL_PATH
        return out

    return weave
