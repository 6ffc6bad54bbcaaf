"""What a pixel of the ground raster says: its class, and how its slope lies in the light."""

from isogen.kernels import part
from isogen.mesh.cell import VOID
from isogen.mesh.vocabulary import CLASS_MASK, SHADE_SHIFT, Ground, GroundStyle
from isogen.pixelart.inks import SEA, WATER, Ink
from isogen.pixelart.tables import Look

_WATER = int(Ground.WATER)
_FOAM = int(Ground.FOAM)

_TOWARD = 3
"""Shade of ground that is turned toward the light."""

_BRIGHTEST = 5


@part
def ground_class(look: Look, mapped: int) -> int:
    """Return the ground class of a face where the raster holds ``mapped``."""
    if look.style == GroundStyle.WATER:
        return _WATER
    if look.style == GroundStyle.WAKE:
        return _FOAM
    return mapped if mapped == VOID else mapped & CLASS_MASK


@part
def turned(ink: Ink, mapped: int) -> Ink:
    """Return the ink of ground that is turned to or from the light, as ``mapped`` says."""
    ramp, tone = ink
    shade = mapped >> SHADE_SHIFT
    if shade == 0 or mapped == VOID or ramp in (WATER, SEA):
        return ramp, tone
    if shade == _TOWARD:
        return ramp, min(tone + 1, _BRIGHTEST)
    return ramp, max(tone - shade, min(tone, 1))
