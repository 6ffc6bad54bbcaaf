"""Finds what happens next to a wavefront: an edge vanishes, or a corner runs into an edge.

All vertices are looked at for every event, which costs little for footprints and
needs no queue that could go stale.
"""

from typing import NamedTuple

import numpy as np

from isogen.kernels import part
from isogen.scene.town.skeleton_model import (
    GONE,
    PARALLEL,
    TOUCH_M,
    Edges,
    Front,
    cross,
    edge_into,
)

_STILL = 1e-12
_PASSING = 1e-9
_SIMULTANEOUS = 1e-9


class Event(NamedTuple):
    """What happens next, after ``wait``: ``vertex`` meets the edge that starts at ``other``.

    With ``other`` -1, the edge that starts at ``vertex`` has no length left; with
    ``vertex`` -1 nothing will happen.
    """

    wait: float
    vertex: int
    other: int


@part
def next_event(front: Front, edges: Edges) -> Event:
    """Return what happens first; ties go to the lowest vertex, vanishing edges first."""
    best = Event(np.inf, GONE, GONE)
    for i in range(front.used[0]):
        if front.next[i] != GONE:
            wait = _collapse_wait(front, edges, i)
            if wait < best.wait:
                best = Event(wait, i, GONE)
    for i in range(front.used[0]):
        if front.next[i] != GONE:
            before, after = edge_into(front, i), int(front.edge[i])
            if cross(edges, before, after) < -PARALLEL:
                best = _first_split(front, edges, i, best)
    return best


@part
def _collapse_wait(front: Front, edges: Edges, i: int) -> float:
    """Return after what time the edge that starts at ``i`` has no length left."""
    j, e = int(front.next[i]), int(front.edge[i])
    length = (front.x[j] - front.x[i]) * edges.dx[e] + (front.y[j] - front.y[i]) * edges.dy[e]
    rate = (front.vx[j] - front.vx[i]) * edges.dx[e] + (front.vy[j] - front.vy[i]) * edges.dy[e]
    return max(length, 0.0) / -rate if rate < -_STILL else np.inf


@part
def _first_split(front: Front, edges: Edges, i: int, best: Event) -> Event:
    """Return the first of ``best`` and the edges that the reflex vertex ``i`` runs into."""
    for u in range(front.used[0]):
        if front.next[u] == GONE or u in (i, front.prev[i]):
            continue
        e = int(front.edge[u])
        nx, ny = -edges.dy[e], edges.dx[e]
        rate = nx * front.vx[i] + ny * front.vy[i] - edges.speed[e]
        distance = nx * (front.x[i] - front.x[u]) + ny * (front.y[i] - front.y[u])
        if rate > -_PASSING or distance < -TOUCH_M:
            continue
        wait = max(distance, 0.0) / -rate
        if wait < best.wait - _SIMULTANEOUS and _meets(front, edges, i, u, wait):
            best = Event(wait, i, u)
    return best


@part
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
    before, after = edge_into(front, i), int(front.edge[i])
    if along < TOUCH_M:
        return _inside(edges, edge_into(front, u), e, before, after)
    if along > length - TOUCH_M:
        return _inside(edges, e, int(front.edge[v]), before, after)
    return _ahead(edges, e, before, -1.0) and _ahead(edges, e, after, 1.0)


@part
def _ahead(edges: Edges, e: int, other: int, sign: float) -> bool:
    """Tell whether ``other``, followed by ``sign``, does not lead to the back of edge ``e``."""
    return sign * cross(edges, e, other) > -PARALLEL


@part
def _inside(edges: Edges, into: int, out: int, before: int, after: int) -> bool:
    """Tell whether two edges fit into the corner between edges ``into`` and ``out``."""
    back = (_ahead(edges, into, before, -1.0), _ahead(edges, out, before, -1.0))
    on = (_ahead(edges, into, after, 1.0), _ahead(edges, out, after, 1.0))
    if cross(edges, into, out) < 0:
        return (back[0] or back[1]) and (on[0] or on[1])
    return back[0] and back[1] and on[0] and on[1]
