from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isogen.errors import DataError, InputError, ObjectMissingError
from isogen.export.build import build_tiles
from isogen.export.picture import Codec, read_picture
from isogen.export.pyramid import Grid, Leaf, Make, Place, plan_pyramid
from isogen.geo.grid import Quadrant
from isogen.image.png import encode_rgb

places = st.tuples(st.integers(-5, 4), st.integers(-5, 4))
maps = st.dictionaries(places, st.integers(0, 3), min_size=1, max_size=7)
in_tmp_path = settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])


def bytes_of(pyramid):
    return [
        {place: tile.path.read_bytes() for place, tile in level.items()} for level in pyramid.levels
    ]


@in_tmp_path
@given(before=maps, after=maps)
def test_a_pyramid_grown_from_another_equals_one_made_afresh(
    store, tmp_path_factory, before, after
):
    warm, fresh = (tmp_path_factory.mktemp(name) for name in ("warm", "fresh"))
    build_tiles(plan_pyramid(store(before), warm, Codec.PNG).stages)
    grown = plan_pyramid(store(after), warm, Codec.PNG)
    build_tiles(grown.stages)
    new = plan_pyramid(store(after), fresh, Codec.PNG)
    build_tiles(new.stages)
    assert bytes_of(grown) == bytes_of(new)


@in_tmp_path
@given(maps)
def test_nothing_is_made_twice(store, tmp_path_factory, quadrants):
    pyramid = plan_pyramid(store(quadrants), tmp_path_factory.mktemp("cache"), Codec.PNG)
    build_tiles(pyramid.stages)
    assert build_tiles(pyramid.stages) == 0


def test_a_changed_quadrant_remakes_its_ancestors_alone(store, tmp_path):
    quadrants = {(x, y): x + 8 * y for x in range(8) for y in range(8)}
    build_tiles(plan_pyramid(store(quadrants), tmp_path, Codec.PNG).stages)
    changed = plan_pyramid(store({**quadrants, (5, 3): 999}), tmp_path, Codec.PNG)
    assert build_tiles(changed.stages) == changed.grid.depth


def test_a_large_map_that_grows_to_the_left_keeps_its_lower_levels(tmp_path):
    def planned(first):
        leaves = {
            Quadrant(x, y): Leaf(f"{x},{y}", tmp_path) for x in range(first, 80) for y in range(64)
        }
        return plan_pyramid(leaves, tmp_path, Codec.PNG)

    old, new = planned(0), planned(-1)
    kept = [
        {t.key for t in before.values()} <= {t.key for t in after.values()}
        for before, after in zip(old.levels[:5], new.levels[:5], strict=True)
    ]
    assert all(kept)


def test_equal_quadrants_share_their_ancestors(store, tmp_path):
    quadrants = {(x, y): 1 for x in range(4) for y in range(4)}
    pyramid = plan_pyramid(store(quadrants), tmp_path, Codec.PNG)
    assert build_tiles(pyramid.stages) == 2


def test_the_order_and_the_workers_do_not_change_the_bytes(store, tmp_path):
    quadrants = {(x, y): x * y + x for x in range(3) for y in range(3)}
    leaves = store(quadrants)
    here = plan_pyramid(leaves, tmp_path / "here", Codec.PNG)
    there = plan_pyramid(dict(reversed(leaves.items())), tmp_path / "there", Codec.PNG)
    build_tiles(here.stages)
    with ThreadPoolExecutor(2) as pool:
        build_tiles(there.stages, pool.map)
    assert bytes_of(here) == bytes_of(there)


def test_png_leaves_are_the_quadrants_own_files(store, tmp_path):
    leaves = store({(0, 0): 1, (1, 0): 2})
    level = plan_pyramid(leaves, tmp_path, Codec.PNG).levels[0]
    assert [t.path for t in level.values()] == [leaf.path for leaf in leaves.values()]
    assert {t.make for t in level.values()} == {Make.KEEP}


def test_both_codecs_hold_the_same_pixels(store, tmp_path):
    leaves = store({(0, 0): 1, (1, 0): 2, (1, 1): 3})
    png, webp = (plan_pyramid(leaves, tmp_path, codec) for codec in (Codec.PNG, Codec.WEBP))
    build_tiles(png.stages)
    build_tiles(webp.stages)
    tops = [read_picture(p.levels[-1][Place(0, 0)].path).pixels for p in (png, webp)]
    assert (tops[0] == tops[1]).all()


def test_an_empty_file_in_the_cache_is_made_again(store, tmp_path):
    pyramid = plan_pyramid(store({(0, 0): 1, (1, 1): 2}), tmp_path, Codec.PNG)
    build_tiles(pyramid.stages)
    top = pyramid.levels[-1][Place(0, 0)].path
    good = top.read_bytes()
    top.write_bytes(b"")
    assert build_tiles(pyramid.stages) == 1
    assert top.read_bytes() == good


def test_a_missing_quadrant_is_named(store, tmp_path):
    leaves = store({(0, 0): 1, (1, 0): 2})
    leaves[Quadrant(1, 0)].path.unlink()
    pyramid = plan_pyramid(leaves, tmp_path, Codec.PNG)
    with pytest.raises(ObjectMissingError, match=leaves[Quadrant(1, 0)].digest):
        build_tiles(pyramid.stages)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"text"])
def test_a_broken_quadrant_is_named(store, tmp_path, data):
    leaves = store({(0, 0): 1, (1, 0): 2})
    leaves[Quadrant(1, 0)].path.write_bytes(data)
    with pytest.raises(DataError, match="not a readable picture"):
        build_tiles(plan_pyramid(leaves, tmp_path, Codec.PNG).stages)


def test_a_quadrant_of_another_size_is_refused(store, tmp_path, rng_pixels):
    leaves = store({(0, 0): 1, (1, 0): 2})
    leaves[Quadrant(1, 0)].path.write_bytes(encode_rgb(rng_pixels))
    with pytest.raises(DataError, match="4 x 4 px"):
        build_tiles(plan_pyramid(leaves, tmp_path, Codec.PNG).stages)


def test_no_quadrants_are_a_wrong_request(tmp_path):
    with pytest.raises(InputError, match="no quadrant"):
        plan_pyramid({}, tmp_path, Codec.PNG)


@given(st.lists(places, min_size=1, max_size=9))
def test_a_grid_holds_its_quadrants_and_little_more(quadrants):
    grid = Grid.covering([Quadrant(*q) for q in quadrants])
    columns, rows = (sorted(v) for v in zip(*quadrants, strict=True))
    side = max(columns[-1] - columns[0], rows[-1] - rows[0]) + 1
    assert grid.x0 <= columns[0]
    assert grid.x0 + grid.columns == columns[-1] + 1
    assert max(columns[0] - grid.x0, rows[0] - grid.y0) <= side / 4
