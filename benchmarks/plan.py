"""Measure the planner on regions of many sizes and shapes: ``python benchmarks/plan.py``."""

import time
from collections.abc import Collection

from isogen.plan.lattice import Cell
from isogen.plan.planner import make_plan
from isogen.plan.steps import planned_steps
from isogen.seeds import mix

SIDE = 180
"""Quadrants along a side: 32,400 are a city of 26 by 37 km at the default scale."""


def main() -> None:
    """Plan each region once and print the CPU seconds that it took."""
    square = {(x, y) for x in range(SIDE) for y in range(SIDE)}
    middle = SIDE // 2
    disk = {(x, y) for x, y in square if (x - middle) ** 2 + (y - middle) ** 2 < middle**2}
    holes = {cell for cell in disk if mix(*cell) % 100 == 0}
    print(f"{'region':34} {'quadrants':>9} {'calls':>7} waves padding unplanned  plan s steps s")
    report("square", square)
    report("disk", disk)
    report("disk with 1 % holes", disk - holes)
    report("ring around a finished square", square - inner(10), inner(10))
    report("one quadrant of a finished square", {(middle, middle)}, square)


def inner(margin: int) -> set[Cell]:
    """Return the square without some quadrants along its border."""
    side = range(margin, SIDE - margin)
    return {(x, y) for x in side for y in side}


def report(name: str, wanted: Collection[Cell], painted: Collection[Cell] = ()) -> None:
    """Plan a region and print a line about it."""
    started = time.process_time()
    plan = make_plan(wanted, painted)
    planned = time.process_time()
    steps = planned_steps(plan, painted)
    ended = time.process_time()
    print(
        f"{name:34} {len(wanted):9} {len(steps):7} {len(plan.waves):5} {len(plan.padding):7} "
        f"{len(plan.unplanned):9} {planned - started:7.2f} {ended - planned:7.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
