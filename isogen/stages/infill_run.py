"""Runs the steps of a plan: looks up, asks, records, one step after the other or many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from isogen.digest import Digest
from isogen.errors import IsogenError, ModelRefusedError, ServiceError
from isogen.geo.grid import Quadrant
from isogen.plan.steps import PlannedStep, swept
from isogen.run.graph import Blocked, Done, Failed, Node, run_graph
from isogen.stages.infill_brief import Brief, recipe_of
from isogen.stages.infill_budget import Budget
from isogen.stages.infill_places import Places
from isogen.stages.infill_record import Ledger
from isogen.stages.infill_work import Painter, StepJob, StepResult
from isogen.stages.project import Reporter
from isogen.stages.words import counted
from isogen.store.row import Row

_MOST_FAILURES = 8
"""Steps in a row that the service fails, on top of those in flight, before a run gives up."""


@dataclass(frozen=True)
class Found:
    """Rows that the same recipes made before: nothing has to be asked."""

    rows: tuple[Row, ...]


@dataclass
class Tally:
    """What a run has come to so far."""

    steps: int = 0
    """Steps that were painted by an answer."""

    made: int = 0
    """Quadrants of them."""

    found: int = 0
    """Quadrants that the same recipe had made before."""

    padding: int = 0
    """Quadrants of both kinds that lie beyond what was asked for."""

    bytes: int = 0
    flagged: list[Quadrant] = field(default_factory=list[Quadrant])
    failed: list[tuple[PlannedStep, IsogenError]] = field(
        default_factory=list[tuple[PlannedStep, IsogenError]]
    )
    blocked: int = 0
    """Steps that wait for a failed one."""

    in_a_row: int = 0
    """Failures of the service since the last answer."""


class StepRunner:
    """Runs steps in threads and records them in this one."""

    def __init__(
        self, places: Places, painter: Painter, ledger: Ledger, budget: Budget, reporter: Reporter
    ) -> None:
        self.tally = Tally()
        self._places, self._painter, self._ledger = places, painter, ledger
        self._budget, self._reporter = budget, reporter
        self._brief: Brief = ledger.brief
        self._at_once = 1
        self._fatal: IsogenError | None = None

    def run(self, steps: Sequence[PlannedStep], *, at_once: int) -> None:
        """Run steps; each is recorded as soon as its pictures are stored.

        A step that a service fails, or a model refuses, holds up only those that wait for it.

        Raises:
            IsogenError: Something that no other step can do better: the disk is full, a
                picture is broken, a key is missing. What was recorded stays.
            KeyboardInterrupt: Likewise, after what was in flight was recorded.
        """
        nodes = [Node(i, steps[i], steps[i].after) for i in swept(steps)]
        self._at_once = at_once
        self._reporter.begin("generate", len(nodes))
        outcomes = run_graph(
            nodes, self._prepare, self._work, at_once=at_once, may_start=self._may_start,
            on_interrupt=self._tell_interrupt,
        )  # fmt: skip
        for outcome in outcomes:
            match outcome:
                case Done(_, result):
                    self._record(result)
                case Failed(node, error):
                    self._fail(node.task, error)
                case Blocked():
                    self.tally.blocked += 1
            self._reporter.tell(self._state())
        self._reporter.end()
        if self._fatal is not None:
            raise self._fatal

    def _may_start(self) -> bool:
        if self._fatal is not None:
            return False
        is_down = self.tally.in_a_row >= _MOST_FAILURES + self._at_once
        return not is_down and self._budget.may_start()

    def _prepare(self, node: Node[PlannedStep]) -> StepJob | Found:
        step, places = node.task, self._places
        self._budget.start()
        renders = {q: places.render(q) for q in step.quadrants}
        generations = {q: places.generation(q) for q in step.placement.context}
        shown = (d for tile in self._brief.references for d in tile.digests)
        seen = (s.digest for s in (*renders.values(), *generations.values()))
        parents = (*seen, *shown)
        found = self._found(step, parents)
        if found is not None:
            return found
        into = {q: places.layer_of(q).objects for q in step.quadrants}
        return StepJob(step, renders, generations, into, parents)

    def _found(self, step: PlannedStep, parents: tuple[Digest, ...]) -> Found | None:
        rows: list[Row] = []
        for quadrant in step.quadrants:
            recipe = recipe_of(self._brief, step, parents, quadrant)
            row = self._places.layer_of(quadrant).find(recipe)
            if row is None or row.quadrant != quadrant:
                return None
            rows.append(row)
        return Found(tuple(rows))

    def _work(self, job: StepJob | Found) -> StepResult | Found:
        return job if isinstance(job, Found) else self._painter.paint(job)

    def _record(self, result: StepResult | Found) -> None:
        tally = self.tally
        if isinstance(result, Found):
            for row in result.rows:
                self._ledger.writers[row.quadrant].record(row, seconds=0.0, attempts=0)
            tally.found += len(result.rows)
            tally.padding += self._places.count_padding(row.quadrant for row in result.rows)
            self._budget.end(was_asked=False)
        else:
            tally.bytes += self._ledger.record(result)
            tally.steps += 1
            tally.made += len(result.made)
            tally.padding += self._places.count_padding(result.made)
            tally.in_a_row = 0
            tally.flagged += () if result.is_good else result.job.step.quadrants
            self._budget.end(was_asked=result.calls > 0)
        self._reporter.advance()

    def _fail(self, step: PlannedStep, error: IsogenError) -> None:
        self._budget.end(was_asked=True)
        if not isinstance(error, ServiceError | ModelRefusedError):
            self._fatal = self._fatal or error
            return
        self._ledger.fail(step, error)
        self.tally.failed.append((step, error))
        self.tally.in_a_row += isinstance(error, ServiceError)

    def _state(self) -> str:
        """Say what it has cost and what failed, as far as there is anything to say."""
        spent, failed = self._budget.spent_usd, len(self.tally.failed)
        cost = [f"${spent:.2f}"] if spent else []
        return ", ".join(cost + ([f"{failed} failed"] if failed else []))

    def _tell_interrupt(self, in_flight: int) -> None:
        calls = counted(in_flight, "call")
        self._reporter.note(
            f"interrupted: waiting for {calls} in flight; interrupt again to end at once"
        )
