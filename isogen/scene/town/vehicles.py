"""A car, a van, a bus."""

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Span
from isogen.mesh.vocabulary import Material, WallStyle
from isogen.scene.town.props import block
from isogen.seeds import Stream

HALF_CAR_M = 2.15
HALF_WIDTH_M = 0.95

COLORS = (
    Material.WHITE,
    Material.DARK,
    Material.GREY,
    Material.TIN,
    Material.RED,
    Material.SLATE,
    Material.DARK,
    Material.GLASS,
    Material.SAND,
    Material.WHITE,
)
BUS_COLORS = (Material.GLASS, Material.RED, Material.WHITE, Material.TEAL)
_WINDOWS = Look(Material.DARK, WallStyle.CAR_CABIN)


def build_car(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a car whose middle is the frame's."""
    paint = chance.pick(COLORS)
    obj = builder.new_object()
    body = Look(paint, WallStyle.CAR_BODY)
    roof = Look(paint)
    hull = Span(-HALF_CAR_M, HALF_CAR_M, -HALF_WIDTH_M, HALF_WIDTH_M, 0, 1.6)
    block(builder, frame, hull, body, roof, obj)
    block(builder, frame, Span(-1.3, 1.1, -0.85, 0.85, 1.6, 2.8), _WINDOWS, roof, obj)


def build_van(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a delivery van whose middle is the frame's."""
    paint = chance.pick((Material.WHITE, Material.WHITE, Material.TAN, Material.YELLOW))
    obj = builder.new_object()
    body = Look(paint, WallStyle.CAR_BODY)
    roof = Look(paint)
    block(builder, frame, Span(-2.6, 1.6, -1.0, 1.0, 0, 3.4), body, roof, obj)
    block(builder, frame, Span(1.6, 2.5, -1.0, 1.0, 0, 1.6), body, roof, obj)
    block(builder, frame, Span(1.6, 2.2, -0.9, 0.9, 1.6, 3.0), _WINDOWS, roof, obj)


def build_bus(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a city bus whose middle is the frame's."""
    paint = chance.pick(BUS_COLORS)
    obj = builder.new_object()
    sides = Look(paint, WallStyle.VEHICLE)
    block(builder, frame, Span(-6.0, 6.0, -1.3, 1.3, 0, 4), sides, Look(Material.WHITE), obj)
    builder.cast(4, [[frame.at(a, b) for a, b in ((-6, -1.3), (6, -1.3), (6, 1.3), (-6, 1.3))]])
