import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Error, sync_playwright

from isogen.digest import digest_of
from isogen.export.build import build_tiles
from isogen.export.dzi import deep_zoom
from isogen.export.folder import write_folder
from isogen.export.picture import Codec
from isogen.export.pyramid import Grid, Leaf, plan_pyramid
from isogen.export.serve import serve
from isogen.export.site import Attribution, Site, SiteLayer
from isogen.geo.camera import Camera
from isogen.geo.grid import Quadrant
from isogen.geo.wgs84 import Projection
from isogen.image.png import encode_indexed, expand
from isogen.seeds import Stream

PALETTE = np.array(
    [[31, 96, 150], [96, 150, 80], [190, 80, 60], [235, 220, 190], [70, 70, 84], [250, 200, 90]],
    np.uint8,
)
HOLES = {(-1, -1), (2, 1)}
PLACES = [(x, y) for y in range(-1, 2) for x in range(-1, 3) if (x, y) not in HOLES]


@dataclass(frozen=True)
class Published:
    """A small site on disk and on a server, and the pixels that it shows."""

    folder: Path
    url: str
    projection: Projection
    pixels: dict

    def window(self, layer, x, y, width, height):
        """Pixels of a layer, RGB: what the page must show of the map's rectangle."""
        out = np.empty((height, width, 3), np.uint8)
        for row in range(height):
            for first in range(x - x % 512, x + width, 512):
                part = self.pixels[layer][first // 512, (y + row) // 512][(y + row) % 512]
                a, b = max(first, x), min(first + 512, x + width)
                out[row, a - x : b - x] = part[a - first : b - first]
        return out


def _art(seed, place):
    stream = Stream(seed, *place)
    blocks = np.array([stream.below(len(PALETTE)) for _ in range(64 * 64)], np.uint8)
    return np.repeat(np.repeat(blocks.reshape(64, 64), 4, axis=0), 4, axis=1)


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    projection = Projection(60.1718, 24.9455, 17.5, Camera(-15, 45, 300 / 1024))
    grid = Grid.covering([Quadrant(*p) for p in PLACES])
    layers, pixels = [], {}
    for seed, (name, title) in enumerate((("generation", "Pixel art"), ("render", "Render"))):
        leaves, pixels[name] = {}, {}
        for place in PLACES:
            indices = _art(seed, place)
            data = encode_indexed(indices, PALETTE, scale=2)
            path = root / "objects" / f"{digest_of(data)}.png"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            leaves[Quadrant(*place)] = Leaf(digest_of(data), path)
            pixels[name][place] = expand(indices, PALETTE, scale=2)[..., :3]
        zoom = deep_zoom(plan_pyramid(leaves, root / "cache", Codec.PNG, grid))
        build_tiles(zoom.stages)
        layers.append(SiteLayer(name, title, zoom))
    osm = Attribution("© OpenStreetMap contributors", "https://www.openstreetmap.org/copyright")
    site = Site("Helsinki", projection, tuple(layers), (osm,))
    write_folder(site.files(), root / "www" / "maps" / "helsinki")
    with closing(serve(root / "www")) as server:
        yield Published(
            root / "www" / "maps" / "helsinki",
            f"{server.url}maps/helsinki/",
            projection,
            pixels,
        )


@pytest.fixture(scope="session")
def browser():
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((p for p in map(shutil.which, names) if p), None)
    with sync_playwright() as playwright:
        chosen = os.environ.get("ISOGEN_CHROMIUM")
        try:
            running = playwright.chromium.launch(executable_path=chosen, args=["--no-sandbox"])
        except Error:
            if chosen or not found:
                raise
            running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


def wait_until_it_rests(page):
    """Wait until nothing moves, one layer is seen, and all that is seen of it is loaded."""
    page.wait_for_timeout(100)
    page.wait_for_function(
        """() => {
            const { world, viewport } = isogen.view.viewer;
            const images = [...Array(world.getItemCount()).keys()].map((i) => world.getItemAt(i));
            const seen = images.filter((image) => image.getOpacity() > 0);
            return isogen.layers.shown === isogen.layers.current
                && Math.abs(viewport.getZoom(true) / viewport.getZoom(false) - 1) < 1e-6
                && viewport.getCenter(true).distanceTo(viewport.getCenter(false)) < 1e-7
                && seen.length === 1 && seen[0].getOpacity() === 1 && seen[0].getFullyLoaded();
        }"""
    )
    page.wait_for_timeout(280)


@pytest.fixture(scope="session")
def rest():
    return wait_until_it_rests


@pytest.fixture
def open_page(browser, published, rest):
    """Opens the site; whatever goes wrong on the page fails the test."""
    faults, contexts = [], []

    def answered(response):
        if response.status >= 400:
            faults.append(f"{response.status} {response.url}")

    def open_at(link="", *, url=None, width=1280, height=800, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: faults.append(m.text) if m.type != "log" else None)
        page.on("pageerror", lambda e: faults.append(str(e)))
        page.on("requestfailed", lambda r: faults.append(f"failed {r.url}"))
        page.on("response", answered)
        page.goto((url or published.url) + link)
        page.wait_for_function("window.isogen")
        rest(page)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not faults
