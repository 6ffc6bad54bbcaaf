"""What a building is for: what is tagged, else what its size and the land around it tell."""

from collections.abc import Mapping

from isogen.scene.flavors.words import Use
from isogen.scene.osm.tags import Tags

UNTOLD = frozenset({"", "yes", "residential", "roof", "undefined", "unclassified", "building"})
"""Values of ``building`` that do not say what a building is for."""

SHED_M2 = 40.0
HOME_M2 = 260.0

_BY_BUILDING: Mapping[Use, str] = {
    Use.SHED: """allotment_house boathouse cabin carport container cowshed entrance garage garages
        hut kiosk service shed stable sty toilets transformer_tower underpass_entrance utility""",
    Use.INDUSTRIAL: """barn farm_auxiliary hangar industrial manufacture warehouse works depot
        storage_tank silo factory""",
    Use.HOUSE: "bungalow detached farm house semidetached_house villa semi static_caravan",
    Use.TERRACE: "terrace terraced_house row_house",
    Use.RETAIL: "retail supermarket shop mall department_store",
    Use.OFFICE: "commercial office hospital clinic",
    Use.SCHOOL: "school kindergarten college",
    Use.CIVIC: """civic courthouse government library museum public theatre townhall train_station
        university bank""",
    Use.APARTMENTS: "apartments dormitory hotel apartment flats block",
}
_USES = {word: use for use, words in _BY_BUILDING.items() for word in words.split()}

_BY_AMENITY: Mapping[str, Use] = {
    **dict.fromkeys(("bank", "courthouse", "library", "theatre", "townhall"), Use.CIVIC),
    **dict.fromkeys(("college", "university", "museum", "arts_centre"), Use.CIVIC),
    **dict.fromkeys(("school", "kindergarten"), Use.SCHOOL),
    **dict.fromkeys(("hospital", "clinic", "police", "fire_station"), Use.OFFICE),
    **dict.fromkeys(("marketplace", "fuel", "car_wash"), Use.RETAIL),
}

_BY_LAND: Mapping[str, Use] = {
    "industrial": Use.INDUSTRIAL,
    "railway": Use.INDUSTRIAL,
    "port": Use.INDUSTRIAL,
    "harbour": Use.INDUSTRIAL,
    "quarry": Use.INDUSTRIAL,
    "farmyard": Use.INDUSTRIAL,
    "retail": Use.RETAIL,
    "commercial": Use.OFFICE,
    "allotments": Use.SHED,
    "garages": Use.SHED,
    "education": Use.SCHOOL,
    "school": Use.SCHOOL,
    "kindergarten": Use.SCHOOL,
}


def told_use(tags: Tags) -> Use | None:
    """Return what the tags say that a building is for, or None where they do not."""
    use = _USES.get(tags.get("building", "").strip().lower())
    if use is None:
        use = _BY_AMENITY.get(tags.get("amenity", ""))
    if use is None and "shop" in tags and tags.get("building") != "yes":
        use = Use.RETAIL
    return Use.OFFICE if use is None and "office" in tags else use


def is_type_told(tags: Tags) -> bool:
    """Tell whether the tags say what a building is, rather than that there is one."""
    return tags.get("building", "").strip().lower() not in UNTOLD or told_use(tags) is not None


def land_word(tags: Tags) -> str | None:
    """Return what land is used for, where its tags say it."""
    word = tags.get("landuse") or tags.get("amenity")
    return None if word == "parking" else word


def use_of(
    tags: Tags, area_m2: float, land: str | None, storeys: int | None, *, in_row: bool = False
) -> Use:
    """Return what a building is for.

    Args:
        tags: What the map says.
        area_m2: Of its footprint.
        land: ``landuse`` or ``amenity`` of the land that it stands on.
        storeys: Number of storeys, or None where nothing tells it.
        in_row: Whether it stands wall to wall with its like.
    """
    told = told_use(tags)
    if told is Use.HOUSE and in_row:
        return Use.TERRACE
    if told is not None:
        return told
    low = storeys is None or storeys <= 2
    if area_m2 < SHED_M2 and (storeys or 1) == 1:
        return Use.SHED
    of_land = _BY_LAND.get(land or "")
    if of_land is not None and (area_m2 >= SHED_M2 * 3 or of_land is Use.SHED):
        return of_land
    if area_m2 < HOME_M2 and (low or (in_row and (storeys or 0) <= 3)):
        return Use.TERRACE if in_row else Use.HOUSE
    return Use.APARTMENTS
