"""Calls through Oxen's queue: put in, looked after, taken back when nobody waits any more."""

import contextlib
import threading
import time
from typing import Final
from urllib.parse import quote

from isogen.errors import IsogenError, ModelAnswerError, ModelRefusedError, ModelUnavailableError
from isogen.models.calling import Attempt, Policy, TryAgainError, call
from isogen.models.exchange import Message
from isogen.models.oxen_http import OxenHttp
from isogen.models.oxen_wire import (
    QueueState,
    api_url,
    charged_usd,
    is_final,
    queue_state,
    queued_id,
)

_MOST_WAIT_S: Final = 10.0
_SLOWER: Final = 1.25
_SHORT_S: Final = 10.0
"""For requests that paint nothing."""

_PATIENT: Final = 10_000
_ENDS: Final = frozenset({"succeeded", "failed", "cancelled"})


class OxenQueue:
    """The queue of one model, for all its threads."""

    def __init__(self, http: OxenHttp, endpoint: str, name: str, *, look_s: float) -> None:
        """Put nothing in yet.

        Args:
            http: Makes the requests.
            endpoint: Address of edits.
            name: What messages call the model.
            look_s: Seconds to the first look at a call; later ones are further apart.
        """
        self._http = http
        self._endpoint = endpoint
        self._name = name
        self._look_s = look_s
        self._closed = threading.Event()
        self._pending: set[str] = set()
        """Calls that somebody waits for; adding and taking are atomic."""

    def close(self) -> None:
        """Take all calls back and wake who waits for them."""
        self._closed.set()
        for made in tuple(self._pending):
            self._take_back(made)

    def result_url(self, body: bytes, attempt: Attempt) -> tuple[str, float | None]:
        """Put a call in, wait for it, and return its picture's address and what it cost.

        Args:
            body: The call.
            attempt: Says how long it may take.

        Raises:
            TryAgainError: It failed in a way that may pass.
            ModelUnavailableError: It was not done in time, and taken back.
            ModelRefusedError: It failed for good, and this is the reason.
        """
        end = time.monotonic() + attempt.left_s
        made = queued_id(self._asked("POST", attempt, "ai/queue", body))
        self._pending.add(made)
        try:
            state = self._waited(made, end)
        except BaseException:
            self._take_back(made)
            raise
        self._pending.discard(made)
        if state.status == "succeeded" and state.result_url:
            return state.result_url, self._charge(made)
        raise self._failure(state)

    def _waited(self, made: str, end: float) -> QueueState:
        wait_s = self._look_s
        while True:
            left_s = end - time.monotonic()
            if left_s <= 0:
                raise ModelUnavailableError(
                    f"model {self._name}: the queue was not done in time; the call was taken back",
                    hint=f"Give it longer: models.{self._name}.deadline_s.",
                )
            if self._closed.wait(min(wait_s, left_s)):
                raise ModelUnavailableError(
                    f"model {self._name}: interrupted; the call was taken back out of the queue"
                )
            left_s = end - time.monotonic()
            if left_s <= 0:
                continue
            state = self._looked(made, left_s)
            if state.status in _ENDS:
                return state
            wait_s = min(wait_s * _SLOWER, _MOST_WAIT_S)

    def _looked(self, made: str, left_s: float) -> QueueState:
        """Look once; what fails on the way is tried again, for the call goes on meanwhile."""
        patient = Policy(
            attempts=_PATIENT,
            deadline_s=left_s,
            first_wait_s=self._look_s,
            most_wait_s=_MOST_WAIT_S,
            read_timeouts=_PATIENT,
        )

        def look(attempt: Attempt) -> bytes:
            short = Attempt(attempt.number, min(attempt.left_s, _SHORT_S))
            return self._asked("GET", short, f"ai/queue/{quote(made, safe='')}")

        body, _ = call(look, patient, name=self._name, sleep=self._sleep)
        return queue_state(body)

    def _charge(self, made: str) -> float | None:
        with contextlib.suppress(TryAgainError, IsogenError):
            path = f"ai/generations/{quote(made, safe='')}"
            return charged_usd(self._asked("GET", Attempt(1, _SHORT_S), path))
        return None

    def _take_back(self, made: str) -> None:
        """Cancel a call, once, whoever gives up on it first."""
        try:
            self._pending.remove(made)
        except KeyError:
            return
        with contextlib.suppress(TryAgainError, IsogenError):
            self._asked("DELETE", Attempt(1, _SHORT_S), f"ai/queue/{quote(made, safe='')}")

    def _failure(self, state: QueueState) -> Exception:
        reason = self._http.told(state.reason) or "no reason given"
        if state.status == "failed" and not is_final(state.reason):
            return TryAgainError(f"the queue says failed: {reason}")
        if state.status == "succeeded":
            return ModelAnswerError(
                f"model {self._name}: the queue says succeeded, without a picture"
            )
        return ModelRefusedError(f"model {self._name}: the queue says {state.status}: {reason}")

    def _asked(self, method: str, attempt: Attempt, path: str, body: bytes | None = None) -> bytes:
        return self._http.ask(Message(method, api_url(self._endpoint, path), content=body), attempt)

    def _sleep(self, seconds: float) -> None:
        self._closed.wait(seconds)
