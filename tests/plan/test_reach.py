"""What plans reach, against every order of steps, and against a bound that forgets order."""

from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.plan.planner import make_plan
from isogen.plan.reach import reachable
from isogen.plan.rules import Placement, Rectangle, place

SIDE = 3
BOARD = tuple((x, y) for y in range(SIDE) for x in range(SIDE))
RECTANGLES = tuple(
    Rectangle(x, y, width, height)
    for width, height in product((1, 2), repeat=2)
    for y in range(SIDE - height + 1)
    for x in range(SIDE - width + 1)
)

FEW = st.sets(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), max_size=14)


@cache
def next_boards(painted):
    """Return what is painted after each legal step, and what the step paints."""
    return tuple(
        (painted | own, own)
        for own, step in ((frozenset(map(tuple, r.quadrants)), r) for r in RECTANGLES)
        if own.isdisjoint(painted) and isinstance(place(step, painted), Placement)
    )


def most_painted(wanted, painted):
    """Try every order of legal steps; return the most that any comes to."""
    seen, pending = {painted}, [painted]
    while pending:
        for board, own in next_boards(pending.pop()):
            if own <= wanted and board not in seen:
                seen.add(board)
                pending.append(board)
    return max(len(board & wanted) for board in seen)


def boards(first):
    """Return every board that begins with a state: what is wanted and what is painted there."""
    for states in product(range(3), repeat=len(BOARD) - 1):
        pairs = tuple(zip(BOARD, (first, *states), strict=True))
        yield (
            frozenset(cell for cell, state in pairs if state == 1),
            frozenset(cell for cell, state in pairs if state == 2),
        )


@pytest.mark.slow
@pytest.mark.parametrize("first", range(3))
def test_on_every_small_board_a_plan_paints_as_much_as_any_order_of_steps_could(first):
    worse = [
        (wanted, painted)
        for wanted, painted in boards(first)
        if len(wanted) - len(make_plan(wanted, painted, may_pad=False).unplanned)
        < most_painted(wanted, painted)
    ]
    assert worse == []


@given(st.sets(st.sampled_from(BOARD)), st.sets(st.sampled_from(BOARD)))
def test_on_a_small_board_a_plan_paints_as_much_as_any_order_of_steps_could(wanted, painted):
    painted = frozenset(painted - wanted)
    plan = make_plan(wanted, painted, may_pad=False)
    assert len(wanted) - len(plan.unplanned) == most_painted(frozenset(wanted), painted)


@settings(max_examples=50)
@given(FEW, FEW)
def test_no_plan_goes_beyond_the_bound(wanted, painted):
    painted -= wanted
    plan = make_plan(wanted, painted)
    free = {(x, y) for x in range(-7, 8) for y in range(-7, 8)} - painted
    made = {tuple(q) for step in plan.steps for q in step.quadrants}
    assert made <= reachable(free, painted)


@settings(max_examples=50)
@given(FEW, FEW, st.booleans())
def test_what_is_unplanned_has_no_legal_step_left(wanted, painted, may_pad):
    plan = make_plan(wanted, painted, may_pad=may_pad)
    done = painted - wanted
    done |= {tuple(q) for step in plan.steps for q in step.quadrants}
    left = {tuple(q) for q in plan.unplanned}
    steps = [
        Rectangle(x - dx, y - dy, width, height)
        for x, y in left
        for width, height in product((1, 2), repeat=2)
        for dx, dy in product(range(width), range(height))
    ]
    own = [s for s in steps if left.issuperset(s.quadrants)]
    assert not any(isinstance(place(s, done), Placement) for s in own)


def test_beside_a_lone_painted_quadrant_nothing_can_ever_be_painted():
    plan = make_plan({(x, y) for x in range(-3, 4) for y in range(-3, 4)} - {(0, 0)}, [(0, 0)])
    assert {tuple(q) for q in plan.unplanned} == {(0, -1), (-1, 0), (1, 0), (0, 1)}


def test_a_corner_between_two_painted_quadrants_can_never_be_painted():
    free = {(x, y) for x in range(-3, 5) for y in range(-3, 5)} - {(0, 0), (1, 1)}
    assert not reachable(free, {(0, 0), (1, 1)}) & {(1, 0), (0, 1)}
