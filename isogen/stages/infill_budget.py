"""What a run may still spend."""

import threading

from isogen.errors import InputError
from isogen.models.protocol import InfillModel
from isogen.store.events import Made
from isogen.store.layer import LayerStore


class Budget:
    """Counts what calls cost, and says whether another step may start.

    Calls are counted as they are answered, in any thread: what a step that failed in the end
    has paid counts too.
    """

    def __init__(
        self,
        *,
        limit: int | None = None,
        most_usd: float | None = None,
        price_usd: float | None = None,
        tries: int = 1,
    ) -> None:
        """Begin to count.

        Args:
            limit: Most steps that ask the model.
            most_usd: Most US dollars; needs a price.
            price_usd: Of one call, as far as is known.
            tries: Most calls of one step.
        """
        self.spent_usd = 0.0
        self.stopped_by = ""
        """Option that keeps the next step from starting, if one does."""

        self.calls = 0
        """Requests that were sent and answered, whatever the answer was worth."""

        self._limit, self._most_usd = limit, most_usd
        self._price_usd, self._tries = price_usd or 0.0, tries
        self._in_flight = self._asked = 0
        self._priced_calls, self._priced_usd = 0, 0.0
        self._lock = threading.Lock()

    def may_start(self) -> bool:
        """Tell whether a step may start, were it and all in flight as dear as they can be."""
        if self._limit is not None and self._asked + self._in_flight >= self._limit:
            self.stopped_by = "--limit"
            return False
        reserved = (self._in_flight + 1) * self._tries * self._price
        if self._most_usd is not None and self.spent_usd + reserved > self._most_usd * _ROUNDING:
            self.stopped_by = "--max-cost"
            return False
        self.stopped_by = ""  # those in flight were cheaper than they might have been
        return True

    def start(self) -> None:
        """Count a step as being in flight."""
        self._in_flight += 1

    def pay(self, cost_usd: float | None) -> None:
        """Count a call that was answered; None when nobody knows what it cost."""
        with self._lock:
            self.calls += 1
            self.spent_usd += self._price if cost_usd is None else cost_usd
            if cost_usd is not None:
                self._priced_calls += 1
                self._priced_usd += cost_usd

    def end(self, *, was_asked: bool) -> None:
        """Count a step as done or failed, and whether the model was asked for it."""
        self._in_flight -= 1
        self._asked += was_asked

    @property
    def _price(self) -> float:
        """What a call costs: as known before, or as the calls of this run did, if dearer."""
        mean = self._priced_usd / self._priced_calls if self._priced_calls else 0.0
        return max(self._price_usd, mean)


_ROUNDING = 1 + 1e-9
"""Ten calls of 0.1 dollars cost one dollar, whatever the sum of binary fractions is."""


def price_of(model: InfillModel, layer: LayerStore) -> float:
    """Return what a call of a model costs: by its settings, or on average so far.

    Raises:
        InputError: Nobody knows.
    """
    if model.params.cost_usd is not None:
        return model.params.cost_usd
    costs: dict[object, float] = {}
    for record in layer.history():
        event = record.event
        if isinstance(event, Made) and event.row.model == model.name and event.cost_usd is not None:
            key = event.measures.get("request_key")
            costs[key] = costs.get(key, 0.0) + event.cost_usd
    if not costs:
        raise InputError(
            f"--max-cost needs to know what a call of {model.name} costs",
            hint=f"Say it in params.yaml: models: {{{model.name}: {{cost_usd: 0.05}}}}",
        )
    return sum(costs.values()) / len(costs)
