"""Find what is wrong with the files of a layer, and mend what can be made again."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from isogen.digest import Digest
from isogen.errors import DataError, ObjectMissingError
from isogen.files import TEMP_SUFFIX, storage_errors, write_beside
from isogen.image.png_chunks import header_of
from isogen.store.journal import split_unreadable
from isogen.store.layer import LayerStore
from isogen.store.objects import Objects
from isogen.store.row import Quadrant, Row, position

_THREADS = 8
_BATCH = 64


class FaultKind(StrEnum):
    """What can be wrong with a layer."""

    JOURNAL = "journal"
    """A line of the journal cannot be read."""

    MANIFEST = "manifest"
    """The manifest cannot be read."""

    ROWS = "rows"
    """Rows of the manifest are not in order, or a quadrant has two."""

    MISSING = "missing"
    """An object is not there."""

    DIGEST = "digest"
    """An object does not have the digest it is named by."""

    PICTURE = "picture"
    """An object is not the picture that its row tells of."""

    LEFTOVER = "leftover"
    """A file was not finished, or does not belong here; it does no harm."""

    ORPHANS = "orphans"
    """Objects that no row names; they do no harm, and serve as a memo."""


@dataclass(frozen=True)
class Fault:
    """Something wrong with a layer."""

    kind: FaultKind
    message: str
    quadrants: tuple[Quadrant, ...] = ()
    """Whom it concerns."""

    digest: Digest | None = None
    path: Path | None = None
    count: int = 1

    @property
    def is_harmless(self) -> bool:
        """Tell whether everything that the layer holds can be used all the same."""
        return self.kind in (FaultKind.LEFTOVER, FaultKind.ORPHANS)


@dataclass(frozen=True)
class Repair:
    """What a repair has done."""

    dropped: tuple[Quadrant, ...]
    """Quadrants that the next run makes again."""

    removed_objects: int
    removed_leftovers: int
    unreadable_bytes: int
    """Bytes of the journal that were set aside."""


def verify_layer(layer: LayerStore, *, threads: int = _THREADS) -> Iterator[Fault]:
    """Read every object of a layer and yield every fault, in a fixed order.

    Only reads. While the layer is written, what is in flight shows as a leftover or orphan.
    """
    try:
        for _ in layer.history():
            pass
    except DataError as error:
        yield Fault(FaultKind.JOURNAL, str(error), path=layer.journal_path)
    try:
        layer.refresh()
        rows, manifest_rows = layer.rows(), layer.manifest.rows
    except DataError as error:
        yield Fault(FaultKind.MANIFEST, str(error), path=layer.manifest_path)
        return
    yield from _order_faults(layer, manifest_rows)
    by_digest: dict[Digest, list[Row]] = {}
    for row in rows:
        by_digest.setdefault(row.sha256, []).append(row)
    yield from _object_faults(layer.objects, by_digest, threads)
    yield from _file_faults(layer.objects, by_digest)


def repair_layer(layer: LayerStore, *, threads: int = _THREADS) -> Repair:
    """Remove bad objects and their rows, so that the next run makes them again.

    Also removes unfinished files, and sets aside the lines of the journal that
    cannot be read. Nothing is removed that a row can still use.

    Raises:
        DataError: The manifest cannot be read: restore it first.
        LockedError: Another process is writing the layer.
        StorageError: The disk refused; repairing again goes on.
    """
    with layer.lock():
        unreadable = _set_aside(layer)
    layer.refresh()
    with layer.writing() as writer:
        faults = list(verify_layer(layer, threads=threads))
        bad = [fault for fault in faults if fault.digest is not None]
        leftovers = [fault.path for fault in faults if _is_unfinished(fault)]
        # Objects first: a row without its object is found again, a bad object that only the
        # memo knows would be used.
        removed = sum(layer.objects.remove(fault.digest) for fault in bad if fault.digest)
        dropped = tuple(quadrant for fault in bad for quadrant in fault.quadrants)
        writer.drop(dropped)
        for path in leftovers:
            with storage_errors(path or layer.folder):
                (path or layer.folder).unlink(missing_ok=True)
    return Repair(dropped, removed, len(leftovers), unreadable)


def _order_faults(layer: LayerStore, rows: Sequence[Row]) -> Iterator[Fault]:
    wrong = [b for a, b in pairwise(rows) if position(a) >= position(b)]
    if wrong:
        yield Fault(
            FaultKind.ROWS,
            f"{layer.manifest_path}: {len(wrong)} rows are not after the one before them by y, "
            f"then x; the first is ({wrong[0].x}, {wrong[0].y})",
            tuple(row.quadrant for row in wrong),
            path=layer.manifest_path,
            count=len(wrong),
        )


def _object_faults(
    objects: Objects, by_digest: dict[Digest, list[Row]], threads: int
) -> Iterator[Fault]:
    pool = ThreadPoolExecutor(threads, thread_name_prefix="verify")
    items = list(by_digest.items())

    def inspect(start: int) -> list[Fault]:
        batch = items[start : start + _BATCH]
        found = (_object_fault(objects, digest, rows) for digest, rows in batch)
        return [fault for fault in found if fault is not None]

    try:
        for faults in pool.map(inspect, range(0, len(items), _BATCH)):
            yield from faults
    finally:
        pool.shutdown(cancel_futures=True)


def _object_fault(objects: Objects, digest: Digest, rows: Sequence[Row]) -> Fault | None:
    quadrants = tuple(row.quadrant for row in rows)
    try:
        data = objects.get(digest)
    except ObjectMissingError as error:
        return Fault(FaultKind.MISSING, str(error), quadrants, digest)
    except DataError as error:
        return Fault(FaultKind.DIGEST, str(error), quadrants, digest)
    try:
        header = header_of(data)
    except DataError as error:
        message = f"{objects.path_of(digest)}: {error}"
        return Fault(FaultKind.PICTURE, message, quadrants, digest)
    found = (header.width, header.height, len(data))
    wrong = next((row for row in rows if (row.width, row.height, row.bytes) != found), None)
    if wrong is None:
        return None
    message = (
        f"{objects.path_of(digest)} has {found[0]} x {found[1]} px in {found[2]} bytes, row "
        f"({wrong.x}, {wrong.y}) says {wrong.width} x {wrong.height} px in {wrong.bytes} bytes"
    )
    return Fault(FaultKind.PICTURE, message, quadrants, digest)


def _file_faults(objects: Objects, named: dict[Digest, list[Row]]) -> Iterator[Fault]:
    for path in objects.strays():
        yield Fault(FaultKind.LEFTOVER, f"{path} is not an object", path=path)
    orphans = sum(digest not in named for digest in objects.digests())
    if orphans:
        message = f"{objects.folder}: {orphans} objects are named by no row"
        yield Fault(FaultKind.ORPHANS, message, path=objects.folder, count=orphans)


def _is_unfinished(fault: Fault) -> bool:
    return fault.path is not None and fault.path.suffix == TEMP_SUFFIX


def _set_aside(layer: LayerStore) -> int:
    """Move the lines that cannot be read out of the journal; return their bytes."""
    good, bad = split_unreadable(layer.journal_path)
    if bad:
        aside = layer.journal_path.with_suffix(".unreadable")
        write_beside(aside, bad, durability=layer.durability)
        write_beside(layer.journal_path, good, durability=layer.durability)
    return len(bad)
