"""Barrel vaults over halls, with arched windows in both ends."""

import itertools
import math

from isogen.mesh.builder import Look, Point3
from isogen.mesh.solids import Frame, Span, box
from isogen.mesh.vocabulary import Kind, Material, WallStyle
from isogen.scene.town.footprint import box_around
from isogen.scene.town.roofs_mesh import slope_look
from isogen.scene.town.site import Site

_ARC_FACETS = 10
_CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))

_GLASS_SHARE = 0.74
"""Width of the arched window in a vault's end, as a share of the vault's."""


def add_vault(site: Site, foot: float, top: float) -> None:
    """Add a barrel vault over a footprint, with an arched window in both ends.

    Args:
        site: The hall.
        foot: Where the walls end and the vault begins, in rises.
        top: Crown of the vault, in rises.
    """
    builder, look, around = site.builder, site.look, box_around(site.outline)
    obj = builder.new_object()
    length, half = around.half_length + 1.0, around.half_width
    frame = around.frame
    walls = Span(-length, length, -half, half, 0, foot)
    box(builder, frame, walls, site.blank(), None, obj=obj, casts=True)
    arc = _arc(half, foot, top)
    covering = slope_look(look.roof, look.seed)
    for (b0, z0), (b1, z1) in itertools.pairwise(arc):
        # From the left of the frame to the right, so that the outside is above.
        corners = [(-length, b0, z0), (-length, b1, z1), (length, b1, z1), (length, b0, z0)]
        points = [frame.lift(a, b, z) for a, b, z in corners]
        builder.polygon(points, covering, Kind.SLOPE, obj)
    for end in (frame, Frame(frame.center, (-frame.along[0], -frame.along[1]))):
        _arched_window(site, end, length, arc, obj)
    for share in (0.8, 0.45):
        ring = [frame.at(a * length, b * half * share) for a, b in _CORNERS]
        builder.cast(foot + (top - foot) * math.sqrt(1 - share**2) - 1.6, [ring])


def _arc(half: float, foot: float, top: float) -> list[tuple[float, float]]:
    """Return (across in meters, height in rises) along a vault, from left to right."""
    steps = [math.pi * k / _ARC_FACETS for k in range(_ARC_FACETS + 1)]
    return [(half * math.cos(t), foot + (top - foot) * math.sin(t)) for t in steps]


def _arched_window(
    site: Site, end: Frame, length: float, arc: list[tuple[float, float]], obj: int
) -> None:
    """Close an end of a vault with its wall and a tall window under the arch."""
    builder, foot = site.builder, arc[0][1]
    shield = [end.lift(length, b, z) for b, z in arc]
    builder.polygon(shield, site.blank(), Kind.WALL, obj)
    k, sill = _GLASS_SHARE, max(foot - 8, 2.0)
    window: list[Point3] = [end.lift(length + 0.35, -arc[0][0] * k, sill)]
    window.append(end.lift(length + 0.35, arc[0][0] * k, sill))
    window += [end.lift(length + 0.35, b * k, foot + (z - foot) * k) for b, z in arc]
    glass = Look(Material.GLASS, WallStyle.CURTAIN, site.look.seed)
    builder.polygon(window, glass, Kind.WALL, obj)
