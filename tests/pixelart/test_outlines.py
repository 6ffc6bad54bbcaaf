import numpy as np
import pytest

from isogen.pixelart.outlines import DEEP_PX, Outlines, outlines_of

WALL, LIGHT, DARK = 150, 200, 20
HEIGHT, WIDTH, EDGE = 9, 12, 5
"""A tower, light, from column EDGE on; left of it the wall of a house behind it."""


def measured(line, *, gap=DEEP_PX, things=True):
    """Measure a house and a tower before it; ``line`` is the light of the house's last column."""
    light = np.full((HEIGHT, WIDTH), WALL)
    light[:, EDGE:] = LIGHT
    light[:, EDGE - 1] = line
    colors = np.repeat(light[..., None], 3, axis=2).astype(np.uint8)
    objects, depths = np.ones((HEIGHT, WIDTH), np.int32), np.zeros((HEIGHT, WIDTH))
    objects[:, EDGE:], depths[:, EDGE:] = 2, gap
    return outlines_of(colors, objects, depths, np.full((HEIGHT, WIDTH), things))


INNER = HEIGHT - 2


def test_a_dark_line_on_the_farther_side_is_an_unbroken_outline():
    found = measured(np.full(HEIGHT, DARK))
    assert found == Outlines(INNER, INNER, INNER)
    assert (found.share, found.continuity) == (1.0, 1.0)


def test_a_light_line_is_no_outline():
    assert measured(np.full(HEIGHT, 255)) == Outlines(INNER, 0, 0)


def test_dots_apart_are_outlined_but_not_continuous():
    dotted = np.where(np.arange(HEIGHT) % 2, DARK, 255)
    found = measured(dotted)
    assert found.outlined == np.count_nonzero(dotted[1:-1] == DARK)
    assert found.continuity == 0


@pytest.mark.parametrize("options", [{"gap": DEEP_PX - 1}, {"things": False}])
def test_what_lies_close_and_the_ground_need_no_outline(options):
    found = measured(np.full(HEIGHT, DARK), **options)
    assert found == Outlines()
    assert (found.share, found.continuity) == (None, None)


def test_counts_of_pictures_add_up():
    assert Outlines(4, 2, 1) + Outlines(4, 4, 3) == Outlines(8, 6, 4)
