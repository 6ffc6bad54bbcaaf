"""What water an area is, and what else lies level."""

from shapely import Polygon

from isogen.scene.osm.features import Feature

OPEN_WATER_M2 = 800.0
"""Inland water from this area on lies as low as the sea and has shores."""


def is_open_water(area: Feature[Polygon]) -> bool:
    """Tell whether an area is a lake or a river, not a pond or a basin."""
    tags = area.tags
    wet = tags.get("natural") == "water" or tags.get("waterway") in {"riverbank", "dock"}
    return wet and area.geometry.area >= OPEN_WATER_M2


_PLAYED_ON = frozenset({"pitch", "swimming_pool", "ice_rink"})
_STILL = frozenset({"basin", "pond", "reservoir"})
_LEVEL_FROM_M2 = 120.0


def is_level(area: Feature[Polygon]) -> bool:
    """Tell whether an area that is no open water lies level on any slope."""
    tags = area.tags
    made = tags.get("leisure") in _PLAYED_ON or tags.get("landuse") in _STILL
    wet = tags.get("natural") == "water" and not is_open_water(area)
    return (made or wet) and area.geometry.area >= _LEVEL_FROM_M2
