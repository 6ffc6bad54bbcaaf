import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from isogen.scene.town.scatter import mix_all, strew
from isogen.seeds import mix

whole = st.integers(-(2**40), 2**40)
offsets = st.floats(-500, 500)


@given(whole, st.lists(whole, min_size=1, max_size=5))
def test_mixing_arrays_gives_what_mixing_numbers_gives(seed, numbers):
    mixed = mix_all(seed, np.array(numbers, np.int64))
    assert mixed.tolist() == [mix(seed, number) for number in numbers]


@given(offsets, offsets)
def test_the_same_places_are_found_wherever_one_begins_to_look(e, n):
    middle = box(-20, -20, 20, 20)
    one = strew(box(-60, -60, 60, 60), 7.5, (3, 1)).places
    other = strew(box(min(e, -25), min(n, -25), max(e, 25), max(n, 25)), 7.5, (3, 1)).places
    inside = [set(map(tuple, p[shapely.contains_xy(middle, *p.T)].tolist())) for p in (one, other)]
    assert inside[0] == inside[1] != set()


def test_no_two_places_lie_nearer_than_half_a_square():
    places = strew(box(-100, -100, 100, 100), 8.0, (1, 2)).places
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    assert apart[~np.eye(len(places), dtype=bool)].min() > 8.0 * 0.47


def test_another_seed_gives_other_places():
    area = box(0, 0, 50, 50)
    assert not np.array_equal(strew(area, 5, (1, 2)).places, strew(area, 5, (2, 2)).places)
