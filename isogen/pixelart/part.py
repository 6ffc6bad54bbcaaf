"""How the artist's functions are compiled.

Only kernels, which Python calls, are compiled with ``njit`` and cached. Their parts
need no entry from Python, and the entries take most of the time to compile.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., object])


def part(function: F) -> F:
    """Compile a function that only kernels and other parts call."""
    compiled = cast("Callable[..., Callable[[F], F]]", njit)  # the stubs lack these options
    return compiled(no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
