"""Pieces that many special buildings share: fronts, boards, doors, round shells, cars."""

import itertools
from collections.abc import Sequence

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Plan, Span, box, circle, flat, ribbon, wall
from isogen.mesh.vocabulary import FlatStyle, Kind, Material, SlopeStyle, WallStyle
from isogen.scene.town.fronts import Front
from isogen.scene.town.site import Site

SIDES = 20
_CARS = (
    *(Material.WHITE, Material.RED, Material.SLATE, Material.TIN, Material.YELLOW),
    *(Material.GLASS, Material.DARK, Material.TEAL),
)
_LINE_RISES = 0.05
_SHADE = 0.6
"""Radius of a shell's shadow caster, as a share of its own, so that it hardly shades itself."""


def frustum(
    builder: MeshBuilder,
    center: Plan,
    radii: tuple[float, float],
    heights: tuple[float, float],
    look: Look,
    obj: int,
    *,
    sides: int = SIDES,
) -> None:
    """Add a round shell whose radius changes from foot to top; heights in rises."""
    low, high = (circle(center, r, sides) for r in radii)
    for k in range(sides):
        j = (k + 1) % sides
        points = [(*low[k], heights[0]), (*low[j], heights[0])]
        points += [(*high[j], heights[1]), (*high[k], heights[1])]
        builder.polygon(points, look, Kind.SLOPE, obj)


def stacked(
    builder: MeshBuilder,
    center: Plan,
    profile: Sequence[tuple[float, float]],
    look: Look,
    obj: int,
) -> None:
    """Add a round shell through (radius in meters, height in rises), and its shadow."""
    for (r0, z0), (r1, z1) in itertools.pairwise(profile):
        frustum(builder, center, (r0, r1), (z0, z1), look, obj)
        builder.cast((z0 + z1) / 2, [circle(center, _SHADE * min(r0, r1), 12)])


def plain_shell(material: Material, seed: int = 0) -> Look:
    """Return the look of a smooth round shell."""
    return Look(material, SlopeStyle.PLAIN, seed)


def slab(site: Site, front: Front, span: Span, wall_look: Look, top: Look | None = None) -> int:
    """Add a box before a front: ``a`` runs along it from its middle, ``b`` out of it."""
    return box(site.builder, front.outward_frame, _turned(span), wall_look, top, casts=True)


def _turned(span: Span) -> Span:
    """Turn (along, outward) of a front into the frame that looks outward."""
    return Span(span.b0, span.b1, span.a0, span.a1, span.z0, span.z1)


def board(
    site: Site, front: Front, half_m: float, heights: tuple[float, float], look: Look
) -> None:
    """Add a sign with a back on a front."""
    top = Look(look.material, FlatStyle.BRIGHT)
    slab(site, front, Span(-half_m, half_m, -0.4, 0.5, *heights), look, top)


def door_row(
    site: Site, front: Front, count: int, half_m: float, height: float, look: Look
) -> None:
    """Add doors at even distances along a front."""
    step = front.length / count
    obj = site.builder.new_object()
    for k in range(count):
        middle = -front.length / 2 + (k + 0.5) * step
        a, b = front.place(middle - half_m, 0.15), front.place(middle + half_m, 0.15)
        wall(site.builder, a, b, (0.0, height), look, obj)


def door_look(material: Material, trim: Material = Material.WHITE, seed: int = 0) -> Look:
    """Return the look of large doors."""
    return Look(material, WallStyle.DOORS, seed, 0, trim)


def line(builder: MeshBuilder, frame: Frame, span: Span, look: Look, obj: int) -> None:
    """Add a thin flat rectangle at ``span.z1``: paint on a roof or a pitch."""
    ring = [
        frame.at(span.a0, span.b0),
        frame.at(span.a1, span.b0),
        frame.at(span.a1, span.b1),
        frame.at(span.a0, span.b1),
    ]
    flat(builder, [ring], span.z1 + _LINE_RISES, look, obj)


def roof_car(site: Site, frame: Frame, z: float, pick: int) -> None:
    """Add a parked car at ``z`` rises whose nose points along the frame."""
    paint = _CARS[pick % len(_CARS)]
    obj = site.builder.new_object()
    hull = Span(-2.1, 2.1, -0.95, 0.95, z, z + 1.6)
    box(site.builder, frame, hull, Look(paint, WallStyle.CAR_BODY), Look(paint), obj=obj)
    cabin = Span(-1.3, 1.1, -0.85, 0.85, z + 1.6, z + 2.8)
    windows = Look(Material.DARK, WallStyle.CAR_CABIN)
    box(site.builder, frame, cabin, windows, Look(paint), obj=obj)


def flag(site: Site, place: Plan, z: float, height: float, material: Material) -> None:
    """Add a flag on a pole; heights in rises."""
    builder = site.builder
    obj = builder.new_object()
    pole = Span(-0.2, 0.2, -0.2, 0.2, z, z + height)
    box(builder, Frame(place, (1.0, 0.0)), pole, Look(Material.WHITE), None, obj=obj)
    right = builder.camera.right
    end = place[0] + right[0] * 2.6, place[1] + right[1] * 2.6
    cloth = Look(material, SlopeStyle.PLAIN)
    ribbon(builder, (*place, z + height - 3), (*end, z + height - 3), 2.6, cloth, obj)
