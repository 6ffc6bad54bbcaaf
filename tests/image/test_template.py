import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.errors import InputError
from isogen.geo.grid import Box, Quadrant
from isogen.image.stitch import overlap_of, quadrants_in, stitch
from isogen.image.template import BORDER, Frame, build_template, split_answer
from isogen.plan.rules import Placement, Rectangle, place

numbers = st.integers(-3, 3)


def flat(*color: int) -> np.ndarray:
    return np.full((512, 512, 3), color, np.uint8)


def colored(quadrants) -> dict[Quadrant, np.ndarray]:
    return {q: flat(q.x * 20 + 100, q.y * 20 + 100, 7) for q in quadrants}


@given(numbers, numbers, st.sampled_from([0, 256, 512]), st.sampled_from([0, 256, 512]))
def test_a_template_shows_context_around_and_the_render_inside(x, y, left, top):
    frame = Frame.of([Quadrant(x, y)], (left, top))
    template = build_template(frame, {Quadrant(x, y): flat(1, 2, 3)}, colored(frame.context))
    inside = template[top : top + 512, left : left + 512]
    assert np.array_equal(inside[2:-2, 2:-2], flat(1, 2, 3)[2:-2, 2:-2])
    inside[..., 2] = 7
    assert (template[..., 2] == 7).all()


def test_the_border_lies_inside_the_infill():
    frame = Frame.of([Quadrant(0, 0), Quadrant(0, 1)], (256, 0))
    painted = {q: flat(9, 9, 9) for q in frame.painted}
    template = build_template(frame, painted, colored(frame.context))
    red = (template == BORDER).all(axis=2)
    assert red[:, 256:768].sum() == red.sum() == 2 * 2 * (512 + 1024) - 16
    assert not red[2:-2, 258:766].any()


@given(numbers, numbers)
def test_an_answer_is_cut_into_the_quadrants_that_were_to_be_painted(x, y):
    quadrants = [Quadrant(x + i, y + j) for j in (0, 1) for i in (0, 1)]
    frame = Frame.of(quadrants, (0, 0))
    pictures = colored(quadrants)
    answer = stitch(pictures, frame.window, np.zeros((1024, 1024, 3), np.uint8))
    pieces = split_answer(frame, answer)
    assert list(pieces) == quadrants
    assert all(np.array_equal(pieces[q], pictures[q]) for q in quadrants)


@given(numbers, numbers)
def test_the_context_of_a_frame_is_that_of_the_legal_placement(x, y):
    around = {(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    rectangle = Rectangle(x, y, 1, 1)
    placement = place(rectangle, around)
    assert isinstance(placement, Placement)
    frame = Frame.of(rectangle.quadrants, (placement.left_px, placement.top_px))
    assert frame.context == placement.context


def test_a_missing_picture_is_named():
    frame = Frame.of([Quadrant(0, 0)], (512, 0))
    with pytest.raises(InputError, match=r"generation of -1,0"):
        build_template(frame, {Quadrant(0, 0): flat(0, 0, 0)}, {})


def test_an_answer_of_another_size_is_refused():
    frame = Frame.of([Quadrant(0, 0)], (0, 0))
    with pytest.raises(InputError, match="512 x 512 x 3"):
        split_answer(frame, flat(0, 0, 0))


def test_a_picture_that_is_not_a_quadrant_is_refused():
    with pytest.raises(InputError, match="256 x 256"):
        stitch(
            {Quadrant(0, 0): np.zeros((256, 256, 3), np.uint8)},
            Box(0, 0, 512, 512),
            np.zeros((512, 512, 3), np.uint8),
        )


@given(st.integers(-900, 900), st.integers(-900, 900), st.integers(1, 900), st.integers(1, 900))
def test_the_quadrants_in_a_rectangle_are_those_that_share_pixels_with_it(x, y, width, height):
    box = Box(x, y, x + width, y + height)
    near = [Quadrant(i, j) for j in range(-4, 6) for i in range(-4, 6)]
    assert list(quadrants_in(box)) == [q for q in near if overlap_of(q, box)]
