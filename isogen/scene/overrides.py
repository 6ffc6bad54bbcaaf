"""What an author says about single buildings, over what the map says about them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, cast

import numpy as np
import shapely
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from shapely import Point, Polygon
from shapely.errors import ShapelyError
from shapely.geometry import shape

from isogen.digest import Digest, digest_of
from isogen.errors import ParamsError
from isogen.params import Params
from isogen.params.faults import checked
from isogen.params.model import Label, Section
from isogen.params.reading import read_text
from isogen.scene.flavors.load import PRESETS
from isogen.scene.osm.features import Feature, Features
from isogen.scene.osm.pieces import PIECE_BITS, OsmType, feature_id
from isogen.scene.osm.read import ToPlane
from isogen.scene.osm.tags import color
from isogen.scene.town.looks_rhythm import FLAVOR_TAG
from isogen.scene.town.looks_shapes import SHAPES
from isogen.scene.town.near import Near

_YEARS = {"classical": 1850, "jugend": 1905, "plain": 1935, "modern": 1970, "recent": 2005}
_FORMAT = 'Give a FeatureCollection whose features have {"id": "way/123", "colour": "#a03020"}.'
_TYPES = {
    "node": (OsmType.NODE,),
    "way": (OsmType.WAY, OsmType.CLOSED_WAY),
    "relation": (OsmType.RELATION,),
}


def _expected(what: str) -> PydanticCustomError:
    return PydanticCustomError("word", "Input should be {what}", {"what": what})


def _a_color(value: str) -> str:
    if color(value) is None:
        raise _expected("a CSS name or #rrggbb")
    return value


def _a_shape(value: str) -> str:
    if value not in SHAPES:
        raise _expected(f"one of {', '.join(sorted(SHAPES))}")
    return value


def _a_style(value: str) -> str:
    if value not in _YEARS and value not in PRESETS:
        raise _expected(f"one of {', '.join((*_YEARS, *PRESETS))}")
    return value


def _an_id(value: str) -> str:
    kind, _, number = value.partition("/")
    if kind not in _TYPES or not number.removeprefix("-").isdecimal():
        raise _expected("way/NUMBER, relation/NUMBER or node/NUMBER")
    return value


ColorWord = Annotated[str, AfterValidator(_a_color)]
Meters = Annotated[float, Field(gt=0, le=1000)]


class Says(Section):
    """The properties of a feature of an overrides file."""

    id: Annotated[str, AfterValidator(_an_id)] | None = None
    """way/123, relation/5 or node/7 of OpenStreetMap; without it the building under the
    feature's point."""

    name: Label | None = None
    """Name for people; it changes nothing."""

    colour: ColorWord | None = None
    """Color of the walls: a CSS name or #rrggbb."""

    roof_colour: ColorWord | None = None
    """Color of the roof: a CSS name or #rrggbb."""

    material: Label | None = None
    """Material of the walls, a value of building:material."""

    roof_material: Label | None = None
    """Material of the roof, a value of roof:material."""

    type: Label | None = None
    """What it is, a value of building: church, warehouse, terrace ..."""

    height: Meters | None = None
    """Meters from the ground to the top, roof included, up to 1000."""

    levels: Annotated[int, Field(ge=1, le=200)] | None = None
    """Storeys below the roof, from 1 to 200."""

    roof_shape: Annotated[str, AfterValidator(_a_shape)] | None = None
    """A value of roof:shape: flat, gabled, hipped, dome ..."""

    roof_height: Meters | None = None
    """Meters from the eaves to the top."""

    style: Annotated[str, AfterValidator(_a_style)] | None = None
    """An age (classical, jugend, plain, modern, recent) or a flavor (nordic, british ...)."""

    tags: dict[str, str] = Field(default={})
    """Any tags of OpenStreetMap; an empty value takes a tag away."""


@dataclass(frozen=True)
class Override:
    """Tags for one thing of the map."""

    name: str
    """What messages call it."""

    ids: frozenset[int]
    """Feature ids, without pieces; empty when a place tells the building."""

    place: Point | None
    """In degrees, x is the longitude."""

    tags: Mapping[str, str]
    """Tags that it gets; those with an empty value are taken away."""


@dataclass(frozen=True)
class Overrides:
    """A whole file."""

    items: tuple[Override, ...] = ()
    digest: Digest | None = None


def overrides_of(params: Params, root: Path = Path()) -> Overrides:
    """Return what the file that the settings name says; nothing when they name none.

    Raises:
        ParamsError: The file is missing, no GeoJSON, or says something unknown.
    """
    path = params.scene.overrides
    if path is None:
        return Overrides()
    text = read_text(root / path)
    return Overrides(tuple(_parse(text, str(path))), digest_of(text.encode()))


def apply_overrides(
    features: Features, overrides: Overrides, to_plane: ToPlane
) -> tuple[Features, tuple[str, ...]]:
    """Return features with the tags that overrides give them, and what met nothing."""
    if not overrides.items:
        return features, ()
    under = Near([f.geometry for f in features.buildings])
    told: dict[int, dict[str, str]] = {}
    unmatched: list[str] = []
    known = {f.id >> PIECE_BITS for f in _all(features)}
    for item in overrides.items:
        ids = item.ids & known if item.ids else _building_at(features, under, item, to_plane)
        for key in ids:
            told.setdefault(key, {}).update(item.tags)
        if not ids:
            unmatched.append(item.name)
    return _retagged(features, told), tuple(unmatched)


def _all(features: Features) -> Iterator[Feature[Any]]:
    yield from features.buildings
    yield from features.parts
    yield from features.areas
    yield from features.ways
    yield from features.nodes


def _retagged(features: Features, told: Mapping[int, Mapping[str, str]]) -> Features:
    def each(some: Iterable[Feature[Any]]) -> tuple[Feature[Any], ...]:
        return tuple(
            replace(f, tags=_merged(f.tags, told[f.id >> PIECE_BITS]))
            if f.id >> PIECE_BITS in told
            else f
            for f in some
        )

    return replace(
        features,
        buildings=each(features.buildings),
        parts=each(features.parts),
        areas=each(features.areas),
        ways=each(features.ways),
        nodes=each(features.nodes),
    )


def _merged(tags: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in {**tags, **told}.items() if value}


def _building_at(
    features: Features, under: Near, item: Override, to_plane: ToPlane
) -> frozenset[int]:
    """Return the smallest building over an override's place."""
    if item.place is None:
        return frozenset()
    e, n = to_plane(np.array([item.place.y]), np.array([item.place.x]))
    found = under.within(Point(float(e[0]), float(n[0])), 0)
    houses: list[Feature[Polygon]] = [features.buildings[k] for k in found]
    smallest = min(houses, key=lambda f: (f.geometry.area, f.id), default=None)
    return frozenset({smallest.id >> PIECE_BITS}) if smallest else frozenset()


def _parse(text: str, name: str) -> Iterator[Override]:
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParamsError(f"{name} is not JSON: {error}", hint=_FORMAT) from error
    root = cast("dict[str, Any]", tree) if isinstance(tree, dict) else {}
    found = root.get("features")
    if root.get("type") != "FeatureCollection" or not isinstance(found, list):
        raise ParamsError(f"{name} must be a FeatureCollection", hint=_FORMAT)
    for k, feature in enumerate(cast("list[Any]", found)):
        yield _override(feature, f"{name}: features[{k}]")


def _override(feature: object, at: str) -> Override:
    if not isinstance(feature, dict):
        raise ParamsError(f"{at} must be a Feature, got {feature!r:.60}", hint=_FORMAT)
    members = cast("dict[str, Any]", feature)
    said: Any = members.get("properties") or {}
    own = {"id": members["id"]} if isinstance(members.get("id"), str) else {}
    tree: object = {**own, **cast("dict[str, Any]", said)} if isinstance(said, dict) else said
    says = checked(Says, tree, at)
    place = _place(members.get("geometry"), at)
    if says.id is None and place is None:
        raise ParamsError(
            f"{at} has neither an id nor a point",
            hint="Give the building's id (way/123), or a Point inside its footprint.",
        )
    where = f"{place.y:.5f}, {place.x:.5f}" if place else ""
    return Override(f"{at} ({says.id or says.name or where})", _ids(says.id), place, _tags(says))


def _place(geometry: Any, at: str) -> Point | None:  # noqa: ANN401  JSON
    if geometry is None:
        return None
    try:
        found = shape(geometry)
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise ParamsError(f"{at}.geometry is no shape: {error}", hint=_FORMAT) from error
    return shapely.point_on_surface(found)


def _ids(told: str | None) -> frozenset[int]:
    if told is None:
        return frozenset()
    kind, _, number = told.partition("/")
    return frozenset(feature_id(t, int(number), 0) >> PIECE_BITS for t in _TYPES[kind])


def _tags(says: Says) -> dict[str, str]:
    words = {
        "building:colour": says.colour,
        "roof:colour": says.roof_colour,
        "building:material": says.material if says.material or not says.colour else "",
        "roof:material": says.roof_material if says.roof_material or not says.roof_colour else "",
        "building": says.type,
        "roof:shape": says.roof_shape,
    }
    out = {key: value for key, value in words.items() if value is not None}
    if says.height is not None or says.levels is not None:
        out["height"] = f"{says.height:.3f}" if says.height is not None else ""
        out["building:levels"] = f"{says.levels}" if says.levels is not None else ""
    if says.roof_height is not None:
        out["roof:height"] = f"{says.roof_height:.3f}"
    if says.style in _YEARS:
        out["start_date"] = f"{_YEARS[says.style]}"
    elif says.style is not None:
        out[FLAVOR_TAG] = says.style
    return {**out, **says.tags}
