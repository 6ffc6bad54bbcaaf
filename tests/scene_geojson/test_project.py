"""A GeoJSON file as the source of a project."""

import shutil

import pytest

from isogen.errors import InputError
from isogen.mesh.cell import CellKey
from isogen.scene.osm.extract import bundled_extract
from isogen.scene.sources import open_source
from isogen.stages.project import Project
from isogen.stages.source import check_extract, import_source
from isogen.stages.start import start_project

from .conftest import feature, line, polygon

CITY = (
    feature(polygon((480, 480, 520, 520)), levels=5),
    feature(line((0, 460), (1000, 460)), **{"class": "street"}),
)


@pytest.fixture
def project(tmp_path, write):
    folder = tmp_path / "map"
    start_project(folder, extract=str(write(*CITY, attribution="City of Oz")))
    return Project(folder)


def test_a_project_starts_around_the_middle_of_a_geojson_file(project):
    params = project.params
    assert (params.scene.source, params.map.name) == ("geojson", "City")
    assert (params.map.origin.lat, params.map.origin.lng) == (50.005, 14.005)


def test_what_a_geojson_file_holds_is_built(project):
    assert import_source(project).attribution == "City of Oz"
    check_extract(project)
    parts = open_source(project.params, project.sources).build(CellKey(0, 0))
    assert len(parts.mesh.faces) > 10


def test_a_source_of_another_kind_is_refused_with_what_to_set(project):
    shutil.copy(bundled_extract("kotka"), project.root / "kotka.osm.pbf")
    with pytest.raises(InputError, match=r"kotka\.osm\.pbf is for scene\.source 'osm'") as caught:
        import_source(project, "kotka.osm.pbf")
    assert "scene.source" in caught.value.hint


def test_a_file_of_no_known_kind_is_refused(project):
    with pytest.raises(InputError, match=r"city\.shp"):
        import_source(project, "city.shp")


def test_the_heading_is_chosen_and_said(tmp_path, write):
    folder = tmp_path / "auto"
    said = start_project(folder, extract=str(write(*CITY)))
    assert "azimuth 45" in said[0]
    assert Project(folder).params.map.azimuth_deg == 45


def test_a_heading_that_is_given_is_kept(tmp_path, write):
    folder = tmp_path / "given"
    said = start_project(folder, extract=str(write(*CITY)), azimuth_deg=-15)
    assert Project(folder).params.map.azimuth_deg == -15
    assert "azimuth" not in said[0]


def test_a_heading_beyond_a_full_turn_is_refused(tmp_path):
    with pytest.raises(InputError, match="azimuth_deg"):
        start_project(tmp_path / "far", azimuth_deg=400)
