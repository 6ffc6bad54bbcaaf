"""Places of other countries, from thin data, through all that draws a window."""

import json

import numpy as np
import pytest

from isogen.mesh.assemble import cells_near
from isogen.mesh.cell import VOID
from isogen.mesh.vocabulary import Ground, Kind, Material
from isogen.mesh.window import Window
from isogen.render.draw import draw, load_cells
from isogen.scene.sources import open_source
from isogen.stages.project import Project
from isogen.stages.source import import_source
from isogen.stages.start import start_project

LAT, LNG = 37.7725, -122.4395
LAT_M, LNG_M = 111_000.0, 87_900.0
MIDDLE = 256
"""The origin of every map, in art pixels either way."""

HALF = 80
LOW = MIDDLE - HALF


def feature(kind, coordinates, **properties):
    points = [[LNG + e / LNG_M, LAT + n / LAT_M] for e, n in coordinates]
    held = [points] if kind == "Polygon" else points
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": held},
    }


def house(e, n):
    ring = [(e, n), (e + 8, n), (e + 8, n + 18), (e, n + 18), (e, n)]
    return feature("Polygon", ring, building="yes", height=9 + abs(e) % 5)


def built_around(tmp_path, extract):
    """Return the parameters, the parts by cell and the style of a project's middle."""
    folder = tmp_path / "map"
    start_project(folder, extract=str(extract))
    project = Project(folder)
    import_source(project)
    params = project.params
    source = open_source(params, project.sources)
    near = cells_near(Window(LOW, LOW, 2 * HALF, 2 * HALF), params.camera)
    return params, {key: source.build(key) for key in sorted(near)}, project.style()


@pytest.fixture(scope="module")
def san_francisco(tmp_path_factory):
    """A block between two streets: footprints, heights, centerlines, nothing else."""
    folder = tmp_path_factory.mktemp("san-francisco")
    rows = [house(e, n) for n in (-32, 14) for e in range(-64, 64, 8)]
    streets = [
        feature("LineString", [(-150, n), (150, n)], **{"class": kind})
        for n, kind in ((-42, "street"), (42, "secondary"))
    ]
    frame = feature("LineString", [(-150, -150), (150, 150)], **{"class": "path"})
    path = folder / "block.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [*rows, *streets, frame]}))
    return built_around(folder, path)


@pytest.fixture(scope="module")
def kotka(tmp_path_factory):
    return built_around(tmp_path_factory.mktemp("kotka"), "kotka")


def picture(place, window):
    params, parts, style = place
    return draw(window, load_cells(parts, params.camera), params.camera, style)


def classes(place):
    grounds = [parts.ground.ravel() for parts in place[1].values()]
    ground = np.concatenate(grounds)
    return set(np.unique(ground[ground != VOID]).tolist())


def test_american_streets_have_yellow_lines_and_green_behind_their_houses(san_francisco):
    assert {Ground.YELLOW, Ground.PAVE, Ground.ROAD} <= classes(san_francisco)
    assert classes(san_francisco) & {Ground.GRASS, Ground.MOWN, Ground.MEADOW}


def test_rows_of_houses_differ_in_color(san_francisco):
    faces = np.concatenate([parts.mesh.faces for parts in san_francisco[1].values()])
    walls = faces[faces["kind"] == Kind.WALL]["material"]
    assert len(set(walls.tolist()) & set(Material)) > 6


def test_nordic_streets_have_white_lines_alone(kotka):
    assert Ground.LINE in classes(kotka)
    assert Ground.YELLOW not in classes(kotka)


@pytest.mark.parametrize("name", ["san_francisco", "kotka"])
def test_a_window_drawn_in_pieces_is_the_window_drawn_at_once(name, request):
    place = request.getfixturevalue(name)
    whole = picture(place, Window(LOW, LOW, 2 * HALF, 2 * HALF))
    left = picture(place, Window(LOW, LOW, HALF, 2 * HALF))
    right = picture(place, Window(MIDDLE, LOW, HALF, 2 * HALF))
    assert np.array_equal(np.concatenate([left, right], axis=1), whole)
    assert len(np.unique(whole)) > 12
