"""Districts of the outskirts: suburbs, housing estates, schools, malls."""

import numpy as np

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import FlatStyle, Ground, Material, WallStyle
from isogen.scene.procedural.buildings import building, house
from isogen.scene.procedural.greenery import hedge, small_tree, tree
from isogen.scene.procedural.lattice import Rect
from isogen.scene.procedural.looks import GRAVEL_ROOF, MEMBRANE_ROOF, SIGNS, face_seed
from isogen.scene.procedural.plot import Plot
from isogen.scene.procedural.rooftops import furnish
from isogen.scene.procedural.solids import PLAIN, BlockBuilder
from isogen.scene.procedural.street_things import car, person
from isogen.scene.procedural.yards import parking
from isogen.seeds import Stream

_GARDEN_DEPTH, _GARDEN_WIDTH = 27, 36

_SLABS, _SLAB_PITCH = 3, 36
_SLAB_WALLS = (Material.WHITE, Material.TAN, Material.BRICK, Material.CREAM, Material.SLATE)
_SLAB_STYLES = (WallStyle.OFFICE_GRID, WallStyle.RIBBON, WallStyle.PUNCHED)

_SCHOOL_WALLS = (Material.BRICK, Material.TAN, Material.CREAM)
_TRACK_STRAIGHT, _TRACK_LANE, _TRACK_OUTER, _TRACK_INNER = 16, 24, 28, 20
_PITCH_HALF_X, _PITCH_HALF_Y = 20, 15

_STORE_HEIGHT = 15
_STORE_WALLS = (Material.WHITE, Material.CREAM, Material.TAN)
_AISLE, _BAY = 20, 4


def suburb(plot: Plot, lot: Rect) -> None:
    """Put houses in gardens along both avenues."""
    plot.fill(lot, Ground.GRASS)
    count = max(int(lot.depth // _GARDEN_DEPTH), 1)
    for is_east in (False, True):
        for k in range(count):
            x = lot.x1 - _GARDEN_WIDTH - 2 if is_east else lot.x0 + 2
            _garden(plot, x, lot.y0 + k * lot.depth // count, is_east=is_east)


def _garden(plot: Plot, x: float, y: float, *, is_east: bool) -> None:
    stream = plot.stream
    hx, hy = x + (12 if is_east else 6), y + 7
    plot.put(house, hx, hy)
    walk = (hx + 18, x + _GARDEN_WIDTH + 4) if is_east else (x - 2, hx)
    plot.fill(Rect(walk[0], hy + 4, walk[1], hy + 7), Ground.LOT)
    if stream.chance(0.6):
        plot.fill(Rect(hx + 1, hy + 17, hx + 17, hy + 21), Ground.LOT)
        plot.put(car, hx + 4, hy + 17, along_x=True)
    if stream.chance(0.3):
        plot.put(_pool, x if is_east else x + 26, hy + 3)
    for _ in range(3):
        grow = small_tree if stream.chance(0.5) else tree
        plot.put(grow, stream.uniform(x + 1, x + 34), y + stream.uniform(0, 4))
    plot.put(hedge, Rect(x, y, x + _GARDEN_WIDTH, y + 1))
    for _ in range(2):
        bed = hx + stream.below(12), hx + stream.between(12, 18)
        plot.fill(Rect(bed[0], hy - 2, bed[1], hy), Ground.FLOWERS)


def _pool(builder: BlockBuilder, _: Stream, x: float, y: float) -> None:
    rect = Rect(x, y, x + 7, y + 9)
    water = Look(Material.TEAL, FlatStyle.POOL)
    builder.prop(rect, (0, 0.6), PLAIN[Material.WHITE], water)


def estate(plot: Plot, lot: Rect) -> None:
    """Stand slab blocks in a park, with a car park beside them."""
    plot.fill(lot, Ground.GRASS)
    stream = plot.stream
    material, style = stream.pick(_SLAB_WALLS), stream.pick(_SLAB_STYLES)
    for k in range(_SLABS):
        y = lot.y0 + 8 + k * _SLAB_PITCH
        plot.fill(Rect(lot.x0, y - 6, lot.x1, y - 3), Ground.PATH)
        slab = Rect(lot.x0 + 8, y, lot.x0 + 52, y + 16)
        floors = stream.between(7, 13)
        plot.put(building, slab, floors, style, material, has_shops=False, roof=GRAVEL_ROOF)
    parking(plot, Rect(lot.x1 - 21, lot.y0 + 4, lot.x1 - 3, lot.y1 - 4))
    for _ in range(26):
        x, y = stream.uniform(lot.x0 + 3, lot.x1 - 25), stream.uniform(lot.y0 + 3, lot.y1 - 3)
        if (y - lot.y0 - 8) % _SLAB_PITCH > 20:
            plot.put(tree, x, y)


def school(plot: Plot, lot: Rect) -> None:
    """Lay out a running track around a pitch, a court and a school."""
    plot.fill(lot, Ground.GRASS)
    stream, (x0, y0, x1, y1) = plot.stream, lot
    _track(plot, lot, (lot.center[0], y0 + 38))
    material, style = stream.pick(_SCHOOL_WALLS), WallStyle.TALL_WINDOWS
    wings = Rect(x0 + 4, y1 - 40, x0 + 24, y1 - 4), Rect(x0 + 24, y1 - 20, x1 - 16, y1 - 4)
    for wing in wings:
        plot.put(building, wing, 3, style, material, has_shops=False)
    court = Rect(x0 + 26, y1 - 42, x1 - 18, y1 - 22)
    plot.fill(court, Ground.COURT)
    for x in (court.x0, court.x0 + 14, court.x1 - 1):
        plot.fill(Rect(x, court.y0, x + 1, court.y1), Ground.LINE)
    for k in range(9):
        plot.put(tree, x1 - 6, y0 + 6 + k * 12)
        px, py = stream.uniform(court.x0 + 2, court.x1 - 2), stream.uniform(y1 - 40, y1 - 24)
        plot.put(person, px, py)


def _track(plot: Plot, lot: Rect, center: tuple[float, float]) -> None:
    x, y = plot.centers(lot)
    dx, dy = np.abs(x - center[0]), np.abs(y - center[1])
    away = np.sqrt(np.maximum(dx - _TRACK_STRAIGHT, 0) ** 2 + dy**2)
    view = plot.view(lot)
    view[away < _TRACK_OUTER] = Ground.RED_COURT
    view[(away < _TRACK_OUTER) & (np.abs(away - _TRACK_LANE) < 0.5)] = Ground.LINE
    view[away < _TRACK_INNER] = Ground.MOWN
    sides = (np.abs(dx - _PITCH_HALF_X) < 0.6) & (dy < _PITCH_HALF_Y)
    ends = (np.abs(dy - _PITCH_HALF_Y) < 0.6) & (dx < _PITCH_HALF_X)
    view[sides | ends | ((dx < 0.6) & (dy < _PITCH_HALF_Y))] = Ground.LINE


def mall(plot: Plot, lot: Rect) -> None:
    """Put a big store behind its car park."""
    plot.fill(lot, Ground.PARKING)
    stream, (x0, y0, _, y1) = plot.stream, lot
    plot.put(_store, Rect(x0 + 2, y0 + 62, lot.x1 - 2, y1 - 2))
    plot.put(_store_signs, lot, stream.pick(SIGNS))
    for x in range(int(x0) + 4, int(lot.x1) - 12, _AISLE):
        for y in range(int(y0) + 3, int(y0) + 54, _BAY):
            for side in (0, 8):
                plot.fill(Rect(x + side, y, x + side + 7, y + 1), Ground.LINE)
                if stream.chance(0.6) and y < y0 + 50:
                    plot.put(car, x + side, y + 1, along_x=True)
    for k in range(8):
        plot.put(small_tree, x0 + 1, y0 + 5 + k * 7)


def _store(builder: BlockBuilder, stream: Stream, rect: Rect) -> None:
    walls = Look(stream.pick(_STORE_WALLS), WallStyle.SHOPFRONT, face_seed(stream))
    builder.box(rect, (0, _STORE_HEIGHT), walls, MEMBRANE_ROOF)
    furnish(builder, stream, rect, _STORE_HEIGHT, 0.5)


def _store_signs(builder: BlockBuilder, stream: Stream, lot: Rect, color: Material) -> None:
    sign, top = Look(color, WallStyle.BILLBOARD, face_seed(stream)), PLAIN[color]
    x, y = lot.x1, lot.y0
    builder.box(Rect(lot.x0 + 30, y + 59, lot.x0 + 54, y + 62), (0, 21), sign, top)
    post = Rect(x - 5, y + 4, x - 3, y + 6)
    obj = builder.prop(post, (0, 26), PLAIN[Material.GREY])
    builder.box(Rect(x - 8, y + 4, x, y + 6), (26, 34), sign, top, obj)
