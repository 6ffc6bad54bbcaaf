"""What a layer holds now: its manifest and what the journal says since."""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from isogen.digest import Digest
from isogen.store.events import Base, replay
from isogen.store.journal import Memo, read_tail
from isogen.store.manifest import Manifest, read_manifest
from isogen.store.objects import Objects
from isogen.store.row import Quadrant, Row


@dataclass
class LayerState:
    """What was read from the files of a layer, and what a writer has changed since."""

    manifest: Manifest
    """As it is on disk."""

    base: Base | None
    """The manifest that the end of the journal was written upon."""

    pending: bool
    """Tells whether the journal says anything since."""

    end: int
    """Where the last whole record of the journal ends, in bytes."""

    memo: Memo
    rows: dict[Quadrant, Row]
    notice: str = ""
    """What was passed over when reading."""

    @cached_property
    def recipes(self) -> dict[Digest, Row]:
        """The rows by recipe."""
        return {row.recipe: row for row in self.rows.values()}

    @property
    def is_live(self) -> bool:
        """Tell whether the end of the journal was written upon the manifest that is there."""
        return self.base == Base(self.manifest.digest)


def load_state(manifest_path: Path, journal_path: Path, objects: Objects) -> LayerState:
    """Read what a layer holds.

    Raises:
        DataError: The manifest or the end of the journal cannot be read.
        SchemaVersionError: The manifest was written by a version that this one does not know.
    """
    with _collector_paused():
        # The journal first: a manifest that a writer puts in place after that is newer than the
        # tail, is seen not to be the one that the tail was written upon, and wins.
        tail = read_tail(journal_path)
        manifest = read_manifest(manifest_path)
        rows = {row.quadrant: row for row in manifest.rows}
        if tail.base == Base(manifest.digest):
            rows = replay(rows, tail.events, objects.has)
    memo = Memo(journal_path)
    return LayerState(
        manifest, tail.base, bool(tail.events), tail.end, memo, rows, notice=tail.notice
    )


@contextmanager
def _collector_paused() -> Generator[None]:
    """Keep the garbage collector from looking through all rows again and again as they come.

    It takes a third of the time of reading 64,000 rows, of which none is garbage.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
