"""Street lamps where nobody has mapped any: along streets, on both sides by turns."""

import numpy as np

from isogen.mesh.solids import Frame
from isogen.mesh.vocabulary import Ground
from isogen.scene.town.furniture import build_lamp
from isogen.scene.town.lines import directions_at, distances_along, places_along
from isogen.scene.town.near import Near
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan
from isogen.scene.town.roads import ARTERIES, STREETS, Road

STEP_M = 30.0
ASIDE_M = 1.2
CLEAR_M = 0.7
UNMAPPED_M = 70.0
"""A street with a mapped lamp this near has all of its lamps mapped."""

LIT = ARTERIES | STREETS | {"tertiary", "pedestrian"}
_GROUNDS = (Ground.PAVE, Ground.CURB, Ground.GRASS, Ground.MOWN, Ground.GRANITE, Ground.YARD)


def build_street_lamps(plot: Plot) -> None:
    """Build the lamps of the streets in a cell that have none on the map."""
    near = [plot.town.features.nodes[k] for k in plot.town.nodes.within(plot.outline, UNMAPPED_M)]
    mapped = Near([n.geometry for n in near if n.tags.get("highway") == "street_lamp"])
    for road in plot.town.roads_near(plot.outline, ASIDE_M + 20):
        if road.kind in LIT and road.feature.tags.get("lit") != "no":
            _light(plot, road, mapped)


def _light(plot: Plot, road: Road, mapped: Near) -> None:
    at_m = np.arange(STEP_M / 2, road.line.length, STEP_M)
    if not len(at_m):
        return
    along = directions_at(road.line, at_m)
    sides = np.where(np.arange(len(at_m)) % 2, 1.0, -1.0)[:, None]
    aside = np.stack([-along[:, 1], along[:, 0]], axis=1) * sides
    places = places_along(road.line, at_m) + aside * (road.width_m / 2 + ASIDE_M)
    free = plot.mine(places) & ~mapped.touched(places, UNMAPPED_M)
    if free.any() and not road.is_bridge:
        free &= plot.lies_on(places, _GROUNDS) & plot.town.are_clear(places, CLEAR_M)
        carriageways = [other.surface() for other in plot.town.roads_near(road.line, 12)]
        free[free] = ~Near(carriageways).touched(places[free], 0)
    if not free.any():
        return
    rises = plot.town.lifts.rises(road.feature, distances_along(road.line, places))
    for k in np.flatnonzero(free).tolist():
        plot.builder.floor = float(rises[k])
        build_lamp(plot.builder, Frame(as_plan(places[k]), as_plan(along[k])))
    plot.builder.floor = 0.0
