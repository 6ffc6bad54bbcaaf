"""Boats: moored along quays and jetties, under sail and under way on open water."""

import numpy as np
import shapely
from shapely import LineString

from isogen.geo.camera import Floats
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Span
from isogen.mesh.vocabulary import FlatStyle, GroundStyle, Kind, Material
from isogen.scene.town.context import WATER_RISES
from isogen.scene.town.lines import places_along
from isogen.scene.town.near import unit
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block, prism
from isogen.scene.town.scatter import strew
from isogen.seeds import Stream

BERTH_M = 7.5
"""Distance of the boats along a shore."""

OFF_SHORE_M = 3.2
CLEAR_M = 1.4
"""Water between a boat and what it is moored to."""

AT_QUAYS = 0.11
AT_JETTIES = 0.6
JETTY_REACH_M = 14.0

OPEN_SPACING_M = 70.0
OPEN_M = 20.0
"""Boats under way keep this far from any shore."""

OPEN_CHANCE = 0.42
SAIL_SHARE = 0.6
EDGE_M = 16.0
"""Boats keep this far from the edge of the map."""

_SHORE = 41
_OPEN = 42
_HULLS = (Material.WHITE, Material.WHITE, Material.WOOD, Material.GLASS, Material.RED)
_DECK = Look(Material.WOOD, FlatStyle.DECK)
_WAKE = Look(Material.WATER, GroundStyle.WAKE)


def build_boats(plot: Plot) -> None:
    """Build the boats of a cell."""
    for index in plot.town.shores_by_place.within(plot.outline, OFF_SHORE_M * 2):
        _moor_along(plot, plot.town.rim.shores[index], AT_QUAYS, index)
    for index in plot.town.decks_by_place.within(plot.outline, OFF_SHORE_M * 2):
        deck = plot.town.decks[index]
        if deck.top < 0:
            ring = LineString(shapely.get_coordinates(deck.outline.exterior))
            _moor_along(plot, ring, AT_JETTIES, -index - 1)
    _sail(plot)


def _moor_along(plot: Plot, shore: LineString, share: float, seed: int) -> None:
    """Moor boats to the right of a line, where there is water enough."""
    starts = np.arange(BERTH_M / 2, shore.length - 1, BERTH_M)
    ends = places_along(shore, starts + 1) - places_along(shore, starts - 1)
    for k, (place, way) in enumerate(zip(places_along(shore, starts), ends, strict=True)):
        along = unit(as_plan(way))
        middle = Frame(as_plan(place), along).at(0, -OFF_SHORE_M)
        chance = plot.chance(_SHORE, seed, k)
        likely = max(share, AT_JETTIES if _is_by_jetty(plot, middle) else 0)
        wanted = chance.chance(likely * plot.town.settings.boats)
        if wanted and plot.town.in_cell(middle, plot.key):
            length = chance.uniform(4, 7)
            if _floats(plot, middle, along, length):
                build_boat(plot.builder, Frame(middle, along), length, chance)


def _is_by_jetty(plot: Plot, place: tuple[float, float]) -> bool:
    near = plot.town.decks_by_place.within(shapely.Point(place), JETTY_REACH_M)
    return any(plot.town.decks[i].top < 0 for i in near)


def _floats(
    plot: Plot, middle: tuple[float, float], along: tuple[float, float], length: float
) -> bool:
    """Tell whether a boat has water all around it."""
    frame = Frame(middle, along)
    keel = LineString([frame.at(-length / 2, 0), frame.at(length / 2, 0)])
    town = plot.town
    wet = bool(town.water_by_place.within(keel, 0))
    aground = town.land_by_place.within(keel, CLEAR_M) or town.decks_by_place.within(keel, CLEAR_M)
    inside = town.extent.exterior.distance(keel) > EDGE_M and town.extent.contains(keel)
    return wet and not aground and inside


def _sail(plot: Plot) -> None:
    """Put boats on open water."""
    town = plot.town
    strewn = strew(plot.outline, OPEN_SPACING_M, (town.settings.seed, _OPEN))
    strewn = strewn.only(plot.mine(strewn.places))
    strewn = strewn.only(strewn.shares() < OPEN_CHANCE * town.settings.boats)
    strewn = strewn.only(_is_open(plot, strewn.places))
    for place, bits in zip(strewn.places, strewn.bits, strict=True):
        chance = plot.chance(int(bits))
        heading = unit((chance.uniform(-1, 1), chance.uniform(0.2, 1)))
        frame = Frame(as_plan(place), heading)
        if chance.chance(SAIL_SHARE):
            build_sailing_boat(plot.builder, frame, chance.uniform(7, 10))
        else:
            build_boat(plot.builder, frame, chance.uniform(5, 7), chance)
            build_wake(plot.builder, frame)


def _is_open(plot: Plot, places: Floats) -> np.ndarray:
    town = plot.town
    wet = town.water_by_place.touched(places, 0)
    near = town.land_by_place.touched(places, OPEN_M) | town.decks_by_place.touched(places, OPEN_M)
    inner = town.extent.buffer(-EDGE_M)
    return wet & ~near & shapely.contains_xy(inner, places[:, 0], places[:, 1])


def _hull(frame: Frame, length: float) -> list[tuple[float, float]]:
    beam = length * 0.17
    corners = (
        (-length / 2, -beam),
        (length * 0.2, -beam),
        (length / 2, 0),
        (length * 0.2, beam),
        (-length / 2, beam),
    )
    return [frame.at(a, b) for a, b in corners]


def build_boat(builder: MeshBuilder, frame: Frame, length: float, chance: Stream) -> None:
    """Add a motor boat."""
    obj = builder.new_object()
    w = WATER_RISES
    hull = _hull(frame, length)
    prism(builder, hull, (w, w + 2), Look(chance.pick(_HULLS)), _DECK, obj)
    cabin = Span(-length * 0.18, length * 0.18, -length * 0.11, length * 0.11, w + 2, w + 3.6)
    block(builder, frame, cabin, Look(Material.DARK), Look(Material.WHITE), obj)


def build_sailing_boat(builder: MeshBuilder, frame: Frame, length: float) -> None:
    """Add a boat under mainsail and jib."""
    obj = builder.new_object()
    w = WATER_RISES
    white = Look(Material.WHITE)
    prism(builder, _hull(frame, length), (w, w + 2), white, _DECK, obj)
    main = [(-0.4, w + 4), (0.1, w + 4), (0.1, w + 20)]
    jib = [(0.14, w + 3), (0.46, w + 3), (0.14, w + 16)]
    for sail in (main, jib):
        points = [frame.lift(a * length, 0, z) for a, z in sail]
        builder.polygon(points, white, Kind.SLOPE, obj)
        builder.polygon(points[::-1], white, Kind.SLOPE, obj)


def build_wake(builder: MeshBuilder, frame: Frame) -> None:
    """Add two streaks of foam behind a boat."""
    z = WATER_RISES + 0.1
    for side in (-1, 1):
        streak = [frame.lift(-2, side * 0.6, z), frame.lift(-16, side * 4.2, z)]
        streak.append(frame.lift(-14, side * 2.6, z))
        ordered = streak if side < 0 else streak[::-1]
        builder.polygon(ordered[::-1], _WAKE, Kind.GROUND, 0)
