"""What infill models are set up, and whether they could be called."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from isogen.errors import InputError
from isogen.models.keys import Variable, place_of, variables_of
from isogen.models.protocol import Check
from isogen.models.registry import open_model
from isogen.params import Params
from isogen.params.named_models import model_names
from isogen.params.painting import PIXELART
from isogen.stages.project import Project

_MOST_AT_ONCE = 16


@dataclass(frozen=True)
class ModelLine:
    """A model as it is set up."""

    name: str
    kind: str
    where: str
    """Host, device, or the variable that says the host."""

    is_chosen: bool
    """Whether ``generate.model`` names it."""

    variables: tuple[Variable, ...]
    concurrency: int
    cost_usd: float | None
    """Of a call, as the settings say; None when they do not."""


@dataclass(frozen=True)
class CheckLine:
    """What became of the check of a model."""

    name: str
    check: Check


def list_models(project: Project, environ: Mapping[str, str]) -> list[ModelLine]:
    """Return all infill models, by name: those of the settings, and those known without."""
    params = project.params
    return [_line(name, params, environ) for name in model_names(params.models)]


def check_models(
    project: Project, names: Sequence[str], environ: Mapping[str, str]
) -> Iterator[CheckLine]:
    """Ask models whether they could be called, several at once, without calling them.

    Args:
        project: The project.
        names: Models; none are those of the settings, and those whose keys are there.
        environ: Environment variables.

    Yields:
        A line for each model, in order.

    Raises:
        ParamsError: There is no model of a name.
        InputError: No model is named and none is set up.
    """
    params = project.params
    wanted = tuple(dict.fromkeys(names)) or _set_up(params, environ)
    if not wanted:
        raise InputError(
            "no infill model is set up",
            hint="`isogen models list` says what each one needs, docs/models.md how; "
            "name one that needs no key: isogen models check local",
        )
    for name in wanted:
        if name != PIXELART:
            params.infill_model(name)
    check = partial(_checked, params=params, environ=environ)
    with ThreadPoolExecutor(_MOST_AT_ONCE) as pool:
        yield from pool.map(check, wanted)


def _set_up(params: Params, environ: Mapping[str, str]) -> tuple[str, ...]:
    named = {*params.models, params.generate.model} - {PIXELART}
    keyed = {name for name in model_names(params.models) if _has_keys(name, params, environ)}
    return tuple(sorted(named | keyed))


def _has_keys(name: str, params: Params, environ: Mapping[str, str]) -> bool:
    needed = [v for v in variables_of(params.infill_model(name), environ) if v.is_needed]
    return bool(needed) and all(v.is_set for v in needed)


def _line(name: str, params: Params, environ: Mapping[str, str]) -> ModelLine:
    model = params.infill_model(name)
    return ModelLine(
        name=name,
        kind=model.kind,
        where=place_of(model, environ),
        is_chosen=name == params.generate.model,
        variables=variables_of(model, environ),
        concurrency=model.concurrency,
        cost_usd=model.cost_usd,
    )


def _checked(name: str, params: Params, environ: Mapping[str, str]) -> CheckLine:
    if name == PIXELART:
        return CheckLine(name, Check(is_ready=True, told="it is built in"))
    try:
        with closing(open_model(name, params, environ)) as model:
            return CheckLine(name, model.check())
    except InputError as error:
        return CheckLine(name, Check.failed(error))
