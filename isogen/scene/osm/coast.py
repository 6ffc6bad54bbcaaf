"""Land and sea: the coastline, closed against the edge of the extent."""

# pyright: reportUnknownMemberType=false
# shapely's stubs leave the types of **kwargs open.

from collections.abc import Sequence

import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon

from isogen.scene.osm.split import split_extent


def close_coast(lines: Sequence[LineString], extent: Polygon) -> tuple[MultiPolygon, MultiPolygon]:
    """Split an extent into land and sea by its coastline.

    Water lies to the right of every line, as OpenStreetMap has it. The lines may be in
    any order, cut off at or before the edge, and outside of it. Without any line, all is
    land.

    Returns:
        Land and sea; together they fill the extent and do not overlap.
    """
    if not lines:
        return split_extent((), extent)
    ordered = sorted(lines, key=lambda line: shapely.get_coordinates(line).tolist())
    merged = shapely.line_merge(MultiLineString(ordered), directed=True)
    joined = [p for p in shapely.get_parts(merged) if isinstance(p, LineString) and p.length > 0]
    return split_extent(joined, extent)
