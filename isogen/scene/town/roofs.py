"""Roofs over any footprint with courtyards: hipped, gabled, mansard, flat on top.

Heights are meters above the eaves. The faces of a roof cover its footprint: none
overlap in plan and nothing is left open.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from shapely import Point, Polygon

from isogen.mesh.builder import Point3, Triangle
from isogen.mesh.solids import triangulate
from isogen.scene.town.footprint import rings_of
from isogen.scene.town.skeleton import Cycle, Floats, Skeleton, plan_area, skeleton

_THIN_M = 0.02
"""Faces lower or narrower than this are left out: they are finer than a grain of the art."""

_APART_M = 1e-4

_NUDGE_M = 2e-3
_LOST = 1e-3
"""Share of a footprint that faces may miss or cover twice by rounding."""


class Surface(Enum):
    """Which way a face of a roof looks."""

    SLOPE = "slope"
    GABLE = "gable"
    FLAT = "flat"
    LIGHT = "light"
    """Upright and glazed."""


@dataclass(frozen=True)
class RoofFace:
    """A planar piece of a roof."""

    points: tuple[Point3, ...]
    """Corners (e, n, height), in meters: shell, then holes; counter-clockwise from outside."""

    triangles: tuple[Triangle, ...]
    surface: Surface

    @property
    def top(self) -> float:
        """Height of its highest corner, in meters."""
        return max(p[2] for p in self.points)


@dataclass(frozen=True)
class Roof:
    """The faces over one footprint."""

    footprint: Polygon
    faces: tuple[RoofFace, ...]

    slope: float
    """Meters of height per meter of plan at the eaves; 0 for a flat roof."""

    tops: tuple[Polygon, ...] = ()
    """The flat pieces, all at ``height_m``."""

    gables: frozenset[int] = frozenset()
    """Edges of the footprint that carry a gable instead of an eave."""

    @property
    def height_m(self) -> float:
        """Height of the highest corner above the eaves."""
        return max((f.top for f in self.faces), default=0.0)


@dataclass(frozen=True)
class Pitch:
    """A slope, and the height in meters at which it ends."""

    slope: float
    cap_m: float = math.inf

    @property
    def run_m(self) -> float:
        """How far the slope goes inward, in plan."""
        return self.cap_m / self.slope


def flat_roof(footprint: Polygon, height_m: float = 0.0) -> Roof:
    """Return a flat roof."""
    return Roof(footprint, (flat_face(footprint, height_m),), 0.0, (footprint,))


def pitched_roof(
    footprint: Polygon,
    pitches: Sequence[Pitch],
    gables: frozenset[int] = frozenset(),
) -> Roof:
    """Return a roof that rises from all edges but the gables.

    Where the sweep of the edges fails, gables become eaves; where it fails again the
    roof is flat. A footprint without an edge that could be an eave has no gables.

    Args:
        footprint: Shell counter-clockwise, holes clockwise.
        pitches: From the eaves up; the last cap, if any, is cut flat.
        gables: Edges, numbered through all rings, that stay upright.
    """
    count = sum(len(r) for r in rings_of(footprint))
    for upright in (gables, frozenset[int]()) if 0 < len(gables) < count else (frozenset[int](),):
        speeds = [0.0 if k in upright else 1.0 for k in range(count)]
        for nudge_m in (0.0, _NUDGE_M):
            cut = skeleton(_nudged(footprint, nudge_m), speeds, pitches[0].run_m)
            faces, tops = _raise(cut, speeds, pitches, 0.0) if cut else ((), ())
            if abs(_plan_area(faces) - footprint.area) <= _LOST * footprint.area:
                return Roof(footprint, faces, pitches[0].slope, tops, upright)
    return flat_roof(footprint)


def _nudged(footprint: Polygon, by_m: float) -> list[Floats]:
    """Return rings whose corners moved by less than can be seen.

    Where many edges of a square grid meet at one time, the sweep may lose its way; it
    finds it when they meet one after the other.
    """
    moves = (0.37, -0.81, 0.59, -0.13, 0.97, -0.43, 0.71)
    return [
        ring + by_m * np.array([(moves[k % 7], moves[(3 * k + 2) % 7]) for k in range(len(ring))])
        for ring in rings_of(footprint)
    ]


def _plan_area(faces: Iterable[RoofFace]) -> float:
    """Return the area that faces cover in plan."""
    corners = np.array(
        [
            f.points[k][:2]
            for f in faces
            if f.surface in (Surface.SLOPE, Surface.FLAT)
            for t in f.triangles
            for k in t
        ]
    )
    a, b, c = corners.reshape(-1, 3, 2).transpose(1, 2, 0)
    return float(np.sum((b - a)[0] * (c - a)[1] - (b - a)[1] * (c - a)[0])) / 2


def pitched_to(
    footprint: Polygon, height_m: float, steepest: float, gables: frozenset[int] = frozenset()
) -> Roof:
    """Return a roof of one pitch that is ``height_m`` high, or as steep as allowed."""
    whole = pitched_roof(footprint, [Pitch(1.0)], gables)
    reach = whole.height_m
    slope = min(height_m / reach, steepest) if reach > 0 else 0.0
    if slope <= 0:
        return flat_roof(footprint)
    faces = tuple(
        RoofFace(tuple((e, n, h * slope) for e, n, h in f.points), f.triangles, f.surface)
        for f in whole.faces
    )
    return Roof(footprint, faces, slope, whole.tops, whole.gables)


def flat_face(polygon: Polygon, height_m: float) -> RoofFace:
    """Return a polygon with holes as a horizontal face."""
    rings = rings_of(polygon)
    points = tuple((float(e), float(n), height_m) for r in rings for e, n in r)
    return RoofFace(points, tuple(triangulate(rings)), Surface.FLAT)


def upright_face(points: Sequence[Point3]) -> RoofFace | None:
    """Return corners in an upright plane as a face; None when it is too thin to be seen."""
    corners = np.array(points)
    low = int(np.argmin(corners[:, 2]))
    far = corners[np.argmax(np.hypot(*(corners[:, :2] - corners[low, :2]).T))]
    along = far[:2] - corners[low, :2]
    length = float(np.hypot(*along))
    if length < _THIN_M or np.ptp(corners[:, 2]) < _THIN_M:
        return None
    flat = np.column_stack([(corners[:, :2] - corners[low, :2]) @ along / length, corners[:, 2]])
    if plan_area(flat) < 0:
        flat[:, 0] *= -1
    triangles = triangulate([flat])
    return RoofFace(tuple(points), tuple(triangles), Surface.GABLE) if triangles else None


def sloping_face(points: Sequence[Point3]) -> RoofFace | None:
    """Return corners in a sloping plane as a face; None when it has no area in plan."""
    triangles = triangulate([np.array(points)[:, :2]])
    return RoofFace(tuple(points), tuple(triangles), Surface.SLOPE) if triangles else None


def _raise(
    cut: Skeleton, speeds: Sequence[float], pitches: Sequence[Pitch], base_m: float
) -> tuple[tuple[RoofFace, ...], tuple[Polygon, ...]]:
    """Lift a skeleton to its pitch, and what is left in the middle to the pitches after it."""
    slope = pitches[0].slope
    faces: list[RoofFace | None] = []
    for speed, outlines in zip(speeds, cut.faces, strict=True):
        for cycle in outlines:
            points = [
                (float(e), float(n), base_m + float(t) * slope)
                for e, n, t in cut.nodes[list(cycle)]
            ]
            upright = speed == 0 or abs(plan_area(cut.nodes[list(cycle)])) < _THIN_M**2
            faces.append(upright_face(points) if upright else sloping_face(points))
    tops: list[Polygon] = []
    for shell, holes in _nest(cut):
        upper, flat = _raise_top(cut, (shell, *holes), speeds, pitches, base_m)
        faces += upper
        tops += flat
    return tuple(f for f in faces if f), tuple(tops)


def _raise_top(
    cut: Skeleton,
    outlines: Sequence[int],
    speeds: Sequence[float],
    pitches: Sequence[Pitch],
    base_m: float,
) -> tuple[Iterable[RoofFace], Iterable[Polygon]]:
    """Close one piece of the middle, with the next pitch or flat."""
    height_m = base_m + pitches[0].cap_m
    rings, edges = _tidy(cut, outlines)
    if len(pitches) > 1 and rings:
        upper_speeds = [speeds[k] for k in edges]
        upper = skeleton(rings, upper_speeds, pitches[1].run_m)
        if upper:
            return _raise(upper, upper_speeds, pitches[1:], height_m)
    shell, *holes = (cut.nodes[list(cut.tops[k]), :2] for k in outlines)
    polygon = Polygon(shell, holes)
    return [flat_face(polygon, height_m)], [polygon]


def _tidy(cut: Skeleton, outlines: Sequence[int]) -> tuple[list[Floats], list[int]]:
    """Return rings without points that repeat, and the edge of each segment; empty if too thin."""
    rings: list[Floats] = []
    edges: list[int] = []
    for k in outlines:
        points = cut.nodes[list(cut.tops[k]), :2]
        gap = np.hypot(*(np.roll(points, -1, axis=0) - points).T)
        kept = np.flatnonzero(gap > _APART_M).tolist()
        if len(kept) < 3:
            return [], []
        rings.append(points[kept])
        edges += [cut.top_edges[k][i] for i in kept]
    return rings, edges


def _nest(cut: Skeleton) -> list[tuple[int, tuple[int, ...]]]:
    """Return every outline of the middle that is a shell, with the outlines of its holes."""
    areas = [plan_area(cut.nodes[list(c)]) for c in cut.tops]
    shells = [k for k, area in enumerate(areas) if area > 0]
    held: dict[int, list[int]] = {k: [] for k in shells}
    for k, area in enumerate(areas):
        if area < 0:
            held[_shell_of(cut, cut.tops[k], shells, areas)].append(k)
    return [(k, tuple(held[k])) for k in shells]


def _shell_of(cut: Skeleton, hole: Cycle, shells: Sequence[int], areas: Sequence[float]) -> int:
    """Return the smallest shell around a hole."""
    point = Point(cut.nodes[hole[0], :2])
    around = [k for k in shells if Polygon(cut.nodes[list(cut.tops[k]), :2]).contains(point)]
    return min(around or shells, key=lambda k: areas[k])
