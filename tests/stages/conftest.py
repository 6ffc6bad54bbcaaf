"""A tiny rendered map that an infill model can paint: 16 quadrants with a few houses."""

import json
import shutil
from pathlib import Path

import pytest

from isogen.cli.app import run as run_command
from isogen.stages.infill import InfillOptions, infill_map
from isogen.stages.project import Project
from tests.support.painter import KnowingModel

SIDE = 4
FIRST, LAST = -2, 1
LAT, LNG = 60.17, 24.94
PARAMS = f"""
map:
  origin: {{lat: {LAT}, lng: {LNG}}}
  azimuth_deg: 0
  region: {{from: [{FIRST}, {FIRST}], to: [{LAST}, {LAST}]}}
scene: {{source: geojson, extract: town.geojson}}
store: {{durability: fast}}
generate: {{model: local}}
models: {{local: {{cost_usd: 0.02}}}}
"""


def house(lng: float, lat: float, size: float = 0.0002) -> dict[str, object]:
    """A building of a town, as a GeoJSON feature."""
    ring = [
        [lng + x * size * 2, lat + y * size]
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    ]
    return {
        "type": "Feature",
        "properties": {"building": "yes", "height": 12},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture(scope="session")
def rendered_map(tmp_path_factory) -> Path:
    """A project whose scene and renders are made; nobody may change it."""
    folder = tmp_path_factory.mktemp("town")
    places = [(i * 0.0062, j * 0.0042) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    features = [house(LNG + e, LAT + n) for e, n in places]
    (folder / "town.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": features})
    )
    (folder / "params.yaml").write_text(PARAMS)
    for command in ("source", "scene", "render"):
        assert run_command(["-C", str(folder), "-q", command]) == 0
    return folder


@pytest.fixture
def town(rendered_map, tmp_path) -> Project:
    """A rendered map to paint."""
    return Project(Path(shutil.copytree(rendered_map, tmp_path / "town")))


@pytest.fixture
def model() -> KnowingModel:
    return KnowingModel()


@pytest.fixture
def paint(town, model):
    """Paint the town, or some quadrants of it."""

    def paint(*quadrants, model=model, **options):
        return infill_map(town, model, quadrants or None, InfillOptions(**options))

    return paint
