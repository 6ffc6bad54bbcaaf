import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.digest import digest_of
from isogen.errors import DataError, SchemaVersionError
from isogen.files import Durability
from isogen.store.manifest import (
    SCHEMA,
    Manifest,
    decode_manifest,
    encode_manifest,
    read_manifest,
    write_manifest,
)
from isogen.store.row import NAMES, Row, Status, checked, row_from_json, row_to_json
from isogen.store.tables import Schema, decode_table, encode_table

DIGESTS = st.binary(min_size=1, max_size=4).map(digest_of)
INT32 = st.integers(-(2**31) + 1, 2**31 - 1)
TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
ROWS = st.builds(
    Row,
    x=INT32,
    y=INT32,
    sha256=DIGESTS,
    pixels_sha256=DIGESTS,
    width=st.integers(1, 2048),
    height=st.integers(1, 2048),
    bytes=st.integers(1, 2**40),
    recipe=DIGESTS,
    maker=st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
    model=TEXTS,
    revision=TEXTS,
    prompt=TEXTS,
    negative_prompt=TEXTS,
    seed=st.none() | st.integers(-(2**63) + 1, 2**63 - 1),
    template_sha256=st.none() | DIGESTS,
    parents=st.lists(DIGESTS, max_size=3).map(tuple),
    status=st.sampled_from(Status),
    lat=st.floats(-90, 90),
    lng=st.floats(-180, 180),
).map(checked)
DIGEST = digest_of(b"")
LAYERS = st.lists(ROWS, max_size=6, unique_by=lambda row: row.quadrant)


def by_position(rows):
    return tuple(sorted(rows, key=lambda row: (row.y, row.x)))


@given(LAYERS)
def test_rows_come_back_as_they_were_in_order(rows):
    assert decode_manifest(encode_manifest(rows)) == by_position(rows)


@given(LAYERS, st.randoms(use_true_random=False))
def test_the_bytes_do_not_depend_on_the_order_in_which_rows_are_given(rows, chance):
    mixed = list(rows)
    chance.shuffle(mixed)
    assert encode_manifest(mixed) == encode_manifest(rows)


@given(ROWS)
def test_a_row_survives_json(row):
    assert row_from_json(row_to_json(row)) == row


def test_columns_are_those_of_the_design_and_any_reader_sees_them(tmp_path, tools):
    path = tmp_path / "manifest.parquet"
    write_manifest(path, [tools.row_of(3, -1, b"data")], Durability.FAST)
    table = pq.read_table(path)
    assert tuple(table.column_names) == NAMES == tuple(column.name for column in SCHEMA.columns)
    assert ",".join(NAMES) == (
        "x,y,sha256,pixels_sha256,width,height,bytes,recipe,maker,model,revision,prompt,"
        "negative_prompt,seed,template_sha256,parents,status,lat,lng"
    )
    assert table.slice(0, 1).to_pylist()[0]["parents"] == [digest_of(b"pixels")]


def test_the_bytes_of_a_manifest_are_pinned(tools):
    # When this fails, pyarrow writes other bytes than before: say so in the changelog.
    rows = [tools.row_of(i % 8, i // 8, b"%d" % i) for i in range(64)]
    golden = "39e2585a4485fa9c1146bf4528557b4609d2f5c30dc9e06f191005e1ed806d91"
    assert digest_of(encode_manifest(rows)) == golden


def test_places_are_rounded_to_where_machines_agree(tools):
    row = checked(tools.row_of(0, 0, b"", bytes=1, lat=60.00000004999, lng=-0.000000001))
    assert (row.lat, str(row.lng)) == (60.0, "0.0")


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "0" * 63},
        {"recipe": "X" * 64},
        {"parents": ("no digest",)},
        {"template_sha256": ""},
        {"width": 0},
        {"bytes": 0},
        {"x": 2**31},
        {"seed": 2**63},
        {"lat": 91.0},
        {"lng": float("nan")},
    ],
    ids=str,
)
def test_a_row_that_cannot_be_is_refused(tools, change):
    with pytest.raises(DataError):
        checked(tools.row_of(0, 0, b"data")._replace(**change))


@pytest.mark.parametrize(
    "change", [{"x": "1"}, {"x": True}, {"parents": "ab"}, {"parents": [1]}, {"extra": 1}], ids=str
)
def test_a_row_of_foreign_json_is_refused(tools, change):
    values = {**row_to_json(tools.row_of(0, 0, b"data")), "parents": [], **change}
    with pytest.raises(ValueError, match="row"):
        row_from_json(values)


def test_without_a_file_there_are_no_rows(tmp_path):
    assert read_manifest(tmp_path / "none.parquet") == Manifest((), None)


def test_another_version_is_refused(tmp_path):
    newer = Schema(SCHEMA.name, 2, SCHEMA.columns)
    path = tmp_path / "manifest.parquet"
    path.write_bytes(encode_table({name: [] for name in NAMES}, newer))
    with pytest.raises(SchemaVersionError, match=r"manifest\.parquet.* version 2, expected 1"):
        read_manifest(path)


def parquet(table):
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize(
    "data",
    [b"", b"PAR1 and nonsense PAR1", parquet(pa.table({"x": [1]}))],
    ids=["empty", "nonsense", "foreign"],
)
def test_what_is_no_manifest_is_an_error_that_names_the_file(tmp_path, data):
    path = tmp_path / "manifest.parquet"
    path.write_bytes(data)
    with pytest.raises(DataError, match=r"manifest\.parquet"):
        read_manifest(path)


def test_other_columns_are_an_error():
    fewer = Schema(SCHEMA.name, SCHEMA.version, SCHEMA.columns[:3])
    data = encode_table({"x": [], "y": [], "sha256": []}, fewer)
    with pytest.raises(DataError, match="columns of 'manifest'"):
        decode_manifest(data)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_does_no_worse_than_a_data_error(at, flip):
    rows = tuple(
        Row(
            i,
            0,
            *[digest_of(b"")] * 2,
            4,
            4,
            9,
            digest_of(b"r"),
            "m",
            *[None] * 6,
            (),
            Status.OK,
            0.0,
            0.0,
        )
        for i in range(3)
    )
    good = encode_manifest(rows)
    at %= len(good)
    bad = good[:at] + bytes([good[at] ^ flip]) + good[at + 1 :]
    try:
        decoded = decode_manifest(bad)
    except DataError:
        return
    assert len(decoded) <= 3


def test_too_many_rows_are_refused(tools):
    data = encode_manifest([tools.row_of(i, 0, b"data") for i in range(5)])
    with pytest.raises(DataError, match="5 rows, expected at most 4"):
        decode_table(data, SCHEMA, max_rows=4)


def test_a_small_file_with_much_in_it_is_refused(tools):
    data = encode_manifest(
        tools.row_of(i, 0, b"data", prompt="houses " * 1000) for i in range(2000)
    )
    assert len(data) < 200_000
    with pytest.raises(DataError, match="its values take more than"):
        decode_table(data, SCHEMA, max_bytes=1_000_000)
