"""Chooses, among the ways that a flavor builds, one that fits a building."""

from collections.abc import Callable
from typing import NamedTuple

from isogen.scene.flavors.schema import Flavor, Typology, pick
from isogen.scene.flavors.words import Use
from isogen.seeds import Stream


class Wanted(NamedTuple):
    """What is known about a building when its typology is chosen."""

    use: Use
    built: int | None
    """Year, or None where no date tells it."""

    storeys: int
    area_m2: float


def typology_of(flavor: Flavor, wanted: Wanted, stream: Stream) -> Typology:
    """Return a typology for the use, that fits year, storeys and area, in this order.

    Where none fits exactly, those that come nearest count.
    """
    left = [t for t in flavor.typology.values() if wanted.use in t.uses]
    if wanted.built is not None:
        left = _nearest(left, lambda t: t.years, wanted.built)
    left = _nearest(left, lambda t: t.storeys, wanted.storeys)
    left = _nearest(left, lambda t: t.area_m2, wanted.area_m2)
    return left[pick({k: t.weight for k, t in enumerate(left)}, stream)]


def _nearest(
    some: list[Typology], span: Callable[[Typology], tuple[int, int]], value: float
) -> list[Typology]:
    away = [max(low - value, value - high, 0) for low, high in map(span, some)]
    return [t for t, distance in zip(some, away, strict=True) if distance == min(away)]
