"""Small things that people put outdoors: huts, tents, swings, parasols, stones, crates."""

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Plan, Span, circle, cone, flat, gable, ribbon
from isogen.mesh.vocabulary import BallStyle, FlatStyle, Kind, Material, SlopeStyle, WallStyle
from isogen.scene.town.props import block, prism, upright
from isogen.seeds import Stream

_WOOD = Look(Material.WOOD)
_STEEL = Look(Material.TIN)
_RED = Look(Material.RED)
_YELLOW = Look(Material.YELLOW)
_DARK = Look(Material.DARK)
_HUTS = (Material.TERRA, Material.MINT, Material.OCHRE, Material.SKY, Material.WHITE, Material.TAN)
_ROOFS = (Material.TERRA, Material.SLATE, Material.DARK, Material.RUST)
_CLOTHS = (Material.RED, Material.WHITE, Material.GLASS, Material.YELLOW, Material.TEAL)
_CONTAINERS = (
    Material.RED,
    Material.GLASS,
    Material.TEAL,
    Material.OCHRE,
    Material.RUST,
    Material.GREY,
    Material.COPPER,
)
_STONES = (Material.GRANITE, Material.GREY, Material.WHITE, Material.DARK)


def build_hut(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a garden hut with a ridge roof, about 3 m long."""
    obj = builder.new_object()
    half, deep = chance.uniform(1.3, 1.8), chance.uniform(1.0, 1.3)
    sides = Look(chance.pick(_HUTS), WallStyle.SLATS)
    block(builder, frame, Span(-half, half, -deep, deep, 0, 2.6), sides, None, obj)
    roof = Look(chance.pick(_ROOFS), SlopeStyle.TILES)
    gable(builder, frame, Span(-half, half, -deep, deep, 2.6, 4.4), roof, sides, obj,
          overhang_m=0.25)  # fmt: skip
    builder.cast(3, [[frame.at(a, b) for a, b in _corners(half, deep)]])


def build_tent(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a ridge tent."""
    obj = builder.new_object()
    cloth = Look(chance.pick((*_CLOTHS, Material.OCHRE)))
    gable(builder, frame, Span(-1.5, 1.5, -1.2, 1.2, 0, 2.6), cloth, cloth, obj)
    builder.cast(1.5, [[frame.at(a, b) for a, b in _corners(1.5, 1.0)]])


def _corners(half: float, deep: float) -> tuple[Plan, Plan, Plan, Plan]:
    return (-half, -deep), (half, -deep), (half, deep), (-half, deep)


def build_trampoline(builder: MeshBuilder, place: Plan, chance: Stream) -> None:
    """Add a round trampoline with a colored rim."""
    obj = builder.new_object()
    rim = Look(chance.pick((Material.GLASS, Material.TEAL, Material.MINT)))
    prism(builder, circle(place, 1.8, 12), (0.6, 1.2), rim, rim, obj)
    flat(builder, [circle(place, 1.35, 12)], 1.25, _DARK, obj)
    builder.cast(1, [circle(place, 1.7, 8)])


def build_swing(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a frame with two swings."""
    obj = builder.new_object()
    post = Look(chance.pick((Material.RED, Material.GLASS, Material.WOOD)))
    for a in (-2.0, 2.0):
        upright(builder, frame.at(a, 0), 0.6, (0, 4), post, obj)
    ribbon(builder, frame.lift(-2, 0, 3.6), frame.lift(2, 0, 3.6), 0.8, post, obj)
    for a in (-0.8, 0.8):
        upright(builder, frame.at(a, 0), 0.6, (0.9, 1.7), _YELLOW, obj)


def build_slide(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a climbing tower with a pointed roof and a slide."""
    obj = builder.new_object()
    block(builder, frame, Span(-1, 1, -1, 1, 0, 3), Look(Material.WOOD, WallStyle.SLATS), _WOOD,
          obj)  # fmt: skip
    ring = [frame.at(a * 1.25, b * 1.25) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    for corner in ring:
        upright(builder, corner, 0.5, (3, 5), _WOOD, obj)
    roof = Look(chance.pick((Material.RED, Material.GLASS, Material.TEAL, Material.YELLOW)))
    cone(builder, ring, frame.lift(0, 0, 7.5), 5, roof, obj)
    tip = [frame.lift(4.2, -0.6, 0.2), frame.lift(4.2, 0.6, 0.2)]
    chute = [frame.lift(1, -0.6, 2.8), *tip, frame.lift(1, 0.6, 2.8)]
    builder.polygon(chute, _YELLOW, Kind.SLOPE, obj)
    builder.cast(5, [ring])


def build_spider(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a pyramid of ropes, a seesaw or a carousel."""
    obj = builder.new_object()
    kind = chance.below(3)
    if kind == 0:
        upright(builder, frame.center, 0.5, (0, 6), _STEEL, obj)
        for a, b in _corners(2.2, 2.2):
            ribbon(builder, frame.lift(a, b, 0), frame.lift(0, 0, 5.4), 0.7, _RED, obj)
    elif kind == 1:
        upright(builder, frame.center, 0.8, (0, 1), _DARK, obj)
        ribbon(builder, frame.lift(-2, 0, 0.4), frame.lift(2, 0, 1.8), 0.9, _RED, obj)
    else:
        ring = circle(frame.center, 1.5, 10)
        prism(builder, ring, (0.3, 0.9), Look(Material.GLASS), Look(Material.YELLOW), obj)
        upright(builder, frame.center, 0.5, (0.9, 2.2), _RED, obj)


def build_washing(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a line of washing between two posts."""
    obj = builder.new_object()
    for a in (-1.8, 1.8):
        upright(builder, frame.at(a, 0), 0.5, (0, 2.6), _STEEL, obj)
    for k in range(4):
        a = -1.5 + k * 0.8
        cloth = Look(chance.pick((*_CLOTHS, Material.WHITE, Material.PINK)))
        low = chance.uniform(0.8, 1.4)
        ribbon(builder, frame.lift(a, 0, low), frame.lift(a + 0.7, 0, low), 2.4 - low, cloth, obj)


def build_parasol(builder: MeshBuilder, place: Plan, chance: Stream) -> None:
    """Add a parasol with a towel beside it."""
    obj = builder.new_object()
    cloth = Look(chance.pick(_CLOTHS))
    upright(builder, place, 0.5, (0, 3), Look(Material.WHITE), obj)
    cone(builder, circle(place, 1.45, 8), (*place, 4.4), 2.9, cloth, obj)
    builder.cast(3, [circle(place, 1.3, 8)])
    build_towel(builder, (place[0] + 1.6, place[1] - 1.4), chance)


def build_towel(builder: MeshBuilder, place: Plan, chance: Stream) -> None:
    """Add a towel; somebody may lie on it."""
    obj = builder.new_object()
    frame = Frame(place, builder.camera.right)
    ring = [frame.at(a, b) for a, b in _corners(0.6, 1.1)]
    flat(builder, [ring], 0.08, Look(chance.pick(_CLOTHS)), obj)
    if chance.chance(0.5):
        body = [frame.at(a, b) for a, b in _corners(0.3, 0.8)]
        flat(builder, [body], 0.3, Look(Material.PEACH), obj)


def build_grave(builder: MeshBuilder, place: Plan, chance: Stream) -> None:
    """Add a gravestone, now and then a cross."""
    obj = builder.new_object()
    stone = Look(chance.pick(_STONES))
    if chance.chance(0.12):
        upright(builder, place, 0.55, (0, 2.6), stone, obj)
        upright(builder, place, 1.7, (1.5, 2.1), stone, obj)
    else:
        upright(builder, place, 1.15, (0, chance.uniform(1.2, 2.1)), stone, obj)


def build_bale(builder: MeshBuilder, place: Plan, chance: Stream) -> None:
    """Add a round bale of hay; some are wrapped in white."""
    obj = builder.new_object()
    wrap = chance.pick((Material.WHITE, Material.CREAM, Material.SAND))
    look = Look(wrap, BallStyle.DOME, chance.below(1 << 15))
    builder.ball((*place, 1.3), 1.5, 1.6, look, obj)
    builder.cast(1.8, [circle(place, 1.4, 8)])


def build_boulder(builder: MeshBuilder, place: Plan, chance: Stream) -> None:
    """Add one or two boulders."""
    obj = builder.new_object()
    for _ in range(chance.between(1, 3)):
        look = Look(Material.GRANITE, BallStyle.DOME, chance.below(1 << 15))
        size = chance.uniform(0.7, 1.7)
        at = place[0] + chance.uniform(-1, 1), place[1] + chance.uniform(-1, 1)
        builder.ball((*at, size * 0.3), size, size * 0.9, look, obj)


def build_heap(builder: MeshBuilder, place: Plan, chance: Stream) -> None:
    """Add a heap of sand, gravel or earth."""
    obj = builder.new_object()
    look = Look(chance.pick((Material.SAND, Material.GRAVEL, Material.TAN, Material.SETTS)))
    size = chance.uniform(1.8, 3.6)
    cone(builder, circle(place, size, 8), (*place, size * 1.0), 0, look, obj)
    builder.cast(size * 0.6, [circle(place, size * 0.5, 8)])


def build_containers(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a stack of one to three containers."""
    obj = builder.new_object()
    high = chance.pick((1, 1, 2, 2, 3))
    for layer in range(high):
        paint = chance.pick(_CONTAINERS)
        span = Span(-3.0, 3.0, -1.2, 1.2, layer * 3.1, (layer + 1) * 3.1)
        top = Look(paint, FlatStyle.RIBBED)
        block(builder, frame, span, Look(paint, WallStyle.CONTAINER), top, obj)
    builder.cast(high * 3.1, [[frame.at(a, b) for a, b in _corners(3.0, 1.2)]])


def build_crates(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add pallets and crates."""
    obj = builder.new_object()
    for _ in range(chance.between(2, 5)):
        a, b = chance.uniform(-1.6, 1.6), chance.uniform(-1.4, 1.4)
        look = Look(chance.pick((Material.TAN, Material.OCHRE, Material.TIN)))
        top = Look(look.material)
        span = Span(a - 0.7, a + 0.7, b - 0.6, b + 0.6, 0, chance.uniform(0.6, 2.2))
        block(builder, frame, span, look, top, obj)


def build_pipes(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a stack of beams or pipes."""
    obj = builder.new_object()
    look = Look(chance.pick((Material.TIN, Material.RUST, Material.TAN, Material.GREY)))
    block(builder, frame, Span(-3, 3, -0.9, 0.9, 0, 0.9), look, look, obj)
    block(builder, frame, Span(-3, 3, -0.45, 0.45, 0.9, 1.7), look, look, obj)


def build_digger(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add an excavator with its arm out."""
    obj = builder.new_object()
    paint = Look(chance.pick((Material.YELLOW, Material.OCHRE, Material.COPPER)))
    block(builder, frame, Span(-1.8, 1.8, -1.3, 1.3, 0, 1), _DARK, _DARK, obj)
    block(builder, frame, Span(-1.8, 1.2, -1.1, 1.1, 1, 3), paint, paint, obj)
    cabin = Look(Material.DARK, WallStyle.CAR_CABIN)
    block(builder, frame, Span(0, 1.2, -1.0, 0.2, 3, 4.4), cabin, paint, obj)
    ribbon(builder, frame.lift(1, 0.5, 2.4), frame.lift(3.6, 0.5, 5.4), 0.9, paint, obj)
    ribbon(builder, frame.lift(3.6, 0.5, 5.4), frame.lift(5, 0.5, 1.2), 0.9, paint, obj)
    builder.cast(3, [[frame.at(a, b) for a, b in _corners(1.7, 1.1)]])


def build_table(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a table with benches, sometimes under a parasol."""
    obj = builder.new_object()
    block(builder, frame, Span(-1, 1, -0.4, 0.4, 0, 1.2), _WOOD, Look(Material.TAN), obj)
    for b in (-0.95, 0.95):
        block(builder, frame, Span(-1, 1, b - 0.2, b + 0.2, 0, 0.6), _WOOD, _WOOD, obj)
    if chance.chance(0.3):
        build_parasol(builder, frame.center, chance)
