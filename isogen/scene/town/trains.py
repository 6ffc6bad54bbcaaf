"""Trains and trams on their tracks."""

import numpy as np
from shapely import LineString

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Span
from isogen.mesh.vocabulary import Material, WallStyle
from isogen.scene.osm.features import Feature
from isogen.scene.town.carriers import HEAVY
from isogen.scene.town.lines import places_along
from isogen.scene.town.near import unit
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block
from isogen.seeds import Stream

TRAIN_CHANCE = 0.6
TRAIN_FROM_M = 60.0
STRETCH_M = 260.0
"""Length of track on which at most one train stands."""

CAR_M = 25.0
COUPLING_M = 0.9
TRAIN_CARS = (3, 7)
FOULED_M = 3.3
"""No car stands where another track passes this near to one of its ends."""

TRAM_CHANCE = 0.6
TRAM_FROM_M = 40.0
TRAM_CAR_M = 8.8
TRAM_COUPLING_M = 0.4
TRAM_CARS = 3
TRAMS_APART_M = 85.0
BUFFERS_M = 4.0
"""What stays free at both ends of a track."""

LIVERIES = (
    (Material.WHITE, Material.COPPER),
    (Material.WHITE, Material.RED),
    (Material.RED, Material.WHITE),
    (Material.WHITE, Material.SLATE),
    (Material.COPPER, Material.WHITE),
)
_TRAINS = 31
_TRAMS = 32


def build_trains(plot: Plot) -> None:
    """Build the railway cars and trams of a cell."""
    for way in plot.ways(CAR_M):
        if way.tags.get("railway") in HEAVY and way.geometry.length > TRAIN_FROM_M:
            _build_train(plot, way)
    candidates = [way for way in plot.ways(TRAMS_APART_M * 2) if _may_bear_tram(way)]
    starts = {way.id: _tram_start(plot, way) for way in candidates}
    for way in candidates:
        if _comes_first(way, starts):
            _build_tram(plot, way, starts[way.id][0])


def _build_train(plot: Plot, way: Feature[LineString]) -> None:
    """Build the trains of a track, at most one on each stretch of it."""
    if way.tags.get("service") == "crossover":
        return
    stretches = max(int(way.geometry.length / STRETCH_M), 1)
    room_m = way.geometry.length / stretches
    for stretch in range(stretches):
        chance = plot.chance(way.id, _TRAINS, stretch)
        if chance.chance(TRAIN_CHANCE * plot.town.settings.traffic):
            _couple(plot, way, (stretch * room_m, (stretch + 1) * room_m), chance)


def _couple(
    plot: Plot, way: Feature[LineString], reach: tuple[float, float], chance: Stream
) -> None:
    """Build one train somewhere between two distances along a track."""
    low, high = reach[0] + BUFFERS_M, reach[1] - BUFFERS_M
    livery, count = chance.pick(LIVERIES), chance.between(*TRAIN_CARS)
    room = high - low - count * (CAR_M + COUPLING_M)
    start = low + chance.uniform(0, max(room, 1))
    for number in range(count):
        head = start + number * (CAR_M + COUPLING_M)
        if head + CAR_M > high:
            return
        ends = places_along(way.geometry, np.array([head, head + CAR_M]))
        middle = as_plan(ends.mean(axis=0))
        if plot.town.in_cell(middle, plot.key) and not _is_fouled(plot, way, ends):
            along = unit(as_plan(ends[1] - ends[0]))
            plot.builder.floor = _rises(plot, way, head + CAR_M / 2)
            build_rail_car(plot.builder, Frame(middle, along), livery)
            plot.builder.floor = 0.0


def _rises(plot: Plot, way: Feature[LineString], at_m: float) -> float:
    return float(plot.town.lifts.rises(way, np.array([at_m]))[0])


def _is_fouled(plot: Plot, way: Feature[LineString], ends: np.ndarray) -> bool:
    """Tell whether another track or a house is in a car's way."""
    car = LineString(ends)
    tracks = [plot.town.features.ways[i] for i in plot.town.ways.within(car, FOULED_M)]
    others = any(t.tags.get("railway") in HEAVY and t.id != way.id for t in tracks)
    return others or bool(plot.town.buildings_near(car, 1.5))


def build_rail_car(builder: MeshBuilder, frame: Frame, livery: tuple[Material, Material]) -> None:
    """Add one railway car whose middle is the frame's."""
    paint, band = livery
    obj = builder.new_object()
    half = CAR_M / 2
    roof = Look(Material.WHITE if paint is Material.WHITE else Material.TIN)
    skirt = Look(band, WallStyle.CAR_BODY)
    block(builder, frame, Span(-half, half, -1.45, 1.45, 0, 2), skirt, None, obj)
    sides = Look(paint, WallStyle.VEHICLE)
    block(builder, frame, Span(-half, half, -1.45, 1.45, 2, 5), sides, roof, obj)
    vents = Look(Material.GREY)
    block(builder, frame, Span(3 - half, half - 3, -0.5, 0.5, 5, 6), vents, vents, obj)
    corners = ((-half, -1.45), (half, -1.45), (half, 1.45), (-half, 1.45))
    builder.cast(5, [[frame.at(a, b) for a, b in corners]])


def _may_bear_tram(way: Feature[LineString]) -> bool:
    return way.tags.get("railway") == "tram" and way.geometry.length > TRAM_FROM_M


def _tram_start(plot: Plot, way: Feature[LineString]) -> tuple[float, LineString, int]:
    """Return where on a track a tram would begin, the track under it, and its rank."""
    chance = plot.chance(way.id, _TRAMS)
    length = TRAM_CARS * (TRAM_CAR_M + TRAM_COUPLING_M)
    start = chance.uniform(BUFFERS_M, max(way.geometry.length - length, BUFFERS_M + 1))
    stretch = LineString(places_along(way.geometry, np.array([start, start + length])))
    wanted = chance.chance(TRAM_CHANCE * plot.town.settings.traffic)
    return start, stretch, chance.bits() if wanted else -1


def _comes_first(
    way: Feature[LineString], starts: dict[int, tuple[float, LineString, int]]
) -> bool:
    """Tell whether no tram of higher rank is near: of those too close, one stays."""
    _, stretch, rank = starts[way.id]
    if rank < 0:
        return False
    return not any(
        other_rank > rank and stretch.distance(other) < TRAMS_APART_M
        for _, other, other_rank in starts.values()
    )


def _build_tram(plot: Plot, way: Feature[LineString], start: float) -> None:
    for number in range(TRAM_CARS):
        head = start + number * (TRAM_CAR_M + TRAM_COUPLING_M)
        if head + TRAM_CAR_M > way.geometry.length:
            return
        ends = places_along(way.geometry, np.array([head, head + TRAM_CAR_M]))
        middle = as_plan(ends.mean(axis=0))
        if plot.town.in_cell(middle, plot.key):
            along = unit(as_plan(ends[1] - ends[0]))
            plot.builder.floor = _rises(plot, way, head + TRAM_CAR_M / 2)
            build_tram_car(plot.builder, Frame(middle, along), plot.chance(way.id))
            plot.builder.floor = 0.0


def build_tram_car(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add one section of a tram whose middle is the frame's."""
    top = chance.pick((Material.YELLOW, Material.YELLOW, Material.IVORY))
    obj = builder.new_object()
    half = TRAM_CAR_M / 2
    skirt = Look(Material.LEAF)
    block(builder, frame, Span(-half, half, -1.3, 1.3, 0, 3), skirt, None, obj)
    sides = Look(top, WallStyle.VEHICLE)
    block(builder, frame, Span(-half, half, -1.3, 1.3, 3, 6), sides, Look(Material.OCHRE), obj)
    gear = Look(Material.GREY)
    block(builder, frame, Span(1.4 - half, half - 1.4, -0.65, 0.65, 6, 7), gear, gear, obj)
    corners = ((-half, -1.3), (half, -1.3), (half, 1.3), (-half, 1.3))
    builder.cast(6, [[frame.at(a, b) for a, b in corners]])
