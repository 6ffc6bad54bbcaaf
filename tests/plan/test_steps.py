"""The order of steps: what waits for what, and that nothing else has to."""

from graphlib import TopologicalSorter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.errors import PlanError
from isogen.geo.grid import Box
from isogen.plan.model import Plan
from isogen.plan.planner import make_plan
from isogen.plan.rules import Rectangle, place
from isogen.plan.steps import planned_steps, swept

cells = st.tuples(st.integers(-6, 5), st.integers(-6, 5))
some = st.sets(cells, max_size=40)


def an_order(steps, data):
    """Draw any order that honors what each step waits for."""
    sorter = TopologicalSorter({i: step.after for i, step in enumerate(steps)})
    sorter.prepare()
    order, ready = [], list(sorter.get_ready())
    while ready:
        chosen = ready.pop(data.draw(st.integers(0, len(ready) - 1)))
        order.append(chosen)
        sorter.done(chosen)
        ready += sorter.get_ready()
    return order


@settings(max_examples=50)
@given(some, some, st.data())
def test_in_any_order_that_honors_what_steps_wait_for_each_is_legal_and_lies_the_same(
    wanted, painted, data
):
    plan = make_plan(wanted, painted)
    steps = planned_steps(plan, painted)
    done = painted - wanted
    for index in an_order(steps, data):
        step = steps[index]
        assert place(step.rectangle, done) == step.placement
        done |= {tuple(q) for q in step.quadrants}


@settings(max_examples=50)
@given(some, some)
def test_steps_wait_for_earlier_waves_only(wanted, painted):
    steps = planned_steps(make_plan(wanted, painted), painted)
    assert all(steps[i].wave < step.wave for step in steps for i in step.after)


@settings(max_examples=50)
@given(some, some)
def test_the_window_of_a_step_holds_its_rectangle(wanted, painted):
    for step in planned_steps(make_plan(wanted, painted), painted):
        x0, y0, x1, y1 = step.window
        boxes = [q.box for q in step.quadrants]
        assert (x1 - x0, y1 - y0) == (1024, 1024)
        assert all(x0 <= b.x0 and b.x1 <= x1 and y0 <= b.y0 and b.y1 <= y1 for b in boxes)


def test_a_bridge_waits_for_both_squares_and_its_window_lies_between_them():
    squares = (Rectangle(0, 0, 2, 2), Rectangle(3, 0, 2, 2))
    bridge = Rectangle(2, 0, 1, 2)
    steps = planned_steps(Plan((squares, (bridge,)), frozenset(), {}))
    assert [step.after for step in steps] == [(), (), (0, 1)]
    assert steps[2].window == Box(768, 0, 1792, 1024)
    assert steps[2].margin == (256, 0)


def test_a_step_that_must_not_be_touched_goes_before_what_would_touch_it():
    square, strip = Rectangle(0, 0, 2, 2), Rectangle(2, 0, 1, 2)
    steps = planned_steps(Plan(((square,), (strip,)), frozenset(), {}))
    assert steps[1].after == (0,)


def test_a_plan_with_an_illegal_step_has_no_order():
    with pytest.raises(PlanError, match="1 x 1 at 0,0 is not legal"):
        planned_steps(Plan(((Rectangle(0, 0, 1, 1),),), frozenset(), {}))


@settings(max_examples=50)
@given(some, some)
def test_swept_steps_stand_behind_what_they_wait_for(wanted, painted):
    steps = planned_steps(make_plan(wanted, painted), painted)
    order = swept(steps)
    assert sorted(order) == list(range(len(steps)))
    place_of = {index: place for place, index in enumerate(order)}
    assert all(place_of[b] < place_of[i] for i, step in enumerate(steps) for b in step.after)


def test_swept_steps_follow_soon_on_what_they_see():
    square = [(x, y) for y in range(48) for x in range(48)]
    steps = planned_steps(make_plan(square, ()))
    order = swept(steps)
    place_of = {index: place for place, index in enumerate(order)}
    waits = sorted(place_of[i] - place_of[b] for i, step in enumerate(steps) for b in step.after)
    assert waits[len(waits) * 3 // 4] < 32
