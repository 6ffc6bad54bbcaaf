import base64
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.errors import InputError
from isogen.export.dzi import deep_zoom
from isogen.export.folder import write_folder
from isogen.export.picture import Codec
from isogen.export.pyramid import Grid, Place, plan_pyramid
from isogen.export.site import TOP_NAMES, Attribution, Site, SiteLayer, View, existence, is_site
from isogen.geo.camera import Camera
from isogen.geo.wgs84 import Projection

GOLDEN = Path(__file__).parent / "golden" / "map.json"
PROJECTION = Projection(60.1718, 24.9455, 17.5, Camera(-15, 45, 300 / 1024))
OSM = Attribution("© OpenStreetMap contributors", "https://www.openstreetmap.org/copyright")


@pytest.fixture
def site(store, tmp_path):
    def make(**changes):
        leaves = store({(-1, 0): 1, (0, 0): 2, (1, 2): 3})
        grid = Grid.covering(leaves)
        zoom = deep_zoom(plan_pyramid(leaves, tmp_path, Codec.PNG, grid))
        layers = (SiteLayer("generation", "Pixel art", zoom),)
        return Site(
            **{
                "title": "Helsinki",
                "projection": PROJECTION,
                "layers": layers,
                "attribution": (OSM,),
                **changes,
            }
        )

    return make


def test_map_json_is_as_agreed_with_the_page(site):
    facts = json.loads(site().facts())
    versions = [layer.pop("version") for layer in facts["layers"]]
    assert facts == json.loads(GOLDEN.read_text("utf-8"))
    assert [len(v) for v in versions] == [12]


def test_the_same_map_gives_the_same_bytes(site):
    assert site().facts() == site().facts()


def test_the_middle_of_what_is_drawn_is_shown_unless_another_view_is_wanted(site):
    assert json.loads(site().facts())["view"] == {"x": 256.0, "y": 768.0, "zoom": None}
    wanted = View(10, -20, 1.5)
    assert json.loads(site(view=wanted).facts())["view"] == {"x": 10, "y": -20, "zoom": 1.5}


def test_a_title_cannot_break_out_of_the_page(site):
    files = dict(_small(site(title='</script><b>"&{{map}}')))
    page = files["index.html"].decode()
    assert "</script><b>" not in page
    assert "&lt;/script&gt;&lt;b&gt;&quot;&amp;{{map}}" in page
    facts = re.search(r'id="map-facts">(.*?)</script>', page, re.DOTALL)[1]
    assert json.loads(facts)["title"] == '</script><b>"&{{map}}'


def test_every_link_of_the_page_is_relative_and_there(site):
    files = dict(_small(site()))
    page = files["index.html"].decode()
    links = re.findall(r'(?:href|src)="(?!data:)([^"]+)"', page)
    assert links
    assert set(links) <= files.keys()


def test_a_written_site_is_known_again_and_has_nothing_else_at_its_top(site, tmp_path):
    files = _small(site())
    assert {name.partition("/")[0] for name, _ in files} == TOP_NAMES
    assert not is_site(tmp_path / "out")
    write_folder(files, tmp_path / "out")
    assert is_site(tmp_path / "out")


def test_a_site_without_layers_is_a_wrong_request(site):
    with pytest.raises(InputError, match="at least one layer"):
        site(layers=())


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_existence_has_one_bit_per_tile_row_by_row(columns, rows, data):
    every = [Place(c, r) for r in range(rows) for c in range(columns)]
    there = data.draw(st.sets(st.sampled_from(every)))
    bits = base64.b64decode(existence(dict.fromkeys(there), columns, rows))
    read = {p for i, p in enumerate(every) if bits[i >> 3] >> (i & 7) & 1}
    assert read == there


def _small(site):
    """The files of a site that are not tiles."""
    try:
        return [(n, c) for n, c in site.files() if isinstance(c, bytes)]
    except InputError as error:
        pytest.skip(str(error))
