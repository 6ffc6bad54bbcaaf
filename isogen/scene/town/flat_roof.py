"""What stands on flat roofs: parapets, set-back storeys, and what serves the rooms below."""

import shapely
from shapely import Polygon

from isogen.mesh.builder import Look
from isogen.mesh.solids import prism
from isogen.mesh.vocabulary import Facade, FlatStyle, Material
from isogen.scene.town.flat_plant import furnish_core
from isogen.scene.town.footprint import clean, inset, largest, rings_of
from isogen.scene.town.roof_habits import add_roof_habits
from isogen.scene.town.site import Site

_PARAPET_M = 0.9
_PARAPET_MIN_M2 = 60.0
_CORE_M = 3.2
_SET_BACK_M = 6.0
_SET_BACK_MIN_M2 = 420.0
_SET_BACK_RISES = 5
_SET_BACK_PURPOSE = 12

_BRIGHT = frozenset({Material.GLASS, Material.TEAL, Material.SKY, Material.OCHRE, Material.RED})
"""Walls too bright to be repeated in the coping: theirs is sheet metal."""


def furnish_flat_roof(site: Site, outline: Polygon, z: float, *, storey: bool = True) -> None:
    """Put a parapet, plant and perhaps a set-back storey on a flat roof.

    Args:
        site: The building.
        outline: Edge of the roof.
        z: Its height, in rises.
        storey: Whether a parapet and a set-back storey may stand on it.
    """
    if storey:
        _parapet(site, outline, z)
        back = _set_back(site, outline)
        if back:
            look = site.look
            front = Material.GREY if look.wall in (*_BRIGHT, Material.WHITE) else look.wall
            wall = Look(front, 0, look.seed, 2, Material.WHITE, Facade.RIBBON)
            cover = Material.TIN if look.seed & 8 else Material.GRAVEL
            top = z + _SET_BACK_RISES
            prism(site.builder, rings_of(back), z, top, wall, Look(cover, FlatStyle.GRAVEL))
            furnish_flat_roof(site, back, top, storey=False)
            return
    taken = add_roof_habits(site, outline, z)
    core = largest(shapely.unary_union(inset(outline, _CORE_M)).difference(taken))
    if core is not None:
        furnish_core(site, core, z)


def _parapet(site: Site, outline: Polygon, z: float) -> None:
    inner = inset(outline, _PARAPET_M)
    if len(inner) == 1 and inner[0].area > _PARAPET_MIN_M2:
        ring = largest(outline.difference(inner[0]))
        if ring is not None:
            look = site.look
            rim = Material.TIN if look.wall in _BRIGHT else look.wall
            prism(
                site.builder, rings_of(ring), z, z + 1, site.blank(rim),
                Look(rim, FlatStyle.BRIGHT, look.seed), obj=site.obj, casts=False,
            )  # fmt: skip


def _set_back(site: Site, outline: Polygon) -> Polygon | None:
    pieces = inset(outline, _SET_BACK_M)
    wanted = site.stream(_SET_BACK_PURPOSE).chance(0.55) and site.look.storeys > 2
    if not wanted or len(pieces) != 1 or pieces[0].area < _SET_BACK_MIN_M2:
        return None
    return clean(pieces[0], 1.0)
