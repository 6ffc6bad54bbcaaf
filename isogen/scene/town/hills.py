"""The relief of a town: the terrain, made level where water is."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from isogen.errors import InputError
from isogen.geo.camera import Camera, Floats
from isogen.mesh.cell import CellKey, cell_box, cell_side
from isogen.mesh.relief import PARTS, STEP, Relief
from isogen.scene.osm.features import Features
from isogen.scene.terrain.terrain import Terrain
from isogen.scene.town.decks import Deck
from isogen.scene.town.grades import Bed, Grades, banked, read_beds
from isogen.scene.town.near import Near, distances
from isogen.scene.town.waters import is_level

QUAY_RISES = 3
"""The ground at a shore lies at least this far above the water."""

SHORE_M = 28.0
"""Ground this near to water is as high as a quay or higher: more than a step of the lattice."""

BANK_M = 90.0
BANK_SLOPE = 0.12
"""Up to here, and this steeply, low ground rises to the quays."""

REACH_M = 180.0
"""No water and no terrace shapes ground farther away than this."""

TERRACE_EDGE_M = 11.0
"""Ground this near to a terrace is as level as it: the lattice is not finer."""

TERRACE_BLEND_M = 20.0

LATTICE_M = 17.0
"""No triangle of the lattice is longer."""

OUTLINE_STEP_M = 15.0
LEVEL_QUANTILE = 0.15
"""Share of a shore's outline that lies lower than its water: elevation there is uncertain."""

LEVEL_RANGE_M = 6.0
"""Water whose outline varies by more is a river that falls: it follows the ground."""

DEEPEST_MARGIN = 32
HIGHEST_MARGIN = 256
"""Rises kept free below and above the relief, for what lies under it and stands on it."""


@dataclass(frozen=True, eq=False)
class Hills:
    """The ground's height in rises at any place of a town."""

    camera: Camera
    terrain: Terrain

    water: tuple[Polygon, ...]
    """Open water: first the pieces of the sea, then lakes and rivers."""

    sea: int
    """How many pieces of ``water`` are the sea."""

    decks: tuple[Deck, ...]

    terraces: tuple[Polygon, ...] = ()
    """What is made level where it lies: pitches, ponds."""

    beds: tuple[Bed, ...] = ()
    """What is level across: streets and tracks."""

    @cached_property
    def grades(self) -> Grades:
        """The heights of streets and tracks."""
        return Grades(Relief(self.camera, self._vertices), self.beds)

    @cached_property
    def streets(self) -> Relief:
        """The ground that streets and tracks lie on."""
        return Relief(self.camera, self._street_vertices)

    @cached_property
    def relief(self) -> Relief:
        """The ground everywhere else; both are the same where no wall parts them."""
        return Relief(self.camera, self._land_vertices)

    def at(self, points: Floats) -> Floats:
        """Return the height of the ground at plane points of shape (N, 2); quays over water."""
        out = self.relief.at(points)
        on_bed = self.grades.on_bed(points)
        out[on_bed] = self.streets.at(points[on_bed])
        return out

    def under(self, points: Floats) -> Floats:
        """Return what things stand on: as ``at``, but level on water beside its shores."""
        out = self.at(points)
        holders = self._water_by_place.holders(points)
        afloat = (holders >= 0) & ~self._decks_by_place.touched(points, 0)
        afloat &= self._levels[holders] > -np.inf
        out[afloat] = self._levels[holders[afloat]]
        return out

    def level_of(self, index: int) -> float | None:
        """Return the height of the quays around a piece of water; None for a falling river."""
        level = self._levels[index]
        return None if level == -np.inf else float(level)

    @cached_property
    def _water_by_place(self) -> Near:
        return Near(self.water)

    @cached_property
    def _terraces_by_place(self) -> Near:
        return Near(self.terraces)

    @cached_property
    def _decks_by_place(self) -> Near:
        return Near([deck.outline for deck in self.decks])

    @cached_property
    def _levels(self) -> Floats:
        """Height of the quays of each piece of water; -inf where it falls; one for the sea."""
        own = [self._rises(_outline(piece)) for piece in self.water]
        levels = [_quays(heights) for heights in own[self.sea :]]
        if self.sea:
            coast = np.quantile(np.concatenate(own[: self.sea]), LEVEL_QUANTILE)
            levels = [float(np.floor(coast)) + QUAY_RISES] * self.sea + levels
        return np.array([*levels, -np.inf])

    def _rises(self, points: Floats) -> Floats:
        return self.terrain.heights_m(points) / self.camera.rise_m

    def _street_vertices(self, key: CellKey) -> NDArray[np.int32]:
        """Return what a cell's vertices would be if streets ran everywhere near them."""
        heights = self.grades.natural.cell(key)
        points = self._points(key)
        levels = self.grades.level(points, heights.reshape(-1) / PARTS)
        levels = np.rint(levels * PARTS).astype(np.int32)
        ashore = self._water_by_place.touched(points, LATTICE_M)
        return np.where(ashore, heights.reshape(-1), levels).reshape(heights.shape)

    def _land_vertices(self, key: CellKey) -> NDArray[np.int32]:
        """Return a cell's vertices beside its streets."""
        n = self.relief.per_cell
        u, v = key.i * n, key.j * n
        land, streets = (
            relief.lattice(u - 1, v - 1, u + n, v + n)
            for relief in (self.grades.natural, self.streets)
        )
        out = np.rint(banked(land, streets) * PARTS).astype(np.int32)
        held = self._terraces_by_place.touched(self._points(key), TERRACE_EDGE_M)
        return np.where(held.reshape(n, n), self.grades.natural.cell(key), out)

    def _points(self, key: CellKey) -> Floats:
        """Return the places of a cell's vertices, shape (N, 2)."""
        x0, y0, x1, y1 = cell_box(key, self.camera)
        x, y = (np.arange(a, b, STEP, dtype=np.float64) for a, b in ((x0, x1), (y0, y1)))
        return self.camera.from_art(np.stack(np.meshgrid(x, y), axis=-1)).reshape(-1, 2)

    def _vertices(self, key: CellKey) -> NDArray[np.int32]:
        """Return the natural heights of a cell's vertices (see ``relief.Vertices``)."""
        x0, y0, x1, y1 = cell_box(key, self.camera)
        x = np.arange(x0 - STEP, x1 + STEP, STEP, dtype=np.float64)
        y = np.arange(y0 - STEP, y1 + STEP, STEP, dtype=np.float64)
        art = np.stack(np.meshgrid(x, y), axis=-1)
        heights = _smoothed(self._rises(self.camera.from_art(art)))
        points = self.camera.from_art(art[1:-1, 1:-1])
        shape, points = heights.shape, points.reshape(-1, 2)
        heights = self._with_terraces(points, heights.reshape(-1))
        heights = self._with_water(points, heights).reshape(shape)
        self._check(key, heights)
        return np.rint(heights * PARTS).astype(np.int32)

    def _with_terraces(self, points: Floats, heights: Floats) -> Floats:
        """Make ground level where terraces are, and let it run out around them."""
        around = _around(points)
        for index in self._terraces_by_place.within(around, 0):
            outline = self.terraces[index]
            level = float(np.ceil(np.mean(self._rises(_outline(outline)))))
            beyond = distances(outline, points) - TERRACE_EDGE_M
            share = np.clip(beyond / TERRACE_BLEND_M, 0, 1)
            heights = level + (heights - level) * share
        return heights

    def _with_water(self, points: Floats, heights: Floats) -> Floats:
        """Raise ground beside water to its quays, and make ground under it as high as they."""
        around = _around(points)
        for index in self._water_by_place.within(around, 0):
            level = self.level_of(index)
            piece = self.water[index].intersection(around)
            if level is None or piece.is_empty:
                continue
            distance = distances(piece, points)
            fall = np.maximum(distance - SHORE_M, 0) * BANK_SLOPE / self.camera.rise_m
            bank = np.where(distance < BANK_M, level - fall, -np.inf)
            heights = np.where(distance > 0, np.maximum(heights, bank), level)
        return heights

    def _check(self, key: CellKey, heights: Floats) -> None:
        side = cell_side(self.camera)
        lowest, highest = DEEPEST_MARGIN - side, 2 * side - HIGHEST_MARGIN
        if heights.min() < lowest or heights.max() > highest:
            rise = self.camera.rise_m
            raise InputError(
                f"the ground of cell {key.i},{key.j} lies from {heights.min() * rise:.0f} to "
                f"{heights.max() * rise:.0f} m above that at the origin; from "
                f"{lowest * rise:.0f} to {highest * rise:.0f} m can be drawn",
                hint="Move map.origin to a middling height, or lower scene.terrain_scale.",
            )


def hills_of(
    camera: Camera,
    terrain: Terrain | None,
    features: Features,
    water: tuple[Polygon, ...],
    decks: tuple[Deck, ...],
) -> Hills | None:
    """Return the relief of a town with its open water, the sea's first; None without terrain."""
    if terrain is None:
        return None
    level = tuple(area.geometry for area in features.areas if is_level(area))
    sea = len(features.sea.geoms)
    return Hills(camera, terrain, water, sea, decks, level, read_beds(features))


def _around(points: Floats) -> Polygon:
    """Return a rectangle around points of shape (N, 2) and all that shapes the ground there."""
    (west, south), (east, north) = points.min(axis=0) - REACH_M, points.max(axis=0) + REACH_M
    return Polygon([(west, south), (east, south), (east, north), (west, north)])


def _outline(piece: Polygon) -> Floats:
    return shapely.get_coordinates(shapely.segmentize(piece.exterior, OUTLINE_STEP_M))[:-1]


def _quays(heights: Floats) -> float:
    """Return the height of the quays of water with an outline of some heights."""
    low, high = np.quantile(heights, (LEVEL_QUANTILE, 1 - LEVEL_QUANTILE))
    if high - low > LEVEL_RANGE_M:
        return -np.inf
    return float(np.floor(low)) + QUAY_RISES


def _smoothed(heights: Floats) -> Floats:
    """Return heights without their border, each a weighted mean of it and its neighbors."""
    tall = heights[:-2] + 2 * heights[1:-1] + heights[2:]
    return (tall[:, :-2] + 2 * tall[:, 1:-1] + tall[:, 2:]) / 16
