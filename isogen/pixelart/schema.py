"""What the files of a style may say.

The docstring of a key is also the hint of the message that refuses a wrong value: it says
the unit and what is allowed.
"""

from typing import Annotated, Literal

from pydantic import Field

from isogen.params.model import Label, Section
from isogen.pixelart.words import GroundName, MaterialName

Tone = Annotated[int, Field(ge=0, le=5)]
Steps = Annotated[int, Field(ge=0, le=5)]
Share = Annotated[float, Field(ge=0, le=4)]
Sixteen = Annotated[int, Field(ge=0, le=16)]
Sixty = Annotated[int, Field(ge=0, le=64)]


class OutlineRules(Section):
    """Lines around things."""

    step: float = Field(default=3.5, ge=0, le=100)
    """Art pixels of depth that make a silhouette, from 0 to 100."""

    touch: float = Field(default=0.8, ge=0, le=100)
    """Art pixels of depth that part two crowns, from 0 to 100."""

    tone: Tone = 1
    """Lightest tone of a line: 0 (ink) to 5."""

    ink: Literal["own"] | MaterialName = "own"
    """Ramp of the lines: a material, or own for the colors of what they surround."""

    ground: bool = False
    """Whether lines are also drawn on the ground behind things, so that they get bold."""

    creases: bool = False
    """Whether lines are also drawn under eaves and down corners that turn from the sun."""


class LightRules(Section):
    """Where the sun shines."""

    front: Tone = 4
    """Tone of a wall that looks at the sun, from 0 to 5."""

    grazing: Tone = 3
    """Tone of a street front that the sun just reaches, from 0 to 5."""

    shade: Tone = 2
    """Tone of a wall that looks away from the sun, from 0 to 5."""

    bright: float = Field(default=0.62, ge=-1, le=2)
    """Light from which a sloping roof is bright, from -1 to 2; toward the sun it is 1."""

    dim: float = Field(default=0.2, ge=-1, le=2)
    """Light up to which a sloping roof is dim, from -1 to 2."""

    wall_shadow: Steps = 2
    """Tones that a shadow takes from a wall or bright ground, from 0 to 5."""

    shadow: Steps = 1
    """Tones that a shadow takes from all else, from 0 to 5."""


class TextureRules(Section):
    """How much surfaces vary."""

    grain: Share = 1.0
    """Single darker or lighter pixels, as a multiple of the usual number, from 0 to 4."""

    patches: Share = 1.0
    """Worn, mown and weathered patches: 0 for none, 1 for the usual ones, up to 4."""

    leaves: Share = 0.85
    """Tufts of leaves in a crown: 0 for a smooth ball, up to 4."""

    dither: Share = 1.0
    """Checkered transitions between tones: 0 for hard edges, 1 for the usual ones, up to 4."""


class WindowRules(Section):
    """What is behind the panes, in 64ths; the rest of them is dark."""

    sky: Sixty = 9
    """Panes of 64 that mirror the sky."""

    curtain: Sixty = 3
    """Panes of 64 with a pale curtain."""

    lamp: Sixty = 1
    """Panes of 64 with a lamp that shines by day."""

    dim: Sixty = 21
    """Panes of 64 that are dark by day and lit at night."""


class CoverRules(Section):
    """Where what falls from the sky comes to lie, if ``materials.toml`` has a cover."""

    steepest: float = Field(default=0.5, ge=0, le=1)
    """Upright part of a slope's normal from which it is covered: 0 all slopes, 1 none."""

    crowns: float = Field(default=0.1, ge=-2, le=2)
    """Height in a crown from which it is covered: -1 its foot, 0 its middle, 1 its top."""

    drifts: float = Field(default=0.35, ge=0, le=1)
    """Share of level ground and roofs that is a tone darker, from 0 to 1."""


class FrontRules(Section):
    """How walls with storeys are composed, in sixteenths of the houses."""

    close: Sixteen = 6
    """Houses of 16 with bays of four columns."""

    open: Sixteen = 5
    """Houses of 16 with bays of five columns."""

    paired: Sixteen = 2
    """Houses of 16 whose windows stand in pairs."""

    broad: Sixteen = 2
    """Houses of 16 with wide windows; the rest has narrow ones in wide bays."""

    attics: Sixteen = 5
    """Houses of 16 with a row of low windows under the eaves."""

    tall: Sixteen = 4
    """Houses of 16 whose windows reach up to the next storey."""

    signs: Sixteen = 4
    """Large party walls of 16 with a faded painted sign."""

    ivy: Sixteen = 4
    """Party walls of 16 that are overgrown."""

    bare: Sixteen = 4
    """Party walls of 16 whose plaster has come off in places."""


class RoofRules(Section):
    """How much there is to see on roofs."""

    seams: Steps = 1
    """Tones that seams, joints and tiles are darker, from 0 to 5."""

    puddles: Sixteen = 1
    """Fields of 16 on flat roofs where water has stood."""

    repairs: Sixteen = 2
    """Fields of 16 on flat roofs with a patch."""

    weathered: Share = 1.0
    """Sheets and tiles of another year: 0 for none, 1 for the usual ones, up to 4."""


class WaterRules(Section):
    """How water moves."""

    waves: Share = 1.0
    """Waves: 0 for still water, 1 for the usual ones, up to 4."""

    mirror: int = Field(default=6, ge=0, le=7)
    """Art pixels of water that mirror what stands over it, from 0 to 7."""


class StyleFile(Section):
    """A ``style.toml``."""

    title: Label
    """Name of the style for people: text of 1 to 200 characters."""

    description: Label
    """What it looks like: text of 1 to 200 characters."""

    palette: Label = "day"
    """Name of the palette that belongs to it most: one in its folder palettes."""

    outline: OutlineRules = OutlineRules()
    """Lines around things."""

    light: LightRules = LightRules()
    """Where the sun shines."""

    texture: TextureRules = TextureRules()
    """How much surfaces vary."""

    fronts: FrontRules = FrontRules()
    """How walls with storeys are composed, in sixteenths of the houses."""

    roofs: RoofRules = RoofRules()
    """How much there is to see on roofs."""

    water: WaterRules = WaterRules()
    """How water moves."""

    windows: WindowRules = WindowRules()
    """What is behind the panes, in 64ths; the rest of them is dark."""

    cover: CoverRules = CoverRules()
    """Where what falls from the sky comes to lie."""


class Cover(Section):
    """What lies on all that faces up, such as snow."""

    ramp: MaterialName
    """Ramp of what lies there: a material."""

    bare: list[MaterialName] = Field(default_factory=list)
    """Materials of roofs and crowns that stay bare."""

    details: list[MaterialName] = Field(default_factory=list)
    """Materials that are covered also where they are a detail of a roof, as planted beds."""

    ground: list[GroundName] = Field(default_factory=list)
    """Ground classes on which it lies."""


class MaterialsFile(Section):
    """A ``materials.toml``: which ramps stand in for others; what is not named is itself."""

    wall: dict[MaterialName, MaterialName] = Field(default_factory=dict)
    """Ramps on walls: material = material."""

    flat: dict[MaterialName, MaterialName] = Field(default_factory=dict)
    """Ramps on flat roofs and decks: material = material."""

    slope: dict[MaterialName, MaterialName] = Field(default_factory=dict)
    """Ramps on sloping roofs: material = material."""

    ball: dict[MaterialName, MaterialName] = Field(default_factory=dict)
    """Ramps of crowns and domes: material = material."""

    ground: dict[GroundName, MaterialName] = Field(default_factory=dict)
    """Ramps of ground classes: class = material."""

    cover: Cover | None = None
    """What lies on all that faces up; leave it out for nothing."""
