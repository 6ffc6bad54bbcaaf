"""Market stalls: on marketplaces, on some squares, on the stones beside a harbor."""

import numpy as np
import shapely
from numpy.typing import NDArray

from isogen.geo.camera import Floats
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Span, cone
from isogen.mesh.vocabulary import Ground, Material
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block
from isogen.scene.town.roads import WIDTH_M
from isogen.scene.town.scatter import mix_all, squares
from isogen.seeds import Stream

PITCH_M = 6.4
"""Distance of the stalls."""

HARBOR_M = 75.0
"""Open stone this near to water holds a market."""

OPEN_M = 9.0
"""A market beside a harbor has stone this far around each stall."""

TRAFFIC_M = 7.0
"""Stalls keep this far from the middle of streets and tracks."""

SQUARE_FROM_M2 = 1500.0
SQUARE_CHANCE = 0.5
CLUSTER_M = 17.0
"""A market on a square reaches this far from its middle."""

FILLED = 0.72
CLEAR_M = 4.0

TENTS = (Material.TERRA, Material.TERRA, Material.WHITE, Material.RED)
_STALLS = 51
_AROUND = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)])
_BUSY = WIDTH_M.keys() - {"pedestrian"}
_COUNTER = Look(Material.WOOD)


def build_markets(plot: Plot) -> None:
    """Build the market stalls of a cell."""
    places, bits = _grid(plot)
    free = plot.mine(places)
    free &= plot.lies_on(places, (Ground.SETT, Ground.GRANITE, Ground.PAVE))
    places, bits = places[free], bits[free]
    wanted = _are_wanted(plot, places)
    wanted &= bits % np.uint64(100) < np.uint64(round(FILLED * 100))
    places, bits = places[wanted], bits[wanted]
    free = plot.town.are_clear(places, CLEAR_M) & ~_is_traffic(plot, places)
    for place, seed in zip(places[free], bits[free], strict=True):
        frame = Frame(as_plan(place), plot.builder.camera.right)
        build_stall(plot.builder, frame, plot.chance(int(seed)))


def _grid(plot: Plot) -> tuple[Floats, NDArray[np.uint64]]:
    """Return the points of a grid, aligned with the screen, that covers the cell."""
    camera = plot.builder.camera
    axes = np.array([camera.right, camera.forward])
    corners = shapely.get_coordinates(plot.outline) @ axes.T
    (low_x, low_y), (high_x, high_y) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    i, j = squares((low_x, low_y, high_x, high_y), PITCH_M)
    bits = mix_all(plot.town.settings.seed, _STALLS, i, j)
    places: Floats = np.stack([i, j], axis=1).astype(np.float64) * PITCH_M @ axes
    return places, bits


def _are_wanted(plot: Plot, places: Floats) -> NDArray[np.bool_]:
    """Tell which places belong to a market."""
    points = shapely.points(places)
    mapped = np.zeros(len(places), np.bool_)
    market = np.zeros(len(places), np.bool_)
    for area in plot.areas():
        tags = area.tags
        square = tags.get("place") == "square" and area.geometry.area > SQUARE_FROM_M2
        inside = shapely.contains(area.geometry, points)
        if tags.get("amenity") == "marketplace":
            market |= inside
        elif square and plot.chance(area.id, _STALLS).chance(SQUARE_CHANCE):
            middle = area.geometry.representative_point().buffer(CLUSTER_M)
            market |= inside & shapely.contains(middle, points)
        if square or {"leisure", "natural", "amenity", "railway"} & tags.keys():
            mapped |= inside
    harbor = ~mapped & plot.town.water_by_place.touched(places, HARBOR_M)
    for step in OPEN_M * _AROUND:
        harbor &= plot.lies_on(places + step, (Ground.SETT, Ground.PAVE))
    return market | harbor


def _is_traffic(plot: Plot, places: Floats) -> NDArray[np.bool_]:
    def is_busy(place: shapely.Point) -> bool:
        near = plot.town.ways.within(place, TRAFFIC_M)
        ways = [plot.town.features.ways[i].tags for i in near]
        return any("railway" in tags or tags.get("highway") in _BUSY for tags in ways)

    points = [shapely.Point(e, n) for e, n in places.tolist()]
    return np.array([is_busy(point) for point in points], np.bool_)


def build_stall(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a counter under a tent."""
    obj = builder.new_object()
    block(builder, frame, Span(-1.6, 1.6, -1.3, 1.3, 0, 2), _COUNTER, None, obj)
    corners = ((-2, -1.8), (2, -1.8), (2, 1.8), (-2, 1.8))
    ring = [frame.at(a, b) for a, b in corners]
    cone(builder, ring, frame.lift(0, 0, 5), 3, Look(chance.pick(TENTS)), obj)
    builder.cast(3, [ring])
