"""Straight skeletons: every edge of a polygon sweeps inward and leaves its face.

The faces of all edges, and what is left in the middle when the sweep ends early,
cover the polygon exactly. An edge may stand still (a party wall): its face is then
upright and has no area in plan.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from isogen.mesh.builder import Ring
from isogen.scene.town.skeleton_front import advance
from isogen.scene.town.skeleton_model import TOUCH_M, Edges, Floats, Front, Ints, Trace

Segment = tuple[int, int]
"""Two node numbers: from, to."""

Cycle = tuple[int, ...]
"""Node numbers around a polygon, counter-clockwise; clockwise around a hole."""

_AREA_ERROR = 1e-4
"""Share of the area by which the faces may miss the polygon."""

_PLANE_ERROR_M = 1e-3


@dataclass(frozen=True)
class Skeleton:
    """A polygon cut into the faces of its edges."""

    nodes: Floats
    """Shape (N, 3): e and n in meters, and how far an edge of speed 1 has come."""

    faces: tuple[tuple[Cycle, ...], ...]
    """For every edge of the rings, in their order, the outlines of its face."""

    tops: tuple[Cycle, ...]
    """Outlines of what is left in the middle, shells and holes mixed."""

    top_edges: tuple[tuple[int, ...], ...]
    """For every outline of ``tops``, the edge that each of its segments belongs to."""


def skeleton(
    rings: Sequence[Ring], speeds: Sequence[float], until: float = math.inf
) -> Skeleton | None:
    """Cut a polygon into the faces of its edges.

    Args:
        rings: Shell counter-clockwise, holes clockwise, in meters, without repeated points.
        speeds: Speed of every edge, in the order of the rings; an edge goes from its
            point to the next one. 0 or 1.
        until: How far edges of speed 1 move at most, in meters.

    Returns:
        The skeleton; None when there is none (all edges stand, or one that stands comes
        to lie beside one that moves), and when the faces do not cover the polygon.
    """
    points = np.concatenate([np.asarray(r, np.float64)[:, :2] for r in rings])
    following = _following([len(r) for r in rings])
    edges, front, trace = _begin(points, following, speeds)
    if not advance(front, edges, trace, until):
        return None
    cut = _cut(following, front, trace)
    return cut if cut and _holds(cut, points, following, edges) else None


def plan_area(points: Floats) -> float:
    """Return the area of an outline (N, 2 or more columns); negative when clockwise."""
    e, n = points[:, 0], points[:, 1]
    next_e, next_n = np.concatenate((e[1:], e[:1])), np.concatenate((n[1:], n[:1]))
    return float(np.dot(e, next_n) - np.dot(n, next_e)) / 2


def _following(counts: Sequence[int]) -> Ints:
    """Return the number of the point after each one, around its ring."""
    out = np.arange(1, sum(counts) + 1)
    start = 0
    for count in counts:
        out[start + count - 1] = start
        start += count
    return out


def _begin(points: Floats, following: Ints, speeds: Sequence[float]) -> tuple[Edges, Front, Trace]:
    n = len(points)
    along = points[following] - points
    along /= np.hypot(along[:, 0], along[:, 1])[:, None]
    edges = Edges(along[:, 0].copy(), along[:, 1].copy(), np.array(speeds, np.float64))
    size = 13 * n + 64
    x, y, vx, vy = np.zeros((4, size))
    prev, after, edge, node = np.full((4, size), -1, np.int64)
    front = Front(x, y, vx, vy, prev, after, edge, node, np.array([n], np.int64))
    front.x[:n], front.y[:n] = points[:, 0], points[:, 1]
    front.next[:n] = following
    front.prev[following] = np.arange(n)
    front.edge[:n] = front.node[:n] = np.arange(n)
    trace = Trace(
        np.zeros((4 * size, 3)), np.zeros((6 * size, 4), np.int64), np.array([n, 0], np.int64)
    )
    trace.nodes[:n, :2] = points
    return edges, front, trace


def _cut(following: Ints, front: Front, trace: Trace) -> Skeleton | None:
    """Chain the arcs around every face; None when one does not close."""
    nodes = trace.nodes[: trace.used[0]]
    arcs = trace.arcs[: trace.used[1]]
    names = _merge(nodes, arcs)
    around: list[list[Segment]] = [[(i, j)] for i, j in enumerate(following.tolist())]
    rows: list[list[int]] = arcs.tolist()
    for a, b, along, against in rows:
        around[along].append((names[a], names[b]))
        around[against].append((names[b], names[a]))
    top: list[Segment] = []
    owners: dict[Segment, int] = {}
    for i in _live(front):
        a, b = names[int(front.node[i])], names[int(front.node[int(front.next[i])])]
        edge = int(front.edge[i])
        around[edge].append((b, a))
        top.append((a, b))
        owners[a, b] = edge
    faces = [_chain(segments, nodes) for segments in around]
    tops = _chain(top, nodes)
    if tops is None or any(face is None for face in faces):
        return None
    return Skeleton(
        nodes,
        tuple(face or () for face in faces),
        tops,
        tuple(tuple(owners[s] for s in pairwise((*c, c[0]))) for c in tops),
    )


def _live(front: Front) -> list[int]:
    return np.flatnonzero(front.next[: int(front.used[0])] >= 0).tolist()


def _merge(nodes: Floats, arcs: Ints) -> list[int]:
    """Return for every node the first one of those that an arc without length joins it to."""
    names = list(range(len(nodes)))

    def first(k: int) -> int:
        while names[k] != k:
            k = names[k]
        return k

    gap = np.abs(nodes[arcs[:, 0]] - nodes[arcs[:, 1]])
    for a, b in arcs[(gap < 2 * TOUCH_M).all(axis=1), :2].tolist():
        low, high = sorted((first(a), first(b)))
        names[high] = low
    return [first(k) for k in range(len(nodes))]


def _chain(segments: Sequence[Segment], nodes: Floats) -> tuple[Cycle, ...] | None:
    """Join directed segments to cycles, turning left where there is a choice."""
    ways: dict[int, list[int]] = {}
    for a, b in segments:
        if a != b:
            ways.setdefault(a, []).append(b)
    cycles: list[Cycle] = []
    while ways:
        start = next(iter(ways))
        cycle = [start]
        while (here := _step(cycle, ways, nodes)) != start:
            if here is None:
                return None
            cycle.append(here)
        if len(cycle) > 2:
            cycles.append(tuple(cycle))
    return tuple(cycles)


def _step(cycle: Sequence[int], ways: dict[int, list[int]], nodes: Floats) -> int | None:
    """Take the next segment out of ``ways``; None at a dead end."""
    here = cycle[-1]
    choices = ways.get(here)
    if not choices:
        return None
    if len(choices) > 1 and len(cycle) > 1:
        came = nodes[here, :2] - nodes[cycle[-2], :2]
        choices.sort(key=lambda k: _turn(came, nodes[k, :2] - nodes[here, :2]))
    there = choices.pop()
    if not choices:
        del ways[here]
    return there


def _turn(came: Floats, goes: Floats) -> float:
    """Return the angle to the left, in radians in [-pi, pi]."""
    cross = came[0] * goes[1] - came[1] * goes[0]
    return math.atan2(cross, float(np.dot(came, goes)))


def _holds(cut: Skeleton, points: Floats, following: Ints, edges: Edges) -> bool:
    """Tell whether faces and tops cover the polygon, once, and every face lies in its plane."""
    e, n = points[:, 0], points[:, 1]
    whole = float(np.dot(e, n[following]) - np.dot(n, e[following])) / 2
    areas = [plan_area(cut.nodes[list(c)]) for face in cut.faces for c in face]
    rest = sum(plan_area(cut.nodes[list(c)]) for c in cut.tops)
    error = max(whole, 1.0) * _AREA_ERROR
    covers = min(areas, default=0.0) > -error and abs(sum(areas) + rest - whole) < error
    return covers and _off_plane(cut, points, edges) < _PLANE_ERROR_M


def _off_plane(cut: Skeleton, points: Floats, edges: Edges) -> float:
    """Return how far any node of a face lies from where its edge had come, in meters."""
    pairs = [(k, i) for k, face in enumerate(cut.faces) for c in face for i in c]
    k, i = np.array(pairs, np.int64).T
    way = cut.nodes[i, :2] - points[k]
    come = edges.dx[k] * way[:, 1] - edges.dy[k] * way[:, 0]
    return float(np.abs(come - edges.speed[k] * cut.nodes[i, 2]).max())
