"""A small town with something of everything, across several cells."""

import numpy as np
import pytest
from shapely import LineString, MultiPolygon, Point, Polygon, box

from isogen.geo.camera import Camera
from isogen.mesh.cell import CellKey, cell_of
from isogen.scene.osm.features import Feature, Features
from isogen.scene.town.context import Town, TownSettings
from isogen.scene.town.town import TownSource

CAMERA = Camera(-15.0, 45.0, 300 / 1024)
EXTENT = box(-330, -400, 330, 400)
SEA = Polygon([(120, -400), (330, -400), (330, 60), (200, 20), (140, -120)])
YARD = box(-20, -20, 20, 20)

BUILDINGS = [
    (box(-90, -60, -20, 10).difference(box(-75, -45, -35, -5)), {"building": "yes"}),
    (box(-90, 30, -40, 70), {"building": "apartments", "building:levels": "5"}),
    (box(10, 30, 60, 70), {"building": "office"}),
    (box(-250, -300, -235, -285), {"building": "house"}),
    (box(-20, 200, 20, 240), {"building": "train_station"}),
]
AREAS = [
    (box(-300, 100, -120, 300), {"leisure": "park"}),
    (box(-280, 120, -200, 180), {"natural": "scrub"}),
    (box(0, -60, 80, 20), {"place": "square", "highway": "pedestrian", "surface": "sett"}),
    (box(-200, -200, -140, -120), {"amenity": "parking"}),
    (box(-200, -100, -130, -40), {"landuse": "grass"}),
    (box(-10, 245, 0, 385), {"railway": "platform"}),
    (box(-40, 240, 60, 390), {"landuse": "railway"}),
    (box(120, -330, 180, -322), {"man_made": "pier"}),
    (box(-260, -80, -215, -40), {"natural": "water"}),
]
WAYS = [
    ([(-330, 20), (-100, 20), (330, 90)], {"highway": "secondary", "lanes": "2"}),
    ([(-10, -400), (-10, 20), (-30, 200)], {"highway": "residential"}),
    ([(100, -400), (100, 200)], {"highway": "residential", "surface": "sett"}),
    ([(100, -60), (330, -60)], {"highway": "secondary", "bridge": "yes"}),
    ([(-330, -220), (100, -220)], {"highway": "primary", "lanes": "4"}),
    ([(-300, 150), (-120, 260)], {"highway": "footway"}),
    ([(-330, 15), (-100, 15), (330, 85)], {"railway": "tram"}),
    ([(5, 235), (5, 400)], {"railway": "rail"}),
    ([(20, 235), (24, 400)], {"railway": "rail"}),
    ([(-130, -110), (-130, -30)], {"natural": "tree_row"}),
    ([(-120, -30), (-120, 10)], {"barrier": "wall"}),
    ([(30, -90), (30, -78)], {"highway": "steps", "width": "14"}),
]
NODES = [
    ((40, -20), {"historic": "monument"}),
    ((30, -30), {"amenity": "fountain"}),
    ((-100, 28), {"highway": "street_lamp"}),
    ((-10, -100), {"highway": "crossing"}),
    ((-180, 28), {"highway": "bus_stop"}),
    *(((-320 + 23 * k, -150 + 31 * (k % 5)), {"natural": "tree"}) for k in range(18)),
]
RIVAL_ID = 9000


def features(things, first, shape):
    return tuple(Feature(first + k, tags, shape(g)) for k, (g, tags) in enumerate(things))


def place(*, buildings=(), areas=(), ways=(), nodes=(), sea=SEA):
    """Features of the small town's extent."""
    return Features(
        extent=EXTENT,
        land=MultiPolygon([EXTENT.difference(sea)]),
        sea=MultiPolygon([sea] if not sea.is_empty else []),
        buildings=features(buildings, 1, lambda g: g),
        parts=(),
        areas=features(areas, 2001, lambda g: g),
        ways=features(ways, 3001, LineString),
        nodes=features(nodes, 4001, Point),
    )


def town_with(settings=TownSettings(), **things):  # noqa: B008  a frozen value
    found = place(**things)
    return Town(CAMERA, found, (4,) * len(found.buildings), settings)


def small_town(**changes):
    things = {"buildings": BUILDINGS, "areas": AREAS, "ways": WAYS, "nodes": NODES}
    return town_with(**{**things, **changes})


def keys_of(town):
    """Keys of all cells that a town's extent meets, in row order."""
    corners = cell_of(CAMERA.to_art(TownSource(town).extent), CAMERA)
    (i0, j0), (i1, j1) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    return [CellKey(i, j) for j in range(j0, j1 + 1) for i in range(i0, i1 + 1)]


def bytes_of(parts):
    """All that a cell says, as bytes."""
    mesh, casters = parts.mesh, parts.casters
    arrays = (mesh.faces, mesh.corners, mesh.owners, mesh.balls, mesh.ball_owners)
    arrays += (casters.points, casters.ring_ends, casters.caster_ends, casters.heights)
    return b"".join(np.ascontiguousarray(a).tobytes() for a in (*arrays, parts.ground))


@pytest.fixture(scope="session")
def town():
    return small_town()


@pytest.fixture(scope="session")
def cells(town):
    """Every cell of the small town, built in row order."""
    source = TownSource(town)
    return {key: source.build(key) for key in keys_of(town)}
