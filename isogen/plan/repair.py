"""Mends a plan where it left quadrants: takes steps nearby back and plans them with foresight.

The pattern is quick and needs few calls, but near painted quadrants and ragged edges it may
shut a quadrant out. There every step is asked first whether all others can be reached after
it; and padding is added only where they cannot be reached without.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import product

from isogen.plan.board import MARGIN, Board
from isogen.plan.lattice import Cell
from isogen.plan.reach import cells_of, covering_rectangles, reachable
from isogen.plan.rules import Placement, Rectangle, place, reads

_NEAR = (0, 1, 3, 5)
"""Quadrants around one that was left out, of which the steps are taken back: few at first."""

_FAR = MARGIN
"""Quadrants around a step within which it is asked what it shuts out."""

_PADDING = (0, 1, 2, 3)
"""Rings of padding around what was left out that are tried, one after the other."""

_ATTEMPTS = [(rings, near) for rings in _PADDING for near in (_NEAR[:-1] if rings else _NEAR)]
"""What is tried, the cheap first. With padding the steps farthest away are never in the way."""

MayPad = Callable[[Cell], bool]


class Repair:
    """A plan while it is mended: steps in an order in which each is legal at its turn."""

    def __init__(
        self, steps: Iterable[Rectangle], asked: Collection[Cell], known: Collection[Cell]
    ) -> None:
        self._asked, self._known = asked, known
        self._steps: dict[int, Rectangle] = {}
        self._painter: dict[Cell, int] = {}
        self.left = set(asked)
        """What is asked for and not painted."""
        self._append(steps)

    @property
    def steps(self) -> list[Rectangle]:
        """The steps, in order."""
        return list(self._steps.values())

    def mend(self, may_pad: MayPad | None) -> None:
        """Plan again around what was left out, without padding at first."""
        hopeful = self._hopeful(may_pad)
        for rings, near in _ATTEMPTS if may_pad else _ATTEMPTS[: len(_NEAR)]:
            for cluster in _clusters(self.left & hopeful):
                ring = grown(cluster, rings) if may_pad and rings else set[Cell]()
                padding = {c for c in ring if may_pad and c not in self._asked and may_pad(c)}
                self._mend_around(cluster, near, padding)
        self._sweep()

    def _append(self, steps: Iterable[Rectangle]) -> None:
        number = max(self._steps, default=-1) + 1
        for index, step in enumerate(steps, number):
            self._steps[index] = step
            self._painter.update(dict.fromkeys(step.quadrants, index))
            self.left.difference_update(step.quadrants)

    def _hopeful(self, may_pad: MayPad | None) -> set[Cell]:
        """Return what of the rest some legal order might reach, were all else taken back."""
        close = grown(self.left, _PADDING[-1])
        free = {c for c in close if c in self._asked or (may_pad and may_pad(c))}
        known = {c for c in grown(close, 1) if c in self._known}
        return reachable(free - known, known, set(self._asked) - close)

    def _mend_around(self, cluster: set[Cell], near: int, padding: set[Cell]) -> None:
        gone = self._with_dependents({c for c in grown(cluster, near) if c in self._painter})
        taken = {c for index in gone for c in cells_of(self._steps[index])}
        wanted = {c for c in taken if c in self._asked} | (self.left & grown(cluster, near + _FAR))
        free = wanted | {c for c in padding if not self._is_painted(c)}
        painted = {c for c in grown(free, 1) if c not in taken and self._is_painted(c)}
        if reachable(free, painted).isdisjoint(cluster):
            return
        added = _without_idle(_foreseen(wanted, free, painted), wanted, painted)
        made = {q for step in added for q in step.quadrants}
        if len(made & wanted) > len(taken & wanted):
            for index in gone:
                del self._steps[index]
            for cell in taken:
                del self._painter[cell]
            self.left |= taken & wanted
            self._append(added)

    def _is_painted(self, cell: Cell) -> bool:
        return cell in self._painter or cell in self._known

    def _with_dependents(self, cells: Iterable[Cell]) -> set[int]:
        """Return the steps that paint some quadrants, and all that wait for one of them."""
        pending = {self._painter[cell] for cell in cells}
        found: set[int] = set()
        while pending:
            index = pending.pop()
            found.add(index)
            own = cells_of(self._steps[index])
            close = {self._painter[c] for c in grown(own, 1) if c in self._painter}
            for later in sorted(close - found):
                if later > index and not own.isdisjoint(self._reads_of(later)):
                    pending.add(later)
        return found

    def _reads_of(self, index: int) -> set[Cell]:
        """Return what the placement of a step depends on, at its turn."""
        step = self._steps[index]
        around = grown(step.quadrants, 1)
        done = {c for c in around if c in self._known or self._painter.get(c, index) < index}
        placement = place(step, done)
        assert isinstance(placement, Placement)  # noqa: S101  steps are legal at their turns
        return reads(step, placement)

    def _sweep(self) -> None:
        """Take whatever is legal still, so that what is left has no legal step."""
        waiting = sorted(self.left, key=_row_major)
        while waiting:
            for step in covering_rectangles(waiting.pop(0)):
                done = {c for c in grown(step.quadrants, 1) if self._is_painted(c)}
                is_legal = isinstance(place(step, done), Placement)
                if is_legal and self.left.issuperset(step.quadrants):
                    self._append([step])
                    waiting = sorted(self.left, key=_row_major)
                    break


def _foreseen(wanted: set[Cell], free: set[Cell], painted: set[Cell]) -> list[Rectangle]:
    """Return steps that paint as much of what is wanted as can be, in order."""
    view = _Foresight(free, painted, wanted)
    out: list[Rectangle] = []
    while view.hoped:
        step, loses = view.safest()
        if step is None:
            break
        out.append(step)
        view.paint(step, loses=loses)
    return out


class _Foresight:
    """What is wanted, free and painted around a place, and what can still be hoped for."""

    def __init__(self, free: set[Cell], painted: set[Cell], wanted: set[Cell]) -> None:
        self._board = Board.around(free)
        self._free, self._painted = map(self._board.bits, (free, painted))
        reach = self._board.reachable(self._free, self._painted)
        self.hoped = reach & self._board.bits(wanted)
        self._blocks: dict[tuple[Rectangle, int], int] = {}

    def safest(self) -> tuple[Rectangle | None, bool]:
        """Return the first step that shuts nothing out, or that worth it most, and which it is."""
        best: tuple[int, Rectangle] | None = None
        for step in sorted(self._board.legal(self._free, self._painted), key=self._rank):
            own, near = self._block(step), self._block(step, _FAR)
            rest = self._free & near & ~own
            still = self._board.reachable(rest, self._painted | own, self._free & ~near)
            lost = (self.hoped & rest & ~still).bit_count()
            if not lost:
                return step, False
            worth = (own & self.hoped).bit_count() - lost
            if worth > 0 and (best is None or worth > best[0]):
                best = worth, step
        return (best[1], True) if best else (None, False)

    def paint(self, step: Rectangle, *, loses: bool) -> None:
        """Count a step as done."""
        own = self._block(step)
        self._painted |= own
        self._free &= ~own
        self.hoped &= ~own
        if loses:
            self.hoped &= self._board.reachable(self._free, self._painted)

    def _rank(self, step: Rectangle) -> tuple[int, int, int, int]:
        """Return what steps are tried by: much that is wanted, little padding, then the place."""
        own = self._block(step)
        gain = (self.hoped & own).bit_count()
        outside = not self.hoped & own & -own
        return -gain, step.width * step.height - gain + outside, step.y, step.x

    def _block(self, step: Rectangle, rings: int = 0) -> int:
        """Return the bits of a step, or with rings around it; each is asked for many times."""
        block = self._blocks.get((step, rings))
        if block is None:
            block = self._blocks[step, rings] = self._board.block(step, rings)
        return block


def _without_idle(
    steps: Sequence[Rectangle], wanted: set[Cell], painted: set[Cell]
) -> list[Rectangle]:
    """Leave out steps of padding alone that no other needs, the last ones first."""
    out = list(steps)
    for step in reversed(steps):
        if wanted.isdisjoint(step.quadrants):
            fewer = [r for r in out if r is not step]
            if _is_legal(fewer, painted):
                out = fewer
    return out


def _row_major(cell: Cell) -> tuple[int, int]:
    return cell[1], cell[0]


def _is_legal(steps: Iterable[Rectangle], painted: set[Cell]) -> bool:
    done = set(painted)
    for step in steps:
        if not isinstance(place(step, done), Placement):
            return False
        done.update(step.quadrants)
    return True


def grown(cells: Iterable[Cell], rings: int) -> set[Cell]:
    """Return quadrants with all that are at most some rings away."""
    reach = range(-rings, rings + 1)
    return {(x + dx, y + dy) for x, y in cells for dx, dy in product(reach, reach)}


def _clusters(cells: Collection[Cell]) -> list[set[Cell]]:
    """Part quadrants into those that lie close together, by row, then column."""
    rest = set(cells)
    out: list[set[Cell]] = []
    for first in sorted(cells, key=_row_major):
        cluster, edge = set[Cell](), {first} & rest
        while edge:
            cluster |= edge
            rest -= edge
            edge = grown(edge, 2) & rest
        if cluster:
            out.append(cluster)
    return out
