"""What stands on sloping roofs: chimneys on ridges, dormers over eaves, corner turrets."""

import math

import shapely
from shapely import Point, Polygon

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span, box, circle, cone, prism
from isogen.mesh.vocabulary import Facade, FlatStyle, Material, WallStyle
from isogen.scene.town.flat_roof import furnish_flat_roof
from isogen.scene.town.footprint import direction, distance, edges_of, rings_of
from isogen.scene.town.looks import Shape
from isogen.scene.town.looks_styles import Age
from isogen.scene.town.roofs import Roof
from isogen.scene.town.roofs_mesh import ridges, slope_look
from isogen.scene.town.site import Site

_CHIMNEY_STEP_M = 9.0
_CHIMNEY_GAP_M = 7.0
_STACK_M = 0.8
_LARGE_TOP_M2 = 120.0
_SHORTEST_EAVE_M = 8.0
_DORMER_HALF_M = 0.95
_CHIMNEYS, _DORMERS, _TURRET = 21, 22, 23

_BARE = frozenset({Shape.SKILLION, Shape.SAWTOOTH, Shape.BUTTERFLY, Shape.ROUND, Shape.GABLED_ROW})
"""Roofs that carry neither chimneys nor dormers."""

_CORNER_M = 8.0
_TURRET_R_M = 2.5


def furnish_attic(site: Site, roof: Roof, z: float) -> None:
    """Put chimneys, dormers and plant on a roof whose eaves are at ``z`` rises."""
    for top in roof.tops:
        if top.area > _LARGE_TOP_M2:
            furnish_flat_roof(site, top, z + site.builder.rises(roof.height_m), storey=False)
    if site.look.age is not Age.SHED and site.look.shape not in _BARE:
        _chimneys(site, roof, z)
        _dormers(site, roof, z)


def _chimneys(site: Site, roof: Roof, z: float) -> None:
    stream = site.stream(_CHIMNEYS)
    choices = (Material.BRICK, Material.IVORY, Material.BROWN, Material.GREY)
    material = stream.pick(choices)
    half = 0.9 + 0.4 * stream.below(2)
    most = 1 if site.look.age is Age.HOME else 99
    if site.look.age is Age.WORKS or not stream.chance(site.look.furniture.chimneys):
        return
    placed: list[Plan] = []
    shapely.prepare(roof.footprint)
    for a, b in ridges(roof):
        length = distance(a[:2], b[:2])
        if length < 2.5:
            continue
        for k in range(int((length - 1.6) / _CHIMNEY_STEP_M) + 1):
            f = (1.6 + k * _CHIMNEY_STEP_M) / length
            e, n, h = (a[i] + (b[i] - a[i]) * f for i in range(3))
            apart = all(math.dist((e, n), other) > _CHIMNEY_GAP_M for other in placed)
            if f < 1 and apart and _holds(roof.footprint, (e, n)):
                placed.append((e, n))
                foot = z + site.builder.rises(h)
                frame = Frame((e, n), direction(a[:2], b[:2]))
                if site.look.furniture.pots:
                    _potted_stack(site, frame, foot)
                else:
                    span = Span(-0.5, 0.5, -half, 0.9, foot - 2, foot + 2.6)
                    box(site.builder, frame, span, Look(material), Look(Material.DARK))
        if len(placed) >= most:
            return


def _holds(footprint: Polygon, place: Plan) -> bool:
    """Tell whether the foot of a stack lies inside."""
    inside = bool(shapely.contains_xy(footprint, *place))
    return inside and footprint.contains(Point(place).buffer(_STACK_M))


def _potted_stack(site: Site, frame: Frame, foot: float) -> None:
    """A broad stack across the ridge, with a pot for every fireplace."""
    wall = Look(Material.BRICK if site.look.seed & 3 else Material.TAN)
    stack = Span(-0.45, 0.45, -1.5, 1.5, foot - 3, foot + 3)
    obj = box(site.builder, frame, stack, wall, Look(Material.TAN, FlatStyle.BRIGHT))
    pot = Look(Material.TERRA)
    for across in (-1.3, -0.4, 0.5):
        span = Span(-0.3, 0.3, across, across + 0.6, foot + 3, foot + 4.4)
        box(site.builder, frame, span, pot, Look(Material.DARK), obj=obj)


def _dormers(site: Site, roof: Roof, z: float) -> None:
    steep = site.look.shape is Shape.MANSARD
    stream = site.stream(_DORMERS)
    spacing = 5.4 + stream.below(3)
    wanted = stream.chance(site.look.furniture.dormers)
    if not (steep or wanted) or roof.slope < 0.3:
        return
    shapely.prepare(roof.footprint)
    for k, (a, b) in enumerate(edges_of(roof.footprint)):
        length, along = distance(a, b), direction(a, b)
        inward = -along[1], along[0]
        if length < _SHORTEST_EAVE_M or k in roof.gables or not site.faces_viewer(inward):
            continue
        count = max(int((length - 3) / spacing), 1)
        for i in range(count):
            frame = Frame(a, along)
            s = (i + 0.5) * length / count
            if shapely.contains_xy(roof.footprint, *frame.at(s, 4.0)):
                _dormer(site, Frame(frame.at(s, 0), along), roof.slope, z, steep=steep)


def _dormer(site: Site, frame: Frame, slope: float, z: float, *, steep: bool) -> None:
    start, end = (0.7, 2.3) if steep else (1.3, 4.4)
    foot = z + site.builder.rises(start * slope)
    span = Span(-_DORMER_HALF_M, _DORMER_HALF_M, start, end, foot - 1, foot + 2.2)
    wall = Look(site.look.trim, WallStyle.DORMER)
    box(site.builder, frame, span, wall, Look(site.look.roof, FlatStyle.BRIGHT))


def add_turret(site: Site, z: float) -> None:
    """Put a round tower with a cap on the corner that is nearest to the viewer, if it is free."""
    stream = site.stream(_TURRET)
    if not stream.chance(site.look.furniture.turrets):
        return
    corner = _street_corner(site)
    if corner is None:
        return
    obj = site.builder.new_object()
    look = site.look
    wall = Look(look.wall, 0, look.seed, look.storeys + 1, Material.IVORY, Facade.HEADS)
    cap = look.roof if look.roof in (Material.VERDIGRIS, Material.RUST) else Material.VERDIGRIS
    ivory = Look(Material.IVORY)
    prism(site.builder, [circle(corner, _TURRET_R_M, 12)], 0, z + 4, wall, None, obj=obj)
    rim = circle(corner, _TURRET_R_M + 0.35, 12)
    prism(site.builder, [rim], z + 4, z + 5, ivory, Look(cap), obj=obj, casts=False)
    ring = circle(corner, _TURRET_R_M + 0.1, 12)
    cone(site.builder, ring, (*corner, z + 14), z + 5, slope_look(cap, look.seed), obj)


def _street_corner(site: Site) -> Plan | None:
    ring = rings_of(site.outline)[0]
    points = [(float(e), float(n)) for e, n in ring]
    best: tuple[float, Plan] | None = None
    for k, b in enumerate(points):
        a, c = points[k - 1], points[(k + 1) % len(points)]
        if min(distance(a, b), distance(b, c)) < _CORNER_M:
            continue
        into, out = direction(a, b), direction(b, c)
        near = site.nearness(b)
        if into[0] * out[1] - into[1] * out[0] > 0.5 and (best is None or near > best[0]):
            inward = direction(b, (b[0] - into[0] + out[0], b[1] - into[1] + out[1]))
            best = near, (b[0] + inward[0] * 1.6, b[1] + inward[1] * 1.6)
    if best is None:
        return None
    others = site.town.buildings_near(Point(best[1]), _TURRET_R_M + 1.0)
    return best[1] if others in ([], [site.index]) else None
