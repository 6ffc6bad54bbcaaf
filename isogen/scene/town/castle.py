"""Castles with battlements and round towers, and what is left of old walls."""

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span, box, circle, flat, prism, wall
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.osm.tags import length_m
from isogen.scene.town.domes import add_spire
from isogen.scene.town.footprint import (
    box_around,
    direction,
    inset,
    polygons_of,
    rectangle,
    rings_of,
)
from isogen.scene.town.forms import flag
from isogen.scene.town.fronts import Front, any_front, edges
from isogen.scene.town.looks import roof_of, wall_of
from isogen.scene.town.portico import build_civic
from isogen.scene.town.roofs_mesh import slope_look
from isogen.scene.town.site import Site

_PALACES = frozenset({"palace", "stately", "manor", "hunting_lodge"})
"""Castles that never saw a siege."""

_WALL_M = 3.0
_MERLON_M = 2.2
_LEAST_YARD_M = 7.0
_TURN = 0.4
_MOST_TOWERS = 8
_RUIN = 71


def build_castle(site: Site) -> None:
    """Add curtain walls with battlements around a yard, towers at its corners and a keep."""
    if site.tags.get("castle_type") in _PALACES:
        build_civic(site)
        return
    builder = site.builder
    stone = _stone(site)
    told = length_m(site.tags.get("height"))
    z = float(max(round(builder.rises(told) * 0.6), 8)) if told else 11.0
    yards = [p for p in inset(site.outline, _WALL_M) if inset(p, _LEAST_YARD_M)]
    walk = Look(stone.material, FlatStyle.PAVERS, site.look.seed)
    if yards:
        for piece in polygons_of(site.outline.difference(yards[0])):
            prism(builder, rings_of(piece), 0, z, stone, walk, obj=site.obj)
        flat(builder, rings_of(yards[0]), 0.2, Look(Material.SAND, FlatStyle.PAVERS), site.obj)
        _keep(site, stone, z)
    else:
        prism(builder, rings_of(site.outline), 0, z, stone, walk, obj=site.obj)
    for edge in edges(site):
        _battlements(site, edge, z, stone)
    for place in _corners(site):
        _tower(site, place, z, stone)
    _gate(site, z, stone)


def _stone(site: Site) -> Look:
    material = wall_of(site.tags, Material.GRANITE if site.look.seed & 1 else Material.TAN)
    return Look(material, WallStyle.RUBBLE, site.look.seed)


def _battlements(site: Site, edge: Front, z: float, stone: Look) -> None:
    frame = Frame(edge.a, direction(edge.a, edge.b))
    count = int(edge.length / _MERLON_M)
    obj = site.builder.new_object()
    top = Look(stone.material, FlatStyle.BRIGHT)
    for k in range(0, count, 2):
        a = (k + 0.5) * edge.length / max(count, 1)
        span = Span(a - 0.6, a + 0.6, 0, 0.7, z, z + 1.6)
        box(site.builder, frame, span, Look(stone.material), top, obj=obj)


def _corners(site: Site) -> list[Plan]:
    """Return the places where the outline turns left by much."""
    ring: list[Plan] = [(float(e), float(n)) for e, n in rings_of(site.outline)[0]]
    out: list[Plan] = []
    for k, p in enumerate(ring):
        before, after = direction(ring[k - 1], p), direction(p, ring[(k + 1) % len(ring)])
        if before[0] * after[1] - before[1] * after[0] > _TURN:
            out.append(p)
    return out[:_MOST_TOWERS]


def _tower(site: Site, place: Plan, z: float, stone: Look) -> None:
    builder, obj = site.builder, site.builder.new_object()
    radius = min(3.4, site.outline.area**0.5 * 0.16)
    top = z + 5
    prism(builder, [circle(place, radius, 16)], 0, top, stone, None, obj=obj)
    rim = Look(stone.material)
    crown = circle(place, radius + 0.5, 16)
    prism(builder, [crown], top, top + 1.5, rim, Look(stone.material, FlatStyle.BRIGHT), obj=obj)
    roof = roof_of(site.tags, Material.TERRA if site.look.seed & 2 else Material.SLATE)
    peak = top + 1.5 + builder.rises(radius * 2)
    cap = circle(place, radius + 0.1, 16)
    add_spire(builder, cap, place, (top + 1.5, peak), slope_look(roof, site.look.seed), obj)
    flag(site, place, peak - 1, 5, Material.RED)


def _keep(site: Site, stone: Look, z: float) -> None:
    around = box_around(site.outline)
    half = min(around.half_width * 0.38, 8.0)
    place = around.frame.at(-around.half_length * 0.3, around.half_width * 0.25)
    frame = Frame(place, around.frame.along)
    if not site.outline.contains(rectangle(frame, half, half)):
        return
    top = z + 8
    span = Span(-half, half, -half, half, 0, top)
    cover = Look(stone.material, FlatStyle.PAVERS)
    box(site.builder, frame, span, stone, cover, casts=True)
    ring = rectangle(frame, half, half)
    corners: list[Plan] = [(float(e), float(n)) for e, n in rings_of(ring)[0]]
    for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
        _battlements(site, Front(a, b), top, stone)
    flag(site, frame.center, top, 8, Material.YELLOW)


def _gate(site: Site, z: float, stone: Look) -> None:
    front = any_front(site)
    side = min(2.0, front.length / 8)
    obj = site.builder.new_object()
    for k in (-1, 1):
        place = Frame(front.place(k * 2 * side, 0.0), front.outward_frame.along)
        box(
            site.builder,
            place,
            Span(-side, side, -side, side, 0, z + 2),
            stone,
            Look(stone.material),
            obj=obj,
            casts=True,
        )
    a, b = front.place(-side, 0.6), front.place(side, 0.6)
    wall(
        site.builder, a, b, (0, 5), Look(Material.BROWN, WallStyle.DOORS, 0, 0, Material.DARK), obj
    )


def build_ruins(site: Site) -> None:
    """Add the stumps of walls around a floor of grass and rubble, without a roof."""
    builder, stream = site.builder, site.stream(_RUIN)
    stone = _stone(site)
    flat(builder, rings_of(site.outline), 0.2, Look(Material.GRASS, FlatStyle.PLANTED), site.obj)
    for edge in edges(site):
        frame = Frame(edge.a, direction(edge.a, edge.b))
        count = max(int(edge.length / 2.4), 1)
        step = edge.length / count
        high = stream.between(3, 8)
        for k in range(count):
            high = min(max(high + stream.between(-3, 4), 0), 9)
            if high:
                span = Span(k * step, (k + 1) * step, 0, 1.1, 0, high)
                top = Look(stone.material, FlatStyle.PAVERS)
                box(builder, frame, span, stone, top, obj=site.obj, casts=True)
    around = box_around(site.outline)
    for _ in range(4):
        a, b = stream.uniform(-0.6, 0.6), stream.uniform(-0.6, 0.6)
        place = Frame(
            around.frame.at(a * around.half_length, b * around.half_width), around.frame.along
        )
        if site.outline.contains(rectangle(place, 1.2, 1.2)):
            heap = Span(-0.8, 0.8, -0.7, 0.7, 0, stream.between(1, 4))
            box(builder, place, heap, stone, Look(stone.material))
