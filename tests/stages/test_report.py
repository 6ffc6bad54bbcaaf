import numpy as np
import pytest

from isogen.geo.grid import QUADRANT_PX, Quadrant
from isogen.stages.report import uniform_blocks


def shown(quadrant, pixel_size):
    """A quadrant of a map on which every art pixel has a number of its own."""
    x0, y0, x1, y1 = Quadrant(*quadrant).box
    x, y = np.arange(x0, x1) // pixel_size, np.arange(y0, y1) // pixel_size
    return (x[None, :] + 10_000 + 100_000 * (y[:, None] + 10_000)).astype(np.uint32)


@pytest.mark.parametrize("pixel_size", [1, 2, 3, 4])
@pytest.mark.parametrize("quadrant", [(0, 0), (1, 2), (-1, -5)])
def test_art_pixels_on_the_lattice_of_the_map_are_uniform(quadrant, pixel_size):
    blocks = uniform_blocks(shown(quadrant, pixel_size), quadrant, pixel_size)
    assert blocks.all()
    assert blocks.size >= (QUADRANT_PX // pixel_size - 1) ** 2


@pytest.mark.parametrize("pixel_size", [2, 3, 4])
def test_art_pixels_off_the_lattice_are_not(pixel_size):
    moved = np.roll(shown((1, 1), pixel_size), 1, axis=1)
    assert uniform_blocks(moved, (1, 1), pixel_size).mean() < 0.1
