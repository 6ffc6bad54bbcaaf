"""Places strewn over the plane: the same ones wherever one begins to look."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from isogen.geo.camera import Floats
from isogen.mesh.solids import Frame

Bits = NDArray[np.uint64]

JITTER = 0.26
"""How far a place lies from the middle of its square at most, in sides of it."""

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True)
class Strewn:
    """One place in each square of an endless grid, for the squares near an outline."""

    places: Floats
    """Plane points, shape (N, 2)."""

    bits: Bits
    """64 random bits of each, shape (N,)."""

    def only(self, claims: NDArray[np.bool_]) -> "Strewn":
        """Return those for which the claim is true."""
        return Strewn(self.places[claims], self.bits[claims])

    def shares(self) -> Floats:
        """Return a random value in [0, 1) for each, shape (N,)."""
        return shares_of(mix_all(self.bits, 1))


def mix_all(*parts: Bits | NDArray[np.int64] | int) -> Bits:
    """Return ``isogen.seeds.mix`` of the elements of arrays; a number counts for all."""
    state = np.uint64(0x9E3779B97F4A7C15)
    with np.errstate(over="ignore"):
        for part in parts:
            state = (state ^ _as_bits(part)) * np.uint64(0xBF58476D1CE4E5B9)
            state = state ^ (state >> np.uint64(27))
            state = state * np.uint64(0x94D049BB133111EB)
            state = state ^ (state >> np.uint64(31))
    return np.atleast_1d(state)


def _as_bits(part: Bits | NDArray[np.int64] | int) -> Bits:
    if isinstance(part, int):
        return np.array(part & ((1 << 64) - 1), np.uint64)
    return part.astype(np.uint64)


def shares_of(bits: Bits) -> Floats:
    """Return bits as values in [0, 1), as ``isogen.seeds.Stream.random`` does."""
    return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53


def squares(
    bounds: tuple[float, float, float, float], side: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return columns and rows, shape (N,), of the squares of a grid that meet a box.

    ``bounds`` is the box's least and greatest place: x0, y0, x1, y1.
    """
    low_x, low_y, high_x, high_y = bounds
    columns = np.arange(math.floor(low_x / side), math.ceil(high_x / side))
    rows = np.arange(math.floor(low_y / side), math.ceil(high_y / side))
    return np.tile(columns, len(rows)), np.repeat(rows, len(columns))


def strew(outline: Polygon, spacing_m: float, seed: tuple[int, int]) -> Strewn:
    """Return one place for each square of a grid that may lie in an outline.

    Args:
        outline: Where places are wanted; the result also holds some outside of it.
        spacing_m: Side of a square; no two places lie nearer than about half of it.
        seed: The town's seed, and a number that tells one use from another.
    """
    i, j = squares(outline.bounds, spacing_m)
    bits = mix_all(*seed, i, j)
    aside = np.stack([bits & _LOW, bits >> _HALF], axis=1) / 2.0**32 - 0.5
    middles = np.stack([i, j], axis=1) + 0.5
    return Strewn((middles + aside * 2 * JITTER) * spacing_m, bits)


def spaced(
    area: Polygon, part: Polygon, frame: Frame, pitch_m: tuple[float, float], seed: tuple[int, int]
) -> Strewn:
    """Return the points of a lattice over an area, in rows along a frame.

    Args:
        area: What bears the lattice; none of its points lies outside.
        part: Where points are wanted; the result also holds some outside of it.
        frame: Its center is a corner of the lattice; rows run along it.
        pitch_m: Distance of points along a row, and of rows.
        seed: The town's seed, and a number that tells one use from another.
    """
    wanted = area.intersection(part)
    if wanted.is_empty:
        return Strewn(np.zeros((0, 2)), np.zeros(0, np.uint64))
    axes = np.array([frame.along, frame.across])
    center = np.array(frame.center)
    corners = shapely.get_coordinates(wanted) - center
    local = corners @ axes.T / np.array(pitch_m)
    (low_a, low_b), (high_a, high_b) = local.min(axis=0).tolist(), local.max(axis=0).tolist()
    i, j = squares((low_a - 1, low_b - 1, high_a + 1, high_b + 1), 1.0)
    a, b = (i + 0.5) * pitch_m[0], (j + 0.5) * pitch_m[1]
    (ae, an), (be, bn) = frame.along, frame.across
    places = np.stack([center[0] + a * ae + b * be, center[1] + a * an + b * bn], axis=1)
    inside = shapely.contains_xy(area, places[:, 0], places[:, 1])
    return Strewn(places, mix_all(*seed, i, j)).only(inside)
