"""What the properties of a GeoJSON feature mean, as tags of OpenStreetMap.

Tags of OpenStreetMap are taken as they are. Beside them, the names that cities give
their columns are understood: ``height_m``, ``floors``, ``class`` and the like.
"""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, cast

from isogen.scene.osm import kinds
from isogen.scene.osm.tags import Tags, number


class Form(Enum):
    """What a geometry is made of."""

    POINT = "point"
    LINE = "line"
    AREA = "area"


_ALIASES: Final[Mapping[str, str]] = {
    name: tag
    for tag, names in {
        "height": "height heightm buildingheight bldgheight measuredheight hgt hgtm",
        "building:levels": "buildinglevels levels floors storeys stories numlevels numfloors "
        "numstoreys floorcount levelcount nooffloors numberoffloors numberofstoreys",
        "min_height": "minheight minheightm baseheight",
        "building:min_level": "minlevel minlevels buildingminlevel",
        "roof:shape": "roofshape rooftype",
        "roof:height": "roofheight",
        "roof:material": "roofmaterial",
        "roof:colour": "roofcolour roofcolor",
        "building:material": "buildingmaterial facadematerial wallmaterial",
        "building:colour": "buildingcolour buildingcolor facadecolour facadecolor",
        "start_date": "startdate yearbuilt builtyear yearofconstruction constructionyear",
    }.items()
    for name in names.split()
}
_IN_FEET: Final = ("heightft", "heightroof", "buildingheightft")
_MEASURES: Final = ("height", "building:levels")
"""Zero means that nobody knows."""

_CLASS_NAMES: Final = ("fclass", "class", "subclass", "type", "kind", "category", "use", "layer")

_CLASSES: Final[Mapping[Form, Mapping[str, str]]] = {
    Form.AREA: {
        "building": "building buildings footprint house apartments detached garage shed church "
        "office hotel warehouse retail_building terrace",
        "leisure": "park garden pitch playground stadium golf_course marina track",
        "landuse": "grass meadow forest cemetery farmland orchard vineyard allotments residential "
        "commercial industrial retail construction railway quarry",
        "natural": "water wood beach sand scrub wetland heath grassland sea ocean",
        "amenity": "parking school hospital university marketplace",
        "place": "square",
        "highway": "pedestrian",
        "man_made": "pier bridge",
    },
    Form.LINE: {
        "highway": "motorway trunk primary secondary tertiary residential unclassified "
        "living_street service pedestrian footway cycleway path track steps motorway_link "
        "trunk_link primary_link secondary_link tertiary_link",
        "railway": "rail tram subway light_rail",
        "waterway": "river stream canal",
        "barrier": "wall fence hedge",
        "natural": "coastline tree_row",
    },
    Form.POINT: {
        "natural": "tree",
        "highway": "street_lamp bus_stop traffic_signals",
        "amenity": "bench fountain",
    },
}
_SYNONYMS: Final[Mapping[str, str]] = {
    "street": "residential",
    "road": "residential",
    "local": "residential",
    "street_limited": "service",
    "alley": "service",
    "highway": "primary",
    "main": "primary",
    "sidewalk": "footway",
    "footpath": "footway",
    "plaza": "square",
    "lake": "water",
    "railroad": "rail",
    "trees": "tree",
    "buildings": "yes",
    "building": "yes",
    "footprint": "yes",
}
_TAGS_OF_CLASS: Final[Mapping[Form, Mapping[str, str]]] = {
    form: {value: key for key, values in keys.items() for value in values.split()}
    for form, keys in _CLASSES.items()
}
_ANY: Final[Mapping[Form, tuple[str, str]]] = {
    Form.AREA: ("building", "yes"),
    Form.LINE: ("highway", "residential"),
}
"""What a feature is that says nothing about itself."""

_TREES: Final = ("species", "genus", "taxon", "leaf_type")


def tags_of(properties: Mapping[str, Any], form: Form) -> Tags | None:
    """Return the tags that properties amount to, or None when nothing of use is known.

    An area with a height or storeys is a building; so is one without any class, and a
    line without any is a street.
    """
    texts = {key: text for key, value in properties.items() if (text := _text(value))}
    nested = properties.get("tags")
    if isinstance(nested, Mapping):
        held = cast("Mapping[str, Any]", nested)
        texts |= {key: text for key, value in held.items() if (text := _text(value))}
    tags = _with_measures(texts)
    if any(key in tags for key in kinds.ALL_KEYS):
        return tags
    named = _class_of(texts, form)
    if named is not None:
        return tags | dict([named])
    is_tree = form is Form.POINT and any(key in texts for key in _TREES)
    return {**tags, "natural": "tree"} if is_tree else None


def _class_of(texts: Tags, form: Form) -> tuple[str, str] | None:
    """Return the tag for what a feature's class says; None for a class that is not known."""
    lower = {_plain(key): value for key, value in texts.items()}
    found = [re.sub(r"[\s-]+", "_", lower[n].lower()) for n in _CLASS_NAMES if n in lower]
    if form is Form.AREA and any(key in _with_measures(texts) for key in _MEASURES):
        known = (value for value in found if _key_of(value, form)[0] != "natural")
        return "building", next((_SYNONYMS.get(v, v) for v in known), "yes")
    for value in found:
        key, tag = _key_of(value, form)
        if key:
            return key, tag
    return None if found else _ANY.get(form)


def _key_of(value: str, form: Form) -> tuple[str, str]:
    """Return the tag that a class stands for; an empty key when it is not known."""
    table, tag = _TAGS_OF_CLASS[form], _SYNONYMS.get(value, value)
    return table.get(value) or table.get(tag, ""), tag


def _with_measures(texts: Tags) -> dict[str, str]:
    """Add the tags that columns of other names stand for; drop measures that are zero."""
    tags = dict(texts)
    for key, value in texts.items():
        plain = _plain(key)
        tag = _ALIASES.get(plain)
        if tag:
            tags.setdefault(tag, value)
        elif plain in _IN_FEET and number(value):
            tags.setdefault("height", f"{value} ft")
    for tag in _MEASURES:
        found = number(tags.get(tag))
        if found is not None and found <= 0:
            del tags[tag]
    return tags


def _plain(key: str) -> str:
    return re.sub(r"[^a-z0-9]", "", key.lower())


def _text(value: Any) -> str | None:  # noqa: ANN401  JSON
    """Return a property as the value of a tag; None for what cannot be one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.10g}"
    return value.strip() or None if isinstance(value, str) else None
