"""One tree: a trunk under balls of leaves."""

import math
from enum import Enum

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Plan, circle
from isogen.mesh.vocabulary import BallStyle, Material
from isogen.scene.town.props import upright
from isogen.seeds import Stream


class Shape(Enum):
    """How a tree grows."""

    SMALL = 0
    """A clipped crown beside a street or in a yard."""

    ROUND = 1
    """A full crown at the edge of a park."""

    WILD = 2
    """Several crowns, sometimes a conifer: groves and woods."""

    CONIFER = 3


LEAVES = (Material.LINDEN, Material.TREE, Material.LINDEN, Material.LEAF, Material.TREE)
AUTUMN_CHANCE = 0.012
CONIFER_CHANCE = 0.13
TRUNK_M = 0.8
UNIT_M = 0.83
"""Crowns are measured in the height of one rise, so that they are round on screen."""

_TRUNK = Look(Material.BROWN)
_SHADOW_RISES = {Shape.SMALL: 6.0, Shape.ROUND: 9.0, Shape.WILD: 10.0, Shape.CONIFER: 12.0}
_SHADOW_M = {Shape.SMALL: 2.2, Shape.ROUND: 3.1, Shape.WILD: 3.3, Shape.CONIFER: 1.9}


def plant(builder: MeshBuilder, place: Plan, shape: Shape, chance: Stream) -> None:
    """Add a tree with its shadow."""
    if shape is Shape.WILD and chance.chance(CONIFER_CHANCE):
        shape = Shape.CONIFER
    leaves = chance.pick(LEAVES)
    if chance.chance(AUTUMN_CHANCE):
        leaves = Material.AUTUMN
    look = Look(leaves, BallStyle.FOLIAGE, chance.below(1 << 15))
    obj = builder.new_object()
    grow = {Shape.SMALL: _small, Shape.ROUND: _round, Shape.WILD: _wild, Shape.CONIFER: _conifer}
    grow[shape](builder, place, look, obj, chance)
    builder.cast(_SHADOW_RISES[shape], [circle(place, _SHADOW_M[shape], 8)])


def _small(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    size = chance.uniform(2.5, 3.4)
    upright(builder, place, TRUNK_M, (0, 6), _TRUNK, obj)
    _ball(builder, place, 4 + size * 0.9, (size, size * 1.1), look, obj)


def _round(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    size = chance.uniform(3.0, 4.1)
    upright(builder, place, TRUNK_M, (0, 6), _TRUNK, obj)
    _ball(builder, place, 4 + size * 0.9, (size, size * 1.1), look, obj)
    aside = (
        place[0] + chance.uniform(-2, 2) * UNIT_M,
        place[1] + chance.uniform(-2, 2) * UNIT_M,
    )
    _ball(builder, aside, 4 + size * 1.3, (size * 0.66, size * 0.7), look, obj)


def _wild(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    size = chance.uniform(3.4, 5.4)
    trunk = chance.uniform(3.5, 5.5)
    upright(builder, place, TRUNK_M, (0, trunk + 2), _TRUNK, obj)
    _ball(builder, place, trunk + size * 0.9, (size, size * 1.05), look, obj)
    for _ in range(2):
        turn = chance.uniform(0, 2 * math.pi)
        reach = size * 0.62 * UNIT_M
        aside = (place[0] + math.cos(turn) * reach, place[1] + math.sin(turn) * reach)
        height = trunk + size * chance.uniform(0.7, 1.5)
        _ball(builder, aside, height, (size * 0.62, size * 0.66), look, obj)


def _conifer(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    size = chance.uniform(3.2, 4.4)
    dark = Look(Material.TREE, look.style, look.seed)
    upright(builder, place, TRUNK_M, (0, 4), _TRUNK, obj)
    for tier in range(4):
        _ball(builder, place, 4 + tier * 3.6, (size * (0.8 - 0.17 * tier), 3.2), dark, obj)


def _ball(
    builder: MeshBuilder,
    place: Plan,
    z: float,
    size: tuple[float, float],
    look: Look,
    obj: int,
) -> None:
    """Add a ball; ``size`` is its radius across, in units, and up, in rises."""
    builder.ball((*place, z), size[0] * UNIT_M, size[1], look, obj)
