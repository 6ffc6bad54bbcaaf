"""Water that is mapped as a line: rivers and canals that nobody outlined, streams, ditches."""

from collections.abc import Sequence
from functools import cache

import shapely
from shapely import LineString, Polygon
from shapely.ops import unary_union

from isogen.scene.osm.features import Feature, Features
from isogen.scene.osm.tags import length_m
from isogen.scene.town.brush import lines_of, polygons_of
from isogen.scene.town.carriers import half_m, is_bridge, kind_of
from isogen.scene.town.near import Near

WIDTH_M = {
    "river": 12.0,
    "canal": 10.0,
    "tidal_channel": 6.0,
    "stream": 2.4,
    "brook": 2.0,
    "ditch": 1.6,
    "drain": 1.6,
}
"""Width where no tag says it; other waterways hold no water of their own."""

OPEN_FROM_M = 5.0
"""Wider ones lie as low as lakes, between quays; others are painted on the ground."""

WIDEST_M = 200.0
OUTLINED_M = 1.0
"""Outlined water counts this far beyond its edge."""

CAUSEWAY_M = 1.5
"""A street without a bridge crosses on a dam that reaches this far beyond it."""

LEAST_M2 = 25.0


def width_of(way: Feature[LineString]) -> float:
    """Return the width of a waterway in meters; 0 for what holds no water."""
    usual = WIDTH_M.get(way.tags.get("waterway", ""), 0.0)
    told = length_m(way.tags.get("width"))
    return min(told, WIDEST_M) if usual and told and told > 0 else usual


def is_stream(way: Feature[LineString]) -> bool:
    """Tell whether a way is water too narrow for banks of stone."""
    return 0 < width_of(way) < OPEN_FROM_M


def channels_of(features: Features, outlined: Sequence[Polygon]) -> tuple[Polygon, ...]:
    """Return the water of wide waterways where no outline says how far it reaches.

    Args:
        features: What the map says.
        outlined: Water whose outline is known.
    """
    wide = [way for way in features.ways if width_of(way) >= OPEN_FROM_M]
    if not wide:
        return ()
    near = Near(outlined)
    ways = Near([way.geometry for way in features.ways])

    @cache
    def dam(k: int) -> Polygon:
        way = features.ways[k]
        return way.geometry.buffer(half_m(way) + CAUSEWAY_M, cap_style="flat")

    pieces: list[Polygon] = []
    for way in wide:
        half = width_of(way) / 2
        wet = unary_union([outlined[k] for k in near.within(way.geometry, half)])
        for line in lines_of(way.geometry.difference(wet.buffer(OUTLINED_M))):
            piece = line.buffer(half).difference(wet)
            carried = [
                k
                for k in ways.within(line, half)
                if kind_of(features.ways[k]) in {"road", "fast", "rail"}
                and not is_bridge(features.ways[k])
            ]
            pieces += polygons_of(piece.difference(unary_union([dam(k) for k in carried])))
    joined = shapely.intersection(unary_union(pieces), features.land)
    return tuple(p for p in polygons_of(joined) if p.area > LEAST_M2)
