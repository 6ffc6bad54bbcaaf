"""Wires that hang between supports, and the wires over tracks."""

from dataclasses import dataclass

import numpy as np

from isogen.mesh.builder import Look, MeshBuilder, Point3
from isogen.mesh.solids import ribbon
from isogen.mesh.vocabulary import Kind, Material
from isogen.scene.town.plot import Plot

WIRE = Look(Material.DARK)
THICK_RISES = 0.9
THICK_M = 0.6
"""Thickness of a cable: seen from any side it is one art pixel wide."""

PIECE_M = 9.0
MOST_PIECES = 24


@dataclass(frozen=True)
class Sag:
    """How far a wire hangs through."""

    per_m: float
    """Rises at its middle for each meter of its length."""

    most: float


def add_cable(builder: MeshBuilder, a: Point3, b: Point3, look: Look, obj: int) -> None:
    """Add a straight cable or beam: a band on edge and one lying flat, so that some side shows."""
    ribbon(builder, a, b, THICK_RISES, look, obj)
    right = builder.camera.right
    de, dn = right[0] * THICK_M / 2, right[1] * THICK_M / 2
    corners = [
        (a[0] - de, a[1] - dn, a[2]),
        (a[0] + de, a[1] + dn, a[2]),
        (b[0] + de, b[1] + dn, b[2]),
        (b[0] - de, b[1] - dn, b[2]),
    ]
    builder.polygon(corners, look, Kind.SLOPE, obj)
    builder.polygon(corners[::-1], look, Kind.SLOPE, obj)


def hang_wire(plot: Plot, a: Point3, b: Point3, sag: Sag, look: Look = WIRE) -> None:
    """Hang a wire between two points, each piece of it in the cell that holds its middle."""
    length = float(np.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2))
    count = min(max(round(length / PIECE_M), 2), MOST_PIECES)
    share = np.linspace(0, 1, count + 1)
    points = np.array(a) + (np.array(b) - np.array(a)) * share[:, None]
    points[:, 2] -= min(sag.per_m * length, sag.most) * 4 * share * (1 - share)
    mine = plot.mine((points[:-1, :2] + points[1:, :2]) / 2)
    if not mine.any():
        return
    obj = plot.builder.new_object()
    for k in np.flatnonzero(mine).tolist():
        (e0, n0, z0), (e1, n1, z1) = points[k].tolist(), points[k + 1].tolist()
        add_cable(plot.builder, (e0, n0, z0), (e1, n1, z1), look, obj)
