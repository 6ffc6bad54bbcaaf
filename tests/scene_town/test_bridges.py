"""Bridges keep their headroom, carry what runs on them, and come down again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon, box

from isogen.mesh.model import GRAINS_PER_M
from isogen.mesh.vocabulary import FlatStyle, Ground, Kind, WallStyle
from isogen.scene.flavors import bundled_flavor
from isogen.scene.town.bridge_heights import Need, profile_of
from isogen.scene.town.carriers import GRADES, HEADROOM_RISES
from isogen.scene.town.context import WATER_RISES, TownSettings
from isogen.scene.town.ground import paint_ground
from isogen.scene.town.town import TownSource
from tests.scene_town.conftest import CAMERA, bytes_of, keys_of, town_with

DRY = Polygon()
BUSY = TownSettings(trees=0, people=0, boats=0, traffic=6)
ROAD = {"highway": "secondary", "lanes": "2"}
RIVER = [(box(-330, -40, 330, 40), {"natural": "water"})]


def line_with_bridge(tags, *, layer="1"):
    """A way from south to north whose middle part is a bridge."""
    return [
        ([(0, -300), (0, -60)], tags),
        ([(0, -60), (0, 60)], {**tags, "bridge": "yes", "layer": layer}),
        ([(0, 60), (0, 300)], tags),
    ]


def over_road(tags, below):
    return town_with(BUSY, ways=[*line_with_bridge(tags), ([(-300, 0), (300, 0)], below)], sea=DRY)


def built(town):
    source = TownSource(town)
    return {key: source.build(key) for key in keys_of(town)}


def corners_of(cells, claim):
    """Corners, plane meters and rises, of all triangles whose faces meet a claim."""
    out = [np.zeros((0, 3, 3))]
    for parts in cells.values():
        chosen = claim(parts.mesh.faces)[parts.mesh.owners]
        out.append(parts.mesh.corners[chosen] / GRAINS_PER_M / (1, 1, CAMERA.rise_m))
    return np.concatenate(out)


def laid_as(*grounds):
    def claim(faces):
        laid = (faces["kind"] == Kind.FLAT) & (faces["style"] == FlatStyle.LAID)
        return laid & np.isin(faces["seed"], grounds)

    return claim


def cabins(faces):
    return (faces["kind"] == Kind.WALL) & (faces["style"] == WallStyle.CAR_CABIN)


needs = st.lists(
    st.builds(
        lambda a, w, z: Need(a, a + w, z), st.floats(0, 200), st.floats(0, 60), st.floats(0, 20)
    ),
    max_size=5,
)


@given(needs, st.floats(0.05, 0.5))
def test_a_bridge_keeps_what_it_needs_and_no_slope_is_too_steep(asked, fall):
    profile = profile_of(LineString([(0, 0), (260, 0)]), asked, fall, 0.0)
    for need in asked:
        inside = profile.at(np.linspace(need.from_m, min(need.to_m, 260), 7))
        assert inside.min() >= need.rises - 1 / 16
    slopes = np.abs(np.diff(profile.rises)) / np.maximum(np.diff(profile.at_m), 1e-9)
    assert np.all(slopes * np.diff(profile.at_m) <= fall * np.diff(profile.at_m) + 1 / 8)


@pytest.mark.parametrize("below", [ROAD, {"railway": "rail"}, {"highway": "footway"}])
def test_what_passes_below_has_its_headroom(below):
    town = over_road(ROAD, below)
    _, profile = town.lifts.bridges[0]
    kind = "rail" if "railway" in below else "path" if below["highway"] == "footway" else "road"
    assert profile.at(np.array([60.0]))[0] >= HEADROOM_RISES[kind]


def test_a_way_comes_down_on_both_sides_and_stays_down():
    town = over_road(ROAD, ROAD)
    before = town.features.ways[0]
    heights = town.lifts.rises(before, np.linspace(0, 240, 50))
    assert heights[0] == 0
    assert np.all(np.diff(heights) >= 0)
    steepest = GRADES["road"] / CAMERA.rise_m
    assert np.diff(heights).max() <= steepest * 240 / 49 + 1 / 8


def test_a_bridge_over_a_bridge_is_higher():
    ways = [
        *line_with_bridge(ROAD, layer="2"),
        ([(-300, 0), (300, 0)], {**ROAD, "bridge": "yes", "layer": "1"}),
        ([(-300, 10), (300, -10)], ROAD),
    ]
    lifts = town_with(BUSY, ways=ways, sea=DRY).lifts
    heights = {bridge.layer: profile.top for bridge, profile in lifts.bridges}
    assert heights[2] >= heights[1] + HEADROOM_RISES["road"] > 2 * HEADROOM_RISES["road"] - 1


def test_the_road_below_is_seen_on_the_ground_and_the_one_above_is_not():
    town = over_road({"highway": "residential", "surface": "sett"}, ROAD)
    patches = {key: paint_ground(town, key) for key in keys_of(town)}
    setts = sum(int((p.core() == Ground.SETT).sum()) for p in patches.values())
    on_ground = [p.at(np.array([(100.0, 0.5)]))[0] for p in patches.values()]
    under = [p.at(np.array([(1.0, 3.0)]))[0] for p in patches.values()]
    assert Ground.ROAD in on_ground
    assert Ground.ROAD in under
    whole = town_with(
        BUSY, ways=[([(0, -300), (0, 300)], {"highway": "residential", "surface": "sett"})], sea=DRY
    )
    assert (
        0
        < setts
        < sum(int((paint_ground(whole, k).core() == Ground.SETT).sum()) for k in keys_of(whole))
    )


def test_a_deck_lies_above_the_water_that_it_crosses():
    town = town_with(BUSY, areas=RIVER, ways=line_with_bridge(ROAD), sea=DRY)
    decks = corners_of(built(town), laid_as(Ground.ROAD))
    wet = np.abs(decks[..., 1]).max(axis=1) < 40
    assert decks[wet].size
    assert decks[wet][..., 2].min() > WATER_RISES + 2


def test_cars_on_a_bridge_stand_on_its_deck():
    cells = built(over_road(ROAD, {"railway": "rail"}))
    cars = corners_of(cells, cabins)
    on_bridge = cars[np.all(np.abs(cars[..., :2]) < (8, 6), axis=(1, 2))]
    assert on_bridge.size
    assert on_bridge[..., 2].min() > HEADROOM_RISES["rail"] - 4


def middles_of_cars(cells):
    """Plane points of the cabins of all cars."""
    out = []
    for parts in cells.values():
        cabin = cabins(parts.mesh.faces)[parts.mesh.owners]
        objects = parts.mesh.faces["object"][parts.mesh.owners][cabin]
        corners = parts.mesh.corners[cabin][..., :2].mean(axis=1) / GRAINS_PER_M
        out += [corners[objects == k].mean(axis=0) for k in np.unique(objects)]
    return np.array(out)


def test_no_two_cars_are_in_one_place():
    ways = [([(0, -300), (0, 300)], ROAD), ([(-300, 5), (300, -5)], {"highway": "residential"})]
    middles = middles_of_cars(built(town_with(BUSY, ways=ways, sea=DRY)))
    assert len(middles) > 20
    apart = np.sqrt(((middles[:, None] - middles[None]) ** 2).sum(axis=2))
    assert (apart + 99 * np.eye(len(middles))).min() > 2


def test_cars_stay_on_their_roads():
    ways = [([(0, -300), (0, 300)], ROAD), ([(-300, 5), (300, -5)], {"highway": "residential"})]
    middles = middles_of_cars(built(town_with(BUSY, ways=ways, sea=DRY)))
    lanes = [LineString(way).buffer(7) for way, _ in ways]
    assert all(any(lane.contains(Point(p)) for lane in lanes) for p in middles)


def test_traffic_keeps_to_its_side():
    ways = [([(0, -300), (0, 300)], ROAD)]
    right = cars_at(town_with(BUSY, ways=ways, sea=DRY))
    left = cars_at(
        town_with(
            TownSettings(trees=0, people=0, boats=0, traffic=6, flavor=bundled_flavor("british")),
            ways=ways,
            sea=DRY,
        )
    )
    assert right != left


def cars_at(town):
    return b"".join(bytes_of(parts) for parts in built(town).values())


def test_bridges_are_the_same_in_pieces_and_in_any_order():
    things = {"areas": RIVER, "ways": line_with_bridge(ROAD), "sea": DRY}
    cells = built(town_with(BUSY, **things))
    source = TownSource(town_with(BUSY, **things))
    assert all(bytes_of(source.build(key)) == bytes_of(cells[key]) for key in reversed(list(cells)))


@pytest.mark.parametrize("structure", ["arch", "suspension", "cable-stayed", "truss", "beam"])
def test_every_structure_stands_over_water(structure):
    tags = {**ROAD, "bridge:structure": structure}
    cells = built(town_with(BUSY, areas=RIVER, ways=line_with_bridge(tags), sea=DRY))
    decks = corners_of(cells, laid_as(Ground.ROAD))
    assert decks[..., 2].max() > 2


def test_a_bridge_drawn_there_and_back_is_built():
    tags = {"highway": "residential", "bridge": "yes", "bridge:structure": "arch"}
    assert built(town_with(BUSY, ways=[([(0, 0), (0.1, 0), (0, 0)], tags)], sea=DRY))
