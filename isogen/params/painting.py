"""The settings of the artist."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from isogen.params.infill import QualityParams
from isogen.params.section import Label, Section

PIXELART = "pixelart"
"""The built-in artist: the one model that paints quadrants directly, not infills."""

_LEAST_RANGE = 0.05
"""Between black and white: less would make a poster of two tones."""


class PhotoParams(Section):
    """How a photographic render is graded, when ``source`` is render."""

    black: float = Field(default=0.12, ge=0, le=0.9)
    """Lightness of the render that becomes the darkest tone, from 0 to 0.9 (OKLab)."""

    white: float = Field(default=0.93, ge=0.1, le=1)
    """Lightness of the render that becomes the brightest tone, from 0.1 to 1 (OKLab); above
    black."""

    saturation: float = Field(default=1.35, ge=0, le=4)
    """Strength of the colors, as a multiple of the render's, from 0 to 4."""

    outline: float = Field(default=0.13, ge=0, le=0.5)
    """Darkness of outlines, from 0 (none) to 0.5."""

    @model_validator(mode="after")
    def _white_is_above_black(self) -> Self:
        if self.white < self.black + _LEAST_RANGE:
            raise PydanticCustomError("range", "Input should have white at least 0.05 above black")
        return self


class GenerateParams(Section):
    """How the picture is painted."""

    model: Label = PIXELART
    """What paints: pixelart (built in), or an infill model (`isogen models list`)."""

    source: Literal["faces", "render"] = "faces"
    """What the built-in artist looks at: faces (it knows what each pixel shows) or render (the
    colors alone, for photographic sources)."""

    style: Label = "classic"
    """How the built-in artist paints: a bundled style (`isogen style list`) or a folder in
    styles."""

    palette: Label = "day"
    """Colors: a palette of the style; the classic ones are autumn, day, dusk and night."""

    photo: PhotoParams = PhotoParams()
    """How a photographic render is graded, when source is render."""

    quality: QualityParams = QualityParams()
    """What is done with the answers of an infill model."""
