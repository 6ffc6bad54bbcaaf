"""Half as large, and still pixel art.

Light is added, not its sRGB code: the mean of four pixels is taken in linear light, so
that lit windows and dither keep their brightness however far one zooms out. The mean is
then given the nearest color that the four had around them: the palette stays, tiles stay
small, and there is neither the noise of picking a pixel nor the gray of blurring it.
Pictures of more than 256 colors together keep the mean itself.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isogen.export.picture import MOST_COLORS, Bytes, Indexed, Picture, TrueColor
from isogen.kernels import kernel

REDUCTION = "linear-snap/1"
"""Name and version of the reduction; bumped when its pixels change."""

_LIGHT_MAX = 65535
_OPAQUE = 255


def _light_of_code() -> NDArray[np.int64]:
    """Linear light, in 0..65535, of each sRGB code (IEC 61966-2-1)."""
    codes = [code / 255 for code in range(256)]
    light = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in codes]  # noqa: PLR2004
    return np.array([round(v * _LIGHT_MAX) for v in light], np.int64)


_LIGHT = _light_of_code()
_CODE = np.searchsorted((_LIGHT[1:] + _LIGHT[:-1]) / 2, np.arange(_LIGHT_MAX + 1)).astype(np.uint8)
"""sRGB code of each linear light."""

_CLEAR = np.zeros((1, 4), np.uint8)


def merge(children: Sequence[Picture | None], side: int) -> Picture:
    """Put four pictures together and halve the whole.

    Args:
        children: Top-left, top-right, bottom-left and bottom-right, ``side`` pixels
            square each; None is transparent.
        side: Pixels along a side, of each child and of the result; even.
    """
    whole = _as_indexed(children, side) or _as_true_color(children, side)
    return halve(whole)


def halve(picture: Picture) -> Picture:
    """Return the picture at half its size, rounded up; an odd edge counts twice."""
    pad = (picture.height % 2, picture.width % 2)
    if isinstance(picture, TrueColor):
        return TrueColor(_mean(np.pad(picture.pixels, ((0, pad[0]), (0, pad[1]), (0, 0)), "edge")))
    indices = np.pad(picture.indices, ((0, pad[0]), (0, pad[1])), "edge") if any(pad) else None
    source = picture.indices if indices is None else indices
    small = np.empty((source.shape[0] // 2, source.shape[1] // 2), np.uint8)
    _snap(np.ascontiguousarray(source), picture.palette.astype(np.int64), _LIGHT, _CODE, small)
    return Indexed(small, picture.palette)


def crop(picture: Picture, width: int, height: int) -> Picture:
    """Return the top-left part of a picture."""
    if isinstance(picture, TrueColor):
        return TrueColor(picture.pixels[:height, :width])
    return Indexed(picture.indices[:height, :width], picture.palette)


def _as_indexed(children: Sequence[Picture | None], side: int) -> Indexed | None:
    """Put four pictures onto one palette; None when it would be too small."""
    parts = [
        Indexed(np.zeros((side, side), np.uint8), _CLEAR) if c is None else c for c in children
    ]
    indexed = [p for p in parts if isinstance(p, Indexed)]
    if len(indexed) < len(parts):
        return None
    colors = np.concatenate([p.palette for p in indexed])
    palette, slots = np.unique(colors, axis=0, return_inverse=True)
    if len(palette) > MOST_COLORS:
        return None
    tables = np.split(slots.ravel().astype(np.uint8), np.cumsum([len(p.palette) for p in indexed]))
    remapped = [table[p.indices] for table, p in zip(tables, indexed, strict=False)]
    return Indexed(_quarter_up(remapped), palette)


def _as_true_color(children: Sequence[Picture | None], side: int) -> TrueColor:
    empty = np.zeros((side, side, 4), np.uint8)
    return TrueColor(_quarter_up([empty if c is None else c.pixels for c in children]))


def _quarter_up(parts: Sequence[Bytes]) -> Bytes:
    top, bottom = np.concatenate(parts[:2], axis=1), np.concatenate(parts[2:], axis=1)
    return np.concatenate([top, bottom])


def _mean(pixels: Bytes) -> Bytes:
    """Return the mean light of 2 x 2 pixels, weighted by their opacity."""
    four = np.stack([pixels[y::2, x::2] for y in (0, 1) for x in (0, 1)]).astype(np.int64)
    alpha = four[..., 3]
    weight = alpha.sum(axis=0)
    light = (_LIGHT[four[..., :3]] * alpha[..., None]).sum(axis=0)
    share = np.maximum(weight, 1)[..., None]
    out = np.empty((*weight.shape, 4), np.uint8)
    out[..., :3] = np.where(weight[..., None] > 0, _CODE[(light + share // 2) // share], 0)
    out[..., 3] = (weight + 2) // 4
    return out


_MEMO_BITS = 15
_MEMO_FACTOR = 2654435761


@kernel
def _snap(
    indices: Bytes,
    palette: NDArray[np.int64],
    light: NDArray[np.int64],
    code: Bytes,
    out: Bytes,
) -> None:
    """Write the palette index nearest to the mean light of each 2 x 2 pixels."""
    keys = np.full(1 << _MEMO_BITS, -1, np.int64)
    values = np.zeros(1 << _MEMO_BITS, np.uint8)
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            a, b = indices[2 * y, 2 * x], indices[2 * y, 2 * x + 1]
            c, d = indices[2 * y + 1, 2 * x], indices[2 * y + 1, 2 * x + 1]
            if a == b and a == c and a == d:
                out[y, x] = a
                continue
            key = np.int64(a) | np.int64(b) << 8 | np.int64(c) << 16 | np.int64(d) << 24
            slot = (key * _MEMO_FACTOR >> 17) & ((1 << _MEMO_BITS) - 1)
            if keys[slot] != key:
                keys[slot] = key
                values[slot] = _nearest((a, b, c, d), palette, light, code)
            out[y, x] = values[slot]


@kernel
def _nearest(
    four: tuple[int, int, int, int],
    palette: NDArray[np.int64],
    light: NDArray[np.int64],
    code: Bytes,
) -> int:
    """Return the palette index nearest to the mean of four; half covered is opaque."""
    weight, sums = 0, np.zeros(3, np.int64)
    for index in four:
        alpha = palette[index, 3]
        weight += alpha
        for channel in range(3):
            sums[channel] += light[palette[index, channel]] * alpha
    opaque = weight * 2 >= 4 * _OPAQUE
    red, green, blue = (sums + weight // 2) // max(weight, 1)
    best, least = 0, np.int64(1) << 62
    for index in range(len(palette)):
        if (palette[index, 3] * 2 >= _OPAQUE) != opaque:
            continue
        dr = palette[index, 0] - code[red]
        dg = palette[index, 1] - code[green]
        db = palette[index, 2] - code[blue]
        far = 2 * dr * dr + 4 * dg * dg + 3 * db * db
        if far < least:
            best, least = index, far
    return best
