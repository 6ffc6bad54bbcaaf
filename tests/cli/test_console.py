"""What a person sees of a long task, on a terminal and in a log."""

import pytest

from isogen.cli.console import ConsoleReporter


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make(monkeypatch):
    """Return what makes reporters, on a terminal or not."""

    def make(clock, *, quiet=False, terminal=False):
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setenv("TTY_COMPATIBLE", "1" if terminal else "0")
        monkeypatch.setenv("COLUMNS", "120")
        return ConsoleReporter(quiet=quiet, clock=clock)

    return make


def run(reporter, clock, *, steps, each_s):
    with reporter:
        reporter.begin("generate", 1000)
        for step in range(steps):
            reporter.tell(f"${step / 10:.2f}, 1 failed")
            clock.now += each_s
            reporter.advance()


def test_a_log_gets_a_line_a_minute(make, clock, capsys):
    run(make(clock), clock, steps=130, each_s=1.0)
    out, err = capsys.readouterr()
    first, second = err.splitlines()
    assert first == "generate: 60 of 1000, 1.0/s, 0:15:40 left, $5.90, 1 failed"
    assert second.startswith("generate: 120 of 1000, ")
    assert not out


def test_a_short_task_leaves_no_line_in_a_log(make, clock, capsys):
    run(make(clock), clock, steps=50, each_s=1.0)
    assert capsys.readouterr() == ("", "")


def test_a_quiet_task_leaves_no_line_in_a_log(make, clock, capsys):
    run(make(clock, quiet=True), clock, steps=130, each_s=1.0)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_shows_a_bar_with_rate_and_cost(make, clock, capsys):
    run(make(clock, terminal=True), clock, steps=130, each_s=0.5)
    shown = capsys.readouterr().err
    assert "130/1000" in shown
    assert "2.0/s" in shown
    assert "$12.90, 1 failed" in shown
