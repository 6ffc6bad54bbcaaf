"""Crowns of buildings: domes, onions, spires, drums, crosses."""

import math

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Plan, Span, box, circle, cone, dome, prism
from isogen.mesh.vocabulary import BallStyle, Material, WallStyle
from isogen.scene.town.roofs_mesh import slope_look

SIDES = 20
"""Sides of round walls: enough to look round in pixel art."""

_GOLD = Look(Material.YELLOW)


def add_drum(
    builder: MeshBuilder, center: Plan, radius_m: float, heights: tuple[float, float], wall: Look,
    obj: int,
) -> None:  # fmt: skip
    """Add a round wall with a flat top in its own material; heights are rises."""
    ring = circle(center, radius_m, SIDES if radius_m > 4 else 12)
    prism(builder, [ring], *heights, wall, Look(wall.material), obj=obj)


def columned(material: Material, seed: int = 0) -> Look:
    """Return the look of a wall of columns with dark gaps."""
    return Look(material, WallStyle.DRUM, seed)


def add_dome(
    builder: MeshBuilder, center: Plan, z: float, radius_m: float, material: Material, obj: int,
    *, stretch: float = 1.0,
) -> float:  # fmt: skip
    """Add a half ball, ``stretch`` times as high as a true one. Returns its top in rises."""
    height = builder.rises(radius_m) * stretch
    dome(builder, center, z, radius_m, height, Look(material), obj)
    return z + height


def add_onion(
    builder: MeshBuilder, center: Plan, z: float, radius_m: float, material: Material, obj: int
) -> float:
    """Add a bulging dome that ends in a point. Returns its top in rises."""
    tall = builder.rises(radius_m)
    look = Look(material, BallStyle.DOME)
    builder.ball((*center, z + tall * 0.75), radius_m * 1.12, tall, look, obj)
    ring = circle(center, radius_m * 0.72, 10)
    top = z + tall * 2.5
    cone(builder, ring, (*center, top), z + tall * 1.4, slope_look(material, 0), obj)
    builder.cast(z + tall, [circle(center, radius_m, 10)])
    return top


def add_spire(
    builder: MeshBuilder,
    ring: list[Plan],
    center: Plan,
    heights: tuple[float, float],
    look: Look,
    obj: int,
) -> None:
    """Add a pointed roof over a ring, from and to heights in rises."""
    cone(builder, ring, (*center, heights[1]), heights[0], look, obj)
    low, high = heights
    for f in (0.35, 0.7):
        small = [tuple(c + (p - c) * (1 - f) for p, c in zip(q, center, strict=True)) for q in ring]
        builder.cast(low + (high - low) * f - 2, [[(e, n) for e, n in small]])


def add_cross(builder: MeshBuilder, frame: Frame, z: float, height: float, obj: int) -> None:
    """Add a gold cross across the frame's direction; ``height`` in rises."""
    post = Span(-0.3, 0.3, -0.3, 0.3, z, z + height)
    box(builder, frame, post, _GOLD, _GOLD, obj=obj)
    if height >= 5:
        arm = Span(-0.3, 0.3, -1.0, 1.0, z + height * 0.55, z + height * 0.55 + 1)
        box(builder, frame, arm, _GOLD, _GOLD, obj=obj)


def add_finial(builder: MeshBuilder, center: Plan, z: float, height: float, obj: int) -> None:
    """Add a gold point; ``height`` in rises."""
    add_cross(builder, Frame(center, (1.0, 0.0)), z, min(height, 4.9), obj)


def round_radius(area_m2: float) -> float:
    """Return the radius in meters of a circle of an area."""
    return math.sqrt(area_m2 / math.pi)
