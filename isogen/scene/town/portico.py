"""Public buildings: pilasters, and a portico with a pediment on the main front of large ones."""

from shapely import Polygon

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span, box, gable
from isogen.mesh.vocabulary import WallStyle
from isogen.scene.town.footprint import direction, distance, rings_of
from isogen.scene.town.looks_styles import Age
from isogen.scene.town.parts import build_stack
from isogen.scene.town.roofs_mesh import slope_look
from isogen.scene.town.site import Site

_LARGE_M2 = 900.0
_SHORTEST_M = 22.0
_WIDEST_M = 24.0
_SHARE = 0.4
_DEPTH_M = 2.8
_ROOM_M = 5.0
_MAIN = 0.55
"""Fronts at least this long, compared with the longest, may be the main one."""


def build_civic(site: Site) -> None:
    """Add a public building; large old ones get a portico."""
    build_stack(site)
    old = site.look.age in (Age.CLASSICAL, Age.PLAIN)
    if old and site.outline.area >= _LARGE_M2 and site.look.storeys <= 5:
        front = main_front(site)
        if front:
            _portico(site, *front)


def main_front(site: Site) -> tuple[Plan, Plan] | None:
    """Return the long outer edge nearest to the viewer with room before it; None without one."""
    ring = rings_of(site.outline)[0]
    points: list[Plan] = [(float(e), float(n)) for e, n in ring]
    edges = list(zip(points, points[1:] + points[:1], strict=True))
    longest = max(distance(a, b) for a, b in edges)
    best: tuple[float, tuple[Plan, Plan]] | None = None
    for a, b in edges:
        along = direction(a, b)
        long = distance(a, b) >= max(_MAIN * longest, _SHORTEST_M)
        if long and site.faces_viewer((-along[1], along[0])) and _has_room(site, a, b):
            near = site.nearness(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2))
            if best is None or near > best[0]:
                best = near, (a, b)
    return best[1] if best else None


def _has_room(site: Site, a: Plan, b: Plan) -> bool:
    frame, length = Frame(a, direction(a, b)), distance(a, b)
    low, high = length * 0.3, length * 0.7
    yard = Polygon(
        [frame.at(low, -0.5), frame.at(low, -_ROOM_M), frame.at(high, -_ROOM_M),
         frame.at(high, -0.5)]
    )  # fmt: skip
    return site.town.buildings_near(yard, 0) in ([], [site.index])


def _portico(site: Site, a: Plan, b: Plan) -> None:
    """Add columns and a pediment to the middle of a front."""
    builder, look = site.builder, site.look
    along = direction(a, b)
    middle = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    outward = Frame(middle, (along[1], -along[0]))
    half = min(distance(a, b) * _SHARE, _WIDEST_M) / 2
    z = float(look.eave)
    columns = Look(look.trim, WallStyle.COLONNADE, look.seed)
    porch = Span(0, _DEPTH_M, -half, half, 0, z)
    obj = builder.new_object()
    box(builder, outward, porch, columns, None, obj=obj, casts=True)
    roof = Span(-half * 0.8, _DEPTH_M + 0.3, -half, half, z, z + builder.rises(half * 0.42))
    covering = slope_look(look.roof, look.seed)
    gable(builder, outward, roof, covering, Look(look.trim), obj, overhang_m=0.5)
