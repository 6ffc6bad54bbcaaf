"""What a plan would take: calls, time and money, from what is on record or in the settings."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from isogen.params.infill import ModelParams
from isogen.plan.steps import PlannedStep
from isogen.store.events import Made
from isogen.store.layer import LayerStore

RECORDED = "recorded calls"
SETTINGS = "settings"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Figure:
    """A number for one step, and where it is from."""

    value: float | None
    """None when nobody knows."""

    source: str
    """``RECORDED``, ``SETTINGS`` or ``UNKNOWN``."""


@dataclass(frozen=True)
class Estimate:
    """What a plan would take, calls that are tried again left out."""

    calls: int

    seconds: float | None
    """Of wall time; None when nobody knows how long a call takes."""

    cost_usd: float | None
    """None when nobody knows what a call costs."""

    at_once: int
    """Calls at once that the time is for."""

    turns: int
    """Times that the model must have answered, one after the other, with so many at once."""

    step_s: Figure
    step_usd: Figure


def estimate(
    steps: Sequence[PlannedStep],
    model: str,
    params: ModelParams,
    generations: Sequence[LayerStore],
    *,
    at_once: int = 0,
) -> Estimate:
    """Estimate what steps would take.

    Args:
        steps: Those of a plan.
        model: Name of the model in the settings.
        params: Its settings, for what was never recorded.
        generations: Layers in whose journals calls of the model may be on record.
        at_once: Most calls at once; 0 means as many as the settings say.
    """
    at_once = at_once or params.concurrency
    step_s, step_usd = _recorded(model, generations)
    seconds = _figure(step_s, params.call_s)
    dollars = _figure(step_usd, params.cost_usd)
    turns = turns_taken(steps, at_once)
    return Estimate(
        calls=len(steps),
        seconds=None if seconds.value is None else round(seconds.value * turns, 1),
        cost_usd=None if dollars.value is None else round(dollars.value * len(steps), 4),
        at_once=at_once,
        turns=turns,
        step_s=seconds,
        step_usd=dollars,
    )


def turns_taken(steps: Sequence[PlannedStep], at_once: int) -> int:
    """Return how many calls follow each other at least when so many may run at once."""
    waiting = [len(step.after) for step in steps]
    followers: list[list[int]] = [[] for _ in steps]
    for index, step in enumerate(steps):
        for before in step.after:
            followers[before].append(index)
    ready = [index for index, count in enumerate(waiting) if not count]
    turns = 0
    while ready:
        turns += 1
        now = [heapq.heappop(ready) for _ in range(min(at_once, len(ready)))]
        for follower in (f for index in now for f in followers[index]):
            waiting[follower] -= 1
            if not waiting[follower]:
                heapq.heappush(ready, follower)
    return turns


def _figure(recorded: float | None, said: float | None) -> Figure:
    if recorded is not None:
        return Figure(recorded, RECORDED)
    return Figure(said, UNKNOWN if said is None else SETTINGS)


def _recorded(model: str, layers: Sequence[LayerStore]) -> tuple[float | None, float | None]:
    """Return the mean seconds and dollars of a step; None for what is not on record.

    Each quadrant's event holds its share of the step's; answers from the cache do not count.
    """
    steps = seconds = priced = dollars = 0.0
    for layer in layers:
        for record in layer.history():
            event = record.event
            if not isinstance(event, Made) or event.row.model != model:
                continue
            count = event.measures.get("quadrants")
            if not isinstance(count, int) or count < 1 or not event.measures.get("calls"):
                continue
            steps += 1 / count
            seconds += event.seconds
            if event.cost_usd is not None:
                priced += 1 / count
                dollars += event.cost_usd
    return (seconds / steps if steps else None), (dollars / priced if priced else None)
