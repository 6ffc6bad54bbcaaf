"""What can be set about how a photographic picture becomes pixel art."""

from dataclasses import dataclass

PHOTO_GUARD = 15
"""Art pixels of the picture that must be known around those that are painted."""


@dataclass(frozen=True)
class PhotoLook:
    """How a photographic picture is graded. Lightness is that of OKLab, from 0 to 1."""

    black: float = 0.12
    """Lightness of the picture that becomes the darkest tone."""

    white: float = 0.93
    """Lightness of the picture that becomes the brightest tone."""

    saturation: float = 1.35
    """Chroma, relative to the picture's."""

    outline: float = 0.13
    """Lightness that outlines lose; 0 draws none."""
