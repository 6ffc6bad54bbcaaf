"""Tables as Parquet whose bytes are the same whenever the values are.

Only here is pyarrow touched. A table carries the name and version of its schema
in its own metadata, and one from elsewhere is read with limits.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from isogen.errors import DataError, SchemaVersionError

MAX_ROWS = 8_000_000
"""Most rows of a table that is read."""

MAX_BYTES = 4 << 30
"""Most bytes that the values of a table may take in memory."""

_NAME, _VERSION = b"isogen:table", b"isogen:version"
_BATCH_ROWS, _GROUP_ROWS = 1 << 13, 1 << 16
_THRIFT_LIMIT = 16 << 20  # bytes and items of a file's own description
_WRITER: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 3,
    "data_page_version": "1.0",
    "store_schema": False,
    "version": "2.6",
    "write_page_checksum": True,
    "write_statistics": True,
}


class Kind(StrEnum):
    """What a column holds."""

    BOOL = "bool"
    INT32 = "int32"
    INT64 = "int64"
    FLOAT = "float64"
    TEXT = "text"
    TEXTS = "texts"


_ARROW: dict[Kind, pa.DataType] = {
    Kind.BOOL: pa.bool_(),
    Kind.INT32: pa.int32(),
    Kind.INT64: pa.int64(),
    Kind.FLOAT: pa.float64(),
    Kind.TEXT: pa.string(),
    Kind.TEXTS: pa.list_(pa.field("element", pa.string(), nullable=False)),
}


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    kind: Kind
    optional: bool = False
    repeats: bool = False
    """Its values come again and again, so that a dictionary makes it smaller."""


@dataclass(frozen=True)
class Schema:
    """Name, version and columns of a kind of table."""

    name: str
    version: int
    columns: tuple[Column, ...]


Values = Mapping[str, Sequence[Any]]
"""The values of each column, by name; all of the same length."""


def encode_table(values: Values, schema: Schema) -> bytes:
    """Encode columns as a Parquet file; equal values give equal bytes."""
    arrow = _arrow_schema(schema)
    arrays = [pa.array(values[c.name], _ARROW[c.kind]) for c in schema.columns]
    table = pa.Table.from_arrays(arrays, schema=arrow)
    sink = pa.BufferOutputStream()
    repeating: Any = [column.name for column in schema.columns if column.repeats]
    with pq.ParquetWriter(sink, arrow, use_dictionary=repeating, **_WRITER) as writer:
        writer.write_table(table, _GROUP_ROWS)
        writer.add_key_value_metadata(_metadata(schema))
    return sink.getvalue().to_pybytes()


def read_file(path: Path) -> bytes | None:
    """Read the file of a table; None when there is none.

    Raises:
        DataError: It is too large or cannot be read.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from error
    if size > MAX_BYTES:
        raise DataError(f"{path} has {size} bytes, expected at most {MAX_BYTES}")
    return data


def decode_table(
    data: bytes, schema: Schema, *, max_rows: int = MAX_ROWS, max_bytes: int = MAX_BYTES
) -> dict[str, list[Any]]:
    """Read the columns of a Parquet file of anybody's.

    Raises:
        DataError: It is not such a table, is broken, or passes a limit.
        SchemaVersionError: It was written by a version that this one does not know.
    """
    try:
        table = _read(data, schema, max_rows, max_bytes)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DataError(f"not a Parquet table of isogen: {error}") from error
    return {column.name: _values(table, column) for column in schema.columns}


def _arrow_schema(schema: Schema) -> pa.Schema:
    fields = [pa.field(c.name, _ARROW[c.kind], nullable=c.optional) for c in schema.columns]
    return pa.schema(fields)


def _metadata(schema: Schema) -> Any:  # noqa: ANN401  bytes, which the stubs do not know
    return {_NAME: schema.name.encode(), _VERSION: b"%d" % schema.version}


def _read(data: bytes, schema: Schema, max_rows: int, max_bytes: int) -> pa.Table:
    limits: dict[str, Any] = {
        "page_checksum_verification": True,
        "thrift_string_size_limit": _THRIFT_LIMIT,
        "thrift_container_size_limit": _THRIFT_LIMIT,
    }
    with pq.ParquetFile(pa.BufferReader(data), **limits) as file:
        _check_schema(file, schema)
        if file.metadata.num_rows > max_rows:
            raise DataError(f"{file.metadata.num_rows} rows, expected at most {max_rows}")
        batches: list[pa.RecordBatch] = []
        rows = size = 0
        for batch in file.iter_batches(_BATCH_ROWS, use_threads=False):
            # The file's own count of bytes is what a bomb lies about.
            rows, size = rows + batch.num_rows, size + batch.nbytes
            if size > max_bytes or rows > max_rows:
                raise DataError(f"its values take more than {max_bytes} bytes or {max_rows} rows")
            batch.validate(full=True)
            batches.append(batch)
        return pa.Table.from_batches(batches, file.schema_arrow)


def _check_schema(file: pq.ParquetFile, schema: Schema) -> None:
    metadata: dict[Any, Any] = file.metadata.metadata or {}
    if metadata.get(_NAME) != schema.name.encode():
        raise DataError(f"it is not a table named {schema.name!r}")
    if metadata.get(_VERSION) != b"%d" % schema.version:
        version = (metadata.get(_VERSION) or b"none").decode(errors="replace")
        raise SchemaVersionError(
            f"table {schema.name!r} of version {version}, expected {schema.version}",
            hint="Update isogen, or make the layer again.",
        )
    found, wanted = file.schema_arrow, _arrow_schema(schema)
    if not found.equals(wanted):
        raise DataError(f"columns of {schema.name!r}: expected {wanted}, found {found}")


def _values(table: pa.Table, column: Column) -> list[Any]:
    array = table.column(column.name)
    if array.null_count and not column.optional:
        raise DataError(f"{array.null_count} values of column {column.name!r} are absent")
    if column.kind is not Kind.TEXTS:
        return array.to_pylist()
    chunks = (chunk for chunk in array.chunks if len(chunk))
    return [texts for chunk in chunks for texts in _texts(chunk)]


def _texts(chunk: Any) -> list[tuple[str, ...]]:  # noqa: ANN401  a list array
    """Cut a list array at its offsets: ten times as fast as asking for each list.

    Equal texts become one: rows side by side are made from the same objects.
    """
    offsets, coded = chunk.offsets.to_pylist(), chunk.values.dictionary_encode()
    known = coded.dictionary.to_pylist()
    flat = [known[i] for i in coded.indices.to_pylist()]
    return [tuple(flat[a:b]) for a, b in pairwise(offsets)]
