import math

import numpy as np
import pytest
from shapely import Point, Polygon, box
from shapely.affinity import rotate, scale

from isogen.mesh.vocabulary import Kind, Material, WallStyle
from isogen.scene.town.worship import plan_of
from tests.scene_town_buildings.conftest import CAMERA, built, domes, heights, materials

CROSS = Polygon(
    [
        *[(-29, -11), (-11, -11), (-11, -29), (11, -29), (11, -11), (29, -11)],
        *[(29, 11), (11, 11), (11, 29), (-11, 29), (-11, 11), (-29, 11)],
    ]
)
NAVE = Polygon([(0, 0), (40, 0), (44, 4), (44, 10), (40, 14), (0, 14)])
CATHEDRAL = {
    "building": "cathedral",
    "denomination": "lutheran",
    "building:colour": "#ffffff",
    "roof:colour": "#b4c9b3",
}
STAIRS = (box(-25, -50, 25, -34), {"landuse": "steps"})
CHURCH = {"building": "church", "denomination": "lutheran"}


def styles(builder, material=None):
    faces = builder.mesh().faces
    chosen = faces[faces["kind"] == Kind.WALL]
    chosen = chosen if material is None else chosen[chosen["material"] == material]
    return set(chosen["style"].tolist())


@pytest.mark.parametrize("angle", [0, 3, 45, 80])
def test_a_great_cross_carries_a_great_dome_and_four_cupolas(angle):
    builder = built((rotate(CROSS, angle), CATHEDRAL))
    radii = sorted(builder.mesh().balls[:, 3] / 1024)
    assert len(radii) == 6
    assert radii[-1] > 2 * radii[-2]
    assert domes(builder)["material"].tolist() == [Material.VERDIGRIS] * 6


def test_the_great_church_has_porticoes_a_columned_drum_and_gold_crosses():
    builder = built((CROSS, CATHEDRAL))
    assert {WallStyle.COLONNADE, WallStyle.DRUM} <= styles(builder, Material.WHITE)
    assert Material.YELLOW in materials(builder)


def test_a_great_church_without_colors_is_white_and_green():
    builder = built((CROSS, CHURCH))
    assert {Material.WHITE, Material.VERDIGRIS} <= materials(builder)


def test_stairs_before_a_great_church_raise_its_terrace():
    def terrace(builder):
        faces, z = builder.mesh().faces, heights(builder)
        paved = np.flatnonzero(faces["material"] == Material.SETTS)
        return round(float(z[np.isin(builder.mesh().owners, paved)].max()))

    assert terrace(built((CROSS, CATHEDRAL))) < terrace(built((CROSS, CATHEDRAL), areas=[STAIRS]))


def test_a_terrace_leaves_its_neighbors_free():
    neighbor = box(31, -80, 60, 80)
    builder = built((CROSS, CATHEDRAL), (neighbor, {"building": "yes"}))
    mesh = builder.mesh()
    paved = np.flatnonzero(mesh.faces["material"] == Material.SETTS)
    assert mesh.corners[np.isin(mesh.owners, paved)][:, :, 0].max() / 1024 < 31


def test_a_small_cross_carries_one_lantern():
    builder = built((scale(CROSS, 0.5, 0.5), CHURCH))
    assert len(domes(builder)) == 1


def test_a_long_church_has_a_tower_higher_than_its_nave():
    builder = built((NAVE, CHURCH))
    assert heights(builder).max() > 40


def test_the_tower_stands_away_from_the_apse():
    mesh = built((NAVE, CHURCH)).mesh()
    top = mesh.corners.reshape(-1, 3)[mesh.corners[:, :, 2].argmax()]
    assert top[0] / 1024 < 15


def test_eastern_churches_have_two_domes():
    tags = {"building": "church", "denomination": "russian_orthodox", "start_date": "1900"}
    assert len(domes(built((NAVE, tags)))) == 2


def test_a_mosque_has_a_dome_and_a_minaret():
    builder = built((box(0, 0, 20, 18), {"building": "mosque"}))
    assert len(domes(builder)) == 1
    assert heights(builder).max() > 30


def test_a_large_mosque_has_four_side_domes():
    builder = built(
        (
            box(0, 0, 40, 36),
            {"amenity": "place_of_worship", "building": "yes", "religion": "muslim"},
        )
    )
    assert len(domes(builder)) == 5


def test_a_round_wooden_chapel_is_a_windowless_bowl():
    oval = scale(Point(0, 0).buffer(8, quad_segs=6), 1.4, 1.0)
    tags = {"building": "chapel", "building:material": "wood", "height": "12"}
    builder = built((oval, tags))
    assert styles(builder) == {WallStyle.SLATS}
    assert heights(builder).max() == pytest.approx(round(12 / CAMERA.rise_m), abs=0.1)


def test_crosses_squares_and_naves_are_told_apart():
    assert plan_of(CROSS).is_cross
    assert plan_of(rotate(CROSS, 30)).is_even
    assert not plan_of(box(0, 0, 20, 20)).is_cross
    assert not plan_of(NAVE).is_cross
    assert plan_of(Point(0, 0).buffer(10)).is_round


def test_a_clock_tower_shows_the_time_on_four_sides():
    tags = {"building": "tower", "man_made": "tower", "height": "48.5 m", "roof:height": "12"}
    tags["building:material"] = "brick"
    faces = built((box(0, 0, 10, 10), tags)).mesh().faces
    dials = (faces["kind"] == Kind.WALL) & (faces["material"] == Material.WHITE)
    assert dials.sum() == 4


def test_a_tower_part_rises_above_its_building():
    tower = (
        box(0, 0, 9, 9),
        {"building:part": "yes", "man_made": "tower", "height": "48.5 m", "roof:height": "12"},
    )
    builder = built((box(0, 0, 60, 30), {"building": "train_station"}), parts=[tower])
    assert heights(builder).max() * CAMERA.rise_m > 48.5


def test_a_tower_house_steps_back_toward_its_top():
    tags = {"building": "tower", "building:levels": "13", "height": "70"}
    z = heights(built((box(0, 0, 30, 30), tags), storeys=(13,)))
    assert z.max() * CAMERA.rise_m > 60


def test_a_large_old_museum_has_a_portico():
    tags = {"building": "museum", "start_date": "1850"}
    assert WallStyle.COLONNADE in styles(built((box(0, 0, 60, 20), tags), storeys=(3,)))


def test_a_portico_needs_room():
    tags = {"building": "museum", "start_date": "1850"}
    around = [
        box(-3, -14, 63, -1),
        box(-3, 21, 63, 30),
        box(-14, -14, -1, 30),
        box(61, -14, 70, 30),
    ]
    houses = [(g, {"building": "yes"}) for g in around]
    builder = built((box(0, 0, 60, 20), tags), *houses, storeys=(3, 1, 1, 1, 1))
    assert WallStyle.COLONNADE not in styles(builder)


def test_a_market_hall_has_a_raised_band_of_windows():
    tags = {"building": "public", "amenity": "marketplace"}
    assert WallStyle.RIBBON in styles(built((box(0, 0, 70, 20), tags), storeys=(1,)))


def test_a_stadium_opens_to_the_sky():
    oval = scale(Point(0, 0).buffer(60), 1.4, 1.0)
    builder = built((oval, {"building": "stadium"}), storeys=(3,))
    assert Material.GRASS in materials(builder, Kind.FLAT)


def test_a_chimney_is_round_and_slim():
    builder = built(
        (Point(0, 0).buffer(2), {"man_made": "chimney", "building": "yes", "height": "60"})
    )
    far = np.hypot(*builder.mesh().corners[:, :, :2].reshape(-1, 2).T) / 1024
    assert far.max() < 2 * math.sqrt(2)
    assert heights(builder).max() * CAMERA.rise_m > 55


def test_parts_that_shape_a_church_replace_its_usual_tower():
    part = (box(0, 0, 8, 8), {"building:part": "yes", "height": "50", "roof:shape": "pyramidal"})
    builder = built((NAVE, CHURCH), parts=[part])
    assert heights(builder).max() == pytest.approx(50 / CAMERA.rise_m, abs=8)
