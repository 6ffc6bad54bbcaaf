"""Palettes: six tones for each material.

The artist paints indices, so changing the palette changes no pixel: night is day in other
colors. A palette file lists ramps, or names a base, how its colors are graded, and the
ramps that differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isogen.digest import Digest, digest_of
from isogen.errors import ParamsError
from isogen.image.oklab import from_oklab, to_oklab
from isogen.mesh.vocabulary import Material
from isogen.pixelart.indices import TONES, VOID_RAMP
from isogen.pixelart.palette_schema import Grade, PaletteFile, Ramp, Shade

MOST_COLORS = 128
"""Colors that a palette may have, the void's included."""

_LIGHTNESS = np.array([-0.36, -0.235, -0.115, 0.0, 0.085, 0.165])
"""OKLab lightness of each tone, from the middle."""


@dataclass(frozen=True)
class Palette:
    """The colors of the palette indices."""

    name: str
    title: str

    colors: NDArray[np.uint8]
    """sRGB, shape (256, 3); material times ``TONES`` plus tone, then the void."""

    digest: Digest
    """Digest of the colors."""


def make_palette(name: str, files: Mapping[str, PaletteFile], shown: str) -> Palette:
    """Return a palette of a style.

    Args:
        name: The palette's name.
        files: The palette files of the style, by name.
        shown: What messages call its file.

    Raises:
        ParamsError: It names an unknown base, leaves a material without colors, or has
            more than ``MOST_COLORS``.
    """
    colors = _colors(name, files, shown)
    count = len(np.unique(colors, axis=0))
    if count > MOST_COLORS:
        raise ParamsError(
            f"{shown}: a palette has at most {MOST_COLORS} colors, got {count}",
            hint="Let ramps share their dark and light ends: equal colors count once.",
        )
    colors.setflags(write=False)
    return Palette(name, files[name].title, colors, digest_of(colors.tobytes()))


def _colors(name: str, files: Mapping[str, PaletteFile], shown: str) -> NDArray[np.uint8]:
    file = files[name]
    if file.base is None:
        colors = np.zeros((256, 3), np.uint8)
        _check_complete(file, shown)
    else:
        base = files.get(file.base)
        if base is None or base.base is not None:
            named = ", ".join(n for n, f in files.items() if f.base is None)
            raise ParamsError(
                f"{shown}: base is {file.base!r}, which is no palette without a base",
                hint=f"There are: {named or 'none'}.",
            )
        colors = _graded(_colors(file.base, files, shown), file.grade)
    for material, ramp in file.ramps.items():
        first = Material[material.upper()] * TONES
        _set_ramp(colors[first : first + TONES], ramp, file.shade)
    if file.void is not None:
        colors[VOID_RAMP * TONES :] = [_rgb(c) for c in file.void]
    return colors


def _check_complete(file: PaletteFile, shown: str) -> None:
    whole = {name for name, ramp in file.ramps.items() if ramp.mid or all(ramp.tones or ())}
    missing = [m.name.lower() for m in Material if m.name.lower() not in whole]
    if missing or file.void is None:
        missing += [] if file.void else ["void"]
        raise ParamsError(
            f"{shown}: there are no colors for {', '.join(missing)}",
            hint="Add them, or name a base.",
        )


def _set_ramp(colors: NDArray[np.uint8], ramp: Ramp, shade: Shade) -> None:
    if ramp.mid is not None:
        colors[:] = _tones_around(ramp.mid, ramp.contrast, shade)
    for tone, color in enumerate(ramp.tones or ()):
        if color:
            colors[tone] = _rgb(color)


def _tones_around(mid: str, contrast: float, shade: Shade) -> NDArray[np.uint8]:
    """Return six tones; shadows turn cool and lights warm, as pixel artists do by hand."""
    lab = to_oklab(np.array(_rgb(mid), np.uint8))
    offsets = _LIGHTNESS * contrast
    hue = np.radians(np.where(offsets < 0, shade.cool, shade.warm))
    share = np.minimum(np.abs(offsets) * np.where(offsets < 0, 0.9, 0.8), 0.35)
    chroma = max(float(np.hypot(lab[1], lab[2])), 0.045)
    # Chroma vectors are mixed, not angles: no turn the wrong way around the hue circle.
    target = chroma * np.stack([np.cos(hue), np.sin(hue)], axis=1)
    ab = lab[1:] + share[:, None] * (target - lab[1:])
    lightness = np.clip(lab[0] + offsets, 0.13, 0.975)
    return from_oklab(np.column_stack([lightness, ab]))


def _graded(colors: NDArray[np.uint8], grade: Grade) -> NDArray[np.uint8]:
    lab = to_oklab(colors)
    light = lab[:, :1].copy()
    lab[:, :1] = light * grade.lightness + grade.lift
    lab[:, 1:] *= grade.chroma
    for color, nearness in ((grade.shadows, 1 - light), (grade.lights, light)):
        if color is not None:
            toward = to_oklab(np.array(_rgb(color), np.uint8))[1:]
            lab[:, 1:] += grade.tint * nearness * (toward - lab[:, 1:])
    return from_oklab(lab)


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
