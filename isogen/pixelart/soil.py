"""What the rules of the ground need to know of a pixel."""

from typing import NamedTuple

from isogen.pixelart.rules import Rules


class Soil(NamedTuple):
    """One art pixel of ground."""

    rules: Rules
    x: int
    """Global art x."""

    y: int
    """Global art y."""

    ix: int
    """Whole position along the diagonal ground axes."""

    iy: int

    n: int
    """Hash of the pixel, 0 to 65,535, for rare grains; 32,768 where the style has none."""

    threshold: float
    """Ordered dither threshold in [0, 1)."""
