import statistics

from hypothesis import given
from hypothesis import strategies as st

from isogen.seeds import Stream, mix

seeds = st.lists(st.integers(-(2**63), 2**63), min_size=1, max_size=3)


@given(seeds)
def test_the_same_seed_gives_the_same_stream(seed):
    a, b = Stream(*seed), Stream(*seed)
    assert [a.bits() for _ in range(5)] == [b.bits() for _ in range(5)]


def test_streams_never_change():
    stream = Stream(7, 42)
    assert [hex(v) for v in (mix(7, 42), stream.bits(), stream.bits())] == [
        "0xa76e89bfa5851904",
        "0x2d88acccf4f41b9",
        "0x7fdcd6df1915a4b4",
    ]


@given(st.integers(0, 2**63), st.integers(0, 2**63))
def test_the_order_of_parts_matters(a, b):
    assert (mix(a, b) == mix(b, a)) == (a == b)


@given(seeds, st.integers(1, 1000))
def test_whole_numbers_lie_below_their_limit(seed, count):
    stream = Stream(*seed)
    assert all(0 <= stream.below(count) < count for _ in range(10))
    assert all(-3 <= stream.between(-3, count) < count for _ in range(10))


@given(seeds)
def test_values_lie_in_their_range(seed):
    stream = Stream(*seed)
    assert all(0 <= stream.random() < 1 for _ in range(10))
    assert all(-2 <= stream.uniform(-2, 3) <= 3 for _ in range(10))


@given(seeds, st.lists(st.integers(), min_size=1))
def test_what_is_picked_is_a_choice(seed, choices):
    assert Stream(*seed).pick(choices) in choices


@given(seeds)
def test_what_is_certain_happens_and_what_is_impossible_does_not(seed):
    stream = Stream(*seed)
    assert all(stream.chance(1) for _ in range(10))
    assert not any(stream.chance(0) for _ in range(10))


def test_neighboring_seeds_share_nothing():
    values = [Stream(1, i).random() for i in range(2000)]
    assert abs(statistics.fmean(values) - 0.5) < 0.03
    assert abs(statistics.correlation(values[1:], values[:-1])) < 0.1
