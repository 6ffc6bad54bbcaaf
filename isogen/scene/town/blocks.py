"""The usual building: walls over all rings, whole storeys, a roof and what stands on it."""

from dataclasses import replace

from shapely import Polygon

from isogen.mesh.builder import Look
from isogen.mesh.solids import flat, prism
from isogen.scene.osm.tags import length_m, levels
from isogen.scene.town.attic import add_turret, furnish_attic
from isogen.scene.town.crowns import CROWNED, add_crown
from isogen.scene.town.facings import clothe
from isogen.scene.town.flat_roof import furnish_flat_roof
from isogen.scene.town.footprint import party_walls, rings_of
from isogen.scene.town.front_things import add_front_things
from isogen.scene.town.looks import flat_covering, is_civic
from isogen.scene.town.roofs_choice import choose_roof
from isogen.scene.town.roofs_mesh import add_roof, covering_of, flat_look
from isogen.scene.town.site import Site

STOREY_RISES = 4
_HIGH = 3


def foot_of(site: Site) -> float:
    """Return the height of a building's foot in rises: above 0 for what bridges a street."""
    low = length_m(site.tags.get("min_height"))
    if low is not None:
        return round(site.builder.rises(low))
    return STOREY_RISES * round(levels(site.tags.get("building:min_level")) or 0)


def build_block(site: Site, *, storeys: int | None = None) -> float:
    """Add walls, roof and everything on it.

    Args:
        site: The building.
        storeys: How many of its storeys to build when parts stand on it: it then gets
            a flat roof without anything on it.

    Returns:
        Height of the eaves in rises.
    """
    look, foot = site.look, foot_of(site)
    if storeys is not None:
        z = float(look.eave - STOREY_RISES * (look.storeys - storeys))
        felted = replace(site, look=replace(look, roof=flat_covering(look, site.tags)))
        add_storeys(felted, site.outline, (0, z), site.wall(z))
        return z
    z = float(max(look.eave, foot + STOREY_RISES))
    walls = party_walls(site.town, site.index, site.outline)
    roof = choose_roof(site.outline, look, walls, site.tags)
    if roof.slope == 0:
        clothe(site, site.outline, (foot, z), site.wall())
        flat(site.builder, rings_of(site.outline), z, flat_look(look.roof, look.seed), site.obj)
        add_front_things(site, foot, z)
        if look.shape in CROWNED:
            add_crown(site, z)
        else:
            furnish_flat_roof(site, site.outline, z)
        return z
    clothe(site, site.outline, (foot, z), site.wall())
    add_front_things(site, foot, z)
    felt = None if is_civic(site.tags) else roof
    add_roof(site.builder, roof, z, covering_of(look.roof, site.blank(), felt), site.obj)
    furnish_attic(site, roof, z)
    if look.furniture.turrets and look.storeys > _HIGH:
        add_turret(site, z)
    return z


def add_storeys(site: Site, outline: Polygon, heights: tuple[float, float], wall: Look) -> None:
    """Add walls and a flat roof between two heights in rises."""
    top = flat_look(site.look.roof, site.look.seed)
    prism(site.builder, rings_of(outline), *heights, wall, top, obj=site.obj)
