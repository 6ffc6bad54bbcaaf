"""Market stalls: short rows along the edges of squares and on the stones beside a harbor."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from isogen.geo.camera import Floats
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Span, cone, gable
from isogen.mesh.vocabulary import Ground, Material
from isogen.scene.osm.features import Feature
from isogen.scene.town.frames import longest_side
from isogen.scene.town.near import places_of
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block
from isogen.scene.town.roads import WIDTH_M
from isogen.scene.town.scatter import mix_all, shares_of, spaced, squares
from isogen.seeds import Stream

PITCH_M = (4.4, 7.4)
"""Distance of the stalls in a row, and of the rows."""

RUN_M = 22.0
"""Length of a row; some rows are missing, so that there are ways between them."""

RUN_SHARE = 0.55
EDGE_M = 4.5
"""Stalls keep this far from the edge of a square."""

BAND_M = {"marketplace": 34.0, "square": 14.0}
"""They stand no farther from it than this."""

HARBOR_M = 75.0
"""Open stone this near to water holds a market."""

OPEN_M = 9.0
"""A market beside a harbor has stone this far around each stall."""

TRAFFIC_M = 7.0
"""Stalls keep this far from the middle of streets and tracks."""

SQUARE_FROM_M2 = 1500.0
SQUARE_CHANCE = 0.6
FILLED = 0.88
CLEAR_M = 4.0

TENTS = (
    Material.TERRA,
    Material.RED,
    Material.YELLOW,
    Material.TEAL,
    Material.GLASS,
    Material.MINT,
    Material.OCHRE,
    Material.ROSE,
)
_STALLS = 51
_AROUND = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)])
_BUSY = WIDTH_M.keys() - {"pedestrian"}
_COUNTER = Look(Material.WOOD)
_STONE = (Ground.SETT, Ground.GRANITE, Ground.PAVE, Ground.FANS, Ground.PLAZA, Ground.BRICK)


def build_markets(plot: Plot) -> None:
    """Build the market stalls of a cell."""
    for area in plot.areas():
        kind = _market_kind(plot, area)
        if kind:
            frame = longest_side(area.geometry)
            band = area.geometry.difference(area.geometry.buffer(-BAND_M[kind]))
            inner = area.geometry.buffer(-EDGE_M)
            for part in shapely.get_parts(inner.intersection(band)):
                seed = plot.town.settings.seed, area.id ^ _STALLS
                strewn = spaced(part, plot.outline, frame, PITCH_M, seed)
                _build_rows(plot, strewn.places, strewn.bits, frame)
    _build_harbor(plot)


def _market_kind(plot: Plot, area: Feature[Polygon]) -> str | None:
    if area.tags.get("amenity") == "marketplace":
        return "marketplace"
    square = area.tags.get("place") == "square" and area.geometry.area > SQUARE_FROM_M2
    chosen = square and plot.chance(area.id, _STALLS).chance(SQUARE_CHANCE)
    return "square" if chosen else None


def _build_harbor(plot: Plot) -> None:
    """Build the market on unmapped stone beside a harbor."""
    camera = plot.builder.camera
    axes = np.array([camera.right, camera.forward])
    corners = shapely.get_coordinates(plot.outline) @ axes.T / np.array(PITCH_M)
    (low_x, low_y), (high_x, high_y) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    i, j = squares((low_x, low_y, high_x, high_y), 1.0)
    a, b = i * PITCH_M[0], j * PITCH_M[1]
    (ae, an), (be, bn) = camera.right, camera.forward
    places = np.stack([a * ae + b * be, a * an + b * bn], axis=1)
    bits = mix_all(plot.town.settings.seed, _STALLS, i, j)
    wanted = np.ones(len(places), np.bool_)
    for step in OPEN_M * _AROUND:
        wanted &= plot.lies_on(places + step, (Ground.SETT, Ground.PAVE))
    wanted[wanted] = plot.town.water_by_place.touched(places[wanted], HARBOR_M)
    points = places_of(places[wanted])
    free = np.ones(len(points), np.bool_)
    for area in plot.areas() if len(points) else ():
        if {"leisure", "natural", "amenity", "railway", "place"} & area.tags.keys():
            free &= ~shapely.contains(area.geometry, points)
    wanted[wanted] = free
    _build_rows(plot, places[wanted], bits[wanted], Frame((0.0, 0.0), camera.right))


def _build_rows(plot: Plot, places: Floats, bits: NDArray[np.uint64], frame: Frame) -> None:
    """Build the stalls that stand in chosen rows; each row has a color of its own."""
    (ae, an), (ce, cn) = frame.along, frame.center
    offset = places - np.array((ce, cn))
    along = np.floor((offset[:, 0] * ae + offset[:, 1] * an) / RUN_M + 1e-6)
    across = np.floor((offset[:, 1] * ae - offset[:, 0] * an) / PITCH_M[1] + 1e-6)
    rows = mix_all(_STALLS, along.astype(np.int64), across.astype(np.int64))
    chosen = (shares_of(rows) < RUN_SHARE) & (shares_of(bits) < FILLED)
    chosen &= plot.mine(places) & plot.lies_on(places, _STONE)
    chosen &= plot.town.are_clear(places, CLEAR_M)
    for k in np.flatnonzero(chosen).tolist():
        if not is_traffic(plot, shapely.Point(places[k])):
            tent = TENTS[int(rows[k]) % len(TENTS)]
            stall = Frame(as_plan(places[k]), frame.along)
            build_stall(plot.builder, stall, tent, plot.chance(int(bits[k])))


def is_traffic(plot: Plot, place: shapely.Point) -> bool:
    """Tell whether a place lies in or beside a street or a track."""
    near = plot.town.ways.within(place, TRAFFIC_M)
    ways = [plot.town.features.ways[i].tags for i in near]
    return any("railway" in tags or tags.get("highway") in _BUSY for tags in ways)


def build_stall(builder: MeshBuilder, frame: Frame, tent: Material, chance: Stream) -> None:
    """Add a counter with goods under a tent or an awning, every third of them white."""
    obj = builder.new_object()
    block(builder, frame, Span(-1.6, 1.6, -1.1, 1.1, 0, 1.6), _COUNTER, None, obj)
    goods = Look(chance.pick((Material.YELLOW, Material.RED, Material.LINDEN, Material.SAND)))
    block(builder, frame, Span(-1.4, 1.4, -0.9, 0.9, 1.6, 2.2), goods, goods, obj)
    cloth = Look(Material.WHITE if chance.chance(0.33) else tent)
    corners = ((-1.9, -1.7), (1.9, -1.7), (1.9, 1.7), (-1.9, 1.7))
    ring = [frame.at(a, b) for a, b in corners]
    if chance.chance(0.5):
        cone(builder, ring, frame.lift(0, 0, 5), 3, cloth, obj)
    else:
        gable(builder, frame, Span(-1.9, 1.9, -1.7, 1.7, 3, 4.6), cloth, cloth, obj)
    builder.cast(3, [ring])
