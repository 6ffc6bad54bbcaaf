"""The queue in front of an engine: one thread, jobs of a kind together."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PIL import Image

from inference.engine import EditJob, Engine
from inference.settings import Settings

Clock = Callable[[], float]


@dataclass(frozen=True)
class Ran:
    """What the engine made of a job."""

    image: Image.Image
    queued_s: float
    run_s: float
    batch: int
    """Jobs that were worked on together."""


@dataclass(eq=False)
class _Waiting:
    job: EditJob
    done: asyncio.Future[Ran]
    on_start: Callable[[], None]
    since: float


class Batcher:
    """Gives jobs to an engine, one batch after the other, in a thread of its own."""

    def __init__(self, engine: Engine, settings: Settings, clock: Clock) -> None:
        self.mean_s = 0.0
        """Seconds that recent batches took."""

        self._engine = engine
        self._settings = settings
        self._clock = clock
        self._waiting: deque[_Waiting] = deque()
        self._wake = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="engine")

    async def load(self) -> None:
        """Load the engine, in its thread."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._engine.load)

    async def submit(self, job: EditJob, on_start: Callable[[], None]) -> Ran:
        """Return what the engine makes of a job; cancelled while it waits, it never runs.

        Raises:
            Exception: Whatever the engine raised about this job.
        """
        done: asyncio.Future[Ran] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(job, done, on_start, self._clock()))
        self._wake.set()
        return await done

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await self._wake.wait()
            if 0 < len(self._waiting) < self._settings.max_batch:
                await asyncio.sleep(self._settings.batch_wait_s)
            batch = self._take()
            if batch:
                await self._work(batch)
            else:
                self._wake.clear()

    def close(self) -> None:
        """Start nothing more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _take(self) -> list[_Waiting]:
        """Take the oldest job and those that may join it off the queue."""
        alive = [waiting for waiting in self._waiting if not waiting.done.done()]
        alike = [w for w in alive if w.job.batch_key == alive[0].job.batch_key]
        batch = alike[: self._settings.max_batch]
        self._waiting = deque(w for w in alive if w not in batch)
        return batch

    async def _work(self, batch: Sequence[_Waiting]) -> None:
        started = self._clock()
        for waiting in batch:
            waiting.on_start()
        jobs = [waiting.job for waiting in batch]
        loop = asyncio.get_running_loop()
        made = await loop.run_in_executor(self._thread, _edited, self._engine, jobs)
        run_s = self._clock() - started
        self.mean_s = run_s if self.mean_s == 0 else 0.7 * self.mean_s + 0.3 * run_s
        for waiting, image in zip(batch, made, strict=True):
            if waiting.done.done():
                continue
            if isinstance(image, Exception):
                waiting.done.set_exception(image)
            else:
                queued_s = started - waiting.since
                waiting.done.set_result(Ran(image, queued_s, run_s, len(batch)))


def _edited(engine: Engine, jobs: Sequence[EditJob]) -> list[Image.Image | Exception]:
    """Return each job's picture, or why there is none: a bad job does not sink its batch."""
    try:
        made: list[Image.Image | Exception] = [*engine.edit(jobs)]
        if len(made) != len(jobs):
            raise RuntimeError(f"{len(made)} pictures were made of {len(jobs)}")  # noqa: TRY301
    except Exception as error:  # noqa: BLE001  recorded with its own job, the others go on
        if len(jobs) == 1:
            return [error]
        return [image for job in jobs for image in _edited(engine, [job])]
    return made
