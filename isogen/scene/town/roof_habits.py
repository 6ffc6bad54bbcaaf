"""What a region puts on its flat roofs: water tanks, air conditioners, terraces, panels."""

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span, box, circle, cone, prism
from isogen.mesh.vocabulary import BallStyle, FlatStyle, Material, SlopeStyle, WallStyle
from isogen.scene.town.footprint import box_around, inset, largest, rectangle, rings_of
from isogen.scene.town.site import Site
from isogen.seeds import Stream

_EDGE_M = 1.5
_TANK_M = 1.55
_LEG_M = 1.1
_PURPOSE = 42
_SMALLEST_M2 = 12.0
_MOST_UNITS = 14


def add_roof_habits(site: Site, outline: Polygon, z: float) -> BaseGeometry:
    """Put on a flat roof at ``z`` rises what the flavor wants; return what it covers."""
    told, stream = site.look.furniture, site.stream(_PURPOSE)
    wanted = [
        (told.water_tanks, _water_tank),
        (told.terraces, _terrace),
        (told.air_conditioners, _air_conditioners),
        (told.solar, _panels),
    ]
    chosen = [add for share, add in wanted if stream.chance(share)]
    free = largest(shapely.unary_union(inset(outline, _EDGE_M)))
    if free is None or free.area < _SMALLEST_M2:
        return Polygon()
    room: BaseGeometry = free
    for add in chosen:
        room = room.difference(add(site, free, room, z, stream))
    return free.difference(room)


def _corner(site: Site, free: Polygon, inward_m: float) -> Plan:
    """Return the place near the corner of a roof that is farthest from the viewer."""
    ring = [(float(e), float(n)) for e, n in rings_of(free)[0]]
    far = min(ring, key=lambda p: (round(site.nearness(p), 3), p))
    middle = free.representative_point()
    de, dn = middle.x - far[0], middle.y - far[1]
    length = max((de * de + dn * dn) ** 0.5, 1e-9)
    return far[0] + de / length * inward_m, far[1] + dn / length * inward_m


def _water_tank(
    site: Site, free: Polygon, room: BaseGeometry, z: float, stream: Stream
) -> BaseGeometry:
    """A tank of staves on four legs, under a pointed lid."""
    place = _corner(site, free, stream.uniform(1.5, 3.0))
    taken = shapely.Point(place).buffer(_TANK_M + 0.4)
    if not room.intersects(taken):
        return Polygon()
    builder, obj = site.builder, site.builder.new_object()
    frame = Frame(place, box_around(free).frame.along)
    for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        low = Span(a * _LEG_M - 0.2, a * _LEG_M + 0.2, b * _LEG_M - 0.2, b * _LEG_M + 0.2, z, z + 4)
        box(builder, frame, low, Look(Material.DARK), None, obj=obj)
    staves = Look(Material.WOOD, WallStyle.STAVES)
    prism(builder, [circle(place, _TANK_M, 10)], z + 4, z + 9, staves, None, obj=obj)
    lid = circle(place, _TANK_M + 0.25, 10)
    cone(builder, lid, (*place, z + 12), z + 9, Look(Material.BROWN, SlopeStyle.PLAIN), obj)
    return taken


def _air_conditioners(
    site: Site, free: Polygon, room: BaseGeometry, z: float, stream: Stream
) -> BaseGeometry:
    """Rows of small units with a fan on top."""
    around = box_around(free)
    count = min(max(int(free.area / 45), 2), _MOST_UNITS)
    casing = Look(stream.pick((Material.WHITE, Material.GREY, Material.WHITE)))
    fan = Look(Material.GREY, FlatStyle.FANS)
    start = stream.uniform(-0.75, 0.1) * around.half_length
    across = stream.uniform(-0.6, 0.6) * around.half_width
    taken: list[Polygon] = []
    obj = site.builder.new_object()
    for k in range(count):
        row, column = divmod(k, 5)
        frame = Frame(around.frame.at(start + column * 2.3, across + row * 2.6), around.frame.along)
        spot = rectangle(frame, 0.8, 0.7)
        if room.contains(spot):
            box(site.builder, frame, Span(-0.8, 0.8, -0.7, 0.7, z, z + 2), casing, fan, obj=obj)
            taken.append(rectangle(frame, 1.2, 1.1))
    return shapely.union_all(taken)


def _terrace(
    site: Site, free: Polygon, room: BaseGeometry, z: float, stream: Stream
) -> BaseGeometry:
    """A tiled terrace with an awning, a parasol and potted plants."""
    around = box_around(free)
    half = min(around.half_length * 0.6, 4.5), min(around.half_width * 0.7, 3.2)
    middle = free.representative_point()
    frame = Frame((middle.x, middle.y), around.frame.along)
    spot = rectangle(frame, *half)
    if min(half) < 1.6 or not room.contains(spot):
        return Polygon()
    builder, (a, b) = site.builder, half
    floor = Look(stream.pick((Material.TERRA, Material.WOOD, Material.TAN)), FlatStyle.DECK)
    box(builder, frame, Span(-a, a, -b, b, z, z + 0.4), Look(Material.TAN), floor)
    canvas = stream.pick((Material.WHITE, Material.OCHRE, Material.SKY, Material.RED))
    shade = circle(frame.at(-a * 0.45, 0), 1.3, 8)
    cone(
        builder, shade, (*frame.at(-a * 0.45, 0), z + 5), z + 3.6,
        Look(canvas, SlopeStyle.PLAIN), builder.new_object(),
    )  # fmt: skip
    for k in range(stream.between(2, 5)):
        place = frame.at(a * (-0.9 + 0.45 * k), b * 0.8)
        plant = Look(Material.LEAF, BallStyle.FOLIAGE, stream.below(1 << 15))
        builder.ball((*place, z + 1.4), 0.7, 1.3, plant, builder.new_object())
    return rectangle(frame, a + 0.6, b + 0.6)


def _panels(
    site: Site, free: Polygon, room: BaseGeometry, z: float, stream: Stream
) -> BaseGeometry:
    """Rows of solar panels."""
    around = box_around(free)
    rows = stream.between(2, 4)
    at = around.frame.at(stream.uniform(-0.4, 0.4) * around.half_length, 0)
    taken: list[Polygon] = []
    for k in range(rows):
        frame = Frame(Frame(at, around.frame.along).at(0, (k - 1) * 2.3), around.frame.along)
        if room.contains(rectangle(frame, 3.0, 0.8)):
            panel = Look(Material.GLASS, FlatStyle.SOLAR)
            box(
                site.builder,
                frame,
                Span(-3.0, 3.0, -0.7, 0.7, z, z + 1),
                Look(Material.DARK),
                panel,
            )
            taken.append(rectangle(frame, 3.4, 1.2))
    return shapely.union_all(taken)
