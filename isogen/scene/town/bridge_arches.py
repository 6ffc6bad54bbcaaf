"""Stone arches under a deck: open spandrels on stout piers."""

import numpy as np

from isogen.mesh.builder import Look, Point3
from isogen.mesh.solids import Frame, Span, box, triangulate
from isogen.mesh.vocabulary import Kind, Material
from isogen.scene.town.bridge_groups import Bridge
from isogen.scene.town.bridge_heights import Profile
from isogen.scene.town.bridge_looks import BridgeLook
from isogen.scene.town.bridge_piers import foot_of
from isogen.scene.town.laid import Course, course_of
from isogen.scene.town.near import unit
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan

BAY_M = 15.0
PIER_HALF_M = 1.3
CROWN_RISES = 1.7
"""Stone between the crown of an arch and the deck."""

LEAST_RISES = 3.0
"""Lower bays are walls without an arch."""

_LEAST_M = 0.1
"""Inside a sharp bend a bay's edge may shrink to nothing: no wall is that narrow."""

_STEPS = 10


def build_arches(plot: Plot, bridge: Bridge, profile: Profile, look: BridgeLook, obj: int) -> None:
    """Build the bays whose middle lies in the cell."""
    length = bridge.axis.length
    count = max(round(length / BAY_M), 1)
    at_m = np.linspace(0, length, count + 1)
    whole = course_of(bridge.axis, at_m, profile.at(at_m))
    mine = plot.mine(whole.between())
    for k in np.flatnonzero(mine).tolist():
        bay = Course(
            whole.middles[k : k + 2], whole.lefts[k : k + 2], whole.rises[k : k + 2],
            at_m[k : k + 2],
        )  # fmt: skip
        foot = foot_of(plot.town, as_plan(whole.between()[k]))
        sides = (bay.edge(-bridge.right_m), bay.edge(bridge.left_m)[::-1])
        for a, b in sides:
            _spandrel(plot, (a, b), foot, look.pier, obj)
            _spandrel(plot, (b, a), foot, Look(Material.SLATE), obj)
        if k:
            _pier(plot, bridge, (whole, k), foot, look, obj)


def _spandrel(plot: Plot, ends: tuple[Point3, Point3], foot: float, look: Look, obj: int) -> None:
    """Add a wall with an arch in it, seen from the right of the way between its ends."""
    (e0, n0, z0), (e1, n1, z1) = ends
    width = float(np.sqrt((e1 - e0) ** 2 + (n1 - n0) ** 2))
    if width < _LEAST_M:
        return
    top = min(z0, z1)
    outline = [(0.0, foot), (width, foot), (width, z1), (0.0, z0)]
    if top - foot >= LEAST_RISES and width > 2 * PIER_HALF_M:
        turn = np.linspace(-1, 1, _STEPS + 1)
        low = foot + 0.3
        heights = low + (top - CROWN_RISES - low) * np.sqrt(1 - turn**2)
        along = width / 2 + (width / 2 - PIER_HALF_M) * turn
        arch = [(float(a), float(z)) for a, z in zip(along, heights, strict=True)]
        pier = PIER_HALF_M
        outline = [(0.0, foot), (pier, foot), *arch, (width - pier, foot), *outline[1:]]
    ring = np.array(outline)
    points = [(e0 + (e1 - e0) * a / width, n0 + (n1 - n0) * a / width, z) for a, z in outline]
    plot.builder.polygon(points, look, Kind.WALL, obj, triangulate([ring]))


def _pier(
    plot: Plot,
    bridge: Bridge,
    station: tuple[Course, int],
    foot: float,
    look: BridgeLook,
    obj: int,
) -> None:
    """Add the pier between two bays, with a cutwater before the deck's edges."""
    course, k = station
    left = course.lefts[k]
    frame = Frame(as_plan(course.middles[k]), unit((float(left[1]), float(-left[0]))))
    top = float(course.rises[k])
    if top - foot < LEAST_RISES:
        return
    half = PIER_HALF_M
    ends = Span(-half, half, -bridge.right_m - 1.2, bridge.left_m + 1.2, foot, top - 2.2)
    box(plot.builder, frame, ends, look.pier, Look(look.pier.material), obj=obj)
