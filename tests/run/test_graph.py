"""Nodes of a graph run in threads: each once, after what it waits for was heard of."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.errors import ServiceError
from isogen.run.graph import Blocked, Done, Failed, Node, run_graph


def chain(*letters):
    """Nodes of which each waits for the one before."""
    return [
        Node(letter, letter, tuple(letters[:place][-1:])) for place, letter in enumerate(letters)
    ]


def told(outcomes):
    return [(type(outcome).__name__, outcome.node.key) for outcome in outcomes]


@st.composite
def graphs(draw):
    """Nodes numbered from 0, each waiting for up to four before it, and those that fail."""
    size = draw(st.integers(0, 24))
    nodes = []
    for number in range(size):
        before = st.sets(st.integers(0, number - 1), max_size=4) if number else st.just(set())
        nodes.append(Node(number, number, tuple(draw(before))))
    failing = draw(st.sets(st.integers(0, max(size - 1, 0)), max_size=4))
    return nodes, failing


def needed_by(nodes, number):
    """All that a node waits for, near or far."""
    direct = set(nodes[number].after)
    return direct.union(*(needed_by(nodes, other) for other in direct))


@given(graphs(), st.integers(1, 5))
def test_each_node_gets_one_outcome_after_those_that_it_waits_for(graph, at_once):
    nodes, failing = graph
    heard, started = {}, {}

    def prepare(node):
        started[node.key] = set(heard)
        return node.task

    def work(number):
        if number in failing:
            raise ServiceError(f"not {number}")
        return number * 2

    for outcome in run_graph(nodes, prepare, work, at_once=at_once):
        assert outcome.node.key not in heard
        heard[outcome.node.key] = outcome

    blocked = {n.key for n in nodes if needed_by(nodes, n.key) & failing}
    assert {key for key, o in heard.items() if isinstance(o, Blocked)} == blocked
    assert {key for key, o in heard.items() if isinstance(o, Failed)} == (
        {n.key for n in nodes} & failing - blocked
    )
    assert {key: o.result for key, o in heard.items() if isinstance(o, Done)} == {
        n.key: n.key * 2 for n in nodes if n.key not in blocked | failing
    }
    assert all(needed_by(nodes, key) <= before for key, before in started.items())
    assert all(
        o.because.key in failing & needed_by(nodes, key)
        for key, o in heard.items()
        if isinstance(o, Blocked)
    )


def test_of_those_that_may_start_the_first_starts_first():
    nodes = [Node("a", 0), Node("b", 0), Node("c", 0, ("a",)), Node("d", 0)]
    started = []
    list(run_graph(nodes, lambda n: started.append(n.key), lambda _: None, at_once=1))
    assert started == ["a", "b", "c", "d"]


def test_no_more_are_in_flight_than_allowed_and_all_of_those_are():
    meeting = threading.Barrier(4)
    nodes = [Node(number, number) for number in range(12)]
    started, heard, most = 0, 0, 0

    def prepare(_):
        nonlocal started, most
        started += 1
        most = max(most, started - heard)

    for _ in run_graph(nodes, prepare, lambda _: meeting.wait(timeout=5), at_once=4):
        heard += 1
    assert (most, heard) == (4, 12)


def test_what_cannot_be_prepared_fails_and_blocks_what_waits_for_it():
    def refuse(node):
        if node.key == "b":
            raise ServiceError("no context")
        return node.task

    outcomes = list(run_graph(chain("a", "b", "c"), refuse, str, at_once=2))
    assert told(outcomes) == [("Done", "a"), ("Failed", "b"), ("Blocked", "c")]
    assert str(outcomes[1].error) == "no context"


def test_nothing_starts_while_it_may_not_and_the_run_ends():
    left = iter([True, True, False])
    nodes = [Node(number, number) for number in range(5)]
    outcomes = run_graph(nodes, lambda n: n.key, str, at_once=1, may_start=lambda: next(left))
    assert told(outcomes) == [("Done", 0), ("Done", 1)]


def test_a_bug_is_raised_after_what_was_in_flight_was_heard_of():
    is_broken = threading.Event()

    def work(number):
        if number == 0:
            is_broken.set()
            raise ZeroDivisionError
        is_broken.wait(timeout=5)
        time.sleep(0.05)

    heard = []
    nodes = [Node(number, number) for number in range(9)]

    run = run_graph(nodes, lambda n: n.key, work, at_once=3)
    with pytest.raises(ZeroDivisionError):
        heard.extend(outcome.node.key for outcome in run)
    assert sorted(heard) == [1, 2]


def test_a_run_that_is_closed_starts_nothing_more():
    started = []
    nodes = [Node(number, number) for number in range(9)]
    run = run_graph(nodes, lambda n: started.append(n.key), lambda _: None, at_once=2)
    next(run)
    run.close()
    assert started == [0, 1]


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ([Node("a", 0, ("b",)), Node("b", 0)], "node a waits for b"),
        ([Node("a", 0, ("a",))], "node a waits for a"),
        ([Node("a", 0), Node("a", 0)], "two nodes have the key a"),
    ],
)
def test_a_graph_that_cannot_be_run_is_refused(nodes, said):
    with pytest.raises(ValueError, match=said):
        next(run_graph(nodes, lambda n: n.task, str, at_once=1))


_DRIVER = """
import os, signal
from isogen.run.graph import Node, run_graph
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
def say(line):
    os.write(1, f"{line}\\n".encode())  # one write: lines of two threads do not mix
def work(_):
    say("started")
    os.read(0, 1)  # until standard input ends
def tell(left):
    say(f"{left} left")
nodes = [Node(n, n) for n in range(6)]
try:
    for outcome in run_graph(nodes, lambda n: n.task, work, at_once=2, on_interrupt=tell):
        say(f"heard {outcome.node.key}")
except KeyboardInterrupt:
    say("interrupted")
"""


@pytest.fixture
def driver():
    """A program that was interrupted once, with two jobs in flight that wait for its input."""
    process = subprocess.Popen(
        [sys.executable, "-c", _DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert [process.stdout.readline() for _ in range(2)] == ["started\n"] * 2
    os.kill(process.pid, signal.SIGINT)
    assert process.stdout.readline() == "2 left\n"
    yield process
    process.kill()
    process.communicate()


def test_the_first_interrupt_waits_for_what_is_in_flight(driver):
    out, _ = driver.communicate(timeout=20)
    assert sorted(out.splitlines()) == ["heard 0", "heard 1", "interrupted"]


def test_the_second_interrupt_waits_for_nothing(driver):
    os.kill(driver.pid, signal.SIGINT)
    assert driver.stdout.readline() == "interrupted\n"
    assert driver.wait(timeout=20) == 0
