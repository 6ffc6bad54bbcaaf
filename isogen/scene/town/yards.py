"""What sort of yard a building has, told from its type, its size and what surrounds it."""

from enum import Enum

from shapely import Polygon

from isogen.scene.osm.features import Feature


class Yard(Enum):
    """How the land around a building is used."""

    GARDEN = 0
    """A house's own garden."""

    LAWN = 1
    """Grass and trees between blocks of flats, around schools and churches."""

    PAVED = 2
    """Stone: shops, offices, and the yards of a dense town."""

    COURT = 3
    """Behind the houses of a dense town: stone, with a planted middle."""

    WORKS = 4
    """Concrete for trucks and stacks."""

    FARM = 5
    """Trodden earth."""


HOUSES = frozenset(
    {
        "allotment_house",
        "bungalow",
        "cabin",
        "detached",
        "farm",
        "house",
        "houseboat",
        "semidetached_house",
        "static_caravan",
        "terrace",
        "villa",
    }
)
BLOCKS = frozenset(
    {
        "apartments",
        "castle",
        "cathedral",
        "chapel",
        "church",
        "college",
        "dormitory",
        "hospital",
        "kindergarten",
        "manor",
        "monastery",
        "mosque",
        "museum",
        "palace",
        "school",
        "shrine",
        "sports_centre",
        "sports_hall",
        "synagogue",
        "temple",
        "university",
    }
)
SHOPS = frozenset(
    {
        "civic",
        "commercial",
        "government",
        "grandstand",
        "hotel",
        "office",
        "parking",
        "public",
        "retail",
        "stadium",
        "supermarket",
        "theatre",
        "train_station",
        "transportation",
    }
)
WORKS = frozenset(
    {
        "container",
        "data_center",
        "depot",
        "factory",
        "hangar",
        "industrial",
        "manufacture",
        "silo",
        "storage_tank",
        "warehouse",
        "works",
    }
)
FARMS = frozenset({"barn", "cowshed", "farm_auxiliary", "greenhouse", "livestock", "stable", "sty"})
NONE = frozenset(
    {
        "boathouse",
        "bridge",
        "bunker",
        "canopy",
        "carport",
        "chimney",
        "construction",
        "garage",
        "garages",
        "gasometer",
        "hut",
        "kiosk",
        "roof",
        "ruins",
        "service",
        "shed",
        "ship",
        "toilets",
        "tower",
        "transformer_tower",
        "water_tower",
    }
)

MINOR_M2 = 45.0
"""Smaller buildings stand in the yard of another."""

HOUSE_M2 = 320.0
"""Larger homes are blocks of flats."""

HALL_M2 = 2200.0
"""Larger buildings of no known type are halls."""

DENSE_SHARE = 0.27
"""Where houses cover more of the land than this, yards are courts."""


def yard_of(house: Feature[Polygon], built_share: float, land_uses: set[str]) -> Yard | None:
    """Return the yard of a building; None when it has none of its own."""
    kind, area = house.tags.get("building", "yes"), house.geometry.area
    if kind in NONE or area < MINOR_M2:
        return None
    said = _said(kind, land_uses)
    if said is not None:
        return said
    if built_share > DENSE_SHARE and not (kind in HOUSES and area < HOUSE_M2):
        return Yard.COURT
    if area < HOUSE_M2 and kind not in BLOCKS:
        return Yard.GARDEN
    return Yard.LAWN if area < HALL_M2 or kind in BLOCKS else Yard.PAVED


def _said(kind: str, land_uses: set[str]) -> Yard | None:
    """Return the yard that tags ask for."""
    if kind in WORKS or land_uses & {"industrial", "port", "harbour", "railway"}:
        return Yard.WORKS
    if kind in FARMS or ("farmyard" in land_uses and kind not in HOUSES):
        return Yard.FARM
    if kind in SHOPS or (land_uses & {"commercial", "retail"} and kind not in HOUSES):
        return Yard.PAVED
    return None
