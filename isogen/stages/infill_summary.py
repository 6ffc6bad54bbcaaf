"""What a run of an infill model came to, in numbers and as an error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from isogen.errors import IsogenError, ModelRefusedError, PlanError, ServiceError
from isogen.geo.grid import Quadrant
from isogen.plan.rules import Refusal
from isogen.plan.steps import PlannedStep
from isogen.stages.words import counted

_NAMED = 5
"""Steps that a message names."""


@dataclass(frozen=True)
class InfillSummary:
    """What a run came to."""

    total: int
    """Quadrants that were asked for."""

    done: int
    """Of these, how many were painted before and are left."""

    made: int
    """Quadrants that were painted now, those of the padding included."""

    reused: int
    """Taken from objects that an earlier run had made."""

    dropped: int
    """Rows that left the map."""

    bytes: int
    steps: int
    calls: int
    """Requests that were sent and answered."""

    cost_usd: float
    padding: int
    """Quadrants that were painted beyond what was asked for."""

    flagged: tuple[Quadrant, ...]
    """Painted now, with drift or a seam above what the settings allow."""

    failed: tuple[tuple[PlannedStep, IsogenError], ...]
    blocked: int
    """Steps that wait for a failed one."""

    unplanned: Mapping[Quadrant, Refusal]
    mending: str
    """Command that would reach some of them, empty when there is none."""

    stopped_by: str
    """Option that kept steps from starting; empty when none did."""

    @property
    def failure(self) -> IsogenError | None:
        """What to raise after the run; None when all that was started was done."""
        if self.failed:
            return _told_failure(self.failed, self.blocked)
        if self.unplanned:
            quadrant, why = next(iter(self.unplanned.items()))
            many = counted(len(self.unplanned), "quadrant")
            advice = f"Paint it together with others: `{self.mending}`."
            return PlanError(
                f"{many} cannot be painted, as {quadrant}: {why}",
                hint=advice if self.mending else "See `isogen plan`.",
            )
        return None


def _told_failure(failed: Sequence[tuple[PlannedStep, IsogenError]], blocked: int) -> IsogenError:
    """Return one error for all that failed, of the kind that is hopeless last."""
    services = [one for one in failed if isinstance(one[1], ServiceError)]
    refused = [one for one in failed if isinstance(one[1], ModelRefusedError)]
    (step, error), kind = (services or refused)[0], ServiceError if services else ModelRefusedError
    named = ", ".join(str(s.rectangle) for s, _ in failed[:_NAMED])
    more = f" and {len(failed) - _NAMED} more" if len(failed) > _NAMED else ""
    waiting = f"; {counted(blocked, 'step')} wait for that" if blocked else ""
    first = f"First, {step.rectangle}" if len(failed) > 1 else "Why"
    told = f"{counted(len(failed), 'step')} failed ({named}{more}){waiting}. {first}: {error}"
    return kind(told, hint=error.hint or "Run again: what is done is kept.")
