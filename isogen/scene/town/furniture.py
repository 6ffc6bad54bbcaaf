"""What stands in streets and squares because somebody mapped it there."""

from collections.abc import Callable, Mapping

import numpy as np
from shapely import Point

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Plan, Span, circle
from isogen.mesh.vocabulary import FlatStyle, Kind, Material, WallStyle
from isogen.scene.osm.features import Feature
from isogen.scene.town.carriers import HEAVY
from isogen.scene.town.lines import directions_at, distances_along
from isogen.scene.town.near import Near
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block, prism, upright
from isogen.scene.town.statues import build_monument, build_statue, is_statue
from isogen.scene.town.street_things import ON_TRACKS, THINGS, build_level_crossing

CLEAR_M = 0.6
ROAD_REACH_M = 15.0
POLE_M = 0.7

_DARK = Look(Material.DARK)
_LIGHT = Look(Material.IVORY)
_WOOD = Look(Material.WOOD)
_STONE = Look(Material.GRANITE)
_GLASS = Look(Material.GLASS)
_WHITE = Look(Material.WHITE)
_WATER = Look(Material.TEAL, FlatStyle.POOL)

_Build = Callable[[MeshBuilder, Frame], None]


def build_furniture(plot: Plot) -> None:
    """Build lamps, flags, benches, shelters, fountains and statues of a cell."""
    squares = [a.geometry for a in plot.areas() if a.tags.get("place") == "square"]
    on_square = Near(squares)
    for node, place in plot.nodes():
        on_track = _track_builder(node.tags)
        if on_track:
            _build_on_track(plot, node, place, on_track)
            continue
        build = _builder_of(node.tags)
        if build and plot.town.is_clear(place, CLEAR_M):
            plot.builder.source = node.id
            build(plot.builder, Frame(place, _along_street(plot, node)))
        elif is_statue(node.tags) and plot.town.is_clear(place, CLEAR_M):
            grand = node.tags.get("historic") == "monument" or bool(
                on_square.within(node.geometry, 0)
            )
            (build_monument if grand else build_statue)(plot.builder, place, plot.chance(node.id))
    plot.builder.source = 0


def _builder_of(tags: Mapping[str, str]) -> _Build | None:
    found = tags.items() & _RANKS.keys()
    return _EVERY[min(found, key=_RANKS.__getitem__)] if found else None


def _track_builder(tags: Mapping[str, str]) -> _Build | None:
    railway = tags.get("railway", "")
    return build_level_crossing if railway == "level_crossing" else ON_TRACKS.get(railway)


def _build_on_track(plot: Plot, node: Feature[Point], place: Plan, build: _Build) -> None:
    """Build what stands by a track along it; booms stand along the road that crosses."""
    if build is build_level_crossing:
        if plot.town.roads_near(node.geometry, 1.0):
            build(plot.builder, Frame(place, _along_street(plot, node)))
        return
    ways = [plot.town.features.ways[k] for k in plot.town.ways.within(node.geometry, 1.0)]
    tracks = [way for way in ways if way.tags.get("railway") in HEAVY]
    if tracks:
        at_m = distances_along(tracks[0].geometry, np.array([place]))
        along = as_plan(directions_at(tracks[0].geometry, at_m)[0])
        build(plot.builder, Frame(place, along))


def _along_street(plot: Plot, node: Feature[Point]) -> Plan:
    """Return the direction of the nearest street; that of the screen without one."""
    roads = plot.town.roads_near(node.geometry, ROAD_REACH_M)
    if not roads:
        return plot.builder.camera.right
    nearest = min(roads, key=lambda road: (road.line.distance(node.geometry), road.id))
    return as_plan(nearest.direction_at(node.geometry))


def build_lamp(builder: MeshBuilder, frame: Frame) -> None:
    """Add a street lamp."""
    obj = builder.new_object()
    upright(builder, frame.center, POLE_M, (0, 7), _DARK, obj)
    lamp = Span(-0.4, 0.4, -0.4, 0.4, 7, 8)
    block(builder, frame, lamp, _LIGHT, _LIGHT, obj)


def build_flag(builder: MeshBuilder, frame: Frame) -> None:
    """Add a flagpole with a white flag that bears a blue bar."""
    obj = builder.new_object()
    upright(builder, frame.center, 0.6, (0, 13), _WHITE, obj)
    right = builder.camera.right
    for low, high, look in ((9, 12, _WHITE), (10, 11, _GLASS)):
        e, n = frame.center
        tip = (e + right[0] * 2.9, n + right[1] * 2.9)
        corners = [(e, n, low), (*tip, low), (*tip, high), (e, n, high)]
        builder.polygon(corners, look, Kind.WALL, obj)


def build_bench(builder: MeshBuilder, frame: Frame) -> None:
    """Add a bench."""
    block(builder, frame, Span(-1, 1, -0.4, 0.4, 0, 1), _WOOD, _WOOD, builder.new_object())


def build_shelter(builder: MeshBuilder, frame: Frame) -> None:
    """Add a bus shelter: glass under a flat roof."""
    obj = builder.new_object()
    block(builder, frame, Span(-2.2, 2.2, -0.6, 0.6, 0, 3), _GLASS, None, obj)
    block(builder, frame, Span(-2.5, 2.5, -0.9, 0.9, 3, 3.6), _DARK, Look(Material.GREY), obj)


def build_signal(builder: MeshBuilder, frame: Frame) -> None:
    """Add a traffic light."""
    obj = builder.new_object()
    upright(builder, frame.center, 0.6, (0, 4), _DARK, obj)
    upright(builder, frame.center, 0.9, (4, 5), Look(Material.RED), obj)


def build_fountain(builder: MeshBuilder, frame: Frame) -> None:
    """Add a round basin with a jet."""
    obj = builder.new_object()
    prism(builder, circle(frame.center, 3.0, 12), (0, 1), _STONE, _STONE, obj)
    prism(builder, circle(frame.center, 2.4, 12), (1, 1.1), _STONE, _WATER, obj)
    upright(builder, frame.center, 0.7, (1.1, 5), Look(Material.WHITE), obj)


def build_kiosk(builder: MeshBuilder, frame: Frame) -> None:
    """Add a kiosk."""
    obj = builder.new_object()
    sides = Look(Material.MINT, WallStyle.SLATS)
    block(builder, frame, Span(-1.6, 1.6, -1.6, 1.6, 0, 4), sides, None, obj)
    roof = Look(Material.VERDIGRIS)
    block(builder, frame, Span(-2, 2, -2, 2, 4, 4.8), roof, roof, obj)


def build_column(builder: MeshBuilder, frame: Frame) -> None:
    """Add an advertising column."""
    obj = builder.new_object()
    prism(builder, circle(frame.center, 0.8, 8), (0, 4), Look(Material.CREAM), None, obj)
    prism(builder, circle(frame.center, 1.0, 8), (4, 5), _DARK, Look(Material.VERDIGRIS), obj)


BUILDERS: Mapping[tuple[str, str], _Build] = {
    ("highway", "street_lamp"): build_lamp,
    ("highway", "traffic_signals"): build_signal,
    ("highway", "bus_stop"): build_shelter,
    ("man_made", "flagpole"): build_flag,
    ("amenity", "bench"): build_bench,
    ("amenity", "fountain"): build_fountain,
    ("shop", "kiosk"): build_kiosk,
    ("advertising", "column"): build_column,
}
"""What is built for a node by its tag."""

_EVERY: Mapping[tuple[str, str], _Build] = {**THINGS, **BUILDERS}
_RANKS = {tag: rank for rank, tag in enumerate(dict.fromkeys((*BUILDERS, *THINGS)))}
"""Of two tags of one node, the one of lower rank says what is built."""
