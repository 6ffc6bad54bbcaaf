"""Fronts of glass: curtain walls that mirror the sky and the street, ribbon windows."""

from isogen.kernels import part
from isogen.pixelart.bays import OBLIQUE, Place
from isogen.pixelart.inks import DARK, GLASS, IVORY, PANE, WHITE, Ink, Spot, below_top
from isogen.pixelart.noise import hash3

_STAIRS_EVERY = 6
"""Bays from one stair to the next."""


@part
def gleam(s: Spot) -> int:
    """Return 1 where glass shows the diagonal gleam of the sky, -1 where it mirrors houses."""
    band = ((s.u if s.lit else s.width - s.u) * 2 + s.v + s.seed) % 97
    block = hash3(s.seed, s.u // 7, 13)
    if s.v < min(2 + block % 7, s.height // 3):
        return -1
    return 1 if band < 18 or 24 < band < 30 else 0


@part
def glass_front(s: Spot) -> Ink:
    """A curtain wall: mullions, floors, the sky, a dark skyline at its foot, lit offices."""
    if below_top(s) == 0:
        return WHITE, s.tone + 1
    base = 3 if s.lit else 2
    shine = gleam(s)
    if s.v % 4 == 0:
        return s.material, base - 1
    if s.u % 3 == 0 and s.steep < 2:
        return s.material, base + (1 if shine > 0 else shine - 1)
    office = hash3(s.seed, s.u // 3, s.v // 4) & 31
    if office == 3 or (s.v < 4 and s.u % 6 < 3):
        return PANE, 3
    if office == 9 and s.v % 4 == 3:
        return IVORY, base
    return s.material, base + shine + (1 if shine == 0 and s.lit and s.v > s.height * 2 // 3 else 0)


@part
def ribbons(s: Spot, p: Place) -> Ink:
    """Windows in bands around the house over spandrels; a stair climbs between them."""
    near = s.steep < OBLIQUE
    stairs = near and s.seed & 1 and p.bays > 4
    if stairs and p.bay % _STAIRS_EVERY == (s.seed >> 3) % _STAIRS_EVERY:
        return _stairs(s, p)
    if p.y == p.storey - 1:
        return s.material, s.tone
    if p.y == 0 or not 0 < s.u < s.width - 1:
        return s.trim if (s.seed >> 2) & 1 else s.material, s.tone
    if near and s.u % 4 == 0:
        return (s.trim, s.tone - 1) if s.seed & 16 else (DARK, 1)
    return _ribbon_pane(s, hash3(s.seed, s.u // 4, p.floor), p.y == p.storey - 2)


@part
def _stairs(s: Spot, p: Place) -> Ink:
    """Glass from the door to the roof; its landings lie between the floors."""
    if p.x in (0, p.wide - 1):
        return s.material, s.tone
    if (p.y + 2) % p.storey == 0:
        return s.trim, s.tone - 1
    if hash3(s.seed, p.bay, p.floor) & 15 == 0:
        return PANE, 3
    return GLASS, 3 if s.lit else 2


@part
def _ribbon_pane(s: Spot, n: int, top: bool) -> Ink:  # noqa: FBT001  kernels take no keywords
    if top and n & 15 == 3:
        return IVORY, 3 if s.lit else 2
    if n & 3 == 0:
        return GLASS, (3 if s.lit else 2) + top
    return PANE if n & 12 == 0 else DARK, 1 if top else 2
