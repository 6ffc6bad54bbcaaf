"""What a person sees: progress, notes and tables on stderr, data on stdout."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

Clock = Callable[[], float]
"""Tells seconds that only ever grow."""

_LOG_EVERY_S = 60.0


class _RateColumn(ProgressColumn):
    """Steps per second, once they are known."""

    def render(self, task: Task) -> Text:
        """Return the rate of a task."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "-/s", style="progress.data.speed")


class ConsoleReporter:
    """Shows progress with rate and time left; notes always.

    On a terminal it is a bar. Elsewhere, as in a log, it is a line now and then: a run of
    hours that is paid for by the call should not be silent, and a short one should.
    """

    def __init__(self, *, quiet: bool, clock: Clock = time.monotonic) -> None:
        self._quiet = quiet
        self._console = Console(stderr=True)
        self._task: TaskID | None = None
        self._clock = clock
        self._told_at = 0.0
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _RateColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[state]}"),
            get_time=clock,
            console=self._console,
            disable=quiet or not self._console.is_terminal,
        )

    def __enter__(self) -> Self:
        """Start drawing."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop drawing."""
        self._progress.stop()

    def begin(self, what: str, total: int) -> None:
        """Show a new bar."""
        self._task = self._progress.add_task(what, total=total, state="")
        self._told_at = self._clock()

    def advance(self, steps: int = 1) -> None:
        """Move the bar."""
        if self._task is not None:
            self._progress.advance(self._task, steps)
            self._log()

    def tell(self, state: str) -> None:
        """Show some words behind the bar."""
        if self._task is not None:
            self._progress.update(self._task, state=state)

    def end(self) -> None:
        """Leave the bar as it is."""
        self._task = None

    def note(self, text: str) -> None:
        """Print a line on stderr."""
        if not self._quiet:
            self._console.print(text, highlight=False, markup=False)

    def _log(self) -> None:
        """Print how far the task is, unless there is a bar or it was printed lately."""
        now = self._clock()
        if self._console.is_terminal or now - self._told_at < _LOG_EVERY_S:
            return
        self._told_at = now
        task = next(task for task in self._progress.tasks if task.id == self._task)
        parts = [f"{task.completed:.0f} of {task.total:.0f}"]
        if task.speed:
            left = timedelta(seconds=round(task.remaining / task.speed)) if task.remaining else 0
            parts += [f"{task.speed:.1f}/s", f"{left} left"]
        parts += [task.fields["state"]] if task.fields["state"] else []
        self.note(f"{task.description}: {', '.join(parts)}")


def print_json(value: Any) -> None:  # noqa: ANN401  any JSON value
    """Print one document on stdout."""
    sys.stdout.write(json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def print_line(text: str) -> None:
    """Print a line of data on stdout."""
    sys.stdout.write(text + "\n")


def print_columns(rows: Sequence[Sequence[str]]) -> None:
    """Print rows of cells on stdout, each column as wide as its widest cell."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print_line("  ".join(cells).rstrip())
