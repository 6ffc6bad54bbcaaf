import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from isogen.errors import InputError
from isogen.image.oklab import to_oklab
from isogen.mesh.vocabulary import Material
from isogen.pixelart.indices import TONES, VOID_RAMP
from isogen.pixelart.photo.classes import BUILT, CLASS_REACH, LAWN, LEAVES, WATER, classify
from isogen.pixelart.photo.flatten import FLATTEN_REACH, flatten
from isogen.pixelart.photo.grade import grade, shrink
from isogen.pixelart.photo.look import PHOTO_GUARD, PhotoLook
from isogen.pixelart.photo.match import DESPECKLE_REACH
from isogen.pixelart.photo.outline import OUTLINE_REACH
from isogen.pixelart.photo.paint import paint_photo
from isogen.pixelart.style import load_style

COLORS = load_style("classic").palette("day").colors
LOOK = PhotoLook()
GREENS = {Material.GRASS, Material.TREE, Material.LINDEN, Material.LEAF}


def noisy(
    size: int, color: tuple[int, int, int], spread: float, seed: int = 1
) -> NDArray[np.uint8]:
    """A picture of one color whose brightness varies from pixel to pixel."""
    light = np.random.default_rng(seed).normal(1.0, spread, (size, size, 1))
    return np.clip(np.round(np.array(color) * light), 0, 255).astype(np.uint8)


def photograph(size: int) -> NDArray[np.uint8]:
    """Houses, leaves and water with grain, like a textured render."""
    picture = noisy(size, (150, 140, 130), 0.04)
    third = size // 3
    picture[:third, :third] = noisy(third, (70, 100, 50), 0.3, 2)
    picture[third : 2 * third, third : 2 * third] = noisy(third, (170, 90, 70), 0.05, 3)
    picture[2 * third : 3 * third, :third] = noisy(third, (50, 80, 110), 0.02, 4)
    picture[third : 2 * third : 6, :] = 40
    return picture


def painted(
    picture: NDArray[np.uint8], block: int = 1, look: PhotoLook = LOOK
) -> NDArray[np.uint8]:
    return paint_photo(picture, (0, 0), block, COLORS, look)


def classes_of(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    lab = np.empty((*picture.shape[:2], 3))
    shrink(picture, 1, lab)
    out = np.empty(picture.shape[:2], np.uint8)
    classify(lab, out)
    return out[8:-8, 8:-8]


@pytest.mark.parametrize("block", [1, 2, 3])
def test_a_picture_painted_in_pieces_equals_one_painted_at_once(block):
    side, guard = 96, PHOTO_GUARD
    picture = photograph((side + 2 * guard) * block)
    whole = painted(picture, block)
    pieces = np.zeros_like(whole)
    for y in (0, 32, 64):
        for x in (0, 32, 64):
            rows = slice(y * block, (y + 32 + 2 * guard) * block)
            columns = slice(x * block, (x + 32 + 2 * guard) * block)
            piece = paint_photo(picture[rows, columns], (x, y), block, COLORS, LOOK)
            pieces[y : y + 32, x : x + 32] = piece
    assert np.array_equal(pieces, whole)


def test_the_guard_holds_all_that_the_passes_look_at_one_after_another():
    reach = CLASS_REACH + FLATTEN_REACH + 2 * OUTLINE_REACH + DESPECKLE_REACH
    assert reach <= PHOTO_GUARD


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=15, deadline=None)
def test_nothing_beyond_the_guard_is_looked_at(seed):
    dice = np.random.default_rng(seed)
    side = 40 + 2 * PHOTO_GUARD
    base = np.array([[96, 110, 70], [60, 85, 120]], np.uint8)[seed % 2].astype(float)
    picture = base + dice.normal(0, dice.uniform(1, 30), (side + 2, side + 2, 1))
    picture = np.clip(picture, 0, 255).astype(np.uint8)
    wider = painted(picture)
    narrow = paint_photo(picture[1:-1, 1:-1], (1, 1), 1, COLORS, LOOK)
    assert np.array_equal(wider[1:-1, 1:-1], narrow)


def test_leaves_lawns_water_and_houses_are_told_apart():
    assert (classes_of(noisy(64, (70, 100, 50), 0.3)) == LEAVES).mean() > 0.9
    assert (classes_of(noisy(64, (90, 130, 60), 0.03)) == LAWN).mean() > 0.95
    assert (classes_of(noisy(64, (50, 80, 110), 0.03)) == WATER).mean() > 0.95
    assert (classes_of(noisy(64, (150, 140, 130), 0.1)) == BUILT).all()


def test_leaves_are_painted_in_greens():
    ramps = set((painted(noisy(96, (70, 100, 50), 0.3)) // TONES).ravel().tolist())
    assert ramps <= GREENS


def test_leaves_become_calm():
    picture = noisy(128, (70, 100, 50), 0.3)
    before = to_oklab(picture)[..., 0]
    after = to_oklab(COLORS[painted(picture)])[..., 0]
    assert np.abs(np.diff(after, axis=1)).mean() < 0.35 * np.abs(np.diff(before, axis=1)).mean()


def test_water_becomes_flat():
    assert len(np.unique(painted(noisy(128, (50, 80, 110), 0.03)))) <= 3


def test_a_lone_pixel_of_its_class_beside_the_border_is_kept():
    lab = np.full((12, 12, 3), 0.5)
    classes = np.full((12, 12), BUILT, np.uint8)
    classes[1, 1] = WATER
    flat = np.empty_like(lab)
    flatten(lab, classes, flat)
    assert (flat == 0.5).all()


def test_darks_keep_their_drawing():
    steps = np.repeat(np.array([14, 26, 38, 50], np.uint8), 16)
    picture = np.broadcast_to(steps[None, :, None], (64, 64, 3))
    row = to_oklab(COLORS[painted(np.ascontiguousarray(picture))])[18, :, 0]
    assert row.max() - row.min() > 0.05
    assert row.min() > 0.1


@given(st.floats(-2, 3), st.floats(-2, 3))
def test_a_lighter_pixel_never_becomes_darker(one, other):
    lab = np.zeros((1, 2, 3))
    lab[0, :, 0] = one, other
    grade(lab, np.zeros((1, 2), np.uint8), 0.1, 0.9, 1.0)
    assert (lab[0, 0, 0] - lab[0, 1, 0]) * (one - other) >= 0
    assert (lab[..., 0] > 0).all()
    assert (lab[..., 0] < 1).all()


def test_a_thin_strong_line_is_kept():
    picture = np.full((120, 120, 3), 180, np.uint8)
    picture[:, 60:62] = 40
    light = to_oklab(COLORS[painted(picture, 2)])[..., 0]
    assert light[:, 30 - PHOTO_GUARD].max() < light[:, 4].min() - 0.2


def test_what_is_not_there_is_left_as_paper():
    picture = np.dstack([photograph(96), np.full((96, 96), 255, np.uint8)])
    picture[:, 48:, 3] = 0
    ramps = painted(picture) // TONES
    assert (ramps[:, 48 - PHOTO_GUARD :] == VOID_RAMP).all()
    assert (ramps[:, : 48 - PHOTO_GUARD] != VOID_RAMP).all()


def test_a_picture_that_is_all_guard_is_refused():
    side = 2 * PHOTO_GUARD
    with pytest.raises(InputError, match=f"{side} x {side}"):
        painted(np.zeros((side, side, 3), np.uint8))
