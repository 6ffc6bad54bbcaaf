import numpy as np
import pytest

from isogen.mesh.colors import MATERIAL_COLORS
from isogen.mesh.vocabulary import Material
from isogen.scene.osm.materials import (
    ROOFS,
    TRIMS,
    WALLS,
    nearest_material,
    roof_material,
    wall_material,
)
from isogen.scene.osm.tags import color

PLAIN = (ROOFS, TRIMS, WALLS)


@pytest.mark.parametrize("allowed", PLAIN)
def test_the_color_of_a_material_is_nearest_to_itself(allowed):
    rgbs = [tuple(MATERIAL_COLORS[material].to_bytes(3, "big")) for material in allowed]
    assert [nearest_material(rgb, allowed) for rgb in rgbs] == list(allowed)


@pytest.mark.parametrize(
    ("text", "allowed", "material"),
    [
        ("#b4c9b3", ROOFS, Material.VERDIGRIS),
        ("black", ROOFS, Material.DARK),
        ("white", WALLS, Material.WHITE),
        ("#99FFFF", WALLS, Material.TEAL),
        ("#cd7f32", WALLS, Material.TERRA),
        ("yellow", WALLS, Material.OCHRE),
    ],
)
def test_a_color_gets_the_material_that_looks_like_it(text, allowed, material):
    assert nearest_material(color(text), allowed) is material


def test_any_color_gets_an_allowed_material():
    rgbs = np.random.default_rng(1).integers(0, 256, (50, 3)).tolist()
    assert {nearest_material(tuple(rgb), TRIMS) for rgb in rgbs} <= set(TRIMS)


@pytest.mark.parametrize(
    ("name", "wall", "roof"),
    [
        ("brick", Material.BRICK, Material.TERRA),
        ("Roof Tiles", None, Material.TERRA),
        ("granite", Material.GRANITE, None),
        ("copper", Material.VERDIGRIS, Material.VERDIGRIS),
        ("glass;steel", Material.GLASS, Material.GLASS),
        ("unobtainium", None, None),
        (None, None, None),
    ],
)
def test_named_building_materials_are_known(name, wall, roof):
    assert (wall_material(name), roof_material(name)) == (wall, roof)
