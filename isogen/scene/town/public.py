"""Public buildings with a mark of their own: schools, hospitals, fire stations, train stations."""

from dataclasses import replace

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, box, gable, prism, wall
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.town.blocks import build_block
from isogen.scene.town.domes import add_finial, add_spire
from isogen.scene.town.footprint import box_around, inset, rectangle, rings_of
from isogen.scene.town.forms import door_look, door_row, flag, line, slab
from isogen.scene.town.fronts import any_front
from isogen.scene.town.halls_vault import add_vault
from isogen.scene.town.looks import Shape, roof_of, shape_of
from isogen.scene.town.parts import build_stack
from isogen.scene.town.roofs_mesh import slope_look
from isogen.scene.town.site import Site

_PAD_M = 8.0
_SMALL_PAD_M = 5.0
_STATION_M2 = 250.0


def build_school(site: Site) -> None:
    """Add a school: a turret with a clock over the middle of its front, and a flag."""
    build_stack(site)
    front, z = any_front(site), float(site.look.eave)
    depth = box_around(site.outline).half_width
    center = front.place(0.0, -min(depth, 6.0))
    obj = site.builder.new_object()
    frame = Frame(center, front.outward_frame.along)
    high = z + site.builder.rises(3.0)
    body = Look(site.look.trim, 0, site.look.seed)
    box(
        site.builder,
        frame,
        Span(-2, 2, -2, 2, z - 1, high + 5),
        body,
        None,
        obj=obj,
        casts=True,
    )
    _clocks(site, frame, 2.05, high + 1)
    ring = [frame.at(a, b) for a, b in ((-2.5, -2.5), (2.5, -2.5), (2.5, 2.5), (-2.5, 2.5))]
    top = high + 12.0
    add_spire(site.builder, ring, center, (high + 5, top), slope_look(site.look.roof, 0), obj)
    add_finial(site.builder, center, top - 1, 3, obj)
    flag(site, front.place(front.length * 0.3, 5.0), 0, 11, Material.RED)


def _clocks(site: Site, frame: Frame, half: float, z: float) -> None:
    """Put a white dial with dark hands on each side of a turret."""
    obj = site.builder.new_object()
    across = frame.across
    for along in (
        frame.along,
        across,
        (-frame.along[0], -frame.along[1]),
        (-across[0], -across[1]),
    ):
        side = Frame(frame.center, along)
        a, b = side.at(half, -1.2), side.at(half, 1.2)
        wall(site.builder, a, b, (z, z + 3), Look(Material.WHITE, WallStyle.CLOCK), obj)


def build_hospital(site: Site) -> None:
    """Add a hospital: a helipad where the roof is wide, and red crosses on white."""
    if shape_of(site.tags) is None:
        cover = Material.WHITE if site.look.seed & 1 else Material.TIN
        look = replace(site.look, shape=Shape.FLAT, roof=roof_of(site.tags, cover))
        site = replace(site, look=look)
    build_stack(site)
    z = float(site.look.eave)
    _cross(site, z)
    around = box_around(site.outline)
    half = _PAD_M if around.half_width > _PAD_M + 1 else _SMALL_PAD_M
    place = Frame(around.frame.at(-0.45 * around.half_length, 0), around.frame.along)
    if shape_of(site.tags) in (None, Shape.FLAT) and site.outline.contains(
        rectangle(place, half, half)
    ):
        _helipad(site, place, half, z)


def _helipad(site: Site, frame: Frame, half: float, z: float) -> None:
    builder = site.builder
    obj = builder.new_object()
    span = Span(-half, half, -half, half, z + 2, z + 3)
    box(builder, frame, span, Look(Material.WHITE), Look(Material.ROAD), obj=obj, casts=True)
    white = Look(Material.WHITE)
    edge, arm = half * 0.86, half * 0.42
    strokes = [
        *((edge - 0.4, edge, -edge, edge), (-edge, 0.4 - edge, -edge, edge)),
        *((-edge, edge, edge - 0.4, edge), (-edge, edge, -edge, 0.4 - edge)),
    ]
    for a0, a1, b0, b1 in strokes:
        line(builder, frame, Span(a0, a1, b0, b1, z + 3, z + 3), Look(Material.YELLOW), obj)
    letter = [(-arm, arm, -arm, 0.9 - arm), (-arm, arm, arm - 0.9, arm), (-0.45, 0.45, -arm, arm)]
    for a0, a1, b0, b1 in letter:
        line(builder, frame, Span(a0, a1, b0, b1, z + 3.05, z + 3.05), white, obj)


def _cross(site: Site, z: float) -> None:
    """Put a red cross on a white board over the front."""
    front = any_front(site)
    slab(site, front, Span(-2.4, 2.4, -0.4, 0.4, z - 1, z + 5), Look(Material.WHITE))
    obj = site.builder.new_object()
    for half, z0, z1 in ((0.6, z, z + 4), (1.7, z + 1.3, z + 2.7)):
        a, b = front.place(-half, 0.5), front.place(half, 0.5)
        wall(site.builder, a, b, (z0, z1), Look(Material.RED), obj)


def build_fire_station(site: Site) -> None:
    """Add a fire station: wide red doors along its front and a tower to dry hoses."""
    look = replace(site.look, facade=site.look.facade & ~site.look.facade.SHOPS)
    dressed = replace(site, look=look)
    build_stack(dressed)
    front = any_front(site)
    count = max(int(front.length * 0.7 / 4.6), 1)
    door_row(dressed, front, count, 1.9, 5, door_look(Material.RED, Material.WHITE, look.seed))
    around = box_around(site.outline)
    place = around.frame.at(around.half_length - 2.6, around.half_width - 2.6)
    if site.outline.buffer(0.5).contains(rectangle(Frame(place, around.frame.along), 2, 2)):
        top = float(look.eave) + 14
        body = Look(look.wall, WallStyle.SLOTS, look.seed)
        span = Span(-2, 2, -2, 2, 0, top)
        cover = Look(Material.RED, FlatStyle.BRIGHT)
        box(site.builder, Frame(place, around.frame.along), span, body, cover, casts=True)


def build_station(site: Site) -> None:
    """Add a station: wings, a taller hall with arched windows, and a clock over the door."""
    around = box_around(site.outline)
    if site.outline.area < _STATION_M2 or around.half_width < 5:
        build_stack(site)
        return
    z = build_block(site)
    front = any_front(site)
    frame = front.outward_frame
    half = min(front.length * 0.2, 11.0)
    reach = _depth(site, frame)
    center = frame.at(-reach / 2, 0)
    hall = rectangle(Frame(center, frame.along), reach / 2 - 0.5, half)
    if reach > 2 * half:
        add_vault(site.on(hall), round(z) + 1, z + site.builder.rises(half * 0.8) + 2)
    else:
        span = Span(-reach + 0.5, 0.6, -half, half, 0, z + 3)
        tall = Look(site.look.wall, WallStyle.TALL_WINDOWS, site.look.seed)
        obj = box(site.builder, frame, span, tall, None, casts=True)
        top = Span(-reach + 0.5, 0.9, -half, half, z + 3, z + 3 + site.builder.rises(half * 0.5))
        cover = slope_look(site.look.roof, site.look.seed)
        gable(site.builder, frame, top, cover, Look(site.look.trim), obj, overhang_m=0.5)
    dial = site.builder.new_object()
    a, b = front.place(-1.3, 1.9), front.place(1.3, 1.9)
    wall(site.builder, a, b, (z, z + 4), Look(Material.WHITE, WallStyle.CLOCK), dial)
    canopy = Look(Material.TIN, FlatStyle.BRIGHT)
    slab(site, front, Span(-half, half, 0, 3.4, 4, 5), Look(Material.GREY), canopy)


def _depth(site: Site, frame: Frame) -> float:
    """Return how deep a building is behind the middle of its front, in meters."""
    ring = rings_of(site.outline)[0]
    (ce, cn), (ae, an) = frame.center, frame.along
    return float(max((ce - e) * ae + (cn - n) * an for e, n in ring))


def build_train_shed(site: Site) -> None:
    """Add a long glazed vault over tracks, on arches of brick."""
    around = box_around(site.outline)
    top = max(site.builder.rises(around.half_width * 0.75), 9.0)
    glazed = replace(site, look=replace(site.look, wall=Material.BRICK, roof=Material.GLASS))
    count = max(round(around.half_width / 11), 1)
    for k in range(count):
        b = ((2 * k + 1) / count - 1) * around.half_width
        bay = rectangle(
            Frame(around.frame.at(0, b), around.frame.along),
            around.half_length - 1,
            around.half_width / count,
        )
        add_vault(glazed.on(bay), 6, 6 + top / count + 2)


def build_bunker(site: Site) -> None:
    """Add a low block of concrete under turf, with slits."""
    builder = site.builder
    concrete = Look(Material.GREY, WallStyle.SLOTS, site.look.seed)
    prism(builder, rings_of(site.outline), 0, 3, concrete, Look(Material.GREY), obj=site.obj)
    for piece in inset(site.outline, 1.2):
        turf = Look(Material.GRASS, FlatStyle.PLANTED, site.look.seed)
        prism(builder, rings_of(piece), 3, 4, Look(Material.GRASS), turf, obj=site.obj)
