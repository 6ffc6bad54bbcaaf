"""PNG: a small encoder whose bytes depend on the pixels alone, and a strict reader.

Pictures of at most 256 colors are stored with a palette sorted by color, at the
smallest bit depth that holds it. Deflate is libdeflate's, which gives the same
bytes on every processor.
"""

import io
import struct
import zlib

import deflate
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from isogen.digest import Digest, digest_of
from isogen.errors import DataError, InputError
from isogen.image.filters import UP, filter_paeth
from isogen.image.noise import deflate_noise
from isogen.image.png_chunks import (
    MAX_SIDE_PX,
    PALETTE,
    RGB,
    RGBA,
    Header,
    chunks_of,
    header_of,
    joined,
)
from isogen.kernels import kernel

ENCODER = "png/1"
"""Name and version of the encoder: bumped when the bytes of any picture change."""

MAX_COLORS = 256
"""Most colors that a palette holds."""

_LEVEL = 5  # measured on pixel art: 2 % larger than zlib's level 6 in a quarter of its time
_AS_ABOVE = UP
_PIXELS_NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_UNREADABLE = (OSError, SyntaxError, ValueError, struct.error, zlib.error)  # what Pillow raises
_ZLIB_HEAD = b"\x78\x01"
_OPAQUE = 255
_RGBA_CHANNELS = 4

Bytes = NDArray[np.uint8]
Texts = tuple[tuple[str, str], ...]
"""Keywords and texts of tEXt chunks, in order; Latin-1."""


def encode_indexed(indices: Bytes, palette: Bytes, *, scale: int = 1) -> bytes:
    """Encode a picture of palette indices; equal pixels give equal bytes.

    Args:
        indices: Shape (height, width).
        palette: Colors, shape (N, 3) or (N, 4), N from 1 to 256.
        scale: Side of the square of screen pixels that each index becomes.

    Raises:
        InputError: The picture is empty, or an index is outside the palette.
    """
    _check_picture(indices, 2)
    used = np.flatnonzero(np.bincount(indices.reshape(-1), minlength=MAX_COLORS))
    if used[-1] >= len(palette):
        raise InputError(f"index {used[-1]} is outside the palette of {len(palette)} colors")
    colors, ranks = np.unique(_keys(palette[used]), return_inverse=True)
    table = np.zeros(MAX_COLORS, np.uint8)
    table[used] = ranks
    return _palette_png(table[indices], colors, scale)


def encode_rgb(pixels: Bytes, *, noisy: bool = False) -> bytes:
    """Encode a picture exactly; at most 256 colors become a palette.

    Args:
        pixels: Shape (height, width, 3), or 4 with alpha.
        noisy: Whether more colors are written as ``encode_noisy`` does.

    Raises:
        InputError: The picture is empty or not of such a shape.
    """
    _check_picture(pixels, 3)
    height, width, _ = pixels.shape
    flat = np.ascontiguousarray(pixels).reshape(height * width, -1)
    indices, keys = np.empty(len(flat), np.uint8), np.zeros(MAX_COLORS, np.uint32)
    count = _index_colors(flat, indices, keys)
    if count > MAX_COLORS:
        return encode_noisy(pixels) if noisy else encode_truecolor(pixels)
    colors, ranks = np.unique(keys[:count], return_inverse=True)
    return _palette_png(ranks.astype(np.uint8)[indices.reshape(height, width)], colors, 1)


def encode_truecolor(pixels: Bytes, *, flat: bool = False, texts: Texts = ()) -> bytes:
    """Encode a picture with its colors in the pixels, alpha only when it is used.

    Args:
        pixels: Shape (height, width, 3), or 4 with alpha.
        flat: Smaller and faster for even areas and repeated rows; larger for photographs.
        texts: Kept in front of the pixels.

    Raises:
        InputError: The picture is empty or not of such a shape.
    """
    _check_picture(pixels, 3)
    height, width, channels = pixels.shape
    if channels == _RGBA_CHANNELS and (pixels[..., 3] == _OPAQUE).all():
        pixels = pixels[..., :3]
    samples = np.ascontiguousarray(pixels).reshape(height, -1)
    lines = _filter_repeats(samples, 1) if flat else _filter_up(samples)
    kind = RGBA if pixels.shape[2] == _RGBA_CHANNELS else RGB
    return _png(Header(width, height, 8, kind), lines, texts=texts)


def encode_noisy(pixels: Bytes) -> bytes:
    """Encode a picture of which hardly two pixels are equal, such as a model's, exactly.

    It is three times as fast as ``encode_truecolor`` and smaller; larger for drawings.

    Args:
        pixels: Shape (height, width, 3), or 4 with alpha.

    Raises:
        InputError: The picture is empty or not of such a shape.
    """
    _check_picture(pixels, 3)
    height, width, channels = pixels.shape
    lines = filter_paeth(np.ascontiguousarray(pixels).reshape(height, -1), channels).reshape(-1)
    checksum = struct.pack(">I", deflate.adler32(lines))  # pyright: ignore[reportUnknownMemberType]
    stream = _ZLIB_HEAD + deflate_noise(lines) + checksum
    kind = RGBA if channels == _RGBA_CHANNELS else RGB
    return joined([Header(width, height, 8, kind).chunk, (b"IDAT", stream), (b"IEND", b"")])


def expand(indices: Bytes, palette: Bytes, *, scale: int = 1) -> Bytes:
    """Return the RGBA pixels, shape (height, width, 4), that ``encode_indexed`` stores."""
    colors = np.full((len(palette), 4), _OPAQUE, np.uint8)
    colors[:, : palette.shape[1]] = palette
    words = colors.view(np.uint32)[:, 0][indices]
    return np.repeat(np.repeat(words, scale, 1), scale, 0)[..., None].view(np.uint8)


def pixels_digest(rgba: Bytes) -> Digest:
    """Return the digest of a picture's size and RGBA pixels, whatever encoded it."""
    height, width, _ = rgba.shape
    return digest_of(b"rgba %d %d\n" % (width, height) + rgba.tobytes())


def texts_of(data: bytes) -> dict[str, str]:
    """Read the tEXt chunks of a PNG; of a keyword met twice the last one counts.

    Raises:
        DataError: The PNG is broken.
    """
    texts = (body.partition(b"\0") for kind, body in chunks_of(data) if kind == b"tEXt")
    return {key.decode("latin-1"): text.decode("latin-1") for key, _, text in texts}


def decode(data: bytes, *, max_pixels: int) -> Bytes:
    """Decode a PNG of anybody's to RGBA, shape (height, width, 4).

    Every byte is accounted for, and the size is known before a pixel is made.

    Args:
        data: The whole file.
        max_pixels: Most pixels that the picture may have.

    Raises:
        DataError: The file is no PNG, broken, truncated, followed by other bytes, or too large.
    """
    header = header_of(data)
    if header.width * header.height > max_pixels:
        raise DataError(
            f"the picture has {header.width} x {header.height} px, "
            f"expected at most {max_pixels} px in all"
        )
    needed = [(kind, body) for kind, body in chunks_of(data) if kind in _PIXELS_NEEDED]
    if header.color_type == PALETTE and not any(kind == b"PLTE" for kind, _ in needed):
        raise DataError("the PNG has indices but no palette")
    try:
        # Only chunks that decide pixels are handed on: the others can be bombs of their own.
        with Image.open(io.BytesIO(joined(needed)), formats=("PNG",)) as image:
            return np.array(image.convert("RGBA"))
    except (*_UNREADABLE, Image.DecompressionBombError) as error:
        raise DataError(f"the pixels of the PNG cannot be read: {error}") from error


def _check_picture(pixels: Bytes, dimensions: int) -> None:
    channels = pixels.shape[2:]
    if pixels.ndim != dimensions or not pixels.size or channels not in {(), (3,), (4,)}:
        raise InputError(f"a picture cannot have the shape {pixels.shape}")
    if max(pixels.shape[:2]) > MAX_SIDE_PX:
        raise InputError(f"a side must be at most {MAX_SIDE_PX} px, got {pixels.shape}")


def _keys(palette: Bytes) -> NDArray[np.uint32]:
    """Pack colors so that transparent ones sort first, which keeps tRNS short."""
    channels = np.full((len(palette), 4), _OPAQUE, np.uint8)
    channels[:, 1:] = palette[:, :3]
    channels[:, 0] = palette[:, 3] if palette.shape[1] == _RGBA_CHANNELS else _OPAQUE
    return channels.view(">u4")[:, 0].astype(np.uint32)


@kernel
def _index_colors(flat: Bytes, indices: Bytes, keys: NDArray[np.uint32]) -> int:
    """Number the colors as they appear; return how many, 257 for more than 256."""
    slots = np.full(1024, -1, np.int64)
    count, last = 0, 0
    for i in range(len(flat)):
        alpha = np.uint32(flat[i, 3]) if flat.shape[1] == _RGBA_CHANNELS else np.uint32(_OPAQUE)
        rgb = np.uint32(flat[i, 0]) << 16 | np.uint32(flat[i, 1]) << 8 | np.uint32(flat[i, 2])
        key = np.uint32(alpha << 24 | rgb)
        if count == 0 or key != keys[last]:
            slot = (np.uint64(key) * np.uint64(2654435761) >> np.uint64(20)) & np.uint64(1023)
            while slots[slot] >= 0 and keys[slots[slot]] != key:
                slot = (slot + np.uint64(1)) & np.uint64(1023)
            if slots[slot] < 0:
                if count == len(keys):
                    return count + 1
                slots[slot] = count
                keys[count] = key
                count += 1
            last = slots[slot]
        indices[i] = last
    return count


def _palette_png(ranks: Bytes, colors: NDArray[np.uint32], scale: int) -> bytes:
    height, width = ranks.shape
    depth = next(bits for bits in (1, 2, 4, 8) if len(colors) <= 1 << bits)
    wide = np.repeat(ranks, scale, axis=1)
    samples = wide if depth == 8 else _packed(wide, depth)  # noqa: PLR2004  a byte
    channels = colors.astype(">u4").view(np.uint8).reshape(-1, 4)
    alphas = channels[channels[:, 0] != _OPAQUE, 0].tobytes()
    header = Header(width * scale, height * scale, depth, PALETTE)
    lines = _filter_repeats(samples, scale)
    return _png(header, lines, palette=channels[:, 1:].tobytes(), alphas=alphas)


def _packed(indices: Bytes, depth: int) -> Bytes:
    """Put several indices of ``depth`` bits in each byte, the first one highest."""
    height, width = indices.shape
    per_byte = 8 // depth
    padded = np.zeros((height, -(-width // per_byte) * per_byte), np.uint8)
    padded[:, :width] = indices
    shifts = np.arange(8 - depth, -1, -depth, dtype=np.uint8)
    parts = padded.reshape(height, -1, per_byte) << shifts
    return np.bitwise_or.reduce(parts, axis=2)


def _filter_repeats(samples: Bytes, scale: int) -> Bytes:
    """Write each row ``scale`` times; a row equal to the one above becomes zeros."""
    height, stride = samples.shape
    lines = np.zeros((height, scale, stride + 1), np.uint8)
    lines[:, :, 0] = _AS_ABOVE
    new = np.ones(height, np.bool_)
    new[1:] = (samples[1:] != samples[:-1]).any(axis=1)
    lines[new, 0, 0] = 0
    lines[new, 0, 1:] = samples[new]
    return lines


def _filter_up(samples: Bytes) -> Bytes:
    """Write each row as the difference from the one above."""
    lines = np.empty((len(samples), samples.shape[1] + 1), np.uint8)
    lines[:, 0] = _AS_ABOVE
    lines[0, 1:] = samples[0]
    np.subtract(samples[1:], samples[:-1], out=lines[1:, 1:])
    return lines


def _deflated(lines: Bytes) -> bytes:
    return bytes(deflate.zlib_compress(lines, _LEVEL))  # pyright: ignore[reportUnknownMemberType]


def _png(
    header: Header, lines: Bytes, *, palette: bytes = b"", alphas: bytes = b"", texts: Texts = ()
) -> bytes:
    chunks = [header.chunk]
    chunks += [(b"tEXt", f"{key}\0{text}".encode("latin-1")) for key, text in texts]
    chunks += [(b"PLTE", palette)] if palette else []
    chunks += [(b"tRNS", alphas)] if alphas else []
    chunks += [(b"IDAT", _deflated(lines)), (b"IEND", b"")]
    return joined(chunks)
