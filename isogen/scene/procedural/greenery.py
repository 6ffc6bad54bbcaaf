"""Trees and planting."""

import math

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import BallStyle, FlatStyle, Material
from isogen.scene.procedural.lattice import Rect, around
from isogen.scene.procedural.looks import face_seed
from isogen.scene.procedural.solids import PLAIN, BlockBuilder
from isogen.seeds import Stream

_CROWNS = (0.86, 0.92)
"""Chances up to which a crown is green, and from there in blossom; the rest is autumn."""

_CONIFER_CHANCE = 0.13
_SIDE_CROWNS = 3
_CONIFER_TIERS = 4

_HEDGE = Look(Material.TREE), Look(Material.TREE, FlatStyle.PLANTED)


def tree(
    builder: BlockBuilder,
    stream: Stream,
    x: float,
    y: float,
    *,
    z: float = 0,
    material: Material | None = None,
) -> None:
    """Grow a large tree: a crown of several balls, or now and then a conifer."""
    material = material or _crown(stream)
    radius, trunk = stream.uniform(3.6, 6.0), stream.uniform(4, 6)
    obj = _trunk(builder, x, y, (z, z + trunk + 2))
    if stream.chance(_CONIFER_CHANCE):
        _conifer(builder, stream, (x, y, z), radius, obj)
        return
    look = Look(material, BallStyle.FOLIAGE, face_seed(stream))
    builder.ball((x, y, z + trunk + radius * 0.9), radius, radius * 1.05, look, obj)
    for _ in range(_SIDE_CROWNS):
        angle, lift = stream.uniform(0, math.tau), stream.uniform(0.7, 1.5)
        at = (
            x + math.cos(angle) * radius * 0.62,
            y + math.sin(angle) * radius * 0.62,
            z + trunk + radius * lift,
        )
        builder.ball(at, radius * 0.62, radius * 0.66, look, obj)
    builder.cast(around(x, y, radius * 0.75, radius * 0.75).corners, z + trunk + radius)


def small_tree(builder: BlockBuilder, stream: Stream, x: float, y: float, *, z: float = 0) -> None:
    """Grow a street tree: one ball on a short trunk."""
    trunk, radius = 4.0, stream.uniform(2.6, 3.5)
    obj = _trunk(builder, x, y, (z, z + trunk + 2))
    look = Look(_crown(stream), BallStyle.FOLIAGE, face_seed(stream))
    builder.ball((x, y, z + trunk + radius * 0.9), radius, radius * 1.05, look, obj)
    builder.cast(around(x, y, radius * 0.75, radius * 0.75).corners, z + trunk + radius)


def hedge(builder: BlockBuilder, _: Stream, rect: Rect) -> None:
    """Plant a low hedge."""
    builder.prop(rect, (0, 2), *_HEDGE)


def shrub(builder: BlockBuilder, center: tuple[float, float, float], seed: int) -> None:
    """Add a small bush in a pot or on a terrace."""
    look = Look(Material.TREE, BallStyle.FOLIAGE, seed)
    builder.ball(center, 1.5, 2, look, builder.new_object())


def _crown(stream: Stream) -> Material:
    chance = stream.random()
    green, blossom = _CROWNS
    if chance < green:
        return Material.TREE
    return Material.PINK if chance < blossom else Material.AUTUMN


def _trunk(builder: BlockBuilder, x: float, y: float, heights: tuple[float, float]) -> int:
    rect = around(x, y, 0.5, 0.5)
    return builder.prop(rect, heights, PLAIN[Material.BROWN])


def _conifer(
    builder: BlockBuilder,
    stream: Stream,
    foot: tuple[float, float, float],
    radius: float,
    obj: int,
) -> None:
    x, y, z = foot
    look = Look(Material.TREE, BallStyle.FOLIAGE, face_seed(stream))
    for tier in range(_CONIFER_TIERS):
        builder.ball((x, y, z + 4 + tier * 3.6), radius * (0.8 - 0.17 * tier), 3.2, look, obj)
    builder.cast(around(x, y, 2, 2).corners, z + 12)
