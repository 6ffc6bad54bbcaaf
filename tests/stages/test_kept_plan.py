"""A run that was interrupted goes on with the steps that it had not finished."""

from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.geo.grid import Quadrant
from isogen.plan.planner import make_plan
from isogen.plan.rules import Rectangle
from isogen.plan.steps import planned_steps
from isogen.stages.estimate import turns_taken
from isogen.stages.kept_plan import KeptPlan, plan_of, read_plan, write_plan

quadrants = st.builds(Quadrant, st.integers(-4, 4), st.integers(-4, 4))
some = st.sets(quadrants, max_size=30)


def kept_of(plan, steps):
    return KeptPlan(
        tuple((s.rectangle, s.margin) for s in steps), plan.padding, frozenset(plan.unplanned)
    )


@settings(max_examples=50)
@given(some, some, st.integers(0, 40))
def test_after_any_number_of_steps_the_same_steps_remain(wanted, painted, count):
    plan = make_plan(wanted, painted)
    steps = planned_steps(plan, painted)
    done = (painted - wanted).union(*(s.quadrants for s in steps[:count]))
    rest = kept_of(plan, steps).rest(wanted - done, done)
    assert rest == tuple(s.rectangle for s in steps[count:])
    again = planned_steps(plan_of(rest, kept_of(plan, steps), done), done)
    assert {(s.rectangle, s.placement) for s in again} == {
        (s.rectangle, s.placement) for s in steps[count:]
    }


def test_a_step_that_was_half_recorded_is_done_again_as_a_whole():
    wanted = {Quadrant(x, y) for x in range(5) for y in range(2)}
    plan = make_plan(wanted)
    kept = kept_of(plan, planned_steps(plan))
    assert kept.rest(wanted - {Quadrant(0, 0)}, {Quadrant(0, 0)}) == plan.steps


def test_a_finished_plan_is_not_begun_again_for_one_quadrant():
    wanted = {Quadrant(x, y) for x in range(5) for y in range(5)}
    plan = make_plan(wanted)
    kept = kept_of(plan, planned_steps(plan))
    assert kept.rest({Quadrant(0, 0)}, wanted - {Quadrant(0, 0)}) is None


def test_a_plan_is_not_gone_on_with_when_something_else_is_wanted():
    wanted = {Quadrant(x, y) for x in range(5) for y in range(5)}
    plan = make_plan(wanted)
    assert kept_of(plan, planned_steps(plan)).rest(wanted | {Quadrant(9, 9)}, set()) is None


def test_a_plan_that_paints_a_quadrant_twice_is_not_gone_on_with():
    one = (Rectangle(0, 0, 2, 2), (0, 0))
    assert KeptPlan((one, one), frozenset(), frozenset()).rest(set(one[0].quadrants), set()) is None


def test_a_plan_is_not_gone_on_with_when_a_step_would_lie_elsewhere():
    kept = KeptPlan(((Rectangle(1, 0, 1, 2), (256, 0)),), frozenset(), frozenset())
    left = {Quadrant(0, 0), Quadrant(0, 1)}
    wanted = {Quadrant(1, 0), Quadrant(1, 1)}
    assert kept.rest(wanted, left) is None
    assert kept.rest(wanted, left | {Quadrant(2, 0), Quadrant(2, 1)}) is not None


@settings(max_examples=20)
@given(some)
def test_what_is_written_is_read_back(tmp_path_factory, wanted):
    path = tmp_path_factory.mktemp("plan") / "journal" / "generation.plan.json"
    plan = make_plan(wanted)
    steps = planned_steps(plan)
    write_plan(path, steps, plan.padding, plan.unplanned.keys())
    assert read_plan(path) == kept_of(plan, steps)


def test_a_rectangle_takes_as_many_turns_as_waves_when_enough_run_at_once():
    steps = planned_steps(make_plan((x, y) for x in range(9) for y in range(9)))
    assert turns_taken(steps, 100) == 3
    assert turns_taken(steps, 1) == len(steps) == 36
    assert turns_taken(steps, 4) == 9
