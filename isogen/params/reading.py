"""Reads params.yaml."""

import os
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import yaml

from isogen.errors import ParamsError
from isogen.params.faults import checked
from isogen.params.model import Params, RunParams
from isogen.params.painting import PIXELART

JOBS_VARIABLE = "ISOGEN_JOBS"

MOST_BYTES = 1 << 20
"""Largest settings file that is read."""

_MAPPING_TAG = "tag:yaml.org,2002:map"


_NO_PROJECT = "Run `isogen init`, or give the path of the file."


class _Loader(yaml.SafeLoader):
    """Loads plain values, and refuses a key that stands twice: YAML would keep the last."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        name = str(key.value)
        if name in seen:
            raise yaml.MarkedYAMLError(
                problem=f"{name} stands twice in one section", problem_mark=key.start_mark
            )
        seen.add(name)
    loader.flatten_mapping(node)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(_MAPPING_TAG, _mapping)


def read_params(path: Path, environ: Mapping[str, str] | None = None) -> Params:
    """Read and check the settings; what is left out has its default.

    Args:
        path: The YAML file.
        environ: Environment variables; None takes those of this process. ISOGEN_JOBS
            overrides ``run.jobs``.

    Raises:
        ParamsError: The file is missing or not YAML, or a setting is unknown or wrong.
    """
    params = parse_params(read_text(path, _NO_PROJECT), name=path.name)
    jobs = (os.environ if environ is None else environ).get(JOBS_VARIABLE, "")
    return params.model_copy(update={"run": _run_of(jobs)}) if jobs else params


def parse_params(text: str, *, name: str = "params.yaml") -> Params:
    """Return the settings that a YAML document holds.

    Raises:
        ParamsError: It is not YAML, or a setting is unknown or wrong, or ``generate.model``
            names no model.
    """
    try:
        tree = yaml.load(text, _Loader)  # noqa: S506  a SafeLoader
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ParamsError(f"{name} is not YAML: {_reason(error)}") from error
    params = checked(Params, {} if tree is None else tree, name)
    if params.generate.model != PIXELART:
        try:
            params.infill_model(params.generate.model)
        except ParamsError as error:
            raise ParamsError(f"{name}: generate.model: {error}", hint=error.hint) from None
    return params


def read_text(path: Path, missing: str = "Give the path of a file that is there.") -> str:
    """Return the text of a settings file.

    Args:
        path: The file.
        missing: What to do when it is not there.

    Raises:
        ParamsError: It is missing, not UTF-8, or larger than ``MOST_BYTES``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ParamsError(f"{path} is larger than {MOST_BYTES >> 20} MiB")
        return data.decode()
    except FileNotFoundError:
        raise ParamsError(f"{path} does not exist", hint=missing) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ParamsError(f"{path} cannot be read: {error}") from error


def _run_of(jobs: str) -> RunParams:
    if not (jobs.isascii() and jobs.isdigit()):
        raise ParamsError(
            f"{JOBS_VARIABLE} must be a whole number, got {jobs!r}",
            hint=f"Unset {JOBS_VARIABLE}, or give a number of processes; 0 is one per core.",
        )
    return checked(RunParams, {"jobs": int(jobs)}, JOBS_VARIABLE)


def _reason(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        mark = error.problem_mark
        return f"{error.problem} (line {mark.line + 1}, column {mark.column + 1})"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
