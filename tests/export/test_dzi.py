import io
import re

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from isogen.export.build import build_tiles
from isogen.export.dzi import deep_zoom
from isogen.export.folder import write_folder
from isogen.export.picture import Codec, read_picture
from isogen.export.pyramid import plan_pyramid

places = st.tuples(st.integers(-3, 3), st.integers(-3, 3))
maps = st.dictionaries(places, st.integers(0, 3), min_size=1, max_size=4)
in_tmp_path = settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def zoom(store, tmp_path):
    def make(quadrants, codec=Codec.PNG):
        made = deep_zoom(plan_pyramid(store(quadrants), tmp_path / "cache", codec))
        build_tiles(made.stages)
        return made

    return make


def size_of(zoom):
    text = dict(zoom.files())["tiles.dzi"].decode()
    return tuple(int(v) for v in re.search(r'Width="(\d+)" Height="(\d+)"', text).groups())


def assembled(files, level, size):
    """What a viewer puts on the screen: RGBA, from the files of one level."""
    whole = Image.new("RGBA", size)
    for name, path in files.items():
        found = re.fullmatch(rf"tiles_files/{level}/(\d+)_(\d+)\.\w+", name)
        if found:
            column, row = (int(v) for v in found.groups())
            tile = Image.open(io.BytesIO(path.read_bytes())).convert("RGBA")
            assert column * 512 + tile.width <= size[0]
            assert row * 512 + tile.height <= size[1]
            whole.paste(tile, (column * 512, row * 512))
    return np.asarray(whole)


@in_tmp_path
@given(maps)
def test_the_last_level_is_the_mosaic_of_the_quadrants(zoom, store, quadrants):
    made = zoom(quadrants)
    size, grid = size_of(made), made.pyramid.grid
    mosaic = np.zeros((size[1], size[0], 4), np.uint8)
    for (x, y), leaf in store(quadrants).items():
        row, column = (y - grid.y0) * 512, (x - grid.x0) * 512
        mosaic[row : row + 512, column : column + 512] = read_picture(leaf.path).pixels
    last = len(made.levels) - 1
    assert np.array_equal(assembled(dict(made.files()), last, size), mosaic)


@in_tmp_path
@given(maps)
def test_each_level_is_half_the_next_down_to_one_pixel(zoom, quadrants):
    made = zoom(quadrants)
    sizes = [
        (
            max(p.column * 512 + t.width for p, t in level.items()),
            max(p.row * 512 + t.height for p, t in level.items()),
        )
        for level in made.levels
    ]
    width, height = size_of(made)
    last = len(made.levels) - 1
    assert last == (max(width, height) - 1).bit_length()
    wanted = [(-(-width >> (last - k)), -(-height >> (last - k))) for k in range(last + 1)]
    assert all(s[0] <= w[0] and s[1] <= w[1] for s, w in zip(sizes, wanted, strict=True))
    assert sizes[:10] == wanted[:10]
    assert sizes[0] == (1, 1)


def test_every_file_has_the_size_it_is_said_to_have(zoom):
    made = zoom({(0, 0): 1, (2, 0): 2, (1, 1): 3})
    tiles = [t for level in made.levels for t in level.values()]
    pictures = [read_picture(t.path) for t in tiles]
    assert [(p.width, p.height) for p in pictures] == [(t.width, t.height) for t in tiles]


def test_a_description_says_what_viewers_need(zoom):
    made = zoom({(0, 0): 1, (2, 0): 2}, Codec.WEBP)
    assert dict(made.files("map"))["map.dzi"] == (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<Image xmlns="http://schemas.microsoft.com/deepzoom/2008"'
        b' Format="webp" Overlap="0" TileSize="512">\n'
        b'  <Size Width="1536" Height="512"/>\n'
        b"</Image>\n"
    )


def test_places_with_nothing_have_no_file(zoom):
    names = dict(zoom({(0, 0): 1, (3, 3): 2}).files())
    full = [n for n in names if n.startswith("tiles_files/11/")]
    assert full == ["tiles_files/11/0_0.png", "tiles_files/11/3_3.png"]


def test_a_folder_is_left_alone_when_nothing_changed(zoom, tmp_path):
    out = tmp_path / "out"
    assert write_folder(zoom({(0, 0): 1, (1, 0): 2}).files(), out)
    before = {p: p.stat().st_mtime_ns for p in [out, *out.rglob("*")]}
    assert not write_folder(zoom({(0, 0): 1, (1, 0): 2}).files(), out)
    assert {p: p.stat().st_mtime_ns for p in [out, *out.rglob("*")]} == before


def test_a_smaller_map_leaves_no_stale_tiles(zoom, tmp_path):
    write_folder(zoom({(0, 0): 1, (3, 3): 2}).files(), tmp_path / "out")
    write_folder(zoom({(0, 0): 1}).files(), tmp_path / "out")
    write_folder(zoom({(0, 0): 1}).files(), tmp_path / "fresh")
    names, fresh = (
        {p.relative_to(f).as_posix(): p.is_dir() or p.read_bytes() for p in f.rglob("*")}
        for f in (tmp_path / "out", tmp_path / "fresh")
    )
    assert names == fresh
