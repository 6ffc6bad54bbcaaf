"""A pyramid of tiles, named by what they are made from.

The key of a tile is the digest of its four children's keys and the settings, down to the
digests of the quadrants. So a changed quadrant renames only its ancestors, equal tiles
are one, and what has a name in the cache never needs to be made again.
"""

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from isogen.digest import Digest, canonical_json, digest_of
from isogen.errors import InputError
from isogen.export.picture import Codec
from isogen.export.shrink import REDUCTION
from isogen.geo.grid import QUADRANT_PX, Quadrant
from isogen.recipe import Recipe, Setting

TILE_PX = QUADRANT_PX
"""Side of a pyramid tile; at full resolution a tile is a quadrant."""

ALIGN = 16
"""Quadrants to which the corner of a large grid is rounded down, so that a map that grows
to the left keeps the tiles of its first four levels."""

_ALIGN_SHARE = 4
"""A small grid's corner is rounded less, so that at most a quarter of it is empty."""

MAKER = f"pyramid/1 {REDUCTION}"

_ABSENT = digest_of(b"")
"""Stands for a child that is not there."""


class Leaf(NamedTuple):
    """A quadrant's picture."""

    digest: Digest
    path: Path


class Place(NamedTuple):
    """Column and row of a tile in its level, from the grid's corner."""

    column: int
    row: int


@dataclass(frozen=True)
class Grid:
    """The rectangle of quadrants that a pyramid stands on."""

    x0: int
    """Column of the first quadrant; a multiple of 16 when the grid is large."""

    y0: int
    columns: int
    rows: int

    @classmethod
    def covering(cls, quadrants: Iterable[Quadrant]) -> "Grid":
        """Return the smallest aligned grid around some quadrants.

        Raises:
            InputError: There are none.
        """
        known = list(quadrants)
        if not known:
            raise InputError("there is no quadrant to export", hint="Run `isogen generate` first.")
        first = [min(values) for values in zip(*known, strict=True)]
        x1, y1 = (max(values) + 1 for values in zip(*known, strict=True))
        align = _alignment(max(x1 - first[0], y1 - first[1]))
        x0, y0 = (value // align * align for value in first)
        return cls(x0, y0, x1 - x0, y1 - y0)

    @property
    def depth(self) -> int:
        """Times the map must be halved until it fits one tile."""
        return (max(self.columns, self.rows) - 1).bit_length()

    @property
    def width_px(self) -> int:
        """Screen pixels across."""
        return self.columns * TILE_PX

    @property
    def height_px(self) -> int:
        """Screen pixels down."""
        return self.rows * TILE_PX


def _alignment(side: int) -> int:
    """Return a power of two, for a map of ``side`` quadrants along its longer side."""
    return min(ALIGN, max(1, (1 << side.bit_length() - 1) // _ALIGN_SHARE))


class Make(StrEnum):
    """How a tile comes from its sources."""

    KEEP = "keep"
    """It is its source: nothing is made."""

    RECODE = "recode"
    MERGE = "merge"
    """Four children, halved."""

    CROP = "crop"
    HALVE = "halve"


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture of the pyramid, and how it is made."""

    key: Digest
    """Two tiles with equal keys have equal bytes."""

    path: Path
    """Where it lies, once made."""

    make: Make
    sources: tuple[Path | None, ...]
    """What it is made from; of four children, row by row, None is transparent."""

    width: int
    height: int
    codec: Codec


Level = Mapping[Place, Tile]


@dataclass(frozen=True)
class Pyramid:
    """All tiles of a layer, made or not."""

    grid: Grid
    codec: Codec
    cache: Path
    levels: tuple[Level, ...]
    """From full resolution to the one top tile; absent places are transparent."""

    @functools.cached_property
    def digest(self) -> Digest:
        """Changes when any pixel of the pyramid does."""
        grid = (self.grid.x0, self.grid.y0, self.grid.columns, self.grid.rows)
        return digest_of(canonical_json([grid, self.levels[-1][Place(0, 0)].key]))

    @property
    def stages(self) -> Iterator[list[Tile]]:
        """Tiles that may be made at once; each stage needs those before it."""
        for level in self.levels:
            yield list(level.values())


def plan_pyramid(
    leaves: Mapping[Quadrant, Leaf], cache: Path, codec: Codec, grid: Grid | None = None
) -> Pyramid:
    """Name every tile of a pyramid; nothing is read or written.

    Args:
        leaves: Pictures of 512 x 512 pixels; must not be empty.
        cache: Folder in which tiles are kept.
        codec: How tiles are stored. PNG leaves stay as they are.
        grid: The grid of the whole site, when other layers have more quadrants.

    Raises:
        InputError: There are no quadrants.
    """
    stand = grid or Grid.covering(leaves)
    namer = Namer(cache, codec)
    level: dict[Place, Tile] = {}
    for quadrant in sorted(leaves, key=lambda q: (q.y, q.x)):
        place = Place(quadrant.x - stand.x0, quadrant.y - stand.y0)
        level[place] = namer.leaf(leaves[quadrant])
    levels: list[Level] = [level]
    for _ in range(stand.depth):
        level = _parents(level, namer)
        levels.append(level)
    return Pyramid(stand, codec, cache, tuple(levels))


def _parents(level: Level, namer: "Namer") -> dict[Place, Tile]:
    families: defaultdict[Place, list[Tile | None]] = defaultdict(lambda: [None] * 4)
    for (column, row), tile in level.items():
        families[Place(column >> 1, row >> 1)][(column & 1) + 2 * (row & 1)] = tile
    return {place: namer.node(tuple(families[place])) for place in sorted(families)}


@dataclass(frozen=True)
class Namer:
    """Gives tiles their keys and paths."""

    cache: Path
    codec: Codec

    def leaf(self, leaf: Leaf) -> Tile:
        """Return a quadrant's own tile."""
        if self.codec is Codec.PNG:
            return Tile(
                leaf.digest, leaf.path, Make.KEEP, (leaf.path,), TILE_PX, TILE_PX, self.codec
            )
        return self._tile(Make.RECODE, (leaf.digest,), (leaf.path,), (TILE_PX, TILE_PX))

    def node(self, children: tuple[Tile | None, ...]) -> Tile:
        """Return the tile above four children."""
        keys = tuple(_ABSENT if c is None else c.key for c in children)
        paths = tuple(None if c is None else c.path for c in children)
        return self._tile(Make.MERGE, keys, paths, (TILE_PX, TILE_PX))

    def cropped(self, tile: Tile, width: int, height: int) -> Tile:
        """Return the top-left part of a tile; the tile itself when that is all of it."""
        if (width, height) == (tile.width, tile.height):
            return tile
        return self._tile(Make.CROP, (tile.key,), (tile.path,), (width, height))

    def halved(self, tile: Tile) -> Tile:
        """Return a tile at half its size, rounded up."""
        size = (-(-tile.width // 2), -(-tile.height // 2))
        return self._tile(Make.HALVE, (tile.key,), (tile.path,), size)

    def _tile(
        self,
        make: Make,
        inputs: tuple[Digest, ...],
        sources: tuple[Path | None, ...],
        size: tuple[int, int],
    ) -> Tile:
        settings: tuple[tuple[str, Setting], ...] = (
            ("encoder", self.codec.encoder),
            ("height", size[1]),
            ("make", make),
            ("width", size[0]),
        )
        key = Recipe(MAKER, inputs, settings).digest
        path = self.cache / key[:2] / f"{key}.{self.codec}"
        return Tile(key, path, make, sources, *size, self.codec)
