"""What a palette file of a style may say.

The docstring of a key is also the hint of the message that refuses a wrong value.
"""

from typing import Annotated, Self, cast

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from isogen.params.model import Label, Section
from isogen.pixelart.indices import TONES
from isogen.pixelart.words import Color, ColorOrBlank, MaterialName


class Ramp(Section):
    """The tones of a material: six colors from dark to light, or a middle one."""

    @model_validator(mode="before")
    @classmethod
    def _colors_are_tones(cls, value: object) -> object:
        return {"tones": cast("object", value)} if isinstance(value, list) else value

    @model_validator(mode="after")
    def _has_either(self) -> Self:
        if (self.mid is None) == (self.tones is None):
            raise PydanticCustomError("ramp", "a ramp has either six colors or mid")
        return self

    tones: Annotated[list[ColorOrBlank], Field(min_length=TONES, max_length=TONES)] | None = None
    """Six colors from dark to light: #rrggbb, in small letters; with a base, \"\" leaves a
    color as it is."""

    mid: Color | None = None
    """The middle tone: #rrggbb, in small letters; shadows turn cool and lights warm."""

    contrast: float = Field(default=1.0, ge=0, le=2)
    """How far apart the tones around mid are, from 0 to 2."""


class Shade(Section):
    """Hues that the tones of a ramp turn to."""

    cool: float = Field(default=285.0, ge=0, le=360)
    """Hue of shadows in OKLab, in degrees from 0 to 360."""

    warm: float = Field(default=92.0, ge=0, le=360)
    """Hue of lights in OKLab, in degrees from 0 to 360."""


class Grade(Section):
    """How the colors of the base are changed, all alike, in OKLab."""

    lightness: float = Field(default=1.0, ge=0, le=2)
    """Factor of lightness, from 0 to 2."""

    lift: float = Field(default=0.0, ge=-1, le=1)
    """What is added to lightness, from -1 to 1."""

    chroma: float = Field(default=1.0, ge=0, le=2)
    """Factor of colorfulness: 0 for greys, up to 2."""

    shadows: Color | None = None
    """Color whose hue the darkest colors take on; #rrggbb."""

    lights: Color | None = None
    """Color whose hue the lightest colors take on; #rrggbb."""

    tint: float = Field(default=0.0, ge=0, le=1)
    """How far they take it on, from 0 to 1."""


class PaletteFile(Section):
    """A file in ``palettes``: ramps, or a base, its grade and the ramps that differ."""

    title: Label
    """Name of the palette for people: text of 1 to 200 characters."""

    base: Label | None = None
    """A palette of the style to start from; it has no base itself."""

    grade: Grade = Grade()
    """How the colors of the base are changed."""

    shade: Shade = Shade()
    """Hues that the tones of a ramp with a middle tone turn to."""

    void: Annotated[list[Color], Field(min_length=4, max_length=4)] | None = None
    """Four colors of the paper that the map lies on, from dark to light."""

    ramps: dict[MaterialName, Ramp] = Field(default_factory=dict)
    """For each material six colors from dark to light, or {mid = "#rrggbb"}."""
