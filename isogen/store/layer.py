"""A layer: the objects of an image plane, the table of them, and what happened.

Readers need no lock and see what was there when they looked, until ``refresh``.
There is one writer, which may be killed at any moment.
"""

import re
import time
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from isogen.digest import Digest
from isogen.errors import DataError, InputError
from isogen.files import Durability, make_folder, storage_errors
from isogen.store.events import Record
from isogen.store.journal import Clock, JournalWriter, read_records
from isogen.store.lock import writer_lock
from isogen.store.manifest import Manifest
from isogen.store.objects import Objects
from isogen.store.row import Quadrant, Row, position
from isogen.store.state import LayerState, load_state
from isogen.store.writer import LayerWriter

MANIFEST = "manifest.parquet"
_IS_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}(@[a-z0-9_-]{1,32})?").fullmatch


class LayerStore:
    """The files of one layer: ``layers/<name>/`` and ``journal/<name>.jsonl``.

    Nothing is read before it is asked for.
    """

    def __init__(
        self,
        data: Path,
        name: str,
        *,
        durability: Durability = Durability.FULL,
        clock: Clock = time.time,
    ) -> None:
        """Name a layer.

        Args:
            data: The data folder; it need not exist.
            name: As ``render`` or ``night@1943``.
            durability: What a row must survive once it is recorded.
            clock: Tells the seconds of UNIX time, for the journal.

        Raises:
            InputError: The name is not one of a layer.
        """
        if not _IS_NAME(name):
            raise InputError(
                f"{name!r} is not the name of a layer",
                hint="Lower-case letters, digits, - and _; a snapshot follows @.",
            )
        self.name = name
        self.durability = durability
        self.folder = data / "layers" / name
        self.manifest_path = self.folder / MANIFEST
        self.journal_path = data / "journal" / f"{name}.jsonl"
        self.objects = Objects(self.folder / "objects", durability=durability)
        self._clock = clock
        self._state: LayerState | None = None
        self._seen: tuple[object, ...] = ()

    def row(self, x: int, y: int) -> Row | None:
        """Return what a quadrant holds."""
        return self._loaded.rows.get(Quadrant(x, y))

    def rows(self) -> list[Row]:
        """Return what every quadrant holds, sorted by y, then x."""
        return sorted(self._loaded.rows.values(), key=position)

    def __len__(self) -> int:
        return len(self._loaded.rows)

    def find(self, recipe: Digest) -> Row | None:
        """Return a row that was made by a recipe and whose object is there.

        It may be another quadrant's, or one that has left the layer since.
        """
        row = self._loaded.recipes.get(recipe)
        if row is not None and self.objects.has(row.sha256):
            return row
        row = self._loaded.memo.find(recipe)
        return row if row is not None and self._is_sound(row.sha256) else None

    def history(self) -> Iterator[Record]:
        """Yield everything that ever happened to the layer, oldest first."""
        return read_records(self.journal_path)

    @property
    def manifest(self) -> Manifest:
        """The manifest as it is on disk, without what the journal says since."""
        return self._loaded.manifest

    @property
    def notice(self) -> str:
        """What was passed over when reading; empty when nothing was."""
        return self._loaded.notice

    def refresh(self) -> None:
        """Look again at the files, if they have changed."""
        if self._state is not None and self._seen != self._signature():
            self._state = None

    @contextmanager
    def writing(self) -> Generator[LayerWriter]:
        """Be the one writer of the layer while the block runs.

        On leaving, whatever the reason, the manifest is brought up to date; when
        no row has changed, its bytes and its time stay as they are.

        Raises:
            LockedError: Another process is writing the layer.
            StorageError: The disk refused; what was recorded is in the journal.
            DataError: A file of the layer cannot be read.
        """
        with self.lock():
            self.refresh()
            with storage_errors(self.folder):
                make_folder(self.folder, self.durability)
            journal = JournalWriter(
                self.journal_path, self._loaded.end, self.durability, self._clock
            )
            writer = LayerWriter(self._loaded, self.manifest_path, self.objects, journal)
            try:
                yield writer
            finally:
                self._state = None  # unless all that follows goes well
                with journal:
                    writer.compact()
                self._state = writer.state
                self._seen = self._signature()

    def lock(self) -> AbstractContextManager[None]:
        """Return a context that keeps every other writer of the layer out.

        Raises:
            LockedError: Another process is writing the layer.
        """
        return writer_lock(self.journal_path.with_suffix(".lock"), f"layer {self.name!r}")

    def _is_sound(self, digest: Digest) -> bool:
        """Tell whether an object that no verification looks at can be used again."""
        try:
            self.objects.get(digest)
        except DataError:
            return False
        return True

    @property
    def _loaded(self) -> LayerState:
        if self._state is None:
            self._seen = self._signature()
            self._state = load_state(self.manifest_path, self.journal_path, self.objects)
        return self._state

    def _signature(self) -> tuple[object, ...]:
        return tuple(_stamp(path) for path in (self.manifest_path, self.journal_path))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
