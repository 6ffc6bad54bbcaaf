"""What a flavor file may say, and what each key means.

The docstring of a key is also the hint of the message that refuses a wrong value.
"""

from collections.abc import Mapping
from enum import IntEnum
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from pydantic import Field, PlainSerializer, PlainValidator, Strict, model_validator
from pydantic_core import PydanticCustomError

from isogen.digest import Digest, canonical_json, digest_of
from isogen.mesh.vocabulary import Facade, Material
from isogen.params.model import Label, Section
from isogen.scene.flavors.words import Age, Crown, Fence, Kerb, Shape, Use
from isogen.seeds import Stream

E = TypeVar("E", bound=IntEnum)
K = TypeVar("K")


def _word(kind: type[E]) -> PlainValidator:
    """Return what reads a member of an enumeration by its name in lower case."""
    names = {member.name.lower(): member for member in kind}

    def read(value: object) -> E:
        if isinstance(value, str) and value in names:
            return names[value]
        raise _expected(f"one of {', '.join(names)}")

    return PlainValidator(read)


def _ornaments(value: object) -> Facade:
    """Read "oriels+heads"; "plain" is none."""
    words = {f.name.lower(): f for f in Facade if f.name} | {"plain": Facade.NONE}
    found = [words.get(word) for word in value.split("+")] if isinstance(value, str) else [None]
    out = Facade.NONE
    for flag in found:
        if flag is None:
            raise _expected(f"words joined by +, of {', '.join(words)}")
        out |= flag
    return out


def _expected(what: str) -> PydanticCustomError:
    return PydanticCustomError("word", "Input should be {what}", {"what": what})


_NAME = PlainSerializer(lambda member: member.name.lower())
_FLAGS = PlainSerializer(int)

MaterialWord = Annotated[Material, _word(Material), _NAME]
ShapeWord = Annotated[Shape, _word(Shape), _NAME]
UseWord = Annotated[Use, _word(Use), _NAME]
AgeWord = Annotated[Age, _word(Age), _NAME]
CrownWord = Annotated[Crown, _word(Crown), _NAME]
FenceWord = Annotated[Fence, _word(Fence), _NAME]
KerbWord = Annotated[Kerb, _word(Kerb), _NAME]
Ornaments = Annotated[Facade, PlainValidator(_ornaments), _FLAGS]

Weight = Annotated[int, Field(ge=1, le=1000)]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1, le=200)]
Whole = Annotated[int, Field(ge=0, le=1_000_000)]
Range = Annotated[tuple[Whole, Whole], Strict(strict=False)]
Materials = Annotated[dict[MaterialWord, Weight], Field(min_length=1)]
Facades = Annotated[dict[Ornaments, Weight], Field(min_length=1)]


def pick(choices: Mapping[K, int], stream: Stream) -> K:
    """Return one of some weighted choices; integers alone decide."""
    left = stream.below(sum(choices.values()))
    for choice, weight in choices.items():
        left -= weight
        if left < 0:
            return choice
    raise AssertionError


def shuffled(choices: Mapping[K, int], stream: Stream) -> tuple[K, ...]:
    """Return all of some weighted choices, likely ones first."""
    left, out = dict(choices), list[K]()
    while left:
        out.append(pick(left, stream))
        del left[out[-1]]
    return tuple(out)


class Furniture(Section):
    """What stands on roofs and hangs on fronts: shares of the buildings that have it."""

    chimneys: Share = 0.6
    """Buildings with chimneys, from 0 to 1."""

    pots: bool = False
    """Whether chimneys are broad stacks with a row of pots, on the party walls."""

    dormers: Share = 0.3
    """Buildings with dormers, from 0 to 1."""

    turrets: Share = 0.0
    """Corner houses with a turret, from 0 to 1."""

    water_tanks: Share = 0.0
    """Flat roofs with a wooden water tank, from 0 to 1."""

    air_conditioners: Share = 0.0
    """Flat roofs with rows of air conditioners, from 0 to 1."""

    terraces: Share = 0.0
    """Flat roofs that people live on, from 0 to 1."""

    solar: Share = 0.0
    """Roofs with solar panels, from 0 to 1."""

    fire_escapes: Share = 0.0
    """Street fronts with a fire escape, from 0 to 1."""

    bay_windows: Share = 0.0
    """Street fronts with bay windows that stand out, from 0 to 1."""

    signs: Share = 0.0
    """Street fronts with upright signs, from 0 to 1."""


class Typology(Section):
    """A way to build: what it is used for, and what it is made of."""

    age: AgeWord
    """Which details it has: classical, jugend, plain, modern, recent, home, shed or works."""

    uses: Annotated[tuple[UseWord, ...], Strict(strict=False), Field(min_length=1)]
    """What it is for: apartments, house, terrace, office, retail, industrial, civic, school,
    shed."""

    weight: Weight = 10
    """How often it is chosen among those that fit: a whole number from 1 to 1000."""

    years: Range = (0, 9999)
    """First and last year in which it was built, for buildings with a start_date."""

    storeys: Range = (1, 200)
    """Fewest and most storeys."""

    area_m2: Range = (0, 1_000_000)
    """Smallest and largest footprint, in square meters."""

    walls: Materials
    """Materials of the walls with their weights, as {ochre = 3, cream = 1}."""

    trims: Materials
    """Materials of cornices and frames, with their weights."""

    roofs: Materials
    """Materials of sloping roofs, with their weights."""

    flat_roofs: Materials
    """Materials of flat roofs, with their weights."""

    shapes: Annotated[dict[ShapeWord, Weight], Field(min_length=1)]
    """Shapes of roofs, with their weights, as {hipped = 9, flat = 1}."""

    facades: Facades
    """Ornaments of fronts, with their weights: words joined by +, as {"oriels+heads" = 2}."""

    high_facades: Facades | None = None
    """The same for more than five storeys; without it they are dressed like the others."""

    ornaments: dict[Ornaments, Share] = Field(default={})
    """Ornaments that are added to a front, each with the share of buildings that have it."""

    shops: Share = 0.0
    """Buildings with shops on the ground floor, from 0 to 1, where the map does not say."""

    alike: Share = 0.0
    """Buildings that share one coat with all of their kind around, from 0 to 1."""

    furniture: Furniture = Furniture()
    """What stands on its roof and hangs on its fronts."""

    def facade(self, storeys: int, stream: Stream) -> Facade:
        """Return the ornaments of a front."""
        high = self.high_facades if storeys > _LOW and self.high_facades else self.facades
        out = pick(high, stream)
        for flag, share in self.ornaments.items():
            if stream.chance(share):
                out |= flag
        return out


_LOW = 5


class Habits(Section):
    """What people do around their houses."""

    driving_side: Literal["right", "left"] = "right"
    """Side of the road that cars drive on: right or left."""

    center_lines: Literal["white", "yellow"] = "white"
    """Color of the line between the two directions of a road: white or yellow."""

    street_trees: Share = 0.5
    """Wide streets that are lined with trees, from 0 to 1."""

    green_courts: Share = 0.0
    """Small houses of a dense town that have gardens behind them, not paved yards, from 0 to
    1; from a half on, what lies farther from all houses is green too."""

    crowns: dict[CrownWord, Weight] = Field(default={Crown.BROADLEAF: 1}, min_length=1)
    """Sorts of trees that are not mapped, with their weights: broadleaf, conifer, birch, palm,
    cypress, blossom."""

    fences: dict[FenceWord, Weight] = Field(default={Fence.HEDGE: 1}, min_length=1)
    """What parts gardens from streets, with weights: none, hedge, picket, wall, iron."""

    kerbside: dict[KerbWord, Weight] = Field(default={})
    """What stands beside streets in town, with weights: phone_box, post_box, hydrant, news_racks,
    vending_machines, scooter."""

    taxis: Materials = Field(default={Material.YELLOW: 7, Material.DARK: 3})
    """Colors of taxis, with their weights."""

    buses: Materials = Field(
        default={Material.GLASS: 1, Material.RED: 1, Material.TEAL: 1, Material.OCHRE: 1}
    )
    """Colors of buses, with their weights."""


class Rhythm(Section):
    """How much neighbors differ."""

    roofs: Annotated[int, Field(ge=1, le=9)] = 3
    """Roofs that a house thinks of before it repeats its neighbor's: a whole number from 1
    (as the weights have it) to 9 (all different)."""

    hues: Count = 4
    """Wall colors that the houses of one block have in common: a whole number from 1."""

    accents: Share = 0.2
    """Houses that step out of their block's colors, from 0 to 1."""


class Flavor(Section):
    """How a region builds."""

    title: Label
    """Name for people: one line of text."""

    description: Label = "-"
    """What it looks like: one line of text."""

    habits: Habits = Habits()
    """What people do around their houses."""

    rhythm: Rhythm = Rhythm()
    """How much neighbors differ."""

    storeys: dict[UseWord, Count] = Field(default={})
    """Usual storeys by use, where nothing is known: apartments, house, terrace, ..."""

    large_roofs: Materials
    """Materials of flat roofs from 500 square meters on, with their weights."""

    typology: Annotated[dict[str, Typology], Field(min_length=1)]
    """Ways to build, by name; every use needs one."""

    @model_validator(mode="after")
    def _serves_every_use(self) -> "Flavor":
        served = {use for typology in self.typology.values() for use in typology.uses}
        missing = [use.name.lower() for use in Use if use not in served]
        if missing:
            raise _expected(f"a flavor with a typology for {', '.join(missing)}")
        return self

    @cached_property
    def digest(self) -> Digest:
        """Digest of all that it says."""
        return digest_of(canonical_json(self.model_dump(mode="json")))
