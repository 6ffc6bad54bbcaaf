"""The civic district: a temple of a courthouse, or a capitol with a dome, on a square."""

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import Ground, Material, SlopeStyle, WallStyle
from isogen.scene.procedural.greenery import tree
from isogen.scene.procedural.lattice import Rect, around
from isogen.scene.procedural.looks import GRAVEL_ROOF
from isogen.scene.procedural.plot import Plot
from isogen.scene.procedural.solids import PLAIN, BlockBuilder, circle
from isogen.scene.procedural.street_things import person
from isogen.seeds import Stream

_STEPS, _STEP_DEPTH, _STEP_HEIGHT = 3, 2, 2
_EAVES = 30

_STONE, _STEP = PLAIN[Material.CREAM], PLAIN[Material.WHITE]
_COLUMNS = Look(Material.CREAM, WallStyle.COLONNADE)


def civic(plot: Plot, lot: Rect) -> None:
    """Stand a public building on a square lined with trees."""
    plot.fill(lot, Ground.GRASS)
    plot.fill(lot.inset(6), Ground.PLAZA)
    hall = Rect(lot.x0 + 16, lot.y0 + 26, lot.x1 - 16, lot.y1 - 20)
    plot.put(_hall, hall, has_dome=plot.stream.chance(0.6))
    for k in range(9):
        for x in (lot.x0 + 3, lot.x1 - 3):
            plot.put(tree, x, lot.y0 + 4 + k * 12)
    for _ in range(12):
        x = plot.stream.uniform(lot.x0 + 8, lot.x1 - 8)
        plot.put(person, x, plot.stream.uniform(lot.y0 + 8, lot.y0 + 19))


def _hall(builder: BlockBuilder, _: Stream, rect: Rect, *, has_dome: bool) -> None:
    for step in range(_STEPS):
        z = step * _STEP_HEIGHT
        wide = rect.inset(_STEP_DEPTH * (step - _STEPS))
        builder.box(wide, (z, z + _STEP_HEIGHT), _STEP, _STEP)
    builder.box(rect, (_STEPS * _STEP_HEIGHT, _EAVES), _COLUMNS, GRAVEL_ROOF)
    if has_dome:
        _dome(builder, *rect.center)
    else:
        roof = Look(Material.COPPER, SlopeStyle.AXIS_SEAMS)
        heights = (_EAVES, _EAVES + 11)
        builder.gable(rect, heights, roof, _STONE, builder.new_object(), along_x=False)


def _dome(builder: BlockBuilder, x: float, y: float) -> None:
    obj, z = builder.new_object(), _EAVES
    builder.box(around(x, y, 14, 14), (z, z + 6), _STONE, _STONE, obj)
    builder.prism(circle(x, y, 11, 16), (z + 6, z + 20), _COLUMNS, _STONE, obj)
    builder.dome((x, y, z + 20), 10, 15, Material.COPPER, obj)
    lantern, gold = circle(x, y, 2, 8), PLAIN[Material.YELLOW]
    builder.prism(lantern, (z + 34, z + 40), _COLUMNS, gold, obj)
