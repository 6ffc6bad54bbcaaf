"""How compiled functions are made, and where they are kept between runs.

Kernels are what Python calls; parts are what only kernels and other parts call. Only
kernels get entries from Python and a place in the cache: entries take most of the time
to compile. Numba looks at a kernel's own file only, so a change of a part would go
unseen: here the cache has a folder for each state of all compiled sources.
"""

import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from inspect import signature
from pathlib import Path
from typing import Protocol, TypeVar, cast, get_type_hints

import numba
from numba.core import config, types

F = TypeVar("F", bound=Callable[..., object])
_Compile = Callable[..., Callable[[F], F]]

_Types = tuple[object, ...]

_NUMBERS: dict[object, object] = {int: types.int64, float: types.float64, bool: types.boolean}


class _Dispatcher(Protocol):
    """What Numba makes of a function, as far as it is needed here."""

    compile: Callable[[_Types], object]
    """Compile for these types of arguments."""


_PACKAGE = Path(__file__).parent
_FROZEN = ("geo", "image", "mesh", "pixelart", "render", "export", "scene")
"""Packages whose functions and constants end up in compiled code."""


def kernel(function: F) -> F:
    """Compile a function that Python calls; it lets go of the interpreter's lock."""
    compiled = cast("_Compile[F]", numba.njit)  # the stubs lack these options
    return compiled(cache=True, nogil=True, no_cfunc_wrapper=True)(function)


def part(function: F) -> F:
    """Compile a function that only kernels and other parts call; Python cannot.

    It is compiled once for all numbers: they become what the annotations say. Numba
    alone would compile it again for each mixture of narrow, wide and real numbers.
    """
    compiled = cast("_Compile[F]", numba.njit)
    made = compiled(no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    dispatcher = cast("_Dispatcher", made)
    hints = get_type_hints(function)
    declared = [_NUMBERS.get(hints[name]) for name in signature(function).parameters]
    compile_for = dispatcher.compile

    def compile_declared(given: _Types) -> object:
        return compile_for(tuple(d or g for d, g in zip(declared, given, strict=True)))

    dispatcher.compile = compile_declared
    return made


def _sources_digest() -> str:
    state = sha256()
    paths = [Path(__file__), *(p for name in _FROZEN for p in (_PACKAGE / name).rglob("*.py"))]
    for path in sorted(paths):
        state.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return state.hexdigest()[:16]


def _cache_folder() -> Path:
    """Return the folder of this state of the sources; beside them, others are removed."""
    name = f"kernels-{_sources_digest()}"
    home = _PACKAGE / "__pycache__"
    if not os.access(home if home.is_dir() else _PACKAGE, os.W_OK):
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "isogen" / name
    for other in home.glob("kernels-*"):
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    return home / name


# Numba asks for the folder when a function is decorated, so it must be known by now.
if not getattr(config, "CACHE_DIR", ""):
    config.CACHE_DIR = str(_cache_folder())  # pyright: ignore[reportAttributeAccessIssue]
