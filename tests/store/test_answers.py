"""Answers are kept as they came; what is not whole is as if it were not there."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.digest import digest_of
from isogen.errors import DataError, StorageError
from isogen.store.answers import Answers

KEY, OTHER = digest_of(b"a request"), digest_of(b"another")


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path / "answers")


@given(answer=st.binary(max_size=99))
def test_an_answer_comes_back_as_it_was(tmp_path_factory, answer):
    answers = Answers(tmp_path_factory.mktemp("answers"))
    answers.put(KEY, answer)
    assert answers.get(KEY) == answer
    assert answers.get(OTHER) is None


def test_a_later_answer_takes_the_place_of_an_earlier_one(answers):
    answers.put(KEY, b"first")
    answers.put(KEY, b"second")
    assert answers.get(KEY) == b"second"


@given(damage=st.integers(0, 42 + 31))
def test_a_file_with_one_changed_byte_is_no_answer(tmp_path_factory, damage):
    answers = Answers(tmp_path_factory.mktemp("answers"))
    answers.put(KEY, b"x" * 42)
    data = bytearray(answers.path_of(KEY).read_bytes())
    data[damage] ^= 1
    answers.path_of(KEY).write_bytes(data)
    assert answers.get(KEY) is None


@pytest.mark.parametrize("size", [0, 1, 31, 32, 40])
def test_a_file_that_was_cut_off_is_no_answer(answers, size):
    answers.put(KEY, b"an answer")
    path = answers.path_of(KEY)
    path.write_bytes(path.read_bytes()[:size])
    assert answers.get(KEY) is None


def test_the_answer_to_another_request_is_no_answer(answers):
    answers.put(KEY, b"an answer")
    answers.path_of(OTHER).parent.mkdir(parents=True)
    answers.path_of(KEY).rename(answers.path_of(OTHER))
    assert answers.get(OTHER) is None


def test_a_key_that_is_no_digest_is_refused(answers):
    with pytest.raises(DataError, match="not a digest"):
        answers.get("../../secret")


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "answers").write_text("a file")
    with pytest.raises(StorageError, match="answers"):
        Answers(tmp_path / "answers").put(KEY, b"an answer")


def test_many_threads_may_put_and_get(answers):
    def put_and_get(number):
        key = digest_of(b"%d" % (number % 5))
        answers.put(key, b"answer %d" % (number % 5))
        return answers.get(key) == b"answer %d" % (number % 5)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(put_and_get, range(100)))
    assert not list(answers.folder.rglob("*.tmp"))
