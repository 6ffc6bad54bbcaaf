"""One tree or bush: a trunk under balls of leaves."""

import math
from collections.abc import Callable
from enum import Enum

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Plan, circle
from isogen.mesh.vocabulary import BallStyle, Material
from isogen.scene.town.growth import TEMPERATE, Growth
from isogen.scene.town.props import upright
from isogen.seeds import Stream


class Shape(Enum):
    """How a tree grows."""

    SMALL = 0
    """A clipped crown beside a street or in a yard."""

    ROUND = 1
    """A full crown at the edge of a park."""

    WILD = 2
    """Several crowns, sometimes another kind: groves and woods."""

    CONIFER = 3
    BUSH = 4
    """Leaves down to the ground."""

    BIRCH = 5
    """A light crown on a white trunk."""

    POPLAR = 6
    """A narrow, high crown."""

    PALM = 7
    FRUIT = 8
    """A low, wide crown, now and then in flower."""


LEAVES = (Material.LINDEN, Material.TREE, Material.LINDEN, Material.LEAF, Material.TREE)
BUSHES = (Material.LEAF, Material.LEAF, Material.LINDEN, Material.TREE)
BLOSSOM_CHANCE = 0.12
"""Of a bush to be in flower, relative to trees: bushes flower more often."""

TRUNK_M = 0.8
UNIT_M = 0.83
"""Crowns are measured in the height of one rise, so that they are round on screen."""

_TRUNK = Look(Material.BROWN)
_BIRCH_BARK = Look(Material.WHITE)
_SHADOW_RISES = {
    Shape.SMALL: 6.0,
    Shape.ROUND: 9.0,
    Shape.WILD: 10.0,
    Shape.CONIFER: 12.0,
    Shape.BIRCH: 9.0,
    Shape.POPLAR: 12.0,
    Shape.PALM: 9.0,
    Shape.FRUIT: 5.0,
}
_SHADOW_M = {
    Shape.SMALL: 2.2,
    Shape.ROUND: 3.1,
    Shape.WILD: 3.3,
    Shape.CONIFER: 1.9,
    Shape.BIRCH: 2.2,
    Shape.POPLAR: 1.7,
    Shape.PALM: 2.0,
    Shape.FRUIT: 2.2,
}
_TURNING = frozenset({Shape.SMALL, Shape.ROUND, Shape.WILD, Shape.FRUIT})


def plant(
    builder: MeshBuilder,
    place: Plan,
    shape: Shape,
    chance: Stream,
    growth: Growth = TEMPERATE,
) -> None:
    """Add a tree with its shadow; a kind that chance may change is changed by the growth."""
    shape = _grown(shape, growth, chance)
    leaves = chance.pick(BUSHES if shape is Shape.BUSH else LEAVES)
    turn = chance.random()
    if shape in _TURNING and turn < growth.autumn:
        leaves = Material.AUTUMN
    elif shape in {Shape.FRUIT, Shape.SMALL, Shape.ROUND} and turn > 1 - growth.blossoms:
        leaves = Material.PINK
    look = Look(leaves, BallStyle.FOLIAGE, chance.below(1 << 15))
    obj = builder.new_object()
    _GROW[shape](builder, place, look, obj, chance)
    if shape is not Shape.BUSH:
        builder.cast(_SHADOW_RISES[shape], [circle(place, _SHADOW_M[shape], 8)])


def _grown(shape: Shape, growth: Growth, chance: Stream) -> Shape:
    if shape not in {Shape.WILD, Shape.SMALL, Shape.ROUND}:
        return shape
    kind = chance.random()
    if kind < growth.palms:
        return Shape.PALM
    if shape is not Shape.WILD:
        return shape
    kind -= growth.palms
    for other, share in (
        (Shape.CONIFER, growth.conifers),
        (Shape.BIRCH, growth.birches),
        (Shape.POPLAR, growth.cypresses),
    ):
        if kind < share:
            return other
        kind -= share
    return shape


def _small(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    size = chance.uniform(2.3, 3.5)
    upright(builder, place, TRUNK_M, (0, 6), _TRUNK, obj)
    _ball(builder, place, 4 + size * 0.9, (size, size * 1.1), look, obj)


def _round(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    size = chance.uniform(3.0, 4.3)
    upright(builder, place, TRUNK_M, (0, 6), _TRUNK, obj)
    _ball(builder, place, 4 + size * 0.9, (size, size * 1.1), look, obj)
    aside = (
        place[0] + chance.uniform(-2, 2) * UNIT_M,
        place[1] + chance.uniform(-2, 2) * UNIT_M,
    )
    _ball(builder, aside, 4 + size * 1.3, (size * 0.66, size * 0.7), look, obj)


def _wild(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    size = chance.uniform(2.9, 5.6)
    trunk = chance.uniform(3.0, 5.0)
    upright(builder, place, TRUNK_M, (0, trunk + 2), _TRUNK, obj)
    _ball(builder, place, trunk + size * 0.9, (size, size * 1.05), look, obj)
    for _ in range(2):
        turn = chance.uniform(0, 2 * math.pi)
        reach = size * 0.62 * UNIT_M
        aside = (place[0] + math.cos(turn) * reach, place[1] + math.sin(turn) * reach)
        height = trunk + size * chance.uniform(0.7, 1.5)
        _ball(builder, aside, height, (size * 0.62, size * 0.66), look, obj)


def _conifer(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    size = chance.uniform(2.8, 4.4)
    step = size * chance.uniform(0.8, 1.0)
    dark = Look(Material.TREE, look.style, look.seed)
    upright(builder, place, TRUNK_M, (0, 4), _TRUNK, obj)
    for tier in range(4):
        _ball(builder, place, 4 + tier * step, (size * (0.8 - 0.17 * tier), 3.2), dark, obj)


def _bush(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    size = chance.uniform(1.1, 1.9)
    if chance.chance(BLOSSOM_CHANCE):
        look = Look(Material.PINK, look.style, look.seed)
    _ball(builder, place, size * 0.6, (size, size * 0.85), look, obj)
    aside = place[0] + chance.uniform(-1.4, 1.4), place[1] + chance.uniform(-0.8, 0.8)
    _ball(builder, aside, size * 0.5, (size * 0.75, size * 0.65), look, obj)


def _birch(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    size = chance.uniform(2.2, 3.0)
    light = Look(Material.LINDEN, look.style, look.seed)
    upright(builder, place, 0.7, (0, 8), _BIRCH_BARK, obj)
    _ball(builder, place, 6 + size, (size * 0.9, size * 1.35), light, obj)
    aside = place[0] + chance.uniform(-1.2, 1.2), place[1] + chance.uniform(-1, 1)
    _ball(builder, aside, 5 + size * 1.7, (size * 0.6, size * 0.8), light, obj)


def _poplar(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    size = chance.uniform(1.8, 2.3)
    upright(builder, place, TRUNK_M, (0, 4), _TRUNK, obj)
    for tier, share in enumerate((0.9, 1.0, 0.75)):
        _ball(builder, place, 4.5 + tier * 3.6, (size * share, 3.4), look, obj)


def _palm(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    high = chance.uniform(7.0, 10.0)
    leaf = Look(Material.LEAF, look.style, look.seed)
    upright(builder, place, 0.7, (0, high), _TRUNK, obj)
    _ball(builder, place, high, (1.2, 1.1), leaf, obj)
    for k in range(6):
        turn = (k + chance.uniform(-0.2, 0.2)) * math.pi / 3
        aside = place[0] + math.cos(turn) * 1.9, place[1] + math.sin(turn) * 1.9
        _ball(builder, aside, high - 0.3, (1.15, 0.8), leaf, obj)


def _fruit(builder: MeshBuilder, place: Plan, look: Look, obj: int, chance: Stream) -> None:
    size = chance.uniform(2.0, 2.7)
    upright(builder, place, TRUNK_M, (0, 3), _TRUNK, obj)
    _ball(builder, place, 2 + size * 0.8, (size, size * 0.9), look, obj)


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


_GROW: dict[Shape, Callable[[MeshBuilder, Plan, Look, int, Stream], None]] = {
    Shape.SMALL: _small,
    Shape.ROUND: _round,
    Shape.WILD: _wild,
    Shape.CONIFER: _conifer,
    Shape.BUSH: _bush,
    Shape.BIRCH: _birch,
    Shape.POPLAR: _poplar,
    Shape.PALM: _palm,
    Shape.FRUIT: _fruit,
}
