"""Temples of the East, pagodas, shrines, synagogues."""

import math
from dataclasses import replace

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span, box, prism
from isogen.mesh.vocabulary import FlatStyle, Kind, Material, WallStyle
from isogen.scene.town.domes import add_dome, add_drum, add_finial, columned
from isogen.scene.town.footprint import Box, box_around, rectangle, rings_of
from isogen.scene.town.fronts import any_front
from isogen.scene.town.looks import Shape, roof_of, shape_of, wall_of
from isogen.scene.town.roofs_choice import choose_roof
from isogen.scene.town.roofs_mesh import add_roof, covering_of, slope_look
from isogen.scene.town.site import Site
from isogen.scene.town.worship_nave import nave_height

_TIERS = 5
_STEPS = 6
_EAVES_M = 1.6
_HALL_RISES = 10.0
_TIER_RISES = 7.0


def build_temple(site: Site) -> None:
    """Add a temple hall: red columns on a terrace under a wide hip-and-gable roof."""
    builder, look = site.builder, site.look
    stone = Look(Material.GRANITE)
    prism(builder, rings_of(site.outline), 0, 1.5, stone, Look(Material.GRANITE), obj=site.obj)
    around = box_around(site.outline)
    half_a, half_b = around.half_length * 0.82, around.half_width * 0.76
    red = wall_of(site.tags, Material.RED if look.seed & 1 else Material.RUST)
    span = Span(-half_a, half_a, -half_b, half_b, 1.5, _HALL_RISES)
    columns = Look(red, WallStyle.COLONNADE, look.seed)
    obj = box(builder, around.frame, span, columns, None, casts=True)
    tiles = roof_of(site.tags, Material.SLATE if look.seed & 2 else Material.TIN)
    eaves = rectangle(around.frame, half_a + _EAVES_M, half_b + _EAVES_M)
    shape = shape_of(site.tags) or Shape.IRIMOYA
    roofed = replace(look, shape=shape, roof=tiles)
    roof = choose_roof(eaves, roofed, frozenset(), {})
    rim = Look(Material.BROWN)
    prism(builder, rings_of(eaves), _HALL_RISES - 1, _HALL_RISES, rim, None, obj=obj)
    add_roof(builder, roof, _HALL_RISES, covering_of(tiles, Look(Material.IVORY)), obj)
    _ridge(site, around.frame, half_a * 0.8, _HALL_RISES + builder.rises(roof.height_m), obj)


def _ridge(site: Site, frame: Frame, half: float, z: float, obj: int) -> None:
    span = Span(-half, half, -0.3, 0.3, z - 1, z + 0.6)
    box(site.builder, frame, span, Look(Material.DARK), Look(Material.SLATE), obj=obj)
    for a in (-half, half):
        tip = Span(a - 0.5, a + 0.5, -0.3, 0.3, z - 1, z + 2)
        box(site.builder, frame, tip, Look(Material.YELLOW), Look(Material.YELLOW), obj=obj)


def build_pagoda(site: Site) -> None:
    """Add tiers of roofs with upturned eaves, each smaller than the one below, and a spire."""
    builder, around = site.builder, box_around(site.outline)
    half = min(around.half_length, around.half_width) * 0.7
    red = wall_of(site.tags, Material.RED)
    tiles = roof_of(site.tags, Material.SLATE)
    z, obj = 1.5, builder.new_object()
    base = Span(-half * 1.3, half * 1.3, -half * 1.3, half * 1.3, 0, z)
    box(builder, around.frame, base, Look(Material.GRANITE), Look(Material.GRANITE), obj=obj)
    for tier in range(_TIERS):
        w = half * (1 - 0.13 * tier)
        body = Span(-w * 0.72, w * 0.72, -w * 0.72, w * 0.72, z, z + 6.0)
        box(builder, around.frame, body, Look(red, WallStyle.COLONNADE, tier), None, obj=obj)
        _eaves(site, around.frame, (w * 1.1, w * 0.62), (z + 5.4, z + 7.4), tiles, obj)
        z += _TIER_RISES
    add_finial(builder, around.frame.center, z, 4.9, obj)
    spire = Span(-0.4, 0.4, -0.4, 0.4, z - 1, z + 6)
    box(builder, around.frame, spire, Look(Material.YELLOW, WallStyle.STAVES), None, obj=obj)


def _eaves(
    site: Site, frame: Frame, halves: Plan, heights: Plan, tiles: Material, obj: int
) -> None:
    """Add a skirt of roof around a tier, from its eaves to where the next begins."""
    builder, cover = site.builder, slope_look(tiles, site.look.seed)
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    low = [frame.at(halves[0] * a, halves[0] * b) for a, b in corners]
    high = [frame.at(halves[1] * a, halves[1] * b) for a, b in corners]
    edge = Look(Material.BROWN)
    prism(builder, [low], heights[0] - 0.8, heights[0], edge, None, obj=obj)
    for k in range(4):
        j = (k + 1) % 4
        points = [(*low[k], heights[0]), (*low[j], heights[0])]
        points += [(*high[j], heights[1]), (*high[k], heights[1])]
        builder.polygon(points, cover, Kind.SLOPE, obj)


def build_shrine(site: Site) -> None:
    """Add a wooden shrine with a steep roof, and a red gate before its front."""
    builder, look, around = site.builder, site.look, box_around(site.outline)
    half_a, half_b = around.half_length * 0.75, around.half_width * 0.7
    wood = Look(wall_of(site.tags, Material.WOOD), WallStyle.SLATS, look.seed)
    span = Span(-half_a, half_a, -half_b, half_b, 0, 7)
    obj = box(builder, around.frame, span, wood, None, casts=True)
    tiles = roof_of(site.tags, Material.VERDIGRIS if look.seed & 1 else Material.STRAW)
    eaves = rectangle(around.frame, half_a + 1.2, half_b + 1.2)
    roof = choose_roof(eaves, replace(look, shape=Shape.GABLED), frozenset(), {"roof:angle": "48"})
    add_roof(builder, roof, 7.0, covering_of(tiles, Look(Material.IVORY)), obj)
    front = any_front(site)
    gate = front.outward_frame
    red, high = Look(Material.RED), 7.0
    torii = builder.new_object()
    for b in (-1.8, 1.8):
        post = Span(5.0, 5.6, b - 0.3, b + 0.3, 0, high)
        box(builder, gate, post, red, red, obj=torii)
    for reach, z in ((2.2, high - 2.4), (2.8, high - 0.6)):
        beam = Span(4.9, 5.7, -reach, reach, z, z + 1.1)
        box(builder, gate, beam, red, Look(Material.DARK), obj=torii)


def build_mandir(site: Site) -> None:
    """Add a hall with a stepped tower of carved stone over its end, and small ones before it."""
    builder, around = site.builder, box_around(site.outline)
    stone = wall_of(site.tags, Material.SAND if site.look.seed & 1 else Material.IVORY)
    prism(
        builder,
        rings_of(site.outline),
        0,
        2,
        Look(stone),
        Look(stone, FlatStyle.PAVERS),
        obj=site.obj,
    )
    half_a, half_b = around.half_length * 0.86, around.half_width * 0.8
    hall = Span(-half_a, half_a, -half_b, half_b, 2, 7)
    carved = Look(stone, WallStyle.COLONNADE, site.look.seed)
    box(builder, around.frame, hall, carved, Look(stone, FlatStyle.MEMBRANE), casts=True)
    _shikhara(site, around, (half_a - half_b * 0.8, half_b * 0.78), 22.0, stone)
    for a, size in ((0.0, 0.5), (-0.55, 0.36)):
        _shikhara(site, around, (a * half_a, half_b * size), 22.0 * size, stone)


def _shikhara(site: Site, around: Box, where: Plan, height: float, stone: Material) -> None:
    builder, frame = site.builder, Frame(around.frame.at(where[0], 0), around.frame.along)
    obj = builder.new_object()
    carved = Look(stone, WallStyle.DRUM, site.look.seed)
    for k in range(_STEPS):
        w = where[1] * math.sqrt(1 - (k / _STEPS) ** 2 * 0.85)
        z0, z1 = 7 + height * k / _STEPS, 7 + height * (k + 1) / _STEPS
        span = Span(-w, w, -w, w, round(z0), round(z1))
        box(builder, frame, span, carved, Look(stone), obj=obj, casts=True)
    top = 7.0 + height
    add_dome(builder, frame.center, top, where[1] * 0.42, Material.OCHRE, obj)
    add_finial(builder, frame.center, top + 1, 4, obj)


def build_synagogue(site: Site) -> None:
    """Add a hall with tall windows, a dome on a drum, and two turrets at its front."""
    builder, look, around = site.builder, site.look, box_around(site.outline)
    z = nave_height(site, around.half_width)
    stone = wall_of(site.tags, Material.SAND)
    tall = Look(stone, WallStyle.TALL_WINDOWS, look.seed)
    cover = Look(look.roof, FlatStyle.RIBBED, look.seed)
    prism(builder, rings_of(site.outline), 0, z, tall, cover, obj=site.obj)
    radius = 0.55 * around.half_width
    drum = z + builder.rises(radius) * 0.6
    obj = builder.new_object()
    center = around.frame.center
    add_drum(builder, center, radius, (z, drum), columned(stone), obj)
    peak = add_dome(builder, center, drum, radius, roof_of(site.tags, Material.VERDIGRIS), obj)
    add_finial(builder, center, peak - 1, 4, obj)
    front = any_front(site)
    side = min(2.4, front.length / 6)
    for k in (-1, 1):
        place = Frame(front.place(k * (front.length / 2 - side), -side), front.outward_frame.along)
        turret = Span(-side, side, -side, side, 0, z + 5)
        own = box(builder, place, turret, Look(stone, WallStyle.SLOTS), Look(stone), casts=True)
        add_dome(builder, place.center, z + 5, side * 0.9, Material.VERDIGRIS, own, stretch=1.2)
