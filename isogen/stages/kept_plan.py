"""The plan of a run that is not finished, so that the next run goes on with it.

A plan made around what is half painted needs other calls than the one that was begun: with the
kept one, a run that was interrupted makes the same bytes as one that was not.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from isogen.digest import canonical_json
from isogen.errors import PlanError
from isogen.files import Durability, write_beside
from isogen.geo.grid import Quadrant
from isogen.plan.model import Plan
from isogen.plan.order import turns_of, waves_of
from isogen.plan.rules import Rectangle
from isogen.plan.steps import PlannedStep
from isogen.stages.project import Project

SCHEMA = "isogen-plan/1"
_MOST_BYTES = 1 << 28


@dataclass(frozen=True)
class KeptPlan:
    """What a run was going to do."""

    steps: tuple[tuple[Rectangle, tuple[int, int]], ...]
    """Rectangles with the pixels of context left of each and above it, in order."""

    padding: frozenset[Quadrant]
    unplanned: frozenset[Quadrant]

    def rest(
        self,
        wanted: Collection[Quadrant],
        painted: Collection[Quadrant],
        is_part: Callable[[Rectangle], bool] = lambda _: True,
    ) -> tuple[Rectangle, ...] | None:
        """Return the steps that are not finished, if they are what is to be done now.

        The step that was being recorded when a run was killed is done again as a whole.

        Args:
            wanted: What is to be painted.
            painted: What is painted, padding included.
            is_part: Tells whether what is painted of a step was painted by it; what somebody
                else put there is not painted over.
        """
        rest = [(r, m) for r, m in self.steps if not all(q in painted for q in r.quadrants)]
        torn = [r for r, _ in rest if any(q in painted for q in r.quadrants)]
        if len(torn) > 1 or not all(map(is_part, torn)):
            return None
        to_do = {q for r, _ in rest for q in r.quadrants}
        if len(to_do) != sum(r.width * r.height for r, _ in rest):
            return None
        if to_do.difference(painted, self.padding) != set(wanted) - self.unplanned:
            return None
        if not self.unplanned.issubset(wanted):
            return None
        steps = tuple(r for r, _ in rest)
        try:
            turns = turns_of(steps, set(painted) - to_do)
        except PlanError:
            return None
        margins = [(turn.placement.left_px, turn.placement.top_px) for turn in turns]
        return steps if margins == [m for _, m in rest] else None


def plan_of(steps: Sequence[Rectangle], kept: KeptPlan, painted: Collection[Quadrant]) -> Plan:
    """Return the rest of a kept plan as a plan; what is unplanned is left to the caller."""
    to_do = {q for step in steps for q in step.quadrants}
    return Plan(waves_of(steps, set(painted) - to_do), frozenset(kept.padding & to_do), {})


def plan_path(project: Project, *, is_whole: bool) -> Path:
    """Return where the plan of a run over the whole map, or over single quadrants, is kept."""
    name = "generation.plan.json" if is_whole else "generation.chosen.plan.json"
    return project.root / "data" / "journal" / name


def write_plan(
    path: Path,
    steps: Sequence[PlannedStep],
    padding: Collection[Quadrant],
    unplanned: Collection[Quadrant],
) -> None:
    """Keep a plan.

    Raises:
        StorageError: The disk refused.
    """
    document = {
        "schema": SCHEMA,
        "steps": [[*step.rectangle, *step.margin] for step in steps],
        "padding": sorted(padding),
        "unplanned": sorted(unplanned),
    }
    write_beside(path, canonical_json(document) + b"\n", durability=Durability.FAST)


def read_plan(path: Path) -> KeptPlan | None:
    """Read a plan; None without a file.

    Raises:
        ValueError: It is not one, or is broken.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("it is too large")
        document = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, RecursionError) as error:
        raise ValueError(str(error)) from error
    match document:
        case {"schema": str(schema)} if schema == SCHEMA:
            fields = cast("dict[str, Any]", document)
        case _:
            raise ValueError(f"it is not of the form {SCHEMA}")
    return KeptPlan(
        tuple(_step(values) for values in _list(fields, "steps")),
        frozenset(_quadrant(values) for values in _list(fields, "padding")),
        frozenset(_quadrant(values) for values in _list(fields, "unplanned")),
    )


def _list(fields: dict[str, Any], name: str) -> list[Any]:
    match fields.get(name):
        case [*values]:
            return values
        case _:
            raise ValueError(f"{name} must be a list")


def _step(values: Any) -> tuple[Rectangle, tuple[int, int]]:  # noqa: ANN401  any JSON value
    match values:
        case [int() as x, int() as y, 1 | 2 as width, 1 | 2 as height, int() as left, int() as top]:
            return Rectangle(x, y, width, height), (left, top)
        case _:
            raise ValueError(f"{values!r} is not a step")


def _quadrant(values: Any) -> Quadrant:  # noqa: ANN401  any JSON value
    match values:
        case [int() as x, int() as y]:
            return Quadrant(x, y)
        case _:
            raise ValueError(f"{values!r} is not a quadrant")
