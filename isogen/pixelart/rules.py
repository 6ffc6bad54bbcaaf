"""The numbers of a style, as kernels read them: one record, handed on as a bare pointer.

A rule is named by its section of ``style.toml`` and its key there: ``outline.step`` is
``outline_step``. The keys of a style that are not here are for people or for tables.
"""

from collections.abc import Mapping
from typing import Protocol, cast

import numpy as np

from isogen.pixelart.tables import Rows

OWN = -1
"""Ramp of an outline that is drawn in the colors of what it surrounds."""


class Rules(Protocol):
    """How a style paints; ``style.toml`` and its schema say what each number means."""

    outline_step: float
    outline_touch: float
    outline_tone: int
    outline_ink: int
    outline_ground: int
    outline_creases: int
    light_front: int
    light_grazing: int
    light_shade: int
    light_bright: float
    light_dim: float
    light_wall_shadow: int
    light_shadow: int
    texture_grain: float
    texture_patches: float
    texture_leaves: float
    texture_dither: float
    windows_sky: int
    windows_curtain: int
    windows_lamp: int
    windows_dim: int
    cover_steepest: float
    cover_crowns: float
    cover_drifts: float
    fronts_close: int
    fronts_open: int
    fronts_paired: int
    fronts_broad: int
    fronts_attics: int
    fronts_tall: int
    fronts_signs: int
    fronts_ivy: int
    fronts_bare: int
    roofs_seams: int
    roofs_puddles: int
    roofs_repairs: int
    roofs_weathered: float
    water_waves: float
    water_mirror: int


_RULES = np.dtype(
    [(name, "f8" if kind is float else "i8") for name, kind in Rules.__annotations__.items()]
)


def rule_names() -> tuple[str, ...]:
    """Return the names of all rules."""
    return tuple(Rules.__annotations__)


def rules_record(values: Mapping[str, float]) -> Rows[Rules]:
    """Return the record, as a row of one; ``values`` has every name of ``rule_names``."""
    record = np.zeros(1, _RULES)
    for name in rule_names():
        record[name] = values[name]
    record.setflags(write=False)
    return cast("Rows[Rules]", record)
