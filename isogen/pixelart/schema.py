"""What the files of a style may say.

The docstring of a key is also the hint of the message that refuses a wrong value: it says
the unit and what is allowed.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from isogen.mesh.vocabulary import Material
from isogen.params.model import Label, Section

Tone = Annotated[int, Field(ge=0, le=5)]
Steps = Annotated[int, Field(ge=0, le=5)]
Share = Annotated[float, Field(ge=0, le=4)]
Sixty = Annotated[int, Field(ge=0, le=64)]


def _known_material(name: str) -> str:
    if name.upper() not in Material.__members__:
        raise ValueError("no ramp has this name")
    return name


RampName = Annotated[str, AfterValidator(_known_material)]


class OutlineRules(Section):
    """Lines around things."""

    step: float = Field(ge=0, le=100)
    """Art pixels of depth that make a silhouette, from 0 to 100."""

    touch: float = Field(ge=0, le=100)
    """Art pixels of depth that part two crowns, from 0 to 100."""

    tone: Tone
    """Lightest tone of a line: 0 (ink) to 5."""

    ink: Literal["own"] | RampName
    """Ramp of the lines: the name of one, or own for the colors of what they surround."""


class LightRules(Section):
    """Where the sun shines."""

    front: Tone
    """Tone of a wall that looks at the sun, from 0 to 5."""

    grazing: Tone
    """Tone of a street front that the sun just reaches, from 0 to 5."""

    shade: Tone
    """Tone of a wall that looks away from the sun, from 0 to 5."""

    bright: float = Field(ge=-1, le=2)
    """Light from which a sloping roof is bright, from -1 to 2; toward the sun it is 1."""

    dim: float = Field(ge=-1, le=2)
    """Light up to which a sloping roof is dim, from -1 to 2."""

    wall_shadow: Steps
    """Tones that a shadow takes from a wall or bright ground, from 0 to 5."""

    shadow: Steps
    """Tones that a shadow takes from all else, from 0 to 5."""


class TextureRules(Section):
    """How much surfaces vary."""

    grain: Share
    """Single darker or lighter pixels, as a multiple of the usual number, from 0 to 4."""

    patches: Share
    """Worn, mown and weathered patches: 0 for none, 1 for the usual ones, up to 4."""

    leaves: Share
    """Tufts of leaves in a crown: 0 for a smooth ball, up to 4."""

    dither: Share
    """Checkered transitions between tones: 0 for hard edges, 1 for the usual ones, up to 4."""


class WindowRules(Section):
    """What is behind the panes, in 64ths; the rest of them is dark."""

    sky: Sixty
    """Panes of 64 that mirror the sky."""

    curtain: Sixty
    """Panes of 64 with a pale curtain."""

    lamp: Sixty
    """Panes of 64 with a lamp that shines by day."""

    dim: Sixty
    """Panes of 64 that are dark by day and lit at night."""


class StyleFile(Section):
    """A ``style.toml``."""

    title: Label
    """Name of the style for people: text of 1 to 200 characters."""

    description: Label
    """What it looks like: text of 1 to 200 characters."""

    palette: Label = "day"
    """Name of the palette that belongs to it most: one in its folder palettes."""

    outline: OutlineRules
    """Lines around things."""

    light: LightRules
    """Where the sun shines."""

    texture: TextureRules
    """How much surfaces vary."""

    windows: WindowRules
    """What is behind the panes, in 64ths; the rest of them is dark."""
