"""Places and directions along a line."""

import numpy as np
import shapely
from shapely import LineString

from isogen.geo.camera import Floats
from isogen.scene.town.brush import lines_of

PROBE_M = 1.0
"""Directions are taken over this much of a line to both sides."""


def places_along(line: LineString, distances_m: Floats) -> Floats:
    """Return the points, shape (N, 2), at distances from a line's beginning."""
    return shapely.get_coordinates(line.interpolate(distances_m))


def directions_at(line: LineString, distances_m: Floats) -> Floats:
    """Return unit vectors, shape (N, 2), along a line at distances from its beginning."""
    length = line.length
    tails = places_along(line, np.clip(distances_m - PROBE_M, 0, length))
    heads = places_along(line, np.clip(distances_m + PROBE_M, 0, length))
    vectors = heads - tails
    lengths = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    return np.where(lengths > 0, vectors / np.maximum(lengths, 1e-9), (1.0, 0.0))


def beside(line: LineString, offset_m: float) -> list[LineString]:
    """Return the lines that run ``offset_m`` to the left of a line; right when negative."""
    return lines_of(line.offset_curve(offset_m))


def distances_along(line: LineString, places: Floats) -> Floats:
    """Return how far from a line's beginning it passes nearest to places, shape (N, 2)."""
    return np.atleast_1d(np.asarray(line.project(shapely.points(places)), np.float64))
