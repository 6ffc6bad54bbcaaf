"""Open yards: car parks, container stacks, building sites with a tower crane."""

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import FlatStyle, Ground, Material, WallStyle
from isogen.scene.procedural.lattice import Rect, around
from isogen.scene.procedural.looks import container_look
from isogen.scene.procedural.plot import Plot
from isogen.scene.procedural.solids import PLAIN, BlockBuilder
from isogen.scene.procedural.street_things import car
from isogen.seeds import Stream

BAY_DEPTH, _BAY_LENGTH = 5, 8
_CONTAINER_LENGTH, _CONTAINER_WIDTH, _CONTAINER_HEIGHT = 14, 4, 5
_FRAME_STOREY = 7
_COLUMNS = 5
_JIB, _COUNTERJIB = 46, 16

_RUST, _DARK, _GREY = PLAIN[Material.TERRA], PLAIN[Material.DARK], PLAIN[Material.GREY]
_YELLOW, _WHITE = PLAIN[Material.YELLOW], PLAIN[Material.WHITE]


def parking(plot: Plot, rect: Rect) -> None:
    """Mark a car park with bays along both sides, most of them taken."""
    plot.fill(rect, Ground.PARKING)
    for y in range(int(rect.y0) + 2, int(rect.y1) - 4, BAY_DEPTH):
        for x in (rect.x0 + 2, rect.x1 - 10):
            plot.fill(Rect(x, y, x + _BAY_LENGTH, y + 1), Ground.LINE)
            if plot.stream.chance(0.7):
                plot.put(car, x + 1, y + 1.5, along_x=True)


def containers(builder: BlockBuilder, stream: Stream, rect: Rect, z: float = 0) -> None:
    """Stack shipping containers up to three high."""
    for x in range(int(rect.x0), int(rect.x1) - 12, _CONTAINER_LENGTH + 1):
        for y in range(int(rect.y0), int(rect.y1) - 4, _CONTAINER_WIDTH + 1):
            for layer in range(stream.below(4)):
                foot = z + layer * _CONTAINER_HEIGHT
                box = Rect(x, y, x + _CONTAINER_LENGTH, y + _CONTAINER_WIDTH)
                builder.box(box, (foot, foot + _CONTAINER_HEIGHT), *container_look(stream))


def building_site(plot: Plot, rect: Rect) -> None:
    """Open a building site: bare earth, a steel frame, a tower crane."""
    plot.fill(rect, Ground.DIRT)
    storeys = plot.stream.between(5, 9)
    plot.put(_frame, Rect(rect.x0 + 4, rect.y0 + 6, rect.x1 - 6, rect.y1 - 4), storeys)
    plot.put(crane, rect.x1 - 4, rect.y1 - 8, storeys * _FRAME_STOREY + 46)


def _frame(builder: BlockBuilder, _: Stream, rect: Rect, storeys: int) -> None:
    dx, dy = (rect.width - 1) / (_COLUMNS - 1), (rect.depth - 1) / (_COLUMNS - 1)
    feet = [(rect.x0 + k * dx, rect.y0) for k in range(_COLUMNS)]
    feet += [(rect.x1 - 1, rect.y0 + k * dy) for k in range(_COLUMNS)]
    slab = PLAIN[Material.GREY], Look(Material.GREY, FlatStyle.GRAVEL)
    for storey in range(storeys):
        obj, z = builder.new_object(), storey * _FRAME_STOREY
        ceiling = z + _FRAME_STOREY
        for x, y in feet:
            column = Rect(x, y, x + 1, y + 1)
            builder.prop(column, (z, ceiling), _RUST, obj=obj)
        builder.prop(rect.inset(3), (z, ceiling - 1), _DARK, obj=obj)
        builder.box(rect, (ceiling - 1, ceiling), *slab, obj)


def crane(builder: BlockBuilder, _: Stream, x: float, y: float, z: float) -> None:
    """Put up a tower crane whose jib points down X at height ``z``."""
    obj = builder.new_object()
    lattice_mast = Look(Material.YELLOW, WallStyle.STACK)
    lattice_jib = Look(Material.YELLOW, WallStyle.CORRUGATED)
    cab = Look(Material.WHITE, WallStyle.CAR_CABIN)
    parts = [
        (around(x, y, 1, 1), (0, z), lattice_mast, _YELLOW),
        (Rect(x - _JIB, y - 0.8, x + _COUNTERJIB, y + 0.8), (z, z + 2), lattice_jib, _YELLOW),
        (Rect(x + 10, y - 2, x + _COUNTERJIB, y + 2), (z - 4, z), _GREY, _GREY),
        (Rect(x - 2, y - 2.5, x + 2, y + 1), (z - 5, z), cab, _WHITE),
        (around(x, y, 0.5, 0.5), (z, z + 9), _YELLOW, None),
        (Rect(x - 34, y - 0.3, x - 33.3, y + 0.3), (z - 24, z), _DARK, None),
        (Rect(x - 37, y - 1, x - 30, y + 1), (z - 27, z - 24), _RUST, _RUST),
    ]
    for rect, heights, wall, top in parts:
        builder.prop(rect, heights, wall, top, obj)
    builder.ribbon((x - 30, y, z + 2), (x, y, z + 9), 1, _DARK, obj)
