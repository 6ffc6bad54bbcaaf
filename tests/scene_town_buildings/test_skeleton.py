import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box

from isogen.scene.town.footprint import edges_of, rings_of
from isogen.scene.town.skeleton import plan_area, skeleton
from tests.scene_town_buildings.conftest import footprints


def cut(polygon, until=np.inf, standing=()):
    count = len(edges_of(polygon))
    speeds = [0.0 if k in standing else 1.0 for k in range(count)]
    return skeleton(rings_of(polygon), speeds, until)


def away_from(edge, points):
    (ae, an), (be, bn) = edge
    length = np.hypot(be - ae, bn - an)
    return ((be - ae) * (points[:, 1] - an) - (bn - an) * (points[:, 0] - ae)) / length


@given(footprints)
@settings(max_examples=150)
def test_faces_cover_the_footprint_exactly(footprint):
    found = cut(footprint)
    areas = [plan_area(found.nodes[list(c)]) for face in found.faces for c in face]
    assert sum(areas) == pytest.approx(footprint.area, rel=1e-4)
    assert min(areas) > -1e-3


@given(footprints)
def test_every_face_lies_in_the_plane_that_rises_from_its_edge(footprint):
    found = cut(footprint)
    for edge, face in zip(edges_of(footprint), found.faces, strict=True):
        nodes = found.nodes[[k for cycle in face for k in cycle]]
        assert nodes[:, 2] == pytest.approx(away_from(edge, nodes), abs=1e-3)


@given(footprints, st.floats(0.5, 9))
def test_a_capped_skeleton_leaves_the_rest_in_the_middle(footprint, until):
    found = cut(footprint, until)
    areas = [plan_area(found.nodes[list(c)]) for face in found.faces for c in face]
    middle = sum(plan_area(found.nodes[list(c)]) for c in found.tops)
    assert sum(areas) + middle == pytest.approx(footprint.area, rel=1e-4)
    assert found.nodes[:, 2].max() <= until + 1e-9


@given(footprints, st.data())
@settings(max_examples=150)
def test_party_walls_stand_upright_where_the_sweep_succeeds(footprint, data):
    count = len(edges_of(footprint))
    standing = data.draw(st.sets(st.integers(0, count - 1), max_size=count - 1))
    found = cut(footprint, 8.0, standing)
    faces = [] if found is None else [found.faces[k] for k in sorted(standing)]
    areas = [plan_area(found.nodes[list(c)]) for face in faces for c in face]
    assert np.abs(areas).max(initial=0.0) < 1e-4


def test_a_square_meets_in_one_point():
    found = cut(box(0, 0, 6, 6))
    assert {tuple(found.nodes[face[0][-1]]) for face in found.faces} == {(3.0, 3.0, 3.0)}


def test_a_rectangle_has_a_ridge():
    found = cut(box(0, 0, 10, 6))
    assert sorted(len(face[0]) for face in found.faces) == [3, 3, 4, 4]


def test_a_ridge_runs_through_a_party_wall():
    found = cut(Polygon([(0, 0), (10, 0), (10, 6), (0, 6)]), standing={1, 3})
    top = found.nodes[found.nodes[:, 2] == 3.0]
    assert sorted(set(top[:, 0].tolist())) == [0.0, 10.0]


def test_a_courtyard_has_its_own_slopes():
    ring = Polygon(box(0, 0, 20, 20).exterior, [box(5, 5, 15, 15).exterior.coords[::-1]])
    found = cut(ring)
    assert found.nodes[:, 2].max() == pytest.approx(2.5)
    assert len(found.faces) == 8


def test_all_edges_standing_still_is_refused():
    assert cut(box(0, 0, 10, 6), standing={0, 1, 2, 3}) is None


@given(footprints)
def test_the_same_footprint_gives_the_same_bytes(footprint):
    assert cut(footprint).nodes.tobytes() == cut(footprint).nodes.tobytes()
