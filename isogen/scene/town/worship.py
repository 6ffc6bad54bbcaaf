"""Houses of worship: which form a footprint and its tags ask for."""

from dataclasses import dataclass, replace

from shapely import Polygon
from shapely.affinity import rotate

from isogen.mesh.solids import Frame
from isogen.mesh.vocabulary import Facade, Material
from isogen.scene.town.footprint import box_around, direction, distance, edges_of
from isogen.scene.town.looks import BuildingLook, Shape, roof_of, wall_of
from isogen.scene.town.looks_styles import Age
from isogen.scene.town.parts import build_stack, has_shaped_parts
from isogen.scene.town.site import Site
from isogen.scene.town.worship_dome import build_dome_church
from isogen.scene.town.worship_nave import build_cross_church, build_nave_church
from isogen.scene.town.worship_other import build_mosque, build_rotunda

GREAT_M2 = 1200.0
"""Cross-shaped churches from this area on carry a great dome."""

_SQUARE = 1.3
_SAME = 0.86
"""Share of a footprint that a quarter turn maps onto itself when it is a cross or a square."""

_LONGEST_CROSS = 1.85
_CROSS_FILL = 0.84
_ROUND_CORNERS = 12
_MATERIALS = 31


@dataclass(frozen=True)
class Plan:
    """What the outline of a church tells."""

    frame: Frame
    """Center, and the direction of the longest wall."""

    half_m: float
    """Half of its length along the frame."""

    is_cross: bool
    """Whether it is a cross, of arms that need not be equal."""

    is_even: bool
    """Whether a quarter turn leaves it nearly as it is."""

    is_round: bool


def build_worship(site: Site) -> None:
    """Add a church, chapel, mosque or temple."""
    plan = plan_of(site.outline)
    dressed = replace(site, look=_dress(site, plan))
    great = is_great(site.outline, plan)
    if has_shaped_parts(site) and not great:
        build_stack(dressed)
    elif site.tags.get("religion") == "muslim" or site.tags.get("building") == "mosque":
        build_mosque(dressed)
    elif plan.is_round:
        build_rotunda(dressed)
    elif great:
        build_dome_church(dressed, plan.frame, plan.half_m)
    elif plan.is_cross:
        build_cross_church(dressed, plan.frame)
    else:
        build_nave_church(dressed)


def is_great(outline: Polygon, plan: Plan) -> bool:
    """Tell whether a church gets a great dome."""
    return plan.is_cross and plan.is_even and outline.area >= GREAT_M2


def plan_of(outline: Polygon) -> Plan:
    """Measure the outline of a church."""
    a, b = max(edges_of(outline), key=lambda edge: round(distance(*edge), 1))
    along = direction(a, b)
    center = outline.centroid
    frame = Frame((center.x, center.y), along)
    reach = [
        abs((e - center.x) * u + (n - center.y) * v)
        for e, n in outline.exterior.coords
        for u, v in (along, frame.across)
    ]
    around = box_around(outline)
    fill = outline.area / around.area
    quarter, half = (_overlap(outline, rotate(outline, a, origin=center)) for a in (90, 180))
    even = around.aspect < _SQUARE and quarter > _SAME
    corners = len(outline.exterior.coords) - 1
    hull = outline.convex_hull.area
    return Plan(
        frame,
        max(reach),
        is_cross=fill < _CROSS_FILL and (even or (around.aspect < _LONGEST_CROSS and half > _SAME)),
        is_even=even,
        is_round=corners >= _ROUND_CORNERS and outline.area > 0.97 * hull,
    )


def _overlap(one: Polygon, other: Polygon) -> float:
    return one.intersection(other).area / one.area


def _dress(site: Site, plan: Plan) -> BuildingLook:
    """Choose what churches are made of where the tags do not tell it."""
    look, stream = site.look, site.stream(_MATERIALS)
    old = look.age in (Age.CLASSICAL, Age.HOME) or plan.is_cross
    walls = (
        (Material.WHITE, Material.IVORY, Material.OCHRE)
        if old
        else (Material.BRICK, Material.GRANITE, Material.BRICK, Material.IVORY)
    )
    wall = stream.pick(walls)
    roofs = (Material.VERDIGRIS, Material.TIN, Material.VERDIGRIS, Material.DARK)
    roof = stream.pick(roofs[:3] if old else roofs)
    if is_great(site.outline, plan):
        wall, roof = Material.WHITE, Material.VERDIGRIS
    return replace(
        look,
        wall=wall_of(site.tags, wall),
        trim=Material.WHITE,
        roof=roof_of(site.tags, roof),
        facade=Facade.TALL | Facade.HEADS | Facade.PILASTERS,
        shape=Shape.GABLED,
        age=Age.CLASSICAL if old else look.age,
    )
