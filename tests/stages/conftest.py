"""A tiny rendered map that an infill model can paint: 16 quadrants with a few houses."""

import shutil
from pathlib import Path

import pytest

from isogen.stages.infill import InfillOptions, infill_map
from isogen.stages.project import Project
from tests.support.painter import KnowingModel
from tests.support.town import render_town

SIDE = 4
FIRST, LAST = -2, 1


@pytest.fixture(scope="session")
def rendered_map(tmp_path_factory) -> Path:
    """A project whose scene and renders are made; nobody may change it."""
    return render_town(tmp_path_factory.mktemp("town"), FIRST, LAST, "{local: {cost_usd: 0.02}}")


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
