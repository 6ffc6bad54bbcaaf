import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from isogen.geo.camera import Camera
from isogen.mesh.builder import Look, MeshBuilder, to_grains
from isogen.mesh.model import GRAINS_PER_M
from isogen.mesh.solids import (
    Frame,
    Span,
    box,
    circle,
    cone,
    dome,
    flat,
    gable,
    prism,
    ribbon,
    triangulate,
)
from isogen.mesh.vocabulary import Kind, Material

CAMERA = Camera(-15, 45, 300 / 1024)
BRICK, TIN = Look(Material.BRICK, seed=70_000), Look(Material.TIN)
SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
HOLE = [(2.0, 2.0), (2.0, 4.0), (4.0, 4.0), (4.0, 2.0)]

turns = st.floats(0, 2 * math.pi)
frames = st.builds(
    lambda e, n, turn: Frame((e, n), (math.cos(turn), math.sin(turn))),
    st.floats(-100, 100),
    st.floats(-100, 100),
    turns,
)


@pytest.fixture
def builder():
    return MeshBuilder(CAMERA)


def meters(mesh):
    return mesh.corners / GRAINS_PER_M


def area_vectors(mesh):
    """Area times outward normal of every triangle."""
    a, b, c = np.moveaxis(meters(mesh), 1, 0)
    return np.cross(b - a, c - a) / 2


def of_kind(mesh, kind):
    return (mesh.faces["kind"] == kind)[mesh.owners]


def test_a_prism_has_a_wall_over_every_edge_and_one_roof(builder):
    prism(builder, [SQUARE, HOLE], 0, 8, BRICK, TIN)
    kinds = builder.mesh().faces["kind"].tolist()
    assert (kinds.count(Kind.WALL), kinds.count(Kind.FLAT)) == (8, 1)


def test_a_prism_is_closed_but_for_its_floor(builder):
    prism(builder, [SQUARE, HOLE], 0, 8, BRICK, TIN)
    assert area_vectors(builder.mesh()).sum(axis=0) == pytest.approx((0, 0, 96), abs=0.1)


def test_walls_look_away_from_the_inside(builder):
    prism(builder, [SQUARE, HOLE], 0, 8, BRICK, TIN)
    mesh = builder.mesh()
    inside = shapely.Polygon(SQUARE, [HOLE])
    wall = of_kind(mesh, Kind.WALL)
    outward = area_vectors(mesh)[wall]
    outward /= np.linalg.norm(outward, axis=1)[:, None]
    ahead = meters(mesh)[wall].mean(axis=1) + outward * 0.1
    assert not shapely.contains_xy(inside, ahead[:, 0], ahead[:, 1]).any()


def test_faces_of_one_prism_are_one_object_and_the_next_is_another(builder):
    first = prism(builder, [SQUARE], 0, 8, BRICK, TIN)
    second = prism(builder, [SQUARE], 8, 9, BRICK, None, casts=False)
    joined = prism(builder, [SQUARE], 9, 10, BRICK, None, obj=first, casts=False)
    assert (first != second, joined == first) == (True, True)
    assert builder.mesh().faces["object"].tolist() == [first] * 5 + [second] * 4 + [first] * 4


def test_a_prism_throws_the_shadow_of_its_rings(builder):
    prism(builder, [SQUARE, HOLE], 0, 8, BRICK, TIN)
    prism(builder, [SQUARE], 0, 8, BRICK, TIN, casts=False)
    casters = builder.casters()
    assert casters.ring_ends.tolist() == [4, 8]
    assert casters.caster_ends.tolist() == [2]
    assert casters.heights.tolist() == to_grains(np.array([8 * CAMERA.rise_m])).tolist()
    assert casters.points.tolist() == (np.array(SQUARE + HOLE) * GRAINS_PER_M).tolist()


@given(frames, st.floats(1, 20), st.floats(1, 20), st.floats(1, 20))
def test_a_box_has_the_size_of_its_span(frame, length, width, height):
    builder = MeshBuilder(CAMERA)
    box(builder, frame, Span(0, length, -width / 2, width / 2, 0, height), BRICK, TIN)
    mesh = builder.mesh()
    wall = of_kind(mesh, Kind.WALL)
    sides = np.linalg.norm(area_vectors(mesh)[wall], axis=1).sum()
    assert sides == pytest.approx(2 * (length + width) * height * CAMERA.rise_m, rel=0.01)
    assert area_vectors(mesh)[~wall].sum(axis=0)[2] == pytest.approx(length * width, rel=0.01)
    assert area_vectors(mesh)[wall].sum(axis=0) == pytest.approx((0, 0, 0), abs=0.1)


@given(frames, st.floats(-50, 50), st.floats(-50, 50))
def test_across_is_to_the_left_of_along(frame, a, b):
    (ce, cn), (e, n) = frame.center, frame.at(a, b)
    assert frame.along[0] * (e - ce) + frame.along[1] * (n - cn) == pytest.approx(a, abs=1e-9)
    assert frame.along[0] * (n - cn) - frame.along[1] * (e - ce) == pytest.approx(b, abs=1e-9)
    assert frame.lift(a, b, 3.0) == (e, n, 3.0)


@given(st.lists(st.floats(0.4, 1), min_size=3, max_size=9), st.booleans())
def test_triangles_cover_a_polygon_with_a_hole_just_once(radii, holed):
    step = 2 * math.pi / len(radii)
    shell = [(9 * r * math.cos(step * k), 9 * r * math.sin(step * k)) for k, r in enumerate(radii)]
    hole = [(0.2, 0.0), (0.0, 0.3), (-0.2, 0.0)][::-1]
    rings = [shell, hole] if holed else [shell]
    points = np.array(shell + hole)
    found = [shapely.Polygon(points[list(t)]) for t in triangulate(rings)]
    whole = shapely.Polygon(shell, rings[1:])
    assert sum(t.area for t in found) == pytest.approx(whole.area)
    assert shapely.union_all(found).symmetric_difference(whole).area < 1e-6
    assert all(t.exterior.is_ccw for t in found)


def test_a_polygon_without_area_has_no_triangles(builder):
    line = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]
    assert triangulate([line]) == []
    flat(builder, [line], 3, TIN, 1)
    mesh = builder.mesh()
    assert (len(mesh.faces), len(mesh.corners)) == (1, 0)


@given(st.integers(3, 40), st.floats(1, 50))
def test_a_circle_runs_counter_clockwise_around_its_center(sides, radius_m):
    ring = circle((3.0, -4.0), radius_m, sides)
    polygon = shapely.Polygon(ring)
    assert polygon.exterior.is_ccw
    assert np.hypot(*(np.array(ring) - (3, -4)).T) == pytest.approx(radius_m)
    assert (polygon.centroid.x, polygon.centroid.y) == pytest.approx((3, -4), abs=1e-6)


def test_a_cone_closes_a_ring(builder):
    ring = circle((0.0, 0.0), 10.0, 12)
    cone(builder, ring, (1.0, 2.0, 20.0), 5.0, TIN, 1)
    mesh = builder.mesh()
    up = (0, 0, shapely.Polygon(ring).area)
    assert set(mesh.faces["kind"]) == {Kind.SLOPE}
    assert area_vectors(mesh).sum(axis=0) == pytest.approx(up, abs=0.1)
    assert (area_vectors(mesh)[:, 2] > 0).all()


@given(frames)
def test_a_gable_closes_its_span(frame):
    builder = MeshBuilder(CAMERA)
    gable(builder, frame, Span(-5, 5, -4, 4, 8, 12), TIN, BRICK, 1)
    mesh = builder.mesh()
    assert mesh.faces["kind"].tolist() == [Kind.SLOPE, Kind.SLOPE, Kind.WALL, Kind.WALL]
    assert area_vectors(mesh).sum(axis=0) == pytest.approx((0, 0, 80), abs=0.1)
    assert (area_vectors(mesh)[of_kind(mesh, Kind.SLOPE), 2] > 0).all()
    ends = of_kind(mesh, Kind.WALL)
    outward = meters(mesh)[ends].mean(axis=1)[:, :2] - frame.center
    assert ((outward * area_vectors(mesh)[ends][:, :2]).sum(axis=1) > 0).all()


def test_an_overhang_widens_a_gable_and_open_ends_stay_open(builder):
    frame = Frame((0.0, 0.0), (1.0, 0.0))
    gable(builder, frame, Span(-5, 5, -4, 4, 8, 12), TIN, None, 1, overhang_m=1)
    mesh = builder.mesh()
    assert len(mesh.faces) == 2
    assert (meters(mesh)[..., 1].min(), meters(mesh)[..., 1].max()) == (-5, 5)


def test_a_dome_is_one_ball_with_a_shadow(builder):
    dome(builder, (5.0, 6.0), 4.0, 3.0, 2.0, TIN, 1)
    mesh = builder.mesh()
    rise = CAMERA.rise_m
    expected = to_grains(np.array([[5.0, 6.0, 4 * rise, 3.0, 2 * rise]]))
    assert mesh.balls.tolist() == expected.tolist()
    assert mesh.ball_owners.tolist() == [0]
    assert mesh.faces["kind"].tolist() == [Kind.BALL]
    assert len(builder.casters().heights) == 1


def test_a_ribbon_is_seen_from_both_sides(builder):
    ribbon(builder, (0.0, 0.0, 5.0), (10.0, 0.0, 9.0), 1.0, TIN, 1)
    one, other = area_vectors(builder.mesh()).reshape(2, 2, 3).sum(axis=1)
    assert one == pytest.approx(-other)
    assert abs(one[1]) > 1


def test_faces_keep_what_they_were_made_with(builder):
    builder.source = -(1 << 40)
    builder.polygon(
        [(0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)],
        Look(Material.ROSE, style=9, seed=70_000, floors=300, trim=Material.TIN),
        Kind.FLAT,
        5,
    )
    face = builder.mesh().faces[0]
    assert face["source"] == -(1 << 40)
    assert face["seed"] == 70_000 % 65_536
    assert (face["floors"], face["style"], face["object"]) == (255, 9, 5)
    assert (face["material"], face["trim"]) == (Material.ROSE, Material.TIN)


def test_an_empty_builder_makes_an_empty_mesh(builder):
    mesh, casters = builder.mesh(), builder.casters()
    assert mesh.faces.shape == (0,)
    assert (mesh.corners.shape, mesh.balls.shape) == ((0, 3, 3), (0, 5))
    assert (casters.points.shape, casters.heights.shape) == ((0, 2), (0,))


def test_rises_are_art_pixels_of_height(builder):
    assert builder.rises(CAMERA.rise_m * 4) == pytest.approx(4)
