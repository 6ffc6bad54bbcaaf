"""Public buildings: pilasters, and a portico with a pediment on the main front of large ones."""

from isogen.mesh.builder import Look
from isogen.mesh.solids import Span, box, gable
from isogen.mesh.vocabulary import WallStyle
from isogen.scene.town.fronts import Front, street_front
from isogen.scene.town.looks_styles import Age
from isogen.scene.town.parts import build_stack
from isogen.scene.town.roofs_mesh import slope_look
from isogen.scene.town.site import Site

_LARGE_M2 = 900.0
_SHORTEST_M = 22.0
_WIDEST_M = 24.0
_SHARE = 0.4
_DEPTH_M = 2.8


def build_civic(site: Site) -> None:
    """Add a public building; large old ones get a portico."""
    build_stack(site)
    old = site.look.age in (Age.CLASSICAL, Age.PLAIN)
    if old and site.outline.area >= _LARGE_M2 and site.look.storeys <= 5:
        front = street_front(site, _SHORTEST_M)
        if front:
            _portico(site, front)


def _portico(site: Site, front: Front) -> None:
    """Add columns and a pediment to the middle of a front."""
    builder, look = site.builder, site.look
    outward = front.outward_frame
    half = min(front.length * _SHARE, _WIDEST_M) / 2
    z = float(look.eave)
    columns = Look(look.trim, WallStyle.COLONNADE, look.seed)
    porch = Span(0, _DEPTH_M, -half, half, 0, z)
    obj = builder.new_object()
    box(builder, outward, porch, columns, None, obj=obj, casts=True)
    roof = Span(-half * 0.8, _DEPTH_M + 0.3, -half, half, z, z + builder.rises(half * 0.42))
    covering = slope_look(look.roof, look.seed)
    gable(builder, outward, roof, covering, Look(look.trim), obj, overhang_m=0.5)
