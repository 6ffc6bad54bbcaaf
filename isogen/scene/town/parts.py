"""Building parts: volumes stacked in and on an outline."""

from dataclasses import dataclass, replace
from functools import cached_property

import shapely
from shapely import Polygon

from isogen.mesh.solids import prism
from isogen.mesh.vocabulary import Facade, Material
from isogen.scene.osm.tags import Tags, length_m, levels
from isogen.scene.town.blocks import add_storeys, build_block
from isogen.scene.town.crowns import CROWNED, add_crown, crown_height
from isogen.scene.town.flat_roof import furnish_flat_roof
from isogen.scene.town.footprint import clean, rings_of
from isogen.scene.town.halls_vault import add_vault
from isogen.scene.town.looks import BuildingLook, Shape, flat_covering, roof_of, shape_of, wall_of
from isogen.scene.town.parts_heights import (
    SHOWS_STOREYS,
    Grid,
    grid_of,
    min_level,
    rises_of_levels,
    top_told,
)
from isogen.scene.town.roofs import Roof
from isogen.scene.town.roofs_choice import choose_roof
from isogen.scene.town.roofs_mesh import add_roof, covering_of
from isogen.scene.town.site import Site
from isogen.scene.town.towers import build_shaft, tower_kind

_COVERED = 0.85
"""Share of an outline that parts on the ground cover when it is not drawn itself."""

_STACKED = 0.5
"""Share of an outline that raised parts cover when it ends where they begin."""

_STEM = 0.08
"""Share of an outline that parts on the ground cover when raised ones rest on them."""

_TOUCHING_M = 0.5
_SMALLEST_M2 = 6.0
_LOWEST = 2.0
_SLIM_M2 = 300.0
_HALL_M2 = 150.0
_VAULT_FOOT = 0.6
_VAULT_RISE = 3.0
_VAULT_OVER = 7.0


def parts_cover(site: Site) -> bool:
    """Tell whether parts make up the whole building, so that its outline is not drawn."""
    parts = [p for p in _parts(site) if top_told(p.tags) or top_told(site.tags)]
    ground = [p.outline for p in parts if min_level(p.tags) == 0]
    if _share(site, ground) > _COVERED:
        return True
    stem = shapely.union_all(ground)
    raised = [p.outline for p in parts if min_level(p.tags) > 0]
    held = bool(raised) and all(shapely.dwithin(p, stem, _TOUCHING_M) for p in raised)
    return _share(site, ground) > _STEM and held and _share(site, ground + raised) > _COVERED


def build_stack(site: Site) -> None:
    """Add an outline and what stands on it, or its parts alone where they cover it."""
    z = 0.0
    parts = _parts(site)
    if not parts_cover(site):
        z = build_block(site, storeys=_base_storeys(site, parts))
    _add_all(parts, z)


def has_shaped_parts(site: Site) -> bool:
    """Tell whether parts say what the building looks like: towers, domes, roofs."""
    return any("height" in p.tags or shape_of(p.tags) is not None for p in _parts(site))


def add_single_part(site: Site) -> None:
    """Add one part that stands alone."""
    _add_all([replace(site, look=_look_of_part(site.look, site.tags))], 0.0)


def _parts(site: Site) -> list[Site]:
    """Return the parts as sites of their own, lower ones first."""
    out: list[Site] = []
    for k in site.town.parts_of[site.index] if site.index >= 0 else ():
        feature = site.town.features.parts[k]
        outline = clean(feature.geometry)
        if outline is not None and outline.area >= _SMALLEST_M2:
            look = _look_of_part(site.look, feature.tags)
            out.append(replace(site, feature=feature, outline=outline, look=look))
    return sorted(out, key=lambda s: (min_level(s.tags), s.feature.id))


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


def _share(site: Site, outlines: list[Polygon]) -> float:
    if not outlines:
        return 0.0
    covered = shapely.union_all(outlines).intersection(site.outline)
    return covered.area / site.outline.area


def _base_storeys(site: Site, parts: list[Site]) -> int | None:
    """Return at which storey the outline ends; None when parts leave its roof alone."""
    raised = [p for p in parts if min_level(p.tags) >= 1 and top_told(p.tags)]
    if _share(site, [p.outline for p in raised]) < _STACKED:
        return None
    lowest = round(min(min_level(p.tags) for p in raised))
    return min(lowest, site.look.storeys)


def _add_all(parts: list[Site], z: float) -> None:
    """Add parts; what lies below ``z`` is hidden in the outline's own block."""
    shaped = [_Part(p, _roof_of(p)) for p in parts]
    grid = grid_of((p.foot, p.top) for p in shaped if not tower_kind(p.site.tags))
    for part in shaped:
        _add(part, grid, z)


@dataclass(frozen=True)
class _Part:
    """A part with the roof that its height includes."""

    site: Site
    roof: Roof

    @property
    def roof_m(self) -> float:
        """Height of the roof in meters."""
        crowned = self.site.look.shape in CROWNED
        return crown_height(self.site) if crowned else self.roof.height_m

    @cached_property
    def foot(self) -> float:
        """Where its walls begin, in rises."""
        low = length_m(self.site.tags.get("min_height"))
        if low is not None:
            return float(round(self.site.builder.rises(low)))
        return rises_of_levels(levels(self.site.tags.get("building:min_level")) or 0.0)

    @cached_property
    def top(self) -> float:
        """Where its walls end, in rises; those of the building when nothing tells it."""
        tags, rises = self.site.tags, self.site.builder.rises
        high, count = length_m(tags.get("height")), levels(tags.get("building:levels"))
        if high is not None:
            return max(float(round(rises(high - self.roof_m))), self.foot)
        return rises_of_levels(count) if count else float(self.site.look.eave)


def _roof_of(site: Site) -> Roof:
    return choose_roof(site.outline, site.look, frozenset(), site.tags)


def _add(part: _Part, grid: Grid, z: float) -> None:
    site = part.site
    foot, top = max(grid.at(part.foot), z - 1), grid.at(part.top)
    if site.look.shape is Shape.ROUND and site.outline.area > _HALL_M2:
        # What stands among roofs is raised until it can be seen over them.
        crown = top + site.builder.rises(part.roof_m)
        if crown + _VAULT_RISE > z:
            high = max(crown, z + _VAULT_OVER) if z else crown
            add_vault(site.on(site.outline), round(max(top, _VAULT_FOOT * high)), high)
        return
    if site.look.shape in CROWNED and top <= foot:
        top = foot
    elif top <= max(z, foot) + (_LOWEST if z else 0.0) and part.roof.slope == 0:
        return
    volume = site.on(site.outline)
    if tower_kind(volume.tags) and volume.outline.area < _SLIM_M2:
        build_shaft(volume)
    else:
        _add_volume(_Part(volume, part.roof), foot, max(top, foot))


def _add_volume(part: _Part, foot: float, top: float) -> None:
    site, roof = part.site, part.roof
    wall = site.wall(top - foot) if top - foot > SHOWS_STOREYS else site.blank()
    if roof.slope > 0:
        prism(site.builder, rings_of(site.outline), foot, top, wall, None, obj=site.obj)
        covering = covering_of(site.look.roof, site.blank(), roof)
        add_roof(site.builder, roof, top, covering, site.obj)
        return
    add_storeys(site, site.outline, (foot, top), wall)
    if site.look.shape in CROWNED:
        add_crown(site, top)
    else:
        furnish_flat_roof(site, site.outline, top, storey=False)
