"""Stadiums: a bowl of stands under a rim of roof around a pitch, and single stands."""

from shapely import Polygon

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, box, flat, prism
from isogen.mesh.vocabulary import FlatStyle, Kind, Material, WallStyle
from isogen.scene.osm.tags import length_m
from isogen.scene.town.footprint import Box, box_around, inset, polygons_of, rectangle, rings_of
from isogen.scene.town.forms import line
from isogen.scene.town.fronts import any_front
from isogen.scene.town.looks import wall_of
from isogen.scene.town.site import Site

_STADIUM_RISES = 24.0
_STEPS = 8
_WIDEST_STAND_M = 24.0
_STAND_SHARE = 0.46
_SEATS = (Material.SKY, Material.RED, Material.GLASS, Material.YELLOW, Material.WHITE)
_STRIPES = 9
_PITCH = (52.5, 34.0)
_ROOF_M = 7.0


def build_stadium(site: Site) -> None:
    """Add stands that step down from an outer wall to a striped pitch, lights at four corners."""
    builder, look = site.builder, site.look
    told = length_m(site.tags.get("height"))
    top = float(round(builder.rises(told))) if told else _STADIUM_RISES
    whole = Polygon(site.outline.exterior)
    around = box_around(whole)
    told_hole = bool(site.outline.interiors)
    deep = _STAND_SHARE * around.half_width
    if told_hole:
        hole = Polygon(site.outline.interiors[0])
        deep = max(hole.distance(whole.exterior), 3.0)
    step = min(deep, _WIDEST_STAND_M) / _STEPS
    front = Look(wall_of(site.tags, look.wall), WallStyle.COLONNADE, look.seed)
    seats = Look(_SEATS[look.seed % len(_SEATS)], FlatStyle.SEATS, look.seed)
    field = whole
    for k in range(_STEPS):
        outer, inner = inset(whole, step * k), inset(whole, step * (k + 1))
        if len(outer) != 1 or len(inner) != 1:
            break
        height = round(top - (top - 3.0) * k / (_STEPS - 1))
        wall = front if k == 0 else Look(Material.GREY)
        for piece in polygons_of(outer[0].difference(inner[0])):
            prism(builder, rings_of(piece), 0, height, wall, seats, obj=site.obj)
        field = inner[0]
    _rim(site, whole, top + 4)
    if not told_hole:
        _pitch(site, field, around)
    _lights(site, around, top + 16)


def _rim(site: Site, whole: Polygon, z: float) -> None:
    """Add a roof over the upper rows of the stands."""
    inner = inset(whole, min(_ROOF_M, box_around(whole).half_width * 0.2))
    if len(inner) == 1:
        edge, cover = Look(Material.WHITE), Look(Material.WHITE, FlatStyle.RIBBED)
        for piece in polygons_of(whole.difference(inner[0])):
            prism(site.builder, rings_of(piece), z - 1, z, edge, cover)


def _pitch(site: Site, field: Polygon, around: Box) -> None:
    builder, obj = site.builder, site.obj
    flat(builder, rings_of(field), 0.3, Look(Material.RUST, FlatStyle.PLAIN), obj)
    reach = _reach(field, around, 1.0) / _PITCH[0], _reach(field, around, 0.0) / _PITCH[1]
    scale = min(1.0, 0.9 * reach[0], 0.9 * reach[1])
    half_a, half_b = _PITCH[0] * scale, _PITCH[1] * scale
    while scale > 0.1 and not field.contains(rectangle(around.frame, half_a, half_b)):
        scale *= 0.9
        half_a, half_b = half_a * 0.9, half_b * 0.9
    for k in range(_STRIPES):
        a0 = half_a * (2 * k / _STRIPES - 1)
        span = Span(a0, a0 + 2 * half_a / _STRIPES, -half_b, half_b, 0.4, 0.4)
        line(builder, around.frame, span, Look(Material.GRASS, FlatStyle.TURF, k), obj)
    _marks(site, around.frame, half_a * 0.94, half_b * 0.92, obj)


def _reach(field: Polygon, around: Box, along: float) -> float:
    ring = rings_of(field)[0]
    (ce, cn), (ae, an), (be, bn) = around.frame.center, around.frame.along, around.frame.across
    de, dn = (ae, an) if along else (be, bn)
    return max(abs((float(e) - ce) * de + (float(n) - cn) * dn) for e, n in ring)


def _marks(site: Site, frame: Frame, a: float, b: float, obj: int) -> None:
    white, w = Look(Material.WHITE), 0.3
    box_a, box_b = a * 0.68, b * 0.55
    spans = [
        *((-a, a, -b, w - b), (-a, a, b - w, b), (-a, w - a, -b, b), (a - w, a, -b, b)),
        (-w / 2, w / 2, -b, b),
        *((-a, -box_a, -box_b, w - box_b), (-a, -box_a, box_b - w, box_b)),
        *((-box_a - w, -box_a, -box_b, box_b), (box_a, box_a + w, -box_b, box_b)),
        *((box_a, a, -box_b, w - box_b), (box_a, a, box_b - w, box_b)),
    ]
    for a0, a1, b0, b1 in spans:
        line(site.builder, frame, Span(a0, a1, b0, b1, 0.5, 0.5), white, obj)


def _lights(site: Site, around: Box, top: float) -> None:
    builder = site.builder
    for a in (-0.72, 0.72):
        for b in (-0.72, 0.72):
            place = around.frame.at(a * around.half_length, b * around.half_width)
            frame = Frame(place, builder.camera.right)
            obj = builder.new_object()
            mast = Span(-0.3, 0.3, -0.3, 0.3, 0, top)
            box(builder, frame, mast, Look(Material.GREY), None, obj=obj)
            lamps = Span(-1.8, 1.8, -0.4, 0.4, top, top + 3)
            glow = Look(Material.WHITE, WallStyle.RIBBON)
            box(builder, frame, lamps, glow, Look(Material.GREY), obj=obj)


def build_grandstand(site: Site) -> None:
    """Add rows of seats that rise from the front, under a roof that hangs over them."""
    builder, front = site.builder, any_front(site)
    frame = front.outward_frame
    ring = rings_of(site.outline)[0]
    (ce, cn), (ae, an) = frame.center, frame.along
    depth = float(max((ce - e) * ae + (cn - n) * an for e, n in ring))
    rows = max(min(int(depth / 1.6), 10), 2)
    half, step = front.length / 2, depth / rows
    seats = Look(_SEATS[site.look.seed % len(_SEATS)], FlatStyle.SEATS)
    for k in range(rows):
        span = Span(-(k + 1) * step, -k * step, -half, half, 0, 2 + k)
        side = Look(Material.GREY)
        box(builder, frame, span, side, seats, obj=site.obj, casts=k == rows - 1)
    high = rows + 6.0
    back = Span(-depth, -depth + 0.6, -half, half, 0, high)
    box(builder, frame, back, Look(site.look.wall, 0, site.look.seed), None, obj=site.obj)
    tin = Look(Material.TIN)
    low, top = -depth * 0.35, high + 1
    roof = [frame.lift(-depth, -half, high - 1), frame.lift(low, -half, top)]
    roof += [frame.lift(low, half, top), frame.lift(-depth, half, high - 1)]
    builder.polygon(roof, Look(Material.TIN, 5), Kind.SLOPE, site.obj)
    lip = [
        frame.at(low, -half),
        frame.at(low + 0.3, -half),
        frame.at(low + 0.3, half),
        frame.at(low, half),
    ]
    prism(builder, [lip], top - 1, top, tin, tin)
