"""The suspension bridge: a street over the river, built block by block.

A block builds its own part: ramps on the banks, towers and cables in the river.
Here X counts from the lattice's zero, as the bridge is one curve over five columns.
"""

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import FlatStyle, Kind, Material, WallStyle
from isogen.scene.procedural.boats import WATER_RISES
from isogen.scene.procedural.lattice import AVENUE, PITCH_X, STREET, Rect, around
from isogen.scene.procedural.looks import ASHLAR
from isogen.scene.procedural.plan import RIVER_EAST, RIVER_WEST
from isogen.scene.procedural.solids import PLAIN, BlockBuilder
from isogen.scene.procedural.street_things import car
from isogen.seeds import Stream

_DECK = 34
"""Height of the deck over the ground."""

_START = (RIVER_WEST - 1) * PITCH_X + AVENUE
_END = (RIVER_EAST + 1) * PITCH_X
_RUN = PITCH_X - AVENUE
"""Length of a ramp."""

_TOWERS = (RIVER_WEST * PITCH_X + 66, RIVER_EAST * PITCH_X - 76)
_TOWER_TOP = 92
_SIDE_SPAN = 72
_CABLE_STEP, _HANGER_STEP = 4, 5
_RAMP_STEP, _DECK_STEP = 2, 14
_STONE_BELOW = 20
"""The ramps are stone up to this height, steel from there."""

_LANES = (3, 7, 11, 15)
_DARK, _CREAM, _COPPER = PLAIN[Material.DARK], PLAIN[Material.CREAM], PLAIN[Material.COPPER]
_TAN = PLAIN[Material.TAN]
_HANGER = PLAIN[Material.GRAVEL]


def _deck_z(x: float) -> float:
    return _DECK * max(min((x - _START) / _RUN, (_END - x) / _RUN, 1.0), 0.0)


def bridge_span(builder: BlockBuilder, stream: Stream, column: int) -> None:
    """Build the part of a bridge that lies in a block of a column, ramps included."""
    shift = column * PITCH_X
    west, east = max(shift, _START), min(shift + PITCH_X, _END)
    _roadway(builder, west, east, shift)
    if not RIVER_WEST <= column < RIVER_EAST:
        _pillar(builder, column, shift)
        return
    for x in range(west, east - _DECK_STEP, _DECK_STEP):
        for lane in _LANES:
            if stream.chance(0.3):
                at = x - shift + stream.below(5)
                car(builder, stream, at, lane, along_x=True, z=_DECK)
    for x in _TOWERS:
        if west <= x < east:
            _tower(builder, x - shift)
    for y in (0, STREET - 1):
        _cable(builder, west, east, shift, y)


def _roadway(builder: BlockBuilder, west: int, east: int, shift: int) -> None:
    on_ramp = _deck_z((west + east) / 2) < _DECK
    step, obj = (_RAMP_STEP if on_ramp else _DECK_STEP), builder.new_object()
    for x in range(west, east, step):
        after = min(x + step, east)
        _slice(builder, (x - shift, after - shift), (_deck_z(x), _deck_z(after)), obj)


def _slice(
    builder: BlockBuilder, span: tuple[float, float], heights: tuple[float, float], obj: int
) -> None:
    """Add a slice of roadway with its parapets."""
    (a, b), (za, zb) = span, heights
    is_flat, is_stone = za == zb, za < _STONE_BELOW
    road = Look(Material.ROAD, FlatStyle.PARKING) if is_flat else PLAIN[Material.ROAD]
    kind = Kind.FLAT if is_flat else Kind.SLOPE
    surface = [(a, 0, za), (b, 0, zb), (b, STREET, zb), (a, STREET, za)]
    builder.face(surface, road, kind, obj)
    wall, coping = (ASHLAR, _TAN) if is_stone else (_COPPER, _COPPER)
    foot_a, foot_b = (0.0, 0.0) if is_stone else (za - 5, zb - 5)
    for y in (0, STREET - 1):
        side = [(a, y, foot_a), (b, y, foot_b), (b, y, zb + 2), (a, y, za + 2)]
        top = [(a, y, za + 2), (b, y, zb + 2), (b, y + 1, zb + 2), (a, y + 1, za + 2)]
        builder.face(side, wall, Kind.WALL, obj)
        builder.face(top, coping, kind, obj)
    builder.cast(Rect(a, 0, b, STREET).corners, (za + zb) / 2)


def _pillar(builder: BlockBuilder, column: int, shift: int) -> None:
    """Carry the upper end of a ramp."""
    x = _START + _RUN - 24 if column < RIVER_WEST else _END - _RUN + 16
    rect = Rect(x - shift, 2, x - shift + 8, STREET - 2)
    builder.box(rect, (0, _deck_z(x) - 4), ASHLAR)


def _tower(builder: BlockBuilder, x: float) -> None:
    obj, top, middle = builder.new_object(), _TOWER_TOP, STREET / 2
    foot = Rect(x - 5, -6, x + 11, STREET + 6)
    builder.box(foot, (WATER_RISES, 8), ASHLAR, _TAN, obj)
    for y in (-4, middle - 2, STREET):
        builder.box(Rect(x, y, x + 6, y + 4), (8, 84), ASHLAR, obj=obj)
    builder.box(Rect(x, -4, x + 6, STREET + 4), (76, top), ASHLAR, obj=obj)
    builder.box(Rect(x - 1, -5, x + 7, STREET + 5), (top, top + 3), _CREAM, _CREAM, obj)
    mast = around(x + 3, middle, 0.5, 0.5)
    builder.prop(mast, (top + 3, top + 17), _DARK, obj=obj)
    a, b = x + 3.5, x + 10.5
    flag = [(a, middle, top + 11), (b, middle, top + 11), (b, middle, top + 16)]
    flag.append((a, middle, top + 16))
    builder.face(flag, Look(Material.RED, WallStyle.BILLBOARD), Kind.WALL, obj)


def _cable_z(x: float) -> float:
    """Return the height of the main cable: a parabola between the towers, straight outside."""
    half = (_TOWERS[1] - _TOWERS[0]) / 2
    away = abs(x - 3 - _TOWERS[0] - half) / half
    if away <= 1:
        return _DECK + 5 + (_TOWER_TOP - _DECK - 6) * away * away
    return _TOWER_TOP - (_TOWER_TOP - _DECK) * (away - 1) * half / _SIDE_SPAN


def _cable(builder: BlockBuilder, west: int, east: int, shift: int, y: float) -> None:
    """Hang the part of a cable over one block, and its hangers."""
    obj = builder.new_object()
    first, last = _TOWERS[0] - _SIDE_SPAN, _TOWERS[1] + _SIDE_SPAN
    for x in range(first, last, _CABLE_STEP):
        after = x + _CABLE_STEP
        if west <= x < east and min(_cable_z(x), _cable_z(after)) > _DECK:
            a, b = (x - shift, y, _cable_z(x)), (after - shift, y, _cable_z(after))
            builder.ribbon(a, b, 1.6, _DARK, obj)
    for x in range(first, last, _HANGER_STEP):
        if west <= x < east and _cable_z(x) > _DECK + 2:
            hanger = Rect(x - shift, y, x - shift + 0.74, y + 0.26)
            builder.prop(hanger, (_DECK, _cable_z(x)), _HANGER, obj=obj)
