"""What a run may still spend."""

from isogen.errors import InputError
from isogen.models.protocol import InfillModel
from isogen.store.events import Made
from isogen.store.layer import LayerStore


class Budget:
    """Counts what steps cost, and says whether another one may start."""

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
        """Option that kept a step from starting, if one did."""

        self._limit, self._most_usd = limit, most_usd
        self._price_usd, self._tries = price_usd or 0.0, tries
        self._in_flight = self._asked = 0
        self._paid_calls, self._known_usd = 0, 0.0

    def may_start(self) -> bool:
        """Tell whether a step may start, were it and all in flight as dear as they can be."""
        if self._limit is not None and self._asked + self._in_flight >= self._limit:
            self.stopped_by = "--limit"
            return False
        reserved = (self._in_flight + 1) * self._tries * self._price
        if self._most_usd is not None and self.spent_usd + reserved > self._most_usd * _ROUNDING:
            self.stopped_by = "--max-cost"
            return False
        return True

    def start(self) -> None:
        """Count a step as being in flight."""
        self._in_flight += 1

    def settle(self, calls: int, paid_usd: float | None) -> None:
        """Count a step that ended, with the calls that it took and what was paid for them."""
        self._in_flight -= 1
        self._asked += calls > 0
        if paid_usd is None:
            self.spent_usd += calls * self._price
            return
        self.spent_usd += paid_usd
        self._paid_calls += calls
        self._known_usd += paid_usd

    def fail(self) -> None:
        """Count a step that ended without an answer as free."""
        self._in_flight -= 1
        self._asked += 1

    @property
    def _price(self) -> float:
        """What a call costs: as known before, or as the calls of this run did, if dearer."""
        mean = self._known_usd / self._paid_calls if self._paid_calls else 0.0
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
