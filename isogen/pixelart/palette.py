"""Palettes: six tones for each material, read from the files in ``palettes``.

A palette file either lists ramps, or names a base and says how its colors are
graded; both may set single colors. The artist paints indices, so changing the
palette changes no pixel: night is day with other colors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isogen.digest import Digest, digest_of
from isogen.errors import ParamsError
from isogen.mesh.vocabulary import Material
from isogen.pixelart.indices import TONES, VOID_RAMP
from isogen.pixelart.oklab import from_oklab, to_oklab

_LIGHTNESS = np.array([-0.36, -0.235, -0.115, 0.0, 0.085, 0.165])
"""OKLab lightness of each tone, from the middle."""


@dataclass(frozen=True)
class Palette:
    """The colors of the palette indices."""

    name: str

    colors: NDArray[np.uint8]
    """sRGB, shape (256, 3); material times ``TONES`` plus tone, then the void."""

    digest: Digest
    """Digest of the colors."""


def read_palette(name: str, files: Mapping[str, Mapping[str, Any]], shown: str) -> Palette:
    """Return a palette of a style.

    Args:
        name: The palette's name.
        files: What the palette files of the style hold, by name.
        shown: What messages call its file.

    Raises:
        ParamsError: It leaves a material without colors, or names an unknown base.
    """
    colors = _colors(name, files, shown)
    colors.setflags(write=False)
    return Palette(name, colors, digest_of(colors.tobytes()))


def _colors(name: str, files: Mapping[str, Mapping[str, Any]], shown: str) -> NDArray[np.uint8]:
    rules = files[name]
    if "base" in rules:
        if rules["base"] not in files or "base" in files[rules["base"]]:
            raise ParamsError(
                f"{shown}: base must be a palette without a base, got {rules['base']!r}"
            )
        colors = _colors(rules["base"], files, shown).copy()
    else:
        colors = np.zeros((256, 3), np.uint8)
    shade = {"cool": 285.0, "warm": 92.0, **rules.get("shade", {})}
    ramps: Mapping[str, Any] = rules.get("ramps", {})
    missing = [m.name.lower() for m in Material if m.name.lower() not in ramps]
    if missing and "base" not in rules:
        raise ParamsError(f"{shown}: there is no ramp for {', '.join(missing)}")
    for ramp, rule in ramps.items():
        first = Material[ramp.upper()] * TONES
        colors[first : first + TONES] = _ramp(rule["mid"], rule.get("contrast", 1.0), shade)
    if "grade" in rules:
        colors = _graded(colors, rules["grade"])
    for ramp, tones in rules.get("colors", {}).items():
        _set_tones(colors, ramp, tones)
    return colors


def _ramp(mid: str, contrast: float, shade: Mapping[str, float]) -> NDArray[np.uint8]:
    """Return six tones; shadows turn cool and lights warm, as pixel artists do by hand."""
    lab = to_oklab(np.array(_rgb(mid), np.uint8))
    offsets = _LIGHTNESS * contrast
    hue = np.radians(np.where(offsets < 0, shade["cool"], shade["warm"]))
    share = np.minimum(np.abs(offsets) * np.where(offsets < 0, 0.9, 0.8), 0.35)
    chroma = max(float(np.hypot(lab[1], lab[2])), 0.045)
    # Chroma vectors are mixed, not angles: no turn the wrong way around the hue circle.
    target = chroma * np.stack([np.cos(hue), np.sin(hue)], axis=1)
    ab = lab[1:] + share[:, None] * (target - lab[1:])
    lightness = np.clip(lab[0] + offsets, 0.13, 0.975)
    return from_oklab(np.column_stack([lightness, ab]))


def _graded(colors: NDArray[np.uint8], grade: Mapping[str, Any]) -> NDArray[np.uint8]:
    lab = to_oklab(colors)
    lab[:, 0] = lab[:, 0] * grade.get("lightness", 1.0) + grade.get("lift", 0.0)
    lab[:, 1:] = lab[:, 1:] * grade.get("chroma", 1.0) + np.array(grade.get("shift", [0.0, 0.0]))
    return from_oklab(lab)


def _set_tones(colors: NDArray[np.uint8], name: str, tones: list[str]) -> None:
    """Set single tones: ``#rrggbb``, another tone as ``dark.1``, or ``""`` to leave it."""
    first = VOID_RAMP * TONES if name == "void" else Material[name.upper()] * TONES
    for tone, color in enumerate(tones):
        if color.startswith("#"):
            colors[first + tone] = _rgb(color)
        elif color:
            ramp, _, number = color.partition(".")
            colors[first + tone] = colors[Material[ramp.upper()] * TONES + int(number)]


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
