"""The built-in artist asked as an infill model is: with a template."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.errors import InputError
from isogen.geo.grid import Quadrant
from isogen.image.answer import Fitting, fit_answer
from isogen.image.oklab import from_oklab, to_oklab
from isogen.image.template import BORDER, Frame, draw_border, find_infill
from isogen.pixelart.indices import TONES, VOID_RAMP
from isogen.pixelart.photo.classes import BUILT
from isogen.pixelart.photo.grade import grade, ungraded
from isogen.pixelart.photo.infill import PhotoBrush, complete_template
from isogen.pixelart.photo.look import PHOTO_GUARD, PhotoLook
from isogen.pixelart.photo.paint import paint_photo
from isogen.pixelart.style import load_style

COLORS = load_style("classic").palette("day").colors
NOTHING = (27, 36, 64)
PLACEMENTS = [(left, top) for left in (0, 256, 512) for top in (0, 256, 512)]
CHANCE = np.random.default_rng(5)


def brush(block: int = 2) -> PhotoBrush:
    return PhotoBrush(COLORS, PhotoLook(), block, NOTHING)


def town(side: int) -> np.ndarray:
    """Houses with edges and some grain, on a ground."""
    kinds = np.array([(150, 140, 130), (170, 90, 70), (200, 195, 180), (90, 100, 120)])
    blocks = CHANCE.integers(0, 4, (side // 64 + 1, side // 64 + 1)).repeat(64, 0).repeat(64, 1)
    grain = CHANCE.normal(1, 0.04, (side, side, 1))
    return np.clip(kinds[blocks[:side, :side]] * grain, 0, 255).astype(np.uint8)


def template_at(frame: Frame, fill: np.ndarray, context: np.ndarray) -> np.ndarray:
    template = context.copy()
    template[frame.inside] = fill[frame.inside]
    draw_border(template[frame.inside])
    return template


def frame_of(shape: tuple[int, int], margin: tuple[int, int]) -> Frame:
    quadrants = [Quadrant(x, y) for y in range(shape[1]) for x in range(shape[0])]
    return Frame.of(quadrants, margin)


@pytest.mark.parametrize("margin", PLACEMENTS, ids=str)
def test_the_infill_is_found_wherever_it_lies(margin):
    frame = frame_of((1, 1), margin)
    context = CHANCE.integers(0, 256, (1024, 1024, 3), np.uint8)
    assert find_infill(template_at(frame, context, context)) == frame.inside


@pytest.mark.parametrize(
    ("shape", "margin"),
    [((2, 1), (0, 0)), ((2, 1), (0, 256)), ((1, 2), (512, 0)), ((2, 2), (0, 0))],
    ids=str,
)
def test_larger_infills_are_found_too(shape, margin):
    frame = frame_of(shape, margin)
    context = CHANCE.integers(0, 256, (1024, 1024, 3), np.uint8)
    assert find_infill(template_at(frame, context, context)) == frame.inside


def test_red_in_the_pictures_is_no_border():
    frame = frame_of((1, 1), (256, 256))
    template = template_at(frame, *(CHANCE.integers(0, 256, (2, 1024, 1024, 3), np.uint8)))
    template[10:200, 10:200] = template[400:500, 400:700] = BORDER
    assert find_infill(template) == frame.inside


@pytest.mark.parametrize("margin", PLACEMENTS, ids=str)
def test_the_context_is_untouched(margin):
    frame = frame_of((1, 1), margin)
    template = template_at(frame, *(CHANCE.integers(0, 256, (2, 1024, 1024, 3), np.uint8)))
    before = template.copy()
    out = complete_template(template, (0, 0), brush())
    assert np.array_equal(template, before)
    out[frame.inside] = template[frame.inside]
    assert np.array_equal(out, template)


@pytest.mark.parametrize("block", [1, 2, 3, 4])
@pytest.mark.parametrize("window", [(0, 0), (-1792, 3328)], ids=str)
def test_away_from_its_edges_an_infill_is_what_the_artist_paints_directly(block, window):
    frame = frame_of((1, 1), (256, 256))
    lattice = [at // block for at in window]
    start = [at % block for at in window]
    guard = PHOTO_GUARD * block
    side = 1024 + 2 * guard + 2 * block
    render = town(side // block * block)
    corner = (lattice[0] - PHOTO_GUARD, lattice[1] - PHOTO_GUARD)
    art = paint_photo(render, corner, block, COLORS, PhotoLook())
    wide = COLORS[art].repeat(block, 0).repeat(block, 1)
    direct = wide[start[1] : start[1] + 1024, start[0] : start[0] + 1024]
    seen = render[guard + start[1] :, guard + start[0] :][:1024, :1024]

    out = complete_template(template_at(frame, seen, direct), window, brush(block))

    differs = (out != direct).any(axis=2)
    reach = guard + 2 * block
    assert not differs[256 + reach : 768 - reach, 256 + reach : 768 - reach].any()
    assert differs[frame.inside].mean() < 0.008 * block
    fitting = Fitting(correct=True, blend_px=24, pixel_size=block)
    seams = [fit_answer(frame, direct, picture, fitting).quality.seam for picture in (out, direct)]
    assert seams[0] < max(1.35, 1.2 * seams[1])


@pytest.mark.parametrize("color", [(150, 140, 130), (170, 90, 70), (60, 62, 66), (215, 210, 200)])
def test_art_can_be_graded_back_to_about_its_render(color):
    lab = to_oklab(np.full((2, 2, 3), color, np.uint8))
    look = PhotoLook()
    grade(lab, np.full((2, 2), BUILT, np.uint8), look.black, look.white, look.saturation)
    back = ungraded(from_oklab(lab), look).astype(int)
    assert np.abs(back - color).max() <= 6


@given(st.sampled_from(PLACEMENTS), st.integers(-5, 5), st.integers(-5, 5))
@settings(max_examples=6, deadline=None)
def test_the_art_pixels_of_an_infill_lie_on_the_lattice_of_the_map(margin, x, y):
    frame = Frame.of([Quadrant(x, y)], margin)
    template = template_at(frame, town(1024), np.full((1024, 1024, 3), 120, np.uint8))
    out = complete_template(template, frame.window[:2], brush(3))[frame.inside]
    columns = np.arange(frame.infill[0], frame.infill[2]) // 3
    same = (out[:, 1:] == out[:, :-1]).all(axis=(0, 2))
    assert same[columns[1:] == columns[:-1]].all()


def test_where_the_render_shows_nothing_there_is_paper():
    frame = frame_of((1, 1), (0, 0))
    template = template_at(frame, np.full((1024, 1024, 3), NOTHING, np.uint8), town(1024))
    out = complete_template(template, (0, 0), brush())[frame.inside]
    paper = {tuple(c) for c in COLORS[VOID_RAMP * TONES : (VOID_RAMP + 1) * TONES].tolist()}
    assert {tuple(c) for c in out.reshape(-1, 3).tolist()} <= paper


@pytest.mark.parametrize("share", [0, 1], ids=["none", "one line of it is missing"])
def test_a_template_without_a_border_is_refused(share):
    template = town(1024)
    template[:2, : 512 * share] = template[:512, : 2 * share] = BORDER
    with pytest.raises(InputError, match="no border of 2 px"):
        complete_template(template, (0, 0), brush())


def test_a_border_around_part_of_a_quadrant_is_refused():
    template = town(1024)
    draw_border(template[100:800, 100:800])
    with pytest.raises(InputError, match="no border"):
        complete_template(template, (0, 0), brush())


def test_a_template_of_another_size_is_refused():
    with pytest.raises(InputError, match="expected 1024 x 1024 x 3"):
        complete_template(town(512), (0, 0), brush())
