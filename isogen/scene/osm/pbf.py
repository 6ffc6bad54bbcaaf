"""The file as libosmium opens it. Its errors become ours here."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import osmium
from osmium.filter import EntityFilter
from osmium.io import File, Reader
from osmium.osm import NODE, NOTHING, Box, Node

from isogen.errors import InputError, SourceError

_LARGER = "Choose a larger area."
_SORT = "Sort it first: `osmium sort FILE -o SORTED`."
_DOWNLOAD = "Download the extract again; convert other formats to .osm.pbf first."

_UNSORTED = "out of order"
"""What libosmium says of ids that do not ascend."""


class Bounds(NamedTuple):
    """What a file covers, in degrees."""

    south: float
    west: float
    north: float
    east: float


@contextmanager
def osmium_errors(path: Path) -> Generator[None]:
    """Turn the errors of libosmium into ours."""
    try:
        yield
    except RuntimeError as error:
        is_unsorted = _UNSORTED in str(error)
        raise SourceError(
            f"{path} cannot be read as a whole, sorted .osm.pbf file: {error}",
            hint=_SORT if is_unsorted else _DOWNLOAD,
        ) from error


def open_pbf(path: Path) -> File:
    """Open as the one format that is read, whatever the suffix says.

    Raises:
        InputError: There is no such file.
    """
    if not path.is_file():
        raise InputError(f"there is no file {path}", hint="Give the path of a .osm.pbf file.")
    return File(str(path), "pbf")


def check_file(path: Path) -> None:
    """Read a file from end to end.

    Raises:
        InputError: There is no such file.
        SourceError: It is truncated, unsorted, of another format, or holds nothing.
    """
    file = open_pbf(path)
    with osmium_errors(path):
        if next(iter(osmium.FileProcessor(file)), None) is None:
            raise SourceError(f"{path} holds no map data", hint=_LARGER)
        # Whether ids ascend is looked at only where areas are put together.
        ordered = osmium.FileProcessor(file).with_areas(EntityFilter(NOTHING))
        for _ in ordered.with_filter(EntityFilter(NOTHING)):
            pass


def read_header(path: Path, key: str) -> str | None:
    """Return a field of a file's header, if it is there."""
    file = open_pbf(path)
    with osmium_errors(path), Reader(file, NOTHING) as reader:
        return reader.header().get(key) or None


def read_bounds(path: Path) -> Bounds:
    """Return what a file covers: the box in its header, else the box of its nodes.

    Raises:
        InputError: There is no such file.
        SourceError: The file is broken, or nothing in it has a place.
    """
    file = open_pbf(path)
    with osmium_errors(path):
        with Reader(file, NOTHING) as reader:
            box = reader.header().box()
        if not box.valid():
            _extend_over_nodes(box, file)
    if not box.valid():
        raise SourceError(f"{path} holds no places", hint=_LARGER)
    low, high = box.bottom_left, box.top_right
    if low.lat >= high.lat or low.lon >= high.lon:
        raise SourceError(f"{path} covers no area, only {box}", hint=_LARGER)
    return Bounds(low.lat, low.lon, high.lat, high.lon)


def _extend_over_nodes(box: Box, file: File) -> None:
    for node in osmium.FileProcessor(file, NODE):
        if isinstance(node, Node) and node.location.valid():
            box.extend(node.location)
