import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from isogen.export.picture import Indexed, TrueColor
from isogen.export.shrink import crop, halve, merge

SIDE = 8
COLORS = np.array([[0, 0, 0, 255], [255, 255, 255, 255], [200, 40, 40, 255]], np.uint8)

indices = arrays(np.uint8, (SIDE, SIDE), elements=st.integers(0, 2))
pixels = arrays(np.uint8, (SIDE, SIDE, 4))


def doubled(picture):
    return np.repeat(np.repeat(picture, 2, axis=0), 2, axis=1)


@given(indices)
def test_art_pixels_of_two_screen_pixels_are_halved_exactly(art):
    half = halve(Indexed(doubled(art), COLORS))
    assert np.array_equal(half.pixels, COLORS[art])


@given(pixels)
def test_photographs_of_doubled_pixels_are_halved_exactly_where_they_are_seen(photo):
    half = halve(TrueColor(doubled(photo))).pixels
    seen = photo[..., 3] > 0
    assert np.array_equal(half[seen], photo[seen])


@given(indices)
def test_the_palette_stays_when_art_is_halved(art):
    half = halve(Indexed(art, COLORS))
    assert {tuple(c) for c in half.pixels.reshape(-1, 4)} <= {tuple(c) for c in COLORS}


def test_the_mean_is_one_of_light_not_of_codes():
    checkers = np.indices((SIDE, SIDE)).sum(axis=0) % 2
    photo = np.full((SIDE, SIDE, 4), 255, np.uint8)
    photo[..., :3] = (checkers * 255)[..., None]
    assert halve(TrueColor(photo)).pixels[0, 0].tolist() == [188, 188, 188, 255]


@pytest.mark.parametrize(("height", "width"), [(1, 1), (3, 2), (5, 7)])
def test_an_odd_size_is_rounded_up(height, width):
    art = Indexed(np.ones((height, width), np.uint8), COLORS)
    half = halve(art)
    assert half.pixels.shape == (-(-height // 2), -(-width // 2), 4)
    assert (half.pixels == COLORS[1]).all()


@given(st.permutations([1, 2, None, 0]))
def test_children_lie_in_row_order_and_what_is_absent_is_clear(colors):
    children = [
        None if c is None else Indexed(np.full((SIDE, SIDE), c, np.uint8), COLORS) for c in colors
    ]
    whole = merge(children, SIDE).pixels
    corners = [whole[0, 0], whole[0, -1], whole[-1, 0], whole[-1, -1]]
    wanted = [[0, 0, 0, 0] if c is None else COLORS[c].tolist() for c in colors]
    assert [c.tolist() for c in corners] == wanted


@given(pixels)
def test_children_of_too_many_colors_become_a_true_color_picture(photo):
    ramp = np.zeros((SIDE, SIDE, 4), np.uint8)
    ramp[..., 0] = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    children = [TrueColor(photo), TrueColor(ramp), None, None]
    whole = merge(children, SIDE)
    assert np.array_equal(whole.pixels[: SIDE // 2, : SIDE // 2], halve(TrueColor(photo)).pixels)


@given(pixels, st.integers(1, SIDE), st.integers(1, SIDE))
def test_a_crop_is_the_top_left_part(photo, width, height):
    assert np.array_equal(crop(TrueColor(photo), width, height).pixels, photo[:height, :width])
