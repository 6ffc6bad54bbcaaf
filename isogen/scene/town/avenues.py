"""Trees along streets where nobody mapped any: wide streets, far enough from houses."""

import numpy as np
from shapely import Point

from isogen.mesh.vocabulary import Ground
from isogen.scene.town.lines import beside, places_along
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan
from isogen.scene.town.roads import Road
from isogen.scene.town.trees import Shape, plant

STEP_M = 11.0
KERB_M = 1.7
"""Trees stand this far from the carriageway."""

ENDS_M = 13.0
"""No tree stands nearer than this to the ends of a street, where it would hide a crossing."""

CLEAR_M = 3.6
APART_M = 5.0
TRACK_M = 4.5
"""No tree stands this near to a track."""

SHARES = {
    "primary": 1.0,
    "secondary": 1.0,
    "tertiary": 1.0,
    "residential": 0.8,
    "unclassified": 0.6,
    "living_street": 1.0,
    "pedestrian": 0.4,
}
"""Streets of each class that are avenues, as a share of those that the flavor lines."""

WIDEST_M = 40.0
_BESIDE = (Ground.PAVE, Ground.GRASS, Ground.MOWN, Ground.MEADOW)
_SALT = 91


def build_avenues(plot: Plot) -> None:
    """Plant the street trees of a cell."""
    lined = plot.town.settings.flavor.habits.street_trees
    for road in plot.town.roads_near(plot.outline, WIDEST_M):
        chance = plot.chance(road.id, _SALT)
        share = SHARES.get(road.kind, 0.0) * lined * min(plot.town.settings.trees, 1.0)
        if chance.chance(share) and plot.town.lifts.is_level(road.feature):
            for number, side in enumerate((1, -1)):
                _line(plot, road, number, side * (road.width_m / 2 + KERB_M))


def _line(plot: Plot, road: Road, number: int, offset_m: float) -> None:
    for part, line in enumerate(beside(road.line, offset_m)):
        along = np.arange(ENDS_M, line.length - ENDS_M, STEP_M)
        if not len(along):
            continue
        places = places_along(line, along)
        town = plot.town
        free = plot.mine(places) & plot.lies_on(places, _BESIDE) & plot.are_open(places, CLEAR_M)
        free &= ~town.trees_by_place.touched(places, APART_M)
        free &= ~town.rails_by_place.touched(places, TRACK_M)
        for k in np.flatnonzero(free).tolist():
            chance = plot.chance(road.id, _SALT, number, part, k)
            if not _is_on_road(plot, road, Point(places[k])):
                plant(plot.builder, as_plan(places[k]), Shape.SMALL, chance, town.growth)


def _is_on_road(plot: Plot, own: Road, place: Point) -> bool:
    """Tell whether a place lies on or at another street."""
    return any(
        road.line.distance(place) < road.width_m / 2 + 1.0
        for road in plot.town.roads_near(place, WIDEST_M / 2)
        if road.id != own.id
    )
