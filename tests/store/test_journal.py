import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.digest import digest_of
from isogen.errors import DataError
from isogen.files import Durability
from isogen.store.events import (
    Base,
    Dropped,
    Failed,
    Made,
    Record,
    decode_record,
    encode_record,
    replay,
)
from isogen.store.journal import JournalWriter, Memo, read_records, read_tail, split_unreadable
from isogen.store.row import Quadrant

DIGEST = digest_of(b"manifest")
SMALL = st.integers(-3, 3)
QUADRANTS = st.builds(Quadrant, SMALL, SMALL)


@pytest.fixture
def journal(tmp_path):
    return tmp_path / "journal" / "render.jsonl"


def append(path, *events, clock=lambda: 1.7e9):
    with JournalWriter(path, read_tail(path).end, Durability.FAST, clock) as writer:
        for event in events:
            writer.append(event)


@pytest.fixture
def events(tools):
    return (
        Made(tools.row_of(1, 2, b"data"), 0.25, attempts=2, cost_usd=0.03),
        Failed(Quadrant(1, 3), 'the model said "no"\nand left', 1.5),
        Dropped((Quadrant(1, 2), Quadrant(-4, 0))),
    )


def test_events_come_back_in_order_with_their_time(journal, events):
    append(journal, Base(None), *events)
    assert [record.event for record in read_records(journal)] == [Base(None), *events]
    assert {record.at for record in read_records(journal)} == {1.7e9}


def test_measures_come_back_and_are_left_out_where_there_are_none(journal, tools, events):
    row = tools.row_of(1, 2, b"data")
    measured = (
        Made(row, 0.25, measures={"drift": 0.01, "seam": None, "cached": False}),
        Failed(Quadrant(1, 3), "busy", 1.5, 3, {"request_key": DIGEST}),
    )
    append(journal, *measured, *events)
    assert [record.event for record in read_records(journal)] == [*measured, *events]
    assert ['"measures"' in line for line in journal.read_text().splitlines()][1:3] == [True, False]


def test_a_line_is_json_that_begins_with_its_event(journal, events):
    append(journal, *events)
    lines = journal.read_text().splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["made", "failed", "dropped"]
    assert [line[:17] for line in lines] == [
        '{"event":"made","',
        '{"event":"failed"',
        '{"event":"dropped',
    ]
    assert json.loads(lines[0])["at"] == "2023-11-14T22:13:20.000+00:00"


def test_without_a_file_nothing_has_happened(journal):
    assert read_tail(journal).events == ()
    assert list(read_records(journal)) == []
    assert Memo(journal).find(DIGEST) is None


def test_the_tail_begins_at_the_last_base(journal, events):
    append(journal, Base(None), events[0], Base(DIGEST), *events[1:])
    tail = read_tail(journal)
    assert (tail.base, tail.events) == (Base(DIGEST), events[1:])
    assert (tail.end, tail.notice) == (journal.stat().st_size, "")


def test_the_tail_is_found_far_from_the_end(journal):
    long = [Failed(Quadrant(i, 0), "x" * 300_000, 0.0) for i in range(9)]
    append(journal, *long, Base(DIGEST), *long)
    assert read_tail(journal).events == tuple(long)


@pytest.mark.parametrize("size", [(1 << 20) + shift for shift in range(-20, 3)])
def test_the_tail_is_found_across_the_edge_of_a_block(journal, size):
    base = encode_record(Record(0, Base(DIGEST)))
    empty = len(encode_record(Record(0, Failed(Quadrant(0, 0), "", 0.0))))
    filler = Failed(Quadrant(0, 0), "x" * (size - empty), 0.0)
    journal.parent.mkdir()
    journal.write_bytes(
        encode_record(Record(0, Dropped(()))) + base + encode_record(Record(0, filler))
    )
    assert read_tail(journal).events == (filler,)


def test_text_that_looks_like_a_base_is_none(journal):
    trap = Failed(Quadrant(0, 0), '\n{"event":"base","manifest":null}\n', 0.0)
    append(journal, Base(DIGEST), trap)
    assert (read_tail(journal).base, read_tail(journal).events) == (Base(DIGEST), (trap,))


def test_a_torn_last_line_is_dropped_with_a_notice_wherever_it_is_torn(journal, events):
    append(journal, Base(None), *events[:2])
    whole = journal.read_bytes()
    last = encode_record(Record(1.7e9, events[2]))
    for cut in range(1, len(last)):
        journal.write_bytes(whole + last[:cut])
        tail = read_tail(journal)
        assert (tail.events, tail.end) == (events[:2], len(whole))
        assert f"the last record was torn and is dropped ({cut} bytes)" in tail.notice
        assert [record.event for record in read_records(journal)] == [Base(None), *events[:2]]


def test_a_line_of_zeros_left_by_a_power_failure_is_dropped(journal, events):
    append(journal, Base(None), events[0])
    whole = journal.read_bytes()
    journal.write_bytes(whole + b"\0" * 500)
    assert read_tail(journal).events == (events[0],)


def test_appending_cuts_off_what_was_torn(journal, events):
    append(journal, Base(None), events[0])
    with journal.open("ab") as file:
        file.write(b'{"event":"ma')
    append(journal, events[1])
    assert read_tail(journal).events == events[:2]


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"nonsense\n",
        b"[]\n",
        b'{"event":"made"}\n',
        b'{"event":"party","at":"2026-01-01"}\n',
    ],
)
def test_a_broken_line_in_the_middle_is_an_error_that_names_it(journal, events, line):
    append(journal, Dropped(()), Base(None), events[0])
    journal.write_bytes(journal.read_bytes() + line)
    append_raw = encode_record(Record(1.7e9, events[1]))
    journal.write_bytes(journal.read_bytes() + append_raw)
    with pytest.raises(DataError, match=r"render\.jsonl: line 4 cannot be read") as caught:
        read_tail(journal)
    assert "isogen repair" in caught.value.hint
    with pytest.raises(DataError, match="line 4"):
        list(read_records(journal))
    assert split_unreadable(journal)[1] == line


def test_a_journal_that_nothing_is_written_to_is_not_made(journal):
    append(journal)
    assert not journal.exists()


def test_the_memo_finds_the_latest_row_of_a_recipe(journal, tools):
    rows = [tools.row_of(i, 0, b"%d" % (i % 2)) for i in range(4)]
    append(journal, *(Made(row, 0.0) for row in rows[:2]), Base(DIGEST))
    append(journal, *(Made(row, 0.0) for row in rows[2:]))
    memo = Memo(journal)
    assert [memo.find(row.recipe) for row in rows[:2]] == rows[2:]
    assert memo.find(DIGEST) is None


def test_the_memo_is_not_taken_in_by_text(journal):
    text = f'"recipe":"{DIGEST}"'
    append(journal, Failed(Quadrant(0, 0), text, 0.0))
    assert Memo(journal).find(DIGEST) is None


def test_time_comes_from_the_clock_and_an_hour_that_runs_back_is_no_trouble(journal, events):
    times = iter([100.0, 50.0, 51.5])
    append(journal, *events, clock=lambda: next(times))
    assert [record.at for record in read_records(journal)] == [100.0, 50.0, 51.5]


@given(QUADRANTS, st.text(), st.floats(0, 1e6), st.integers(1, 9))
def test_any_failure_survives(quadrant, error, seconds, attempts):
    text = error.encode(errors="replace").decode()
    event = Failed(quadrant, text, round(seconds, 3), attempts)
    assert decode_record(encode_record(Record(0, event))) == Record(0, event)


STEPS = st.lists(
    st.tuples(QUADRANTS, st.integers(0, 5)) | st.lists(QUADRANTS, max_size=3) | st.none(),
    max_size=30,
)


@given(STEPS)
def test_replay_is_what_a_dict_would_hold(steps):
    class Held:  # stands for a row: replay looks at nothing else
        def __init__(self, quadrant, sha256):
            self.quadrant, self.sha256 = quadrant, sha256

    wanted, events = {}, []
    for step in steps:
        match step:
            case (Quadrant() as quadrant, int() as color):
                row = Held(quadrant, color)
                events.append(Made(row, 0.0))
                wanted.update({quadrant: row} if color else {})
            case list():
                events.append(Dropped(tuple(step)))
                wanted = {q: row for q, row in wanted.items() if q not in step}
            case None:
                events.append(Failed(Quadrant(0, 0), "failed", 0.0))
    assert replay({}, events, has=bool) == wanted
