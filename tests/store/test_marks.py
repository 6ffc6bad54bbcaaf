import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.errors import DataError, InputError, LockedError
from isogen.store.lock import writer_lock
from isogen.store.marks import MAX_NOTE, SCHEMA, Mark, change_marks, read_marks, write_marks
from isogen.store.tables import encode_table

SMALL = st.integers(-5, 5)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MARKS = st.lists(
    st.builds(Mark, SMALL, SMALL, st.booleans(), st.booleans(), st.integers(-1, 1), TEXT),
    unique_by=lambda mark: mark.quadrant,
    max_size=8,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "marks.parquet"


@given(MARKS)
def test_marks_come_back_sorted_without_those_that_say_nothing(tmp_path_factory, marks):
    path = tmp_path_factory.mktemp("marks") / "marks.parquet"
    write_marks(path, marks)
    wanted = sorted((m for m in marks if not m.is_blank), key=lambda m: (m.y, m.x))
    assert list(read_marks(path).items()) == [(mark.quadrant, mark) for mark in wanted]


def test_without_a_file_nobody_said_anything(path):
    assert read_marks(path) == {}


def test_changing_a_mark_leaves_the_others(path):
    change_marks(path, [Mark(0, 0, starred=True), Mark(1, 0, water=-1)])
    change_marks(path, [Mark(1, 0, water=1, note="harbor")])
    change_marks(path, [Mark(0, 0)])
    assert read_marks(path) == {(1, 0): Mark(1, 0, water=1, note="harbor")}


def test_the_same_marks_have_the_same_bytes(path):
    marks = [Mark(2, 0, starred=True), Mark(1, 0, note="a")]
    write_marks(path, marks)
    before = path.read_bytes()
    write_marks(path, marks[::-1])
    assert path.read_bytes() == before


@pytest.mark.parametrize("mark", [Mark(0, 0, water=2), Mark(0, 0, note="x" * (MAX_NOTE + 1))])
def test_a_mark_that_cannot_be_is_refused_and_nothing_is_written(path, mark):
    with pytest.raises(InputError, match=r"mark \(0, 0\)"):
        change_marks(path, [mark])
    assert not path.exists()


def test_a_table_that_cannot_be_is_an_error_that_names_it(path):
    path.parent.mkdir()
    path.write_bytes(
        encode_table(
            {
                "x": [0],
                "y": [0],
                "starred": [True],
                "reference": [False],
                "water": [9],
                "note": [""],
            },
            SCHEMA,
        )
    )
    with pytest.raises(DataError, match=r"marks\.parquet"):
        read_marks(path)
    path.write_bytes(b"nonsense")
    with pytest.raises(DataError, match=r"marks\.parquet"):
        read_marks(path)


def test_marks_are_changed_by_one_at_a_time(path):
    with writer_lock(path.with_suffix(".lock"), "marks"), pytest.raises(LockedError):
        change_marks(path, [Mark(0, 0, starred=True)])
