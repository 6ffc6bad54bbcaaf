"""A cell under construction: where its faces go and what lies under them."""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from shapely import LineString, Point, Polygon

from isogen.geo.camera import Floats
from isogen.mesh.builder import MeshBuilder
from isogen.mesh.cell import CellKey
from isogen.mesh.solids import Plan
from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.town.brush import GREEN, Claims, over
from isogen.scene.town.context import Town
from isogen.scene.town.ground import GroundPatch
from isogen.scene.town.near import places_of
from isogen.seeds import Stream

LAWN = GREEN
STONE = (
    Ground.SETT,
    Ground.GRANITE,
    Ground.PAVE,
    Ground.YARD,
    Ground.WALK,
    Ground.FANS,
    Ground.PLAZA,
    Ground.BRICK,
)

RAMP_M = 5.0
"""Half the width of a raised way."""


@cache
def _claims(grounds: tuple[Ground, ...]) -> Claims:
    return over(*grounds)


@dataclass(frozen=True)
class Plot:
    """What the builders of a town's things need to build those of one cell."""

    town: Town
    key: CellKey
    builder: MeshBuilder
    ground: GroundPatch

    @cached_property
    def outline(self) -> Polygon:
        """The cell's rectangle on the plane."""
        return self.town.cell_outline(self.key)

    def mine(self, points: Floats) -> np.ndarray:
        """Tell for every point of shape (N, 2) whether it lies in the cell."""
        return self.town.are_in_cell(points, self.key)

    def lies_on(self, points: Floats, grounds: tuple[Ground, ...]) -> np.ndarray:
        """Tell for every point of shape (N, 2) whether the ground there is one of ``grounds``."""
        return _claims(grounds)[self.ground.at(points)]

    def are_open(self, points: Floats, margin_m: float | Floats) -> np.ndarray:
        """Tell for every point of shape (N, 2) whether it is clear and under the open sky.

        ``margin_m`` is kept from houses and bridges; from the middle of a raised way twice
        that and the half of a road. There may be one for each point.
        """
        lifts, places = self.town.lifts, places_of(points)
        covered = lifts.bridges_by_place.touched(places, margin_m)
        covered |= lifts.ramps_by_place.touched(places, RAMP_M + 2 * margin_m)
        return self.town.are_clear(places, margin_m) & ~covered

    def chance(self, *seed: int) -> Stream:
        """Return the stream of all that chance decides about a thing."""
        return Stream(self.town.settings.seed, *seed)

    def ways(self, distance_m: float = 0.0) -> list[Feature[LineString]]:
        """Return the ways within a distance of the cell."""
        found = self.town.ways.within(self.outline, distance_m)
        return [self.town.features.ways[i] for i in found]

    def areas(self, distance_m: float = 0.0) -> list[Feature[Polygon]]:
        """Return the areas within a distance of the cell."""
        found = self.town.areas.within(self.outline, distance_m)
        return [self.town.features.areas[i] for i in found]

    def nodes(self) -> list[tuple[Feature[Point], Plan]]:
        """Return the nodes of the cell with their places."""
        near = self.town.nodes.within(self.outline, 1.0)
        nodes = [self.town.features.nodes[i] for i in near]
        places = [(node.geometry.x, node.geometry.y) for node in nodes]
        mine = self.mine(np.array(places).reshape(-1, 2))
        held = zip(nodes, places, mine.tolist(), strict=True)
        return [(node, place) for node, place, is_mine in held if is_mine]
