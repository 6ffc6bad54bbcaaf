"""Large halls: stations with vaults of glass, market halls, stadiums."""

from isogen.mesh.builder import Look
from isogen.mesh.solids import Span, box, flat, gable, prism
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.osm.tags import length_m
from isogen.scene.town.blocks import build_block
from isogen.scene.town.footprint import box_around, inset, polygons_of, rings_of
from isogen.scene.town.parts import build_stack
from isogen.scene.town.roofs_mesh import slope_look
from isogen.scene.town.site import Site

_STADIUMS = frozenset({"stadium", "grandstand", "arena"})
_MARKETS = frozenset({"marketplace", "market"})
_LONG = 2.2

_STADIUM_RISES = 26.0
_STANDS = 5
_WIDEST_STAND_M = 22.0


def is_hall(site: Site) -> bool:
    """Tell whether a building is a hall with a form of its own."""
    tags = site.tags
    market = tags.get("amenity") in _MARKETS or tags.get("building") in _MARKETS
    stadium = tags.get("building") in _STADIUMS or tags.get("leisure") == "stadium"
    return market or stadium


def build_hall(site: Site) -> None:
    """Add a market hall or a stadium."""
    if site.tags.get("building") in _STADIUMS or site.tags.get("leisure") == "stadium":
        _build_stadium(site)
    else:
        build_market_hall(site)


def build_market_hall(site: Site) -> None:
    """Add a long hall with a raised band of windows along its ridge."""
    around = box_around(site.outline)
    if around.aspect < _LONG:
        build_stack(site)
        return
    z = build_block(site)
    half = around.half_width * 0.3
    length = around.half_length * 0.82
    builder, look = site.builder, site.look
    foot = z + builder.rises(around.half_width * 0.3)
    obj = builder.new_object()
    windows = Look(look.trim, WallStyle.RIBBON, look.seed)
    span = Span(-length, length, -half, half, foot, foot + 6)
    box(builder, around.frame, span, windows, None, obj=obj, casts=True)
    cover = Span(-length, length, -half, half, foot + 6, foot + 6 + builder.rises(half * 0.6))
    covering = slope_look(look.roof, look.seed)
    gable(builder, around.frame, cover, covering, Look(look.trim), obj, overhang_m=0.5)


def _build_stadium(site: Site) -> None:
    """Add stands that step down from an outer wall to a pitch."""
    builder, look = site.builder, site.look
    told = length_m(site.tags.get("height"))
    top = float(round(builder.rises(told))) if told else _STADIUM_RISES
    front = Look(look.wall, WallStyle.COLONNADE, look.seed)
    step = min(0.1 * box_around(site.outline).half_width, _WIDEST_STAND_M / _STANDS)
    seats = (Material.WHITE, Material.SKY, Material.SKY, Material.WHITE)
    pitch = site.outline
    for k in range(_STANDS):
        outer, inner = inset(site.outline, step * k), inset(site.outline, step * (k + 1))
        if len(outer) != 1 or len(inner) != 1:
            return
        height = top - (top - 3.0) * k / _STANDS
        ring = outer[0].difference(inner[0])
        row = Look(seats[k % len(seats)], FlatStyle.CORRUGATED)
        wall = front if k == 0 else Look(Material.GREY)
        for piece in polygons_of(ring):
            prism(builder, rings_of(piece), 0, height, wall, row, obj=site.obj)
        pitch = inner[0]
    flat(builder, rings_of(pitch), 0.3, Look(Material.GRASS, FlatStyle.PLANTED), site.obj)
