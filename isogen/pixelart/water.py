"""Open water: pale over the shallows, dark over the deep, waves in groups."""

from isogen.kernels import part
from isogen.mesh.vocabulary import Ground
from isogen.pixelart.inks import SEA, WATER, Ink
from isogen.pixelart.noise import hash3, patches, smooth_noise
from isogen.pixelart.rules import Rules

_WATER = int(Ground.WATER)
_FOAM = int(Ground.FOAM)
_SHALLOW = int(Ground.SHALLOW)
_SHELF = int(Ground.SHELF)

_DRIFT = 2
"""Art pixels that the borders of depths are torn by; less than the margin of the rasters."""

_WAVE_WIDTH, _WAVE_HEIGHT = 14, 5
"""Art pixels of the room that each wave has."""


@part
def is_open(c: int) -> bool:
    """Tell whether a ground class is water of some depth."""
    return c in (_WATER, _SHALLOW, _SHELF)


@part
def drifted(spot: tuple[int, int], x: int, y: int) -> tuple[int, int]:
    """Return a row and column near those of art pixel (x, y), so that depths mingle."""
    h = hash3(x >> 1, y, 53)
    return spot[0] + h % (2 * _DRIFT + 1) - _DRIFT, spot[1] + (h >> 5) % (2 * _DRIFT + 1) - _DRIFT


@part
def water(c: int, rules: Rules, x: int, y: int, threshold: float) -> Ink:
    """Return the ink of water of a class; ``threshold`` is the pixel's for ordered dither."""
    strength = rules.texture_patches
    if c == _FOAM:
        n = hash3(x, y, 21)
        crest = (x + (y & 1) * 2 + (n & 3)) % 5 < 2
        return WATER, 5 if crest else 4 if n & 3 else 3
    wave = _wave(rules, x, y)
    if c == _SHALLOW:
        bed = patches(x, y * 2, 9, 51, strength) + threshold * 0.25
        return WATER, max(4 if bed > 0.45 else 3, 3 + wave)
    if c == _SHELF:
        return WATER, 3 + wave
    swell = patches(x, y * 2, 140, 31, strength) * 0.75 + patches(x, y * 2, 37, 32, strength) * 0.25
    light = swell > 0.5 + threshold * 0.16
    return (WATER, 3 + wave) if light else (SEA, 3 + wave)


@part
def _wave(rules: Rules, x: int, y: int) -> int:
    """Return the change of tone on a wave: a bright crest over a short dark trough.

    Each wave lies somewhere in a room of its own; rooms are shifted row by row, and
    noise of large scale says where waves come in groups and where water is calm.
    """
    row = y // _WAVE_HEIGHT
    moved = x + (hash3(row, 5, 91) % _WAVE_WIDTH)
    room = moved // _WAVE_WIDTH
    h = hash3(room, row, 92)
    group = smooth_noise(room * _WAVE_WIDTH, row * _WAVE_HEIGHT * 2, 67, 93)
    if (h & 255) > (group - 0.32) * 460 * rules.water_waves:
        return 0
    long = 3 + (h >> 8) % 5
    u = moved - room * _WAVE_WIDTH - (h >> 11) % (_WAVE_WIDTH - long)
    v = y - row * _WAVE_HEIGHT - (h >> 5) % (_WAVE_HEIGHT - 1)
    if v == 0 and 0 <= u < long:
        return 1
    return -1 if v == 1 and 1 <= u < long - 1 and h & 1 else 0
