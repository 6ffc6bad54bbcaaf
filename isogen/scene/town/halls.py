"""Market halls."""

from isogen.mesh.builder import Look
from isogen.mesh.solids import Span, box, gable
from isogen.mesh.vocabulary import WallStyle
from isogen.scene.town.blocks import build_block
from isogen.scene.town.footprint import box_around
from isogen.scene.town.parts import build_stack
from isogen.scene.town.roofs_mesh import slope_look
from isogen.scene.town.site import Site

_LONG = 2.2


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
