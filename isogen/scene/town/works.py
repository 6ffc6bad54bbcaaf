"""Buildings of work: factories, warehouses, barns, hangars, silos, sheds for transformers."""

from dataclasses import replace

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, box, circle, flat, prism
from isogen.mesh.vocabulary import Facade, FlatStyle, Material, WallStyle
from isogen.scene.osm.tags import length_m, levels
from isogen.scene.town.blocks import build_block
from isogen.scene.town.domes import add_spire, round_radius
from isogen.scene.town.flat_roof import furnish_flat_roof
from isogen.scene.town.footprint import Box, box_around, rectangle, rings_of
from isogen.scene.town.forms import board, door_look, door_row, plain_shell, stacked
from isogen.scene.town.fronts import any_front
from isogen.scene.town.halls_vault import add_vault
from isogen.scene.town.looks import BuildingLook, Shape, roof_of, shape_of, wall_of
from isogen.scene.town.parts import build_stack
from isogen.scene.town.roofs import Pitch, pitched_roof
from isogen.scene.town.roofs_choice import choose_roof, gable_ends
from isogen.scene.town.roofs_mesh import add_roof, covering_of, slope_look
from isogen.scene.town.site import Site
from isogen.scene.town.trade import sign_look

_SAWTOOTH_M2 = 500.0
_HALL_LEVELS = 2
"""Storeys above which works are a house of floors, not a hall."""

_HANGAR_SHARE = 0.55
_STEEP = (Pitch(0.8, 7.0),)
_PLANT, _STACK = 61, 62
_SHEETS = (Material.WHITE, Material.GREY, Material.TIN, Material.SLATE, Material.SKY, Material.MINT)


def build_factory(site: Site) -> None:
    """Add a works hall under a sawtooth roof, with a stack where it is large."""
    old = site.stream(_PLANT).chance(0.6)
    high = (levels(site.tags.get("building:levels")) or 0) > _HALL_LEVELS
    if high or site.outline.area < _SAWTOOTH_M2 or shape_of(site.tags) or not old:
        _build_hall(site)
        return
    brick = wall_of(site.tags, Material.BRICK if site.look.seed & 3 else Material.CREAM)
    facade = Facade.RIBBON if site.look.seed & 4 else Facade.PILASTERS
    covered = roof_of(site.tags, Material.TIN if site.look.seed & 8 else Material.DARK)
    look = replace(
        site.look, wall=brick, roof=covered, shape=Shape.SAWTOOTH, facade=facade,
        storeys=min(site.look.storeys, 2),
    )  # fmt: skip
    dressed = replace(site, look=look)
    z = build_block(dressed)
    _dock(dressed, 3)
    if site.outline.area > 2 * _SAWTOOTH_M2:
        _stack(dressed, z)


def build_warehouse(site: Site) -> None:
    """Add a hall of sheets with dock doors and vents along its ridge."""
    _build_hall(site)


def _build_hall(site: Site) -> None:
    if (levels(site.tags.get("building:levels")) or 0) > _HALL_LEVELS:
        build_stack(site)
        return
    builder, look, stream = site.builder, site.look, site.stream(_PLANT)
    sheet = wall_of(site.tags, stream.pick(_SHEETS))
    told = length_m(site.tags.get("height"))
    z = float(max(round(builder.rises(told)), 5)) if told else 8.0 + 2 * stream.below(2)
    trim = sign_look(site).material
    dressed = replace(site, look=replace(look, wall=sheet, trim=trim))
    wall = Look(sheet, WallStyle.LOADING, look.seed, 0, trim)
    prism(builder, rings_of(site.outline), 0, z, wall, None, obj=site.obj)
    roof = choose_roof(site.outline, _low_gable(dressed), frozenset(), site.tags)
    cover = roof_of(site.tags, Material.TIN if look.seed & 1 else Material.WHITE)
    if roof.slope > 0:
        add_roof(builder, roof, z, covering_of(cover, Look(sheet, WallStyle.CORRUGATED)), site.obj)
        _vents(site, box_around(site.outline), z + builder.rises(roof.height_m))
    else:
        flat(builder, rings_of(site.outline), z, Look(cover, FlatStyle.RIBBED, look.seed), site.obj)
        furnish_flat_roof(dressed, site.outline, z, storey=False)
    front = any_front(site)
    if front.length > 12:
        board(site, front, min(front.length * 0.2, 6.0), (z - 3, z), sign_look(site))


def _low_gable(site: Site) -> BuildingLook:
    told = shape_of(site.tags)
    around = box_around(site.outline)
    height = site.look.roof_height_m or min(0.28 * around.half_width, 4.0)
    return replace(site.look, shape=told or Shape.GABLED, roof_height_m=height)


def _vents(site: Site, around: Box, ridge: float) -> None:
    """Put hooded vents on a ridge."""
    count = int(2 * around.half_length / 9)
    metal = Look(Material.GREY, WallStyle.LOUVRES)
    for k in range(min(count, 12)):
        a = (k + 0.5) * 2 * around.half_length / count - around.half_length
        place = Frame(around.frame.at(a, 0), around.frame.along)
        if site.outline.contains(rectangle(place, 1.5, 1.5)):
            span = Span(-1.3, 1.3, -0.8, 0.8, ridge - 1, ridge + 1.6)
            box(site.builder, place, span, metal, Look(Material.TIN))


def _dock(site: Site, count: int) -> None:
    front = any_front(site)
    most = max(int(front.length / 6), 1)
    look = door_look(Material.TEAL if site.look.seed & 2 else Material.BROWN, Material.WHITE)
    door_row(site, front, min(count, most), 1.9, 4.0, look)


def _stack(site: Site, z: float) -> None:
    """Add a tall chimney at the corner that is farthest from the viewer."""
    around = box_around(site.outline)
    corners = [
        around.frame.at(a * (around.half_length - 3), b * (around.half_width - 3))
        for a in (-1, 1)
        for b in (-1, 1)
    ]
    place = min(corners, key=lambda p: round(site.nearness(p), 2))
    top = z + 30.0 + 4 * site.stream(_STACK).below(4)
    obj = site.builder.new_object()
    base = Span(-2, 2, -2, 2, 0, z + 4)
    frame = Frame(place, around.frame.along)
    brick = Look(Material.BRICK, 0, site.look.seed)
    box(site.builder, frame, base, brick, Look(Material.TIN), obj=obj)
    ring = circle(place, 1.3, 12)
    shaft = Look(Material.BRICK, WallStyle.STACK, site.look.seed)
    prism(site.builder, [ring], z + 4, top, shaft, Look(Material.DARK), obj=obj)


def build_barn(site: Site) -> None:
    """Add a barn of red or weathered boards: a gambrel roof, white doors, a hay hatch."""
    look = site.look
    red = Material.RUST if look.seed & 3 else Material.WOOD
    dressed = replace(
        site,
        look=replace(
            look,
            wall=wall_of(site.tags, red),
            roof=roof_of(site.tags, Material.DARK if look.seed & 4 else Material.TIN),
            shape=shape_of(site.tags) or Shape.GAMBREL,
            trim=Material.WHITE,
        ),
    )
    builder, z = site.builder, 6.0
    boards = Look(dressed.look.wall, WallStyle.SLATS, look.seed)
    prism(builder, rings_of(site.outline), 0, z, boards, None, obj=site.obj)
    roof = choose_roof(site.outline, dressed.look, frozenset(), site.tags)
    if roof.slope == 0:
        roof = pitched_roof(site.outline, _STEEP, gable_ends(site.outline))
    add_roof(builder, roof, z, covering_of(dressed.look.roof, boards), site.obj)
    front = any_front(site)
    door_row(dressed, front, 1, min(2.2, front.length / 4), 4.4, door_look(red, Material.WHITE))


def build_hangar(site: Site) -> None:
    """Add a vault with a great sliding door in its end."""
    builder, look, around = site.builder, site.look, box_around(site.outline)
    told = length_m(site.tags.get("height"))
    top = builder.rises(told) if told else max(builder.rises(around.half_width * 0.8), 10.0)
    foot = max(round(top * (1 - _HANGAR_SHARE)), 3)
    metal = replace(
        look, wall=wall_of(site.tags, Material.TIN), roof=roof_of(site.tags, Material.TIN)
    )
    add_vault(replace(site, look=metal), foot, top)
    frame = site.toward_viewer(around.frame)
    reach, half = around.half_length + 1.3, around.half_width * 0.72
    leaf = Span(reach, reach + 0.3, -half, half, 0, round(foot + (top - foot) * 0.55))
    box(builder, frame, leaf, door_look(Material.SLATE, Material.YELLOW, look.seed), None)


def build_silo(site: Site) -> None:
    """Add as many round silos in a row as the outline is long, joined by a gallery."""
    builder, around = site.builder, box_around(site.outline)
    told = length_m(site.tags.get("height"))
    count = min(max(round(around.aspect), 1), 8)
    radius = around.half_length / count if count > 1 else round_radius(site.outline.area)
    top = float(round(builder.rises(told or 16.0)))
    stave = Look(Material.WHITE if site.look.seed & 1 else Material.TIN, WallStyle.STAVES)
    cap = slope_look(Material.TIN, site.look.seed)
    for k in range(count):
        place = (
            around.frame.at((2 * k + 1 - count) * radius, 0) if count > 1 else around.frame.center
        )
        obj = builder.new_object()
        prism(builder, [circle(place, radius * 0.97, 16)], 0, top, stave, None, obj=obj)
        rim = circle(place, radius * 0.99, 16)
        add_spire(builder, rim, place, (top, top + builder.rises(radius * 0.6)), cap, obj)
    if count > 1:
        high = top + builder.rises(radius * 0.6)
        walk = Span(-around.half_length, around.half_length, -0.8, 0.8, high - 1, high + 1.5)
        box(builder, around.frame, walk, Look(Material.RED, WallStyle.RIBBON), Look(Material.TIN))


def build_tank(site: Site) -> None:
    """Add a round tank of welded plates with a low dome and a stair."""
    builder, center = site.builder, site.outline.centroid
    told = length_m(site.tags.get("height"))
    radius, place = round_radius(site.outline.area), (center.x, center.y)
    top = float(round(builder.rises(told or min(max(radius, 6.0), 14.0))))
    material = wall_of(site.tags, Material.WHITE)
    plates = Look(material, WallStyle.PLATES, site.look.seed | 1)
    prism(builder, [circle(place, radius, 24)], 0, top, plates, None, obj=site.obj)
    low = builder.rises(radius) * 0.2
    profile = [(radius, top), (radius * 0.6, top + low * 0.7), (0.6, top + low)]
    stacked(builder, place, profile, plain_shell(material), site.obj)


def build_transformer(site: Site) -> None:
    """Add a slim tower or a low box of brick with louvred doors."""
    builder, look = site.builder, site.look
    tall = "tower" in site.tags.get("building", "")
    z = 11.0 if tall else 4.0
    brick = wall_of(site.tags, Material.BRICK if look.seed & 1 else Material.CREAM)
    prism(builder, rings_of(site.outline), 0, z, Look(brick, 0, look.seed), None, obj=site.obj)
    roof = pitched_roof(site.outline, _STEEP, gable_ends(site.outline))
    add_roof(builder, roof, z, covering_of(Material.TERRA, Look(brick)), site.obj)
    front = any_front(site)
    leaves = Look(Material.TEAL, WallStyle.LOUVRES, look.seed)
    door_row(site, front, max(int(front.length / 3), 1), 0.9, 3, leaves)
