"""Work runs here or in processes that may die; either way every job gets its result once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from isogen.errors import SourceError
from isogen.run.local import WorkerDiedError, run_each, worker_count


class Started:
    by = ""


def start(name: str) -> None:
    Started.by = name


def double(number: int) -> tuple[str, int]:
    return Started.by, number * 2


def die_once(job: tuple[int, str]) -> int:
    number, marker = job
    if number == 3 and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_always(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def refuse(number: int) -> int:
    raise ValueError(f"not {number}")


@pytest.mark.parametrize("workers", [1, 2])
def test_every_job_gets_its_result_from_a_prepared_process(workers):
    done = list(run_each(double, range(20), workers=workers, start=start, start_args=("me",)))
    assert {d.job: d.result for d in done} == {n: ("me", n * 2) for n in range(20)}
    assert len(done) == 20


def test_a_worker_that_dies_costs_no_job(tmp_path):
    jobs = [(n, str(tmp_path / "died")) for n in range(12)]
    done = run_each(die_once, jobs, workers=2, start=start, start_args=("me",))
    assert sorted(d.result for d in done) == list(range(12))


def test_a_job_that_kills_its_worker_twice_is_named():
    with pytest.raises(WorkerDiedError, match="died twice"):
        list(run_each(die_always, range(8), workers=2, start=start, start_args=("me",)))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_a_job_reaches_the_caller(workers):
    with pytest.raises(ValueError, match="not 0"):
        list(run_each(refuse, [0], workers=workers, start=start, start_args=("me",)))


def start_badly(name: str) -> None:
    raise SourceError(f"{name} is broken", hint="Fetch it again.")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_start_reaches_the_caller_as_it_is(workers):
    with pytest.raises(SourceError, match="helsinki is broken") as raised:
        list(
            run_each(double, range(8), workers=workers, start=start_badly, start_args=("helsinki",))
        )
    assert raised.value.hint == "Fetch it again."


@pytest.mark.parametrize(
    ("jobs", "items", "expected"), [(4, 1, 1), (4, 1000, 4), (1, 1000, 1), (8, 250, 3), (2, 0, 1)]
)
def test_workers_are_started_only_when_they_have_enough_to_do(jobs, items, expected):
    assert worker_count(jobs, items, 100) == expected


_DRIVER = """
import os, sys, time
from isogen.run.local import run_each
def start(): pass
def slow(number):
    print(os.getpid(), flush=True)
    time.sleep(60)
if __name__ == "__main__":
    list(run_each(slow, range(4), workers=2, start=start))
"""


def test_workers_end_when_their_driver_is_killed(tmp_path):
    script = tmp_path / "driver.py"
    script.write_text(_DRIVER)
    driver = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert driver.stdout is not None
    workers = [int(driver.stdout.readline()) for _ in range(2)]
    driver.kill()
    driver.wait()
    driver.stdout.close()
    deadline = time.monotonic() + 10
    while any(_runs(w) for w in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(_runs(w) for w in workers)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}
