"""Mapped areas on the ground map: parks, fields, pitches, squares, parking lots."""

from collections.abc import Callable, Mapping

import shapely
from shapely import Polygon

from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.town.bays import is_lot, paint_bays
from isogen.scene.town.brush import Brush, over
from isogen.scene.town.context import Town
from isogen.scene.town.ground_fields import paint_field
from isogen.scene.town.ground_pitches import paint_pitch, paint_track
from isogen.scene.town.ground_plazas import is_plaza, paint_plaza
from isogen.scene.town.ground_tags import LAND_USE, class_of, place_class

WET_M = 4.5
"""A beach is wet this near to the water."""

RUBBER_SHARE = 0.35
"""The middle of a playground, as a share of its inscribed radius, has a soft floor."""

FIELDS = frozenset({"farmland", "vineyard", "allotments", "plant_nursery"})


COUNTRY = frozenset(
    {Ground.CROP, Ground.SOIL, Ground.FOREST, Ground.MEADOW, Ground.HEATH, Ground.LOT, Ground.DIRT}
)
"""Land that houses may stand on with yards of their own."""


def paint_country(brush: Brush, town: Town) -> None:
    """Paint what wide land is used for, on which houses have their yards."""
    for area in _areas(brush, town):
        ground = class_of(area.tags, LAND_USE)
        if area.tags.get("landuse") in FIELDS:
            paint_field(brush, area, town.settings.seed)
        elif ground is not None and ground in COUNTRY:
            brush.fill(area.geometry, ground)


def paint_land_use(brush: Brush, town: Town) -> None:
    """Paint parks, beaches, rocks: land that goes before the yards of houses."""
    for area in _areas(brush, town):
        ground = class_of(area.tags, LAND_USE)
        if ground is not None and ground not in COUNTRY and area.tags.get("landuse") not in FIELDS:
            brush.fill(area.geometry, ground)
            if ground is Ground.SAND:
                _wet(brush, town)


def _wet(brush: Brush, town: Town) -> None:
    for index in town.shores_by_place.within(brush.outline, WET_M):
        brush.fill(town.rim.shores[index].buffer(WET_M), Ground.WET_SAND, over(Ground.SAND))


def paint_places(brush: Brush, town: Town) -> None:
    """Paint squares, pitches, playgrounds and other places with a surface of their own."""
    for area in _areas(brush, town):
        ground = place_class(area.tags, area.geometry.area)
        if ground is None:
            continue
        if is_plaza(area.tags):
            paint_plaza(brush, area, ground, town.settings.seed)
        else:
            brush.fill(area.geometry, ground)
            detail = _DETAILS.get(area.tags.get("leisure", ""))
            if detail:
                detail(brush, area)


def _paint_playground(brush: Brush, area: Feature[Polygon]) -> None:
    brush.fill(area.geometry.difference(area.geometry.buffer(-0.8)), Ground.GRASS)
    circle = shapely.maximum_inscribed_circle(area.geometry, 0.5)
    brush.fill(circle.centroid.buffer(circle.length * RUBBER_SHARE * 2), Ground.RUBBER,
               over(Ground.SAND))  # fmt: skip


_DETAILS: Mapping[str, Callable[[Brush, Feature[Polygon]], None]] = {
    "pitch": paint_pitch,
    "track": paint_track,
    "playground": _paint_playground,
}


def paint_parking(brush: Brush, town: Town) -> None:
    """Paint parking lots."""
    for area in _areas(brush, town):
        if is_lot(area.tags):
            brush.fill(area.geometry, Ground.PARKING)
            paint_bays(brush, town.lots.of(area))


def _areas(brush: Brush, town: Town) -> list[Feature[Polygon]]:
    """Return the areas that may reach the raster, large ones first: a bed lies on a lawn."""
    areas = [town.features.areas[i] for i in town.areas.within(brush.outline, WET_M)]
    return sorted(areas, key=lambda area: (-area.geometry.area, area.id))
