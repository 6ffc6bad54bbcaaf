"""Which builder a building's tags ask for."""

from collections.abc import Callable, Mapping
from typing import Final

from isogen.scene.osm.tags import Tags
from isogen.scene.town import public, round_towers, rows, temples, trade, works
from isogen.scene.town.castle import build_castle, build_ruins
from isogen.scene.town.construction import build_shell
from isogen.scene.town.halls import build_market_hall
from isogen.scene.town.site import Site
from isogen.scene.town.small import (
    build_canopy,
    build_fuel,
    build_glasshouse,
    build_pavilion,
    build_ship,
)
from isogen.scene.town.stadium import build_grandstand, build_stadium

Build = Callable[[Site], None]

BY_BUILDING: Final[Mapping[str, Build]] = {
    "barn": works.build_barn,
    "boat": build_ship,
    "bunker": public.build_bunker,
    "carport": build_canopy,
    "castle": build_castle,
    "communications_tower": round_towers.build_communications,
    "construction": build_shell,
    "cooling_tower": round_towers.build_cooling_tower,
    "cowshed": works.build_barn,
    "depot": works.build_warehouse,
    "factory": works.build_factory,
    "farm_auxiliary": works.build_barn,
    "fire_station": public.build_fire_station,
    "fort": build_castle,
    "garage": rows.build_garages,
    "garages": rows.build_garages,
    "gasometer": round_towers.build_gasometer,
    "glasshouse": build_glasshouse,
    "grandstand": build_grandstand,
    "greenhouse": build_glasshouse,
    "hangar": works.build_hangar,
    "hospital": public.build_hospital,
    "hotel": trade.build_hotel,
    "houseboat": build_ship,
    "industrial": works.build_factory,
    "kiosk": trade.build_kiosk,
    "lighthouse": round_towers.build_lighthouse,
    "manufacture": works.build_factory,
    "marketplace": build_market_hall,
    "market": build_market_hall,
    "pagoda": temples.build_pagoda,
    "parking": trade.build_parking,
    "pavilion": build_pavilion,
    "retail": trade.build_shop,
    "roof": build_canopy,
    "ruins": build_ruins,
    "school": public.build_school,
    "semidetached_house": rows.build_twins,
    "ship": build_ship,
    "silo": works.build_silo,
    "stadium": build_stadium,
    "arena": build_stadium,
    "storage_tank": works.build_tank,
    "supermarket": trade.build_supermarket,
    "terrace": rows.build_terrace,
    "train_shed": public.build_train_shed,
    "train_station": public.build_station,
    "transformer_tower": works.build_transformer,
    "warehouse": works.build_warehouse,
    "windmill": round_towers.build_windmill,
}
"""Values of ``building`` with a form of their own."""

BY_OTHER_TAG: Final[Mapping[tuple[str, str], Build]] = {
    ("amenity", "fire_station"): public.build_fire_station,
    ("amenity", "fuel"): build_fuel,
    ("amenity", "hospital"): public.build_hospital,
    ("amenity", "marketplace"): build_market_hall,
    ("amenity", "parking"): trade.build_parking,
    ("parking", "multi-storey"): trade.build_parking,
    ("building", "transformer"): works.build_transformer,
    ("power", "substation"): works.build_transformer,
    ("power", "transformer"): works.build_transformer,
    ("historic", "castle"): build_castle,
    ("historic", "ruins"): build_ruins,
    ("ruins", "yes"): build_ruins,
    ("leisure", "stadium"): build_stadium,
    ("man_made", "cooling_tower"): round_towers.build_cooling_tower,
    ("man_made", "communications_tower"): round_towers.build_communications,
    ("man_made", "gasometer"): round_towers.build_gasometer,
    ("man_made", "lighthouse"): round_towers.build_lighthouse,
    ("man_made", "mast"): round_towers.build_communications,
    ("man_made", "antenna"): round_towers.build_communications,
    ("man_made", "silo"): works.build_silo,
    ("man_made", "storage_tank"): works.build_tank,
    ("man_made", "windmill"): round_towers.build_windmill,
    ("man_made", "works"): works.build_factory,
    ("military", "bunker"): public.build_bunker,
    ("shop", "supermarket"): trade.build_supermarket,
    ("tourism", "hotel"): trade.build_hotel,
    ("tower:type", "communication"): round_towers.build_communications,
    ("tower:type", "cooling"): round_towers.build_cooling_tower,
    ("tower:type", "pagoda"): temples.build_pagoda,
    ("tower:type", "lighthouse"): round_towers.build_lighthouse,
}
"""Other tags of a building that give it a form; the first that it has counts."""

BY_RELIGION: Final[Mapping[str, Build]] = {
    "buddhist": temples.build_temple,
    "confucian": temples.build_temple,
    "hindu": temples.build_mandir,
    "jain": temples.build_mandir,
    "jewish": temples.build_synagogue,
    "shinto": temples.build_shrine,
    "taoist": temples.build_temple,
}
"""Houses of worship that are no churches."""

BY_SANCTUARY: Final[Mapping[str, Build]] = {
    "pagoda": temples.build_pagoda,
    "synagogue": temples.build_synagogue,
    "shrine": temples.build_shrine,
    "temple": temples.build_temple,
}
"""The same, where the religion is not told."""

_WEAK: Final = frozenset(
    {
        ("amenity", "fire_station"),
        ("amenity", "hospital"),
        ("amenity", "marketplace"),
        ("amenity", "parking"),
        ("historic", "castle"),
        ("historic", "ruins"),
        ("shop", "supermarket"),
        ("tourism", "hotel"),
    }
)
"""Tags that say what a building is used for, not what it is."""


def sanctuary_of(tags: Tags) -> Build | None:
    """Return what builds a house of worship that is neither church nor mosque."""
    told = BY_RELIGION.get(tags.get("religion", "").strip().lower())
    if told is not None or tags.get("religion"):
        return told
    return BY_SANCTUARY.get(tags.get("building", ""))


def kind_of(tags: Tags) -> Build | None:
    """Return what builds the kind of building that tags name; None for the usual one."""
    named = BY_BUILDING.get(tags.get("building", ""))
    if named is build_canopy and tags.get("amenity") == "fuel":
        return build_fuel
    if named is not None:
        return named
    plain = tags.get("building") in ("yes", "public", "commercial", "civic", "service")
    for key, build in BY_OTHER_TAG.items():
        if tags.get(key[0]) == key[1] and (plain or key not in _WEAK):
            return build
    return None
