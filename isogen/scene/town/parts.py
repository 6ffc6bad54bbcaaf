"""Building parts: volumes stacked in and on an outline."""

from dataclasses import replace

import shapely
from shapely import Polygon

from isogen.mesh.solids import prism
from isogen.mesh.vocabulary import Facade, Material
from isogen.scene.osm.tags import Tags, length_m, levels
from isogen.scene.town.blocks import STOREY_RISES, add_storeys, build_block
from isogen.scene.town.domes import add_dome, add_finial, add_onion, add_spire, round_radius
from isogen.scene.town.flat_roof import furnish_flat_roof
from isogen.scene.town.footprint import clean, rings_of
from isogen.scene.town.halls_vault import add_vault
from isogen.scene.town.looks import BuildingLook, Shape, flat_covering, roof_of, shape_of, wall_of
from isogen.scene.town.roofs_choice import choose_roof
from isogen.scene.town.roofs_mesh import add_roof, covering_of, slope_look
from isogen.scene.town.site import Site
from isogen.scene.town.towers import build_shaft, tower_kind

_COVERED = 0.85
"""Share of an outline that parts on the ground cover when it is not drawn itself."""

_STACKED = 0.5
"""Share of an outline that raised parts cover when it ends where they begin."""

_SMALLEST_M2 = 6.0
_LOWEST = 2.0
_SLIM_M2 = 300.0
_HALL_M2 = 150.0
_VAULT_FOOT = 0.6
_VAULT_RISE = 3.0
_VAULT_OVER = 7.0
_ROUND_SHAPES = (Shape.DOME, Shape.ONION, Shape.CONE)


def parts_cover(site: Site) -> bool:
    """Tell whether parts that begin on the ground cover the outline."""
    ground = [p for p in _parts(site) if _min_level(p.tags) == 0 and _top_told(p.tags)]
    return _share(site, [p.outline for p in ground]) > _COVERED


def build_stack(site: Site) -> None:
    """Add an outline and what stands on it, or its parts alone where they cover it."""
    z = 0.0
    parts = _parts(site)
    if not parts_cover(site):
        z = build_block(site, storeys=_base_storeys(site, parts))
    for part in parts:
        _add(part, z, lifted=True)


def has_shaped_parts(site: Site) -> bool:
    """Tell whether parts say what the building looks like: towers, domes, roofs."""
    return any("height" in p.tags or shape_of(p.tags) is not None for p in _parts(site))


def add_single_part(site: Site) -> None:
    """Add one part that stands alone."""
    _add(site, 0.0, lifted=False)


def _parts(site: Site) -> list[Site]:
    """Return the parts as sites of their own, lower ones first."""
    out: list[Site] = []
    for k in site.town.parts_of[site.index] if site.index >= 0 else ():
        feature = site.town.features.parts[k]
        outline = clean(feature.geometry)
        if outline is not None and outline.area >= _SMALLEST_M2:
            look = _look_of_part(site.look, feature.tags)
            out.append(replace(site, feature=feature, outline=outline, look=look))
    return sorted(out, key=lambda s: (_min_level(s.tags), s.feature.id))


def _look_of_part(look: BuildingLook, tags: Tags) -> BuildingLook:
    told = shape_of(tags)
    sloped = told not in (None, Shape.FLAT)
    fallback = look.roof if sloped else flat_covering(look, {})
    if sloped and look.roof is Material.GRAVEL:
        fallback = Material.TIN
    return replace(
        look,
        wall=wall_of(tags, look.wall),
        roof=roof_of(tags, fallback),
        shape=told or Shape.FLAT,
        facade=look.facade & ~Facade.SHOPS,
        roof_height_m=length_m(tags.get("roof:height")),
    )


def _min_level(tags: Tags) -> float:
    low = length_m(tags.get("min_height"))
    if low is not None:
        return low / 3.2
    return levels(tags.get("building:min_level")) or 0.0


def _top_told(tags: Tags) -> bool:
    return "height" in tags or "building:levels" in tags


def _share(site: Site, outlines: list[Polygon]) -> float:
    if not outlines:
        return 0.0
    covered = shapely.union_all(outlines).intersection(site.outline)
    return covered.area / site.outline.area


def _base_storeys(site: Site, parts: list[Site]) -> int | None:
    """Return at which storey the outline ends; None when parts leave its roof alone."""
    raised = [p for p in parts if _min_level(p.tags) >= 1 and _top_told(p.tags)]
    if _share(site, [p.outline for p in raised]) < _STACKED:
        return None
    lowest = round(min(_min_level(p.tags) for p in raised))
    return min(lowest, site.look.storeys)


def _top(site: Site, roof_rises: float) -> float:
    """Return where a part's walls end, in rises; 0 when nothing tells it."""
    tags, rises = site.tags, site.builder.rises
    high, count = length_m(tags.get("height")), levels(tags.get("building:levels"))
    if high is not None:
        return float(round(rises(high) - roof_rises))
    if count:
        return float(round(8 + STOREY_RISES * (count - 1)))
    return 0.0


def _foot(site: Site) -> float:
    low = length_m(site.tags.get("min_height"))
    if low is not None:
        return float(round(site.builder.rises(low)))
    count = levels(site.tags.get("building:min_level"))
    return float(round(8 + STOREY_RISES * (count - 1))) if count else 0.0


def _add(site: Site, z: float, *, lifted: bool) -> None:
    """Add a part; what lies below ``z`` is hidden in the outline's own block."""
    told = site.look.roof_height_m or 0.0
    top = _top(site, site.builder.rises(told))
    foot = max(_foot(site), z - 1 if lifted else 0.0)
    if site.look.shape is Shape.ROUND and site.outline.area > _HALL_M2 and top > 0:
        if top + _VAULT_RISE > z:
            crown = max(top + _VAULT_RISE, z + _VAULT_OVER)
            add_vault(site.on(site.outline), round(_VAULT_FOOT * top), crown)
        return
    if site.look.shape in _ROUND_SHAPES and top <= foot:
        top = foot
    elif top <= max(z, foot) + _LOWEST:
        return
    part = site.on(site.outline)
    if tower_kind(part.tags) and part.outline.area < _SLIM_M2:
        build_shaft(part)
    else:
        _add_volume(part, foot, top)


def _add_volume(part: Site, foot: float, top: float) -> None:
    wall = part.wall(top - foot) if top - foot > 6 else part.blank()
    roof = choose_roof(part.outline, part.look, frozenset(), part.tags)
    if roof.slope > 0:
        prism(part.builder, rings_of(part.outline), foot, top, wall, None, obj=part.obj)
        covering = covering_of(part.look.roof, part.blank(), roof)
        add_roof(part.builder, roof, top, covering, part.obj)
        return
    add_storeys(part, part.outline, (foot, top), wall)
    if part.look.shape in _ROUND_SHAPES:
        _crown(part, top)
    else:
        furnish_flat_roof(part, part.outline, top, storey=False)


def _crown(site: Site, z: float) -> None:
    center = site.outline.centroid
    place, radius = (center.x, center.y), round_radius(site.outline.area)
    material, builder = site.look.roof, site.builder
    told = site.look.roof_height_m
    if site.look.shape is Shape.CONE:
        height = builder.rises(told or radius * 2)
        ring = [(float(e), float(n)) for e, n in rings_of(site.outline)[0]]
        look = slope_look(material, site.look.seed)
        add_spire(builder, ring, place, (z, z + height), look, site.obj)
        return
    if site.look.shape is Shape.ONION:
        top = add_onion(builder, place, z, radius, material, site.obj)
    else:
        stretch = max((told or radius) / radius, 0.6)
        top = add_dome(builder, place, z, radius, material, site.obj, stretch=stretch)
    add_finial(builder, place, top - 1, 4, site.obj)
