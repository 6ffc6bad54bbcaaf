"""Where calls come in: an equal call is never run twice, one that nobody waits for never runs."""

import asyncio
import hashlib
import math
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import orjson

from inference.batches import Batcher, Clock
from inference.engine import EditJob, Engine
from inference.faults import ApiError
from inference.pictures import read_picture, write_picture
from inference.records import Made
from inference.settings import Settings
from isogen.models.wire import MOST_SEED, EditCall

Share = Literal["ran", "joined", "remembered"]
"""How a call came to its picture: by its own run, by one in flight, by one that was over."""

Note = Callable[[Made], None]

MOST_CLIENT_KEYS = 4096
LONGEST_WAIT_S = 60


@dataclass(frozen=True)
class Edited:
    """A picture, and what it took."""

    png: bytes
    queued_s: float
    run_s: float
    batch: int


@dataclass(eq=False)
class Work:
    """The one run of a call, which any number of callers wait for."""

    key: str
    """Digest of everything that decides the picture."""

    seed: int
    task: asyncio.Task[Edited]
    started: asyncio.Event
    """Set when the engine begins with it."""

    callers: int = 0

    @property
    def is_queued(self) -> bool:
        """Whether the engine has not begun with it."""
        return not (self.started.is_set() or self.task.done())


class Desk:
    """Takes calls, gives them to the engine, and remembers what came of them."""

    def __init__(self, engine: Engine, settings: Settings, clock: Clock, note: Note) -> None:
        self.batcher = Batcher(engine, settings, clock)
        self.made = 0
        """Pictures that the engine made."""

        self._engine = engine
        self._note = note
        self._settings = settings
        self._works: OrderedDict[str, Work] = OrderedDict()
        self._client_keys: OrderedDict[str, tuple[str, int]] = OrderedDict()

    @property
    def queued(self) -> int:
        """Calls that wait for the engine."""
        return sum(work.is_queued for work in self._works.values())

    def take(self, call: EditCall, client_key: str | None) -> tuple[Work, Share]:
        """Return the work of a call, which is a new one only when no equal call is known.

        The caller must give it back with ``leave``. A call without a seed gets a random
        one, and the same again when it comes back under the same key of the client.

        Raises:
            ApiError: The queue is full, or the client's key belongs to another call.
        """
        seeded = self._seeded(call, client_key)
        key = _key(self._engine, seeded)
        work = self._works.get(key)
        share: Share = "ran"
        if work is None:
            self._admit()
            work = self._begin(key, seeded)
        else:
            share = "remembered" if work.task.done() else "joined"
            self._works.move_to_end(key)
        work.callers += 1
        return work, share

    def leave(self, work: Work) -> None:
        """Give a work back; one that is still queued and nobody else waits for is dropped."""
        work.callers -= 1
        if work.callers == 0 and work.is_queued:
            self._works.pop(work.key, None)
            work.task.cancel()

    def close(self) -> None:
        """Drop everything."""
        for work in self._works.values():
            work.task.cancel()
        self.batcher.close()

    def _seeded(self, call: EditCall, client_key: str | None) -> EditCall:
        if client_key is None:
            return call if call.seed is not None else _with_seed(call)
        asked = _key(self._engine, call)
        before = self._client_keys.get(client_key)
        if before is not None and before[0] != asked:
            raise ApiError(422, "idempotency_conflict", "this idempotency key had another call")
        seed = before[1] if before is not None else _with_seed(call).seed
        self._client_keys[client_key] = (asked, seed or 0)
        _forget(self._client_keys, MOST_CLIENT_KEYS)
        return replace(call, seed=seed)

    def _admit(self) -> None:
        queued = self.queued
        if queued >= self._settings.max_queue:
            batches = queued / self._settings.max_batch + 1
            wait_s = math.ceil(batches * self.batcher.mean_s) or 1
            raise ApiError(
                429, "queue_full", f"{queued} calls are waiting", min(wait_s, LONGEST_WAIT_S)
            )

    def _begin(self, key: str, call: EditCall) -> Work:
        started = asyncio.Event()
        task = asyncio.create_task(self._edit(call, started.set))
        work = Work(key, call.seed or 0, task, started)
        self._works[key] = work
        task.add_done_callback(lambda _: self._settle(work))
        return work

    async def _edit(self, call: EditCall, on_start: Callable[[], None]) -> Edited:
        image = await asyncio.to_thread(read_picture, call.image, self._settings)
        job = EditJob(
            image=image,
            prompt=call.prompt,
            negative_prompt=call.negative_prompt,
            true_cfg_scale=call.true_cfg_scale,
            steps=call.steps,
            guidance_scale=call.guidance_scale,
            seed=call.seed or 0,
            window=call.window,
        )
        ran = await self.batcher.submit(job, on_start)
        png = await asyncio.to_thread(write_picture, ran.image)
        return Edited(png, ran.queued_s, ran.run_s, ran.batch)

    def _settle(self, work: Work) -> None:
        """Remember what was made; forget what failed, so that it may be asked for again."""
        if work.task.cancelled() or work.task.exception() is not None:
            if self._works.get(work.key) is work:
                del self._works[work.key]
            return
        self.made += 1
        edited = work.task.result()
        self._note(Made(work.key, work.seed, edited.batch, edited.run_s))
        over = [w for w in self._works.values() if w.task.done()]
        sizes = [len(w.task.result().png) for w in over]
        count, total = len(over), sum(sizes)
        for old, size in zip(over, sizes, strict=True):
            if count <= self._settings.keep_results and total <= self._settings.keep_bytes:
                break
            del self._works[old.key]
            count, total = count - 1, total - size


def _with_seed(call: EditCall) -> EditCall:
    return call if call.seed is not None else replace(call, seed=secrets.randbelow(MOST_SEED + 1))


def _key(engine: Engine, call: EditCall) -> str:
    """Return the digest of everything that decides a picture."""
    told = [
        engine.name,
        engine.revision,
        hashlib.sha256(call.image).hexdigest(),
        [hashlib.sha256(image).hexdigest() for image in call.references],
        replace(call, image=b"", references=()),
    ]
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS, default=list)).hexdigest()


def _forget(keys: OrderedDict[str, tuple[str, int]], most: int) -> None:
    while len(keys) > most:
        keys.popitem(last=False)
