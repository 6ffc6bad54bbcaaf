"""Solids in the lattice of one block: boxes, prisms, cylinders, roofs, ribbons.

Positions are units from the block's corner, heights are rises.
"""

import math
from collections.abc import Sequence

from isogen.mesh.builder import Look, MeshBuilder, Point3
from isogen.mesh.vocabulary import BallStyle, Kind, Material
from isogen.scene.procedural.lattice import PITCH_X, PITCH_Y, BlockKey, Lattice, Rect

Point = tuple[float, float, float]
"""X and Y in units from the block's corner, height in rises."""

Outline = Sequence[tuple[float, float]]
"""X and Y of a convex outline, counter-clockwise."""

PLAIN = {material: Look(material) for material in Material}
"""Each material without a pattern."""


def circle(x: float, y: float, radius: float, sides: int) -> list[tuple[float, float]]:
    """Return a regular polygon, counter-clockwise."""
    step = 2 * math.pi / sides
    return [
        (x + radius * math.cos(step * (k + 0.5)), y + radius * math.sin(step * (k + 0.5)))
        for k in range(sides)
    ]


class BlockBuilder:
    """Adds solids to a mesh at a block's place in the city."""

    def __init__(self, builder: MeshBuilder, lattice: Lattice, key: BlockKey) -> None:
        self._builder = builder
        self._affine = lattice.affine
        self._corner = key.i * PITCH_X, key.j * PITCH_Y
        self._unit_m = lattice.unit_m

    def new_object(self) -> int:
        """Start an object; faces of one object have no outline between them."""
        return self._builder.new_object()

    def _lift(self, x: float, y: float, z: float) -> Point3:
        # From the city's own zero, so that blocks agree on the corners that they share.
        e0, ex, ey, n0, nx, ny = self._affine
        x, y = x + self._corner[0], y + self._corner[1]
        return e0 + x * ex + y * ey, n0 + x * nx + y * ny, z

    def face(self, points: Sequence[Point], look: Look, kind: Kind, obj: int) -> None:
        """Add a convex polygon, counter-clockwise seen from outside."""
        self._builder.polygon([self._lift(*p) for p in points], look, kind, obj)

    def ball(
        self,
        center: Point,
        radius: float,
        height_radius: float,
        look: Look,
        obj: int,
    ) -> None:
        """Add an upright ellipsoid; ``height_radius`` is in rises."""
        self._builder.ball(self._lift(*center), radius * self._unit_m, height_radius, look, obj)

    def dome(
        self, center: Point, radius: float, height_radius: float, material: Material, obj: int
    ) -> None:
        """Add a smooth ellipsoid."""
        self.ball(center, radius, height_radius, Look(material, BallStyle.DOME), obj)

    def cast(self, outline: Outline, z: float) -> None:
        """Let an outline at a height throw a shadow."""
        self._builder.cast(z, [[self._lift(x, y, z)[:2] for x, y in outline]])

    def prism(
        self,
        outline: Outline,
        heights: tuple[float, float],
        wall: Look,
        top: Look | None = None,
        obj: int | None = None,
        *,
        casts: bool = True,
    ) -> int:
        """Add upright walls over a convex outline and, with ``top``, a flat roof.

        Returns:
            The object it belongs to: ``obj``, or a new one.
        """
        obj = self.new_object() if obj is None else obj
        z0, z1 = heights
        low = [self._lift(x, y, z0) for x, y in outline]
        high = [(e, n, z1) for e, n, _ in low]
        polygon = self._builder.polygon
        for k, foot in enumerate(low):
            polygon([low[k - 1], foot, high[k], high[k - 1]], wall, Kind.WALL, obj)
        if top:
            polygon(high, top, Kind.FLAT, obj)
        if casts:
            self._builder.cast(z1, [[(e, n) for e, n, _ in high]])
        return obj

    def box(
        self,
        rect: Rect,
        heights: tuple[float, float],
        wall: Look,
        top: Look | None = None,
        obj: int | None = None,
    ) -> int:
        """Add an upright box that throws a shadow. Returns its object."""
        return self.prism(rect.corners, heights, wall, top, obj)

    def prop(
        self,
        rect: Rect,
        heights: tuple[float, float],
        wall: Look,
        top: Look | None = None,
        obj: int | None = None,
    ) -> int:
        """Add a small box without a shadow and without the walls that are never seen.

        The camera is fixed and half of all faces belong to small things, so leaving
        their backs out keeps cells small.

        Returns:
            The object it belongs to: ``obj``, or a new one.
        """
        obj = self.new_object() if obj is None else obj
        a, b, c, d = (self._lift(x, y, heights[0]) for x, y in rect.corners)
        ra, rb, rc, rd = ((e, n, heights[1]) for e, n, _ in (a, b, c, d))
        polygon = self._builder.polygon
        polygon([a, b, rb, ra], wall, Kind.WALL, obj)
        polygon([b, c, rc, rb], wall, Kind.WALL, obj)
        if top:
            polygon([ra, rb, rc, rd], top, Kind.FLAT, obj)
        return obj

    def cone(self, outline: Outline, heights: tuple[float, float], look: Look, obj: int) -> None:
        """Add slopes from every edge of an outline to a point over its middle."""
        z0, z1 = heights
        x = sum(p[0] for p in outline) / len(outline)
        y = sum(p[1] for p in outline) / len(outline)
        for k, (x1, y1) in enumerate(outline):
            x0, y0 = outline[k - 1]
            self.face([(x0, y0, z0), (x1, y1, z0), (x, y, z1)], look, Kind.SLOPE, obj)

    def hip(self, rect: Rect, heights: tuple[float, float], look: Look, obj: int) -> None:
        """Add a roof that slopes from all four eaves to a ridge or a point."""
        z0, z1 = heights
        run = min(rect.width, rect.depth) / 2
        low, high = rect.corners, rect.inset(run).corners
        for k in range(4):
            (ax, ay), (bx, by), (cx, cy), (dx, dy) = low[k - 1], low[k], high[k], high[k - 1]
            points = [(ax, ay, z0), (bx, by, z0), (cx, cy, z1), (dx, dy, z1)]
            if (cx, cy) == (dx, dy):
                points.pop()
            self.face(points, look, Kind.SLOPE, obj)
        self.cast(rect.inset(run / 2).corners, (z0 + z1) / 2)

    def gable(
        self,
        rect: Rect,
        heights: tuple[float, float],
        roof: Look,
        ends: Look,
        obj: int,
        *,
        along_x: bool,
        overhang: float = 1.0,
    ) -> None:
        """Add a ridge roof: eaves and ridge at ``heights``, ends closed by walls."""
        z0, z1 = heights
        x, y = rect.center
        wide = rect.inset(-overhang)
        a, b, c, d = [(*p, z0) for p in wide.corners]
        ra, rb, rc, rd = [(*p, z0) for p in rect.corners]
        if along_x:
            low, high = (wide.x0, y, z1), (wide.x1, y, z1)
            slopes = [[a, b, high, low], [c, d, low, high]]
            closings = [[rb, rc, (rect.x1, y, z1)], [rd, ra, (rect.x0, y, z1)]]
        else:
            low, high = (x, wide.y0, z1), (x, wide.y1, z1)
            slopes = [[b, c, high, low], [d, a, low, high]]
            closings = [[ra, rb, (x, rect.y0, z1)], [rc, rd, (x, rect.y1, z1)]]
        for slope in slopes:
            self.face(slope, roof, Kind.SLOPE, obj)
        for closing in closings:
            self.face(closing, ends, Kind.WALL, obj)
        self.cast(rect.corners, (z0 + z1) / 2)

    def ribbon(self, a: Point, b: Point, width: float, look: Look, obj: int) -> None:
        """Add a thin upright strip seen from both sides: cables, booms, flags."""
        up_a, up_b = (a[0], a[1], a[2] + width), (b[0], b[1], b[2] + width)
        self.face([a, b, up_b, up_a], look, Kind.SLOPE, obj)
        self.face([b, a, up_a, up_b], look, Kind.SLOPE, obj)
