"""Plans which rectangles are painted in which order, with legal steps only."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from isogen.geo.grid import Quadrant, row_major
from isogen.plan.lattice import Cell, Phase, best_phase, covering, phases
from isogen.plan.model import Plan
from isogen.plan.order import waves_of
from isogen.plan.repair import MayPad, Repair
from isogen.plan.rules import Placement, Rectangle, Refusal, place, reads

Waves = tuple[tuple[Rectangle, ...], ...]


class _Trial(NamedTuple):
    """What one phase of the pattern came to."""

    waves: Waves
    left: frozenset[Cell]
    """What no legal step reached."""

    @property
    def cost(self) -> tuple[int, int, int]:
        """What counts: quadrants left, then calls, then waves."""
        return len(self.left), self.calls, len(self.waves)

    @property
    def hope(self) -> int:
        """The calls that it might come to once it is mended."""
        return self.calls + len(self.left)

    @property
    def calls(self) -> int:
        """Number of steps."""
        return sum(map(len, self.waves))


def make_plan(
    wanted: Iterable[tuple[int, int]],
    painted: Iterable[tuple[int, int]] = (),
    *,
    may_pad: bool = True,
    allowed: Collection[tuple[int, int]] | None = None,
) -> Plan:
    """Plan how some quadrants are painted.

    Args:
        wanted: Quadrants to paint; those that are painted already are painted again.
        painted: Quadrants that are painted; they are context.
        may_pad: Whether quadrants beside the wanted ones may be painted too where no legal
            step reaches one otherwise.
        allowed: What may be padding; None is anything.

    Returns:
        A plan that paints every quadrant once, or names it with the reason.
    """
    asked = frozenset((x, y) for x, y in wanted)
    known = frozenset((x, y) for x, y in painted) - asked

    def pads(cell: Cell) -> bool:
        return allowed is None or cell in allowed

    waves = _best_waves(asked, known, pads if may_pad else None)
    made = {(x, y) for wave in waves for step in wave for x, y in step.quadrants}
    left = [Quadrant(*cell) for cell in asked - made]
    padding = frozenset(Quadrant(*cell) for cell in made - asked)
    return Plan(waves, padding, refusals(left, known | made))


def refusals(
    quadrants: Iterable[Quadrant], painted: Collection[tuple[int, int]]
) -> dict[Quadrant, Refusal]:
    """Return why none of some quadrants can be painted in the end; by row, then column."""
    return {q: _refusal(q, painted) for q in sorted(quadrants, key=row_major)}


def _best_waves(asked: frozenset[Cell], known: frozenset[Cell], may_pad: MayPad | None) -> Waves:
    """Try every phase of the pattern and mend the best; stop at one that leaves no doubt."""
    if not asked:
        return ()
    xs, ys = [x for x, _ in asked], [y for _, y in asked]
    first, *others = phases(best_phase((min(xs), min(ys)), (max(xs), max(ys))))
    trials: list[_Trial] = []
    for pattern in chain([covering(asked, first)], _patterns(asked, others)):
        trial = _try(asked, known, pattern)
        if not trial.left and len(trial.waves) <= _FEWEST_WAVES:
            return trial.waves
        trials.append(trial)
    trials.sort(key=lambda trial: trial.hope)  # stable: the first phase of equals
    most = _MENDED if len(asked) <= _MANY else 1
    mended = [_mended(trial, asked, known, may_pad) for trial in trials[:most]]
    return min(mended, key=lambda trial: trial.cost).waves


def _patterns(asked: frozenset[Cell], others: Iterable[Phase]) -> Iterator[list[Rectangle]]:
    """Yield the pattern of other phases; of many quadrants only those of the fewest pieces."""
    patterns = [covering(asked, phase) for phase in others]
    yield from patterns if len(asked) <= _MANY else sorted(patterns, key=len)[:_MENDED]


def _mended(
    trial: _Trial, asked: frozenset[Cell], known: frozenset[Cell], may_pad: MayPad | None
) -> _Trial:
    if not trial.left:
        return trial
    repair = Repair([step for wave in trial.waves for step in wave], asked, known)
    repair.mend(may_pad)
    return _Trial(waves_of(repair.steps, known), frozenset(repair.left))


_FEWEST_WAVES = 3
"""Squares, gaps, crossings: a plan in so few waves follows the pattern throughout."""

_MENDED = 3
"""Phases that are mended: those that need the fewest calls, one for each quadrant left."""

_MANY = 1024
"""Quadrants above which few phases are tried and the best is mended: each takes seconds."""


def _try(asked: frozenset[Cell], known: frozenset[Cell], items: list[Rectangle]) -> _Trial:
    """Carry items out, large ones first; those that are not legal are cut into quadrants."""
    done, left = set(known), set(asked)
    waves: list[tuple[Rectangle, ...]] = []
    for area in (4, 2, 1):
        waiting = [r for r in items if r.width * r.height == area]
        while waiting:
            wave, waiting = _next_wave(waiting, done, left)
            if not wave and area == 1:
                wave, waiting = _next_wave(waiting, done, set())
            if not wave:
                break
            waves.append(wave)
            fresh = {(x, y) for step in wave for x, y in step.quadrants}
            done |= fresh
            left -= fresh
        items = [r for r in items if r.width * r.height < area] + _halves(waiting)
    return _Trial(tuple(waves), frozenset(left))


def _halves(items: list[Rectangle]) -> list[Rectangle]:
    """Cut rectangles that are not legal: a square into rows, others into quadrants."""
    return [
        Rectangle(r.x + dx, r.y + dy, r.width if r.height > 1 and r.width > 1 else 1, 1)
        for r in items
        for dy in range(r.height)
        for dx in range(1 if r.height > 1 and r.width > 1 else r.width)
        if r.width * r.height > 1
    ]


def _next_wave(
    waiting: list[Rectangle], done: set[Cell], left: set[Cell]
) -> tuple[tuple[Rectangle, ...], list[Rectangle]]:
    """Return the items that are legal, independent and block nothing, and the others."""
    wave: list[Rectangle] = []
    later: list[Rectangle] = []
    fresh: set[Cell] = set()
    read: set[Cell] = set()
    for item in waiting:
        placement = place(item, done)
        if isinstance(placement, Placement):
            own, around = set(item.quadrants), reads(item, placement)
            free = own.isdisjoint(read) and around.isdisjoint(fresh)
            if free and not _blocks(item, done, fresh, left):
                wave.append(item)
                fresh |= own
                read |= around
                continue
        later.append(item)
    return tuple(wave), later


def _blocks(item: Rectangle, done: set[Cell], fresh: set[Cell], left: set[Cell]) -> bool:
    """Tell whether painting an item would shut a wanted quadrant out for ever.

    That happens when two painted quadrants meet at a corner only: whoever comes next beside
    both would see the fourth quadrant of the corner, which needs the same.
    """
    x0, y0, x1, y1 = item.x, item.y, item.x + item.width - 1, item.y + item.height - 1
    for x, dx in ((x0, -1), (x1, 1)):
        for y, dy in ((y0, -1), (y1, 1)):
            across = (x + dx, y + dy)
            if across not in done and across not in fresh:
                continue
            beside = (x + dx, y), (x, y + dy)
            filled = any(c in done or c in fresh for c in beside)
            if not filled and any(c in left for c in beside):
                return True
    return False


def _refusal(quadrant: Quadrant, done: Collection[Cell]) -> Refusal:
    placed = place(Rectangle(quadrant.x, quadrant.y, 1, 1), done)
    assert isinstance(placed, Refusal)  # noqa: S101  a legal step would have been taken
    return placed
