from pathlib import Path

import pytest

from isogen.errors import ObjectMissingError, StorageError
from isogen.export.folder import write_folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def names_beside(folder):
    return sorted(p.name for p in folder.parent.iterdir())


def test_files_are_written_by_name_and_the_rest_is_removed(out):
    write_folder([("a/old.txt", b"old")], out)
    write_folder([("b/c/new.txt", b"new")], out)
    assert [p.relative_to(out).as_posix() for p in out.rglob("*.txt")] == ["b/c/new.txt"]
    assert names_beside(out) == ["out"]


def test_a_file_given_by_path_is_linked_not_copied(out, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"pixels")
    write_folder([("a", source)], out)
    assert (out / "a").samefile(source)


def test_a_copy_with_the_same_bytes_counts_as_unchanged(out, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"pixels")
    write_folder([("a", b"pixels")], out)
    assert not write_folder([("a", source)], out)


@pytest.mark.parametrize("damage", [b"", b"pixelz"])
def test_a_damaged_file_is_replaced(out, damage):
    write_folder([("a", b"pixels")], out)
    (out / "a").write_bytes(damage)
    assert write_folder([("a", b"pixels")], out)
    assert (out / "a").read_bytes() == b"pixels"


def test_a_missing_source_leaves_the_old_folder_as_it_was(out, tmp_path):
    write_folder([("a", b"old")], out)
    with pytest.raises(ObjectMissingError, match="gone"):
        write_folder([("a", b"new"), ("b", tmp_path / "gone")], out)
    assert (out / "a").read_bytes() == b"old"
    assert names_beside(out) == ["out"]


def test_leftovers_of_an_interrupted_run_do_not_matter(out):
    for leftover in (".out.new", ".out.old"):
        (out.parent / leftover / "deep").mkdir(parents=True)
    write_folder([("a", b"new")], out)
    assert names_beside(out) == ["out"]


def test_the_folder_may_be_a_link_or_the_current_one(out, tmp_path, monkeypatch):
    write_folder([("a", b"old")], out)
    (tmp_path / "link").symlink_to(out)
    write_folder([("a", b"new")], tmp_path / "link")
    assert (out / "a").read_bytes() == b"new"
    monkeypatch.chdir(out)
    write_folder([("a", b"newer")], Path())
    assert (out / "a").read_bytes() == b"newer"
    assert names_beside(out) == ["link", "out"]


def test_a_file_in_the_place_of_the_parent_is_a_storage_error(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot write"):
        write_folder([("a", b"new")], tmp_path / "file" / "out")
