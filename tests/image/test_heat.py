import numpy as np
import pytest

from isogen.image.heat import SCALE, SeamLine, color_of, draw_seams


def test_each_seam_is_a_line_of_its_color():
    sheet = np.full((20, 40, 3), 200, np.uint8)
    lines = [SeamLine(4, 7, is_upright=True, strength=2.0)]
    drawn = draw_seams(sheet, 20, (3, 7), lines)
    assert (drawn[:20, 20] == SCALE[-1][1]).all()
    assert (drawn[:20, 19] < 100).all()
    assert (sheet == 200).all()


def test_where_lines_meet_the_stronger_is_seen():
    sheet = np.zeros((16, 16, 3), np.uint8)
    lines = [
        SeamLine(1, 1, is_upright=True, strength=1.9),
        SeamLine(1, 1, is_upright=False, strength=1.0),
    ]
    drawn = draw_seams(sheet, 8, (0, 0), lines)
    assert tuple(drawn[8, 8]) == color_of(1.9)
    assert tuple(drawn[8, 12]) == color_of(1.0)


@pytest.mark.parametrize("side", [1, 8, 512])
def test_maps_of_any_size_can_be_drawn(side):
    sheet = np.zeros((2 * side, 2 * side, 3), np.uint8)
    lines = [SeamLine(1, 0, is_upright=True, strength=1.2)]
    assert draw_seams(sheet, side, (0, 0), lines).shape[1] >= 2 * side


def test_beyond_the_scale_colors_are_those_of_its_ends():
    assert color_of(0.5) == SCALE[0][1]
    assert color_of(99) == SCALE[-1][1]
