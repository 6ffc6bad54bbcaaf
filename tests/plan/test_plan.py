import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.errors import PlanError
from isogen.geo.grid import Quadrant
from isogen.plan.model import Plan, check_plan
from isogen.plan.planner import make_plan
from isogen.plan.rules import Placement, Reason, Rectangle, Refusal, place

cells = st.tuples(st.integers(-6, 5), st.integers(-6, 5))
some = st.sets(cells, max_size=40)


def block(x0: int, y0: int, width: int, height: int) -> set[tuple[int, int]]:
    return {(x, y) for y in range(y0, y0 + height) for x in range(x0, x0 + width)}


@given(some, some)
@settings(max_examples=50)
def test_every_plan_can_be_carried_out_in_any_order_within_its_waves(wanted, painted):
    plan = make_plan(wanted, painted)
    check_plan(plan, wanted, painted)


@given(some, some)
@settings(max_examples=50)
def test_every_quadrant_is_planned_once_or_named(wanted, painted):
    plan = make_plan(wanted, painted, may_pad=False)
    planned = [tuple(q) for step in plan.steps for q in step.quadrants]
    assert len(planned) == len(set(planned))
    assert set(planned) | {tuple(q) for q in plan.unplanned} == wanted
    assert set(planned).isdisjoint(tuple(q) for q in plan.unplanned)
    assert not plan.padding


@given(some, some)
@settings(max_examples=50)
def test_what_is_painted_and_not_asked_for_stays(wanted, painted):
    plan = make_plan(wanted, painted)
    touched = {tuple(q) for step in plan.steps for q in step.quadrants}
    assert touched.isdisjoint(painted - wanted)


@given(some)
@settings(max_examples=50)
def test_a_plan_does_not_depend_on_the_order_of_what_is_asked(wanted):
    forward, backward = sorted(wanted), sorted(wanted, reverse=True)
    assert make_plan(forward) == make_plan(backward)


def runs(side):
    """Squares and gaps along a side: 2, 1, 2, 1 ..., beginning with a gap for 3 n + 1."""
    return 2 * (side // 3) + (side % 3 > 0)


@pytest.mark.parametrize("width", range(2, 41))
def test_an_empty_rectangle_takes_three_waves_and_four_calls_for_nine_quadrants(width):
    plans = {height: make_plan(block(-7, 3, width, height)) for height in range(2, width + 1)}
    assert all(len(plan.waves) <= 3 for plan in plans.values())
    assert not any(plan.unplanned or plan.padding for plan in plans.values())
    assert {h: len(p.steps) for h, p in plans.items()} == {h: runs(width) * runs(h) for h in plans}
    # four ninths of the quadrants, and the share of the border
    assert all(len(p.steps) <= (4 * width * h + 2 * (width + h) + 1) / 9 for h, p in plans.items())


@pytest.mark.parametrize(("width", "height"), [(181, 181), (180, 100), (2, 181), (181, 62)])
def test_a_large_rectangle_is_planned_as_a_small_one(width, height):
    plan = make_plan(block(0, 0, width, height))
    assert len(plan.waves) <= 3
    assert len(plan.steps) == runs(width) * runs(height)
    assert not plan.unplanned
    assert not plan.padding


@pytest.mark.parametrize("length", [1, 2, 3, 4, 7, 12])
def test_a_strip_of_one_row_needs_padding_beside_it(length):
    plan = make_plan(block(0, 0, length, 1))
    assert not plan.unplanned
    assert 0 < len(plan.padding) <= length + 2
    bare = make_plan(block(0, 0, length, 1), may_pad=False)
    assert bare.steps == ()
    assert {why.reason for why in bare.unplanned.values()} == {Reason.NO_CONTEXT}


def test_padding_lies_only_where_it_is_allowed():
    plan = make_plan([(0, 0)], allowed=block(-1, 0, 2, 2))
    assert plan.padding == {Quadrant(-1, 0), Quadrant(-1, 1), Quadrant(0, 1)}
    assert make_plan([(0, 0)], allowed=[(1, 0)]).steps == ()


@pytest.mark.parametrize(
    ("hole", "calls"), [((4, 4, 1, 1), 1), ((4, 4, 2, 2), 4), ((3, 3, 5, 4), 12)]
)
def test_a_hole_in_a_finished_map_is_filled(hole, calls):
    wanted = block(*hole)
    plan = make_plan(wanted, block(0, 0, 12, 12) - wanted)
    assert not plan.unplanned
    assert not plan.padding
    assert len(plan.steps) == calls


@pytest.mark.parametrize("depth", range(1, 8))
@pytest.mark.parametrize(("dx", "dy"), [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_a_finished_map_grows_on_any_side(dx, dy, depth):
    side = 10
    across, down = (depth, side) if dx else (side, depth)
    x0 = side if dx > 0 else -depth if dx < 0 else 0
    y0 = side if dy > 0 else -depth if dy < 0 else 0
    plan = make_plan(block(x0, y0, across, down), block(0, 0, side, side))
    assert not plan.unplanned
    assert not plan.padding


def test_one_quadrant_of_a_finished_map_is_painted_again():
    plan = make_plan([(4, 4)], block(0, 0, 9, 9))
    assert plan.steps == (Rectangle(4, 4, 1, 1),)


def test_a_painted_diagonal_neighbor_is_no_obstacle():
    plan = make_plan(block(0, 0, 6, 6), [(-1, -1), (6, 6)])
    assert not plan.unplanned


def test_a_lone_quadrant_is_painted_with_padding():
    plan = make_plan([(0, 0)])
    assert plan.steps == (Rectangle(0, 0, 2, 2),)
    assert plan.padding == {Quadrant(1, 0), Quadrant(0, 1), Quadrant(1, 1)}


def test_a_quadrant_that_no_step_reaches_is_named_with_the_reason():
    plan = make_plan([(0, 0)], [(-1, 0), (1, 0)], may_pad=False)
    assert plan.steps == ()
    assert plan.unplanned[Quadrant(0, 0)].reason is Reason.NO_CONTEXT


def test_a_square_may_not_touch_what_is_painted():
    refused = place(Rectangle(0, 0, 2, 2), {(2, 1)})
    assert refused == Refusal(Reason.TOUCHES, (Quadrant(2, 1),))
    assert "2,1" in str(refused)


def test_a_square_may_meet_what_is_painted_at_a_corner():
    assert place(Rectangle(0, 0, 2, 2), {(2, 2)}) == Placement(0, 0, ())


def test_a_bridge_lies_in_the_middle_between_painted_sides():
    painted = block(-1, 0, 1, 2) | block(1, 0, 1, 2)
    assert place(Rectangle(0, 0, 1, 2), painted) == Placement(
        256, 0, (Quadrant(-1, 0), Quadrant(1, 0), Quadrant(-1, 1), Quadrant(1, 1))
    )


def test_a_bridge_is_pushed_away_from_its_only_painted_side():
    placement = place(Rectangle(0, 0, 1, 2), block(1, 0, 1, 2))
    assert placement == Placement(0, 0, (Quadrant(1, 0), Quadrant(1, 1)))
    placement = place(Rectangle(0, 0, 1, 2), block(-1, 0, 1, 2))
    assert placement == Placement(512, 0, (Quadrant(-1, 0), Quadrant(-1, 1)))


def test_a_side_that_is_half_painted_leaves_a_gap():
    refused = place(Rectangle(0, 0, 1, 2), {(-1, 0)})
    assert refused == Refusal(Reason.GAP, (Quadrant(-1, 1),))


def test_an_illegal_step_is_found():
    plan = Plan(((Rectangle(0, 0, 1, 1),),), frozenset(), {})
    with pytest.raises(PlanError, match=r"1 x 1 at 0,0 is not legal"):
        check_plan(plan, [(0, 0)], [])


def test_steps_of_one_wave_that_depend_on_each_other_are_found():
    plan = Plan(((Rectangle(0, 0, 2, 2), Rectangle(2, 0, 2, 2)),), frozenset(), {})
    with pytest.raises(PlanError, match="depend on each other"):
        check_plan(plan, block(0, 0, 4, 2), [])


def test_a_quadrant_that_is_missing_is_found():
    plan = Plan(((Rectangle(0, 0, 2, 2),),), frozenset(), {})
    with pytest.raises(PlanError, match="5,5 is missing"):
        check_plan(plan, {*block(0, 0, 2, 2), (5, 5)}, [])
