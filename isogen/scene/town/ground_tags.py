"""What the tags of an area say about its ground."""

from collections.abc import Mapping

from isogen.mesh.vocabulary import Ground
from isogen.scene.town.roads import COBBLES

Classes = Mapping[tuple[str, str], Ground]
"""Tag (key, value) to ground class; the first that an area bears counts."""

LAND_USE: Classes = {
    ("leisure", "park"): Ground.GRASS,
    ("leisure", "garden"): Ground.GRASS,
    ("leisure", "golf_course"): Ground.MEADOW,
    ("leisure", "dog_park"): Ground.GRASS,
    ("leisure", "nature_reserve"): Ground.MEADOW,
    ("leisure", "common"): Ground.GRASS,
    ("tourism", "zoo"): Ground.GRASS,
    ("tourism", "camp_site"): Ground.GRASS,
    ("tourism", "caravan_site"): Ground.GRASS,
    ("amenity", "school"): Ground.GRASS,
    ("amenity", "kindergarten"): Ground.GRASS,
    ("amenity", "college"): Ground.GRASS,
    ("amenity", "university"): Ground.GRASS,
    ("amenity", "hospital"): Ground.GRASS,
    ("amenity", "grave_yard"): Ground.GRASS,
    ("landuse", "grass"): Ground.GRASS,
    ("landuse", "meadow"): Ground.MEADOW,
    ("landuse", "greenfield"): Ground.MEADOW,
    ("landuse", "forest"): Ground.FOREST,
    ("landuse", "cemetery"): Ground.GRASS,
    ("landuse", "village_green"): Ground.GRASS,
    ("landuse", "recreation_ground"): Ground.GRASS,
    ("landuse", "allotments"): Ground.GRASS,
    ("landuse", "orchard"): Ground.MEADOW,
    ("landuse", "vineyard"): Ground.SOIL,
    ("landuse", "plant_nursery"): Ground.SOIL,
    ("landuse", "farmland"): Ground.CROP,
    ("landuse", "farmyard"): Ground.DIRT,
    ("landuse", "railway"): Ground.BALLAST,
    ("landuse", "construction"): Ground.SOIL,
    ("landuse", "brownfield"): Ground.DIRT,
    ("landuse", "landfill"): Ground.DIRT,
    ("landuse", "quarry"): Ground.ROCK,
    ("landuse", "industrial"): Ground.LOT,
    ("landuse", "port"): Ground.LOT,
    ("landuse", "salt_pond"): Ground.SHALLOW,
    ("industrial", "port"): Ground.LOT,
    ("man_made", "works"): Ground.LOT,
    ("power", "substation"): Ground.GRAVEL_PATH,
    ("natural", "wood"): Ground.FOREST,
    ("natural", "heath"): Ground.HEATH,
    ("natural", "moor"): Ground.HEATH,
    ("natural", "fell"): Ground.HEATH,
    ("natural", "tundra"): Ground.HEATH,
    ("natural", "grassland"): Ground.MEADOW,
    ("natural", "scrub"): Ground.SCRUB,
    ("natural", "wetland"): Ground.MARSH,
    ("natural", "mud"): Ground.WET_SAND,
    ("natural", "glacier"): Ground.ICE,
    ("natural", "bare_rock"): Ground.ROCK,
    ("natural", "rock"): Ground.ROCK,
    ("natural", "scree"): Ground.ROCK,
    ("natural", "shingle"): Ground.GRAVEL_PATH,
    ("natural", "beach"): Ground.SAND,
    ("natural", "sand"): Ground.SAND,
    ("natural", "dune"): Ground.SAND,
    ("railway", "platform"): Ground.PAVE,
    ("public_transport", "platform"): Ground.PAVE,
    ("highway", "platform"): Ground.PAVE,
}

PLACES: Classes = {
    ("landuse", "steps"): Ground.SETT,
    ("place", "square"): Ground.SETT,
    ("amenity", "marketplace"): Ground.SETT,
    ("highway", "pedestrian"): Ground.PAVE,
    ("highway", "footway"): Ground.PAVE,
    ("highway", "platform"): Ground.PAVE,
    ("highway", "service"): Ground.ROAD,
    ("amenity", "fuel"): Ground.PAVE,
    ("amenity", "bus_station"): Ground.PAVE,
    ("golf", "fairway"): Ground.MOWN,
    ("golf", "green"): Ground.MOWN,
    ("golf", "tee"): Ground.MOWN,
    ("golf", "bunker"): Ground.SAND,
    ("golf", "rough"): Ground.MEADOW,
    ("leisure", "playground"): Ground.SAND,
    ("leisure", "track"): Ground.RED_COURT,
    ("leisure", "pitch"): Ground.MOWN,
    ("leisure", "horse_riding"): Ground.SAND,
    ("leisure", "outdoor_seating"): Ground.PLAZA,
    ("landuse", "flowerbed"): Ground.FLOWERS,
    ("barrier", "hedge"): Ground.HEDGE,
}

COURTS = {
    "tennis": Ground.RED_COURT,
    "basketball": Ground.COURT,
    "streetball": Ground.COURT,
    "handball": Ground.COURT,
    "volleyball": Ground.RUBBER,
    "netball": Ground.RUBBER,
    "multi": Ground.RUBBER,
    "skateboard": Ground.LOT,
    "boules": Ground.SAND,
    "horseshoes": Ground.SAND,
    "equestrian": Ground.SAND,
    "beachvolleyball": Ground.SAND,
    "athletics": Ground.RED_COURT,
    "ice_hockey": Ground.ICE,
}
"""Ground of a pitch by its sport, where it is not turf."""

LOOSE = frozenset({"sand", "gravel", "fine_gravel", "pebblestone", "dirt", "earth"})
HARD = frozenset({"asphalt", "concrete", "tartan", "acrylic", "paved"})


def class_of(tags: Mapping[str, str], classes: Classes) -> Ground | None:
    """Return the class that an area's tags ask for; None when they ask for none."""
    return next((g for (key, value), g in classes.items() if tags.get(key) == value), None)


COURT_M2 = 2600.0
"""Larger pitches are of turf whatever is played there."""


def place_class(tags: Mapping[str, str], area_m2: float) -> Ground | None:
    """Return the surface of a place that has one of its own; None for other areas."""
    ground = class_of(tags, PLACES)
    surface = tags.get("surface", "")
    if ground is Ground.PAVE and surface in COBBLES:
        return Ground.GRANITE if surface == "paving_stones" else Ground.SETT
    if tags.get("leisure") == "pitch":
        return _pitch_class(tags.get("sport", "").split(";")[0], surface, area_m2)
    return ground


def _pitch_class(sport: str, surface: str, area_m2: float) -> Ground:
    turf = Ground.SAND if surface in LOOSE else Ground.MOWN
    if area_m2 > COURT_M2 and sport not in {"tennis", "athletics", "ice_hockey", "equestrian"}:
        return turf
    return COURTS.get(sport, Ground.COURT if surface in HARD else turf)
