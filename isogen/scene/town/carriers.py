"""Ways that carry somebody: streets, paths, tracks; how wide and how steep they are."""

from collections.abc import Mapping

from shapely import LineString

from isogen.scene.osm.features import Feature
from isogen.scene.osm.tags import length_m, number
from isogen.scene.town.roads import PATHS, WIDTH_M, width_m

Way = Feature[LineString]

HEAVY = frozenset({"rail", "light_rail", "narrow_gauge", "subway"})
TRACKS = HEAVY | {"tram", "monorail", "funicular"}
TRACK_HALF_M = 2.4
TRAM_HALF_M = 1.7
PATH_HALF_M = 1.6

FAST = frozenset({"motorway", "motorway_link", "trunk", "trunk_link"})

GRADES: Mapping[str, float] = {"rail": 0.09, "fast": 0.11, "road": 0.15, "path": 0.28, "steps": 0.9}
"""Steepest rise of a ramp, meters per meter, by what runs on it."""

HEADROOM_RISES: Mapping[str, float] = {
    "rail": 8.0, "fast": 7.0, "road": 7.0, "path": 4.5, "steps": 4.5,
}  # fmt: skip
"""What stays free above a way that passes below."""


def kind_of(way: Way) -> str | None:
    """Return "rail", "fast", "road", "path" or "steps"; None for what carries nobody."""
    highway = way.tags.get("highway", "")
    if way.tags.get("railway") in TRACKS:
        return "rail"
    if highway == "steps":
        return "steps"
    if highway in PATHS:
        return "path"
    if highway in WIDTH_M and highway != "construction":
        return "fast" if highway in FAST else "road"
    return None


def half_m(way: Way) -> float:
    """Return half the width of what runs on a way, in meters."""
    if "railway" in way.tags and "highway" not in way.tags:
        return TRAM_HALF_M if way.tags["railway"] == "tram" else TRACK_HALF_M
    if way.tags.get("highway") in WIDTH_M:
        return width_m(way) / 2
    said = length_m(way.tags.get("width"))
    return said / 2 if said and 1 < said < 2 * WIDTH_M["primary"] else PATH_HALF_M


def is_bridge(way: Way) -> bool:
    """Tell whether a way is carried over something."""
    return way.tags.get("bridge", "no") not in {"no", "proposed"}


def layer_of(way: Way) -> float:
    """Return its layer; what is carried lies one above the ground unless it says otherwise."""
    said = number(way.tags.get("layer"))
    return said if said is not None else float(is_bridge(way))
