"""The bays of a parking lot: rows along one of its sides, two to an aisle."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from isogen.geo.camera import Floats
from isogen.mesh.solids import Frame
from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.osm.tags import Tags
from isogen.scene.town.brush import Brush, over
from isogen.scene.town.frames import longest_side

if TYPE_CHECKING:
    from isogen.scene.town.context import Town

PITCH_M = 3.3
"""Distance of cars side by side: each is seen whole, with a line between."""

ROW_M = 5.8
LENGTH_M = 6.2
"""A bay along the edge of a street is this long."""

AISLE_M = 6.2
EDGE_M = 0.15
"""A bay may reach this far beyond the lot."""

PHASES = 4
"""Rows begin at one of so many distances from the lot's side: where most bays fit."""

LINE_HALF_M = 2.3
"""Half the length of the line between two bays."""

CAR_M = (4.4, 2.2)
AISLE_HALF_M = 2.3
"""No bay reaches nearer than this to the middle of a mapped aisle."""

_NO_LOTS = frozenset({"underground", "multi-storey", "rooftop", "sheds", "carports"})


class Bays(NamedTuple):
    """Where cars stand in a lot."""

    middles: Floats
    """Plane points, shape (N, 2)."""

    nose: Floats
    """Unit vector toward the noses of all, shape (2,)."""

    pitch_m: float
    """Distance from each to the next one beside it, across their noses or along them."""

    side: Floats
    """Unit vector from each to the next, shape (2,)."""


def is_lot(tags: Tags) -> bool:
    """Tell whether an area is ground that cars are parked on."""
    return tags.get("amenity") == "parking" and tags.get("parking") not in _NO_LOTS


class Lots:
    """Finds the bays of the lots of a town; those asked for are kept."""

    def __init__(self, town: "Town") -> None:
        self._town = town
        self._known: dict[int, Bays] = {}

    def of(self, area: Feature[Polygon]) -> Bays:
        """Return the bays of a lot; they leave its mapped aisles free."""
        if area.id not in self._known:
            near = self._town.roads_near(area.geometry, AISLE_HALF_M)
            lines = [road.line for road in near if road.kind == "service"]
            aisles = shapely.union_all([line.buffer(AISLE_HALF_M) for line in lines])
            self._known[area.id] = bays_of(area.geometry, aisles)
        return self._known[area.id]


def bays_of(lot: Polygon, aisles: BaseGeometry) -> Bays:
    """Return the bays of a lot, laid out so that it holds as many cars as may be.

    Args:
        lot: Its outline.
        aisles: What is kept free.
    """
    free = shapely.difference(lot.buffer(EDGE_M), aisles)
    shapely.prepare(free)
    side = longest_side(lot)
    turned = Frame(side.center, side.across)
    layouts = [
        _layout(lot, free, frame, phase, is_parallel=is_parallel)
        for frame, is_parallel in ((side, False), (turned, False), (side, True))
        for phase in range(PHASES)
    ]
    return max(layouts, key=lambda bays: len(bays.middles))


def _layout(
    lot: Polygon, free: BaseGeometry, frame: Frame, phase: int, *, is_parallel: bool
) -> Bays:
    """Lay out rows along a frame: cars stand across them, or along them if parallel."""
    axes = np.array([frame.along, frame.across])
    pitch, deep = (LENGTH_M, CAR_M[1] + 0.2) if is_parallel else (PITCH_M, ROW_M)
    ring = (shapely.get_coordinates(lot.exterior) - np.array(frame.center)) @ axes.T
    (low_a, low_b), (high_a, high_b) = ring.min(axis=0).tolist(), ring.max(axis=0).tolist()
    step = 2 * deep + AISLE_M
    first = low_b + deep / 2 - EDGE_M + step * phase / PHASES
    firsts = np.arange(first - step, high_b, step)
    rows = np.sort(np.concatenate([firsts, firsts + deep + AISLE_M]))
    columns = np.arange(low_a + pitch / 2, high_a, pitch)
    a, b = np.tile(columns, len(rows)), np.repeat(rows, len(columns))
    middles = np.array(frame.center) + a[:, None] * axes[0] + b[:, None] * axes[1]
    nose = axes[0] if is_parallel else axes[1]
    fits = shapely.covers(free, _cars(middles, nose))
    return Bays(middles[fits], nose, pitch, axes[0])


def _cars(middles: Floats, nose: Floats) -> NDArray[np.object_]:
    """Return what cars cover, as polygons, shape (N,)."""
    along = nose * (CAR_M[0] / 2)
    across = np.array([-nose[1], nose[0]]) * (CAR_M[1] / 2)
    corners = np.array([along + across, across - along, -along - across, along - across])
    return np.asarray(shapely.polygons(middles[:, None, :] + corners[None]), dtype=object)


def paint_bays(brush: Brush, bays: Bays) -> None:
    """Paint the lines between the bays of a lot on the ground map."""
    half = bays.side * bays.pitch_m / 2
    across = np.array([-bays.side[1], bays.side[0]])
    is_parallel = bays.pitch_m == LENGTH_M
    line = across * (CAR_M[1] / 2 if is_parallel else LINE_HALF_M)
    middles = np.concatenate([bays.middles - half, bays.middles + half])
    ends = np.stack([middles - line, middles + line], axis=1)
    brush.segments(ends, Ground.LINE, over(Ground.PARKING))
