"""Small things of streets and stations, each built upright at a frame."""

from collections.abc import Callable, Mapping

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Span, circle
from isogen.mesh.vocabulary import Kind, Material, WallStyle
from isogen.scene.town.props import block, prism, upright

Build = Callable[[MeshBuilder, Frame], None]

_DARK, _WHITE, _GREY = Look(Material.DARK), Look(Material.WHITE), Look(Material.GREY)
_RED, _GREEN, _YELLOW = Look(Material.RED), Look(Material.LEAF), Look(Material.YELLOW)
_GLASS, _WOOD, _STONE = Look(Material.GLASS), Look(Material.WOOD), Look(Material.GRANITE)
_BOOM = Look(Material.RED, WallStyle.HAZARD)


def _cube(builder: MeshBuilder, frame: Frame, span: Span, sides: Look, top: Look) -> None:
    block(builder, frame, span, sides, top, builder.new_object())


def build_bin(builder: MeshBuilder, frame: Frame) -> None:
    """Add a litter bin."""
    _cube(builder, frame, Span(-0.35, 0.35, -0.35, 0.35, 0, 1.2), _GREEN, _DARK)


def build_bottle_bank(builder: MeshBuilder, frame: Frame) -> None:
    """Add three containers for what is recycled."""
    for k, look in enumerate((_GREEN, _GLASS, _YELLOW)):
        a = (k - 1) * 1.9
        _cube(builder, frame, Span(a - 0.8, a + 0.8, -0.8, 0.8, 0, 2), look, _DARK)


def build_post_box(builder: MeshBuilder, frame: Frame) -> None:
    """Add a post box on its foot."""
    obj = builder.new_object()
    upright(builder, frame.center, 0.5, (0, 1), _DARK, obj)
    block(builder, frame, Span(-0.4, 0.4, -0.4, 0.4, 1, 2.2), _RED, _RED, obj)


def build_phone_box(builder: MeshBuilder, frame: Frame) -> None:
    """Add a red phone box with glass on all sides."""
    obj = builder.new_object()
    glass = Look(Material.RED, WallStyle.DORMER)
    block(builder, frame, Span(-0.6, 0.6, -0.6, 0.6, 0, 3.2), glass, None, obj)
    block(builder, frame, Span(-0.7, 0.7, -0.7, 0.7, 3.2, 3.8), _RED, _RED, obj)


def build_bollard(builder: MeshBuilder, frame: Frame) -> None:
    """Add a bollard."""
    upright(builder, frame.center, 0.6, (0, 1.1), _DARK, builder.new_object())


def build_bicycles(builder: MeshBuilder, frame: Frame) -> None:
    """Add a stand with bicycles."""
    obj = builder.new_object()
    for k, look in enumerate((_GLASS, _RED, _DARK, _YELLOW)):
        place = frame.at((k - 1.5) * 1.0, 0)
        upright(builder, place, 0.5, (0, 1.3), look, obj)


def build_hydrant(builder: MeshBuilder, frame: Frame) -> None:
    """Add a hydrant."""
    upright(builder, frame.center, 0.6, (0, 1.2), _RED, builder.new_object())


def build_cabinet(builder: MeshBuilder, frame: Frame) -> None:
    """Add a street cabinet."""
    _cube(builder, frame, Span(-0.7, 0.7, -0.3, 0.3, 0, 1.8), _GREY, _GREY)


def build_charger(builder: MeshBuilder, frame: Frame) -> None:
    """Add a charging post."""
    _cube(builder, frame, Span(-0.35, 0.35, -0.25, 0.25, 0, 2.2), _WHITE, _GREEN)


def build_metro_sign(builder: MeshBuilder, frame: Frame) -> None:
    """Add the stairs to an underground station, railed, with its sign on a pole."""
    obj = builder.new_object()
    block(builder, frame, Span(-3, 3, -1.5, 1.5, 0, 1.2), _GREY, _DARK, obj)
    upright(builder, frame.at(3.2, 0), 0.6, (0, 6), _DARK, obj)
    block(builder, frame, Span(2.5, 3.9, -0.3, 0.3, 6, 8), Look(Material.OCHRE), None, obj)


def build_billboard(builder: MeshBuilder, frame: Frame) -> None:
    """Add a billboard on two posts, turned to the viewer."""
    obj, right = builder.new_object(), builder.camera.right
    to_viewer = Frame(frame.center, right)
    for a in (-1.8, 1.8):
        upright(builder, to_viewer.at(a, 0), 0.6, (0, 4), _DARK, obj)
    (e0, n0), (e1, n1) = to_viewer.at(-3, 0), to_viewer.at(3, 0)
    corners = [(e0, n0, 3.0), (e1, n1, 3.0), (e1, n1, 8.0), (e0, n0, 8.0)]
    builder.polygon(corners, Look(Material.SKY, WallStyle.BILLBOARD), Kind.WALL, obj)


def build_town_clock(builder: MeshBuilder, frame: Frame) -> None:
    """Add a clock on a post."""
    obj = builder.new_object()
    upright(builder, frame.center, 0.6, (0, 5), _DARK, obj)
    upright(builder, frame.center, 1.8, (5, 8), Look(Material.DARK, WallStyle.CLOCK), obj)


def build_pole(builder: MeshBuilder, frame: Frame) -> None:
    """Add a wooden pole."""
    upright(builder, frame.center, 0.6, (0, 10), Look(Material.BROWN), builder.new_object())


def build_gate(builder: MeshBuilder, frame: Frame) -> None:
    """Add two posts with a bar between them, across the way."""
    obj = builder.new_object()
    for b in (-1.8, 1.8):
        upright(builder, frame.at(0, b), 0.6, (0, 1.8), _STONE, obj)
    block(builder, frame, Span(-0.15, 0.15, -1.8, 1.8, 0.8, 1.5), _DARK, _DARK, obj)


def build_boom(builder: MeshBuilder, frame: Frame) -> None:
    """Add a striped boom across the way."""
    obj = builder.new_object()
    upright(builder, frame.at(0, -2.6), 0.8, (0, 2), _WHITE, obj)
    block(builder, frame, Span(-0.2, 0.2, -2.6, 2.6, 1.2, 2), _BOOM, _RED, obj)


def build_level_crossing(builder: MeshBuilder, frame: Frame) -> None:
    """Add booms and lights on both sides of a track that a road crosses; along the road."""
    for a, side in ((-4.5, -1), (4.5, 1)):
        foot = Frame(frame.at(a, 0), frame.along)
        obj = builder.new_object()
        upright(builder, foot.at(0, side * 4.2), 0.8, (0, 5), _DARK, obj)
        upright(builder, foot.at(0, side * 4.2), 1.4, (4, 5.5), _RED, obj)
        low, high = sorted((side * 4.0, side * 0.2))
        block(builder, foot, Span(-0.2, 0.2, low, high, 1.4, 2.3), _BOOM, _RED, obj)


def build_buffer_stop(builder: MeshBuilder, frame: Frame) -> None:
    """Add a buffer stop across the end of a track."""
    obj = builder.new_object()
    block(builder, frame, Span(-0.5, 0.5, -1.3, 1.3, 0, 1.6), _BOOM, _RED, obj)


def build_rail_signal(builder: MeshBuilder, frame: Frame) -> None:
    """Add a signal beside the track."""
    obj = builder.new_object()
    upright(builder, frame.at(0, -2.4), 0.6, (0, 6), _GREY, obj)
    upright(builder, frame.at(0, -2.4), 1.2, (5, 8), _DARK, obj)
    upright(builder, frame.at(0, -2.4), 0.6, (6.5, 7.2), _GREEN, obj)


def build_life_ring(builder: MeshBuilder, frame: Frame) -> None:
    """Add a life ring on a post."""
    obj = builder.new_object()
    upright(builder, frame.center, 0.6, (0, 2), _WHITE, obj)
    upright(builder, frame.center, 1.0, (1.2, 2.2), _RED, obj)


def build_table(builder: MeshBuilder, frame: Frame) -> None:
    """Add a picnic table."""
    _cube(builder, frame, Span(-1, 1, -0.9, 0.9, 0.4, 1), _WOOD, _WOOD)


def build_golf_flag(builder: MeshBuilder, frame: Frame) -> None:
    """Add a pin with a red flag."""
    obj, right = builder.new_object(), builder.camera.right
    upright(builder, frame.center, 0.6, (0, 5), _WHITE, obj)
    (e, n), (de, dn) = frame.center, right
    tip = e + de * 1.7, n + dn * 1.7
    builder.polygon([(e, n, 3.2), (*tip, 4.1), (e, n, 5.0)], _RED, Kind.WALL, obj)


def build_well(builder: MeshBuilder, frame: Frame) -> None:
    """Add a drinking fountain or a well."""
    obj = builder.new_object()
    prism(builder, circle(frame.center, 0.8, 8), (0, 1.2), _STONE, Look(Material.TEAL), obj)


THINGS: Mapping[tuple[str, str], Build] = {
    ("amenity", "waste_basket"): build_bin,
    ("amenity", "recycling"): build_bottle_bank,
    ("amenity", "waste_disposal"): build_bottle_bank,
    ("amenity", "post_box"): build_post_box,
    ("amenity", "telephone"): build_phone_box,
    ("amenity", "bicycle_parking"): build_bicycles,
    ("amenity", "bicycle_rental"): build_bicycles,
    ("amenity", "charging_station"): build_charger,
    ("amenity", "clock"): build_town_clock,
    ("amenity", "drinking_water"): build_well,
    ("man_made", "water_well"): build_well,
    ("man_made", "street_cabinet"): build_cabinet,
    ("man_made", "utility_pole"): build_pole,
    ("emergency", "fire_hydrant"): build_hydrant,
    ("emergency", "life_ring"): build_life_ring,
    ("emergency", "lifebuoy"): build_life_ring,
    ("amenity", "life_ring"): build_life_ring,
    ("leisure", "picnic_table"): build_table,
    ("golf", "pin"): build_golf_flag,
    ("golf", "hole"): build_golf_flag,
    ("advertising", "billboard"): build_billboard,
    ("barrier", "bollard"): build_bollard,
    ("barrier", "block"): build_bollard,
    ("barrier", "gate"): build_gate,
    ("barrier", "lift_gate"): build_boom,
    ("barrier", "swing_gate"): build_boom,
    ("railway", "subway_entrance"): build_metro_sign,
}
"""What is built for a node by its tag, along the nearest street."""

ON_TRACKS: Mapping[str, Build] = {
    "buffer_stop": build_buffer_stop,
    "signal": build_rail_signal,
}
"""What is built for a railway node, along its track."""
