"""What stands in rows along the edges of large squares: lamps, benches, tubs of flowers."""

import numpy as np
import shapely
from shapely import Polygon

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, circle
from isogen.mesh.vocabulary import BallStyle, Material
from isogen.scene.town.furniture import build_bench, build_lamp
from isogen.scene.town.ground_plazas import is_plaza
from isogen.scene.town.lines import directions_at, places_along
from isogen.scene.town.markets import is_traffic
from isogen.scene.town.near import Near
from isogen.scene.town.plot import STONE, Plot
from isogen.scene.town.props import as_plan, prism

LARGE_M2 = 1200.0
ROW_M = 4.0
"""The row keeps this far from the edge of its square."""

STEP_M = 7.0
CLEAR_M = 2.2
MAPPED_M = 60.0
"""Lamps or benches that somebody mapped this near stand for all of them."""

_STONE = Look(Material.GRANITE)
_BLOOMS = (Material.RED, Material.ROSE, Material.YELLOW, Material.WHITE)
_ROW = ("lamp", "bench", "tub", "bench")


def build_squares(plot: Plot) -> None:
    """Furnish the squares of a cell."""
    near = [plot.town.features.nodes[k] for k in plot.town.nodes.within(plot.outline, MAPPED_M)]
    lamps = Near([n.geometry for n in near if n.tags.get("highway") == "street_lamp"])
    benches = Near([n.geometry for n in near if n.tags.get("amenity") == "bench"])
    mapped = {"lamp": lamps, "bench": benches}
    for area in plot.areas():
        if is_plaza(area.tags) and area.geometry.area >= LARGE_M2:
            _furnish(plot, area.id, area.geometry, mapped)


def _furnish(plot: Plot, owner: int, square: Polygon, mapped: dict[str, Near]) -> None:
    for part in shapely.get_parts(square.buffer(-ROW_M, join_style="mitre")):
        ring = part.exterior
        at_m = np.arange(STEP_M / 2, ring.length, STEP_M)
        places, along = places_along(ring, at_m), directions_at(ring, at_m)
        free = plot.mine(places) & plot.lies_on(places, STONE) & plot.are_open(places, CLEAR_M)
        for k in np.flatnonzero(free).tolist():
            kind, place = _ROW[k % len(_ROW)], shapely.Point(places[k])
            said = mapped[kind].within(place, MAPPED_M) if kind in mapped else []
            if said or is_traffic(plot, place):
                continue
            frame = Frame(as_plan(places[k]), as_plan(along[k]))
            if kind == "tub":
                build_tub(plot.builder, frame, plot.chance(owner, 87).pick(_BLOOMS))
            else:
                (build_lamp if kind == "lamp" else build_bench)(plot.builder, frame)


def build_tub(builder: MeshBuilder, frame: Frame, bloom: Material) -> None:
    """Add a round tub of flowers."""
    obj = builder.new_object()
    prism(builder, circle(frame.center, 0.9, 8), (0, 1.0), _STONE, _STONE, obj)
    builder.ball((*frame.center, 1.2), 0.8, 0.9, Look(bloom, BallStyle.DOME, 3), obj)
