"""What stands on flat roofs: stair heads, fans, tanks, skylights, solar panels, gardens."""

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import BallStyle, FlatStyle, Material, WallStyle
from isogen.scene.procedural.lattice import Rect, around
from isogen.scene.procedural.solids import PLAIN, BlockBuilder, circle
from isogen.seeds import Stream

_GRID = 8
"""Side of the square that one thing takes."""

_PARAPET = 3
_FILLED = 0.55
"""Share of the squares that hold something."""

_LOUVRES = Look(Material.GREY, WallStyle.LOUVRES)
_FANS = Look(Material.WHITE, FlatStyle.FANS)
_SKYLIGHT = Look(Material.GLASS, FlatStyle.SKYLIGHT)
_SOLAR = Look(Material.GLASS, FlatStyle.SOLAR)
_GARDEN = Look(Material.GRASS, FlatStyle.PLANTED)
_STAVES = Look(Material.WOOD, WallStyle.STAVES)
_MACHINES = Look(Material.GREY), Look(Material.DARK)


def furnish(
    builder: BlockBuilder, stream: Stream, roof: Rect, z: float, richness: float = 1.0
) -> None:
    """Scatter things over a flat roof; the first is always the stair head.

    Args:
        builder: Where they go.
        stream: Decides what stands where.
        roof: The roof within its walls.
        z: Its height.
        richness: Share of the usual number.
    """
    squares = [
        (roof.x0 + _PARAPET + a * _GRID, roof.y0 + _PARAPET + b * _GRID)
        for a in range(int((roof.width - 4) // _GRID))
        for b in range(int((roof.depth - 4) // _GRID))
    ]
    if not squares:
        return
    count = int(len(squares) * _FILLED * richness)
    _stair_head(builder, stream, *squares.pop(stream.below(len(squares))), z)
    for _ in range(min(count, len(squares))):
        _thing(builder, stream, *squares.pop(stream.below(len(squares))), z)


def _thing(builder: BlockBuilder, stream: Stream, x: float, y: float, z: float) -> None:
    chance = stream.random()
    if chance < 0.36:
        fans = Rect(x, y, x + 5, y + 5)
        builder.box(fans, (z, z + 2), _LOUVRES, _FANS)
    elif chance < 0.52:
        tank(builder, x + 3, y + 3, z)
    elif chance < 0.64:
        builder.box(Rect(x, y, x + 6, y + 4), (z, z + 1), PLAIN[Material.WHITE], _SKYLIGHT)
    elif chance < 0.74:
        panels = Rect(x, y, x + 6, y + 5)
        builder.prop(panels, (z, z + 1), PLAIN[Material.DARK], _SOLAR)
    elif chance < 0.84:
        _garden(builder, stream, x, y, z)
    else:
        for k in (0, 3):
            unit = Rect(x + k, y, x + k + 2, y + 2)
            builder.box(unit, (z, z + 2), *_MACHINES)


def _stair_head(builder: BlockBuilder, stream: Stream, x: float, y: float, z: float) -> None:
    material = Material.GREY if stream.chance(0.5) else Material.BROWN
    rect = Rect(x, y, x + 5, y + 4)
    builder.box(rect, (z, z + 5), PLAIN[material], PLAIN[Material.GRAVEL])


def _garden(builder: BlockBuilder, stream: Stream, x: float, y: float, z: float) -> None:
    bed = Rect(x, y, x + 6, y + 6)
    builder.prop(bed, (z, z + 0.8), PLAIN[Material.WOOD], _GARDEN)
    shrub = Look(Material.TREE, BallStyle.FOLIAGE, stream.below(1 << 16))
    builder.ball((x + 2, y + 3, z + 2), 1.8, 2.2, shrub, builder.new_object())


def tank(builder: BlockBuilder, x: float, y: float, z: float) -> None:
    """Put up a wooden water tank on four legs."""
    obj = builder.new_object()
    for dx, dy in ((-1.5, -1.5), (1.5, -1.5), (1.5, 1.5), (-1.5, 1.5)):
        leg = around(x + dx, y + dy, 0.5, 0.5)
        builder.prop(leg, (z, z + 4), PLAIN[Material.DARK], obj=obj)
    builder.prism(circle(x, y, 2.9, 10), (z + 4, z + 10), _STAVES, obj=obj)
    builder.cone(circle(x, y, 3.3, 10), (z + 10, z + 13), PLAIN[Material.BROWN], obj)
