"""Railways and tramways on the ground map."""

import numpy as np
from shapely import LineString

from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.town.brush import Brush, over
from isogen.scene.town.carriers import HEAVY, is_bridge
from isogen.scene.town.context import Town
from isogen.scene.town.lines import beside, directions_at, places_along

BED_HALF_M = 4.5
"""Ballast beside a track: tracks up to twice as far apart share one bed."""

HALF_GAUGE_M = 0.8
SLEEPER_STEP_M = 1.25
SLEEPER_HALF_M = 1.3
TRAM_BED_HALF_M = 1.5

_STREET = over(Ground.ROAD, Ground.WHITE, Ground.LINE, Ground.YELLOW)
_BED = over(
    Ground.GRASS, Ground.YARD, Ground.SCRUB, Ground.DIRT, Ground.LOT, Ground.SETT, Ground.BALLAST
)


def paint(brush: Brush, town: Town) -> None:
    """Paint the beds of all tracks, then sleepers, then rails."""
    near = [town.features.ways[i] for i in town.ways.within(brush.outline, BED_HALF_M)]
    ways = [way for way in near if not is_bridge(way)]
    heavy = [way for way in ways if way.tags.get("railway") in HEAVY]
    trams = [way for way in ways if way.tags.get("railway") == "tram"]
    for way in trams:
        brush.fill(way.geometry.buffer(TRAM_BED_HALF_M), Ground.SETT, _STREET)
    for way in heavy:
        brush.fill(way.geometry.buffer(BED_HALF_M), Ground.BALLAST, _BED)
        brush.fill(way.geometry.buffer(BED_HALF_M / 2), Ground.BALLAST)
    for way in heavy:
        _paint_sleepers(brush, way.geometry)
    for way in heavy:
        _paint_rails(brush, way, Ground.RAIL)
    for way in trams:
        _paint_rails(brush, way, Ground.TRAM_RAIL)


def _paint_sleepers(brush: Brush, line: LineString) -> None:
    places = np.arange(SLEEPER_STEP_M, line.length, SLEEPER_STEP_M)
    if not len(places):
        return
    middles, along = places_along(line, places), directions_at(line, places)
    aside = np.stack([-along[:, 1], along[:, 0]], axis=1) * SLEEPER_HALF_M
    brush.segments(np.stack([middles - aside, middles + aside], axis=1), Ground.SLEEPER)


def _paint_rails(brush: Brush, way: Feature[LineString], ground: Ground) -> None:
    for offset in (-HALF_GAUGE_M, HALF_GAUGE_M):
        for rail in beside(way.geometry, offset):
            brush.stroke(rail, ground)
