"""What every part of a town asks: what is near a place, what belongs to a cell.

Nothing here is decided by chance, and nothing depends on which cell is built.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from isogen.geo.camera import Camera, Floats
from isogen.mesh.cell import CellKey, cell_box, cell_of
from isogen.mesh.solids import Plan
from isogen.scene.osm.features import Features
from isogen.scene.terrain.terrain import Terrain
from isogen.scene.town.bays import Lots
from isogen.scene.town.brush import polygons_of
from isogen.scene.town.decks import Deck, read_decks
from isogen.scene.town.growth import Growth, growth_of
from isogen.scene.town.hills import Hills, hills_of
from isogen.scene.town.lifts import Lifts, read_lifts
from isogen.scene.town.looks_rhythm import Houses, Looks
from isogen.scene.town.mapped_trees import MappedTree, read_trees
from isogen.scene.town.near import Near, Places, anchor_of, unit
from isogen.scene.town.parcels import Parcels
from isogen.scene.town.part_owners import owners_of, parts_by_owner
from isogen.scene.town.roads import Road, read_roads
from isogen.scene.town.settings import TownSettings
from isogen.scene.town.shores import Rim, rim_of
from isogen.scene.town.waters import is_open_water
from isogen.scene.town.waterways import channels_of

__all__ = ["Town", "TownSettings", "anchor_of", "is_open_water", "unit"]

WATER_RISES = -3
"""Height of the water's surface: about 2.6 m below the quays."""


@dataclass(frozen=True)
class Town:
    """A place as a town is built from it. Make one in each process and keep it."""

    camera: Camera
    features: Features

    storeys: tuple[int, ...]
    """Storeys of each building, in the order of ``features.buildings``."""

    settings: TownSettings = field(default_factory=TownSettings)

    terrain: Terrain | None = None
    """How high the ground is; absent where it is flat."""

    @cached_property
    def hills(self) -> Hills | None:
        """The ground's relief; absent where it is flat."""
        return hills_of(self.camera, self.terrain, self.features, self.water, self.decks)

    @cached_property
    def extent(self) -> Polygon:
        """What the features cover."""
        shapely.prepare(self.features.extent)
        return self.features.extent

    @cached_property
    def buildings(self) -> Near:
        """Buildings by place."""
        return Near([f.geometry for f in self.features.buildings])

    @cached_property
    def looks(self) -> Looks:
        """What the buildings look like."""
        return Looks(
            Houses(
                self.features.buildings, self.storeys, self.buildings, self.features.areas,
                self.areas, self.settings.flavor, self.settings.seed,
            )
        )  # fmt: skip

    @cached_property
    def parts(self) -> Near:
        """Building parts by place."""
        return Near([f.geometry for f in self.features.parts])

    @cached_property
    def areas(self) -> Near:
        """Areas by place."""
        return Near([f.geometry for f in self.features.areas])

    @cached_property
    def ways(self) -> Near:
        """Ways by place."""
        return Near([f.geometry for f in self.features.ways])

    @cached_property
    def nodes(self) -> Near:
        """Nodes by place."""
        return Near([f.geometry for f in self.features.nodes])

    @cached_property
    def roads(self) -> tuple[Road, ...]:
        """Ways that wheels or crowds use, in the order of ``features.ways``."""
        return read_roads(self.features.ways)

    @cached_property
    def roads_by_place(self) -> Near:
        """Roads by place."""
        return Near([road.line for road in self.roads])

    def roads_near(self, geometry: BaseGeometry, distance_m: float) -> list[Road]:
        """Return the roads whose line lies within a distance, in their order."""
        return [self.roads[i] for i in self.roads_by_place.within(geometry, distance_m)]

    @cached_property
    def water(self) -> tuple[Polygon, ...]:
        """Sea, lakes and rivers; they lie lower than the land."""
        sea = tuple(self.features.sea.geoms)
        outlined = sea + tuple(f.geometry for f in self.features.areas if is_open_water(f))
        return outlined + channels_of(self.features, outlined)

    @cached_property
    def water_by_place(self) -> Near:
        """Open water by place."""
        return Near(self.water)

    @cached_property
    def land(self) -> tuple[Polygon, ...]:
        """Land without lakes and rivers."""
        lakes = self.water[len(self.features.sea.geoms) :]
        return tuple(polygons_of(shapely.difference(self.features.land, unary_union(lakes))))

    @cached_property
    def land_by_place(self) -> Near:
        """Land by place."""
        return Near(self.land)

    @cached_property
    def rim(self) -> Rim:
        """Where land ends."""
        return rim_of(self.land, self.extent)

    @cached_property
    def water_rim(self) -> Rim:
        """Where open water ends."""
        return rim_of(self.water, self.extent)

    @cached_property
    def decks(self) -> tuple[Deck, ...]:
        """Piers, and bridges that carry nobody, where they lie over open water."""
        return tuple(
            replace(deck, outline=shapely.geometry.polygon.orient(outline))
            for deck in read_decks(self.features)
            for outline in polygons_of(deck.outline.intersection(self._water_near(deck)))
        )

    @cached_property
    def lifts(self) -> Lifts:
        """Bridges and ramps: what runs above the ground, and how high."""
        return read_lifts(self.features, self.ways, self.water, self.camera.rise_m, self.hills)

    def _water_near(self, deck: Deck) -> BaseGeometry:
        near = self.water_by_place.within(deck.outline, 0)
        return unary_union([self.water[i] for i in near])

    @cached_property
    def decks_by_place(self) -> Near:
        """Decks by place."""
        return Near([deck.outline for deck in self.decks])

    @cached_property
    def shores_by_place(self) -> Near:
        """Pieces of ``rim.shores`` by place."""
        return Near(self.rim.shores)

    @cached_property
    def mapped_trees(self) -> tuple[MappedTree, ...]:
        """Trees that somebody has mapped, alone or in rows."""
        return read_trees(self.features)

    @cached_property
    def trees_by_place(self) -> Near:
        """Mapped trees by place."""
        return Near([Point(tree.place) for tree in self.mapped_trees])

    @cached_property
    def rails_by_place(self) -> Near:
        """Tracks of trains and trams by place."""
        return Near([f.geometry for f in self.features.ways if "railway" in f.tags])

    def buildings_near(self, geometry: BaseGeometry, distance_m: float) -> list[int]:
        """Return the positions of the buildings within a distance, ascending."""
        return self.buildings.within(geometry, distance_m)

    @cached_property
    def growth(self) -> Growth:
        """Which trees grow here."""
        return growth_of(self.settings.flavor.habits)

    @cached_property
    def parcels(self) -> Parcels:
        """The land around each house."""
        return Parcels(self)

    @cached_property
    def lots(self) -> Lots:
        """The bays of each parking lot."""
        return Lots(self)

    @cached_property
    def parts_of(self) -> tuple[tuple[int, ...], ...]:
        """Positions of the parts of each building, ascending."""
        return parts_by_owner(self._owners, len(self.features.buildings))

    @cached_property
    def loose_parts(self) -> tuple[int, ...]:
        """Positions of the parts that stand in no building, ascending."""
        return tuple(part for part, owner in enumerate(self._owners) if owner < 0)

    @cached_property
    def _owners(self) -> tuple[int, ...]:
        """Building of each part; -1 for a loose one."""
        return owners_of(self.features.parts, self.features.buildings, self.buildings)

    @cached_property
    def _buildings_by_cell(self) -> dict[CellKey, tuple[int, ...]]:
        return self._by_cell([anchor_of(f.geometry) for f in self.features.buildings])

    @cached_property
    def _loose_parts_by_cell(self) -> dict[CellKey, tuple[int, ...]]:
        parts = self.features.parts
        found = self._by_cell([anchor_of(parts[i].geometry) for i in self.loose_parts])
        return {key: tuple(self.loose_parts[k] for k in held) for key, held in found.items()}

    def _by_cell(self, anchors: Sequence[Plan]) -> dict[CellKey, tuple[int, ...]]:
        out: dict[CellKey, list[int]] = {}
        keys = self.cells_of(np.array(anchors, np.float64).reshape(-1, 2))
        for index, (i, j) in enumerate(keys.tolist()):
            out.setdefault(CellKey(i, j), []).append(index)
        return {key: tuple(held) for key, held in out.items()}

    def buildings_in(self, key: CellKey) -> tuple[int, ...]:
        """Return the positions of the buildings that belong to a cell, ascending."""
        return self._buildings_by_cell.get(key, ())

    def loose_parts_in(self, key: CellKey) -> tuple[int, ...]:
        """Return the positions of the loose parts that belong to a cell, ascending."""
        return self._loose_parts_by_cell.get(key, ())

    def cells_of(self, points: Floats) -> NDArray[np.int64]:
        """Return the cell columns and rows, shape (N, 2), of plane points of shape (N, 2)."""
        return cell_of(self.camera.to_art(points), self.camera)

    def in_cell(self, point: Plan, key: CellKey) -> bool:
        """Tell whether a place lies in a cell."""
        return bool(self.are_in_cell(np.array([point]), key)[0])

    def are_in_cell(self, points: Floats, key: CellKey) -> NDArray[np.bool_]:
        """Tell for every point of shape (N, 2) whether it lies in a cell."""
        return np.all(self.cells_of(points) == np.array(key), axis=1)

    def cell_outline(self, key: CellKey, margin_m: float = 0.0) -> Polygon:
        """Return the cell's rectangle on the plane, grown by ``margin_m`` on every side."""
        x0, y0, x1, y1 = cell_box(key, self.camera)
        corners = np.array([(x0, y1), (x1, y1), (x1, y0), (x0, y0)], np.float64)
        mx = margin_m / self.camera.art_m
        my = mx * self.camera.sin_elevation
        corners += np.array([(-mx, my), (mx, my), (mx, -my), (-mx, -my)])
        return Polygon(self.camera.from_art(corners))

    def is_clear(self, point: Plan, margin_m: float) -> bool:
        """Tell whether a place is dry, inside the extent and that far from any building."""
        return bool(self.are_clear(np.array([point]), margin_m)[0])

    def are_clear(self, points: Floats | Places, margin_m: float | Floats) -> NDArray[np.bool_]:
        """Tell ``is_clear`` for every point (see ``Near.touched``)."""
        return self.are_dry(points) & ~self.buildings.touched(points, margin_m)

    def are_dry(self, points: Floats | Places) -> NDArray[np.bool_]:
        """Tell for every point whether it lies on land inside the extent."""
        return self.land_by_place.touched(points, 0.0)
