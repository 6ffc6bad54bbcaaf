"""Draw the pictures of docs/gallery.

    python benchmarks/gallery.py            all of them
    python benchmarks/gallery.py night      those whose names contain a word

Each is a window of a map, drawn in this process from its source: one picture pixel for
each art pixel. Places that are not bundled are files that benchmarks/places.py has
written to data/cache/places.
"""

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from hills import write_hills

from isogen.image.png import encode_indexed
from isogen.mesh.assemble import cells_near
from isogen.mesh.cell import CellKey
from isogen.mesh.window import Window
from isogen.params import Params, params_yaml
from isogen.render.draw import draw, load_cells
from isogen.scene.sources import open_source
from isogen.stages.project import Project
from isogen.stages.source import import_source
from isogen.stages.start import start_project

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "docs" / "gallery"
PLACES = ROOT / "data" / "cache" / "places"


@dataclass(frozen=True)
class Picture:
    """One picture of the gallery."""

    name: str
    place: str
    """A bundled extract, ``procedural``, or a file in ``PLACES``."""

    middle: tuple[float, float]
    """Latitude and longitude of its middle."""

    size: tuple[int, int]
    """Columns and rows of art pixels."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    """Other settings, by section and name joined with a dot."""

    hills: bool = False
    """Whether the place is lifted by the invented hills of hills.py."""


STATION = (60.1712, 24.9432)
SENATE = (60.1695, 24.9515)
BAY = (60.1772, 24.9490)
SUBURB = (60.5305, 26.9480)
SUBURB = (60.5281, 26.9545)
ALAMO = (37.7725, -122.4395)
VILLAS = (50.1029, 14.4030)

PICTURES = (
    Picture("helsinki", "helsinki", STATION, (1120, 680)),
    Picture("helsinki-senate", "helsinki", SENATE, (560, 400)),
    Picture("helsinki-night", "helsinki", SENATE, (560, 400), {"generate.palette": "night"}),
    Picture("helsinki-winter", "helsinki", BAY, (720, 480), {"generate.style": "winter-comic"}),
    Picture(
        "hills",
        "kotka",
        SUBURB,
        (720, 480),
        {"scene.terrain_scale": 2.0, "scene.flavor": "mediterranean"},
        hills=True,
    ),
    Picture("kotka", "kotka", SUBURB, (720, 480)),
    Picture("san-francisco", "san-francisco.geojson", ALAMO, (720, 480)),
    Picture("bubenec", "bubenec.geojson", VILLAS, (720, 480)),
    Picture("endless-city", "procedural", (60.1718, 24.9455), (1000, 640)),
)


def extract_of(place: str) -> str | None:
    """Return what ``isogen init`` takes for a place."""
    if place == "procedural" or "." not in place:
        return None if place == "procedural" else place
    path = PLACES / place
    if not path.is_file():
        sys.exit(f"there is no {path}: run benchmarks/places.py, which makes it")
    return str(path)


def project_of(picture: Picture, root: Path) -> Project:
    """Begin a project for a picture and bring its source in."""
    extract = extract_of(picture.place)
    start_project(root, extract=extract)
    path = root / "params.yaml"
    settings = yaml.safe_load(path.read_text("utf-8"))
    if extract is None:
        settings["scene"]["source"] = "procedural"
    for name, value in picture.settings.items():
        *sections, last = name.split(".")
        group = settings
        for section in sections:
            group = group[section]
        group[last] = value
    if picture.hills:
        write_hills(root / "hills.tif", *picture.middle)
        settings["scene"]["terrain"] = "hills.tif"
    path.write_text(params_yaml(Params.model_validate(settings)), "utf-8")
    project = Project(root)
    import_source(project)
    return project


def window_around(params: Params, middle: tuple[float, float], size: tuple[int, int]) -> Window:
    """Return the window of some art pixels around a place."""
    x, y = params.projection.to_screen(*middle)
    art_x, art_y = round(x / params.map.pixel_size), round(y / params.map.pixel_size)
    return Window(art_x - size[0] // 2, art_y - size[1] // 2, *size)


def png_of(picture: Picture) -> bytes:
    """Draw a picture."""
    with tempfile.TemporaryDirectory() as folder:
        project = project_of(picture, Path(folder))
        params = project.params
        window = window_around(params, picture.middle, picture.size)
        source = open_source(params, project.sources)
        near = cells_near(window, params.camera)
        keys = {CellKey(k.i + i, k.j + j) for k in near for j in (-1, 0, 1) for i in (-1, 0, 1)}
        cells = load_cells({key: source.build(key) for key in sorted(keys)}, params.camera)
        style = project.style()
        indices = draw(window, cells, params.camera, style)
        return encode_indexed(indices, style.palette(params.generate.palette).colors)


def main() -> None:
    """Draw the pictures whose names contain the words given; all without any."""
    GALLERY.mkdir(exist_ok=True)
    for picture in PICTURES:
        if all(word in picture.name for word in sys.argv[1:]):
            png = png_of(picture)
            (GALLERY / f"{picture.name}.png").write_bytes(png)
            print(f"{picture.name}: {len(png) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
