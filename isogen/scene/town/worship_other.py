"""Mosques and round churches."""

from dataclasses import replace

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span, box, circle, prism
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.osm.tags import length_m
from isogen.scene.town.domes import add_cross, add_dome, add_drum, add_finial, add_spire, columned
from isogen.scene.town.footprint import Box, box_around, inset, rings_of
from isogen.scene.town.looks import BuildingLook, roof_of, wall_of
from isogen.scene.town.roofs_mesh import slope_look
from isogen.scene.town.site import Site
from isogen.scene.town.worship_nave import nave_height

_GREAT_MOSQUE_M2 = 900.0
_BOWL_RIM_RISES = 2


def build_mosque(site: Site) -> None:
    """Add a prayer hall with a dome, smaller domes around it when it is large, and minarets."""
    around = box_around(site.outline)
    builder, look = site.builder, _light(site)
    site = replace(site, look=look)
    z = nave_height(site, around.half_width)
    wall = Look(look.wall, WallStyle.TALL_WINDOWS, look.seed)
    top = Look(look.wall, FlatStyle.MEMBRANE, look.seed)
    prism(builder, rings_of(site.outline), 0, z, wall, top, obj=site.obj)
    radius = min(0.46 * around.half_width, 14.0)
    drum = z + builder.rises(radius) * 0.5
    obj = builder.new_object()
    add_drum(builder, around.frame.center, radius, (z, drum), columned(look.wall), obj)
    peak = add_dome(builder, around.frame.center, drum, radius, look.roof, obj, stretch=1.1)
    add_finial(builder, around.frame.center, peak - 1, 4, obj)
    corners = ((-1, -1), (1, 1), (1, -1), (-1, 1))
    great = site.outline.area >= _GREAT_MOSQUE_M2
    for a, b in corners[: 4 if great else 1]:
        place = around.frame.at(a * (around.half_length - 1.6), b * (around.half_width - 1.6))
        _minaret(site, place, z + builder.rises(radius) * 3.0)
    if great:
        _side_domes(site, around, z, radius)


def _light(site: Site) -> BuildingLook:
    """Return a look of pale stone under domes of copper or lead, where the tags tell no other."""
    seed, look = site.look.seed, site.look
    wall = (Material.IVORY, Material.WHITE, Material.SAND)[seed % 3]
    roof = (Material.VERDIGRIS, Material.TEAL, Material.TIN, Material.VERDIGRIS)[seed // 3 % 4]
    return replace(look, wall=wall_of(site.tags, wall), roof=roof_of(site.tags, roof))


def _side_domes(site: Site, around: Box, z: float, radius: float) -> None:
    for a, b in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        reach = radius * 1.3
        place = around.frame.at(a * reach, b * reach)
        obj = site.builder.new_object()
        small = radius * 0.48
        add_drum(site.builder, place, small, (z, z + 2), columned(site.look.wall), obj)
        add_dome(site.builder, place, z + 2, small, site.look.roof, obj)


def _minaret(site: Site, place: Plan, top: float) -> None:
    builder, look = site.builder, site.look
    obj = builder.new_object()
    stone = Look(look.wall, 0, look.seed)
    prism(builder, [circle(place, 1.5, 10)], 0, top, stone, None, obj=obj)
    balcony = circle(place, 2.1, 10)
    prism(builder, [balcony], top * 0.72, top * 0.72 + 2, stone, Look(look.trim), obj=obj)
    cap = circle(place, 1.7, 10)
    add_spire(builder, cap, place, (top, top + 9), slope_look(look.roof, 0), obj)
    add_finial(builder, place, top + 8, 3, obj)


def build_rotunda(site: Site) -> None:
    """Add a round church: a wooden bowl, or a drum with a dome."""
    around = box_around(site.outline)
    builder, look = site.builder, site.look
    told = length_m(site.tags.get("height"))
    usual = nave_height(site, around.half_width)
    z = float(round(builder.rises(told))) if told else usual
    if look.wall is Material.WOOD:
        _bowl(site, z)
        return
    windows = Look(look.wall, WallStyle.TALL_WINDOWS, look.seed)
    cover = Look(look.roof, FlatStyle.RIBBED)
    prism(builder, rings_of(site.outline), 0, usual, windows, cover, obj=site.obj)
    radius = 0.72 * around.half_width
    drum = usual + builder.rises(radius) * 0.45
    center = around.frame.center
    add_drum(builder, center, radius, (usual, drum), columned(look.wall), site.obj)
    peak = add_dome(builder, center, drum, radius, look.roof, site.obj)
    add_cross(builder, around.frame, peak - 1, 6, site.obj)


def _bowl(site: Site, z: float) -> None:
    """Add a windowless wall of slats around a sunken roof, with a slim cross beside the door."""
    builder, seed = site.builder, site.look.seed
    slats = Look(Material.WOOD, WallStyle.SLATS, seed)
    rim = Look(Material.WOOD, FlatStyle.BRIGHT, seed)
    prism(builder, rings_of(site.outline), 0, z, slats, rim, obj=site.obj)
    for piece in inset(site.outline, 1.4):
        cover = Look(site.look.roof, FlatStyle.PLAIN, seed)
        prism(
            builder, rings_of(piece), z, z + 0.05, slats, cover, obj=builder.new_object(),
            casts=False,
        )  # fmt: skip
    around = box_around(site.outline)
    place = around.frame.at(around.half_length + 2.0, 0)
    post = Span(-0.3, 0.3, -0.3, 0.3, 0, _BOWL_RIM_RISES)
    box(builder, Frame(place, around.frame.along), post, slats, None)
