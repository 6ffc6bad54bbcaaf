"""A map painted by an infill model: server, wire, driver and command line as they are."""

import shutil
import socket
from pathlib import Path

import numpy as np
import pytest

from isogen.geo.grid import QUADRANT_PX
from isogen.image.decode import decode_picture
from isogen.stages.project import Project
from tests.support.served import paint_by, painted

from .conftest import set_params

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("e2e")]

REACH_PX = 32
"""How far from the edges of what it paints the built-in artist looks, and the border."""


def pictures(folder):
    layer = Project(folder).layer("generation")
    return {
        row.quadrant: decode_picture(layer.objects.get(row.sha256), max_pixels=QUADRANT_PX**2)
        for row in layer.rows()
    }


@pytest.fixture
def painted_copy(whole_town, tmp_path):
    """The painted map, to be changed."""
    return Path(shutil.copytree(whole_town.folder, tmp_path / "painted"))


def test_a_painted_map_is_not_painted_again(painted_copy, whole_town, run):
    asked = len(whole_town.server.shares)
    again = run(painted_copy, "generate")
    assert (again.code, len(whole_town.server.shares)) == (0, asked)
    assert "16 already done" in again.err
    assert painted(painted_copy) == painted(whole_town.folder)
    assert "16 of 16" in run(painted_copy, "status").out


def test_a_map_painted_elsewhere_many_at_once_is_the_same_to_the_byte(town_copy, whole_town, run):
    paint_by(town_copy, whole_town.server.url)
    made = whole_town.server.made
    assert run(town_copy, "generate", "-j", "8").code == 0
    assert painted(town_copy) == painted(whole_town.folder)
    assert whole_town.server.made == made, "the same was asked for"


def test_it_differs_from_the_direct_way_only_at_edges_of_quadrants(town_copy, whole_town, run):
    set_params(town_copy, "{model: local}", "{model: pixelart, source: render}")
    assert run(town_copy, "generate").code == 0
    near_edge = np.ones((QUADRANT_PX, QUADRANT_PX), np.bool_)
    near_edge[REACH_PX:-REACH_PX, REACH_PX:-REACH_PX] = False
    direct, infill = pictures(town_copy), pictures(whole_town.folder)
    assert direct.keys() == infill.keys()
    differs = {q: (direct[q] != infill[q]).any(axis=2) for q in direct}
    assert not any((found & ~near_edge).any() for found in differs.values())
    assert np.mean(list(differs.values())) < 0.01


def test_a_dead_server_ends_with_4_and_what_is_painted_stays(town_copy, whole_town, run):
    url = whole_town.server.url
    paint_by(town_copy, url)
    set_params(town_copy, "concurrency: 2", "attempts: 1")
    assert run(town_copy, "generate", "--limit", "3").code == 0
    before = painted(town_copy)
    with socket.create_server(("127.0.0.1", 0)) as free:
        dead = f"http://127.0.0.1:{free.getsockname()[1]}/edit_b64"
    set_params(town_copy, url, dead)
    failed = run(town_copy, "generate")
    assert (failed.code, failed.out) == (4, "")
    assert "isogen models serve" in failed.err
    assert painted(town_copy) == before
    assert "8 of 16" in run(town_copy, "status").out
    set_params(town_copy, dead, url)
    assert run(town_copy, "generate").code == 0
    assert painted(town_copy) == painted(whole_town.folder)
