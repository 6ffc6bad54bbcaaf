"""What a building looks like: from its tags, else by chance within what its flavor builds."""

from dataclasses import dataclass, field

from shapely import Polygon

from isogen.mesh.vocabulary import Facade, Material
from isogen.scene.flavors.schema import Flavor, Furniture, Typology, pick, shuffled
from isogen.scene.flavors.words import Age, Shape, Use
from isogen.scene.osm.dates import year
from isogen.scene.osm.materials import (
    ROOFS,
    WALLS,
    nearest_material,
    roof_material,
    wall_material,
)
from isogen.scene.osm.tags import Tags, color, length_m
from isogen.scene.osm.uses import use_of
from isogen.scene.town.looks_choice import Wanted, typology_of
from isogen.scene.town.looks_shapes import shape_of
from isogen.seeds import Stream

CHURCHES = frozenset(
    {"cathedral", "chapel", "church", "monastery", "mosque", "religious", "shrine", "synagogue"}
    | {"temple", "kirk", "basilica", "minster"}
)
CIVIC = frozenset(
    {"civic", "college", "courthouse", "government", "library", "museum", "public", "school"}
    | {"theatre", "townhall", "train_station", "university", "bank"}
)
_CIVIC_AMENITIES = frozenset(
    {"bank", "college", "courthouse", "library", "theatre", "townhall", "university"}
)
_TOGETHER = 0.5
"""Share of houses that are built as the rest of their district."""

_LOW_MANSARD = 3
_SHOPPING = frozenset({"commercial", "retail", "supermarket"})
_FELT = (Material.TIN, Material.GRAVEL, Material.TIN, Material.GRAVEL)
_PANES = {Material.GLASS: 1, Material.SLATE: 2, Material.TEAL: 1}
"""What curtain walls are glazed with."""

LARGE_M2 = 500.0
"""Flat roofs from this area on are covered with what is light or green."""

_TINY_M2 = 30.0
_HALL_M2 = 600.0
_GREEN = 10

_WARM_STONE = (Material.ROSE, Material.PEACH)
_WORDS = {"brown": _WARM_STONE, "beige": (Material.CREAM, Material.IVORY)}
"""What mappers mean by some names of colors when they look at a stone front."""


@dataclass(frozen=True)
class BuildingLook:
    """What a building is made of and how it is dressed."""

    wall: Material
    trim: Material
    roof: Material
    storeys: int
    """At least 1."""

    shape: Shape
    facade: Facade
    age: Age
    seed: int
    """In [0, 32768): decides the details."""

    roof_height_m: float | None = None
    """Height of the roof where the tags say it."""

    use: Use = Use.APARTMENTS
    furniture: Furniture = field(default_factory=Furniture)
    """What may stand on its roof and hang on its fronts."""

    @property
    def eave(self) -> int:
        """Height of the walls, in rises: a ground floor, whole storeys and a cornice."""
        if self.facade & Facade.TALL:
            return 7 + 5 * (self.storeys - 1)
        return 6 if self.storeys == 1 else 8 + 4 * (self.storeys - 1)


@dataclass(frozen=True)
class Draft:
    """A look whose coat may still change for the sake of its neighbors'."""

    look: BuildingLook
    typology: Typology

    walls: tuple[Material, ...]
    """Walls that it may have, likely ones first; one where the map tells it."""

    roofs: tuple[Material, ...]
    """Roofs that it may have, likely ones first, some of them more than once."""


@dataclass(frozen=True)
class Situation:
    """What surrounds a building and decides on its look."""

    flavor: Flavor

    land: str | None = None
    """``landuse`` or ``amenity`` of the land that it stands on."""

    in_row: bool = False
    """Whether it stands wall to wall with its like."""

    district: tuple[int, ...] = ()
    """Seed that it shares with the houses around it."""


def look_of(
    tags: Tags, outline: Polygon, storeys: int, stream: Stream, situation: Situation
) -> BuildingLook:
    """Decide a building's look, whatever its neighbors look like (see ``draft_of``)."""
    return draft_of(tags, outline, storeys, stream, situation).look


def draft_of(
    tags: Tags, outline: Polygon, storeys: int, stream: Stream, situation: Situation
) -> Draft:
    """Decide a building's look as far as its neighbors leave it alone.

    Args:
        tags: What the map says.
        outline: Its footprint.
        storeys: Number of storeys, at least 1.
        stream: Decides what the tags leave open.
        situation: What surrounds it.
    """
    area = outline.area
    use = use_of(tags, area, situation.land, storeys, in_row=situation.in_row)
    typology = _typology(tags, use, area, storeys, stream, situation)
    facade = typology.facade(storeys, stream)
    shape = _shape(tags, area, typology, storeys, stream)
    if shape is not Shape.FLAT:
        facade &= ~Facade.CURTAIN
    if _has_shops(tags, use, storeys, stream.chance(typology.shops)):
        facade |= Facade.SHOPS
    else:
        facade &= ~Facade.AWNINGS
    walls = _walls(tags, facade, typology, stream, situation)
    if walls[0] is Material.BRICK:
        facade |= Facade.SPECKLE
    roofs = _roofs(tags, area, shape, typology, stream, situation.flavor)
    look = BuildingLook(
        wall=walls[0],
        trim=pick(typology.trims, stream),
        roof=roofs[0],
        storeys=max(storeys, 1),
        shape=shape,
        facade=facade,
        age=typology.age,
        seed=stream.below(1 << 15),
        roof_height_m=length_m(tags.get("roof:height")),
        use=use,
        furniture=typology.furniture,
    )
    return Draft(look, typology, walls, roofs)


def wall_of(tags: Tags, otherwise: Material) -> Material:
    """Return the wall material that the tags tell, else ``otherwise``."""
    told = _told_wall(tags)
    return otherwise if told is None else told


def _told_wall(tags: Tags) -> Material | None:
    word = tags.get("building:colour", tags.get("building:color", "")).strip().lower()
    if word in _WORDS and is_civic(tags):
        return _WORDS[word][0]
    named = wall_material(tags.get("building:material", tags.get("building:cladding")))
    paint = color(word)
    if named in (Material.GLASS, Material.WOOD) or paint is None:
        return named
    return nearest_material(paint, WALLS)


def roof_of(tags: Tags, otherwise: Material) -> Material:
    """Return the roof material that the tags tell, else ``otherwise``."""
    named = roof_material(tags.get("roof:material"))
    paint = color(tags.get("roof:colour", tags.get("roof:color")))
    if named is not None or paint is None:
        return otherwise if named is None else named
    red, green, blue = paint
    # However pale, a green roof is old copper.
    return Material.VERDIGRIS if green > max(red, blue) + _GREEN else nearest_material(paint, ROOFS)


def flat_covering(look: BuildingLook, tags: Tags) -> Material:
    """Return what covers the flat roofs of a look: felt where it was chosen for slopes."""
    if look.shape is Shape.FLAT:
        return look.roof
    return roof_of(tags, _FELT[look.seed % len(_FELT)])


def is_civic(tags: Tags) -> bool:
    """Tell whether a building serves the public: it is dressed in stone and not in shops."""
    return tags.get("building") in CIVIC or tags.get("amenity") in _CIVIC_AMENITIES


def is_church(tags: Tags) -> bool:
    """Tell whether people worship in a building."""
    worship = tags.get("amenity") == "place_of_worship"
    return tags.get("building") in CHURCHES or (worship and "building" in tags)


def _typology(
    tags: Tags, use: Use, area_m2: float, storeys: int, stream: Stream, situation: Situation
) -> Typology:
    """Choose a way to build; houses of one district often choose alike."""
    wanted = Wanted(use, year(tags.get("start_date")), storeys, area_m2)
    together = stream.chance(_TOGETHER)
    own = stream.bits()
    dice = Stream(*situation.district, use) if together and situation.district else Stream(own)
    return typology_of(situation.flavor, wanted, dice)


def _shape(tags: Tags, area_m2: float, typology: Typology, storeys: int, stream: Stream) -> Shape:
    told, chosen = shape_of(tags), pick(typology.shapes, stream)
    if told is not None:
        return told
    if area_m2 < _TINY_M2 or (storeys == 1 and area_m2 > _HALL_M2):
        return Shape.FLAT
    low = storeys <= _LOW_MANSARD and typology.age is Age.JUGEND
    return Shape.HIPPED if chosen is Shape.MANSARD and low else chosen


def _walls(
    tags: Tags, facade: Facade, typology: Typology, stream: Stream, situation: Situation
) -> tuple[Material, ...]:
    own = Stream(stream.bits())
    told = _told_wall(tags)
    if told is not None:
        return (told,)
    choices = _PANES if facade & Facade.CURTAIN else typology.walls
    district = Stream(*situation.district, typology.age)
    shared = shuffled(choices, district)[: situation.flavor.rhythm.hues]
    if own.chance(typology.alike):
        return shared[:1]
    if own.chance(situation.flavor.rhythm.accents):
        return shuffled(choices, own)
    first = shuffled({m: choices[m] for m in shared}, own)
    return first + shuffled({m: w for m, w in choices.items() if m not in shared}, own)


def _roofs(
    tags: Tags, area_m2: float, shape: Shape, typology: Typology, stream: Stream, flavor: Flavor
) -> tuple[Material, ...]:
    own = Stream(stream.bits())
    choices = typology.roofs
    if shape is Shape.FLAT:
        choices = typology.flat_roofs if area_m2 < LARGE_M2 else flavor.large_roofs
    usual = tuple(pick(choices, own) for _ in range(flavor.rhythm.roofs))
    if tags.get("building") == "train_station":
        usual = (Material.VERDIGRIS,)
    told = roof_of(tags, usual[0])
    return usual if told is usual[0] else (told,)


def _has_shops(tags: Tags, use: Use, storeys: int, likely: bool) -> bool:  # noqa: FBT001
    if "shop" in tags or tags.get("building") in _SHOPPING or use is Use.RETAIL:
        return True
    return storeys > 1 and use in (Use.APARTMENTS, Use.OFFICE, Use.TERRACE) and likely
