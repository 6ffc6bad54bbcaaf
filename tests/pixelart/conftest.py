from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden(request):
    """Return the bytes of a golden file; with --update-golden, rewrite it first."""

    def read(name, data):
        if request.config.getoption("--update-golden", default=False):
            (GOLDEN / name).write_bytes(data)
        return (GOLDEN / name).read_bytes()

    return read
