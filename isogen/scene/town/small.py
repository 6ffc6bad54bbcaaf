"""Buildings that are no houses: canopies, glasshouses, ships."""

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, box, prism
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.osm.tags import length_m
from isogen.scene.town.context import WATER_RISES
from isogen.scene.town.footprint import box_around, direction, distance, edges_of, inset, rings_of
from isogen.scene.town.parts import build_stack
from isogen.scene.town.roofs import Pitch, pitched_roof
from isogen.scene.town.roofs_choice import gable_ends
from isogen.scene.town.roofs_facets import faceted_roof, gabled_row
from isogen.scene.town.roofs_mesh import add_roof, covering_of
from isogen.scene.town.roofs_shapes import pyramid
from isogen.scene.town.site import Site

_CANOPY_M = 3.4
_CANOPY_RISES = 2
_POST_STEP_M = 9.0
_GLASS_RISES = 5
_DECK_INSET_M = 2.0
_PAVILION_M2 = 260.0
_WIDEST_SPAN_M = 5.5
_DARK_POST = Look(Material.DARK)
_BRANDS = (Material.RED, Material.GLASS, Material.YELLOW, Material.LEAF, Material.COPPER)


def build_canopy(site: Site) -> None:
    """Add a thin roof on posts, or between houses when it hangs high."""
    told, top = (length_m(site.tags.get(k)) for k in ("min_height", "height"))
    under = told if told is not None else max((top or 0) - 1.5, _CANOPY_M)
    z = float(round(site.builder.rises(under)))
    builder, rings = site.builder, rings_of(site.outline)
    edge = Look(Material.GREY, seed=site.look.seed)
    cover = Look(Material.TIN, FlatStyle.MEMBRANE, site.look.seed)
    prism(builder, rings, z, z + _CANOPY_RISES, edge, cover, obj=site.obj)
    if told is None:
        _posts(site, z)


def _posts(site: Site, z: float, post: Look = _DARK_POST) -> None:
    for piece in inset(site.outline, 0.6):
        for a, b in edges_of(piece):
            length = distance(a, b)
            for k in range(int(length / _POST_STEP_M) + 1):
                frame = Frame(a, direction(a, b))
                foot = Frame(frame.at(k * _POST_STEP_M, 0), frame.along)
                span = Span(-0.3, 0.3, -0.3, 0.3, 0, z)
                box(site.builder, foot, span, post, None, obj=site.obj)


def build_fuel(site: Site) -> None:
    """Add a bright canopy with a colored edge over rows of pumps."""
    builder, around = site.builder, box_around(site.outline)
    color = _BRANDS[site.look.seed % len(_BRANDS)]
    edge, cover = Look(color), Look(Material.WHITE, FlatStyle.MEMBRANE, site.look.seed)
    prism(builder, rings_of(site.outline), 6, 7, edge, Look(color), obj=site.obj)
    for piece in inset(site.outline, 0.8):
        prism(builder, rings_of(piece), 6, 7.1, edge, cover, obj=site.obj, casts=False)
    _posts(site, 6)
    pump = Look(color, WallStyle.CAR_CABIN)
    for share in (-0.5, 0.0, 0.5):
        place = Frame(around.frame.at(share * around.half_length, 0), around.frame.along)
        box(builder, place, Span(-0.4, 0.4, -0.9, 0.9, 0, 2), pump, Look(Material.WHITE))


def build_pavilion(site: Site) -> None:
    """Add a roof that rises to a point, on posts, over a floor of stone."""
    if site.outline.area > _PAVILION_M2:
        build_stack(site)
        return
    builder = site.builder
    floor = Look(Material.SAND, FlatStyle.PAVERS)
    prism(builder, rings_of(site.outline), 0, 1, Look(Material.GRANITE), floor, obj=site.obj)
    _posts(site, 5, Look(Material.WHITE))
    rim = Look(Material.WHITE)
    prism(builder, rings_of(site.outline), 5, 6, rim, None, obj=site.obj)
    slate = site.look.roof if site.look.roof is not Material.GRAVEL else Material.VERDIGRIS
    roof = pyramid(site.outline, 0.3 * site.outline.area**0.5)
    add_roof(builder, roof, 6, covering_of(slate, rim), site.obj)


def build_glasshouse(site: Site) -> None:
    """Add a house of glass; wide ones have several ridges side by side."""
    glass = Look(Material.GLASS, WallStyle.CURTAIN, site.look.seed)
    prism(site.builder, rings_of(site.outline), 0, _GLASS_RISES, glass, None, obj=site.obj)
    box_ = box_around(site.outline)
    if box_.half_width > _WIDEST_SPAN_M:
        turned = box_.turned()
        roof = faceted_roof(site.outline, turned, gabled_row(turned, 2.6), 2.6)
    else:
        roof = pitched_roof(site.outline, [Pitch(0.7, 5.0)], gable_ends(site.outline))
    add_roof(site.builder, roof, _GLASS_RISES, covering_of(Material.GLASS, glass), site.obj)


def build_ship(site: Site) -> None:
    """Add a ship that lies at the quay: hull, rail, deck house and funnel."""
    builder, rings, w = site.builder, rings_of(site.outline), float(WATER_RISES)
    white, deck = Look(Material.WHITE), Look(Material.WOOD, FlatStyle.DECK)
    prism(builder, rings, w, w + 3, Look(Material.DARK), None, obj=site.obj, casts=False)
    prism(builder, rings, w + 3, w + 5, white, deck, obj=site.obj)
    cabins = Look(Material.WHITE, WallStyle.RIBBON, site.look.seed)
    for piece in inset(site.outline, _DECK_INSET_M):
        top = Look(Material.WHITE, FlatStyle.MEMBRANE)
        prism(builder, rings_of(piece), w + 5, w + 9, cabins, top, obj=site.obj)
    around = box_around(site.outline)
    if around.half_length > 8:
        funnel = Span(-1.6, 1.6, -1.0, 1.0, w + 9, w + 14)
        red = Look(Material.RED)
        box(builder, around.frame, funnel, red, Look(Material.DARK), obj=site.obj)
