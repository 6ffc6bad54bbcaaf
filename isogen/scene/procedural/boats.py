"""Ships, ferries and sailing boats. All point up X; ``x`` and ``y`` are the stern's corner."""

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import FlatStyle, GroundStyle, Kind, Material, WallStyle
from isogen.scene.procedural.lattice import Rect
from isogen.scene.procedural.looks import container_look
from isogen.scene.procedural.solids import PLAIN, BlockBuilder, circle
from isogen.seeds import Stream

WATER_RISES = -7
"""Height of the water's surface."""

_WAKE_LIFT = 0.2
"""Wakes lie this much above the water."""

_WAKE = Look(Material.WATER, GroundStyle.WAKE)
_WATERLINE = PLAIN[Material.RED]
_DECK = Look(Material.WOOD, FlatStyle.DECK)
_CABIN = Look(Material.WHITE, WallStyle.RIBBON)
_WHITE, _DARK = PLAIN[Material.WHITE], PLAIN[Material.DARK]

_SHIP_HULLS = (Material.DARK, Material.WHITE, Material.DARK)
_FERRY_HULLS = (Material.YELLOW, Material.TERRA, Material.WHITE)
_JIBS = (Material.RED, Material.WHITE, Material.GLASS)


def _hull(builder: BlockBuilder, rect: Rect, height: float, material: Material, obj: int) -> float:
    """Add a hull with a pointed bow. Returns the height of its deck."""
    z, shoulder = WATER_RISES, rect.x1 - rect.depth * 0.8
    outline = [
        (rect.x0, rect.y0),
        (shoulder, rect.y0),
        (rect.x1, rect.center[1]),
        (shoulder, rect.y1),
        (rect.x0, rect.y1),
    ]
    builder.prism(outline, (z, z + 2), _WATERLINE, obj=obj, casts=False)
    builder.prism(outline, (z + 2, z + height), PLAIN[material], _DECK, obj, casts=False)
    return z + height


def ship(builder: BlockBuilder, stream: Stream, x: float, y: float) -> None:
    """Moor a cargo ship with a bridge, a funnel and containers on deck."""
    obj = builder.new_object()
    z = _hull(builder, Rect(x, y, x + 62, y + 13), 9, stream.pick(_SHIP_HULLS), obj)
    builder.box(Rect(x + 4, y + 2, x + 20, y + 11), (z, z + 8), _CABIN, _WHITE)
    builder.box(Rect(x + 6, y + 4, x + 16, y + 9), (z + 8, z + 13), _CABIN, _WHITE)
    funnel = Look(Material.RED, WallStyle.STACK)
    builder.prism(circle(x + 11, y + 6.5, 2.4, 10), (z + 13, z + 21), funnel, _DARK)
    for bay in range(3):
        box = Rect(x + 23 + bay * 9, y + 2, x + 31 + bay * 9, y + 11)
        height = 4 + 3 * stream.below(2)
        builder.box(box, (z, z + height), *container_look(stream))


def ferry(builder: BlockBuilder, stream: Stream, x: float, y: float) -> None:
    """Let a ferry run, with its wake behind it."""
    obj, material = builder.new_object(), stream.pick(_FERRY_HULLS)
    z = _hull(builder, Rect(x, y, x + 40, y + 12), 5, material, obj)
    _wake(builder, x, y)
    cabin = Look(material, WallStyle.RIBBON)
    builder.box(Rect(x + 2, y + 2, x + 29, y + 10), (z, z + 5), cabin, _WHITE, obj)
    builder.box(Rect(x + 6, y + 3, x + 24, y + 9), (z + 5, z + 9), _CABIN, _WHITE, obj)
    builder.prism(circle(x + 12, y + 6, 1.6, 8), (z + 9, z + 14), _DARK, _DARK, obj)


def _wake(builder: BlockBuilder, x: float, y: float) -> None:
    z = WATER_RISES + _WAKE_LIFT
    foam = [
        [(x + 30, y + 6), (x - 22, y - 8), (x - 14, y - 6)],
        [(x - 14, y + 18), (x - 22, y + 18), (x + 30, y + 6)],
        [(x - 16, y + 3), (x, y + 3), (x, y + 9), (x - 16, y + 9)],
    ]
    for outline in foam:
        builder.face([(*p, z) for p in outline], _WAKE, Kind.GROUND, 0)


def sailing_boat(builder: BlockBuilder, stream: Stream, x: float, y: float) -> None:
    """Let a sailing boat run: a hull and two sails seen from both sides."""
    obj = builder.new_object()
    z = _hull(builder, Rect(x, y, x + 12, y + 4), 3, Material.WHITE, obj)
    jib = PLAIN[stream.pick(_JIBS)]
    y += 2
    for sail, look in (
        ([(x + 1, y, z + 1), (x + 7, y, z + 1), (x + 7, y, z + 17)], _WHITE),
        ([(x + 7.5, y, z + 2), (x + 11.5, y, z + 2), (x + 7.5, y, z + 14)], jib),
    ):
        builder.face(sail, look, Kind.SLOPE, obj)
        builder.face(sail[::-1], look, Kind.SLOPE, obj)
