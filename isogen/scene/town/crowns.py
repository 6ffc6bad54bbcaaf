"""Round roofs on flat-topped volumes: domes, onions, cones."""

from isogen.scene.town.domes import add_dome, add_finial, add_onion, add_spire, round_radius
from isogen.scene.town.footprint import rings_of
from isogen.scene.town.looks import Shape
from isogen.scene.town.roofs_mesh import slope_look
from isogen.scene.town.site import Site

CROWNED = frozenset({Shape.DOME, Shape.ONION, Shape.CONE})

_FLATTEST = 0.6
_ONION_RADII = 2.5
_CONE_RADII = 2.0


def crown_height(site: Site) -> float:
    """Return how high a crown rises, in meters."""
    radius, told = round_radius(site.outline.area), site.look.roof_height_m
    if site.look.shape is Shape.ONION:
        return radius * _ONION_RADII
    if site.look.shape is Shape.CONE:
        return told or radius * _CONE_RADII
    return max(told or radius, _FLATTEST * radius)


def add_crown(site: Site, z: float) -> None:
    """Put the dome, onion or cone of a look on a volume that ends at ``z`` rises."""
    center = site.outline.centroid
    place, radius = (center.x, center.y), round_radius(site.outline.area)
    material, builder = site.look.roof, site.builder
    if site.look.shape is Shape.CONE:
        ring = [(float(e), float(n)) for e, n in rings_of(site.outline)[0]]
        look = slope_look(material, site.look.seed)
        top = z + builder.rises(crown_height(site))
        add_spire(builder, ring, place, (z, top), look, site.obj)
        return
    if site.look.shape is Shape.ONION:
        top = add_onion(builder, place, z, radius, material, site.obj)
    else:
        stretch = crown_height(site) / radius
        top = add_dome(builder, place, z, radius, material, site.obj, stretch=stretch)
    add_finial(builder, place, top - 1, 4, site.obj)
