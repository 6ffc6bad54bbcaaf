"""The showroom as a town: stands in rows along the screen, whatever the view."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from isogen.geo.camera import Camera
from isogen.scene.flavors import Flavor
from isogen.scene.osm.features import Feature, Features
from isogen.scene.osm.storeys import storeys
from isogen.scene.showroom.buildings import EXHIBITS, Tags
from isogen.scene.showroom.props import STANDS
from isogen.scene.town.brush import polygons_of
from isogen.scene.town.context import Town, TownSettings
from isogen.scene.town.town import TownSource

COLUMNS = 10
PITCH_X, PITCH_Y = 104, 100
"""Art pixels from one stand to the next."""

_SEED = 7
_LAWN = {"golf": "fairway"}
"""What lies between the stands: grass where nothing grows and nobody walks."""

_BORDER = 60
"""Art pixels of lawn around all stands."""


class Place(NamedTuple):
    """A stand on the sheet."""

    name: str
    x: int
    """Art x of its left edge."""

    y: int
    """Art y of its top edge."""


@dataclass(frozen=True)
class Showroom:
    """One of everything."""

    source: TownSource
    places: tuple[Place, ...]
    width: int
    """Art pixels of all stands."""

    height: int


class _Thing(NamedTuple):
    geometry: BaseGeometry
    tags: Tags


def showroom_of(camera: Camera, flavor: Flavor) -> Showroom:
    """Build the showroom as a region builds."""
    names = [*EXHIBITS, *STANDS]
    places = tuple(
        Place(name, k % COLUMNS * PITCH_X, k // COLUMNS * PITCH_Y) for k, name in enumerate(names)
    )
    width, height = COLUMNS * PITCH_X, -(-len(names) // COLUMNS) * PITCH_Y
    corners = np.array(
        [(-_BORDER, height + _BORDER), (width + _BORDER, height + _BORDER),
         (width + _BORDER, -_BORDER), (-_BORDER, -_BORDER)], np.float64,
    )  # fmt: skip
    extent = Polygon(camera.from_art(corners))
    things = chain.from_iterable(
        _moved(_things(place.name), _middle(place, camera)) for place in places
    )
    features = _features(extent, things)
    found = storeys(features.buildings, features.areas, flavor.storeys)
    settings = TownSettings(seed=_SEED, block=False, flavor=flavor)
    town = Town(camera, features, tuple(s.count for s in found), settings)
    return Showroom(TownSource(town), places, width, height)


def _middle(place: Place, camera: Camera) -> tuple[float, float]:
    """Return the plane position of the middle of a stand, where what it shows stands."""
    art = np.array([place.x + PITCH_X / 2, place.y + PITCH_Y * 0.62])
    e, n = camera.from_art(art).tolist()
    return e, n


def _things(name: str) -> Iterator[_Thing]:
    if name in EXHIBITS:
        yield from (_Thing(Polygon(ring), tags) for ring, tags in EXHIBITS[name].things)
        return
    stand = STANDS[name]
    yield from (_Thing(Polygon(ring), tags) for ring, tags in stand.areas)
    yield from (_Thing(LineString(line), tags) for line, tags in stand.ways)
    yield from (_Thing(Point(place), tags) for place, tags in stand.nodes)


def _moved(things: Iterable[_Thing], to: tuple[float, float]) -> Iterator[_Thing]:
    return (_Thing(translate(t.geometry, *to), t.tags) for t in things)


def _features(extent: Polygon, things: Iterable[_Thing]) -> Features:
    numbered = list(enumerate(things, 2))
    areas = [t.geometry for _, t in numbered if isinstance(t.geometry, Polygon)]
    bare = shapely.difference(extent, shapely.union_all(areas))
    lawns = [Feature(1, _LAWN, part) for part in polygons_of(bare)]
    shapes = [
        Feature(k, t.tags, t.geometry) for k, t in numbered if isinstance(t.geometry, Polygon)
    ]
    return Features(
        extent=extent,
        land=MultiPolygon([extent]),
        sea=MultiPolygon(),
        buildings=tuple(f for f in shapes if "building" in f.tags),
        parts=tuple(f for f in shapes if "building:part" in f.tags),
        areas=(*lawns, *(f for f in shapes if not f.tags.keys() & {"building", "building:part"})),
        ways=tuple(
            Feature(k, t.tags, t.geometry)
            for k, t in numbered
            if isinstance(t.geometry, LineString)
        ),
        nodes=tuple(
            Feature(k, t.tags, t.geometry) for k, t in numbered if isinstance(t.geometry, Point)
        ),
    )
