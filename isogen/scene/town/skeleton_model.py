"""The state of a moving wavefront: its edges, its vertices, and what they leave behind."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from isogen.kernels import part

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TOUCH_M = 1e-6
"""Nearer than this, two places are one."""

PARALLEL = 1e-6
"""Sine of the angle below which two edges have one direction."""

GONE = -1
"""Stands for no vertex."""


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


@part
def edge_into(front: Front, i: int) -> int:
    """Return the edge that ends at a vertex."""
    return int(front.edge[int(front.prev[i])])


@part
def cross(edges: Edges, a: int, b: int) -> float:
    """Return the sine of the angle from one edge to another; positive to the left."""
    return edges.dx[a] * edges.dy[b] - edges.dy[a] * edges.dx[b]


@part
def dot(edges: Edges, a: int, b: int) -> float:
    """Return the cosine of the angle between two edges."""
    return edges.dx[a] * edges.dx[b] + edges.dy[a] * edges.dy[b]
