"""The heading from which a place looks best: its walls run diagonally across the screen.

Most towns are built along two directions at right angles. Where both stand at 45 degrees
to the view, two sides of every house are seen alike, and edges fall into even steps.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from isogen.geo.angles import angle_deg
from isogen.scene.osm.features import Features
from isogen.scene.town.roads import read_roads

STEP_DEG = 0.5
"""Headings that are told apart."""

_BINS = round(90 / STEP_DEG)
"""Directions at right angles count as one."""

_REACH = round(6 / STEP_DEG)
"""Steps over which a direction lends weight to others, less with every step."""

_WITHIN = round(5 / STEP_DEG)
_DIAGONAL_DEG = 45.0
_CM_PER_M = 100.0


class Heading(NamedTuple):
    """A choice, and how clear it is."""

    azimuth_deg: float
    """Compass heading of screen-up, in (-45, 45]: of four that are equal the nearest to north."""

    share: float
    """Share of the length of walls and streets that runs within 5 degrees of diagonally."""


def best_heading(features: Features) -> Heading | None:
    """Return the heading at which most walls and streets run diagonally; None without any.

    It is the same on every machine and does not depend on the order of the features.
    """
    outlines = [b.geometry.exterior for b in features.buildings]
    lengths = _lengths_by_direction([*outlines, *(r.line for r in read_roads(features.ways))])
    if not lengths.any():
        return None
    spread = np.arange(-_REACH, _REACH + 1)
    weights = _REACH + 1 - np.abs(spread)
    smooth = sum(np.roll(lengths, int(k)) * int(w) for k, w in zip(spread, weights, strict=True))
    peak = int(np.argmax(smooth))
    near = np.roll(lengths, _WITHIN - peak)[: 2 * _WITHIN + 1]
    turned = (peak * STEP_DEG + _DIAGONAL_DEG) % 90.0
    azimuth = turned - 90.0 if turned > _DIAGONAL_DEG else turned
    return Heading(azimuth, float(near.sum() / lengths.sum()))


def _lengths_by_direction(lines: Sequence[shapely.LineString]) -> NDArray[np.int64]:
    """Return the centimeters of line in each direction, from north over a quarter turn."""
    lengths = np.zeros(_BINS, np.int64)
    steps = [np.diff(shapely.get_coordinates(line), axis=0) for line in lines]
    along = np.concatenate([np.zeros((0, 2)), *steps])
    e, n = along[:, 0], along[:, 1]
    bins = np.rint(angle_deg(e, n) / STEP_DEG).astype(np.int64) % _BINS
    np.add.at(lengths, bins, np.rint(np.sqrt(e * e + n * n) * _CM_PER_M).astype(np.int64))
    return lengths
