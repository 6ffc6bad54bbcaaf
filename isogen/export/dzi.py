"""Deep Zoom: the tiles of a pyramid as files that any viewer reads.

Level 0 is one pixel and each level doubles the one before, as the format wants; tiles
at the right and lower edge are cut to the picture. Places with nothing have no file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from isogen.export.pyramid import TILE_PX, Level, Namer, Place, Pyramid, Tile

_NAME = "tiles"

TOP_NAMES = frozenset({f"{_NAME}.dzi", f"{_NAME}_files"})
"""What lies at the top of an exported folder."""

_TOP = Place(0, 0)


@dataclass(frozen=True)
class DeepZoom:
    """A pyramid, and the tiles that only Deep Zoom needs."""

    pyramid: Pyramid
    levels: tuple[Level, ...]
    """Deep Zoom's levels: 0 is one pixel, the last is full resolution."""

    @property
    def stages(self) -> Iterator[list[Tile]]:
        """Tiles that may be made at once; each stage needs those before it."""
        yield from self.pyramid.stages
        for level in reversed(self.levels):
            yield list(level.values())

    def files(self, name: str = _NAME) -> Iterator[tuple[str, bytes | Path]]:
        """Yield the name of each file with its bytes, or with the file that holds them."""
        yield f"{name}.dzi", self._description()
        for number, level in enumerate(self.levels):
            for place, tile in level.items():
                yield self._file(name, number, place), tile.path

    def _file(self, name: str, level: int, place: Place) -> str:
        return f"{name}_files/{level}/{place.column}_{place.row}.{self.pyramid.codec}"

    def _description(self) -> bytes:
        grid, codec = self.pyramid.grid, self.pyramid.codec
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<Image xmlns="http://schemas.microsoft.com/deepzoom/2008" '
            f'Format="{codec}" Overlap="0" TileSize="{TILE_PX}">\n'
            f'  <Size Width="{grid.width_px}" Height="{grid.height_px}"/>\n'
            "</Image>\n"
        ).encode()


def deep_zoom(pyramid: Pyramid) -> DeepZoom:
    """Name the tiles of a Deep Zoom picture; nothing is read or written."""
    namer = Namer(pyramid.cache, pyramid.codec)
    levels = [_cropped(pyramid, number, namer) for number in range(len(pyramid.levels))]
    tile = levels[-1][_TOP]
    while max(tile.width, tile.height) > 1:
        tile = namer.halved(tile)
        levels.append({_TOP: tile})
    return DeepZoom(pyramid, tuple(reversed(levels)))


def is_deep_zoom(folder: Path) -> bool:
    """Tell whether a folder has the marks of an exported picture."""
    return (folder / f"{_NAME}.dzi").is_file()


def _cropped(pyramid: Pyramid, halvings: int, namer: Namer) -> Level:
    """Return a level whose tiles end where the picture ends."""
    width = -(-pyramid.grid.width_px >> halvings)
    height = -(-pyramid.grid.height_px >> halvings)
    return {
        place: namer.cropped(
            tile,
            min(TILE_PX, width - place.column * TILE_PX),
            min(TILE_PX, height - place.row * TILE_PX),
        )
        for place, tile in pyramid.levels[halvings].items()
    }
