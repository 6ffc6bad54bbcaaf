"""The banks of the river: works and tanks in the east, park and boardwalk in the west."""

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import Ground, Kind, Material, SlopeStyle, WallStyle
from isogen.scene.procedural.boats import WATER_RISES
from isogen.scene.procedural.dense import downtown, midtown
from isogen.scene.procedural.greenery import tree
from isogen.scene.procedural.lattice import PITCH_X, PITCH_Y, SIDEWALK, Rect
from isogen.scene.procedural.plot import Plot
from isogen.scene.procedural.solids import PLAIN, BlockBuilder, circle
from isogen.scene.procedural.street_things import lamp, person
from isogen.scene.procedural.yards import containers, parking
from isogen.seeds import Stream

PROMENADE = 30
"""Width of the park along the river."""

_TALLEST_DOWNTOWN_FROM = 0.62

_BAYS, _EAVES, _SAW = 5, 20, 7


def industrial(plot: Plot, lot: Rect) -> None:
    """Lay out works with a saw-tooth roof, stacks, tanks and containers."""
    plot.fill(lot, Ground.LOT)
    x0, y0, x1, y1 = lot
    plot.put(_works, Rect(x0, y0, x1 - 22, y0 + 44))
    plot.put(_stack, x1 - 16, y0 + 10, 3.4, 64)
    plot.put(_stack, x1 - 8, y0 + 20, 3.0, 54)
    for k in range(3):
        plot.put(_tank, x0 + 10 + k * 20, y1 - 14)
    plot.put(containers, Rect(x0 + 2, y0 + 50, x1 - 20, y1 - 28))
    parking(plot, Rect(x1 - 19, y0 + 46, x1 - 2, y1 - 4))


def _works(builder: BlockBuilder, _: Stream, rect: Rect) -> None:
    brick, glass = PLAIN[Material.BRICK], Look(Material.GLASS, WallStyle.CURTAIN)
    sash, sheet = Look(Material.BRICK, WallStyle.SASH), Look(Material.GRAVEL, SlopeStyle.AXIS_SEAMS)
    obj = builder.box(rect, (0, _EAVES), sash, PLAIN[Material.GRAVEL])
    y0, y1, low, high = rect.y0, rect.y1, _EAVES, _EAVES + _SAW
    for k in range(_BAYS):
        a, b = rect.x0 + k * rect.width / _BAYS, rect.x0 + (k + 1) * rect.width / _BAYS
        builder.face([(a, y0, low), (b, y0, low), (b, y0, high)], brick, Kind.WALL, obj)
        builder.face([(b, y1, low), (a, y1, low), (b, y1, high)], brick, Kind.WALL, obj)
        upright = [(b, y0, low), (b, y1, low), (b, y1, high), (b, y0, high)]
        builder.face(upright, glass, Kind.WALL, obj)
        slope = [(a, y0, low), (b, y0, high), (b, y1, high), (a, y1, low)]
        builder.face(slope, sheet, Kind.SLOPE, obj)


def _stack(
    builder: BlockBuilder, _: Stream, x: float, y: float, radius: float, height: float
) -> None:
    bands = Look(Material.BRICK, WallStyle.STACK)
    builder.prism(circle(x, y, radius, 12), (0, height), bands, PLAIN[Material.DARK])


def _tank(builder: BlockBuilder, _: Stream, x: float, y: float) -> None:
    white = PLAIN[Material.WHITE]
    obj = builder.prism(circle(x, y, 8.5, 18), (0, 14), white, white)
    builder.cone(circle(x, y, 8.7, 18), (14, 17), white, obj)


def waterfront(plot: Plot, lot: Rect) -> None:
    """Build up the land side; lay a park, a brick path and a boardwalk along the river."""
    edge = lot.x1 - PROMENADE
    build = downtown if plot.site.density > _TALLEST_DOWNTOWN_FROM else midtown
    build(plot, Rect(lot.x0, lot.y0, edge, lot.y1))
    y0 = lot.y0 - SIDEWALK if plot.site.is_ramp else 0
    for x0, x1, ground in (
        (edge + 2, PITCH_X, Ground.GRASS),
        (edge + 2, edge + 5, Ground.BRICK),
        (lot.x1 - 6, PITCH_X - 1, Ground.WOOD),
        (PITCH_X - 1, PITCH_X, Ground.CURB),
    ):
        plot.fill(Rect(x0, y0, x1, PITCH_Y), ground)
    stream = plot.stream
    for _ in range(26):
        plot.put(tree, stream.uniform(edge + 8, lot.x1 - 9), stream.uniform(lot.y0, lot.y1))
    for _ in range(18):
        x = stream.uniform(lot.x1 - 5, lot.x1 + 2)
        plot.put(person, x, stream.uniform(lot.y0, lot.y1))
    for y in range(12, PITCH_Y - 4, 24):
        plot.put(lamp, PITCH_X - 3, y)
    plot.put(_quay_wall, PITCH_X)


def _quay_wall(builder: BlockBuilder, _: Stream, x: float) -> None:
    z = WATER_RISES
    wall = [(x, 0, z), (x, PITCH_Y, z), (x, PITCH_Y, 0), (x, 0, 0)]
    builder.face(wall, Look(Material.GREY, WallStyle.QUAY), Kind.WALL, 0)
