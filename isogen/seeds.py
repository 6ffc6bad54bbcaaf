"""Repeatable randomness: one integer hash, the same on every machine.

A feature's own id seeds its own stream, so that any part of a scene can be
built alone and comes out the same as when it is built with everything else.
NumPy's generators are not used: their streams may change between versions.
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1


def mix(*parts: int) -> int:
    """Return 64 well-mixed bits of the integers ``parts`` (order matters)."""
    state = 0x9E3779B97F4A7C15
    for part in parts:
        state = (state ^ (part & _MASK)) * 0xBF58476D1CE4E5B9 & _MASK
        state ^= state >> 27
        state = state * 0x94D049BB133111EB & _MASK
        state ^= state >> 31
    return state


class Stream:
    """An endless stream of random values, seeded by integers (SplitMix64)."""

    __slots__ = ("_state",)

    def __init__(self, *seed: int) -> None:
        self._state = mix(*seed)

    def bits(self) -> int:
        """Return the next 64 random bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & _MASK
        return z ^ (z >> 31)

    def random(self) -> float:
        """Return a value in [0, 1)."""
        return (self.bits() >> 11) * 2.0**-53

    def uniform(self, low: float, high: float) -> float:
        """Return a value in [low, high)."""
        return low + (high - low) * self.random()

    def below(self, count: int) -> int:
        """Return an integer in [0, count); ``count`` must be positive."""
        return self.bits() % count

    def between(self, low: int, high: int) -> int:
        """Return an integer in [low, high); ``high`` must be above ``low``."""
        return low + self.bits() % (high - low)

    def chance(self, probability: float) -> bool:
        """Return True with the given probability."""
        return self.random() < probability

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of ``choices``, which must not be empty."""
        return choices[self.bits() % len(choices)]
