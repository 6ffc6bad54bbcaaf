"""The wavefront of a straight skeleton: a polygon whose edges move inward.

Every edge moves at its own speed along its inner normal. The front is kept as
linked vertices; the time of the next event is found by looking at all of them,
which costs little for footprints and needs no queue that could go stale. All
vertices advance to each event, so that the front is a true polygon at any time.

An *arc* is the way of one front vertex between two events. It borders two faces:
that of the edge before the vertex, whose boundary runs along the arc, and that of
the edge after it, whose boundary runs against it.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TOUCH_M = 1e-6
"""Nearer than this, two places are one."""

_PARALLEL = 1e-6
_STILL = 1e-12
_SIMULTANEOUS = 1e-9
_GONE = -1


class Edges(NamedTuple):
    """The polygon's edges: unit direction and speed inward, each of shape (n,)."""

    dx: Floats
    dy: Floats
    speed: Floats


class Front(NamedTuple):
    """Vertices of the front; ``next`` is -1 for those that are gone."""

    x: Floats
    y: Floats
    vx: Floats
    vy: Floats
    prev: Ints
    next: Ints
    edge: Ints
    """Edge from a vertex to its next one."""
    node: Ints
    """Node at which the vertex began its present way."""
    used: Ints
    """Shape (1,): how many vertices were ever made."""


class Trace(NamedTuple):
    """What the front left behind."""

    nodes: Floats
    """Shape (capacity, 3): x, y and the time of arrival."""
    arcs: Ints
    """Shape (capacity, 4): from node, to node, face along, face against."""
    used: Ints
    """Shape (2,): how many nodes and arcs."""


class Event(NamedTuple):
    """What happens next, after ``wait``: ``vertex`` meets the edge that starts at ``other``.

    With ``other`` -1, the edge that starts at ``vertex`` has no length left; with
    ``vertex`` -1 nothing will happen.
    """

    wait: float
    vertex: int
    other: int


@njit(cache=True, nogil=True)
def advance(front: Front, edges: Edges, trace: Trace, until: float) -> float:
    """Move the front until it has vanished or ``until`` has come.

    Returns:
        The time reached; less than ``until`` when the front has vanished, -1 when the
        front did not come to an end in as many events as there can be.
    """
    now = 0.0
    for i in range(front.used[0]):
        _set_velocity(front, edges, i)
    for _ in range(12 * len(edges.dx) + 60):
        if not _alive(front):
            return now
        event = _next_event(front, edges)
        wait = min(event.wait, until - now)
        if not np.isfinite(wait):
            return -1.0
        _move(front, wait)
        now += wait
        if event.wait > wait or event.vertex == _GONE:
            return until
        if event.other == _GONE:
            _collapse(front, edges, trace, event.vertex, now)
        else:
            _split(front, edges, trace, event.vertex, event.other, now)
    return -1.0


@njit(cache=True, nogil=True)
def finish(front: Front, trace: Trace, now: float) -> None:
    """End the ways of all vertices that are left, at the time ``now``."""
    for i in range(front.used[0]):
        if front.next[i] != _GONE:
            _arrive(front, trace, i, _add_node(trace, float(front.x[i]), float(front.y[i]), now))


@njit(cache=True, nogil=True)
def _alive(front: Front) -> bool:
    return bool((front.next[: front.used[0]] != _GONE).any())


@njit(cache=True, nogil=True)
def _move(front: Front, wait: float) -> None:
    for i in range(front.used[0]):
        if front.next[i] != _GONE:
            front.x[i] += front.vx[i] * wait
            front.y[i] += front.vy[i] * wait


@njit(cache=True, nogil=True)
def _edge_into(front: Front, i: int) -> int:
    return int(front.edge[int(front.prev[i])])


@njit(cache=True, nogil=True)
def _cross(edges: Edges, a: int, b: int) -> float:
    return edges.dx[a] * edges.dy[b] - edges.dy[a] * edges.dx[b]


@njit(cache=True, nogil=True)
def _dot(edges: Edges, a: int, b: int) -> float:
    return edges.dx[a] * edges.dx[b] + edges.dy[a] * edges.dy[b]


@njit(cache=True, nogil=True)
def _set_velocity(front: Front, edges: Edges, i: int) -> None:
    """Keep the vertex on both its edges: its velocity has their speeds along their normals."""
    a, b = _edge_into(front, i), int(front.edge[i])
    det = _cross(edges, a, b)
    wa, wb = edges.speed[a], edges.speed[b]
    if abs(det) < _PARALLEL:
        speed = max(wa, wb)
        front.vx[i], front.vy[i] = -edges.dy[b] * speed, edges.dx[b] * speed
    else:
        front.vx[i] = (wa * edges.dx[b] - wb * edges.dx[a]) / det
        front.vy[i] = (wa * edges.dy[b] - wb * edges.dy[a]) / det


@njit(cache=True, nogil=True)
def _next_event(front: Front, edges: Edges) -> Event:
    best = Event(np.inf, _GONE, _GONE)
    for i in range(front.used[0]):
        if front.next[i] != _GONE:
            wait = _collapse_wait(front, edges, i)
            if wait < best.wait:
                best = Event(wait, i, _GONE)
    for i in range(front.used[0]):
        if front.next[i] != _GONE:
            before, after = _edge_into(front, i), int(front.edge[i])
            if _cross(edges, before, after) < -_PARALLEL:
                best = _first_split(front, edges, i, best)
    return best


@njit(cache=True, nogil=True)
def _collapse_wait(front: Front, edges: Edges, i: int) -> float:
    """Return after what time the edge that starts at ``i`` has no length left."""
    j, e = int(front.next[i]), int(front.edge[i])
    length = (front.x[j] - front.x[i]) * edges.dx[e] + (front.y[j] - front.y[i]) * edges.dy[e]
    rate = (front.vx[j] - front.vx[i]) * edges.dx[e] + (front.vy[j] - front.vy[i]) * edges.dy[e]
    return max(length, 0.0) / -rate if rate < -_STILL else np.inf


@njit(cache=True, nogil=True)
def _first_split(front: Front, edges: Edges, i: int, best: Event) -> Event:
    """Return the first of ``best`` and the edges that the reflex vertex ``i`` runs into."""
    for u in range(front.used[0]):
        if front.next[u] == _GONE or u in (i, front.prev[i]):
            continue
        e = int(front.edge[u])
        nx, ny = -edges.dy[e], edges.dx[e]
        rate = nx * front.vx[i] + ny * front.vy[i] - edges.speed[e]
        distance = nx * (front.x[i] - front.x[u]) + ny * (front.y[i] - front.y[u])
        if rate > -_STILL * 1e3 or distance < -TOUCH_M:
            continue
        wait = max(distance, 0.0) / -rate
        if wait < best.wait - _SIMULTANEOUS and _meets(front, edges, i, u, wait):
            best = Event(wait, i, u)
    return best


@njit(cache=True, nogil=True)
def _meets(front: Front, edges: Edges, i: int, u: int, wait: float) -> bool:
    """Tell whether vertex ``i`` is on the edge that starts at ``u`` after ``wait``, from inside."""
    v, e = int(front.next[u]), int(front.edge[u])
    dx, dy = edges.dx[e], edges.dy[e]
    ux, uy = front.x[u] + front.vx[u] * wait, front.y[u] + front.vy[u] * wait
    vx, vy = front.x[v] + front.vx[v] * wait, front.y[v] + front.vy[v] * wait
    px, py = front.x[i] + front.vx[i] * wait, front.y[i] + front.vy[i] * wait
    along = (px - ux) * dx + (py - uy) * dy
    length = (vx - ux) * dx + (vy - uy) * dy
    if along < -TOUCH_M or along > length + TOUCH_M:
        return False
    before, after = _edge_into(front, i), int(front.edge[i])
    if along < TOUCH_M:
        return _inside(edges, _edge_into(front, u), e, before, after)
    if along > length - TOUCH_M:
        return _inside(edges, e, int(front.edge[v]), before, after)
    return _ahead(edges, e, before, -1.0) and _ahead(edges, e, after, 1.0)


@njit(cache=True, nogil=True)
def _ahead(edges: Edges, e: int, other: int, sign: float) -> bool:
    """Tell whether ``other``, followed by ``sign``, does not lead to the back of edge ``e``."""
    return sign * _cross(edges, e, other) > -_PARALLEL


@njit(cache=True, nogil=True)
def _inside(edges: Edges, into: int, out: int, before: int, after: int) -> bool:
    """Tell whether two edges fit into the corner between edges ``into`` and ``out``."""
    back = (_ahead(edges, into, before, -1.0), _ahead(edges, out, before, -1.0))
    on = (_ahead(edges, into, after, 1.0), _ahead(edges, out, after, 1.0))
    if _cross(edges, into, out) < 0:
        return (back[0] or back[1]) and (on[0] or on[1])
    return back[0] and back[1] and on[0] and on[1]


@njit(cache=True, nogil=True)
def _add_node(trace: Trace, x: float, y: float, now: float) -> int:
    k = int(trace.used[0])
    trace.nodes[k, 0], trace.nodes[k, 1], trace.nodes[k, 2] = x, y, now
    trace.used[0] += 1
    return k


@njit(cache=True, nogil=True)
def _add_arc(trace: Trace, start: int, end: int, along: int, against: int) -> None:
    k = int(trace.used[1])
    trace.arcs[k, 0], trace.arcs[k, 1] = start, end
    trace.arcs[k, 2], trace.arcs[k, 3] = along, against
    trace.used[1] += 1


@njit(cache=True, nogil=True)
def _arrive(front: Front, trace: Trace, i: int, node: int) -> None:
    """End the way of vertex ``i`` at ``node``, where it begins its next one."""
    _add_arc(trace, int(front.node[i]), node, _edge_into(front, i), int(front.edge[i]))
    front.node[i] = node


@njit(cache=True, nogil=True)
def _collapse(front: Front, edges: Edges, trace: Trace, i: int, now: float) -> None:
    """Make one vertex of the two ends of an edge that has no length left."""
    j = int(front.next[i])
    x, y = (front.x[i] + front.x[j]) / 2, (front.y[i] + front.y[j]) / 2
    node = _add_node(trace, x, y, now)
    _arrive(front, trace, i, node)
    _arrive(front, trace, j, node)
    front.x[i], front.y[i], front.edge[i] = x, y, int(front.edge[j])
    _unlink(front, i, j)
    _settle(front, edges, trace, i, now)


@njit(cache=True, nogil=True)
def _unlink(front: Front, i: int, j: int) -> None:
    """Take out ``j``, which follows ``i``."""
    k = int(front.next[j])
    front.next[i] = k
    front.prev[k] = i
    front.next[j] = _GONE


@njit(cache=True, nogil=True)
def _split(front: Front, edges: Edges, trace: Trace, i: int, u: int, now: float) -> None:
    """Let vertex ``i`` break the edge that starts at ``u``."""
    node = _add_node(trace, float(front.x[i]), float(front.y[i]), now)
    _arrive(front, trace, i, node)
    v, after = int(front.next[u]), int(front.next[i])
    m = int(front.used[0])
    front.used[0] += 1
    front.x[m], front.y[m], front.node[m] = front.x[i], front.y[i], node
    front.edge[m], front.edge[i] = int(front.edge[i]), int(front.edge[u])
    front.prev[m], front.next[m] = u, after
    front.next[u], front.prev[after] = m, m
    front.next[i], front.prev[v] = v, i
    _settle(front, edges, trace, i, now)
    if front.next[m] != _GONE:
        _settle(front, edges, trace, m, now)


@njit(cache=True, nogil=True)
def _settle(front: Front, edges: Edges, trace: Trace, i: int, now: float) -> None:
    """Give a new vertex its velocity; edges that lie upon each other become a ridge first."""
    while True:
        j = int(front.next[i])
        if j == i:
            front.next[i] = _GONE
            return
        if front.next[j] == i:
            _close(front, trace, i, j, now)
            return
        into, out = _edge_into(front, i), int(front.edge[i])
        if abs(_cross(edges, into, out)) > _PARALLEL or _dot(edges, into, out) > 0:
            _set_velocity(front, edges, i)
            return
        _zip(front, trace, i, now)


@njit(cache=True, nogil=True)
def _close(front: Front, trace: Trace, i: int, j: int, now: float) -> None:
    """End a loop of two vertices: its two edges lie upon each other."""
    node = _add_node(trace, float(front.x[j]), float(front.y[j]), now)
    _arrive(front, trace, j, node)
    _add_arc(trace, int(front.node[i]), node, int(front.edge[j]), int(front.edge[i]))
    front.next[i] = front.next[j] = _GONE


@njit(cache=True, nogil=True)
def _zip(front: Front, trace: Trace, i: int, now: float) -> None:
    """Move a vertex between two edges that lie upon each other to the nearer of their ends."""
    p, q = int(front.prev[i]), int(front.next[i])
    to_p = (front.x[p] - front.x[i]) ** 2 + (front.y[p] - front.y[i]) ** 2
    to_q = (front.x[q] - front.x[i]) ** 2 + (front.y[q] - front.y[i]) ** 2
    near = p if to_p <= to_q else q
    node = _add_node(trace, float(front.x[near]), float(front.y[near]), now)
    _arrive(front, trace, near, node)
    _add_arc(trace, int(front.node[i]), node, int(front.edge[p]), int(front.edge[i]))
    front.x[i], front.y[i], front.node[i] = front.x[near], front.y[near], node
    if near == p:
        _unlink(front, int(front.prev[p]), p)
    else:
        front.edge[i] = int(front.edge[q])
        _unlink(front, i, q)
