"""The chunks of a PNG file, written and read strictly."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import deflate

from isogen.errors import DataError

GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6
"""PNG's color types."""

MAX_SIDE_PX = 1 << 16
"""Longest side of a picture that is read or written."""

SIGNATURE = b"\x89PNG\r\n\x1a\n"
"""How every PNG begins."""

_DEPTHS = {GRAY: (1, 2, 4, 8), RGB: (8,), PALETTE: (1, 2, 4, 8), GRAY_ALPHA: (8,), RGBA: (8,)}
_HEADER_BYTES = 13
_AROUND_BODY = 12  # length, kind and checksum


@dataclass(frozen=True, slots=True)
class Header:
    """What a PNG says about itself before its pixels."""

    width: int
    height: int
    bit_depth: int
    color_type: int

    @property
    def chunk(self) -> tuple[bytes, bytes]:
        """The chunk that says it, for rows from top to bottom."""
        fields = (self.width, self.height, self.bit_depth, self.color_type, 0, 0, 0)
        return b"IHDR", struct.pack(">2I5B", *fields)


def joined(chunks: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Return the file made of chunks, each with its length and checksum."""
    parts = [SIGNATURE]
    for kind, body in chunks:
        crc = _checksum(kind, body)
        parts += [struct.pack(">I", len(body)), kind, body, struct.pack(">I", crc)]
    return b"".join(parts)


def header_of(data: bytes) -> Header:
    """Read what a PNG says about itself; only the first 33 bytes are looked at.

    Raises:
        DataError: It is not a PNG, or of a kind that is not read.
    """
    if data[:8] != SIGNATURE:
        raise DataError(f"not a PNG: it begins with {data[:8]!r}")
    kind, body, _ = _chunk_at(data, 8)
    if kind != b"IHDR" or len(body) != _HEADER_BYTES:
        raise DataError(f"a PNG begins with 13 bytes of IHDR, found {len(body)} of {kind!r}")
    width, height, depth, color, compression, filtering, interlace = struct.unpack(">2I5B", body)
    if not (0 < width <= MAX_SIDE_PX and 0 < height <= MAX_SIDE_PX):
        raise DataError(f"a side must be from 1 to {MAX_SIDE_PX} px, found {width} x {height}")
    if depth not in _DEPTHS.get(color, ()) or compression or filtering or interlace > 1:
        raise DataError(
            f"this kind of PNG is not read: bit depth {depth}, color type {color}, compression "
            f"{compression}, filter {filtering}, interlace {interlace}",
            hint="Save it with 8 bits a channel.",
        )
    return Header(width, height, depth, color)


def chunks_of(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and body of the chunks of a PNG up to IEND, which must be the end of the file.

    Raises:
        DataError: A chunk is broken or cut off, or bytes follow the end.
    """
    at, kind = len(SIGNATURE), b""
    while kind != b"IEND":
        kind, body, at = _chunk_at(data, at)
        yield kind, body
    if at != len(data):
        raise DataError(f"{len(data) - at} bytes follow the end of the PNG")


def _chunk_at(data: bytes, at: int) -> tuple[bytes, bytes, int]:
    """Return kind and body of the chunk at a position, and where the next one begins."""
    if at + _AROUND_BODY > len(data):
        raise DataError(f"the PNG is truncated: it ends after {len(data)} bytes")
    size, kind = struct.unpack_from(">I4s", data, at)
    end = at + _AROUND_BODY + size
    if end > len(data):
        raise DataError(f"the PNG is truncated: {kind!r} ends at {end}, the file at {len(data)}")
    body = data[at + 8 : end - 4]
    if struct.unpack_from(">I", data, end - 4)[0] != _checksum(kind, body):
        raise DataError(f"the PNG is broken: {kind!r} at byte {at} does not match its checksum")
    return kind, body, end


def _checksum(kind: bytes, body: bytes) -> int:
    begun = int(deflate.crc32(kind))  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
    return int(deflate.crc32(body, begun))  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
