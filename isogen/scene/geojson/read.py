"""Reads a GeoJSON file: its shapes become features in plane meters."""

# pyright: reportUnknownMemberType=false
# shapely's stubs leave the types of **kwargs open.

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import shapely
from shapely import LineString, Point, Polygon

from isogen.digest import canonical_json, digest_of
from isogen.scene.geojson.document import Document, Item, read_document
from isogen.scene.geojson.tags import Form, tags_of
from isogen.scene.osm import kinds
from isogen.scene.osm.coast import close_coast
from isogen.scene.osm.features import Features
from isogen.scene.osm.pieces import OsmType, Thing
from isogen.scene.osm.read import Plane, ToPlane, extent_of, features_of
from isogen.scene.osm.split import GRID_M, as_multipolygon, union
from isogen.scene.osm.tags import Tags

_FORMS: Final[Mapping[type, tuple[Form, OsmType]]] = {
    Point: (Form.POINT, OsmType.NODE),
    LineString: (Form.LINE, OsmType.WAY),
    Polygon: (Form.AREA, OsmType.CLOSED_WAY),
}
_SEA: Final = {("natural", "sea"), ("natural", "ocean"), ("place", "sea"), ("place", "ocean")}
_ID_BITS = 33
"""Ids of OpenStreetMap's objects, whose place these take, have no more."""


class _Piece(NamedTuple):
    """A simple geometry of an item, in degrees."""

    key: str
    """Digest that tells it from all others but its equals."""

    tags: Tags
    shape: shapely.Geometry


def read_geojson(path: Path, to_plane: ToPlane) -> Features:
    """Read the features of a GeoJSON file.

    Positions are rounded to 1/1024 m. Ids come from the features' own, else from their
    shapes, so the order of the file does not matter and equal features count once. All is
    land but for areas with ``natural=sea`` and what lies right of ``natural=coastline``.

    Raises:
        InputError: There is no such file.
        SourceError: It is no GeoJSON, not in WGS84, or a feature is broken.
    """
    return assemble(read_document(path), to_plane)


def assemble(document: Document, to_plane: ToPlane) -> Features:
    """Turn a document into features."""
    plane = Plane(to_plane)
    extent = extent_of(document.bounds, plane)
    things, unknown = _things(document.items, plane)
    coast = [t.shape for t in things if t.tags.get("natural") == "coastline"]
    land, sea = close_coast([c for c in coast if isinstance(c, LineString)], extent)
    flooded = [shapely.make_valid(t.shape) for t in things if _is_sea(t)]
    if flooded:
        # A sea that touches the extent's edge from outside meets it in lines as well.
        shared = shapely.intersection(union(_areas(flooded)), extent, grid_size=GRID_M)
        wet = as_multipolygon(shared)
        land = union(_areas([shapely.difference(land, wet, grid_size=GRID_M)]))
        sea = union(_areas([sea, wet]))
    kept = [t for t in things if not _is_sea(t) and _is_of_use(t)]
    flat = sum(not _areas([shape]) for shape in flooded)
    return features_of(extent, (land, sea), kept, dropped=unknown + flat)


def _things(items: Sequence[Item], plane: Plane) -> tuple[list[Thing], int]:
    """Return the pieces of all items on the plane, and how many say nothing of use."""
    pieces: dict[str, _Piece] = {}
    unknown = 0
    for item in items:
        found = list(_pieces(item))
        unknown += not found
        pieces |= {piece.key: piece for piece in found}
    ordered = sorted(pieces.values())
    shapes = plane.shapes(shapely.from_wkb([shapely.to_wkb(p.shape) for p in ordered]))
    things: list[Thing] = []
    last = -1
    for piece, shape in zip(ordered, shapes, strict=True):
        # Keys ascend, and so do their first bits: equal ones are told apart by counting on.
        last = max(int(piece.key[:16], 16) >> (64 - _ID_BITS), last + 1)
        kind = _FORMS[type(piece.shape)][1]
        things.append(Thing(kind, last, piece.tags, shape))
    return things, unknown


def _pieces(item: Item) -> Iterator[_Piece]:
    for part in _simple(item.shape):
        form, _ = _FORMS[type(part)]
        tags = tags_of(item.properties, form)
        if tags is not None and (kinds.is_tunnel(tags) or not kinds.is_hidden(tags)):
            own = shapely.to_wkb(part, hex=True, byte_order=1)
            whose = item.id if item.id is not None else own
            digest = digest_of(canonical_json([whose])) + digest_of(
                canonical_json([own, dict(tags)])
            )
            yield _Piece(digest, tags, part)


def _simple(shape: shapely.Geometry) -> Iterator[shapely.Geometry]:
    """Yield the points, lines and polygons that a geometry is made of."""
    for part in shapely.get_parts(shape).tolist():
        if type(part) in _FORMS:
            if not part.is_empty:
                yield part
        else:
            yield from _simple(part)


def _areas(shapes: Sequence[shapely.Geometry]) -> list[Polygon]:
    return [p for s in shapes for p in _simple(s) if isinstance(p, Polygon)]


def _is_sea(thing: Thing) -> bool:
    return isinstance(thing.shape, Polygon) and any(thing.tags.get(k) == v for k, v in _SEA)


def _is_of_use(thing: Thing) -> bool:
    if isinstance(thing.shape, LineString):
        return thing.shape.length > 0 and kinds.is_line(thing.tags, closed=False)
    return True
