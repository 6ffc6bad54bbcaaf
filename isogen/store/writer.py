"""The one writer of a layer: every change is in the journal before it counts."""

from collections.abc import Iterable
from pathlib import Path

from isogen.errors import ObjectMissingError
from isogen.store.events import NOTHING, Base, Dropped, Event, Failed, Made, Measures
from isogen.store.journal import JournalWriter, Memo
from isogen.store.manifest import write_manifest
from isogen.store.objects import Objects
from isogen.store.row import Quadrant, Row, checked, position
from isogen.store.state import LayerState


class LayerWriter:
    """Changes what a layer holds; made by ``LayerStore.writing``, for one thread."""

    def __init__(
        self, state: LayerState, manifest_path: Path, objects: Objects, journal: JournalWriter
    ) -> None:
        self.state = state
        self._manifest_path = manifest_path
        self._objects = objects
        self._journal = journal

    def record(
        self,
        row: Row,
        *,
        seconds: float,
        attempts: int = 1,
        cost_usd: float | None = None,
        measures: Measures = NOTHING,
    ) -> None:
        """Record what a quadrant holds from now on; its object must be there.

        Raises:
            ObjectMissingError: It is not.
            DataError: A value of the row cannot be.
            StorageError: The disk refused; the layer is what it was.
        """
        row = checked(row)
        if not self._objects.has(row.sha256):
            raise ObjectMissingError(
                f"row ({row.x}, {row.y}) names the object {row.sha256}, which is not there",
                hint="Put the object before its row is recorded.",
            )
        self._append(Made(row, seconds, attempts, cost_usd, measures))
        self.state.rows[row.quadrant] = row
        self.state.recipes[row.recipe] = row

    def fail(
        self,
        quadrant: Quadrant,
        error: str,
        *,
        seconds: float = 0.0,
        attempts: int = 1,
        measures: Measures = NOTHING,
    ) -> None:
        """Record that a quadrant could not be made; what it holds stays.

        Raises:
            StorageError: The disk refused.
        """
        self._append(Failed(quadrant, error, seconds, attempts, measures))

    def drop(self, quadrants: Iterable[tuple[int, int]]) -> None:
        """Let quadrants leave the layer; their objects stay.

        Raises:
            StorageError: The disk refused; the layer is what it was.
        """
        held = [Quadrant(*quadrant) for quadrant in quadrants if quadrant in self.state.rows]
        if held:
            self._append(Dropped(tuple(held)))
            for quadrant in held:
                del self.state.rows[quadrant]
            self.state.__dict__.pop("recipes", None)

    def compact(self) -> None:
        """Bring the manifest up to date, if any row has changed.

        Raises:
            StorageError: The disk refused; what was recorded is in the journal.
        """
        state = self.state
        ordered = tuple(sorted(state.rows.values(), key=position))
        if ordered != state.manifest.rows:
            state.manifest = write_manifest(self._manifest_path, ordered, self._objects.durability)
            self._begin()
        elif state.is_live and state.pending:
            self._begin()

    def _append(self, event: Event) -> None:
        if not self.state.is_live:
            self._begin()
        self._journal.append(event)
        self.state.pending, self.state.end = True, self._journal.end

    def _begin(self) -> None:
        """Say that what follows is written upon the manifest that is there."""
        state = self.state
        base = Base(state.manifest.digest)
        self._journal.append(base)
        state.base, state.pending, state.end = base, False, self._journal.end
        state.memo = Memo(self._journal.path)
