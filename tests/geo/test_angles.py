import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.geo.angles import angle_deg, sin_cos_deg

angles = st.floats(-360, 360)


@given(angles)
def test_sine_and_cosine_are_those_of_the_library(angle):
    sine, cosine = sin_cos_deg(np.asarray(angle))
    assert float(sine) == pytest.approx(math.sin(math.radians(angle)), abs=1e-15)
    assert float(cosine) == pytest.approx(math.cos(math.radians(angle)), abs=1e-15)


@pytest.mark.parametrize("quarter", range(-8, 9))
def test_right_angles_are_exact(quarter):
    sine, cosine = sin_cos_deg(np.asarray(90.0 * quarter))
    assert (sine, cosine) == ([0, 1, 0, -1][quarter % 4], [1, 0, -1, 0][quarter % 4])


@given(st.floats(-180, 180), st.floats(1e-3, 1e7))
def test_the_angle_of_a_vector_is_the_one_it_was_made_with(angle, length):
    sine, cosine = sin_cos_deg(np.asarray(angle))
    found = float(angle_deg(sine * length, cosine * length))
    assert math.remainder(found - angle, 360) == pytest.approx(0, abs=1e-13)


def test_the_angle_of_no_vector_is_zero():
    assert angle_deg(np.zeros(1), np.zeros(1)).tolist() == [0.0]


def test_arrays_give_what_their_items_give():
    many = np.linspace(-200, 200, 97)
    assert np.array_equal(sin_cos_deg(many), np.transpose([sin_cos_deg(a) for a in many]))
