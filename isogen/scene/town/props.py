"""Small solids that show the camera only what it sees of them."""

import numpy as np

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Plan, Span, flat, wall


def block(
    builder: MeshBuilder, frame: Frame, span: Span, sides: Look, top: Look | None, obj: int
) -> None:
    """Add an upright box without the sides that face away from the camera."""
    ring = [
        frame.at(span.a0, span.b0),
        frame.at(span.a1, span.b0),
        frame.at(span.a1, span.b1),
        frame.at(span.a0, span.b1),
    ]
    prism(builder, ring, (span.z0, span.z1), sides, top, obj)


def prism(
    builder: MeshBuilder,
    ring: list[Plan],
    heights: tuple[float, float],
    sides: Look,
    top: Look | None,
    obj: int,
) -> None:
    """Add an upright solid over a counter-clockwise ring, without its far sides."""
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        if faces_camera(builder, a, b):
            wall(builder, a, b, heights, sides, obj)
    if top:
        flat(builder, [ring], heights[1], top, obj)


def faces_camera(builder: MeshBuilder, a: Plan, b: Plan) -> bool:
    """Tell whether a wall seen from the right of the way from ``a`` to ``b`` is seen."""
    right = builder.camera.right
    return (b[0] - a[0]) * right[0] + (b[1] - a[1]) * right[1] > 0


def upright(
    builder: MeshBuilder,
    place: Plan,
    width_m: float,
    heights: tuple[float, float],
    look: Look,
    obj: int,
) -> None:
    """Add a thin upright board that faces the camera: a trunk, a pole, a person."""
    right = builder.camera.right
    e, n = place
    de, dn = right[0] * width_m / 2, right[1] * width_m / 2
    wall(builder, (e - de, n - dn), (e + de, n + dn), heights, look, obj)


def turned(vector: Plan) -> Plan:
    """Return a vector turned left by a quarter."""
    return -vector[1], vector[0]


def as_plan(point: np.ndarray) -> Plan:
    """Return a point of shape (2,) as two numbers."""
    return float(point[0]), float(point[1])
