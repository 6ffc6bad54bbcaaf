"""Work that waits for work: the nodes of a graph run in threads, each as soon as it may.

The driver's own thread prepares jobs and hears of outcomes; only the jobs run in other
threads. Those are daemons: a process that must end does not wait for a slow service.
"""

import signal
import threading
from collections.abc import Callable, Generator, Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from heapq import heappop, heappush
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Any, Generic, TypeVar

from isogen.errors import IsogenError

T = TypeVar("T")
J = TypeVar("J")
R = TypeVar("R")

_WAIT_S = 0.2


@dataclass(frozen=True, slots=True)
class Node(Generic[T]):
    """A piece of work, and what must be done before it."""

    key: Hashable
    task: T
    """What it is about, for ``prepare`` and for whoever hears of its outcome."""

    after: tuple[Hashable, ...] = ()
    """Keys of nodes, all standing before this one, that must be done before it starts."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T, R]):
    """A node's job was run."""

    node: Node[T]
    result: R


@dataclass(frozen=True, slots=True)
class Failed(Generic[T]):
    """A node's job could not be prepared or run."""

    node: Node[T]
    error: IsogenError


@dataclass(frozen=True, slots=True)
class Blocked(Generic[T]):
    """A node will not be run, because one that it waits for, near or far, failed."""

    node: Node[T]
    because: Node[T]
    """The node that failed."""


Outcome = Done[T, R] | Failed[T] | Blocked[T]


def run_graph(
    nodes: Sequence[Node[T]],
    prepare: Callable[[Node[T]], J],
    function: Callable[[J], R],
    *,
    at_once: int,
    may_start: Callable[[], bool] = lambda: True,
    on_interrupt: Callable[[int], None] = lambda _: None,
) -> Generator[Outcome[T, R]]:
    """Run the nodes of a graph and yield what came of each, as it comes.

    A node starts only when the caller has come back for more after the outcomes of all
    that it waits for, so that whatever the caller recorded of them can be read. Of the
    nodes that may start, the one that stands first starts first. A node that fails blocks
    those that wait for it, near or far, and no others.

    The first Ctrl-C lets nothing new start: what is in flight is yielded, then
    KeyboardInterrupt is raised. The second one raises it at once, wherever the caller is.
    To be called from the main thread; from others it cannot hear of Ctrl-C.

    Args:
        nodes: The graph; keys differ.
        prepare: Makes the job of a node just before it starts, in the caller's thread.
        function: Runs a job, in another thread.
        at_once: Most jobs in flight; results that are not yet yielded count as such.
        may_start: Asked before each start; when it says no and nothing is in flight any
            more, the run ends, without an outcome for the nodes that are left.
        on_interrupt: Told at the first Ctrl-C how many jobs are in flight.

    Raises:
        ValueError: A node waits for one that does not stand before it, or keys are equal.
        KeyboardInterrupt: Somebody pressed Ctrl-C.
        Exception: What ``prepare`` or ``function`` raised that is no IsogenError, after
            what was in flight has been yielded.
    """
    waiting = _Waiting(nodes)
    crew: _Crew[J, R] = _Crew(function, at_once)
    run = _Run(nodes, prepare, waiting, crew)
    with _interrupts_held(crew.wake) as interrupted:
        try:
            while True:
                yield from run.start(lambda: not interrupted.is_set() and may_start())
                if not crew.in_flight:
                    break
                finished = crew.next_finished()
                if finished is None:
                    on_interrupt(crew.in_flight)
                else:
                    yield from run.outcomes(finished)
        finally:
            crew.dismiss()
    if run.bug is not None:
        raise run.bug
    if interrupted.is_set():
        raise KeyboardInterrupt


@dataclass(frozen=True, slots=True)
class _Finished(Generic[R]):
    """What a thread made of the job of the node at a place."""

    place: int
    results: tuple[R, ...]
    """One, or none after an error."""

    error: BaseException | None


class _Run(Generic[T, J, R]):
    """One pass over a graph."""

    def __init__(
        self,
        nodes: Sequence[Node[T]],
        prepare: Callable[[Node[T]], J],
        waiting: "_Waiting",
        crew: "_Crew[J, R]",
    ) -> None:
        self.bug: BaseException | None = None
        """The first error that is not isogen's: nothing starts after it."""

        self._nodes, self._prepare = nodes, prepare
        self._waiting, self._crew = waiting, crew

    def start(self, may_start: Callable[[], bool]) -> Iterator[Outcome[T, R]]:
        """Start what may start; yield the nodes that cannot, and what they block."""
        ready, crew = self._waiting.ready, self._crew
        while ready and crew.has_room and self.bug is None and may_start():
            place = heappop(ready)
            try:
                job = self._prepare(self._nodes[place])
            except Exception as error:  # noqa: BLE001  a failure is recorded, others go on
                finished: _Finished[R] = _Finished(place, (), error)
                yield from self.outcomes(finished)
            else:
                crew.start(place, job)

    def outcomes(self, finished: _Finished[R]) -> Iterator[Outcome[T, R]]:
        """Yield what came of a node; then let go, or block, those that wait for it."""
        node = self._nodes[finished.place]
        for result in finished.results:
            yield Done(node, result)
            self._waiting.release(finished.place)
        if isinstance(finished.error, IsogenError):
            yield Failed(node, finished.error)
            for place in self._waiting.block(finished.place):
                yield Blocked(self._nodes[place], node)
        else:
            self.bug = self.bug or finished.error


class _Waiting:
    """Which nodes may start, by their places in the graph."""

    def __init__(self, nodes: Sequence[Node[Any]]) -> None:
        places: dict[Hashable, int] = {}
        self._behind: list[list[int]] = [[] for _ in nodes]
        self._missing: list[int] = []
        self._blocked: set[int] = set()
        for place, node in enumerate(nodes):
            before = set(node.after)
            for key in before:
                if key not in places:
                    raise ValueError(f"node {node.key} waits for {key}, which is not before it")
                self._behind[places[key]].append(place)
            if node.key in places:
                raise ValueError(f"two nodes have the key {node.key}")
            places[node.key] = place
            self._missing.append(len(before))
        self.ready = [place for place, missing in enumerate(self._missing) if not missing]
        """A heap."""

    def release(self, place: int) -> None:
        """Let go those that waited for nothing else any more."""
        for behind in self._behind[place]:
            self._missing[behind] -= 1
            if not self._missing[behind]:
                heappush(self.ready, behind)

    def block(self, place: int) -> list[int]:
        """Return those that wait for this one, near or far, unless they were blocked before."""
        found: set[int] = set()
        unseen = [place]
        while unseen:
            new = set(self._behind[unseen.pop()]) - found - self._blocked
            found |= new
            unseen += new
        self._blocked |= found
        return sorted(found)


class _Crew(Generic[J, R]):
    """Threads that run jobs; started when they are needed and never waited for."""

    def __init__(self, function: Callable[[J], R], at_once: int) -> None:
        self.in_flight = 0
        self._function, self._at_once = function, at_once
        self._threads = 0
        self._jobs: SimpleQueue[tuple[int, J] | None] = SimpleQueue()
        self._finished: SimpleQueue[_Finished[R] | None] = SimpleQueue()

    @property
    def has_room(self) -> bool:
        """Whether another job may start."""
        return self.in_flight < self._at_once

    def start(self, place: int, job: J) -> None:
        """Hand a job to a thread."""
        self.in_flight += 1
        if self.in_flight > self._threads:
            self._threads += 1
            threading.Thread(target=self._work, name="job", daemon=True).start()
        self._jobs.put((place, job))

    def next_finished(self) -> _Finished[R] | None:
        """Wait for a job; None when somebody called ``wake``."""
        while True:
            # A signal that comes just before a wait begins does not end it: Python looks for
            # signals when the wait is over, so no wait is long.
            with suppress(Empty):
                finished = self._finished.get(timeout=_WAIT_S)
                if finished is not None:
                    self.in_flight -= 1
                return finished

    def wake(self) -> None:
        """Let ``next_finished`` return; may be called by a signal's handler."""
        self._finished.put(None)

    def dismiss(self) -> None:
        """Let threads end once they have done what they are at."""
        for _ in range(self._threads):
            self._jobs.put(None)

    def _work(self) -> None:
        while (handed := self._jobs.get()) is not None:
            place, job = handed
            try:
                self._finished.put(_Finished(place, (self._function(job),), None))
            except BaseException as error:  # noqa: BLE001  the driver's thread decides
                self._finished.put(_Finished(place, (), error))
            del handed, job  # a thread that waits keeps no pictures


@contextmanager
def _interrupts_held(wake: Callable[[], None]) -> Generator[threading.Event]:
    """Turn the first Ctrl-C into an event and a call; the second one interrupts as ever.

    Elsewhere than in the main thread, or where Ctrl-C is ignored, nothing changes.
    """
    held = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not callable(before):
        yield held
        return

    def hold(number: int, frame: FrameType | None) -> None:
        if held.is_set():
            signal.default_int_handler(number, frame)
        held.set()
        wake()

    signal.signal(signal.SIGINT, hold)
    try:
        yield held
    finally:
        signal.signal(signal.SIGINT, before)
