import os
import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.digest import digest_of
from isogen.errors import (
    DataError,
    InputError,
    LockedError,
    ObjectMissingError,
    StorageError,
)
from isogen.files import Durability
from isogen.store.events import Base, Failed, Made
from isogen.store.layer import LayerStore
from isogen.store.row import Quadrant


def files_of(layer):
    paths = (layer.manifest_path, layer.journal_path)
    return [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths]


def copy_of(layer, target):
    """The layer as a process that is killed now would leave it."""
    data = layer.journal_path.parent.parent
    shutil.copytree(data, target)
    return LayerStore(target, layer.name, durability=Durability.FAST)


def test_an_empty_layer_holds_nothing_and_reading_makes_no_file(open_layer, tmp_path):
    layer = open_layer()
    assert (layer.row(0, 0), layer.rows(), len(layer)) == (None, [], 0)
    assert layer.find(digest_of(b"")) is None
    assert list(tmp_path.iterdir()) == []


def test_rows_are_there_at_once_and_for_the_next_reader(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer:
        row = tools.record(layer, writer, 3, -1, 1)
        assert (layer.row(3, -1), layer.find(row.recipe)) == (row, row)
    assert open_layer().rows() == layer.rows() == [row]
    assert open_layer().find(row.recipe) == row


def test_rows_are_sorted_by_y_then_x(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer:
        for x, y in [(1, 1), (0, 1), (5, -2)]:
            tools.record(layer, writer, x, y, x)
    places = [row.quadrant for row in layer.rows()]
    assert places == [row.quadrant for row in open_layer().manifest.rows]
    assert places == [(5, -2), (0, 1), (1, 1)]


def test_a_run_that_changes_nothing_leaves_every_byte_and_time_alone(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer:
        tools.record(layer, writer, 0, 0, 1)
    before = files_of(layer)
    with layer.writing():
        pass
    with open_layer().writing():
        pass
    assert files_of(layer) == before


def test_recording_the_same_again_leaves_the_manifest_alone(open_layer, tools):
    layer = open_layer()
    for _ in range(2):
        with layer.writing() as writer:
            tools.record(layer, writer, 0, 0, 1)
    before = files_of(layer)[0]
    with layer.writing() as writer:
        tools.record(layer, writer, 0, 0, 1)
    assert files_of(layer)[0] == before


def test_the_manifest_depends_on_the_rows_alone(open_layer, tools, tmp_path):
    one, other = open_layer(), open_layer(data=tmp_path / "other")
    with one.writing() as writer:
        for x in range(5):
            tools.record(one, writer, x, 0, x)
    for x in (4, 2, 0, 1, 3, 2):
        with other.writing() as writer:
            tools.record(other, writer, x, 0, 9)
            tools.record(other, writer, x, 0, x)
    assert one.manifest_path.read_bytes() == other.manifest_path.read_bytes()


def test_dropped_rows_leave_but_their_objects_stay_and_are_found_again(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer:
        row = tools.record(layer, writer, 0, 0, 1)
        tools.record(layer, writer, 1, 0, 2)
    with layer.writing() as writer:
        writer.drop([(0, 0), (7, 7)])
    reader = open_layer()
    assert [row.x for row in reader.rows()] == [1]
    assert reader.objects.has(row.sha256)
    assert reader.find(row.recipe) == row


def test_a_replaced_row_is_found_as_long_as_its_object_is_there(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer:
        old = tools.record(layer, writer, 0, 0, 1)
        tools.record(layer, writer, 0, 0, 2)
    assert layer.find(old.recipe) == open_layer().find(old.recipe) == old
    layer.objects.remove(old.sha256)
    assert open_layer().find(old.recipe) is None


def test_a_broken_object_that_only_the_memo_knows_is_not_found(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer:
        row = tools.record(layer, writer, 0, 0, 1)
        writer.drop([(0, 0)])
    path = layer.objects.path_of(row.sha256)
    path.chmod(0o644)
    path.write_bytes(b"broken")
    assert layer.find(row.recipe) is None


def test_a_row_whose_object_is_gone_is_not_found(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer:
        row = tools.record(layer, writer, 0, 0, 1)
    layer.objects.remove(row.sha256)
    assert (layer.find(row.recipe), layer.row(0, 0)) == (None, row)


def test_a_row_without_its_object_is_not_recorded(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer, pytest.raises(ObjectMissingError, match=r"row \(0, 0\)"):
        writer.record(tools.row_of(0, 0, b"never put"), seconds=0.0)
    assert not layer.journal_path.exists()
    assert not layer.manifest_path.exists()


def test_a_row_that_cannot_be_is_not_recorded(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer, pytest.raises(DataError, match="width"):
        writer.record(tools.row_of(0, 0, b"data", width=-4), seconds=0.0)
    assert layer.rows() == []


def test_failures_are_history_and_change_no_row(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer:
        tools.record(layer, writer, 0, 0, 1)
        writer.fail(Quadrant(0, 0), "the model refused", seconds=2.0, attempts=3)
    assert len(layer) == 1
    events = [record.event for record in layer.history()]
    assert events[2] == Failed((0, 0), "the model refused", 2.0, 3)
    assert [type(event) for event in events] == [Base, Made, Failed, Base]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_an_exception_costs_nothing_that_was_recorded(open_layer, tools, error):
    layer = open_layer()
    session = layer.writing()
    row = tools.record(layer, session.__enter__(), 0, 0, 1)
    assert not session.__exit__(error, error(), None)  # it goes on to the caller
    assert [*open_layer().manifest.rows] == layer.rows() == [row]


def test_what_was_recorded_before_a_crash_is_there_and_is_compacted_later(
    open_layer, tools, tmp_path
):
    layer = open_layer()
    with layer.writing() as writer:
        rows = [tools.record(layer, writer, 0, 0, 1)]
    with layer.writing() as writer:
        rows.append(tools.record(layer, writer, 1, 0, 2))
        left = copy_of(layer, tmp_path / "left")
    assert (left.rows(), list(left.manifest.rows)) == (rows, rows[:1])
    with left.writing():
        pass
    assert list(left.manifest.rows) == rows
    assert left.manifest_path.read_bytes() == layer.manifest_path.read_bytes()


def test_rows_of_a_crash_whose_objects_are_gone_are_passed_over(open_layer, tools, tmp_path):
    layer = open_layer()
    with layer.writing() as writer:
        tools.record(layer, writer, 0, 0, 1)
        left = copy_of(layer, tmp_path / "left")
    shutil.rmtree(left.folder)
    assert left.rows() == []


def test_a_torn_record_is_dropped_with_a_notice_and_can_be_written_over(
    open_layer, tools, tmp_path
):
    layer = open_layer()
    with layer.writing() as writer:
        row = tools.record(layer, writer, 0, 0, 1)
        left = copy_of(layer, tmp_path / "left")
    with left.journal_path.open("ab") as file:
        file.write(b'{"event":"made","at":')
    assert left.rows() == [row]
    assert "torn" in left.notice
    with left.writing() as writer:
        tools.record(left, writer, 1, 0, 2)
    assert [type(record.event) for record in left.history()] == [Base, Made, Made, Base]


def test_a_manifest_from_elsewhere_wins_over_the_journal(open_layer, tools, tmp_path):
    layer = open_layer()
    with layer.writing() as writer:
        first = tools.record(layer, writer, 0, 0, 1)
    kept = layer.manifest_path.read_bytes()
    with layer.writing() as writer:
        second = tools.record(layer, writer, 0, 0, 2)
    with layer.writing() as writer:
        third = tools.record(layer, writer, 0, 0, 3)
        left = copy_of(layer, tmp_path / "left")
    left.manifest_path.write_bytes(kept)
    assert left.rows() == [first]
    assert [left.find(row.recipe) for row in (first, second, third)] == [first, second, third]
    with left.writing() as writer:
        fourth = tools.record(left, writer, 1, 0, 4)
    reader = LayerStore(tmp_path / "left", "render")
    assert reader.rows() == list(reader.manifest.rows) == [first, fourth]


def test_an_untouched_manifest_from_elsewhere_stays_as_it_is(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer:
        tools.record(layer, writer, 0, 0, 1)
    kept = layer.manifest_path.read_bytes()
    with layer.writing() as writer:
        tools.record(layer, writer, 0, 0, 2)
    layer.manifest_path.write_bytes(kept)
    with layer.writing():
        pass
    assert layer.manifest_path.read_bytes() == kept


def test_a_crash_between_manifest_and_journal_loses_nothing(open_layer, tools, tmp_path):
    layer = open_layer()
    with layer.writing() as writer:
        row = tools.record(layer, writer, 0, 0, 1)
        left = copy_of(layer, tmp_path / "left")
    shutil.copy(layer.manifest_path, left.manifest_path)
    assert left.rows() == [row]
    with left.writing() as writer:
        writer.drop([(0, 0)])
    assert LayerStore(tmp_path / "left", "render").rows() == []


def test_an_unsorted_manifest_is_put_in_order_by_the_next_writer(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer:
        for x in range(3):
            tools.record(layer, writer, x, 0, x)
    wanted = layer.manifest_path.read_bytes()
    layer.manifest_path.write_bytes(tools.unsorted_manifest(layer.rows()))
    with layer.writing():
        pass
    assert layer.manifest_path.read_bytes() == wanted


def test_a_reader_sees_what_was_there_until_it_looks_again(open_layer, tools):
    layer, reader = open_layer(), open_layer()
    assert reader.rows() == []
    with layer.writing() as writer:
        row = tools.record(layer, writer, 0, 0, 1)
        assert reader.rows() == []
        reader.refresh()
        assert reader.rows() == [row]
    reader.refresh()
    assert list(reader.manifest.rows) == [row]


def test_a_writer_builds_on_what_another_one_wrote_since_it_was_opened(open_layer, tools):
    one, other = open_layer(), open_layer()
    assert one.rows() == other.rows() == []
    for x, layer in enumerate((one, other, one)):
        with layer.writing() as writer:
            tools.record(layer, writer, x, 0, x)
    assert len(open_layer()) == 3


def test_there_is_one_writer_and_the_other_is_told_who(open_layer):
    layer = open_layer()
    mine = pytest.raises(LockedError, match=f"process {os.getpid()}")
    with layer.writing(), mine as caught, open_layer().writing():
        pass
    assert "Wait" in caught.value.hint
    with open_layer().writing():
        pass


def test_layers_are_written_independently(open_layer, tools):
    with open_layer("night@1943").writing(), open_layer("night").writing() as writer:
        tools.record(open_layer("night"), writer, 0, 0, 1)
    assert (len(open_layer("night")), len(open_layer("night@1943"))) == (1, 0)


@pytest.mark.parametrize("name", ["", "..", "a/b", "Render", "a@", "@a", ".hidden", "a" * 99])
def test_a_name_that_is_no_layers_reaches_no_file(tmp_path, name):
    with pytest.raises(InputError, match="not the name of a layer"):
        LayerStore(tmp_path, name)


def test_a_disk_that_is_read_only_is_named(open_layer, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_bytes(b"a file where a folder should be")
    with pytest.raises(StorageError, match="blocked"), open_layer(data=blocked).writing():
        pass


class Story:
    """A layer that things happen to, and a dict that the same happens to."""

    def __init__(self, root, tools):
        self.root, self.tools = root, tools
        self.wanted, self.saved, self.lives = {}, None, 0
        self.begin(LayerStore(root / "0", "render", durability=Durability.FAST))

    def begin(self, layer):
        self.layer, self.session = layer, layer.writing()
        self.writer = self.session.__enter__()

    def end(self):
        self.session.__exit__(None, None, None)

    def make(self, x, color):
        self.wanted[x] = self.tools.record(self.layer, self.writer, x, 0, color)

    def drop(self, x):
        self.writer.drop([(x, 0)])
        self.wanted.pop(x, None)

    def fail(self):
        self.writer.fail(Quadrant(0, 0), "failed")

    def leave(self):
        self.end()
        self.begin(self.layer)

    def save(self):
        self.end()
        if self.layer.manifest_path.exists():
            self.saved = (dict(self.wanted), self.layer.manifest_path.read_bytes())
        self.begin(self.layer)

    def restore(self):
        self.end()
        if self.saved is not None:
            self.wanted = dict(self.saved[0])
            self.layer.manifest_path.write_bytes(self.saved[1])
        self.begin(self.layer)

    def kill(self):
        self.lives += 1
        left = copy_of(self.layer, self.root / str(self.lives))
        self.end()
        self.begin(left)


STEPS = st.lists(
    st.tuples(st.just("make"), st.integers(0, 3), st.integers(1, 4))
    | st.tuples(st.just("drop"), st.integers(0, 3))
    | st.tuples(st.sampled_from(["fail", "leave", "save", "restore", "kill"])),
    max_size=14,
)


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_whatever_happens_a_layer_holds_what_a_dict_would(tmp_path_factory, tools, steps):
    story = Story(tmp_path_factory.mktemp("layer"), tools)
    for name, *arguments in steps:
        getattr(story, name)(*arguments)
        assert {row.x: row for row in story.layer.rows()} == story.wanted
    story.end()
    assert {row.x: row for row in story.layer.manifest.rows} == story.wanted


KILLED = """
import sys
from pathlib import Path
from conftest import record
from isogen.store.layer import LayerStore
layer = LayerStore(Path(sys.argv[1]), "render")
with layer.writing() as writer:
    for x in range(100_000):
        record(layer, writer, x, 0, x)
        print(x, flush=True)
"""


def test_kill_9_in_the_middle_of_writing_loses_nothing_that_was_reported(tmp_path, start):
    done = -1
    for round_ in range(2):
        process = start(KILLED, tmp_path)
        for _ in range(5 + 7 * round_):
            done = max(done, int(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
        process.wait()
        layer = LayerStore(tmp_path, "render")
        held = {row.x for row in layer.rows()}
        assert held >= set(range(done + 1))
        assert all(layer.objects.get(row.sha256) for row in layer.rows())
    with layer.writing():  # the lock of the killed process is in nobody's way
        pass
    assert {row.x for row in layer.manifest.rows} == held


HOLDING = """
import sys
from pathlib import Path
from isogen.store.layer import LayerStore
with LayerStore(Path(sys.argv[1]), "render").writing():
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_writer_in_another_process_keeps_this_one_out(tmp_path, start):
    process = start(HOLDING, tmp_path)
    assert process.stdout.readline() == "held\n"
    theirs = pytest.raises(LockedError, match=f"process {process.pid}")
    with theirs, LayerStore(tmp_path, "render").writing():
        pass


LIMITED = """
import resource, sys
from pathlib import Path
from conftest import record
from isogen.errors import StorageError
from isogen.store.layer import LayerStore
layer = LayerStore(Path(sys.argv[1]), "render")
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
try:
    with layer.writing() as writer:
        for x in range(100):
            record(layer, writer, x, 0, x)
            print(x, flush=True)
except StorageError as error:
    print(error)
"""


def test_a_journal_that_cannot_grow_keeps_what_it_has(tmp_path, start):
    *done, error = start(LIMITED, tmp_path).communicate(timeout=60)[0].splitlines()
    assert "larger than is allowed" in error
    layer = LayerStore(tmp_path, "render")
    assert [str(row.x) for row in layer.rows()] == done
    assert len(done) >= 3
    assert layer.notice == ""
    assert list(tmp_path.rglob("*.tmp")) == []


REPRODUCED = """
import sys
from pathlib import Path
from conftest import record
from isogen.digest import digest_of
from isogen.store.layer import LayerStore
from isogen.store.marks import Mark, write_marks
layer = LayerStore(Path(sys.argv[1]), "render", clock=lambda: 1.7e9)
with layer.writing() as writer:
    for x in {"9", "4", "1", "12"}:
        record(layer, writer, int(x), 0, int(x))
write_marks(Path(sys.argv[1]) / "marks.parquet", {Mark(int(x), 0, True) for x in {"3", "5"}})
print(digest_of(layer.manifest_path.read_bytes()))
print(digest_of((Path(sys.argv[1]) / "marks.parquet").read_bytes()))
print(*sorted(set(layer.journal_path.read_text().splitlines())), sep="\\n")
"""


def test_the_bytes_are_the_same_under_another_hash_seed_and_time_zone(tmp_path, start):
    one = start(REPRODUCED, tmp_path / "one", PYTHONHASHSEED="1", TZ="UTC")
    other = start(REPRODUCED, tmp_path / "other", PYTHONHASHSEED="77", TZ="Pacific/Auckland")
    out = one.communicate(timeout=60)[0]
    assert out == other.communicate(timeout=60)[0]
    assert len(out.splitlines()) == 8


def test_the_data_folder_may_be_named_relative_to_anywhere(tmp_path, tools):
    here = Path(os.path.relpath(tmp_path))
    layer = LayerStore(here / "data", "render", durability=Durability.FAST)
    with layer.writing() as writer:
        tools.record(layer, writer, 0, 0, 1)
    assert len(LayerStore(tmp_path / "data", "render")) == 1
