"""What a building looks like: from its tags, else by chance within its age and size."""

from dataclasses import dataclass
from enum import IntEnum

from shapely import Polygon

from isogen.mesh.vocabulary import Facade, Material
from isogen.scene.osm.dates import year
from isogen.scene.osm.materials import (
    ROOFS,
    WALLS,
    nearest_material,
    roof_material,
    wall_material,
)
from isogen.scene.osm.tags import Tags, color, length_m
from isogen.scene.town.footprint import inset
from isogen.scene.town.looks_styles import STYLES, Age
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
SHEDS = frozenset(
    {"carport", "garage", "garages", "hut", "kiosk", "service", "shed", "utility", "cabin"}
    | {"container", "entrance", "toilets", "transformer_tower", "underpass_entrance", "boathouse"}
)
WORKS = frozenset({"barn", "farm_auxiliary", "hangar", "industrial", "manufacture", "warehouse"})
_HOMES = frozenset(
    {"bungalow", "cabin", "detached", "farm", "house", "semidetached_house", "terrace", "villa"}
)
_SHOPPING = frozenset({"commercial", "retail", "supermarket"})
_OFFICES = frozenset({"commercial", "office", "retail", "supermarket"})

_FELT = (Material.TIN, Material.DARK, Material.GRAVEL, Material.TIN)

_HOME_M2 = 260.0
_DEEP_M = 12.5
_HIGH = 7
_GREEN = 10

_WARM_STONE = (Material.ROSE, Material.PEACH)
_WORDS = {"brown": _WARM_STONE, "beige": (Material.CREAM, Material.IVORY)}
"""What mappers mean by some names of colors when they look at a stone front."""


class Shape(IntEnum):
    """Shape of a roof."""

    FLAT = 0
    HIPPED = 1
    GABLED = 2
    MANSARD = 3
    GAMBREL = 4
    PYRAMIDAL = 5
    SKILLION = 6
    ROUND = 7
    DOME = 8
    ONION = 9
    CONE = 10
    HALF_HIPPED = 11
    SIDE_HIPPED = 12
    SALTBOX = 13
    SAWTOOTH = 14
    CROSSPITCHED = 15
    BUTTERFLY = 16
    GABLED_ROW = 17
    IRIMOYA = 18


_SHAPES = {
    "flat": Shape.FLAT,
    "terrace": Shape.FLAT,
    "hipped": Shape.HIPPED,
    "half-hipped": Shape.HALF_HIPPED,
    "half_hipped": Shape.HALF_HIPPED,
    "jerkinhead": Shape.HALF_HIPPED,
    "side_hipped": Shape.SIDE_HIPPED,
    "side_half-hipped": Shape.HALF_HIPPED,
    "hipped-and-gabled": Shape.IRIMOYA,
    "hip-and-gable": Shape.IRIMOYA,
    "gabled": Shape.GABLED,
    "pitched": Shape.GABLED,
    "saltbox": Shape.SALTBOX,
    "double_saltbox": Shape.SALTBOX,
    "quadruple_saltbox": Shape.SALTBOX,
    "gabled_row": Shape.GABLED_ROW,
    "cross_gabled": Shape.CROSSPITCHED,
    "crosspitched": Shape.CROSSPITCHED,
    "cross_pitched": Shape.CROSSPITCHED,
    "sawtooth": Shape.SAWTOOTH,
    "butterfly": Shape.BUTTERFLY,
    "hyperbolic": Shape.BUTTERFLY,
    "hyperbolic_paraboloid": Shape.BUTTERFLY,
    "mansard": Shape.MANSARD,
    "gambrel": Shape.GAMBREL,
    "pyramidal": Shape.PYRAMIDAL,
    "tented": Shape.PYRAMIDAL,
    "pavilion": Shape.PYRAMIDAL,
    "skillion": Shape.SKILLION,
    "lean_to": Shape.SKILLION,
    "shed": Shape.SKILLION,
    "round": Shape.ROUND,
    "barrel": Shape.ROUND,
    "round_gabled": Shape.ROUND,
    "dome": Shape.DOME,
    "spherical": Shape.DOME,
    "onion": Shape.ONION,
    "cone": Shape.CONE,
    "conical": Shape.CONE,
    "spire": Shape.CONE,
}


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

    @property
    def eave(self) -> int:
        """Height of the walls, in rises: a ground floor, whole storeys and a cornice."""
        if self.facade & Facade.TALL:
            return 7 + 5 * (self.storeys - 1)
        return 6 if self.storeys == 1 else 8 + 4 * (self.storeys - 1)


def look_of(tags: Tags, outline: Polygon, storeys: int, stream: Stream) -> BuildingLook:
    """Decide a building's look.

    Args:
        tags: What the map says.
        outline: Its footprint.
        storeys: Number of storeys, at least 1.
        stream: Decides what the tags leave open.
    """
    age = age_of(tags, outline, storeys, stream)
    style = STYLES[age]
    wall, trim = stream.pick(style.walls), stream.pick(style.trims)
    facade = stream.pick(style.facades if storeys <= 5 else style.high_facades)
    if wall is Material.BRICK:
        facade |= Facade.SPECKLE
    shops, flat, mansard = stream.random(), stream.random(), stream.random()
    if _has_shops(tags, storeys, shops, age):
        facade |= Facade.SHOPS
    shape = _shape(tags, outline, age, storeys, (flat, mansard))
    sloped = shape is not Shape.FLAT
    if sloped:
        facade &= ~Facade.CURTAIN
    roof = stream.pick(style.roofs if sloped else style.flat_roofs)
    wall = wall_of(tags, wall)
    if facade & Facade.CURTAIN and not color(tags.get("building:colour")):
        wall = stream.pick((Material.GLASS, Material.SLATE, Material.TEAL, Material.SLATE))
    return BuildingLook(
        wall=wall,
        trim=trim,
        roof=roof_of(tags, Material.VERDIGRIS if _is_station(tags) else roof),
        storeys=max(storeys, 1),
        shape=shape,
        facade=facade,
        age=age,
        seed=stream.below(1 << 15),
        roof_height_m=length_m(tags.get("roof:height")),
    )


def wall_of(tags: Tags, otherwise: Material) -> Material:
    """Return the wall material that the tags tell, else ``otherwise``."""
    word = tags.get("building:colour", tags.get("building:color", "")).strip().lower()
    if word in _WORDS and is_civic(tags):
        return _WORDS[word][0]
    named = wall_material(tags.get("building:material"))
    paint = color(word)
    if named in (Material.GLASS, Material.WOOD) or paint is None:
        return otherwise if named is None else named
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


def shape_of(tags: Tags) -> Shape | None:
    """Return the roof shape that the tags tell, else None."""
    return _SHAPES.get(tags.get("roof:shape", "").strip().lower())


def is_civic(tags: Tags) -> bool:
    """Tell whether a building serves the public: it is dressed in stone and not in shops."""
    return tags.get("building") in CIVIC or tags.get("amenity") in _CIVIC_AMENITIES


def _is_station(tags: Tags) -> bool:
    return tags.get("building") == "train_station"


def is_church(tags: Tags) -> bool:
    """Tell whether people worship in a building."""
    worship = tags.get("amenity") == "place_of_worship"
    return tags.get("building") in CHURCHES or (worship and "building" in tags)


def age_of(tags: Tags, outline: Polygon, storeys: int, stream: Stream) -> Age:
    """Return the age in which a building was made, by chance where no date tells it."""
    kind = tags.get("building", "")
    dice = stream.random()
    if kind in SHEDS or (outline.area < 40 and storeys == 1):
        return Age.SHED
    if kind in WORKS:
        return Age.WORKS
    built = year(tags.get("start_date"))
    if kind in _HOMES or (storeys <= 2 and outline.area < _HOME_M2 and not is_civic(tags)):
        return Age.HOME
    if built is not None:
        return _age_of_year(built)
    return _likely_age(tags, outline, storeys, dice)


def _age_of_year(built: int) -> Age:
    for last, age in ((1869, Age.CLASSICAL), (1922, Age.JUGEND), (1944, Age.PLAIN)):
        if built <= last:
            return age
    return Age.MODERN if built <= 1989 else Age.RECENT


def _likely_age(tags: Tags, outline: Polygon, storeys: int, dice: float) -> Age:
    deep = bool(inset(outline, _DEEP_M))
    office = tags.get("building") in _OFFICES
    if office or (deep and dice < 0.4) or (storeys > _HIGH and dice < 0.5):
        return Age.RECENT if dice < 0.12 else Age.MODERN
    if is_civic(tags):
        return Age.CLASSICAL if storeys <= 4 else Age.PLAIN
    if storeys <= 3:
        return Age.CLASSICAL if dice < 0.75 else Age.JUGEND
    return Age.JUGEND if dice < 0.72 else Age.PLAIN if dice < 0.9 else Age.MODERN


def _has_shops(tags: Tags, storeys: int, dice: float, age: Age) -> bool:
    if "shop" in tags or tags.get("building") in _SHOPPING:
        return True
    town_house = storeys > 2 and age not in (Age.HOME, Age.WORKS, Age.SHED)
    return town_house and not is_civic(tags) and dice < 0.6


def _shape(
    tags: Tags, outline: Polygon, age: Age, storeys: int, dice: tuple[float, float]
) -> Shape:
    told = shape_of(tags)
    if told is not None:
        return told
    if outline.area < 30 or (storeys == 1 and outline.area > 600):
        return Shape.FLAT
    if dice[0] < STYLES[age].flat_share:
        return Shape.FLAT
    if age in (Age.HOME, Age.SHED, Age.WORKS):
        return Shape.GABLED if dice[1] < 0.8 else Shape.HIPPED
    if age is Age.JUGEND and storeys > 4 and dice[1] < 0.22:
        return Shape.MANSARD
    return Shape.HIPPED
