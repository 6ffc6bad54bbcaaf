"""Pictures to art by an infill model: calls that see what is painted around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from isogen.geo.grid import Quadrant
from isogen.models.protocol import InfillModel
from isogen.run.heaps import share_heaps
from isogen.scene.reader import SceneReader
from isogen.stages.infill_brief import INFILL_MAKER, NOTHING_SAID, Brief, Said
from isogen.stages.infill_budget import Budget, price_of
from isogen.stages.infill_padding import put_aside, render_padding, take_over
from isogen.stages.infill_places import Places
from isogen.stages.infill_record import Ledger
from isogen.stages.infill_run import StepRunner, Tally
from isogen.stages.infill_summary import InfillSummary
from isogen.stages.infill_work import Painter
from isogen.stages.painted import MapLayers
from isogen.stages.pictures import Pictures
from isogen.stages.planning import MapPlan, keep_plan, plan_infill, told_mending
from isogen.stages.project import Project, Reporter, Silent
from isogen.stages.quadrants import drawn_row
from isogen.stages.references import reference_tiles
from isogen.stages.render import map_quadrants, render_map, render_steps
from isogen.store.answers import Answers
from isogen.store.writer import LayerWriter

ANSWERS = "answers"
"""Folder in the cache of answers as they came."""


@dataclass(frozen=True)
class InfillOptions:
    """What was asked for besides the quadrants."""

    said: Said = NOTHING_SAID
    references: tuple[Quadrant, ...] = ()
    """Top-left quadrants of tiles to be shown as examples, besides the marked ones."""

    replace: bool = False
    """Whether what is painted is painted again."""

    may_pad: bool = True
    jobs: int = 0
    """Most calls at once; 0 means as many as the settings of the model say."""

    limit: int | None = None
    """Most steps that ask the model."""

    max_cost_usd: float | None = None
    """No step starts that could make the run dearer."""


def infill_map(
    project: Project,
    model: InfillModel,
    quadrants: Sequence[Quadrant] | None = None,
    options: InfillOptions | None = None,
    reporter: Reporter | None = None,
) -> InfillSummary:
    """Paint the map's quadrants, or only some, by a model; what is painted is left.

    Single quadrants are rendered first, and their scene is built, when they are not. Steps
    run at once where they may; each is recorded as soon as its pictures are stored, and an
    answer is kept as soon as it came, so that nothing is paid for twice. Steps that fail are
    recorded and told by the summary.

    Raises:
        ObjectMissingError: There is no scene yet, or the map is not rendered yet.
        BoundsError: The quadrants show nothing of the scene.
        InputError: The model takes no references, lacks a key, or its price is unknown.
        LockedError: Another process paints the map.
        StorageError: The disk refused; what was recorded stays.
        KeyboardInterrupt: What was in flight is recorded.
    """
    options, reporter = options or InfillOptions(), reporter or Silent()
    if quadrants is not None:
        render_map(project, quadrants=quadrants, reporter=reporter)
    reader = SceneReader(project.scene, project.params.camera)
    chosen = map_quadrants(project, reader) if quadrants is None else quadrants
    run = _Run(project, model, options, reporter)
    for step in render_steps(reader, chosen):
        drawn_row(run.layers.renders, step)
    return run.paint(chosen, is_whole=quadrants is None)


class _Run:
    """One run over a map, by the one writer of its generations."""

    def __init__(
        self, project: Project, model: InfillModel, options: InfillOptions, reporter: Reporter
    ) -> None:
        self._project, self._model = project, model
        self._options, self._reporter = options, reporter
        self.layers = MapLayers.of(project)
        self._layer = self.layers.generations
        self._beyond = self.layers.padding_generations

    def paint(self, chosen: Sequence[Quadrant], *, is_whole: bool) -> InfillSummary:
        """Drop what left the map, take over what is there already, and paint the rest."""
        options = self._options
        brief, budget = self._brief(), self._budget()
        with self._layer.writing() as writer, self._beyond.writing() as aside:
            dropped = self._drop_others(chosen, writer, aside) if is_whole else 0
            plan = plan_infill(
                self._project,
                None if is_whole else chosen,
                replace=options.replace,
                may_pad=options.may_pad,
                layers=self.layers,
            )
            if plan.notice:
                self._reporter.note(plan.notice)
            if not options.replace:
                keep_plan(self._project, plan, is_whole=is_whole)
            take_over(self.layers, plan.adopted, writer, aside)
            render_padding(self._project, plan.padding, self._reporter)
            self.layers.padding_renders.refresh()
            writers = dict.fromkeys(plan.wanted, writer) | dict.fromkeys(plan.padding, aside)
            runner = StepRunner(
                Places(self.layers, plan),
                Painter(self._model, brief, self._answers(), Pictures(), budget.pay),
                Ledger(writers, brief, self._project.params.projection),
                budget,
                self._reporter,
            )
            share_heaps()
            runner.run(plan.steps, at_once=options.jobs or self._model.params.concurrency)
        tally = runner.tally
        if options.replace and plan.steps and not (budget.calls or tally.failed):
            self._reporter.note(
                "just this was asked before, and the answers are kept: say another --seed or "
                "--prompt for other pictures"
            )
        mending = told_mending(self._project, plan)
        return _summary(plan, tally, budget, (len(set(chosen)), dropped), mending)

    def _brief(self) -> Brief:
        brief = Brief.of(self._model, self._project.params, self._options.said)
        most = self._model.params.references
        tiles = reference_tiles(self._project, self._options.references, most)
        return replace(brief, references=tiles)

    def _budget(self) -> Budget:
        options = self._options
        price = self._model.params.cost_usd
        if options.max_cost_usd is not None:
            price = price_of(self._model, self._layer)
        tries = 1 + self._project.params.generate.quality.retries
        return Budget(
            limit=options.limit, most_usd=options.max_cost_usd, price_usd=price, tries=tries
        )

    def _answers(self) -> Answers:
        return Answers(self._project.cache / ANSWERS)

    def _drop_others(
        self, chosen: Sequence[Quadrant], writer: LayerWriter, aside: LayerWriter
    ) -> int:
        """Let rows leave that are no part of the map; what was paid for is put aside."""
        kept = set(chosen)
        others = [row for row in self._layer.rows() if row.quadrant not in kept]
        paid = [r for r in others if r.maker == INFILL_MAKER and self._layer.objects.has(r.sha256)]
        if paid:
            put_aside(self.layers, paid, aside)
        if others:
            writer.drop(row.quadrant for row in others)
        return len(others)


def _summary(
    plan: MapPlan, tally: Tally, budget: Budget, counts: tuple[int, int], mending: str
) -> InfillSummary:
    """Put together what a run came to; counts are those asked for and dropped."""
    return InfillSummary(
        total=counts[0],
        done=max(counts[0] - len(plan.wanted) - len(plan.adopted), 0),
        made=tally.made,
        reused=tally.found + len(plan.adopted),
        dropped=counts[1],
        bytes=tally.bytes,
        steps=tally.steps,
        calls=budget.calls,
        cost_usd=budget.spent_usd,
        padding=tally.padding,
        flagged=tuple(tally.flagged),
        failed=tuple(tally.failed),
        blocked=tally.blocked,
        unplanned=plan.unplanned,
        mending=mending,
        stopped_by=budget.stopped_by,
    )
