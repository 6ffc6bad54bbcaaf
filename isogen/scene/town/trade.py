"""Buildings that sell and park: shops, supermarkets, hotels, kiosks, parking decks."""

from dataclasses import replace

import shapely

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, box, prism
from isogen.mesh.vocabulary import Facade, FlatStyle, Material, WallStyle
from isogen.scene.town.footprint import box_around, inset, polygons_of, rectangle, rings_of
from isogen.scene.town.forms import board, flag, line, roof_car, slab
from isogen.scene.town.fronts import any_front
from isogen.scene.town.parts import build_stack
from isogen.scene.town.site import Site

_SIGNS = (
    *(Material.RED, Material.GLASS, Material.YELLOW, Material.TEAL, Material.LEAF),
    *(Material.COPPER, Material.RED, Material.SLATE),
)
_SIGN_FROM_M = 8.0
_LOW = 2
"""Storeys up to which a supermarket is a hall of its own."""

_KIOSK_M2 = 70.0
_DECK_RISES = 6
_DECK_INSET_M = 1.2
_BAY_M, _LANE_M, _ROW_M = 2.7, 9.0, 3.9
_PARKED = 0.55
_CARS, _SIGN = 51, 52


def build_shop(site: Site) -> None:
    """Add a shop: display windows, and a sign over the middle of its front."""
    facade = site.look.facade | Facade.SHOPS | Facade.AWNINGS
    build_stack(replace(site, look=replace(site.look, facade=facade)))
    front = any_front(site)
    if front.length >= _SIGN_FROM_M:
        top = float(site.look.eave)
        half = min(front.length * 0.28, 7.0)
        board(site, front, half, (top - 1, top + 3), sign_look(site))


def build_supermarket(site: Site) -> None:
    """Add a low hall with a band of color, a glazed entrance under a canopy and a sign."""
    if site.look.storeys > _LOW:
        build_shop(site)
        return
    builder, look = site.builder, site.look
    z = 9.0 if look.storeys == 1 else float(look.eave)
    colored = sign_look(site)
    hall = Look(Material.WHITE if look.seed & 1 else look.wall, WallStyle.CORRUGATED, look.seed)
    wall = replace(site, look=replace(look, facade=Facade.SHOPS))
    prism(builder, rings_of(site.outline), 0, 5, wall.wall(8), None, obj=site.obj)
    prism(builder, rings_of(site.outline), 5, z - 1, hall, None, obj=site.obj, casts=False)
    band, cover = Look(colored.material), Look(Material.WHITE, FlatStyle.MEMBRANE, look.seed)
    prism(builder, rings_of(site.outline), z - 1, z + 1, band, Look(colored.material), obj=site.obj)
    for piece in inset(site.outline, 0.9):
        prism(builder, rings_of(piece), z, z + 1.05, band, cover, casts=False)
        from_above(site, z + 1.05)
    front = any_front(site)
    half = min(front.length * 0.22, 8.0)
    roof = Look(colored.material, FlatStyle.BRIGHT)
    slab(site, front, Span(-half, half, 0, 4.5, 4, 5.5), Look(colored.material), roof)
    glass = Look(Material.GLASS, WallStyle.CURTAIN, look.seed)
    slab(site, front, Span(-half * 0.7, half * 0.7, 0, 2.0, 0, 4), glass)
    board(site, front, half * 0.9, (z - 1, z + 4), colored)


def from_above(site: Site, z: float) -> None:
    """Put two rows of roof lights and some plant on a hall's roof at ``z`` rises."""
    around = box_around(site.outline)
    for share in (-0.45, 0.45):
        for k in (-0.55, -0.1, 0.35):
            place = Frame(
                around.frame.at(k * around.half_length, share * around.half_width),
                around.frame.along,
            )
            if site.outline.contains(rectangle(place, 5, 2.5)):
                light = Look(Material.GLASS, FlatStyle.SKYLIGHT)
                span = Span(-2.6, 2.6, -1.0, 1.0, z, z + 1)
                box(site.builder, place, span, Look(Material.WHITE), light)


def sign_look(site: Site) -> Look:
    """Return the look of a building's sign."""
    material = site.stream(_SIGN).pick(_SIGNS)
    pale = material in (Material.YELLOW, Material.COPPER)
    return Look(
        material, WallStyle.SIGN, site.look.seed, 0, Material.DARK if pale else Material.WHITE
    )


def build_hotel(site: Site) -> None:
    """Add a hotel: an upright sign on the corner, flags over a canopy."""
    build_stack(site)
    front, top = any_front(site), float(site.look.eave)
    sign, half = sign_look(site), front.length / 2
    high = Span(half - 2.2, half - 1.0, 0, 1.6, top * 0.4, top + 3)
    slab(site, front, high, replace(sign, seed=sign.seed + 1), Look(sign.material))
    canopy = Look(sign.material, FlatStyle.BRIGHT)
    slab(site, front, Span(-3, 3, 0, 3.5, 4, 5), Look(sign.material), canopy)
    for a, cloth in ((-2.4, Material.RED), (0.0, Material.GLASS), (2.4, Material.YELLOW)):
        flag(site, front.place(a, 3.0), 5, 6, cloth)


def build_kiosk(site: Site) -> None:
    """Add a little house with a counter, a wide roof and a sign."""
    builder, look = site.builder, site.look
    if site.outline.area > _KIOSK_M2:
        build_shop(site)
        return
    sign = sign_look(site)
    prism(builder, rings_of(site.outline), 0, 2, Look(sign.material), None, obj=site.obj)
    goods = Look(Material.WHITE, WallStyle.RIBBON, look.seed)
    prism(builder, rings_of(site.outline), 2, 4, goods, None, obj=site.obj, casts=False)
    eaves = site.outline.buffer(0.7, join_style="mitre")
    cover = Look(sign.material, FlatStyle.BRIGHT)
    prism(builder, rings_of(eaves), 4, 5, Look(Material.WHITE), cover, obj=site.obj)
    front = any_front(site)
    board(site, front, min(front.length * 0.4, 2.0), (5, 7), sign)


def build_parking(site: Site) -> None:
    """Add open decks, with cars on the top one and a house for the stairs."""
    builder, look = site.builder, site.look
    z = float(_DECK_RISES * max(min(look.storeys, 8), 1))
    wall = Look(Material.GREY, WallStyle.GARAGE, look.seed)
    deck = Look(Material.ROAD, FlatStyle.PLAIN)
    prism(builder, rings_of(site.outline), 0, z, wall, deck, obj=site.obj)
    rim = Look(Material.GREY)
    inner = shapely.union_all(inset(site.outline, 0.6))
    for piece in polygons_of(site.outline.difference(inner)):
        prism(builder, rings_of(piece), z, z + 1, rim, Look(Material.GREY), obj=site.obj)
    around = box_around(site.outline)
    _bays(site, z)
    corner = Frame(
        around.frame.at(around.half_length - 3.2, around.half_width - 2.8), around.frame.along
    )
    if site.outline.contains(rectangle(corner, 2.6, 2.2)):
        head = Span(-2.6, 2.6, -2.2, 2.2, z, z + 5)
        cover = Look(Material.TIN, FlatStyle.GRAVEL)
        stairs = Look(Material.WHITE, WallStyle.CURTAIN, look.seed)
        box(builder, corner, head, stairs, cover, casts=True)


def _bays(site: Site, z: float) -> None:
    """Paint bays on a deck and park cars in some of them."""
    around, stream = box_around(site.outline), site.stream(_CARS)
    inner = site.outline.buffer(-_DECK_INSET_M)
    deep = 2 * around.half_width - 2 * _ROW_M
    rows = max(round(deep / _LANE_M), 0) + 1
    count = int((2 * around.half_length - 4) / _BAY_M)
    white = Look(Material.WHITE)
    across = around.frame.across
    obj = site.builder.new_object()
    for row in range(rows):
        b = -around.half_width + _ROW_M + row * deep / max(rows - 1, 1)
        for k in range(min(count, 60)):
            a = -around.half_length + 3.4 + k * _BAY_M
            spot = Frame(around.frame.at(a, b), across)
            taken, paint = stream.chance(_PARKED), stream.below(8)
            if inner.contains(rectangle(spot, 2.4, 1.2)):
                edge = Span(-2.3, 2.3, _BAY_M / 2 - 0.15, _BAY_M / 2 + 0.15, z, z)
                line(site.builder, spot, edge, white, obj)
                if taken:
                    roof_car(site, spot, z, paint)
