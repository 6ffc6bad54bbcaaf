"""Mapped areas on the ground map: parks, pitches, squares, parking lots."""

from collections.abc import Callable, Mapping

from shapely import Polygon

from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.town.brush import Brush
from isogen.scene.town.context import Town
from isogen.scene.town.roads import COBBLES

Classes = Mapping[tuple[str, str], Ground]
"""Tag (key, value) to ground class; the first that an area bears counts."""

LAND_USE: Classes = {
    ("leisure", "park"): Ground.GRASS,
    ("leisure", "garden"): Ground.GRASS,
    ("leisure", "golf_course"): Ground.MOWN,
    ("leisure", "dog_park"): Ground.GRASS,
    ("landuse", "grass"): Ground.GRASS,
    ("landuse", "meadow"): Ground.GRASS,
    ("landuse", "forest"): Ground.GRASS,
    ("landuse", "cemetery"): Ground.GRASS,
    ("landuse", "village_green"): Ground.GRASS,
    ("landuse", "recreation_ground"): Ground.GRASS,
    ("landuse", "allotments"): Ground.GRASS,
    ("landuse", "orchard"): Ground.GRASS,
    ("landuse", "vineyard"): Ground.FIELD,
    ("landuse", "farmland"): Ground.FIELD,
    ("landuse", "railway"): Ground.BALLAST,
    ("landuse", "construction"): Ground.DIRT,
    ("landuse", "brownfield"): Ground.DIRT,
    ("landuse", "quarry"): Ground.DIRT,
    ("landuse", "industrial"): Ground.LOT,
    ("natural", "wood"): Ground.GRASS,
    ("natural", "heath"): Ground.GRASS,
    ("natural", "grassland"): Ground.GRASS,
    ("natural", "wetland"): Ground.GRASS,
    ("natural", "beach"): Ground.SAND,
    ("natural", "sand"): Ground.SAND,
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
    ("natural", "scrub"): Ground.SCRUB,
    ("leisure", "playground"): Ground.SAND,
    ("leisure", "track"): Ground.RED_COURT,
    ("leisure", "pitch"): Ground.MOWN,
    ("landuse", "flowerbed"): Ground.FLOWERS,
    ("barrier", "hedge"): Ground.HEDGE,
}

COURTS = {
    "tennis": Ground.RED_COURT,
    "basketball": Ground.COURT,
    "skateboard": Ground.LOT,
    "boules": Ground.SAND,
    "beachvolleyball": Ground.SAND,
}
"""Ground of a pitch by its sport, where it is not turf."""

LOOSE = frozenset({"sand", "gravel", "fine_gravel", "pebblestone", "dirt", "earth"})


def class_of(tags: Mapping[str, str], classes: Classes) -> Ground | None:
    """Return the class that an area's tags ask for; None when they ask for none."""
    return next((g for (key, value), g in classes.items() if tags.get(key) == value), None)


def _place_class(tags: Mapping[str, str]) -> Ground | None:
    ground = class_of(tags, PLACES)
    surface = tags.get("surface", "")
    if ground is Ground.PAVE and surface in COBBLES:
        return Ground.GRANITE if surface == "paving_stones" else Ground.SETT
    if ground is Ground.MOWN:
        loose = Ground.SAND if surface in LOOSE else Ground.MOWN
        return COURTS.get(tags.get("sport", ""), loose)
    return ground


def paint_land_use(brush: Brush, town: Town) -> None:
    """Paint what the land is used for."""
    _paint(brush, town, lambda tags: class_of(tags, LAND_USE))


def paint_places(brush: Brush, town: Town) -> None:
    """Paint squares, pitches, decks and other places with a surface of their own."""
    _paint(brush, town, _place_class)


def paint_parking(brush: Brush, town: Town) -> None:
    """Paint parking lots."""
    _paint(brush, town, lambda tags: class_of(tags, {("amenity", "parking"): Ground.PARKING}))


def _paint(brush: Brush, town: Town, choose: Callable[[Mapping[str, str]], Ground | None]) -> None:
    """Paint the chosen areas, large ones first: what lies in a park lies on it."""
    areas = [town.features.areas[i] for i in town.areas.within(brush.outline, 0)]
    for area in sorted(areas, key=_large_first):
        ground = choose(area.tags)
        if ground is not None:
            brush.fill(area.geometry, ground)


def _large_first(area: Feature[Polygon]) -> tuple[float, int]:
    return -area.geometry.area, area.id
