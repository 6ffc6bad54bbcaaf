"""Directions to lay things out by: along a side of an area, toward a street."""

import numpy as np
import shapely
from shapely import Polygon

from isogen.mesh.solids import Frame, Plan
from isogen.scene.town.footprint import quarters
from isogen.scene.town.near import unit


def longest_side(area: Polygon) -> Frame:
    """Return a frame at the beginning of an area's longest side, along it."""
    ring = shapely.get_coordinates(area.exterior)
    sides = np.diff(ring, axis=0)
    k = int(np.sqrt((sides**2).sum(axis=1)).round(3).argmax())
    (e, n), (de, dn) = ring[k].tolist(), sides[k].tolist()
    return Frame((e, n), unit((de, dn)))


def rectangle(frame: Frame, along: Plan, across: Plan) -> Polygon:
    """Return the rectangle from the first to the second distance along and across a frame."""
    (a0, a1), (b0, b1) = along, across
    return Polygon([frame.at(a0, b0), frame.at(a1, b0), frame.at(a1, b1), frame.at(a0, b1)])


def facing(frame: Frame, toward: Plan) -> Frame:
    """Return a frame turned by quarters so that it runs toward a direction, about."""
    (te, tn) = toward
    along = max(quarters(frame), key=lambda q: round(q[0] * te + q[1] * tn, 6))
    return Frame(frame.center, along)


def half_extents(area: Polygon, frame: Frame) -> Plan:
    """Return how far an area reaches along and across from the frame's center, at most."""
    ring = shapely.get_coordinates(area.exterior) - np.array(frame.center)
    along, across = ring @ np.array(frame.along), ring @ np.array(frame.across)
    return float(np.abs(along).max()), float(np.abs(across).max())
