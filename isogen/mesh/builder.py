"""Collects faces. Plan positions are plane meters (e, n); heights are rises.

Heights count in rises because pixel art is drawn in whole ones: a storey is four.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from isogen.geo.camera import Camera
from isogen.mesh.lift import STANDING, Footing, GroundHeights, Things, caster_lifts, lift_things
from isogen.mesh.model import FACE_DTYPE, GRAINS_PER_M, Casters, Mesh
from isogen.mesh.vocabulary import BallStyle, Facade, Kind, Material

Point3 = tuple[float, float, float]
"""East and north in meters, height in rises."""

Ring = Sequence[tuple[float, float]] | np.ndarray
"""Plan points (e, n) in meters, without repeating the first at the end."""

Triangle = tuple[int, int, int]


@dataclass(frozen=True)
class Look:
    """How a face is drawn."""

    material: Material
    style: int = 0
    seed: int = 0
    floors: int = 0
    trim: Material = Material.WHITE
    flags: Facade = Facade.NONE


class MeshBuilder:
    """Collects the faces and shadow casters of one cell, in drawing order.

    Where the ground has a relief, heights count from the ground, so that what adds
    things need not know of it: each object is lifted by whole rises (``footing``).
    """

    def __init__(self, camera: Camera, ground: GroundHeights | None = None) -> None:
        self.camera = camera
        self._ground = ground
        self._faces: list[tuple[int, ...]] = []
        self._corners: list[float] = []
        self._owners: list[int] = []
        self._balls: list[tuple[float, float, float, float, float]] = []
        self._ball_owners: list[int] = []
        self._casters: list[tuple[float, list[np.ndarray]]] = []
        self._footings: list[Footing] = []
        self._caster_footings: list[Footing] = []
        self._objects = 0
        self.source = 0
        """Feature id written to the faces that follow."""
        self.floor = 0.0
        """Rises on which what follows stands; added to all heights."""
        self.footing: Footing = STANDING
        """What the heights of the faces that follow count from, where the ground has a relief."""

    def new_object(self) -> int:
        """Start an object; faces of one object have no outline between them."""
        self._objects += 1
        return self._objects

    def rises(self, meters: float) -> float:
        """Turn a height in meters into rises."""
        return meters / self.camera.rise_m

    def polygon(
        self,
        points: Sequence[Point3],
        look: Look,
        kind: Kind,
        obj: int,
        triangles: Iterable[Triangle] | None = None,
    ) -> int:
        """Add a planar polygon.

        Args:
            points: Its corners, counter-clockwise seen from outside.
            look: How it is drawn.
            kind: Which rules draw it.
            obj: Object that it belongs to; 0 is the ground.
            triangles: Corner numbers of its triangles; without them the polygon must
                be convex and is cut as a fan.

        Returns:
            The face's number.
        """
        face = self._face(look, kind, obj)
        if triangles is None:
            triangles = [(0, i, i + 1) for i in range(1, len(points) - 1)]
        if self.floor:
            points = [(e, n, z + self.floor) for e, n, z in points]
        for a, b, c in triangles:
            self._corners += (*points[a], *points[b], *points[c])
            self._owners.append(face)
        return face

    def ball(
        self, center: Point3, radius_m: float, height_radius: float, look: Look, obj: int
    ) -> int:
        """Add an upright ellipsoid; ``height_radius`` is in rises. Returns the face's number."""
        face = self._face(look, Kind.BALL, obj)
        e, n, z = center
        self._balls.append((e, n, z + self.floor, radius_m, height_radius))
        self._ball_owners.append(face)
        return face

    def cast(self, height: float, rings: Sequence[Ring]) -> None:
        """Let a horizontal outline (shell, then holes) at ``height`` rises throw a shadow."""
        self._casters.append(
            (height + self.floor, [np.asarray(r, np.float64)[:, :2] for r in rings])
        )
        self._caster_footings.append(self.footing)

    def _face(self, look: Look, kind: Kind, obj: int) -> int:
        style = look.style if kind is not Kind.BALL else BallStyle(look.style)
        self._faces.append(
            (
                kind, look.material, style, min(look.floors, 255), look.trim,
                int(look.flags) & 0xFFFF, look.seed & 0xFFFF, obj, self.source,
            )
        )  # fmt: skip
        self._footings.append(self.footing)
        return len(self._faces) - 1

    def mesh(self) -> Mesh:
        """Return what was collected so far."""
        rise = self.camera.rise_m
        faces = np.array(self._faces, FACE_DTYPE)
        corners = np.array(self._corners, np.float64).reshape(-1, 3, 3)
        balls = np.array(self._balls, np.float64).reshape(-1, 5)
        owners = np.array(self._owners, np.int32)
        ball_owners = np.array(self._ball_owners, np.int32)
        if self._ground and len(faces):
            things = Things(corners, owners, balls, ball_owners)
            lift_things(things, faces["object"], self._footings, self._ground)
        return Mesh(
            faces=faces,
            corners=to_grains(corners * (1, 1, rise)),
            owners=owners,
            balls=to_grains(balls * (1, 1, rise, 1, rise)),
            ball_owners=ball_owners,
        )

    def casters(self) -> Casters:
        """Return the shadow casters collected so far."""
        rings = [r for _, rs in self._casters for r in rs]
        points = np.concatenate(rings) if rings else np.zeros((0, 2))
        heights = np.array([h for h, _ in self._casters])
        if self._ground and rings:
            shells = [rs[0] for _, rs in self._casters]
            heights = heights + caster_lifts(shells, self._caster_footings, self._ground)
        return Casters(
            points=to_grains(points),
            ring_ends=np.cumsum([len(r) for r in rings], dtype=np.int32),
            caster_ends=np.cumsum([len(rs) for _, rs in self._casters], dtype=np.int32),
            heights=to_grains(heights * self.camera.rise_m),
        )


def to_grains(meters: np.ndarray) -> np.ndarray:
    """Round meters to whole grains."""
    return np.rint(meters * GRAINS_PER_M).astype(np.int32)
