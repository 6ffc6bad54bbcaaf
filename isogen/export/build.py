"""Make the tiles that the cache does not hold yet."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from isogen.errors import DataError
from isogen.export.picture import Picture, encode_picture, read_picture
from isogen.export.pyramid import TILE_PX, Make, Tile
from isogen.export.shrink import crop, halve, merge
from isogen.files import Durability, write_beside


class Map(Protocol):
    """Applies a function to values, here or in other processes, as ``map`` does."""

    def __call__(
        self, function: Callable[[Tile], None], tiles: Iterable[Tile], /
    ) -> Iterable[None]:
        """Return when asked for results; in any order."""
        ...


def build_tiles(stages: Iterable[Iterable[Tile]], map_: Map = map) -> int:
    """Make all tiles that are missing, stage by stage.

    A tile is complete as soon as it has its name: what an interrupted run made stays.

    Args:
        stages: Tiles; those of a stage need only those of the stages before it.
        map_: Where the work is done.

    Returns:
        How many were made.

    Raises:
        ObjectMissingError: A quadrant's picture is not there.
        DataError: A picture cannot be read, or has the wrong size.
        StorageError: The cache cannot be written.
    """
    made = 0
    for stage in stages:
        made += sum(1 for _ in map_(make_tile, _missing(stage)))
    return made


def _missing(tiles: Iterable[Tile]) -> Iterator[Tile]:
    """Yield each tile that is not in the cache, once."""
    seen: set[Path] = set()
    for tile in tiles:
        if tile.make is not Make.KEEP and tile.path not in seen and not _is_made(tile.path):
            seen.add(tile.path)
            yield tile


def _is_made(path: Path) -> bool:
    """Tell whether a file is there; an empty one is what a power cut leaves."""
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False


def make_tile(tile: Tile) -> None:
    """Make a tile and store it; its sources must be there."""
    picture = encode_picture(_picture(tile), tile.codec)
    write_beside(tile.path, picture, durability=Durability.FAST)


def _picture(tile: Tile) -> Picture:
    pictures = [None if path is None else read_picture(path) for path in tile.sources]
    if tile.make is Make.MERGE:
        for path, child in zip(tile.sources, pictures, strict=True):
            _check_size(path, child)
        return merge(pictures, TILE_PX)
    (picture,) = pictures
    assert picture is not None  # noqa: S101  only of four children may one be absent
    if tile.make is Make.HALVE:
        return halve(picture)
    if tile.make is Make.RECODE:
        _check_size(tile.sources[0], picture)
    return crop(picture, tile.width, tile.height)


def _check_size(path: Path | None, picture: Picture | None) -> None:
    if picture and (picture.width, picture.height) != (TILE_PX, TILE_PX):
        raise DataError(
            f"{path} is {picture.width} x {picture.height} px; "
            f"a quadrant is {TILE_PX} x {TILE_PX} px",
            hint="Run `isogen verify` to find what else is wrong.",
        )
