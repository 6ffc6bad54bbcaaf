import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.errors import InputError, ModelRefusedError, ModelUnavailableError
from isogen.models.calling import Policy, TryAgainError, call, is_passing, retry_after_s
from isogen.models.failures import Service, masked, told

HTTP_DATE = "Tue, 24 Nov 2026 10:00:30 GMT"
HTTP_DATE_S = 1795514430.0


class Clock:
    """Time that passes only when somebody sleeps or works."""

    def __init__(self):
        self.now_s = 0.0
        self.slept = []

    def __call__(self):
        return self.now_s

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now_s += seconds


def tried(attempt, policy, clock, chance=0.5):
    return call(attempt, policy, name="m", clock=clock, sleep=clock.sleep, jitter=lambda: chance)


def failing(clock, failures, took_s=0.0):
    """An attempt that raises some errors, one after the other, and then answers."""
    left = list(failures)

    def attempt(_):
        clock.now_s += took_s
        if left:
            raise left.pop(0)
        return "picture"

    return attempt


def test_what_answers_at_once_is_tried_once():
    clock = Clock()
    assert tried(failing(clock, []), Policy(), clock) == ("picture", 1)
    assert clock.slept == []


def test_waits_double_and_are_spread_and_bounded():
    clock = Clock()
    attempt = failing(clock, [TryAgainError("500")] * 4)
    policy = Policy(attempts=5, first_wait_s=2, most_wait_s=5)
    assert tried(attempt, policy, clock) == ("picture", 5)
    assert clock.slept == [1.0, 2.0, 2.5, 2.5]


def test_a_service_that_says_when_to_come_back_is_obeyed():
    clock = Clock()
    attempt = failing(clock, [TryAgainError("429", retry_after_s=70)])
    assert tried(attempt, Policy(), clock) == ("picture", 2)
    assert 70 <= clock.slept[0] <= 71


def test_a_service_that_starts_is_waited_for_until_the_deadline():
    clock = Clock()
    starting = Service("m", "host").failure(503, "loading", retry_after_s=10)
    assert tried(failing(clock, [starting] * 30), Policy(attempts=2), clock) == ("picture", 31)
    with pytest.raises(ModelUnavailableError, match="would pass the deadline"):
        tried(failing(clock, [starting] * 300), Policy(attempts=2), clock)
    hasty = Service("m", "host").failure(503, "loading", retry_after_s=0)
    with pytest.raises(ModelUnavailableError, match="2 attempts"):
        tried(failing(clock, [hasty] * 300), Policy(attempts=2), clock)


def test_a_wait_that_passes_the_deadline_is_not_begun():
    clock = Clock()
    attempt = failing(clock, [TryAgainError("429", retry_after_s=70)])
    with pytest.raises(ModelUnavailableError, match=r"waiting 7\d s would pass the deadline"):
        tried(attempt, Policy(deadline_s=60), clock)
    assert clock.slept == []


def test_an_answer_that_did_not_come_is_asked_for_once_more_only():
    clock = Clock()
    attempt = failing(clock, [TryAgainError("slow", is_read_timeout=True)] * 3)
    with pytest.raises(ModelUnavailableError, match=r"2 attempts.*paid for already"):
        tried(attempt, Policy(), clock)
    attempt = failing(clock, [TryAgainError("slow", is_read_timeout=True)])
    assert tried(attempt, Policy(), clock) == ("picture", 2)


def test_what_will_never_be_answered_is_not_tried_again():
    clock = Clock()
    with pytest.raises(ModelRefusedError):
        tried(failing(clock, [ModelRefusedError("no")] * 2), Policy(), clock)
    assert clock.slept == []


def test_the_last_failure_and_its_hint_are_told():
    clock = Clock()
    attempt = failing(clock, [TryAgainError("first"), TryAgainError("last", hint="Do this.")])
    with pytest.raises(ModelUnavailableError, match=r"model m .*2 attempts.*last") as error:
        tried(attempt, Policy(attempts=2), clock)
    assert error.value.hint == "Do this."


failures = st.lists(
    st.builds(
        lambda after, slow, starts: TryAgainError(
            "x", retry_after_s=after, is_read_timeout=slow, is_starting=starts and not slow
        ),
        st.none() | st.floats(0, 500),
        st.booleans(),
        st.booleans(),
    ),
    max_size=12,
)


@given(
    failures,
    st.builds(
        Policy,
        attempts=st.integers(1, 10),
        deadline_s=st.floats(0.1, 2000),
        first_wait_s=st.floats(0, 10),
        most_wait_s=st.floats(0, 100),
    ),
    st.floats(0, 100),
    st.floats(0, 1),
)
def test_a_call_never_sleeps_past_its_deadline_nor_tries_too_often(raised, policy, took, chance):
    clock = Clock()
    lefts = []
    inner = failing(clock, raised, took)

    def attempt(this):
        lefts.append((clock.now_s, this))
        return inner(this)

    try:
        _, attempts = tried(attempt, policy, clock, chance)
    except ModelUnavailableError:
        attempts = len(lefts)
    assert attempts == len(lefts)
    assert sum(not error.is_starting for error in raised[: attempts - 1]) < policy.attempts
    assert all(started <= policy.deadline_s for started, _ in lefts)
    assert [this.number for _, this in lefts] == list(range(1, attempts + 1))
    assert all(this.left_s <= policy.deadline_s for _, this in lefts)
    waits = zip(clock.slept, raised, strict=False)
    assert all(waited >= (error.retry_after_s or 0) for waited, error in waits)
    assert sum(error.is_read_timeout for error in raised[: attempts - 1]) <= 1


def retry_info(delay, kind="type.googleapis.com/google.rpc.RetryInfo"):
    details = [{"@type": "other"}, {"@type": kind, "retryDelay": delay}]
    return json.dumps({"error": {"code": 429, "details": details}}).encode()


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({"retry-after": "12"}, b"", 12.0),
        ({"retry-after": "1.5"}, b"", 1.5),
        ({"retry-after": HTTP_DATE}, b"", 30.0),
        ({"retry-after": "Tue, 24 Nov 2020 10:00:30 GMT"}, b"", 0.0),
        ({"retry-after": "soon"}, b"", None),
        ({"retry-after": "-3"}, b"", None),
        ({"retry-after": "nan"}, b"", None),
        ({"retry-after": "1e300"}, b"", 86_400.0),
        ({"retry-after": "Tue, 24 Nov 0001 10:00:30 +2400"}, b"", None),
        ({}, retry_info("41s"), 41.0),
        ({}, b"[" + retry_info("0.25s") + b"]", 0.25),
        ({}, retry_info("x"), None),
        ({}, b"RetryInfo", None),
        ({}, b'{"error": "RetryInfo"}', None),
        ({}, b"", None),
    ],
)
def test_when_to_come_back_is_read_in_every_way_it_is_said(headers, body, seconds):
    assert retry_after_s(headers, body, now_s=HTTP_DATE_S - 30) == seconds


@given(st.text(max_size=40), st.binary(max_size=60))
def test_any_nonsense_about_when_to_come_back_is_ignored(header, body):
    found = retry_after_s({"retry-after": header}, body + b"RetryInfo", now_s=0)
    assert found is None or 0 <= found <= 86_400


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504, 524, 529])
def test_a_failure_that_may_pass_is_tried_again(status):
    assert is_passing(status)
    failure = Service("m", "host").failure(status, "", retry_after_s=3)
    assert isinstance(failure, TryAgainError)
    assert failure.retry_after_s == 3


@pytest.mark.parametrize(
    ("status", "kind", "hint"),
    [
        (400, ModelRefusedError, ""),
        (401, InputError, "Is THE_KEY right"),
        (402, InputError, "credit"),
        (403, InputError, "Is THE_KEY right"),
        (404, InputError, "models.m in params.yaml"),
        (405, InputError, "models.m in params.yaml"),
        (413, ModelRefusedError, "fewer references"),
        (415, ModelRefusedError, "multipart"),
        (422, ModelRefusedError, "settings"),
        (451, ModelRefusedError, ""),
        (501, ModelRefusedError, ""),
    ],
)
def test_a_failure_for_good_says_what_to_do(status, kind, hint):
    failure = Service("m", "host", ("THE_KEY",)).failure(status, "because")
    assert type(failure) is kind
    assert str(failure) == f"model m: host answered {status}: because"
    assert hint in failure.hint


def test_a_refusal_without_a_key_names_the_variable_to_set():
    absent = Service("m", "host", ("ID", "KEY"), ("KEY",), "Make one at x.").failure(401, "")
    assert absent.hint == "Set KEY. Make one at x."
    assert "models.m.key_env" in Service("m", "host").failure(401, "").hint


@given(st.text(max_size=30), st.text("abcdef0123456789", min_size=8), st.text(max_size=30))
def test_a_secret_never_shows_in_what_is_told(before, secret, after):
    assert secret not in masked(f"{before}{secret}{after}{secret}", ["", secret])
    line = told(f"{before}\n{secret}\x00{after}", [secret])
    assert secret not in line
    assert "\n" not in line


def test_a_picture_that_is_repeated_to_us_is_not_told():
    assert told(f"bad image data:image/png;base64,{'iVBO' * 5000} here", []) == (
        "bad image data:image/png;base64,... here"
    )
