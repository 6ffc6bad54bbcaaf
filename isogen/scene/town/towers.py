"""Towers: clock towers, tower houses, water towers, masts and chimneys."""

import math
from collections.abc import Callable

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, box, circle, cone, prism, wall
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.osm.tags import Tags, length_m, levels
from isogen.scene.town.blocks import STOREY_RISES, build_block
from isogen.scene.town.domes import add_dome, add_finial
from isogen.scene.town.footprint import box_around, quarters
from isogen.scene.town.roofs_mesh import slope_look
from isogen.scene.town.site import Site

_CHIMNEYS = frozenset({"chimney", "cooling_tower"})
_TOWER_HOUSE_M2 = 300.0
_EXAGGERATED = 1.05
_USUAL_M = 26.0
_STOREY_M = 3.4

_CLOCK_HALF_M = 1.9
_CLOCK_RISES = 7
_CLOCK_STEPS = ((0.92, 4), (0.74, 4), (0.55, 3))
"""Width, as a share of the shaft's, and height in rises of the steps of a copper cap."""


def is_tower(site: Site) -> bool:
    """Tell whether a building is a tower of its own."""
    return tower_kind(site.tags) is not None


def tower_kind(tags: Tags) -> Callable[[Site], None] | None:
    """Return what builds the tower that tags name; None when they name none."""
    made, kind = tags.get("man_made", ""), tags.get("building", "")
    if made in _CHIMNEYS or kind == "chimney":
        return _build_chimney
    if made == "water_tower" or kind == "water_tower":
        return _build_water_tower
    named = made in ("tower", "campanile") or kind in ("tower", "bell_tower", "clock_tower")
    return build_shaft if named or "tower:type" in tags else None


def build_tower(site: Site) -> None:
    """Add a tower, by what its tags and its size say."""
    build = tower_kind(site.tags) or build_shaft
    if build is build_shaft and site.outline.area > _TOWER_HOUSE_M2:
        _build_tower_house(site)
    else:
        build(site)


def tower_top(site: Site) -> float:
    """Return the height of a tower's shaft, in rises."""
    told = length_m(site.tags.get("height"))
    storeys = levels(site.tags.get("building:levels"))
    meters = told or (storeys * _STOREY_M if storeys else _USUAL_M)
    meters -= length_m(site.tags.get("roof:height")) or 0.0
    return float(round(site.builder.rises(meters * _EXAGGERATED)))


def build_shaft(site: Site, *, foot: float = 0.0) -> None:
    """Add a square shaft of stone with a stepped cap; clock towers show the time on four sides."""
    builder, look, around = site.builder, site.look, box_around(site.outline)
    frame, half = around.frame, max(math.sqrt(site.outline.area) / 2, 2.2)
    top = max(tower_top(site), foot + 12.0)
    obj = builder.new_object()
    stone = Look(look.wall, WallStyle.SLOTS, look.seed)
    copper = Look(look.roof, FlatStyle.BRIGHT)
    shaft = Span(-half, half, -half, half, foot, top)
    box(builder, frame, shaft, stone, copper, obj=obj, casts=True)
    edge = half + 0.6
    cornice = Span(-edge, edge, -edge, edge, top - 1, top + 1)
    box(builder, frame, cornice, Look(look.wall), copper, obj=obj)
    if has_clock(site):
        for along in quarters(frame):
            _clock(site, Frame(frame.center, along), half, top - 1.5, obj)
    z = top + 1
    slats = Look(look.roof, WallStyle.SLATS, look.seed)
    for width, height in _CLOCK_STEPS:
        w = half * width
        step = Span(-w, w, -w, w, z, z + height)
        box(builder, frame, step, slats, copper, obj=obj, casts=True)
        z += height
    peak = add_dome(builder, frame.center, z, half * 0.5, look.roof, obj, stretch=1.4)
    add_finial(builder, frame.center, peak - 1, 4.9, obj)


def has_clock(site: Site) -> bool:
    """Tell whether a tower shows the time: tagged so, or slim and on a public building."""
    tags = site.tags
    told = tags.get("tower:type") in ("clock", "bell_tower", "bell;clock")
    return told or tags.get("amenity") == "clock" or tags.get("man_made") == "tower"


def _clock(site: Site, side: Frame, half: float, top: float, obj: int) -> None:
    """Add a dial on the side that ``side.along`` points to: a dark frame, a face, two hands."""
    r, low = min(_CLOCK_HALF_M, half * 0.6), top - _CLOCK_RISES
    plates = (
        (0.3, r + 0.6, low, top, Material.DARK),
        (0.45, r, low + 1, top - 1, Material.WHITE),
        (0.6, 0.3, low + 3, top - 1.6, Material.DARK),
    )
    for out, w, z0, z1, material in plates:
        a, b = side.at(half + out, -w), side.at(half + out, w)
        wall(site.builder, a, b, (z0, z1), Look(material), obj)
    a, b = side.at(half + 0.62, -0.2), side.at(half + 0.62, r * 0.7)
    wall(site.builder, a, b, (low + 3, low + 4), Look(Material.DARK), obj)


def _build_tower_house(site: Site) -> None:
    """Add a block of houses with a stepped tower over its middle."""
    builder, look = site.builder, site.look
    low = max(min(round(look.storeys * 0.6), look.storeys - 3), 2)
    z = build_block(site, storeys=low)
    around = box_around(site.outline)
    center = site.outline.representative_point()
    frame = Frame((center.x, center.y), around.frame.along)
    half = min(0.29 * math.sqrt(site.outline.area), around.half_width * 0.8)
    top = max(tower_top(site) * 0.86, z + 4 * STOREY_RISES)
    obj = builder.new_object()
    cover = Look(Material.TIN, FlatStyle.MEMBRANE)
    for width, z0, z1 in ((1.0, z, top), (0.76, top, top + 7), (0.5, top + 7, top + 13)):
        w = half * width
        span = Span(-w, w, -w, w, round(z0), round(z1))
        front = site.wall(round(z1) - round(z0))
        box(builder, frame, span, front, cover, obj=obj, casts=True)
    mast = Span(-0.3, 0.3, -0.3, 0.3, top + 13, top + 22)
    box(builder, frame, mast, Look(Material.GREY), Look(Material.RED), obj=obj)


def _build_chimney(site: Site) -> None:
    """Add a round stack that grows slimmer toward its banded top."""
    builder, center = site.builder, site.outline.centroid
    radius = max(math.sqrt(site.outline.area / math.pi), 1.4)
    top, place = tower_top(site) * 1.2, (center.x, center.y)
    brick = Look(site.look.wall, WallStyle.STACK, site.look.seed)
    for share, z0, z1 in ((1.0, 0.0, 0.4 * top), (0.82, 0.4 * top, top)):
        ring = circle(place, radius * share, 12)
        prism(builder, [ring], round(z0), round(z1), brick, Look(Material.DARK), obj=site.obj)


def _build_water_tower(site: Site) -> None:
    """Add a wide tank on a slim stem."""
    builder, look, center = site.builder, site.look, site.outline.centroid
    radius = max(math.sqrt(site.outline.area / math.pi), 3.0)
    place, top = (center.x, center.y), tower_top(site)
    neck = round(0.6 * top)
    stem = Look(look.wall, 0, look.seed)
    prism(builder, [circle(place, radius * 0.5, 12)], 0, neck, stem, None, obj=site.obj)
    tank = Look(look.wall, WallStyle.STAVES, look.seed)
    prism(builder, [circle(place, radius, 16)], neck, top, tank, None, obj=site.obj)
    apex = (*place, top + builder.rises(radius) * 0.5)
    cover = slope_look(look.roof, look.seed)
    cone(builder, circle(place, radius + 0.4, 16), apex, top, cover, site.obj)
