"""Courtyards on the ground map: paved, some with a lawn."""

from shapely import Polygon

from isogen.mesh.vocabulary import Ground
from isogen.scene.town.brush import Brush
from isogen.scene.town.context import Town
from isogen.seeds import Stream

LAWN_FROM_M2 = 220.0
LAWN_INSET_M = 3.5
LAWN_CHANCE = 0.66


def paint(brush: Brush, town: Town) -> None:
    """Paint the courtyards of all houses."""
    for index in town.buildings_near(brush.outline, 0):
        house = town.features.buildings[index]
        chance = Stream(town.settings.seed, house.id, 1)
        for hole in house.geometry.interiors:
            yard = Polygon(hole)
            green = chance.chance(LAWN_CHANCE)
            brush.fill(yard, Ground.YARD)
            if green and yard.area > LAWN_FROM_M2:
                brush.fill(yard.buffer(-LAWN_INSET_M), Ground.GRASS)
