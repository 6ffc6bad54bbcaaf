import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.geo.grid import Quadrant
from isogen.image.blend import even_out
from isogen.image.seams import Edge, edges_of, seam_of
from isogen.image.template import Frame

MIDDLE = Frame.of([Quadrant(0, 0)], (256, 256))
RIGHT = Frame.of([Quadrant(0, 0), Quadrant(0, 1)], (512, 0))
DOWN = Edge(512, 0, 1024, is_upright=True, context_first=True)


def texture(strength=40):
    art = np.random.default_rng(1).integers(100, 101 + strength, (512, 512, 3), np.uint8)
    return art.repeat(2, axis=0).repeat(2, axis=1)


def stepped(picture, step):
    out = picture.copy()
    out[RIGHT.inside] += np.uint8(step)
    return out


def test_only_sides_that_touch_context_are_edges():
    assert [e.at for e in edges_of(MIDDLE)] == [256, 768, 256, 768]
    assert list(edges_of(RIGHT)) == [DOWN]
    whole = Frame.of([Quadrant(x, y) for x in (0, 1) for y in (0, 1)], (0, 0))
    assert not list(edges_of(whole))


@pytest.mark.parametrize("pixel_size", [1, 2])
def test_where_nothing_differs_there_is_no_seam(pixel_size):
    assert seam_of(texture(), DOWN, pixel_size) == pytest.approx(1, abs=0.06)
    assert seam_of(np.full((1024, 1024, 3), 70, np.uint8), DOWN, pixel_size) == 1


def test_a_step_is_seen_on_flat_ground_and_hides_in_texture():
    flat, rough = (seam_of(stepped(texture(s), 6), DOWN, 2) for s in (0, 60))
    assert flat > 1.8
    assert rough < 1.25


@given(st.integers(1, 40))
def test_a_larger_step_is_a_worse_seam(step):
    quiet = texture(4)
    worse = seam_of(stepped(quiet, step + 3), DOWN, 2)
    assert worse >= seam_of(stepped(quiet, step), DOWN, 2) > 1


def test_a_seam_does_not_depend_on_its_direction():
    picture = stepped(texture(), 9)
    turned = Edge(512, 0, 1024, is_upright=False, context_first=True)
    across = seam_of(np.ascontiguousarray(picture.transpose(1, 0, 2)), turned, 2)
    assert across == pytest.approx(seam_of(picture, DOWN, 2))


@pytest.mark.parametrize("frame", [MIDDLE, RIGHT])
def test_evening_out_removes_a_step_at_the_edge_and_leaves_the_far_inside(frame):
    known, edges = texture(10), tuple(edges_of(frame))
    answer = known + np.uint8(8)
    assert even_out(frame, known, answer, edges, (24, 2))
    off = answer.astype(int) - known
    rows, columns = frame.inside
    beside = off[(rows.start + rows.stop) // 2, columns.start : columns.stop, 0]
    assert abs(beside[:2]).max() <= 1
    assert (beside[24:30] == 8).all()
    assert (np.diff(beside[:24]) >= 0).all()
    assert (off[:, : columns.start] == 8).all()


def test_evening_out_keeps_art_pixels_whole():
    known = texture()
    answer = np.clip(known.astype(int) - 11, 0, 255).astype(np.uint8)
    even_out(MIDDLE, known, answer, tuple(edges_of(MIDDLE)), (24, 2))
    inside = answer[MIDDLE.inside].reshape(256, 2, 256, 2, 3)
    assert (inside == inside[:, :1, :, :1]).all()


def test_evening_out_changes_nothing_for_noise_or_for_what_was_painted_anew():
    known, rng = texture(), np.random.default_rng(2)
    answer = (known.astype(int) + rng.integers(-4, 5, known.shape)).astype(np.uint8)
    answer[300:330, 200:256] = 255
    before = answer.copy()
    even_out(MIDDLE, known, answer, tuple(edges_of(MIDDLE)), (24, 2))
    assert np.abs(answer.astype(int) - before).max() <= 1
