"""Bounds: GeoJSON polygons with holes, as an area of the screen.

GeoJSON puts longitude first; this module is the one place where that is turned around.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from isogen.errors import BoundsError
from isogen.geo.camera import Floats
from isogen.geo.wgs84 import Projection

MOST_BYTES = 64 << 20
"""Largest bounds file that is read."""

_EDGE_DEG = 0.01
"""Longest piece of an edge that is taken as straight on the screen: off by 0.1 m at most."""

_SAME_DEG = 1e-6
"""A place and the place that its pixel shows differ by less, unless it is behind the Earth."""

_NEAR_DEG = 10.0
"""Bounds farther than this from the origin are suspected to be turned around."""

_MOST_COORDINATE = 1e30
"""Numbers from here on are not positions in any unit."""

_ORDER_HINT = "GeoJSON writes longitude first: [lng, lat]. Swap the two numbers of each position."
_TYPES_HINT = "Use a Polygon, a MultiPolygon, a Feature or a FeatureCollection of those."
_PLACE = re.compile(r"(.*)\[(\S+) (\S+)\]")

Named = tuple[str, Polygon]
"""Where a polygon stands in the file, and its shape in degrees: x is lng, y is lat."""


def read_bounds(path: Path, projection: Projection) -> MultiPolygon:
    """Read a GeoJSON file. See ``parse_bounds``.

    Raises:
        BoundsError: The file cannot be read, or does not describe an area.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BoundsError(f"{path} is larger than {MOST_BYTES >> 20} MiB")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BoundsError(f"{path} cannot be read: {error}") from error
    return parse_bounds(text, projection, name=str(path))


def parse_bounds(text: str, projection: Projection, *, name: str = "bounds") -> MultiPolygon:
    """Return the area of the screen that a GeoJSON document describes.

    Args:
        text: A Polygon or MultiPolygon, a Feature or a FeatureCollection of them, with
            holes. Polygons may overlap.
        projection: Where places lie on the screen.
        name: What messages call the document.

    Returns:
        A valid area in screen pixels, never empty.

    Raises:
        BoundsError: The document is something else, or a polygon crosses itself.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BoundsError(f"{name} is not JSON: {error}") from error
    polygons = [(f"{name}: {at}", p) for at, p in _polygons(document, "document", name)]
    if not polygons:
        raise BoundsError(f"{name} holds no polygon", hint=_TYPES_HINT)
    for named in polygons:
        _check_shape(named)
    _check_order(polygons, projection, name)
    areas = shapely.make_valid(np.array([_to_screen(p, projection) for p in polygons]))
    parts = shapely.get_parts(shapely.union_all(areas))
    return MultiPolygon([p for p in parts if isinstance(p, Polygon)])


def _polygons(node: Any, at: str, name: str) -> Iterator[Named]:  # noqa: ANN401  JSON
    """Yield the polygons of a GeoJSON object and where they stand."""
    kind = _member(node, "type")
    if kind == "FeatureCollection":
        for i, feature in enumerate(_items(_member(node, "features"), f"{name}: {at}.features")):
            yield from _polygons(feature, f"features[{i}]", name)
    elif kind == "Feature":
        yield from _polygons(_member(node, "geometry"), f"{at}.geometry", name)
    elif kind == "Polygon":
        yield at, _polygon(_member(node, "coordinates"), f"{name}: {at}")
    elif kind == "MultiPolygon":
        members = _items(_member(node, "coordinates"), f"{name}: {at}.coordinates")
        for i, rings in enumerate(members):
            yield f"{at}[{i}]", _polygon(rings, f"{name}: {at}[{i}]")
    else:
        found = "nothing" if node is None else repr(kind)
        raise BoundsError(f"{name}: {at} must be an area, got {found}", hint=_TYPES_HINT)


def _member(node: Any, key: str) -> Any:  # noqa: ANN401  JSON
    return cast("dict[str, Any]", node).get(key) if isinstance(node, dict) else None


def _items(value: Any, at: str) -> list[Any]:  # noqa: ANN401  JSON
    if not isinstance(value, list):
        raise BoundsError(f"{at} must be a list, got {_shown(value)}")
    return cast("list[Any]", value)


def _shown(value: Any) -> str:  # noqa: ANN401  JSON
    text = json.dumps(value)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004  characters


def _polygon(coordinates: Any, at: str) -> Polygon:  # noqa: ANN401  JSON
    rings = [_ring(r, f"{at} ring {i}") for i, r in enumerate(_items(coordinates, at))]
    if not rings:
        raise BoundsError(f"{at} is empty: it has no rings")
    return Polygon(rings[0], rings[1:])


def _ring(positions: Any, at: str) -> list[tuple[float, float]]:  # noqa: ANN401  JSON
    ring = [_position(p, f"{at} position {i}") for i, p in enumerate(_items(positions, at))]
    if len(set(ring)) < 3:  # noqa: PLR2004  corners
        raise BoundsError(f"{at} must have at least 3 different positions, got {len(set(ring))}")
    return ring


def _position(value: Any, at: str) -> tuple[float, float]:  # noqa: ANN401  JSON
    numbers = cast("list[Any]", value)[:2] if isinstance(value, list) else []
    if len(numbers) != 2 or not all(_is_number(v) for v in numbers):  # noqa: PLR2004
        raise BoundsError(f"{at} must be [lng, lat], got {_shown(value)}", hint=_ORDER_HINT)
    lng, lat = float(numbers[0]), float(numbers[1])
    if abs(lat) > 90 or abs(lng) > 180:  # noqa: PLR2004  degrees
        swapped = abs(lng) <= 90 and abs(lat) <= 180  # noqa: PLR2004  degrees
        raise BoundsError(
            f"{at} has latitude {lat} and longitude {lng}; they must be from -90 to 90 and "
            "from -180 to 180",
            hint=_ORDER_HINT if swapped else "Positions are WGS84 degrees: reproject the file.",
        )
    return lng, lat


def _is_number(value: Any) -> bool:  # noqa: ANN401  JSON
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) < _MOST_COORDINATE  # false for NaN as well
    )


def _check_shape(named: Named) -> None:
    at, polygon = named
    reason = shapely.is_valid_reason(polygon)
    if polygon.is_valid:
        return
    found = _PLACE.fullmatch(reason)
    place = f"{found[1]} at latitude {found[3]}, longitude {found[2]}" if found else reason
    raise BoundsError(f"{at} is not a simple polygon: {place}", hint="Redraw it near that place.")


def _check_order(polygons: Sequence[Named], projection: Projection, name: str) -> None:
    """Refuse bounds that lie far from the origin but would be near with lat and lng swapped."""
    x0, y0, x1, y1 = MultiPolygon([p for _, p in polygons]).bounds
    lng, lat = (x0 + x1) / 2, (y0 + y1) / 2
    here = (projection.lat, projection.lng)
    if not _near((lat, lng), here) and _near((lng, lat), here):
        raise BoundsError(
            f"{name} lies around latitude {lat:.4f}, longitude {lng:.4f}, far from the map's "
            f"origin at {here[0]:.4f}, {here[1]:.4f}",
            hint=_ORDER_HINT,
        )


def _near(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[0] - b[0]) <= _NEAR_DEG and abs(a[1] - b[1]) <= _NEAR_DEG


def _to_screen(named: Named, projection: Projection) -> Polygon:
    at, polygon = named

    def project(lnglat: Floats) -> Floats:
        lng, lat = lnglat[:, 0], lnglat[:, 1]
        x, y = projection.to_screen(lat, lng)
        shown = projection.to_latlng(x, y)
        if not np.all(np.abs(shown[0] - lat) < _SAME_DEG):
            raise BoundsError(
                f"{at} reaches beyond the horizon of the map's origin",
                hint="Choose a smaller area, or an origin inside it.",
            )
        return np.stack([x, y], axis=-1)

    return shapely.transform(shapely.segmentize(polygon, _EDGE_DEG), project)
