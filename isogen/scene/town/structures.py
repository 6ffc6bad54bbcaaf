"""What is built but is no building: chimneys, tanks, masts, turbines, cranes."""

import numpy as np
from shapely import Point, Polygon
from shapely.ops import nearest_points

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Plan, Span, box, circle
from isogen.mesh.vocabulary import Kind, Material, WallStyle
from isogen.scene.osm.features import Feature
from isogen.scene.osm.tags import Tags, length_m
from isogen.scene.town.buildings import build_structure
from isogen.scene.town.forms import frustum
from isogen.scene.town.near import anchor_of, unit
from isogen.scene.town.plot import Plot
from isogen.scene.town.wires import WIRE, add_cable

RADIUS_M = {
    "chimney": 2.4,
    "communications_tower": 5.0,
    "cooling_tower": 22.0,
    "gasometer": 14.0,
    "lighthouse": 4.0,
    "mast": 1.4,
    "silo": 4.0,
    "storage_tank": 8.0,
    "tower": 3.5,
    "water_tower": 6.0,
    "windmill": 5.0,
}
"""Radius of what is mapped as a point, in meters; other kinds are not drawn."""

HUB_M, ROTOR_M = 62.0, 56.0
BLADES = 3
CRANE_RISES = 26.0
BOOM_M = 34.0
CRANE_REACH_M = 60.0
FAR_M = 60.0
_TURNS = np.array([(0.0, 1.0), (-0.866, -0.5), (0.866, -0.5)])
"""Directions of a rotor's blades in its plane; turned by chance."""

_WHITE = Look(Material.WHITE)
_PORTAL = (Material.GLASS, Material.YELLOW, Material.RED)


def build_structures(plot: Plot) -> None:
    """Build the structures of a cell that are mapped as points or areas of their own."""
    for node, place in plot.nodes():
        made = node.tags.get("man_made", "")
        if is_turbine(node.tags):
            plot.builder.source = node.id
            build_turbine(plot, place, node)
        elif made == "crane":
            plot.builder.source = node.id
            build_gantry_crane(plot, place, node)
        elif made in RADIUS_M and "building" not in node.tags:
            outline = Polygon(circle(place, _radius(node.tags, made), 16))
            _build(plot, Feature(node.id, node.tags, outline))
    for area in plot.areas(FAR_M):
        made = area.tags.get("man_made", "")
        if made in RADIUS_M and plot.town.in_cell(anchor_of(area.geometry), plot.key):
            _build(plot, area)
    plot.builder.source = 0


def _build(plot: Plot, feature: Feature[Polygon]) -> None:
    if not plot.town.buildings_near(feature.geometry.centroid, 0):
        build_structure(plot.builder, plot.town, feature)


def _radius(tags: Tags, made: str) -> float:
    told = length_m(tags.get("diameter"))
    return min(max(told / 2, 0.8), 60.0) if told else RADIUS_M[made]


def is_turbine(tags: Tags) -> bool:
    """Tell whether tags speak of a wind turbine."""
    return tags.get("power") == "generator" and (
        tags.get("generator:source") == "wind" or tags.get("generator:method") == "wind_turbine"
    )


def build_turbine(plot: Plot, place: Plan, node: Feature[Point]) -> None:
    """Add a white tower with three blades that face the viewer."""
    builder, chance = plot.builder, plot.chance(node.id, 83)
    hub = builder.rises(length_m(node.tags.get("height:hub")) or HUB_M)
    radius = (length_m(node.tags.get("rotor:diameter")) or ROTOR_M) / 2
    obj = builder.new_object()
    frustum(builder, place, (1.9, 0.9), (0, hub), _WHITE, obj)
    right, forward = builder.camera.right, builder.camera.forward
    front = place[0] - forward[0] * 2.2, place[1] - forward[1] * 2.2
    nacelle = Frame(place, (-forward[0], -forward[1]))
    box(builder, nacelle, Span(-1.6, 2.2, -1.1, 1.1, hub, hub + 2.6), _WHITE, _WHITE, obj=obj)
    turn = unit((chance.uniform(-0.5, 0.5), 1.0))
    for a, b in _TURNS.tolist():
        x, y = a * turn[1] + b * turn[0], b * turn[1] - a * turn[0]
        _blade(builder, (front, hub + 1.3), (right, radius), (x, y), obj)
    builder.cast(hub * 0.7, [circle(place, 1.2, 8)])


def _blade(
    builder: MeshBuilder,
    hub: tuple[Plan, float],
    plane: tuple[Plan, float],
    way: Plan,
    obj: int,
) -> None:
    """Add one blade in the upright plane through ``right``: broad near the hub, then pointed."""
    (place, z), (right, radius) = hub, plane
    x, y = way
    corners: list[tuple[float, float, float]] = []
    for along, aside in ((0.0, -0.5), (0.25, -1.3), (1.0, -0.15), (1.0, 0.15), (0.0, 0.5)):
        a = x * along * radius - y * aside
        b = y * along * radius + x * aside
        corners.append((place[0] + right[0] * a, place[1] + right[1] * a, z + builder.rises(b)))
    builder.polygon(corners, _WHITE, Kind.SLOPE, obj)
    builder.polygon(corners[::-1], _WHITE, Kind.SLOPE, obj)


def build_gantry_crane(plot: Plot, place: Plan, node: Feature[Point]) -> None:
    """Add a harbor crane: four legs, a beam over the water, a boom held by cables."""
    builder, obj = plot.builder, plot.builder.new_object()
    paint = Look(plot.chance(node.id, 84).pick(_PORTAL))
    frame = Frame(place, _toward_water(plot, place))
    top = CRANE_RISES
    for a in (-6.0, 5.0):
        for b in (-4.5, 3.5):
            box(builder, frame, Span(a, a + 1, b, b + 1, 0, top), paint, None, obj=obj)
        tie = Span(a, a + 1, -4.5, 4.5, top * 0.45, top * 0.45 + 2)
        box(builder, frame, tie, paint, paint, obj=obj)
    beam = Span(-14, BOOM_M, -1.0, 1.0, top, top + 2)
    box(builder, frame, beam, Look(paint.material, WallStyle.TRUSS), paint, obj=obj, casts=True)
    box(builder, frame, Span(-12, -6, -2.2, 2.2, top + 2, top + 6), _WHITE, _WHITE, obj=obj)
    box(builder, frame, Span(-1, 1, -1, 1, top, top + 13), paint, paint, obj=obj)
    box(builder, frame, Span(8, 11, -1.6, 1.6, top - 3, top), Look(Material.DARK), None, obj=obj)
    peak = frame.lift(0, 0, top + 13)
    for a in (-13.0, BOOM_M * 0.55, BOOM_M - 1):
        add_cable(builder, peak, frame.lift(a, 0, top + 2), WIRE, obj)


def _toward_water(plot: Plot, place: Plan) -> Plan:
    """Return the direction to the nearest shore; that of the screen without one."""
    shores = plot.town.rim.shores
    near = plot.town.shores_by_place.within(Point(place), CRANE_REACH_M)
    if not near:
        return plot.builder.camera.right
    nearest = min(near, key=lambda k: (round(shores[k].distance(Point(place)), 3), k))
    _, foot = nearest_points(Point(place), shores[nearest])
    return unit((foot.x - place[0], foot.y - place[1]))
