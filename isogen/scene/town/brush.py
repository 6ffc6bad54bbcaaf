"""Paints ground classes on a piece of the plane."""

from collections.abc import Callable
from typing import TypeAlias, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from isogen.geo.camera import Camera, Floats
from isogen.mesh.cell import VOID
from isogen.mesh.fill import fill
from isogen.mesh.solids import Frame
from isogen.mesh.stroke import segments, stroke
from isogen.mesh.vocabulary import Ground

Claims = NDArray[np.bool_]
"""Which of 256 ground classes may be painted over."""

Weave: TypeAlias = Callable[[NDArray[np.int64], NDArray[np.int64]], "NDArray[np.uint8] | int"]
"""A pattern: the class at distances along and across, both in millimeters."""

_MASK = 254
"""Stands on the raster for what is being woven; no class has this number."""


def over(*grounds: Ground) -> Claims:
    """Return the claims that are true for the given classes alone."""
    claims = np.zeros(256, np.bool_)
    claims[list(grounds)] = True
    return claims


WET = over(Ground.WATER, Ground.SHELF, Ground.SHALLOW, Ground.FOAM)
DRY = ~WET
GREEN = (
    Ground.GRASS,
    Ground.SCRUB,
    Ground.MOWN,
    Ground.MEADOW,
    Ground.FOREST,
    Ground.HEATH,
)
"""Classes that a garden or a tree may take the place of."""

CROPS = (Ground.CROP, Ground.GRAIN, Ground.SOIL, Ground.FURROW, Ground.FIELD)
LUSH = over(*GREEN, *CROPS, Ground.MARSH, Ground.ROCK)
ANY = np.ones(256, np.bool_)


def polygons_of(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons that a geometry is made of, in order; lines and points are dropped."""
    return [p for p in _parts(geometry) if isinstance(p, Polygon) and not p.is_empty]


def lines_of(geometry: BaseGeometry) -> list[LineString]:
    """Return the lines that a geometry is made of, in order; the rest is dropped."""
    return [p for p in _parts(geometry) if isinstance(p, LineString) and not p.is_empty]


def _parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Take apart a geometry; a collection may hold multipolygons, so twice."""
    if isinstance(geometry, (Polygon, LineString)):
        return [geometry]
    return cast("list[BaseGeometry]", shapely.get_parts(shapely.get_parts(geometry)).tolist())


def rings_of(polygon: Polygon) -> list[Floats]:
    """Return shell and holes, each of shape (N, 2) without its repeated last point."""
    return [shapely.get_coordinates(ring)[:-1] for ring in (polygon.exterior, *polygon.interiors)]


class Brush:
    """Paints on one raster, in place and in the order of the calls."""

    def __init__(self, camera: Camera, raster: NDArray[np.uint8], corner: tuple[int, int]) -> None:
        self.camera = camera
        self.raster = raster
        self.corner = corner
        height, width = raster.shape
        x, y = corner
        box = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
        self.outline = Polygon(camera.from_art(box.astype(np.float64)))
        """What the raster covers, plane meters."""
        shapely.prepare(self.outline)

    def fill(self, geometry: BaseGeometry, ground: int, claims: Claims = DRY) -> None:
        """Paint the polygons of a geometry over the claimed classes."""
        if geometry.is_empty or not self.outline.intersects(geometry):
            return
        for polygon in polygons_of(geometry):
            rings = [self.camera.to_art(ring) for ring in rings_of(polygon)]
            fill(self.raster, self.corner, rings, ground, claims)

    def stroke(self, geometry: BaseGeometry, ground: int, claims: Claims = DRY) -> None:
        """Paint the lines of a geometry, one pixel wide, over the claimed classes."""
        for line in lines_of(geometry):
            self.path(shapely.get_coordinates(line), ground, claims)

    def path(self, points: Floats, ground: int, claims: Claims = DRY) -> None:
        """Paint a line through plane points of shape (N, 2), one pixel wide."""
        stroke(self.raster, self.corner, self.camera.to_art(points), ground, claims)

    def segments(self, ends: Floats, ground: int, claims: Claims = DRY) -> None:
        """Paint straight lines between plane points, shape (N, 2, 2), one pixel wide."""
        segments(self.raster, self.corner, self.camera.to_art(ends), ground, claims)

    def weave(
        self, geometry: BaseGeometry, frame: Frame, rule: Weave, claims: Claims = DRY
    ) -> None:
        """Paint the polygons of a geometry in a pattern, over the claimed classes.

        Args:
            geometry: What to cover.
            frame: Where the pattern begins and which way it runs.
            rule: Returns the class at distances along and across the frame, in whole
                millimeters.
            claims: Classes that are painted over.
        """
        if geometry.is_empty or not self.outline.intersects(geometry):
            return
        self.fill(geometry, _MASK, claims)
        rows, columns = np.nonzero(self.raster == _MASK)
        pixels = np.stack([columns + self.corner[0], rows + self.corner[1]], axis=1)
        art = pixels.astype(np.float64) + 0.5
        plane = self.camera.from_art(art) - np.array(frame.center)
        (ae, an), (be, bn) = frame.along, frame.across
        along = np.floor((plane[:, 0] * ae + plane[:, 1] * an) * 1000 + 0.5).astype(np.int64)
        across = np.floor((plane[:, 0] * be + plane[:, 1] * bn) * 1000 + 0.5).astype(np.int64)
        self.raster[rows, columns] = rule(along, across)

    def void_outside(self, extent: Polygon) -> None:
        """Take away everything outside the extent."""
        inside = np.zeros_like(self.raster)
        rings = [self.camera.to_art(ring) for ring in rings_of(extent)]
        fill(inside, self.corner, rings, 1)
        self.raster[inside == 0] = VOID
