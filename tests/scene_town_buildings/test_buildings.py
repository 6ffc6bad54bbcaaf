import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box
from shapely.affinity import translate

from isogen.mesh.builder import MeshBuilder
from isogen.mesh.vocabulary import Kind, Material, WallStyle
from isogen.scene.town.buildings import build_building, build_loose_part
from isogen.scene.town.context import WATER_RISES
from tests.scene_town_buildings.conftest import (
    CAMERA,
    built,
    bytes_of,
    footprints,
    heights,
    materials,
    town_of,
)

BLOCK = Polygon([(0, 0), (30, 0), (30, 12), (0, 12)])
NEXT = translate(BLOCK, 30)
HOUSE = {"building": "yes", "start_date": "1900"}
HIPPED = HOUSE | {"roof:shape": "hipped"}


def walls(builder):
    """Bottom and top, in rises, of the wall faces."""
    mesh = builder.mesh()
    z = heights(builder)
    owners = mesh.owners[mesh.faces["kind"][mesh.owners] == Kind.WALL]
    return {
        (round(float(z[mesh.owners == f].min())), round(float(z[mesh.owners == f].max())))
        for f in set(owners.tolist())
    }


@given(st.lists(st.tuples(footprints, st.integers(1, 9)), min_size=2, max_size=4))
@settings(max_examples=12)
def test_a_building_is_the_same_alone_and_after_others(found):
    placed = [(translate(g, 200 * k), HOUSE) for k, (g, _) in enumerate(found)]
    town = town_of(*placed, storeys=tuple(s for _, s in found))
    alone, after = MeshBuilder(CAMERA), MeshBuilder(CAMERA)
    last = len(placed) - 1
    build_building(alone, town, last)
    for index in range(len(placed)):
        build_building(after, town, index)
    own, mixed = alone.mesh(), after.mesh()
    mine = mixed.faces["source"] == town.features.buildings[last].id
    assert np.array_equal(
        np.delete(_bare(own.faces), 7, 1), np.delete(_bare(mixed.faces[mine]), 7, 1)
    )
    assert np.array_equal(own.corners, mixed.corners[mine[mixed.owners]])


def _bare(faces):
    return np.array([list(map(int, row)) for row in faces.tolist()]).reshape(len(faces), -1)


@given(
    footprints, st.integers(1, 8), st.sampled_from(["yes", "house", "retail", "church", "tower"])
)
@settings(max_examples=40)
def test_any_footprint_can_be_any_building(footprint, storeys, kind):
    builder = built((footprint, {"building": kind}), storeys=(storeys,))
    assert len(builder.mesh().faces) >= 4
    assert heights(builder).min() >= 0


@pytest.mark.parametrize("storeys", [1, 2, 5, 9])
def test_street_fronts_are_whole_storeys_high(storeys):
    tops = {z1 for z0, z1 in walls(built((BLOCK, HIPPED), storeys=(storeys,))) if z0 == 0}
    assert tops & {6, 8 + 4 * (storeys - 1), 7 + 5 * (storeys - 1)}


def test_courtyards_have_walls():
    yard = Polygon(box(0, 0, 50, 50).exterior, [box(15, 15, 35, 35).exterior.coords[::-1]])
    mesh = built((yard, HIPPED)).mesh()
    inner = np.all(
        (mesh.corners[:, :, :2] >= 15 * 1024) & (mesh.corners[:, :, :2] <= 35 * 1024), (1, 2)
    )
    kinds = mesh.faces["kind"][mesh.owners[inner]]
    assert (kinds == Kind.WALL).sum() >= 8


def test_houses_in_a_row_share_a_gable_and_no_eaves():
    row = built((BLOCK, HIPPED), (NEXT, HIPPED)).mesh()
    alone = built((BLOCK, HIPPED)).mesh()
    steep = [m.corners[m.faces["kind"][m.owners] == Kind.SLOPE] for m in (row, alone)]
    ridges = [
        c[c[:, :, 2] > c[:, :, 2].max() - 512][:, :].reshape(-1, 3)[:, 0].max() for c in steep
    ]
    assert ridges[0] > ridges[1]


def test_a_canopy_hangs_in_the_air():
    low = heights(built((BLOCK, {"building": "roof", "min_height": "16", "height": "18"})))
    assert low.min() == pytest.approx(round(16 / CAMERA.rise_m), abs=0.01)


def test_a_canopy_without_height_stands_on_posts():
    builder = built((BLOCK, {"building": "roof"}))
    assert Material.DARK in materials(builder, Kind.WALL)


def test_a_ship_lies_in_the_water():
    low = heights(built((BLOCK, {"building": "ship"})))
    assert low.min() == pytest.approx(WATER_RISES, abs=0.01)


def test_a_glasshouse_is_of_glass():
    assert materials(built((BLOCK, {"building": "greenhouse"}))) == {Material.GLASS}


def test_a_building_that_bridges_a_street_leaves_it_open():
    low = heights(built((BLOCK, HOUSE | {"min_height": "5"})))
    assert low.min() == pytest.approx(round(5 / CAMERA.rise_m), abs=0.01)


def test_an_outline_too_small_to_see_adds_nothing():
    assert len(built((box(0, 0, 1, 1), HOUSE)).mesh().faces) == 0


def test_every_face_names_its_building():
    assert set(built((BLOCK, HIPPED)).mesh().faces["source"].tolist()) == {1}


def test_a_part_stands_on_its_outline():
    part = (box(5, 3, 15, 9), {"building:part": "yes", "height": "40"})
    builder = built((BLOCK, HIPPED), parts=[part])
    assert heights(builder).max() == pytest.approx(round(40 / CAMERA.rise_m), abs=6)


def test_an_outline_covered_by_its_parts_is_not_drawn():
    halves = [
        (box(0, 0, 15, 12), {"building:part": "yes", "height": "10"}),
        (box(15, 0, 30, 12), {"building:part": "yes", "height": "12"}),
    ]
    builder = built((BLOCK, HIPPED), parts=halves, storeys=(9,))
    assert heights(builder).max() < 25


def test_an_outline_ends_where_the_storeys_above_it_begin():
    part = (
        box(2, 2, 28, 10),
        {"building:part": "yes", "building:levels": "8", "building:min_level": "3"},
    )
    fronts = walls(built((BLOCK, HOUSE), parts=[part], storeys=(8,)))
    assert max(z1 for z0, z1 in fronts if z0 == 0) <= 7 + 5 * 2


def test_a_part_with_a_round_roof_is_a_vault_with_an_arched_window():
    part = (box(0, 0, 30, 12), {"building:part": "yes", "height": "30", "roof:shape": "round"})
    faces = built((BLOCK, HOUSE), parts=[part]).mesh().faces
    glass = (faces["material"] == Material.GLASS) & (faces["style"] == WallStyle.CURTAIN)
    assert glass.sum() == 2


def test_a_part_without_an_outline_stands_alone(builder):
    town = town_of(parts=[(BLOCK, {"building:part": "yes", "height": "20"})])
    build_loose_part(builder, town, 0)
    assert heights(builder).max() > 20


def test_the_order_of_the_file_does_not_matter():
    one, two = (BLOCK, HIPPED), (translate(BLOCK, 100), HIPPED)
    here = built(one, two, index=0)
    assert bytes_of(here) == bytes_of(built(one, index=0))


def test_a_roof_never_reaches_above_its_shadow_caster():
    casters = built((box(0, 0, 30, 30), HIPPED)).casters()
    tops = casters.heights / 1024 / CAMERA.rise_m
    assert tops.max() < heights(built((box(0, 0, 30, 30), HIPPED))).max()
