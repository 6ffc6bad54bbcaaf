"""The journal of a layer: what happened, one line an event, never changed.

The manifest is the journal's compaction. What was written since is the *tail*:
it starts with the digest of the manifest that it was written upon, so that a
manifest that was replaced from elsewhere is not overruled by it.
"""

import os
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from isogen.digest import Digest
from isogen.errors import DataError
from isogen.files import Durability, make_folder, storage_errors, sync_folder, write_all
from isogen.store.events import BASE_MARK, Base, Event, Made, Record, decode_record, encode_record
from isogen.store.row import Row

Clock = Callable[[], float]
"""Tells the seconds of UNIX time."""

_BLOCK = 1 << 20
_SYNC_EVERY_S = 1.0
_RECIPE = re.compile(rb'"recipe":"([0-9a-f]{64})"')  # quotes inside of texts are escaped


@dataclass(frozen=True)
class Tail:
    """The end of a journal, from the last Base on."""

    events: tuple[Event, ...] = ()
    """Without the Base itself."""

    base: Base | None = None
    """None when the journal has none."""

    end: int = 0
    """Bytes of the file up to the last record that can be read."""

    notice: str = ""
    """What was passed over after that."""


def read_tail(path: Path) -> Tail:
    """Read what was written since the last compaction; without a file, nothing.

    A last line that was torn by a crash is passed over with a notice.

    Raises:
        DataError: Another line cannot be read; the message names it.
    """
    with _reading(path):
        data, start = _last_part(path)
    lines = data.splitlines(keepends=True)
    records: list[Record] = []
    end, notice = start, ""
    for number, line in enumerate(lines):
        try:
            records.append(_complete(line))
        except ValueError as error:
            if number < len(lines) - 1:
                raise _unreadable(path, _line_number(path, end), error) from error
            notice = f"{path}: the last record was torn and is dropped ({len(line)} bytes)"
        else:
            end += len(line)
    events = tuple(record.event for record in records)
    match events:
        case (Base() as base, *rest):
            return Tail(tuple(rest), base, end, notice)
        case _:
            return Tail(events, None, end, notice)


def read_records(path: Path) -> Iterator[Record]:
    """Yield everything that ever happened, oldest first; a torn end is passed over.

    Raises:
        DataError: A line cannot be read; the message names it.
    """
    for number, line, is_last in _lines(path):
        try:
            yield _complete(line)
        except ValueError as error:
            if not is_last:
                raise _unreadable(path, number, error) from error


def split_unreadable(path: Path) -> tuple[bytes, bytes]:
    """Return the lines of a journal that can be read, and those that cannot."""
    good, bad = bytearray(), bytearray()
    for _, line, _ in _lines(path):
        try:
            _complete(line)
        except ValueError:
            bad += line
        else:
            good += line
    return bytes(good), bytes(bad)


class Memo:
    """Finds the rows that a journal has ever recorded, by recipe."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: dict[bytes, int] | None = None

    def find(self, recipe: Digest) -> Row | None:
        """Return the latest row made by a recipe; the first call looks through the file.

        Raises:
            DataError: The line of the row cannot be read.
        """
        if self._lines is None:
            self._lines = self._index()
        at = self._lines.get(recipe.encode())
        if at is None:
            return None
        with _reading(self._path), self._path.open("rb") as file:
            file.seek(at)
            line = file.readline()
        try:
            event = _complete(line).event
        except ValueError as error:
            raise _unreadable(self._path, _line_number(self._path, at), error) from error
        return event.row if isinstance(event, Made) else None

    def _index(self) -> dict[bytes, int]:
        index: dict[bytes, int] = {}
        at = 0
        with suppress(FileNotFoundError), _reading(self._path), self._path.open("rb") as file:
            for line in file:
                found = _RECIPE.search(line)
                if found and line.endswith(b"\n"):
                    index[found[1]] = at
                at += len(line)
        return index


class JournalWriter:
    """Appends to a journal; one at a time, which the caller's lock sees to."""

    def __init__(self, path: Path, end: int, durability: Durability, clock: Clock) -> None:
        """Prepare to append.

        Args:
            path: The journal, which is made when the first event is written.
            end: Where its last whole record ends; what follows is cut off.
            durability: Whether events are flushed to the disk.
            clock: Tells the time of events.
        """
        self.end = end
        self.path = path
        self._durability = durability
        self._clock = clock
        self._descriptor = -1
        self._synced_at = float("-inf")

    def append(self, event: Event) -> None:
        """Write one event; flushed to the disk at most once a second, and when closed.

        Raises:
            StorageError: The disk refused; the journal is what it was.
        """
        now = self._clock()
        line = encode_record(Record(now, event))
        with storage_errors(self.path):
            if self._descriptor < 0:
                self._descriptor = self._open()
            try:
                write_all(self._descriptor, line)
            except BaseException:
                os.ftruncate(self._descriptor, self.end)
                raise
            self.end += len(line)
            if not 0 <= now - self._synced_at < _SYNC_EVERY_S:
                self._sync()
                self._synced_at = now

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Flush and close; a journal that nothing was written to is not touched."""
        if self._descriptor < 0:
            return
        with storage_errors(self.path):
            try:
                self._sync()
            finally:
                os.close(self._descriptor)
                self._descriptor = -1

    def _open(self) -> int:
        make_folder(self.path.parent, self._durability)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(self.path, flags, 0o644)
        os.ftruncate(descriptor, self.end)  # what was torn must not be written onto
        if self._durability is Durability.FULL:
            sync_folder(self.path.parent)
        return descriptor

    def _sync(self) -> None:
        if self._durability is Durability.FULL:
            os.fsync(self._descriptor)


def _complete(line: bytes) -> Record:
    if not line.endswith(b"\n"):
        raise ValueError("the line has no end")
    return decode_record(line)


def _last_part(path: Path) -> tuple[bytes, int]:
    """Return the bytes from the last Base on, or all of them, and where they start."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return b"", 0
    with file:
        start = file.seek(0, os.SEEK_END)
        part = b""
        while start:
            size = min(_BLOCK, start)
            start -= size
            file.seek(start)
            part = file.read(size) + part
            # The mark may lie across two blocks, so a little more than one is searched.
            found = part.rfind(b"\n" + BASE_MARK, 0, size + len(BASE_MARK) + 1)
            if found >= 0:
                return part[found + 1 :], start + found + 1
        return part, 0


def _lines(path: Path) -> Iterator[tuple[int, bytes, bool]]:
    """Yield number, bytes and whether it is the last one, of every line."""
    with suppress(FileNotFoundError), _reading(path), path.open("rb") as file:
        line, number = file.readline(), 1
        while line:
            following = file.readline()
            yield number, line, not following
            line, number = following, number + 1


def _line_number(path: Path, offset: int) -> int:
    with _reading(path), path.open("rb") as file:
        return file.read(offset).count(b"\n") + 1


def _unreadable(path: Path, number: int, error: ValueError) -> DataError:
    return DataError(
        f"{path}: line {number} cannot be read: {error}",
        hint="Run `isogen repair`: it sets the line aside.",
    )


@contextmanager
def _reading(path: Path) -> Generator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from error
