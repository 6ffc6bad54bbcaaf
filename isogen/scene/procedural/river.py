"""The river: piers and landings, ships, ferries and sails, the statue, the bridge."""

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import (
    FlatStyle,
    Ground,
    GroundStyle,
    Kind,
    Material,
    SlopeStyle,
    WallStyle,
)
from isogen.scene.procedural.boats import WATER_RISES, ferry, sailing_boat, ship
from isogen.scene.procedural.bridge import bridge_span
from isogen.scene.procedural.greenery import small_tree
from isogen.scene.procedural.lattice import PITCH_X, PITCH_Y, BlockKey, Rect
from isogen.scene.procedural.plan import (
    RIVER_EAST,
    RIVER_WEST,
    STATUE_X,
    STATUE_Y,
    has_bridge,
    has_statue,
)
from isogen.scene.procedural.plot import Plot
from isogen.scene.procedural.solids import PLAIN, BlockBuilder
from isogen.scene.procedural.statue import statue_island
from isogen.scene.procedural.yards import containers
from isogen.seeds import Stream

_PIERS = (24, 88)
_PIER_WIDTH, _DECK = 28, -1
_SHEDS = (Material.TEAL, Material.RED, Material.WHITE, Material.COPPER)

_EAST_PIER_FROM, _LANDING = 74, 20
"""Where landings of the east bank begin, and their width."""

_SHELF = 40
"""Width of the paler water along the banks."""

_FERRY, _BOAT_PITCH = 50, 34
"""Room that a ferry takes along X, and from one boat to the next along Y."""

_STATUE_WATERS = 95
"""Boats keep this far from the statue."""


def river(plot: Plot, lot: Rect) -> None:
    """Flood the block: piers at the banks, boats, and what stands in the river."""
    key = plot.site.key
    _flood(plot, lot)
    plot.put(_water)
    if key.i == RIVER_WEST:
        for y in _PIERS:
            if plot.stream.chance(0.75):
                _pier(plot, y)
    elif plot.stream.chance(0.8):
        _boats(plot)
    if key.i == RIVER_EAST - 1:
        _east_bank(plot)
    if has_statue(key):
        plot.put(statue_island, STATUE_X, STATUE_Y)
    if has_bridge(key.j):
        plot.put(bridge_span, key.i)


def _flood(plot: Plot, lot: Rect) -> None:
    """Paint deep water, paler along the banks."""
    plot.fill(lot, Ground.WATER)
    if plot.site.key.i == RIVER_WEST:
        plot.fill(Rect(lot.x0, lot.y0, lot.x0 + _SHELF, lot.y1), Ground.SHELF)
    if plot.site.key.i == RIVER_EAST - 1:
        plot.fill(Rect(lot.x1 - _SHELF, lot.y0, lot.x1, lot.y1), Ground.SHELF)


def _water(builder: BlockBuilder, _: Stream) -> None:
    surface = Look(Material.WATER, GroundStyle.WATER)
    corners = Rect(0, 0, PITCH_X, PITCH_Y).corners
    builder.face([(*p, WATER_RISES) for p in corners], surface, Kind.GROUND, 0)


def _pier(plot: Plot, y: float) -> None:
    stream, deck = plot.stream, _DECK
    length = stream.between(60, 92)
    plot.put(_deck, Rect(-1, y, length, y + _PIER_WIDTH))
    chance = stream.random()
    if chance < 0.5:
        plot.put(_shed, Rect(6, y + 4, length - 8, y + 24), stream.pick(_SHEDS))
    elif chance < 0.8:
        plot.put(containers, Rect(6, y + 4, length - 4, y + 26), deck)
    else:
        for k in range(7):
            plot.put(small_tree, 8 + k * (length - 16) / 7, y + 6 + k % 2 * 14, z=deck)
    if stream.chance(0.6):
        plot.put(ship, 8, y + 31)


def _deck(builder: BlockBuilder, _: Stream, rect: Rect) -> None:
    piles, boards = Look(Material.WOOD, WallStyle.PILES), Look(Material.WOOD, FlatStyle.DECK)
    builder.box(rect, (WATER_RISES, _DECK), piles, boards)


def _shed(builder: BlockBuilder, _: Stream, rect: Rect, material: Material) -> None:
    obj = builder.box(rect, (_DECK, 11), Look(material, WallStyle.SASH))
    roof, ends = Look(Material.GREY, SlopeStyle.AXIS_SEAMS), PLAIN[material]
    builder.gable(rect, (11, 17), roof, ends, obj, along_x=True)


def _boats(plot: Plot) -> None:
    """Let up to three boats run, each in its own stretch of the block."""
    stream = plot.stream
    east = _EAST_PIER_FROM - _FERRY if plot.site.key.i == RIVER_EAST - 1 else PITCH_X - _FERRY
    for k in range(3):
        x, y = stream.between(6, east), 30 + k * _BOAT_PITCH + stream.below(_BOAT_PITCH - 20)
        is_ferry = k == 0 and stream.chance(0.6)
        if not _near_statue(plot.site.key, x, y):
            plot.put(ferry if is_ferry else sailing_boat, x, y)


def _near_statue(key: BlockKey, x: float, y: float) -> bool:
    for di in (-1, 0, 1):
        for dj in (-1, 0, 1):
            if has_statue(BlockKey(key.i + di, key.j + dj)):
                dx = x - di * PITCH_X - STATUE_X
                dy = y - dj * PITCH_Y - STATUE_Y
                return dx * dx + dy * dy < _STATUE_WATERS**2
    return False


def _east_bank(plot: Plot) -> None:
    """Wall up the bank; now and then add a landing with crates or trees."""
    stream = plot.stream
    plot.put(_bank_wall)
    for y in _PIERS:
        if _near_statue(plot.site.key, _EAST_PIER_FROM, y) or stream.chance(0.45):
            continue
        plot.put(_deck, Rect(_EAST_PIER_FROM, y, PITCH_X, y + _LANDING))
        if stream.chance(0.5):
            plot.put(containers, Rect(_EAST_PIER_FROM + 3, y + 2, PITCH_X - 3, y + 18), _DECK)
            continue
        for k in range(4):
            plot.put(small_tree, _EAST_PIER_FROM + 5 + k * 8, y + 4 + k % 2 * 10, z=_DECK)


def _bank_wall(builder: BlockBuilder, _: Stream) -> None:
    x, z = PITCH_X, WATER_RISES
    wall = [(x, PITCH_Y, z), (x, 0, z), (x, 0, 0), (x, PITCH_Y, 0)]
    builder.face(wall, Look(Material.GREY, WallStyle.QUAY), Kind.WALL, 0)
