"""Work on this machine: in this process, or in worker processes that may die.

A bare process pool fails every pending job when one worker dies; here the pool is
started again and only the jobs that were in flight are tried once more.
"""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from isogen.errors import IsogenError

J = TypeVar("J")
R = TypeVar("R")

IN_FLIGHT_PER_WORKER = 2
"""Jobs handed out ahead, so that no worker waits and few are lost in a crash."""

_TRIES = 2
_PARENT_POLL_S = 1.0

_failures: list[Exception] = []
"""What ``start`` raised in this worker process: one that raised it at once would only
count as dead, so its first job raises it."""


@dataclass(frozen=True)
class Done(Generic[J, R]):
    """A job and what came of it."""

    job: J
    result: R


class WorkerDiedError(IsogenError):
    """A worker process died on the same job twice."""


def worker_count(jobs: int, items: int, items_per_worker: int) -> int:
    """Say how many workers are worth starting.

    Args:
        jobs: Most workers wanted; 0 means one per core.
        items: Pieces of work.
        items_per_worker: Pieces below which another worker costs more than it saves.

    Returns:
        At least 1; with 1 the work runs in this process.
    """
    most = jobs or os.cpu_count() or 1
    return max(1, min(most, -(-items // items_per_worker)))


def run_each(
    function: Callable[[J], R],
    jobs: Iterable[J],
    *,
    workers: int,
    start: Callable[..., None],
    start_args: tuple[Any, ...] = (),
) -> Iterator[Done[J, R]]:
    """Run a function over jobs and yield results as they come, in any order.

    Args:
        function: Importable by name; given one job.
        jobs: Picklable values; taken as workers become free.
        workers: Processes to use; with 1 everything runs here, in order.
        start: Importable by name; prepares a process before its first job.
        start_args: Picklable arguments of ``start``.

    Raises:
        WorkerDiedError: A job killed its worker twice.
        Exception: Whatever ``start`` or ``function`` raised; what is in flight is dropped.
    """
    if workers == 1:
        start(*start_args)
        for job in jobs:
            yield Done(job, function(job))
        return
    pool = _Pool(workers, start, start_args)
    try:
        yield from pool.run(function, iter(jobs))
    finally:
        pool.close()


class _Pool:
    def __init__(
        self, workers: int, start: Callable[..., None], start_args: tuple[Any, ...]
    ) -> None:
        self._workers = workers
        self._start, self._start_args = start, start_args
        self._executor = self._open()

    def _open(self) -> Executor:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if context.get_start_method() == "forkserver":
            multiprocessing.set_forkserver_preload([self._start.__module__])
        return ProcessPoolExecutor(
            self._workers,
            mp_context=context,
            initializer=_start_worker,
            initargs=(os.getpid(), self._start, self._start_args),
        )

    def close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def run(self, function: Callable[[J], R], jobs: Iterator[J]) -> Iterator[Done[J, R]]:
        room = self._workers * IN_FLIGHT_PER_WORKER
        pending: dict[Future[R], tuple[J, int]] = {}
        while True:
            for job in islice(jobs, room - len(pending)):
                pending[self._submit(function, job)] = (job, 1)
            if not pending:
                return
            finished, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in finished:
                if isinstance(future.exception(), BrokenProcessPool):
                    pending = self._restart(function, pending)
                    break
                job, _ = pending.pop(future)
                yield Done(job, future.result())

    def _submit(self, function: Callable[[J], R], job: J) -> Future[R]:
        try:
            return self._executor.submit(_work, function, job)
        except BrokenProcessPool as error:
            broken: Future[R] = Future()
            broken.set_exception(error)
            return broken

    def _restart(
        self, function: Callable[[J], R], pending: dict[Future[R], tuple[J, int]]
    ) -> dict[Future[R], tuple[J, int]]:
        """Open a new pool and hand out again what was in flight."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        if any(tries >= _TRIES for _, tries in pending.values()):
            job = next(job for job, tries in pending.values() if tries >= _TRIES)
            raise WorkerDiedError(
                f"a worker process died twice while working on {job}",
                hint="It may have run out of memory: try again with fewer --jobs.",
            )
        self._executor = self._open()
        return {self._submit(function, job): (job, tries + 1) for job, tries in pending.values()}


def _start_worker(parent: int, start: Callable[..., None], start_args: tuple[Any, ...]) -> None:
    threading.Thread(target=_follow_parent, args=(parent,), daemon=True).start()
    try:
        start(*start_args)
    except Exception as error:  # noqa: BLE001
        _failures.append(error)


def _work(function: Callable[[J], R], job: J) -> R:
    if _failures:
        raise _failures[0]
    return function(job)


def _follow_parent(parent: int) -> None:
    """End this process soon after its driver is gone, however the driver ended."""
    while _is_alive(parent):
        time.sleep(_PARENT_POLL_S)
    os._exit(1)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
