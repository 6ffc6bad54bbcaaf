"""Districts of the inner city: downtown, midtown, rows of brownstones."""

from collections.abc import Iterator
from itertools import pairwise

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import FlatStyle, Ground, Material, WallStyle
from isogen.scene.procedural.buildings import CHURCH_DEPTH, building, church, garage
from isogen.scene.procedural.greenery import small_tree, tree
from isogen.scene.procedural.lattice import Rect
from isogen.scene.procedural.looks import MASONRY, WARM_MASONRY
from isogen.scene.procedural.plot import Plot
from isogen.scene.procedural.street_things import person
from isogen.scene.procedural.towers import glass_tower, podium_tower, setback_tower
from isogen.scene.procedural.yards import building_site, parking
from isogen.seeds import Stream

_UNIT = 4
"""Fronts are whole multiples of a window bay."""

_PODIUM_FROM = 60
"""Smallest side of a lot that takes a podium."""

_MIDTOWN_YARD, _MIDTOWN_FRONT = 10, 18
_MIDTOWN_STYLES = (
    WallStyle.PUNCHED,
    WallStyle.PUNCHED,
    WallStyle.FIRE_ESCAPE,
    WallStyle.OFFICE_GRID,
    WallStyle.DECO_PIERS,
    WallStyle.RIBBON,
    WallStyle.TALL_WINDOWS,
)
_OFFICE_STYLES = (
    WallStyle.PUNCHED,
    WallStyle.OFFICE_GRID,
    WallStyle.DECO_PIERS,
    WallStyle.RIBBON,
    WallStyle.SLOTS,
)

_ROW_DEPTH, _ROW_FRONT = 26, 12
_CHURCH_ODDS = 7
"""One row of so many has a church."""
_ROW_STYLES = (WallStyle.TALL_WINDOWS, WallStyle.PUNCHED, WallStyle.FIRE_ESCAPE)
_ROW_ROOFS = tuple(
    Look(m, FlatStyle.GRAVEL) for m in (Material.GRAVEL, Material.BROWN, Material.GREY)
)


def downtown(plot: Plot, lot: Rect) -> None:
    """Cut a lot into up to four and put a tower on each."""
    plot.fill(lot, Ground.PLAZA)
    stream = plot.stream
    rows = [lot.y0, lot.y1]
    if stream.chance(0.75):
        rows.insert(1, lot.y0 + _UNIT * stream.between(11, 16))
    for y0, y1 in pairwise(rows):
        columns = [lot.x0, lot.x1]
        if stream.chance(0.7) and y1 - y0 <= 80:
            columns.insert(1, lot.x0 + _UNIT * stream.between(8, 12))
        for x0, x1 in pairwise(columns):
            gap_x, gap_y = (2 if x1 < lot.x1 else 0), (2 if y1 < lot.y1 else 0)
            _tower_lot(plot, Rect(x0, y0, x1 - gap_x, y1 - gap_y))


def _tower_lot(plot: Plot, rect: Rect) -> None:
    stream = plot.stream
    chance = stream.random()
    if min(rect.width, rect.depth) > _PODIUM_FROM and chance < 0.8:
        plot.put(podium_tower, rect)
    elif chance < 0.42:
        extra = 20 * plot.site.density * stream.random()
        plot.put(setback_tower, rect, int(stream.between(14, 22) + extra))
    elif chance < 0.74:
        plot.put(glass_tower, rect.inset(4))
        for k in range(3):
            plot.put(small_tree, rect.x0 + 2, rect.y0 + 6 + k * 9)
            plot.put(person, rect.x1 - 2, rect.y0 + 5 + k * 7)
    else:
        style, material = stream.pick(_OFFICE_STYLES), stream.pick(MASONRY)
        plot.put(building, rect, stream.between(8, 16), style, material)


def _fronts(
    stream: Stream, y0: float, y1: float, units: tuple[int, int], shortest: float
) -> Iterator[tuple[float, float]]:
    """Cut a street front into lots of some units each; no lot is shorter than allowed."""
    while y1 - y0 >= shortest:
        front = _UNIT * stream.between(*units)
        if y1 - y0 - front < shortest:
            front = y1 - y0
        yield y0, y0 + front
        y0 += front


def midtown(plot: Plot, lot: Rect) -> None:
    """Line both avenues with buildings of five to sixteen floors around a yard."""
    plot.fill(lot, Ground.LOT)
    half = (lot.width - _MIDTOWN_YARD) / 2 // 2 * 2
    for x0, x1 in ((lot.x0, lot.x0 + half), (lot.x0 + half + _MIDTOWN_YARD, lot.x1)):
        for y0, y1 in _fronts(plot.stream, lot.y0, lot.y1, (5, 10), _MIDTOWN_FRONT):
            _midtown_lot(plot, Rect(x0, y0, x1, y1))
    for k in range(6):
        plot.put(small_tree, lot.x0 + half + _MIDTOWN_YARD / 2, lot.y0 + 8 + k * 18)


def _midtown_lot(plot: Plot, rect: Rect) -> None:
    stream = plot.stream
    floors = stream.between(4, 8) + (stream.between(3, 9) if stream.chance(0.35) else 0)
    chance = stream.random()
    if chance < 0.05:
        parking(plot, rect)
    elif chance < 0.07 and rect.depth >= 28:
        building_site(plot, rect)
    elif chance < 0.12:
        plot.put(garage, rect)
    elif chance < 0.2:
        plot.put(setback_tower, rect, stream.between(12, 20))
    else:
        style, material = stream.pick(_MIDTOWN_STYLES), stream.pick(MASONRY)
        plot.put(building, rect, floors, style, material)


def rows(plot: Plot, lot: Rect) -> None:
    """Line both avenues with brownstones, with gardens behind them."""
    plot.fill(lot, Ground.GRASS)
    stream = plot.stream
    church_row = stream.below(_CHURCH_ODDS)
    for number, x0 in enumerate((lot.x0, lot.x1 - _ROW_DEPTH)):
        y0 = lot.y0
        if number == church_row:
            plot.put(church, x0 + 3, y0 + 2)
            y0 += CHURCH_DEPTH + 4
        _row(plot, Rect(x0, y0, x0 + _ROW_DEPTH, lot.y1))
    garden = Rect(lot.x0 + _ROW_DEPTH + 4, lot.y0 + 5, lot.x1 - _ROW_DEPTH - 4, lot.y1 - 5)
    for _ in range(12):
        x, y = stream.uniform(garden.x0, garden.x1), stream.uniform(garden.y0, garden.y1)
        plot.put(tree, x, y)


def _row(plot: Plot, row: Rect) -> None:
    stream = plot.stream
    material, y = stream.pick(WARM_MASONRY), row.y0
    while row.y1 - y >= _ROW_FRONT:
        left = row.y1 - y
        front = min(_UNIT * stream.between(4, 7), left) if left > 40 else left
        house = Rect(row.x0, y, row.x1, y + front)
        y += front
        if stream.chance(0.5):
            material = stream.pick(WARM_MASONRY)
        if stream.chance(0.07):
            parking(plot, house)
            continue
        plot.put(
            building,
            house,
            stream.between(3, 6),
            stream.pick(_ROW_STYLES),
            material,
            has_shops=stream.chance(0.45),
            roof=stream.pick(_ROW_ROOFS),
        )
