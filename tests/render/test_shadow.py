import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.geo.camera import Camera
from isogen.mesh.builder import MeshBuilder
from isogen.mesh.shadow import NO_SHADOW, REACH, shadow_of, sun_of

CAMERA = Camera(-15.0, 45.0, 300 / 1024, 2)
SQUARES = st.lists(
    st.tuples(
        st.integers(-150, 150), st.integers(-150, 150), st.integers(2, 30), st.integers(1, 300)
    ),
    min_size=1,
    max_size=8,
)


def casters_of(squares, camera=CAMERA):
    """Upright blocks: art x and y of a corner, side in art pixels, height in rises."""
    builder = MeshBuilder(camera)
    for x, y, side, height in squares:
        ring = np.array([(x, y), (x + side, y), (x + side, y + side), (x, y + side)], float)
        builder.cast(height, [camera.from_art(ring)])
    return builder.casters()


@given(SQUARES, st.integers(-200, 200), st.integers(-200, 200), st.integers(1, 60))
@settings(max_examples=40)
def test_a_window_equals_the_window_of_a_larger_one(squares, x, y, side):
    casters = [casters_of(squares)]
    whole = shadow_of(casters, (-211, -203, 291, 287), CAMERA)
    part = shadow_of(casters, (x, y, x + side, y + side), CAMERA)
    assert np.array_equal(part, whole[y + 203 : y + 203 + side, x + 211 : x + 211 + side])


@given(SQUARES)
def test_casters_out_of_reach_change_nothing(squares):
    box = (0, 0, 50, 50)
    near = [q for q in squares if q[0] > -REACH - 35 and q[1] < 120]
    every = shadow_of([casters_of(squares)], box, CAMERA)
    assert np.array_equal(every, shadow_of([casters_of(near)], box, CAMERA))


@given(SQUARES)
def test_the_order_of_casters_does_not_matter(squares):
    forward, backward = casters_of(squares), casters_of(squares[::-1])
    box = (-40, -40, 90, 70)
    together = shadow_of([forward], box, CAMERA)
    assert np.array_equal(together, shadow_of([backward, forward], box, CAMERA))


def test_a_shadow_falls_to_the_right_and_up_and_sinks_with_distance():
    sun = sun_of(CAMERA)
    shadow = shadow_of([casters_of([(0, 0, 4, 40)])], (-20, -20, 80, 20), CAMERA)
    assert sun.columns == 4
    assert shadow[20 + 2, 20 - 1] == NO_SHADOW
    assert shadow[20 + 0, 20 + 8] == pytest.approx(40 - 5 * sun.drop)
    assert shadow[20 - 4, 20 + 20] == pytest.approx(40 - 17 * sun.drop)


def test_the_sun_stands_as_high_as_the_camera_makes_it_look():
    drops = [sun_of(Camera(0.0, e, 0.3, 2)).drop for e in (30.0, 45.0, 60.0)]
    assert drops == sorted(drops, reverse=True)
    assert drops[1] == 1.078125


def test_nothing_casts_no_shadow():
    shadow = shadow_of([MeshBuilder(CAMERA).casters()], (0, 0, 7, 5), CAMERA)
    assert shadow.shape == (5, 7)
    assert (shadow == NO_SHADOW).all()


@given(SQUARES, st.integers(-200, 200), st.integers(-200, 200), st.integers(1, 60))
@settings(max_examples=40)
def test_a_window_of_hills_equals_the_window_of_a_larger_one(squares, x, y, side):
    casters = [casters_of([(a, b, c, d * 5 - 600) for a, b, c, d in squares])]
    whole = shadow_of(casters, (-211, -203, 291, 287), CAMERA, hilly=True)
    part = shadow_of(casters, (x, y, x + side, y + side), CAMERA, hilly=True)
    assert np.array_equal(part, whole[y + 203 : y + 203 + side, x + 211 : x + 211 + side])


@given(SQUARES)
def test_low_things_throw_the_same_shadow_on_hills_as_on_the_plane(squares):
    casters = [casters_of([(a, b, c, min(d, 90)) for a, b, c, d in squares])]
    flat = shadow_of(casters, (-40, -40, 90, 70), CAMERA)
    hilly = shadow_of(casters, (-40, -40, 90, 70), CAMERA, hilly=True)
    above = flat > NO_SHADOW
    assert np.array_equal(flat[above], hilly[above])
    assert (hilly[~above] <= -8).all()


def test_a_shadow_on_a_high_hill_is_as_long_as_on_the_plane():
    low = shadow_of([casters_of([(0, 0, 4, 40)])], (-20, -20, 40, 20), CAMERA, hilly=True)
    high = shadow_of([casters_of([(0, 0, 4, 440)])], (-20, -20, 40, 20), CAMERA, hilly=True)
    shaded = low > NO_SHADOW
    assert np.array_equal(high[shaded], low[shaded] + 400)
