"""Ferries on their routes, and the marks of the fairway."""

import numpy as np

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Span, circle
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.osm.tags import Tags
from isogen.scene.town.boats import build_wake
from isogen.scene.town.carriers import Way
from isogen.scene.town.context import WATER_RISES
from isogen.scene.town.lines import directions_at, places_along
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block, prism

STEP_M = 420.0
FERRY_M = 26.0
OFF_SHORE_M = 16.0
HULL = ((-13.0, -3.2), (8.0, -3.2), (13.0, 0.0), (8.0, 3.2), (-13.0, 3.2))
_FERRIES = 43
_DECK = Look(Material.GREY)
_PORT, _STARBOARD = Look(Material.RED), Look(Material.LEAF)
_MARKS = frozenset({"buoy_lateral", "buoy_cardinal", "buoy_special_purpose", "beacon_lateral"})


def build_ferries(plot: Plot) -> None:
    """Build the ferries under way and the buoys of a cell."""
    for way in plot.ways(FERRY_M):
        if way.tags.get("route") == "ferry":
            _sail(plot, way)
    for node, place in plot.nodes():
        if node.tags.get("seamark:type") in _MARKS and not plot.town.is_clear(place, 0):
            build_buoy(plot.builder, Frame(place, (1.0, 0.0)), node.tags)


def _sail(plot: Plot, way: Way) -> None:
    starts = np.arange(STEP_M / 3, max(way.geometry.length - FERRY_M, STEP_M / 3 + 1), STEP_M)
    starts = starts[starts < way.geometry.length - FERRY_M]
    if not len(starts):
        return
    places, along = places_along(way.geometry, starts), directions_at(way.geometry, starts)
    town = plot.town
    afloat = town.water_by_place.touched(places, 0) & ~town.land_by_place.touched(
        places, OFF_SHORE_M
    )
    afloat &= ~town.decks_by_place.touched(places, OFF_SHORE_M) & plot.mine(places)
    for k in np.flatnonzero(afloat).tolist():
        chance = plot.chance(way.id, _FERRIES, k)
        if chance.chance(town.settings.boats):
            frame = Frame(as_plan(places[k]), as_plan(along[k]))
            build_ferry(plot.builder, frame)
            build_wake(plot.builder, Frame(frame.at(-10, 0), frame.along))


def build_ferry(builder: MeshBuilder, frame: Frame) -> None:
    """Add a ferry: a white hull with a dark foot, two decks of windows, a bridge, a funnel."""
    obj, w = builder.new_object(), WATER_RISES
    hull = [frame.at(a, b) for a, b in HULL]
    prism(builder, hull, (w, w + 1), Look(Material.GLASS), None, obj)
    prism(builder, hull, (w + 1, w + 4), Look(Material.WHITE), _DECK, obj)
    cabins = Look(Material.WHITE, WallStyle.VEHICLE)
    roof = Look(Material.WHITE, FlatStyle.PAVERS)
    block(builder, frame, Span(-10, 7, -2.6, 2.6, w + 4, w + 7), cabins, roof, obj)
    block(builder, frame, Span(1, 6, -2.2, 2.2, w + 7, w + 10), cabins, roof, obj)
    block(builder, frame, Span(-6, -3.5, -0.9, 0.9, w + 7, w + 11), Look(Material.RED), _DECK, obj)
    builder.cast(w + 7, [hull])


def build_buoy(builder: MeshBuilder, frame: Frame, tags: Tags) -> None:
    """Add a buoy, red or green."""
    color = f"{tags.get('seamark:buoy_lateral:colour', '')}{tags.get('seamark:type', '')}"
    look = _STARBOARD if "green" in color else _PORT
    obj = builder.new_object()
    ring = circle(frame.center, 0.9, 8)
    prism(builder, ring, (WATER_RISES, WATER_RISES + 1.5), look, look, obj)
    top = circle(frame.center, 0.35, 6)
    prism(builder, top, (WATER_RISES + 1.5, WATER_RISES + 4), look, look, obj)
