"""Calls a service until it answers: which failures pass, how long to wait, when to give up.

A call has one deadline with all its attempts. A service that says when to come back is
obeyed; else waits grow and are spread at random, so that many callers do not come back at
once. A paid call whose answer did not come in time is tried again at most once: it may have
been done, and its caller chose the seed, so that asking again gives the same picture.
"""

import email.utils
import json
import math
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from isogen.errors import ModelUnavailableError

T = TypeVar("T")

PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 507, 508, 509, 529})
"""Statuses after which the same request may succeed; 520 to 527 are those of proxies."""

_PROXY = range(520, 528)
_RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo"
_MOST_WAIT_S = 86_400.0
_LEAST_S = 0.001
"""For an attempt that a slow wake-up left without time."""

_RANDOM = secrets.SystemRandom()


class TryAgainError(Exception):
    """An attempt failed in a way that may pass; never leaves this package."""

    def __init__(
        self,
        reason: str,
        *,
        retry_after_s: float | None = None,
        is_read_timeout: bool = False,
        is_starting: bool = False,
        hint: str = "",
    ) -> None:
        """Say why.

        Args:
            reason: What happened, keys masked.
            retry_after_s: Seconds after which the service wants to be asked again.
            is_read_timeout: Whether the request was sent and no answer came in time.
            is_starting: Whether the service is not up yet and says when to come back: no
                failure, so that only the deadline ends the waiting.
            hint: What to do about it when it does not pass.
        """
        super().__init__(reason)
        self.retry_after_s = retry_after_s
        self.is_read_timeout = is_read_timeout
        self.is_starting = is_starting
        self.hint = hint


@dataclass(frozen=True)
class Policy:
    """How often and how long a call is tried."""

    attempts: int = 5
    """Most that may fail; at least 1. Waiting for a service that starts is no failure."""

    deadline_s: float = 900.0
    """Of the call with all its attempts and waits."""

    first_wait_s: float = 1.0
    """Longest wait after the first attempt; it doubles with each."""

    most_wait_s: float = 60.0
    read_timeouts: int = 1
    """Times that an attempt whose answer did not come in time is tried again."""


@dataclass(frozen=True)
class Attempt:
    """One try of a call."""

    number: int
    """From 1."""

    left_s: float
    """Seconds to the deadline: what the attempt may take; above 0."""


def call(
    attempt: Callable[[Attempt], T],
    policy: Policy,
    *,
    name: str,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    jitter: Callable[[], float] = _RANDOM.random,
) -> tuple[T, int]:
    """Try until an attempt succeeds.

    Args:
        attempt: Makes one request; raises ``TryAgainError`` for what may pass, and
            anything else for what will not.
        policy: How often and how long.
        name: What messages call the model.
        clock: Seconds of a clock that only goes forward.
        sleep: Waits a number of seconds.
        jitter: Returns numbers from 0 to 1, evenly spread.

    Returns:
        What the attempt returned, and the number of attempts.

    Raises:
        ModelUnavailableError: No attempt succeeded by the deadline.
    """
    start = clock()
    timeouts = failures = number = 0
    while True:
        number += 1
        left_s = policy.deadline_s - (clock() - start)
        try:
            return attempt(Attempt(number, max(left_s, _LEAST_S))), number
        except TryAgainError as error:
            timeouts += error.is_read_timeout
            failures += not error.is_starting
            wait_s = _wait_s(error.retry_after_s, policy, failures, jitter())
            passed_s = clock() - start
            left_s = policy.deadline_s - passed_s
            why = _why_not_again(policy, failures, timeouts, wait_s, left_s)
            if why:
                raise _unavailable(name, error, why, number, passed_s) from error
        sleep(wait_s)


def is_passing(status: int) -> bool:
    """Tell whether the same request may succeed later."""
    return status in PASSING or status in _PROXY


def retry_after_s(headers: Mapping[str, str], body: bytes, *, now_s: float) -> float | None:
    """Return after how many seconds a service wants to be asked again.

    Args:
        headers: Of its answer; names in lower case, or a mapping that does not care.
        body: Of its answer: Google's services say it there.
        now_s: Seconds since 1970, for a service that says a date.

    Returns:
        Seconds, 0 or more; None when it does not say, or says nonsense.
    """
    said = headers.get("retry-after")
    if said is None:
        return _retry_info_s(body)
    seconds = _seconds(said)
    if seconds is not None:
        return seconds
    try:
        date = email.utils.parsedate_to_datetime(said)
        return min(max(date.timestamp() - now_s, 0.0), _MOST_WAIT_S)
    except (ValueError, OverflowError, OSError):
        return None


def _wait_s(asked_s: float | None, policy: Policy, failures: int, chance: float) -> float:
    if asked_s is not None:
        return asked_s + chance * min(policy.first_wait_s, policy.most_wait_s)
    doubled_s = math.ldexp(policy.first_wait_s, min(failures - 1, 30))
    return chance * min(doubled_s, policy.most_wait_s)


def _why_not_again(
    policy: Policy, failures: int, timeouts: int, wait_s: float, left_s: float
) -> str:
    if failures >= policy.attempts:
        return "no attempt is left"
    if timeouts > policy.read_timeouts:
        return "it may have been paid for already"
    if left_s <= 0:
        return "the deadline is over"
    if wait_s >= left_s:
        return f"waiting {wait_s:.0f} s would pass the deadline"
    return ""


def _unavailable(
    name: str, error: TryAgainError, why: str, number: int, passed_s: float
) -> ModelUnavailableError:
    tries = "1 attempt" if number == 1 else f"{number} attempts"
    return ModelUnavailableError(
        f"model {name} did not answer after {tries} in {passed_s:.0f} s: {error} ({why})",
        hint=error.hint or "Run the same command again later: what was answered is kept.",
    )


def _retry_info_s(body: bytes) -> float | None:
    """Return what google.rpc.RetryInfo says in a body."""
    if b"RetryInfo" not in body:
        return None
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    for detail in _details(told):
        if detail.get("@type") == _RETRY_INFO:
            return _seconds(str(detail.get("retryDelay", "")).removesuffix("s"))
    return None


def _details(told: object) -> list[dict[str, object]]:
    for name in ("error", "details"):
        if isinstance(told, list) and told:  # streams answer with a list of one
            told = cast("list[object]", told)[0]
        told = cast("dict[str, object]", told).get(name) if isinstance(told, dict) else None
    found = cast("list[object]", told) if isinstance(told, list) else []
    return [cast("dict[str, object]", d) for d in found if isinstance(d, dict)]


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return min(seconds, _MOST_WAIT_S) if math.isfinite(seconds) and seconds >= 0 else None
