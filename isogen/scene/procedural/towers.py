"""Towers of downtown: setbacks with crowns, glass slabs, podiums."""

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import FlatStyle, Material, SlopeStyle, WallStyle
from isogen.scene.procedural.buildings import building
from isogen.scene.procedural.greenery import shrub
from isogen.scene.procedural.lattice import Rect, around
from isogen.scene.procedural.looks import GRAVEL_ROOF, MEMBRANE_ROOF, STONE, face_seed
from isogen.scene.procedural.rooftops import furnish
from isogen.scene.procedural.solids import PLAIN, BlockBuilder, circle
from isogen.seeds import Stream

_STOREY = 4

_TIERS = (0.28, 0.26, 0.24, 0.22)
"""Shares of the storeys between one setback and the next."""

_SETBACK_FROM = 22
"""Narrowest plan that steps back."""

_TOWER_STYLES = (
    WallStyle.DECO_PIERS,
    WallStyle.DECO_PIERS,
    WallStyle.SLOTS,
    WallStyle.PUNCHED,
    WallStyle.OFFICE_GRID,
)
_CAPS = (Material.COPPER, Material.COPPER, Material.BROWN, Material.YELLOW)

_SKINS = (
    (Material.GLASS, WallStyle.CURTAIN),
    (Material.TEAL, WallStyle.CURTAIN),
    (Material.DARK, WallStyle.DARK_CURTAIN),
    (Material.GLASS, WallStyle.CURTAIN),
    (Material.WHITE, WallStyle.RIBBON),
    (Material.GLASS, WallStyle.RIBBON),
    (Material.BROWN, WallStyle.DARK_CURTAIN),
)
_PLANT_ROOM = Look(Material.GREY, WallStyle.LOUVRES)
_HELIPAD = Look(Material.WHITE, FlatStyle.HELIPAD)

_CHAMFER, _SLAB_STEP = 6, 5
_PODIUM_FLOORS, _PODIUM_INSET = 3, 14


def setback_tower(
    builder: BlockBuilder, stream: Stream, rect: Rect, floors: int, z: float = 0
) -> None:
    """Put up a tower of stone that steps back as it rises."""
    obj, seed = builder.new_object(), face_seed(stream)
    material, style = stream.pick(STONE), stream.pick(_TOWER_STYLES)
    top = Look(Material.GRAVEL, FlatStyle.GRAVEL, seed)
    for tier, share in enumerate(_TIERS):
        shops = WallStyle.SHOPFRONT if z == 0 else 0
        above = z + int(floors * share) * _STOREY + 2
        builder.box(rect, (z, above), Look(material, style + shops, seed), top, obj)
        z, narrow = above, min(rect.width, rect.depth)
        if tier < len(_TIERS) - 1 and narrow > _SETBACK_FROM:
            if stream.chance(0.4):
                _terrace(builder, rect, z)
            rect = rect.inset(4 if narrow < 40 else 6)
    _crown(builder, stream, rect, z, Look(material, WallStyle.DECO_PIERS, seed), obj)


def _terrace(builder: BlockBuilder, rect: Rect, z: float) -> None:
    corners = (rect.x0 + 2, rect.y0 + 2), (rect.x1 - 3, rect.y0 + 2), (rect.x1 - 3, rect.y1 - 3)
    for x, y in corners:
        shrub(builder, (x, y, z + 1.6), 0)


def _crown(
    builder: BlockBuilder, stream: Stream, rect: Rect, z: float, wall: Look, obj: int
) -> None:
    chance = stream.random()
    if chance < 0.4:
        _pyramid_crown(builder, stream, rect, z, wall.material, obj)
    elif chance < 0.7:
        _stepped_crown(builder, rect, z, wall, obj)
    else:
        furnish(builder, stream, rect, z)


def _pyramid_crown(
    builder: BlockBuilder, stream: Stream, rect: Rect, z: float, material: Material, obj: int
) -> None:
    height = rect.width * stream.uniform(0.7, 1.3)
    builder.box(rect.inset(2), (z, z + 5), PLAIN[material], obj=obj)
    cap = Look(stream.pick(_CAPS), SlopeStyle.TILES)
    builder.hip(rect.inset(1), (z + 5, z + 5 + height), cap, obj)
    mast = around(*rect.center, 0.5, 0.5)
    heights = (z + 3 + height, z + 12 + height)
    builder.prop(mast, heights, PLAIN[Material.DARK], obj=obj)


def _stepped_crown(builder: BlockBuilder, rect: Rect, z: float, wall: Look, obj: int) -> None:
    for _ in range(3):
        narrow = min(rect.width, rect.depth)
        if narrow < 9:
            break
        rect = rect.inset(narrow / 7)
        builder.box(rect, (z, z + 7), wall, PLAIN[Material.GRAVEL], obj)
        z += 7
    x, y = rect.center
    drum, mast = circle(x, y, 2, 8), around(x, y, 0.5, 0.5)
    builder.prism(drum, (z, z + 10), PLAIN[Material.GREY], obj=obj)
    builder.prop(mast, (z + 10, z + 30), PLAIN[Material.WHITE], obj=obj)


def glass_tower(builder: BlockBuilder, stream: Stream, rect: Rect) -> None:
    """Put up a tower of glass: two slabs, a chamfered shaft or a plain one."""
    material, style = stream.pick(_SKINS)
    height, seed = stream.between(20, 36) * _STOREY, face_seed(stream)
    skin = Look(material, style, seed)
    chance = stream.random()
    if chance < 0.3 and min(rect.width, rect.depth) > 26:
        _slabs(builder, stream, rect, height, skin)
    elif chance < 0.55:
        _chamfered(builder, rect, height, skin)
    else:
        _shaft(builder, stream, rect, height, skin)


def _slabs(builder: BlockBuilder, stream: Stream, rect: Rect, height: int, skin: Look) -> None:
    middle = rect.center[0]
    lower = int(height * 0.76) // _STOREY * _STOREY
    back = Rect(rect.x0, rect.y0 + _SLAB_STEP, middle, rect.y1)
    front = Rect(middle, rect.y0, rect.x1, rect.y1 - _SLAB_STEP)
    builder.box(back, (0, height), skin, MEMBRANE_ROOF)
    builder.box(front, (0, lower), Look(skin.material, skin.style, skin.seed + 1), GRAVEL_ROOF)
    furnish(builder, stream, front, lower)
    furnish(builder, stream, back, height, 0.6)


def _chamfered(builder: BlockBuilder, rect: Rect, height: int, skin: Look) -> None:
    x0, y0, x1, y1 = rect
    c = _CHAMFER
    plan = [
        (x0 + c, y0), (x1 - c, y0), (x1, y0 + c), (x1, y1 - c),
        (x1 - c, y1), (x0 + c, y1), (x0, y1 - c), (x0, y0 + c),
    ]  # fmt: skip
    builder.prism(plan, (0, height), skin, MEMBRANE_ROOF)
    builder.box(rect.inset(8), (height, height + 7), _PLANT_ROOM, _HELIPAD)


def _shaft(builder: BlockBuilder, stream: Stream, rect: Rect, height: int, skin: Look) -> None:
    builder.box(rect, (0, height), skin, GRAVEL_ROOF)
    chance = stream.random()
    top = GRAVEL_ROOF if chance < 0.55 else _HELIPAD
    builder.box(rect.inset(5), (height, height + 6), _PLANT_ROOM, top)
    if chance > 0.67:
        mast = Rect(rect.x0 + 8, rect.y0 + 8, rect.x0 + 9, rect.y0 + 9)
        stripes = Look(Material.RED, WallStyle.STACK)
        builder.prop(mast, (height + 6, height + 34), stripes)


def podium_tower(builder: BlockBuilder, stream: Stream, rect: Rect) -> None:
    """Put up a tower on a podium that fills the lot."""
    roof = building(
        builder,
        stream,
        rect,
        _PODIUM_FLOORS,
        WallStyle.OFFICE_GRID,
        stream.pick(STONE),
        roof=GRAVEL_ROOF,
    )
    setback_tower(builder, stream, rect.inset(_PODIUM_INSET), stream.between(22, 40), roof)
