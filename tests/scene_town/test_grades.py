"""Streets on slopes: level across, cut into the land between walls; bridges span straight."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.errors import InputError
from isogen.mesh.builder import MeshBuilder
from isogen.mesh.cell import CellKey
from isogen.mesh.model import GRAINS_PER_M
from isogen.mesh.vocabulary import CLASS_MASK, Ground, Kind
from isogen.params import Params
from isogen.scene.sources import open_source
from isogen.scene.town.bridge_heights import EXACT, Profile, spanned
from isogen.scene.town.cuts import build_cuts
from isogen.scene.town.grades import evened
from isogen.scene.town.ground import paint_ground
from isogen.scene.town.plot import Plot
from isogen.scene.town.town import TownSource
from tests.scene_town.conftest import CAMERA, keys_of, small_town
from tests.scene_town.test_hills import terrain_of

heights = st.lists(st.integers(-200, 200), min_size=2, max_size=30)


def town_on(height_m):
    return replace(small_town(), terrain=terrain_of(height_m))


def slope(share):
    """Ground that rises to the east; the town's residential street runs north."""
    return lambda east, _: east * share


def cuts_of(town, key):
    builder = MeshBuilder(CAMERA, town.hills)
    builder.footing = 0.0
    build_cuts(Plot(town, key, builder, paint_ground(town, key)))
    return builder.mesh()


def across(half_m):
    """Places across the residential street at x = -10, away from its crossings."""
    east = np.linspace(-10 - half_m, -10 + half_m, 9)
    return np.stack([east, np.full(9, -140.0)], axis=1)


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_a_street_is_level_across_a_slope(share):
    hills = town_on(slope(share)).hills

    assert np.ptp(hills.at(across(4))) < 0.2
    assert np.ptp(hills.grades.natural.at(across(4))) == pytest.approx(
        8 * share / CAMERA.rise_m, abs=0.1
    )


def test_land_beside_a_street_stays_where_it_is_on_a_steep_slope():
    hills = town_on(slope(0.3)).hills

    apart = hills.relief.at(across(9)) - hills.streets.at(across(9))

    assert apart[0] < -2
    assert apart[-1] > 2


def test_walls_part_a_street_from_steep_land_alone():
    gentle = [cuts_of(town_on(slope(0.05)), key) for key in keys_of(small_town())]
    steep = [cuts_of(town_on(slope(0.3)), key) for key in keys_of(small_town())]

    assert all((mesh.faces["kind"] == Kind.WALL).all() for mesh in steep)
    assert sum(len(mesh.faces) for mesh in steep) > 20 * sum(len(mesh.faces) for mesh in gentle)
    assert tallest_m(gentle) < 1
    assert tallest_m(steep) > 1.2


def tallest_m(meshes):
    return max(
        np.ptp(mesh.corners[..., 2], axis=1).max(initial=0) / GRAINS_PER_M for mesh in meshes
    )


def test_flat_ground_has_no_cuts():
    assert len(cuts_of(small_town(), CellKey(0, 0)).faces) == 0


def test_walls_belong_to_one_cell():
    town = town_on(slope(0.3))
    seen = [
        tuple(corners)
        for key in keys_of(town)
        for corners in (cuts_of(town, key).corners.sum(axis=1)).tolist()
    ]

    assert len(seen) > 100
    assert len(set(seen)) == len(seen)


@given(heights, st.integers(1, 10))
def test_evened_heights_keep_their_ends(rises, reach):
    out = evened(np.array(rises, np.float64), reach)

    assert out[[0, -1]] == pytest.approx([rises[0], rises[-1]])


@given(st.integers(-20, 20), st.integers(2, 30), st.integers(1, 10))
def test_an_even_slope_stays_one(fall, count, reach):
    straight = np.arange(count) * float(fall)

    assert evened(straight, reach) == pytest.approx(straight)


@given(heights)
def test_a_deck_sags_nowhere_and_lies_on_no_ground(ground):
    at_m = np.arange(len(ground)) * 5.0
    profile = Profile(at_m, np.full(len(ground), 0.25))

    deck = spanned(profile, np.array(ground, np.float64)).rises

    assert (deck >= np.array(ground) + 0.25 - 1 / EXACT).all()
    assert (np.diff(deck, 2) <= 2 / EXACT).all()
    assert deck[[0, -1]] == pytest.approx(np.array(ground)[[0, -1]] + 0.25)


def test_a_bridge_does_not_sink_into_a_gorge():
    def gorge(east, _):
        return -15 * np.exp(-(((east - 200) / 25) ** 2))

    town = town_on(gorge)
    bridge, profile = town.lifts.bridges[0]
    along = np.array([0.0, bridge.axis.length / 2, bridge.axis.length])

    assert profile.at(along).min() > -4
    way = bridge.ways[0]
    clear = town.lifts.rises(way, np.array([way.geometry.length * 0.45]))
    assert clear[0] > 6


def test_steep_ground_is_bare_rock():
    def bare_share(top_m):
        town = town_on(lambda east, _: top_m * np.exp(-(((east + 150) / 35) ** 2)))
        classes = TownSource(town).build(CellKey(-1, 0)).ground & CLASS_MASK
        return (classes == Ground.ROCK).mean()

    assert bare_share(12) == 0
    assert bare_share(60) > 0.03


def test_the_endless_city_refuses_a_terrain(tmp_path):
    params = Params.model_validate({"scene": {"source": "procedural", "terrain": "hills.tif"}})

    with pytest.raises(InputError, match="flat") as error:
        open_source(params, tmp_path)

    assert "scene.terrain" in error.value.hint
