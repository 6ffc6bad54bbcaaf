"""What to paint again so that a quadrant can be reached that no legal step reaches."""

from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.plan.mending import mending
from isogen.plan.planner import make_plan


def block(x, y, width, height):
    return {(x + dx, y + dy) for dy in range(height) for dx in range(width)}


EVERYTHING = block(-6, -6, 14, 14)
CORNERS = block(0, -2, 2, 2) | block(2, 0, 2, 2)
"""Two squares that meet at a corner."""


def test_beside_two_squares_that_meet_at_a_corner_some_of_them_is_painted_again():
    chosen = set(mending({(2, -1)}, CORNERS, EVERYTHING))
    assert (2, -1) in chosen
    assert chosen & CORNERS
    assert make_plan(chosen, CORNERS - chosen).unplanned == {}


def test_a_lone_quadrant_is_painted_again_with_its_neighbors():
    chosen = mending({(1, 0)}, {(0, 0)}, EVERYTHING)
    assert {(0, 0), (1, 0)} < set(chosen)
    assert len(chosen) == 4


def test_it_stays_within_what_is_allowed():
    hole = {(1, -1), (2, 0)}
    painted = block(-1, -3, 6, 6) - {(2, -1), (1, 0)}
    chosen = set(mending({(2, -1), (1, 0)}, painted, painted))
    assert chosen <= painted | {(2, -1), (1, 0)}
    assert chosen & hole


def test_nothing_is_said_when_nothing_helps():
    assert mending({(1, 0)}, {(0, 0)}, ()) == ()


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(sorted(block(0, 0, 5, 5))), min_size=1, max_size=20))
def test_what_it_names_can_be_painted(painted):
    stuck = make_plan(EVERYTHING, painted).unplanned
    if not stuck:
        return
    after = EVERYTHING - stuck.keys()
    chosen = set(mending(stuck, after, EVERYTHING))
    assert chosen & stuck.keys()
    assert make_plan(chosen, after - chosen).unplanned == {}
