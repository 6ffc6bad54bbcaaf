"""Every shape of Simple 3D Buildings, over rectangles and over anything."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from shapely import Polygon, box
from shapely.affinity import rotate

from isogen.scene.flavors.words import Shape
from isogen.scene.town.footprint import box_around
from isogen.scene.town.roofs import Surface
from isogen.scene.town.roofs_choice import choose_roof, oriented_box
from tests.scene_town_buildings.conftest import CAMERA, built, footprints, heights, town_of

RECTANGLE = rotate(Polygon([(0, 0), (22, 0), (22, 12), (0, 12)]), 23)
PITCHED = [s for s in Shape if s not in (Shape.FLAT, Shape.DOME, Shape.ONION, Shape.CONE)]


def look_with(shape, height=None):
    tags = {"building": "yes", "roof:shape": "flat"}
    look = town_of((RECTANGLE, tags)).looks.of(0)
    fields = {name: getattr(look, name) for name in look.__dataclass_fields__}
    return type(look)(**(fields | {"shape": shape, "roof_height_m": height}))


def roof_of(outline, shape, height=None, **tags):
    told = {key.replace("__", ":"): value for key, value in tags.items()}
    return choose_roof(outline, look_with(shape, height), frozenset(), told)


def openness(roof):
    """Length of the sum of all area vectors with the floor: 0 for what is closed, in m2."""
    total = np.array([0.0, 0.0, -roof.footprint.area])
    for face in roof.faces:
        points = np.array(face.points)
        for a, b, c in face.triangles:
            total += np.cross(points[b] - points[a], points[c] - points[a]) / 2
    return float(np.linalg.norm(total))


def reach(roof):
    """How far corners lie out of the footprint, in meters."""
    grown = roof.footprint.buffer(0.02)
    outside = [p for f in roof.faces for p in f.points if not grown.intersects(box(*p[:2], *p[:2]))]
    return len(outside)


@pytest.mark.parametrize("shape", PITCHED)
def test_a_roof_over_a_rectangle_is_closed_and_as_high_as_told(shape):
    roof = roof_of(RECTANGLE, shape, 4.0)
    assert openness(roof) < 1e-6 * RECTANGLE.area
    assert roof.height_m == pytest.approx(4.0, abs=0.25)


@pytest.mark.parametrize("shape", PITCHED)
@given(footprints)
@settings(max_examples=12)
def test_a_roof_stays_over_its_footprint(shape, footprint):
    roof = roof_of(footprint, shape)
    assert reach(roof) == 0
    assert openness(roof) < 0.02 * footprint.area


def test_a_half_hipped_roof_has_clipped_gables():
    faces = roof_of(RECTANGLE, Shape.HALF_HIPPED, 4.0).faces
    tops = {round(f.top, 2) for f in faces if f.surface is Surface.GABLE}
    slopes = [f for f in faces if f.surface is Surface.SLOPE]
    assert tops == {2.0}
    assert len(slopes) == 4


def test_a_sawtooth_roof_is_glazed_where_it_falls():
    faces = roof_of(RECTANGLE, Shape.SAWTOOTH, 3.0).faces
    assert sum(f.surface is Surface.LIGHT for f in faces) == 2


def test_a_crosspitched_roof_has_four_gables():
    faces = roof_of(RECTANGLE, Shape.CROSSPITCHED, 4.0).faces
    whole = {tuple(np.round(p[:2], 3)) for f in faces for p in f.points if p[2] > 3.99}
    assert len(whole) == 5


@pytest.mark.parametrize(
    ("told", "down"),
    [("S", (0, -1)), ("90", (1, 0)), ("NW", (-math.sqrt(0.5), math.sqrt(0.5))), ("north", (0, 1))],
)
def test_a_skillion_falls_the_way_it_is_told(told, down):
    outline = rotate(box(0, 0, 12, 12), 45) if told == "NW" else box(0, 0, 20, 8)
    roof = roof_of(outline, Shape.SKILLION, 3.0, roof__direction=told)
    low = [p for f in roof.faces for p in f.points if p[2] < 0.01]
    high = [p for f in roof.faces for p in f.points if p[2] > 2.9]
    fall = np.mean([p[:2] for p in low], axis=0) - np.mean([p[:2] for p in high], axis=0)
    expected = down if told != "north" else (0, -1)
    assert np.dot(fall / np.linalg.norm(fall), expected) > 0.7


def test_a_direction_near_a_wall_means_the_wall():
    outline = rotate(box(0, 0, 20, 8), 7)
    boxed = oriented_box(outline, {"roof:direction": "180"})
    assert boxed.half_length == pytest.approx(box_around(outline).half_length)


def test_an_angle_tells_the_height():
    roof = roof_of(box(0, 0, 20, 8), Shape.GABLED, roof__angle="45")
    assert roof.height_m == pytest.approx(4.0)


def test_storeys_under_the_roof_tell_the_height():
    roof = roof_of(box(0, 0, 20, 12), Shape.HIPPED, roof__levels="2")
    assert roof.height_m == pytest.approx(5.2)


def test_a_ridge_runs_across_where_told():
    roof = roof_of(box(0, 0, 20, 8), Shape.GABLED, 3.0, roof__orientation="across")
    ridge = {round(p[0], 3) for f in roof.faces for p in f.points if p[2] > 2.9}
    assert ridge == {10.0}


def test_the_height_of_a_part_includes_its_roof():
    outline, tags = box(0, 0, 20, 10), {"building:part": "yes", "height": "20"}
    part = (outline, tags | {"roof:shape": "gabled", "roof:height": "5"})
    top = heights(built((outline, {"building": "yes"}), parts=[part])).max()
    assert top == pytest.approx(20 / CAMERA.rise_m, abs=2.2)


def test_a_dome_crowns_a_whole_building():
    tags = {"building": "yes", "roof:shape": "dome"}
    assert len(built((box(0, 0, 12, 12), tags)).mesh().balls) == 1


def test_a_part_without_a_height_is_as_high_as_its_building():
    outline = box(0, 0, 20, 10)
    part = (outline, {"building:part": "yes", "roof:shape": "flat"})
    tags = {"building": "yes", "building:levels": "4"}
    alone = heights(built((outline, tags | {"roof:shape": "flat"}), storeys=(4,))).max()
    assert heights(built((outline, tags), parts=[part], storeys=(4,))).max() >= alone - 6


def test_a_gateway_below_a_part_stays_open():
    outline = box(0, 0, 36, 14)
    sides = [(box(0, 0, 14, 14), "4"), (box(22, 0, 36, 14), "4")]
    parts = [(g, {"building:part": "yes", "building:levels": n}) for g, n in sides]
    over = {"building:part": "yes", "building:levels": "4", "building:min_level": "2"}
    parts.append((box(14, 0, 22, 14), over))
    corners = built((outline, {"building": "yes"}), parts=parts).mesh().corners / 1024
    inside = (corners[:, :, 0] > 15) & (corners[:, :, 0] < 21)
    assert not inside.all(axis=1).any() or corners[inside.all(axis=1)][:, :, 2].min() > 5


def test_stacked_parts_stay_stacked_on_whole_storeys():
    outline = box(0, 0, 20, 20)
    parts = [
        (outline, {"building:part": "yes", "height": "17.3"}),
        (box(5, 5, 15, 15), {"building:part": "yes", "min_height": "17.3", "height": "40"}),
    ]
    z = heights(built((outline, {"building": "yes"}), parts=parts))
    corners = built((outline, {"building": "yes"}), parts=parts).mesh().corners / 1024
    tower = np.all((corners[:, :, :2] >= 4.9) & (corners[:, :, :2] <= 15.1), axis=(1, 2))
    assert round(float(z[tower].min())) == 20
