import pytest

from isogen.digest import digest_of
from isogen.store.check import FaultKind, repair_layer, verify_layer


@pytest.fixture
def layer(open_layer, tools):
    layer = open_layer()
    with layer.writing() as writer:
        for x in range(4):
            tools.record(layer, writer, x, 0, x)
    return layer


def break_object(layer, digest, data=b"broken"):
    path = layer.objects.path_of(digest)
    path.chmod(0o644)
    path.write_bytes(data)
    return path


def kinds(layer):
    return [fault.kind for fault in verify_layer(layer)]


def test_a_sound_layer_has_no_fault(layer):
    assert list(verify_layer(layer)) == []


def test_a_missing_object_is_named_with_its_quadrant(layer):
    row = layer.row(2, 0)
    layer.objects.remove(row.sha256)
    (fault,) = verify_layer(layer)
    assert (fault.kind, fault.quadrants, fault.digest) == (
        FaultKind.MISSING,
        ((2, 0),),
        row.sha256,
    )
    assert not fault.is_harmless


def test_one_flipped_bit_is_noticed(layer):
    row = layer.row(1, 0)
    data = bytearray(layer.objects.get(row.sha256))
    data[-1] ^= 1
    path = break_object(layer, row.sha256, bytes(data))
    (fault,) = verify_layer(layer)
    assert (fault.kind, fault.quadrants) == (FaultKind.DIGEST, ((1, 0),))
    assert str(path) in fault.message


def test_an_object_that_many_share_is_one_fault_of_all(layer, tools):
    with layer.writing() as writer:
        for x in (7, 8):
            tools.record(layer, writer, x, 0, 1)
    layer.objects.remove(layer.row(1, 0).sha256)
    (fault,) = verify_layer(layer)
    assert fault.quadrants == ((1, 0), (7, 0), (8, 0))


@pytest.mark.parametrize("change", [{"width": 8}, {"bytes": 1}])
def test_a_picture_of_another_size_than_its_row_says_is_noticed(layer, tools, change):
    with layer.writing() as writer:
        row = tools.record(layer, writer, 9, 0, 9)
        writer.record(row._replace(**change), seconds=0.0)
    assert kinds(layer) == [FaultKind.PICTURE]


def test_what_is_no_picture_is_noticed(layer, tools):
    layer.objects.put(b"text")
    with layer.writing() as writer:
        writer.record(tools.row_of(9, 0, b"text"), seconds=0.0)
    (fault,) = verify_layer(layer)
    assert (fault.kind, fault.quadrants) == (FaultKind.PICTURE, ((9, 0),))
    assert "not a PNG" in fault.message


def test_orphans_are_counted_and_do_no_harm(layer, tools):
    layer.objects.put(tools.picture_of(50))
    layer.objects.put(tools.picture_of(51))
    (fault,) = verify_layer(layer)
    assert (fault.kind, fault.count, fault.is_harmless) == (FaultKind.ORPHANS, 2, True)


def test_what_was_left_by_a_crash_is_noticed(layer):
    left = layer.objects.folder / "ab" / ".ab12.png.99-1.tmp"
    left.parent.mkdir(exist_ok=True)
    left.touch()
    (fault,) = verify_layer(layer)
    assert (fault.kind, fault.path, fault.is_harmless) == (FaultKind.LEFTOVER, left, True)


@pytest.mark.parametrize("double", [False, True])
def test_rows_out_of_order_or_double_are_noticed(layer, tools, double):
    rows = layer.rows()
    data = tools.unsorted_manifest([*rows, rows[-1]] if double else rows[::-1])
    layer.manifest_path.write_bytes(data)
    (fault,) = verify_layer(layer)
    assert fault.kind == FaultKind.ROWS
    assert fault.count == (1 if double else 3)


def test_a_broken_manifest_and_journal_are_faults_not_exceptions(layer):
    layer.manifest_path.write_bytes(b"nonsense")
    lines = layer.journal_path.read_bytes().splitlines(keepends=True)
    lines[2] = b"nonsense\n"
    layer.journal_path.write_bytes(b"".join(lines))
    first, second = verify_layer(layer)
    assert (first.kind, second.kind) == (FaultKind.JOURNAL, FaultKind.MANIFEST)
    assert "line 3" in first.message


def test_faults_come_in_the_same_order_however_many_threads_look(layer):
    for row in layer.rows():
        layer.objects.remove(row.sha256)
    found = [list(verify_layer(layer, threads=threads)) for threads in (1, 4)]
    assert found[0] == found[1]
    assert [fault.quadrants[0].x for fault in found[0]] == [0, 1, 2, 3]


def test_looking_may_be_stopped_at_the_first_fault(layer):
    for row in layer.rows():
        layer.objects.remove(row.sha256)
    faults = verify_layer(layer)
    assert next(faults).quadrants == ((0, 0),)
    faults.close()


def test_repair_drops_what_is_bad_so_that_it_is_made_again(layer, tools, open_layer):
    bad, gone, *good = layer.rows()
    break_object(layer, bad.sha256)
    layer.objects.remove(gone.sha256)
    left = layer.objects.folder / ".left.tmp"
    left.touch()
    repair = repair_layer(layer)
    assert repair.dropped == (bad.quadrant, gone.quadrant)
    assert (repair.removed_objects, repair.removed_leftovers, left.exists()) == (1, 1, False)
    reader = open_layer()
    assert (reader.rows(), list(verify_layer(reader))) == (good, [])
    assert (reader.find(bad.recipe), reader.find(gone.recipe)) == (None, None)
    with reader.writing() as writer:
        tools.record(reader, writer, 0, 0, 0)
    assert reader.find(bad.recipe) == bad


def test_repair_is_in_the_history_and_repairing_again_does_nothing(layer):
    layer.objects.remove(layer.row(1, 0).sha256)
    repair_layer(layer)
    assert [type(r.event).__name__ for r in layer.history()][-2:] == ["Dropped", "Base"]
    before = layer.journal_path.read_bytes()
    assert repair_layer(layer).dropped == ()
    assert layer.journal_path.read_bytes() == before


def test_repair_leaves_a_file_of_somebody_else_alone(layer):
    foreign = layer.objects.folder / "README"
    foreign.touch()
    repair_layer(layer)
    assert foreign.exists()
    assert kinds(layer) == [FaultKind.LEFTOVER]


def test_repair_sets_aside_the_lines_that_cannot_be_read(layer):
    lines = layer.journal_path.read_bytes().splitlines(keepends=True)
    lines.insert(2, b"nonsense\n")
    layer.journal_path.write_bytes(b"".join(lines))
    rows = layer.rows()
    assert repair_layer(layer).unreadable_bytes == len(b"nonsense\n")
    assert (layer.rows(), list(verify_layer(layer))) == (rows, [])
    assert layer.journal_path.with_suffix(".unreadable").read_bytes() == b"nonsense\n"


def test_a_row_that_lies_about_its_picture_does_not_come_back(layer, tools):
    with layer.writing() as writer:
        row = tools.record(layer, writer, 9, 0, 9)
        writer.record(row._replace(width=8), seconds=0.0)
    repair_layer(layer)
    assert (layer.row(9, 0), layer.find(row.recipe)) == (None, None)
    assert digest_of(b"") not in list(layer.objects.digests())
