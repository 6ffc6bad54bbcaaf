import errno
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.digest import digest_of
from isogen.errors import DataError, DigestMismatchError, ObjectMissingError, StorageError
from isogen.files import Durability, write_beside
from isogen.store.objects import Objects


@pytest.fixture
def objects(tmp_path):
    return Objects(tmp_path / "objects")


def files_in(folder):
    return sorted(p.name for p in folder.rglob("*") if p.is_file())


def full_disk(path, flags, mode):
    os.close(os.open(path, flags, mode))  # the name is made, as on a real disk
    return os.open("/dev/full", os.O_WRONLY)


def refusing(number):
    def opener(path, *_):
        raise OSError(number, os.strerror(number), path)

    return opener


@given(st.binary(max_size=300))
def test_what_is_put_can_be_got_by_its_digest(tmp_path_factory, data):
    objects = Objects(tmp_path_factory.mktemp("o"), durability=Durability.FAST)
    digest = objects.put(data)
    assert (digest, objects.get(digest)) == (digest_of(data), data)


@pytest.mark.parametrize("durability", list(Durability))
def test_an_object_lies_under_its_own_name_and_nothing_lies_beside_it(tmp_path, durability):
    objects = Objects(tmp_path, durability=durability)
    digest = objects.put(b"data")
    assert files_in(tmp_path) == [f"{digest}.png"]
    assert objects.path_of(digest) == tmp_path / digest[:2] / f"{digest}.png"


def test_an_object_is_written_once(objects):
    path = objects.path_of(objects.put(b"data"))
    before = path.stat()
    objects.put(b"data")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_object_is_read_only(objects):
    path = objects.path_of(objects.put(b"data"))
    assert stat.S_IMODE(path.stat().st_mode) & 0o222 == 0


def test_a_broken_object_is_noticed_and_putting_it_again_heals_it(objects):
    digest = objects.put(b"data")
    path = objects.path_of(digest)
    path.chmod(0o644)
    path.write_bytes(b"dbta")
    with pytest.raises(DigestMismatchError, match=f"expected {digest}") as caught:
        objects.get(digest)
    assert "isogen repair" in caught.value.hint
    objects.put(b"data")
    assert objects.get(digest) == b"data"


def test_replacing_an_object_leaves_another_link_to_the_old_file_alone(objects, tmp_path):
    digest = objects.put(b"data")
    path = objects.path_of(digest)
    path.chmod(0o644)
    path.write_bytes(b"torn")
    os.link(path, tmp_path / "elsewhere")
    objects.put(b"data")
    assert (tmp_path / "elsewhere").read_bytes() == b"torn"


def test_a_missing_object_is_an_error_of_its_own(objects):
    with pytest.raises(ObjectMissingError):
        objects.get(digest_of(b"never put"))


@pytest.mark.parametrize("name", ["", "../../../etc/passwd", "A" * 64, "0" * 63, "0" * 65])
def test_a_name_that_is_no_digest_reaches_no_file(objects, name):
    with pytest.raises(DataError, match="not a digest"):
        objects.get(name)


def test_removing_tells_whether_it_was_there(objects):
    digest = objects.put(b"data")
    assert (objects.remove(digest), objects.remove(digest)) == (True, False)
    assert not objects.has(digest)


def test_digests_are_listed_in_order_and_strays_apart(objects):
    wanted = sorted(objects.put(bytes([i])) for i in range(20))
    stray = objects.folder / "ab" / ".torn.tmp"
    stray.parent.mkdir(exist_ok=True)
    stray.touch()
    misplaced = objects.folder / "zz" / f"{wanted[0]}.png"
    misplaced.parent.mkdir()
    misplaced.touch()
    assert list(objects.digests()) == wanted
    assert list(objects.strays()) == [stray, misplaced]


def test_a_full_disk_is_named_and_nothing_is_left(tmp_path):
    objects = Objects(tmp_path / "objects", opener=full_disk)
    with pytest.raises(StorageError, match="the disk is full") as caught:
        objects.put(b"data")
    assert str(objects.path_of(digest_of(b"data"))) in str(caught.value)
    assert files_in(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EROFS, "read-only"),
        (errno.EACCES, "not permitted"),
        (errno.EDQUOT, "full"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_refusal_of_the_disk_says_why(tmp_path, number, reason):
    with pytest.raises(StorageError, match=reason):
        Objects(tmp_path, opener=refusing(number)).put(b"data")


def test_a_failed_replacement_leaves_the_old_file(tmp_path):
    path = tmp_path / "file"
    write_beside(path, b"old")
    with pytest.raises(StorageError):
        write_beside(path, b"new", opener=full_disk)
    assert (files_in(tmp_path), path.read_bytes()) == (["file"], b"old")


def test_an_interruption_leaves_nothing(tmp_path):
    def interrupted(path, flags, mode):
        os.close(os.open(path, flags, mode))
        return -1  # so that writing fails as no disk does

    with pytest.raises(StorageError):
        write_beside(tmp_path / "file", b"new", opener=interrupted)
    assert files_in(tmp_path) == []


def test_a_temporary_file_of_a_killed_process_is_in_nobodys_way(tmp_path):
    taken = []

    def twice(path, flags, mode):
        if not taken:
            taken.append(path)
            raise FileExistsError(errno.EEXIST, "exists", path)
        return os.open(path, flags, mode)

    write_beside(tmp_path / "file", b"new", opener=twice)
    assert (tmp_path / "file").read_bytes() == b"new"


LIMITED = """
import resource, sys
from pathlib import Path
from isogen.errors import StorageError
from isogen.store.objects import Objects
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    Objects(Path(sys.argv[1])).put(b"x" * 5000)
except StorageError as error:
    print(error)
"""


def test_a_file_that_stops_in_the_middle_is_removed(tmp_path, start):
    out, _ = start(LIMITED, tmp_path).communicate(timeout=60)
    assert "larger than is allowed" in out
    assert files_in(tmp_path) == []


RACE = """
import sys
from pathlib import Path
from isogen.store.objects import Objects
objects = Objects(Path(sys.argv[1]))
sys.stdin.readline()
for i in range(200):
    objects.put(b"%d" % i * 100)
"""


def test_processes_that_put_the_same_objects_do_not_disturb_each_other(tmp_path, start):
    processes = [start(RACE, tmp_path) for _ in range(3)]
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    codes = [(p.communicate(timeout=60), p.returncode)[1] for p in processes]
    objects = Objects(tmp_path)
    assert codes == [0, 0, 0]
    assert list(objects.strays()) == []
    assert sorted(objects.digests()) == sorted(digest_of(b"%d" % i * 100) for i in range(200))
    assert all(objects.get(digest) for digest in objects.digests())
