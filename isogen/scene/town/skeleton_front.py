"""The wavefront of a straight skeleton: a polygon whose edges move inward.

Every edge moves at its own speed along its inner normal. The front is kept as
linked vertices, and all of them advance to each event, so that it is a true polygon
at any time.

An *arc* is the way of one front vertex between two events. It borders two faces:
that of the edge before the vertex, whose boundary runs along the arc, and that of
the edge after it, whose boundary runs against it.
"""

import numpy as np

from isogen.kernels import kernel, part
from isogen.scene.town.skeleton_events import next_event
from isogen.scene.town.skeleton_model import (
    GONE,
    PARALLEL,
    Edges,
    Front,
    Trace,
    cross,
    dot,
    edge_into,
)


@kernel
def advance(front: Front, edges: Edges, trace: Trace, until: float) -> bool:
    """Move the front until it has vanished or ``until`` has come, and end all ways there.

    Returns:
        Whether the front came to an end in as many events as there can be.
    """
    reached = _run(front, edges, trace, until)
    if reached < 0:
        return False
    for i in range(front.used[0]):
        if front.next[i] != GONE:
            _arrive(front, trace, i, _add_node(trace, front.x[i], front.y[i], reached))
    return True


@part
def _run(front: Front, edges: Edges, trace: Trace, until: float) -> float:
    """Let everything happen before ``until``; return the time reached, -1 without an end."""
    now = 0.0
    for i in range(front.used[0]):
        _set_velocity(front, edges, i)
    for _ in range(12 * len(edges.dx) + 60):
        if not _alive(front):
            return now
        event = next_event(front, edges)
        wait = min(event.wait, until - now)
        if wait == np.inf:
            return -1.0
        _move(front, wait)
        now += wait
        if event.wait > wait or event.vertex == GONE:
            return until
        if event.other == GONE:
            _collapse(front, edges, trace, event.vertex, now)
        else:
            _split(front, edges, trace, event.vertex, event.other, now)
    return -1.0


@part
def _alive(front: Front) -> bool:
    for i in range(front.used[0]):  # noqa: SIM110  compiles many times faster
        if front.next[i] != GONE:
            return True
    return False


@part
def _move(front: Front, wait: float) -> None:
    for i in range(front.used[0]):
        if front.next[i] != GONE:
            front.x[i] += front.vx[i] * wait
            front.y[i] += front.vy[i] * wait


@part
def _set_velocity(front: Front, edges: Edges, i: int) -> None:
    """Keep the vertex on both its edges: its velocity has their speeds along their normals."""
    a, b = edge_into(front, i), int(front.edge[i])
    det = cross(edges, a, b)
    wa, wb = edges.speed[a], edges.speed[b]
    if abs(det) < PARALLEL:
        speed = max(wa, wb)
        front.vx[i], front.vy[i] = -edges.dy[b] * speed, edges.dx[b] * speed
    else:
        front.vx[i] = (wa * edges.dx[b] - wb * edges.dx[a]) / det
        front.vy[i] = (wa * edges.dy[b] - wb * edges.dy[a]) / det


@part
def _add_node(trace: Trace, x: float, y: float, now: float) -> int:
    k = int(trace.used[0])
    trace.nodes[k, 0], trace.nodes[k, 1], trace.nodes[k, 2] = x, y, now
    trace.used[0] += 1
    return k


@part
def _add_arc(trace: Trace, start: int, end: int, along: int, against: int) -> None:
    k = int(trace.used[1])
    trace.arcs[k, 0], trace.arcs[k, 1] = start, end
    trace.arcs[k, 2], trace.arcs[k, 3] = along, against
    trace.used[1] += 1


@part
def _arrive(front: Front, trace: Trace, i: int, node: int) -> None:
    """End the way of vertex ``i`` at ``node``, where it begins its next one."""
    _add_arc(trace, int(front.node[i]), node, edge_into(front, i), int(front.edge[i]))
    front.node[i] = node


@part
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


@part
def _unlink(front: Front, i: int, j: int) -> None:
    """Take out ``j``, which follows ``i``."""
    k = int(front.next[j])
    front.next[i] = k
    front.prev[k] = i
    front.next[j] = GONE


@part
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
    if front.next[m] != GONE:
        _settle(front, edges, trace, m, now)


@part
def _settle(front: Front, edges: Edges, trace: Trace, i: int, now: float) -> None:
    """Give a new vertex its velocity; edges that lie upon each other become a ridge first."""
    while True:
        j = int(front.next[i])
        if j == i:
            front.next[i] = GONE
            return
        if front.next[j] == i:
            _close(front, trace, i, j, now)
            return
        into, out = edge_into(front, i), int(front.edge[i])
        if abs(cross(edges, into, out)) > PARALLEL or dot(edges, into, out) > 0:
            _set_velocity(front, edges, i)
            return
        _zip(front, trace, i, now)


@part
def _close(front: Front, trace: Trace, i: int, j: int, now: float) -> None:
    """End a loop of two vertices: its two edges lie upon each other."""
    node = _add_node(trace, float(front.x[j]), float(front.y[j]), now)
    _arrive(front, trace, j, node)
    _add_arc(trace, int(front.node[i]), node, int(front.edge[j]), int(front.edge[i]))
    front.next[i] = front.next[j] = GONE


@part
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
