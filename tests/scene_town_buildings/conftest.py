"""Towns of a few houses, and shapes that footprints have."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box
from shapely.affinity import rotate

from isogen.geo.camera import Camera
from isogen.mesh.builder import MeshBuilder
from isogen.mesh.vocabulary import BallStyle, Kind
from isogen.scene.osm.features import Feature, Features
from isogen.scene.town.buildings import build_building
from isogen.scene.town.context import Town
from isogen.scene.town.footprint import clean, polygons_of

CAMERA = Camera(-15.0, 45.0, 300 / 1024)
EXTENT = box(-500, -500, 500, 500)

angles = st.floats(0, 90).map(lambda a: round(a, 3))


@st.composite
def rectilinear(draw):
    """Unions of boxes on a grid of 2 m: wings, notches, courtyards."""
    corner, size = st.integers(0, 20), st.integers(2, 14)
    boxes = draw(st.lists(st.tuples(corner, corner, size, size), min_size=1, max_size=6))
    whole = shapely.union_all([box(2 * e, 2 * n, 2 * (e + w), 2 * (n + h)) for e, n, w, h in boxes])
    return _usable(rotate(max(polygons_of(whole), key=lambda p: p.area), draw(angles)))


@st.composite
def stars(draw):
    """Any angles, sharp and blunt, around one place."""
    radii = draw(st.lists(st.floats(4, 40), min_size=3, max_size=14))
    step = 2 * math.pi / len(radii)
    return _usable(
        Polygon([(r * math.cos(k * step), r * math.sin(k * step)) for k, r in enumerate(radii)])
    )


@st.composite
def yards(draw):
    """A rectangle with a courtyard of any shape."""
    length, width = draw(st.integers(30, 80)), draw(st.integers(30, 60))
    hole = draw(stars())
    low_e, low_n, high_e, high_n = hole.bounds
    scale = min((length - 8) / (high_e - low_e), (width - 8) / (high_n - low_n), 1.0)
    shrunk = shapely.affinity.scale(hole, scale, scale, origin=(0, 0))
    center = box(*shrunk.bounds).centroid
    moved = shapely.affinity.translate(shrunk, length / 2 - center.x, width / 2 - center.y)
    return _usable(rotate(box(0, 0, length, width).difference(moved), draw(angles)))


footprints = st.one_of(rectilinear(), stars(), yards())


def _usable(polygon):
    cleaned = clean(polygon) if isinstance(polygon, Polygon) else None
    assume(cleaned is not None)
    return cleaned


def place_of(buildings, *, parts=(), areas=()):
    """Features of a place; things are (polygon, tags), numbered from 1."""

    def features(things, first):
        return tuple(Feature(first + k, tags, g) for k, (g, tags) in enumerate(things))

    return Features(
        extent=EXTENT,
        land=MultiPolygon([EXTENT]),
        sea=MultiPolygon(),
        buildings=features(buildings, 1),
        parts=features(parts, 1001),
        areas=features(areas, 2001),
        ways=(),
        nodes=(),
    )


def town_of(*buildings, parts=(), areas=(), storeys=None):
    """A town of (polygon, tags)."""
    features = place_of(buildings, parts=parts, areas=areas)
    return Town(CAMERA, features, storeys or (4,) * len(buildings))


def built(*buildings, index=0, **town):
    """What one building of a town adds to an empty mesh."""
    builder = MeshBuilder(CAMERA)
    build_building(builder, town_of(*buildings, **town), index)
    return builder


def heights(builder):
    """Heights of all corners, in rises."""
    return builder.mesh().corners[:, :, 2] / 1024 / CAMERA.rise_m


def materials(builder, kind=None):
    """Materials of the faces of one kind, or of all."""
    faces = builder.mesh().faces
    chosen = faces if kind is None else faces[faces["kind"] == kind]
    return set(chosen["material"].tolist())


def domes(builder):
    """Smooth ellipsoids."""
    faces = builder.mesh().faces
    return faces[(faces["kind"] == Kind.BALL) & (faces["style"] == BallStyle.DOME)]


def bytes_of(builder):
    """All that a builder collected, as bytes."""
    mesh, casters = builder.mesh(), builder.casters()
    arrays = (mesh.faces, mesh.corners, mesh.owners, mesh.balls, casters.points, casters.heights)
    return b"".join(np.ascontiguousarray(a).tobytes() for a in arrays)


@pytest.fixture
def builder():
    return MeshBuilder(CAMERA)
