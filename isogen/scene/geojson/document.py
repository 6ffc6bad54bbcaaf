"""A GeoJSON document as shapes in degrees. Faults name the feature that they are in."""

# pyright: reportUnknownMemberType=false
# shapely's stubs leave the types of **kwargs open.

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from isogen.errors import InputError, SourceError
from isogen.scene.osm.pbf import Bounds

MOST_BYTES = 1 << 30
"""Largest file that is read: a city of a million footprints."""

_WGS84: Final = ("CRS84", "4326", "4979")
_REPROJECT = "Positions are WGS84 degrees, longitude first: `ogr2ogr -t_srs EPSG:4326 OUT FILE`."
_FORMAT = "Give a FeatureCollection, as `ogr2ogr -f GeoJSON` writes it."
_GEOMETRIES: Final = frozenset(
    "Point MultiPoint LineString MultiLineString Polygon MultiPolygon GeometryCollection".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Item:
    """A feature of the document."""

    name: str
    """What messages call it: its position, and its id when it has one."""

    id: str | None
    properties: Mapping[str, Any]
    shape: shapely.Geometry
    """In degrees, x is the longitude; two-dimensional."""


@dataclass(frozen=True)
class Document:
    """A whole file."""

    items: tuple[Item, ...]
    bounds: Bounds
    """Its ``bbox`` when it has one, else the box around all shapes."""

    about: Mapping[str, str] = field(default_factory=dict[str, str])
    """Texts beside the features: ``name``, ``attribution``, ``licence`` ..."""


def read_document(path: Path) -> Document:
    """Read a file.

    Raises:
        InputError: There is no such file.
        SourceError: It is no GeoJSON, not in WGS84, or a feature is broken.
    """
    if not path.is_file():
        raise InputError(f"there is no file {path}", hint="Give the path of a .geojson file.")
    if path.stat().st_size > MOST_BYTES:
        raise SourceError(f"{path} is larger than {MOST_BYTES >> 20} MiB", hint="Cut it to a town.")
    try:
        tree = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path} is not JSON: {error}", hint=_FORMAT) from error
    root = _mapping(tree)
    _check_crs(root, path)
    items = tuple(_items(root, path))
    if not items:
        raise SourceError(f"{path} holds no feature with a shape", hint=_FORMAT)
    about = {key: value for key, value in root.items() if isinstance(value, str)}
    return Document(items, _bounds(root, items, path), about)


def _items(root: Mapping[str, Any], path: Path) -> Iterator[Item]:
    kind = root.get("type")
    if kind == "FeatureCollection" and isinstance(root.get("features"), list):
        features = cast("list[object]", root["features"])
    elif kind == "Feature":
        features = [root]
    else:
        raise SourceError(
            f"{path} must be a GeoJSON FeatureCollection, got type {kind!r}", hint=_FORMAT
        )
    for position, feature in enumerate(features):
        held = _mapping(feature)
        own = held.get("id")
        named = "" if own is None else f" (id {own!r})"
        name = f"{path.name}: features[{position}]{named}"
        geometry = held.get("geometry")
        if geometry is not None:
            found = _shape(_mapping(geometry), name)
            if not shapely.is_empty(found):
                properties = _mapping(held.get("properties"))
                yield Item(name, None if own is None else str(own), properties, found)


def _shape(geometry: Mapping[str, Any], name: str) -> shapely.Geometry:
    kind = geometry.get("type")
    if kind not in _GEOMETRIES:
        raise SourceError(f"{name} has a geometry of type {kind!r}", hint=_FORMAT)
    try:
        found = shapely.force_2d(shape(dict(geometry)))
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise SourceError(
            f"{name} has no readable {kind}: {error}", hint="Mend or remove the feature."
        ) from error
    lng, lat = shapely.get_coordinates(found).T
    if not (np.all(np.abs(lng) <= 180) and np.all(np.abs(lat) <= 90)):
        far = int(np.argmax(~((np.abs(lng) <= 180) & (np.abs(lat) <= 90))))
        raise SourceError(
            f"{name} has longitude {lng[far]} and latitude {lat[far]}; they must be degrees from "
            "-180 to 180 and from -90 to 90",
            hint=_REPROJECT,
        )
    return found


def _check_crs(root: Mapping[str, Any], path: Path) -> None:
    crs = root.get("crs")
    if crs is None:
        return
    name = str(_mapping(_mapping(crs).get("properties")).get("name"))
    if not name.endswith(_WGS84):
        raise SourceError(f"{path} has the coordinates of {name}, expected WGS84", hint=_REPROJECT)


def _bounds(root: Mapping[str, Any], items: tuple[Item, ...], path: Path) -> Bounds:
    box = root.get("bbox")
    if box is None:
        west, south, east, north = shapely.total_bounds([i.shape for i in items]).tolist()
    else:
        numbers = cast("list[Any]", box) if isinstance(box, list) else []
        if len(numbers) != 4 or not all(isinstance(v, int | float) for v in numbers):
            raise SourceError(f"the bbox of {path} must be [west, south, east, north], got {box!r}")
        west, south, east, north = (float(v) for v in numbers)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise SourceError(
            f"{path} covers no area: from {south}, {west} to {north}, {east}",
            hint="Choose a larger area.",
        )
    return Bounds(south, west, north, east)


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
