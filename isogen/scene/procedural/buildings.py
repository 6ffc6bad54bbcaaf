"""Single buildings of common kinds: masonry blocks, houses, garages, churches."""

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import FlatStyle, Material, SlopeStyle, WallStyle
from isogen.scene.procedural.lattice import Rect, around
from isogen.scene.procedural.looks import ROOFS, face_seed
from isogen.scene.procedural.rooftops import furnish
from isogen.scene.procedural.solids import PLAIN, BlockBuilder
from isogen.scene.procedural.street_things import car
from isogen.seeds import Stream

_STOREY = {
    WallStyle.PUNCHED: 5,
    WallStyle.FIRE_ESCAPE: 5,
    WallStyle.TALL_WINDOWS: 6,
    WallStyle.OFFICE_GRID: 4,
    WallStyle.DECO_PIERS: 4,
    WallStyle.RIBBON: 4,
    WallStyle.SLOTS: 4,
}
"""Rises of a storey, as the wall's windows repeat."""

_SHOP_FLOOR, _PARAPET = 7, 3
_GARAGE_STOREY = 6

_HOUSE_WALLS = (
    Material.WHITE,
    Material.CREAM,
    Material.TAN,
    Material.BRICK,
    Material.GLASS,
    Material.WHITE,
    Material.SAND,
)
_HOUSE_ROOFS = (
    Material.TERRA,
    Material.BROWN,
    Material.DARK,
    Material.SLATE,
    Material.BRICK,
    Material.SLATE,
    Material.COPPER,
)
HOUSE_WIDTH, HOUSE_DEPTH = 18, 16

_CHURCH_WALLS = (Material.GREY, Material.TAN, Material.BRICK, Material.WHITE)
_CHURCH_ROOFS = (Material.DARK, Material.COPPER, Material.TERRA)
CHURCH_DEPTH = 48


def building(
    builder: BlockBuilder,
    stream: Stream,
    rect: Rect,
    floors: int,
    style: WallStyle,
    material: Material,
    *,
    has_shops: bool = True,
    roof: Look | None = None,
) -> float:
    """Put up a flat-roofed building. Returns the height of its roof."""
    z = floors * _STOREY[style] + (_SHOP_FLOOR if has_shops else 0) + _PARAPET
    shops = WallStyle.SHOPFRONT if has_shops else 0
    seed = face_seed(stream)
    roof = roof or stream.pick(ROOFS)
    top = Look(roof.material, roof.style, seed)
    builder.box(rect, (0, z), Look(material, style + shops, seed), top)
    furnish(builder, stream, rect, z)
    return z


def house(builder: BlockBuilder, stream: Stream, x: float, y: float) -> None:
    """Put up a detached house with a chimney, now and then with a porch."""
    wall, roof = stream.pick(_HOUSE_WALLS), stream.pick(_HOUSE_ROOFS)
    along_x = stream.chance(0.5)
    eaves, seed = stream.between(7, 15), face_seed(stream)
    rect = Rect(x, y, x + HOUSE_WIDTH, y + HOUSE_DEPTH)
    obj = builder.box(rect, (0, eaves), Look(wall, WallStyle.CLAPBOARD, seed))
    tiles = Look(roof, SlopeStyle.TILES, seed)
    if stream.chance(0.35):
        builder.hip(rect.inset(-1), (eaves, eaves + 7), tiles, obj)
    else:
        builder.gable(rect, (eaves, eaves + 8), tiles, PLAIN[wall], obj, along_x=along_x)
    chimney = Rect(x + 12.6, y + 9.6, x + 14.6, y + 11.6)
    brick, flue = PLAIN[Material.BRICK], PLAIN[Material.DARK]
    builder.prop(chimney, (eaves, eaves + 10), brick, flue, obj)
    if stream.chance(0.4):
        porch = Rect(x + 3, y - 5, x + 11, y)
        columns = Look(Material.WHITE, WallStyle.COLONNADE, seed)
        builder.box(porch, (0, 5), columns, Look(roof, FlatStyle.CORRUGATED))


def garage(builder: BlockBuilder, stream: Stream, rect: Rect) -> None:
    """Put up a parking garage with cars on its roof."""
    z = stream.between(3, 6) * _GARAGE_STOREY + 2
    walls = Look(Material.WHITE, WallStyle.GARAGE, face_seed(stream))
    builder.box(rect, (0, z), walls, Look(Material.ROAD, FlatStyle.PARKING))
    for y in range(int(rect.y0) + 3, int(rect.y1) - 5, 5):
        for x in (rect.x0 + 3, rect.x1 - 10):
            if stream.chance(0.6):
                car(builder, stream, x, y, along_x=True, z=z)


def church(builder: BlockBuilder, stream: Stream, x: float, y: float) -> None:
    """Put up a church: a nave along Y and a tower with a spire at its low-Y end."""
    material, covering = stream.pick(_CHURCH_WALLS), stream.pick(_CHURCH_ROOFS)
    wall, roof = Look(material, WallStyle.CHURCH), Look(covering, SlopeStyle.TILES)
    nave = Rect(x, y + 10, x + 20, y + CHURCH_DEPTH)
    obj = builder.box(nave, (0, 18), wall)
    builder.gable(nave, (18, 31), roof, PLAIN[material], obj, along_x=False)
    tower = Rect(x + 4, y, x + 16, y + 12)
    spire = builder.box(tower, (0, 38), wall)
    builder.hip(tower.inset(-1), (38, 70), roof, spire)
    cross = around(x + 10, y + 6, 0.5, 0.5)
    builder.prop(cross, (66, 75), PLAIN[Material.YELLOW], obj=spire)
