import numpy as np
import pytest

from isogen.geo.camera import Camera
from isogen.mesh.assemble import assemble
from isogen.mesh.cell import cell_side
from isogen.mesh.window import Window
from isogen.pixelart.indices import TONES, VOID_RAMP
from isogen.pixelart.mist import mist_around
from isogen.pixelart.paint import GUARD, paint
from isogen.render.draw import load_cells
from isogen.render.raster import rasterize
from isogen.render.specimen import KEY, specimen

CAMERA = Camera(-15.0, 45.0, 300 / 1024, 2)


def ground(*art):
    return CAMERA.from_art(np.array(art, np.float64))


MAP = ground((60, 40), (400, 40), (400, 400), (60, 400))


@pytest.fixture(scope="module")
def painted():
    """Paint a window of the sheet of specimens, with a mist or without."""
    cells = list(load_cells({KEY: specimen(CAMERA)}, CAMERA).values())

    def painted(window, mist=None):
        x0, y0, width, height = window.x0, window.y0, window.width, window.height
        wide = Window(x0 - GUARD, y0 - GUARD, width + 2 * GUARD, height + 2 * GUARD)
        scene = assemble(wide, cells, CAMERA)
        return paint(scene, rasterize(scene, CAMERA), CAMERA, mist=mist)

    return painted


def is_paper(indices):
    return indices // TONES == VOID_RAMP


@pytest.mark.parametrize("extent", [MAP, MAP[::-1]])
def test_mist_hides_the_edge_and_leaves_the_middle(painted, extent):
    window = Window(40, 160, 120, 60)
    veiled, clear = painted(window, mist_around(extent, CAMERA)), painted(window)
    assert is_paper(veiled[:, :18]).all()
    assert np.array_equal(veiled[:, 90:], clear[:, 90:])
    assert 0.1 < is_paper(veiled[:, 30:70]).mean() < 0.9


def test_mist_has_no_seams(painted):
    mist = mist_around(MAP, CAMERA)
    whole = painted(Window(40, 160, 120, 60), mist)
    part = painted(Window(71, 173, 37, 29), mist)
    assert np.array_equal(part, whole[13:42, 31:68])


def test_mist_is_not_looked_for_far_from_the_edge():
    mist = mist_around(ground((0, 0), (4000, 0), (4000, 4000), (0, 4000)), CAMERA)
    assert mist.reaches(Window(0, 900, 256, 256))
    assert not mist.reaches(Window(1500, 1500, 256, 256))


@pytest.mark.parametrize("pixel_size", [1, 2, 3, 4])
def test_mist_is_looked_for_where_what_stands_in_it_may_be_seen(pixel_size):
    camera = Camera(-15.0, 45.0, 300 / 1024, pixel_size)
    corners = np.array([(0, 0), (9000, 0), (9000, 9000), (0, 9000)], np.float64)
    mist = mist_around(camera.from_art(corners), camera)
    highest = 2 * cell_side(camera)
    assert mist.reaches(Window(4000, 9000 - highest - 200, 200, 200))
    assert not mist.reaches(Window(4000, 9000 - highest - 300, 200, 200))
    assert mist.reaches(Window(4000, highest + 40, 200, 200))
