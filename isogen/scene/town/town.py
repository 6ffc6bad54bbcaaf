"""A town as cells: what a scene is built from."""

from collections.abc import Callable, Mapping

import numpy as np
import shapely
from numpy.typing import NDArray

from isogen.errors import InputError
from isogen.geo.camera import Floats
from isogen.mesh.builder import MeshBuilder
from isogen.mesh.cell import VOID, CellFacts, CellKey, CellParts, cell_side
from isogen.mesh.lift import DRAPED, STANDING, Footing
from isogen.mesh.model import CELL_FACES
from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.storeys import facts_of
from isogen.scene.town.avenues import build_avenues
from isogen.scene.town.barriers import build_barriers
from isogen.scene.town.boats import build_boats
from isogen.scene.town.bridges import build_bridges
from isogen.scene.town.brush import LUSH, WET, over
from isogen.scene.town.buildings import build_building, build_loose_part
from isogen.scene.town.cars import build_cars
from isogen.scene.town.construction import build_cranes
from isogen.scene.town.context import Town
from isogen.scene.town.cuts import build_cuts
from isogen.scene.town.ferries import build_ferries
from isogen.scene.town.furniture import build_furniture
from isogen.scene.town.gardens import build_gardens
from isogen.scene.town.green import build_green
from isogen.scene.town.ground import paint_ground
from isogen.scene.town.hills import Hills
from isogen.scene.town.kerbside import build_kerbside
from isogen.scene.town.land import build_land
from isogen.scene.town.lots import build_lots
from isogen.scene.town.markets import build_markets
from isogen.scene.town.outdoors import build_outdoors
from isogen.scene.town.people import build_people
from isogen.scene.town.platforms import build_platforms
from isogen.scene.town.plot import Plot
from isogen.scene.town.portals import build_portals
from isogen.scene.town.power import build_power_lines
from isogen.scene.town.squares import build_squares
from isogen.scene.town.steps import build_steps
from isogen.scene.town.street_lamps import build_street_lamps
from isogen.scene.town.structures import build_structures
from isogen.scene.town.trains import build_trains
from isogen.scene.town.tram_poles import build_tram_poles
from isogen.scene.town.waterworks import build_waterworks

LEVEL = WET | over(Ground.POOL)
"""Claims of the classes that lie level on any slope."""

PAVED = over(
    Ground.ROAD, Ground.CURB, Ground.PAVE, Ground.LINE, Ground.WHITE, Ground.YELLOW, Ground.SETT,
    Ground.BALLAST, Ground.RAIL, Ground.TRAM_RAIL, Ground.SLEEPER, Ground.CYCLE_LANE,
    Ground.BUS_LANE, Ground.GRAVEL_ROAD, Ground.CONCRETE, Ground.HATCHED,
)  # fmt: skip
"""Classes of streets and tracks, that are level across on any slope."""

REACH_M = 60.0
"""Houses whose anchor lies outside the extent lie no farther from it than this."""


def _build_houses(plot: Plot) -> None:
    for index in plot.town.buildings_in(plot.key):
        build_building(plot.builder, plot.town, index)
    for part in plot.town.loose_parts_in(plot.key):
        build_loose_part(plot.builder, plot.town, part)
    plot.builder.source = 0


BUILDERS: tuple[Callable[[Plot], None], ...] = (
    build_land,
    build_cuts,
    build_bridges,
    _build_houses,
    build_cranes,
    build_portals,
    build_waterworks,
    build_structures,
    build_power_lines,
    build_steps,
    build_platforms,
    build_trains,
    build_tram_poles,
    build_barriers,
    build_furniture,
    build_street_lamps,
    build_squares,
    build_kerbside,
    build_markets,
    build_cars,
    build_lots,
    build_gardens,
    build_outdoors,
    build_people,
    build_boats,
    build_ferries,
    build_avenues,
    build_green,
)
"""What builds the things of a cell, in drawing order."""


FOOTINGS: Mapping[Callable[[Plot], None], Footing] = {
    build_land: 0.0,
    build_cuts: 0.0,
    build_bridges: DRAPED,
    build_power_lines: DRAPED,
    build_barriers: DRAPED,
}
"""What the heights of some builders count from; those of all others, from the ground under
each object."""


class TownSource:
    """Builds the cells of a town (see ``isogen.mesh.cell.CellSource``)."""

    def __init__(self, town: Town) -> None:
        self._town = town

    @property
    def extent(self) -> Floats:
        """Outline of what the features cover, plane meters, shape (N, 2)."""
        return shapely.get_coordinates(self._town.extent.exterior)[:-1]

    def facts(self, key: CellKey) -> CellFacts:
        """Count what is known about the buildings of one cell."""
        town = self._town
        return facts_of(town.features.buildings[k] for k in town.buildings_in(key))

    def build(self, key: CellKey) -> CellParts:
        """Build one cell; the same key always gives the same parts.

        Raises:
            InputError: The cell has more faces than can be numbered.
        """
        builder = MeshBuilder(self._town.camera, self._town.hills)
        outline = self._town.cell_outline(key)
        if not shapely.dwithin(outline, self._town.extent, REACH_M):
            side = cell_side(self._town.camera)
            void = np.full((side, side), VOID, np.uint8)
            return CellParts(builder.mesh(), builder.casters(), void)
        ground = paint_ground(self._town, key)
        plot = Plot(self._town, key, builder, ground)
        for build in BUILDERS:
            builder.footing = FOOTINGS.get(build, STANDING)
            build(plot)
        mesh = builder.mesh()
        if len(mesh.faces) > CELL_FACES:
            raise InputError(
                f"cell {key.i},{key.j} has {len(mesh.faces)} faces, at most {CELL_FACES} fit",
                hint="Lower scene.tree_density, scene.car_density or scene.people_density.",
            )
        classes = np.ascontiguousarray(ground.core())
        if self._town.hills:
            classes = _on_slopes(self._town.hills, key, classes)
        return CellParts(mesh, builder.casters(), classes)


def _on_slopes(hills: Hills, key: CellKey, classes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the ground classes of a cell with their shades; rock where nothing can grow."""
    bare = LUSH[classes] & hills.relief.is_steep(key)
    classes = np.where(bare, np.uint8(Ground.ROCK), classes)
    shades = np.where(PAVED[classes], hills.streets.shade(key), hills.relief.shade(key))
    return np.where(LEVEL[classes] | (classes == VOID), classes, classes | shades)
