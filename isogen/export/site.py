"""The static site: a page, what it needs to know, and a Deep Zoom picture per layer.

Everything lies beside the page and is named relative to it, so that it works from any
static host, under any path, and as a plain file.
"""

import base64
import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from isogen.digest import canonical_json
from isogen.errors import InputError
from isogen.export.dzi import DeepZoom
from isogen.export.pyramid import TILE_PX, Grid, Level
from isogen.geo.camera import ORIGIN_PX
from isogen.geo.grid import QUADRANT_PX
from isogen.geo.wgs84 import Projection

SCHEMA = "isogen.map/1"
"""Name and version of map.json; web/site/src/map.ts reads it."""

VOID_COLOR = "#16213a"
"""Around the map, where nothing is drawn."""

PAGE = "index.html"

_FACTS = "map.json"
_LAYERS = "layers"
_ASSETS = ("viewer.css", "viewer.js", "openseadragon-license.txt")

TOP_NAMES = frozenset({PAGE, _FACTS, _LAYERS, *_ASSETS})
"""What lies at the top of an exported folder."""

_VERSION_DIGITS = 12


@dataclass(frozen=True)
class Attribution:
    """Whom the map's data is owed to."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class View:
    """What the page shows first."""

    x: float
    """Screen x of the center."""

    y: float
    zoom: float | None = None
    """Log2 of CSS pixels per screen pixel; without it the map fills the window."""


@dataclass(frozen=True)
class SiteLayer:
    """A layer that people can look at."""

    name: str
    """Becomes the name of a folder."""

    title: str
    zoom: DeepZoom


@dataclass(frozen=True)
class Site:
    """A map to be published."""

    title: str
    projection: Projection
    layers: tuple[SiteLayer, ...]
    """In the order of the page, all on one grid; the first one is shown."""

    attribution: tuple[Attribution, ...] = ()
    view: View | None = None
    """None is the middle of what is drawn."""

    void_color: str = VOID_COLOR
    """A CSS color, as ``#rrggbb``."""

    def __post_init__(self) -> None:
        if not self.layers:
            raise InputError("a site needs at least one layer", hint="Run `isogen generate` first.")
        if len({layer.zoom.pyramid.grid for layer in self.layers}) > 1:
            raise ValueError("the layers of a site must have one grid")

    @property
    def grid(self) -> Grid:
        """The grid of all layers."""
        return self.layers[0].zoom.pyramid.grid

    def facts(self) -> bytes:
        """Return map.json: all that the page knows of the map."""
        x0, y0, x1, y1 = self._content()
        view = self.view or View((x0 + x1) / 2, (y0 + y1) / 2)
        facts: dict[str, Any] = {
            "schema": SCHEMA,
            "title": self.title,
            "attribution": [{"text": a.text, "url": a.url} for a in self.attribution],
            "projection": _projection_facts(self.projection),
            "pixel_size": self.projection.camera.pixel_size,
            "void_color": self.void_color,
            "grid": {**vars(self.grid), "tile_px": TILE_PX},
            "content": {"x0": x0, "y0": y0, "x1": x1, "y1": y1},
            "view": {"x": view.x, "y": view.y, "zoom": view.zoom},
            "layers": [_layer_facts(layer) for layer in self.layers],
        }
        return canonical_json(facts)

    def files(self) -> Iterator[tuple[str, bytes | Path]]:
        """Yield the name of each file with its bytes, or with the file that holds them.

        The tiles must have been built.

        Raises:
            InputError: The page has not been built.
        """
        facts = self.facts()
        yield PAGE, self._page(facts)
        yield _FACTS, facts
        for name in _ASSETS:
            yield name, _asset(name)
        for layer in self.layers:
            for name, content in layer.zoom.files():
                yield f"{_LAYERS}/{layer.name}/{name}", content

    def _content(self) -> tuple[int, int, int, int]:
        """Return the screen pixels around all quadrants; the last two are outside."""
        places = [p for layer in self.layers for p in layer.zoom.pyramid.levels[0]]
        columns, rows = zip(*places, strict=True)
        x0, y0 = self.grid.x0, self.grid.y0
        quadrants = (x0 + min(columns), y0 + min(rows), x0 + max(columns) + 1, y0 + max(rows) + 1)
        left, top, right, bottom = (q * QUADRANT_PX for q in quadrants)
        return left, top, right, bottom

    def _page(self, facts: bytes) -> bytes:
        description = f"{self.title}: a seamless isometric pixel-art map to wander through."
        fields = {
            "title": html.escape(self.title),
            "description": html.escape(description),
            "void_color": html.escape(self.void_color),
            "map": facts.decode().replace("<", "\\u003c"),
        }
        page = _asset(PAGE).decode()
        head, *rest = page.split("{{")
        for part in rest:
            name, _, text = part.partition("}}")
            head += fields[name] + text
        return head.encode()


def is_site(folder: Path) -> bool:
    """Tell whether a folder has the marks of an exported site, of any version."""
    try:
        facts: Any = json.loads((folder / _FACTS).read_bytes())
        found = str(facts["schema"])
    except (OSError, ValueError, TypeError, LookupError):
        return False
    return found.rpartition("/")[0] == SCHEMA.rpartition("/")[0] and (folder / PAGE).is_file()


def _projection_facts(projection: Projection) -> dict[str, float]:
    camera = projection.camera
    return {
        "lat": projection.lat,
        "lng": projection.lng,
        "height_m": projection.height_m,
        "azimuth_deg": camera.azimuth_deg,
        "elevation_deg": camera.elevation_deg,
        "m_per_px": camera.m_per_px,
        "origin_px": ORIGIN_PX,
    }


def _layer_facts(layer: SiteLayer) -> dict[str, Any]:
    pyramid = layer.zoom.pyramid
    return {
        "name": layer.name,
        "title": layer.title,
        "tiles": f"{_LAYERS}/{layer.name}/tiles_files",
        "format": pyramid.codec,
        "version": pyramid.digest[:_VERSION_DIGITS],
        "exists": [
            existence(level, -(-pyramid.grid.columns >> k), -(-pyramid.grid.rows >> k))
            for k, level in enumerate(pyramid.levels)
        ],
    }


def existence(level: Level, columns: int, rows: int) -> str:
    """Tell which tiles of a level exist: one bit each, row by row, lowest bit first, base64."""
    bits = bytearray(-(-columns * rows // 8))
    for place in level:
        index = place.row * columns + place.column
        bits[index >> 3] |= 1 << (index & 7)
    return base64.b64encode(bits).decode()


def _asset(name: str) -> bytes:
    try:
        return resources.files("isogen.export").joinpath("assets", name).read_bytes()
    except FileNotFoundError as error:
        raise InputError(
            f"the viewer page is not built: isogen/export/assets/{name} is missing",
            hint="Run `python web/build.py` in isogen's source folder.",
        ) from error
