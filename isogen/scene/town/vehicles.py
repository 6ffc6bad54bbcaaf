"""A car, a taxi, a van, a truck, a bus."""

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Span
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.town.props import block
from isogen.seeds import Stream

HALF_CAR_M = 2.15
HALF_WIDTH_M = 0.95

COLORS = (
    Material.WHITE,
    Material.WHITE,
    Material.DARK,
    Material.GREY,
    Material.TIN,
    Material.RED,
    Material.RED,
    Material.GLASS,
    Material.GLASS,
    Material.TEAL,
    Material.YELLOW,
    Material.VERDIGRIS,
    Material.WHITE,
    Material.SKY,
    Material.CREAM,
)
LOADS = (Material.TERRA, Material.GLASS, Material.WHITE, Material.VERDIGRIS, Material.CREAM)
_WINDOWS = Look(Material.DARK, WallStyle.CAR_CABIN)


def build_car(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a car whose middle is the frame's."""
    paint = chance.pick(COLORS)
    _build_body(builder, frame, Look(paint, WallStyle.CAR_BODY))


def build_taxi(builder: MeshBuilder, frame: Frame, paint: Material) -> None:
    """Add a taxi: a car with a sign on its roof."""
    obj = _build_body(builder, frame, Look(paint, WallStyle.CAR_BODY))
    sign = Look(Material.YELLOW if paint is Material.DARK else Material.WHITE)
    block(builder, frame, Span(-0.4, 0.3, -0.4, 0.4, 2.8, 3.5), sign, sign, obj)


def _build_body(builder: MeshBuilder, frame: Frame, body: Look) -> int:
    obj, roof = builder.new_object(), Look(body.material)
    hull = Span(-HALF_CAR_M, HALF_CAR_M, -HALF_WIDTH_M, HALF_WIDTH_M, 0, 1.6)
    block(builder, frame, hull, body, roof, obj)
    block(builder, frame, Span(-1.3, 1.1, -0.85, 0.85, 1.6, 2.8), _WINDOWS, roof, obj)
    return obj


def build_van(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a delivery van whose middle is the frame's."""
    paint = chance.pick((Material.WHITE, Material.WHITE, Material.TAN, Material.OCHRE))
    obj = builder.new_object()
    body = Look(paint, WallStyle.CAR_BODY)
    roof = Look(paint)
    block(builder, frame, Span(-2.6, 1.6, -1.0, 1.0, 0, 3.4), body, roof, obj)
    block(builder, frame, Span(1.6, 2.5, -1.0, 1.0, 0, 1.6), body, roof, obj)
    block(builder, frame, Span(1.6, 2.2, -0.9, 0.9, 1.6, 3.0), _WINDOWS, roof, obj)


def build_truck(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a truck with a container or a tarpaulin behind its cab."""
    obj, paint = builder.new_object(), Look(chance.pick(COLORS), WallStyle.CAR_BODY)
    load = chance.pick(LOADS)
    block(builder, frame, Span(-4.8, 2.0, -1.2, 1.2, 0, 1), Look(Material.DARK), None, obj)
    box = Look(load, WallStyle.CONTAINER)
    top = Look(load, FlatStyle.CORRUGATED)
    block(builder, frame, Span(-4.8, 2.0, -1.25, 1.25, 1, 4.6), box, top, obj)
    block(builder, frame, Span(2.4, 4.6, -1.2, 1.2, 0, 2.2), paint, Look(paint.material), obj)
    block(builder, frame, Span(2.4, 4.4, -1.1, 1.1, 2.2, 3.8), _WINDOWS, Look(paint.material), obj)


def build_bus(builder: MeshBuilder, frame: Frame, paint: Material) -> None:
    """Add a city bus whose middle is the frame's."""
    obj = builder.new_object()
    sides = Look(paint, WallStyle.VEHICLE)
    block(builder, frame, Span(-6.0, 6.0, -1.3, 1.3, 0, 4), sides, Look(Material.WHITE), obj)
    hatch = Look(Material.GREY)
    for a in (-3.2, 2.0):
        block(builder, frame, Span(a, a + 1.2, -0.6, 0.6, 4, 4.5), hatch, hatch, obj)
    builder.cast(4, [[frame.at(a, b) for a, b in ((-6, -1.3), (6, -1.3), (6, 1.3), (-6, 1.3))]])
