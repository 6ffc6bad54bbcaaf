import os

import pytest
from hypothesis import settings

settings.register_profile("isogen", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("isogen")


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite golden files and the README's help"
    )


@pytest.fixture
def update_golden(request):
    """Whether golden files are to be rewritten."""
    return request.config.getoption("--update-golden")
