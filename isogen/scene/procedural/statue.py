"""The harbor island: a copper figure on a star-shaped fort."""

import math

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.procedural.boats import WATER_RISES
from isogen.scene.procedural.greenery import tree
from isogen.scene.procedural.lattice import Rect, around
from isogen.scene.procedural.looks import ASHLAR
from isogen.scene.procedural.solids import PLAIN, BlockBuilder, circle
from isogen.seeds import Stream

_ISLAND_X, _ISLAND_Y, _SHORE_POINTS = 58, 46, 28
_STAR_POINTS, _STAR_OUTER, _STAR_INNER, _FORT_TOP = 8, 30, 19, 7
_TREES, _TREE_RING = 26, (0.62, 0.9)

_PLINTH = ((13, 7, 12), (11, 12, 17), (8, 17, 30), (9, 30, 33))
"""Half side, foot and top of each part of the plinth."""

_FIGURE = ((33, 40, 6.0), (40, 50, 5.0), (50, 60, 4.2), (60, 66, 4.8))
"""Foot, top and radius of each part of the robe."""

_COPPER = PLAIN[Material.COPPER]
_CREAM, _LAWN = PLAIN[Material.CREAM], Look(Material.GRASS, FlatStyle.PLANTED)
_ROBE = Look(Material.COPPER, WallStyle.CORRUGATED)


def statue_island(builder: BlockBuilder, stream: Stream, x: float, y: float) -> None:
    """Raise the island around a place; the figure stands a little up X of it."""
    _island(builder, x, y)
    x += 6
    _fort(builder, x, y)
    _figure(builder, x, y)
    for _ in range(_TREES):
        angle, away = stream.uniform(0, math.tau), stream.uniform(*_TREE_RING)
        dx, dy = 56 * away * math.cos(angle) - 6, 44 * away * math.sin(angle)
        if dx * dx + dy * dy > (_STAR_OUTER + 3) ** 2:
            tree(builder, stream, x + dx, y + dy, material=Material.TREE)


def _island(builder: BlockBuilder, x: float, y: float) -> None:
    turns = [k * math.tau / _SHORE_POINTS for k in range(_SHORE_POINTS)]
    shore = [(x + _ISLAND_X * math.cos(t), y + _ISLAND_Y * math.sin(t)) for t in turns]
    wall = Look(Material.GREY, WallStyle.QUAY)
    builder.prism(shore, (WATER_RISES, 0), wall, _LAWN, casts=False)


def _fort(builder: BlockBuilder, x: float, y: float) -> None:
    """Add the star as kites from its middle: it is not convex, they are."""
    step = math.pi / _STAR_POINTS

    def at(k: int) -> tuple[float, float]:
        radius = _STAR_INNER if k % 2 else _STAR_OUTER
        return x + radius * math.cos(step * k), y + radius * math.sin(step * k)

    obj, top = builder.new_object(), Look(Material.SAND, FlatStyle.PAVERS)
    for k in range(0, 2 * _STAR_POINTS, 2):
        kite = [(x, y), at(k - 1), at(k), at(k + 1)]
        builder.prism(kite, (0, _FORT_TOP), ASHLAR, top, obj)


def _figure(builder: BlockBuilder, x: float, y: float) -> None:
    for half, z0, z1 in _PLINTH:
        wall = Look(Material.CREAM, WallStyle.COLONNADE) if half == 8 else _CREAM
        builder.box(around(x, y, half, half), (z0, z1), wall, _CREAM)
    obj = builder.new_object()
    for z0, z1, radius in _FIGURE:
        builder.prism(circle(x, y, radius, 10), (z0, z1), _ROBE, _COPPER, obj)
    builder.dome((x, y, 70), 3, 4, Material.COPPER, obj)
    for k in range(5):
        cos, sin = math.cos(0.6 + k * 0.5), math.sin(0.6 + k * 0.5)
        inner, outer = (x + 2 * cos, y + 2 * sin, 73), (x + 5 * cos, y + 5 * sin, 77)
        builder.ribbon(inner, outer, 1, _COPPER, obj)
    builder.ribbon((x - 3, y - 3, 63), (x - 5, y - 5, 82), 3, _COPPER, obj)
    bowl = Rect(x - 6, y - 6, x - 3, y - 3)
    builder.prop(bowl, (82, 85), _COPPER, _COPPER, obj)
    builder.dome((x - 4.5, y - 4.5, 88), 1.8, 3.4, Material.YELLOW, builder.new_object())
    builder.cast(around(x, y, 8, 8).corners, _FIGURE[-1][1])
