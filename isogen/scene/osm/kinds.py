"""What is of use in a map, and what its shape means: a line, an area, or nothing to see."""

from typing import Final

from isogen.scene.osm.tags import Tags, is_true, levels_touched, number

BUILT_KEYS: Final = ("building", "building:part")

LINE_KEYS: Final = (
    "aerialway",
    "aeroway",
    "barrier",
    "highway",
    "leisure",
    "man_made",
    "natural",
    "power",
    "railway",
    "route",
    "waterway",
)
AREA_KEYS: Final = (
    "aeroway",
    "amenity",
    "area:highway",
    "barrier",
    "golf",
    "highway",
    "historic",
    "landuse",
    "leisure",
    "man_made",
    "natural",
    "place",
    "power",
    "public_transport",
    "railway",
    "tourism",
    "waterway",
)
NODE_KEYS: Final = (
    "amenity",
    "barrier",
    "emergency",
    "entrance",
    "golf",
    "highway",
    "historic",
    "leisure",
    "man_made",
    "natural",
    "power",
    "railway",
    "tourism",
    "advertising",
    "seamark:type",
    "shop",
    "waterway",
)
ALL_KEYS: Final = tuple(sorted({*BUILT_KEYS, *LINE_KEYS, *AREA_KEYS, *NODE_KEYS}))

_LINES_WHEN_CLOSED: Final = {
    "aerialway": frozenset[str](),
    "aeroway": frozenset({"aerodrome", "apron", "hangar", "helipad", "terminal", "heliport"}),
    "barrier": frozenset[str](),
    "highway": frozenset({"platform", "rest_area", "services", "bus_stop", "elevator"}),
    "railway": frozenset({"platform", "station", "turntable", "roundhouse"}),
    "waterway": frozenset({"riverbank", "dock", "boatyard", "dam", "basin"}),
    "power": frozenset({"plant", "substation", "generator", "transformer"}),
}
"""Keys of which a closed way is a loop, not an area, but for the values named."""

_LINE_VALUES: Final = frozenset(
    {
        ("natural", "coastline"),
        ("natural", "cliff"),
        ("natural", "ridge"),
        ("natural", "arete"),
        ("natural", "tree_row"),
        ("man_made", "pipeline"),
        ("man_made", "embankment"),
        ("man_made", "cutline"),
        ("man_made", "breakwater"),
        ("man_made", "groyne"),
        ("man_made", "wire"),
        ("man_made", "beam"),
        ("leisure", "track"),
        ("leisure", "slipway"),
    }
)
"""Values that are lines, even closed, unless ``area=yes``."""

_FILLED_KEYS: Final = (
    "landuse",
    "amenity",
    "golf",
    "place",
    "tourism",
    "historic",
    "public_transport",
)
"""Keys that make an area of any closed way."""

_SURFACE_KEYS: Final = ("leisure", "man_made", "natural")
"""Keys that make an area of a closed way, but for ``_LINE_VALUES``."""

_HIDING_TUNNELS: Final = frozenset({"yes", "culvert", "flooded"})
"""Passages through buildings and avalanche galleries stay in sight."""


_DRIVEN: Final = frozenset(
    kind + link
    for kind in ("motorway", "trunk", "primary", "secondary", "tertiary")
    for link in ("", "_link")
) | {"residential", "unclassified", "living_street", "service"}
_RIDDEN: Final = frozenset({"rail", "light_rail", "narrow_gauge", "subway", "tram"})


def is_built(tags: Tags) -> bool:
    """Tell whether tags speak of a building or a part of one."""
    return any(tags.get(key, "no") != "no" for key in BUILT_KEYS)


def is_part(tags: Tags) -> bool:
    """Tell whether tags speak of a part of a building."""
    return tags.get("building:part", "no") != "no"


def is_water(tags: Tags) -> bool:
    """Tell whether an area is inland water."""
    return (
        tags.get("natural") == "water"
        or tags.get("waterway") in ("riverbank", "dock")
        or tags.get("landuse") in ("reservoir", "basin")
    )


def is_area(tags: Tags) -> bool:
    """Tell whether a closed way with these tags is an area rather than a loop."""
    if "area" in tags:
        return is_true(tags["area"]) and _has(tags, AREA_KEYS + BUILT_KEYS)
    if is_built(tags) or "area:highway" in tags or _has(tags, _FILLED_KEYS):
        return True
    if any((key, tags.get(key)) in _LINE_VALUES for key in _SURFACE_KEYS):
        return False
    if _has(tags, _SURFACE_KEYS):
        return True
    return any(tags.get(key) in values for key, values in _LINES_WHEN_CLOSED.items())


def is_multipolygon(tags: Tags) -> bool:
    """Tell whether a relation is an area of use."""
    return tags.get("type") == "multipolygon" and (
        is_built(tags) or (_has(tags, AREA_KEYS) and not _is_coastline(tags))
    )


def is_line(tags: Tags, *, closed: bool) -> bool:
    """Tell whether a way is a line of use.

    The coastline is not, it bounds the land; nor are areas, unless something fences them in.
    """
    if _is_coastline(tags) or not _has(tags, LINE_KEYS):
        return False
    if closed and is_area(tags):
        return "barrier" in tags and "area" not in tags and not is_built(tags)
    return True


def is_point(tags: Tags) -> bool:
    """Tell whether a node is of use."""
    return _has(tags, NODE_KEYS)


def is_hidden(tags: Tags) -> bool:
    """Tell whether something lies under the ground or indoors, where nobody sees it.

    Open water stays, because many streams are tagged as a layer below their bridges.
    """
    if tags.get("tunnel") in _HIDING_TUNNELS or tags.get("location") == "underground":
        return True
    if is_water(tags) or "waterway" in tags:
        return False
    if (number(tags.get("layer")) or 0) < 0 or tags.get("indoor", "no") != "no":
        return True
    touched = levels_touched(tags.get("level"))
    return not is_built(tags) and bool(touched) and max(touched) < 0


def is_tunnel(tags: Tags) -> bool:
    """Tell whether a line is a street or a track in a tunnel of its own."""
    carried = tags.get("highway") in _DRIVEN or tags.get("railway") in _RIDDEN
    return carried and tags.get("tunnel") == "yes" and tags.get("indoor", "no") == "no"


def _is_coastline(tags: Tags) -> bool:
    return tags.get("natural") == "coastline"


def _has(tags: Tags, keys: tuple[str, ...]) -> bool:
    return any(key in tags for key in keys)
