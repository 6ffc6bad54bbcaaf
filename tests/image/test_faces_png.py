import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from isogen.errors import DataError, InputError, SchemaVersionError
from isogen.image.faces_png import NOTHING, decode_faces, encode_faces
from isogen.image.png import encode_rgb, encode_truecolor
from isogen.mesh.cell import CellKey

KEYS = st.builds(CellKey, st.integers(-(2**29), 2**29), st.integers(-(2**29), 2**29))
WHITE = np.full((5, 5, 3), 255, np.uint8)


@st.composite
def faces(draw):
    cells = draw(st.lists(KEYS, max_size=255))
    guard = draw(st.integers(0, 3))
    side = draw(st.integers(2 * guard + 1, 12))
    highest = (len(cells) << 16) - 1
    names = draw(hnp.arrays(np.int32, (side, side), elements=st.integers(-1, highest)))
    return names, cells, guard


def noted(note, pixels=WHITE):
    return encode_truecolor(pixels, flat=True, texts=(("isogen:faces", note),))


@given(faces())
def test_a_faces_picture_reads_back_exactly(picture):
    names, cells, guard = picture
    read = decode_faces(encode_faces(names, cells, guard))
    np.testing.assert_array_equal(read.names, names)
    assert (read.names.dtype, read.cells, read.guard) == (np.int32, tuple(cells), guard)


def test_nothing_is_white():
    data = encode_faces(np.full((5, 5), NOTHING, np.int32), [], 2)
    assert data == noted('{"cells":[],"guard":2,"version":1}')


def test_the_bytes_are_pinned():
    names = (np.arange(64, dtype=np.int32).reshape(8, 8) // 5) + (1 << 16)
    data = encode_faces(names, [CellKey(0, 0), CellKey(-1, 3)], 1)
    assert (len(data), zlib.crc32(data)) == (184, 512348770)


@pytest.mark.parametrize(
    ("names", "cells", "guard"),
    [
        (np.full((4, 4), 1 << 16, np.int32), [CellKey(0, 0)], 0),
        (np.full((4, 4), -2, np.int32), [CellKey(0, 0)], 0),
        (np.zeros((4, 4), np.int32), [CellKey(0, 0)] * 256, 0),
        (np.zeros((4, 4), np.int32), [CellKey(0, 0)], 2),
    ],
    ids=["no such cell", "negative", "too many cells", "only guard"],
)
def test_names_that_fit_no_picture_are_refused(names, cells, guard):
    with pytest.raises(InputError):
        encode_faces(names, cells, guard)


@pytest.mark.parametrize(
    "note",
    [
        "not json",
        "[]",
        "{}",
        '{"cells":[],"guard":-1,"version":1}',
        '{"cells":[],"guard":3,"version":1}',
        '{"cells":[],"guard":true,"version":1}',
        '{"cells":{},"guard":0,"version":1}',
        '{"cells":[[1]],"guard":0,"version":1}',
        '{"cells":[[1,2.5]],"guard":0,"version":1}',
        '{"cells":[[1,1e99]],"guard":0,"version":1}',
        "[" * 100_000,
    ],
)
def test_a_note_that_cannot_be_is_an_error(note):
    with pytest.raises(DataError):
        decode_faces(noted(note))


def test_a_name_without_a_cell_is_an_error():
    with pytest.raises(DataError, match="cannot hold the name"):
        decode_faces(noted('{"cells":[],"guard":0,"version":1}', np.zeros((5, 5, 3), np.uint8)))


def test_another_version_is_an_error_of_its_own():
    with pytest.raises(SchemaVersionError, match="version 2"):
        decode_faces(noted('{"cells":[],"guard":0,"version":2}'))


def test_an_ordinary_picture_is_no_faces_picture():
    with pytest.raises(DataError, match="no text"):
        decode_faces(encode_truecolor(WHITE))
    with pytest.raises(DataError, match="is RGB"):
        decode_faces(encode_rgb(WHITE))


def test_a_bomb_is_refused_by_its_header():
    header = b"IHDR" + struct.pack(">2I5B", 50_000, 50_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n\0\0\0\r" + header + struct.pack(">I", zlib.crc32(header))
    with pytest.raises(DataError, match="at most 2048 px"):
        decode_faces(bomb)
