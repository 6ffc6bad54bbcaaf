"""How compiled functions are made, and where they are kept between runs.

Kernels are what Python calls; parts are what only kernels and other parts call. Only
kernels get entries from Python and a place in the cache: entries take most of the time
to compile. Numba looks at a kernel's own file only, so a change of a part would go
unseen: here each module's kernels have a folder for each state of all that it imports.
"""

import os
import re
import shutil
from collections.abc import Callable
from functools import cache
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
_IMPORTS = re.compile(r"^from isogen\.([\w.]+) import (\([^)]*\)|[^\n]*)", re.MULTILINE)


def kernel(function: F) -> F:
    """Compile a function that Python calls; it lets go of the interpreter's lock."""
    if not _FOLDER_IS_GIVEN:
        # Numba asks for the folder when a function is decorated.
        folder = str(_cache_folder(function.__module__))
        config.CACHE_DIR = folder  # pyright: ignore[reportAttributeAccessIssue]
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


def _file_of(module: str) -> Path:
    """Return the file of a module, named from inside the package."""
    path = _PACKAGE.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def imported_by(path: Path) -> tuple[Path, ...]:
    """Return the files of the modules that one imports, by their own names or from a package."""
    found: list[Path] = []
    for module, names in _IMPORTS.findall(path.read_text("utf-8")):
        found.append(_file_of(module))
        within = [_file_of(f"{module}.{name}") for name in re.findall(r"\w+", names)]
        found += (file for file in within if file.is_file())
    return tuple(found)


def _sources_digest(first: Path) -> str:
    """Return the digest of a file and of all it imports of the package, near or far."""
    seen, waiting = {Path(__file__)}, [first]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += imported_by(path)
    state = sha256()
    for path in sorted(seen):
        state.update(path.name.encode() + b"\0" + path.read_bytes())
    return state.hexdigest()[:16]


@cache
def _cache_folder(module: str) -> Path:
    """Return the folder for the kernels of a module; those of its earlier states are removed."""
    file = _file_of(module.removeprefix("isogen."))
    name = f"kernels-{module}-{_sources_digest(file)}"
    home = _PACKAGE / "__pycache__"
    if not os.access(home if home.is_dir() else _PACKAGE, os.W_OK):
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "isogen" / name
    for other in home.glob(f"kernels-{module}-*"):
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    return home / name


_FOLDER_IS_GIVEN = bool(getattr(config, "CACHE_DIR", ""))
"""Whether somebody else, such as ``NUMBA_CACHE_DIR``, says where to keep what is compiled."""
