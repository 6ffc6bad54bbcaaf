"""Paints ground classes on a piece of the plane."""

from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from isogen.geo.camera import Camera, Floats
from isogen.mesh.cell import VOID
from isogen.mesh.fill import fill
from isogen.mesh.stroke import segments, stroke
from isogen.mesh.vocabulary import Ground

Claims = NDArray[np.bool_]
"""Which of 256 ground classes may be painted over."""


def over(*grounds: Ground) -> Claims:
    """Return the claims that are true for the given classes alone."""
    claims = np.zeros(256, np.bool_)
    claims[list(grounds)] = True
    return claims


WET = over(Ground.WATER, Ground.SHALLOW, Ground.FOAM)
DRY = ~WET
LUSH = over(Ground.GRASS, Ground.SCRUB, Ground.MOWN)
ANY = np.ones(256, np.bool_)


def polygons_of(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons that a geometry is made of, in order; lines and points are dropped."""
    return [p for p in _parts(geometry) if isinstance(p, Polygon) and not p.is_empty]


def lines_of(geometry: BaseGeometry) -> list[LineString]:
    """Return the lines that a geometry is made of, in order; the rest is dropped."""
    return [p for p in _parts(geometry) if isinstance(p, LineString) and not p.is_empty]


def _parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Take apart a geometry; a collection may hold multipolygons, so twice."""
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

    def void_outside(self, extent: Polygon) -> None:
        """Take away everything outside the extent."""
        inside = np.zeros_like(self.raster)
        rings = [self.camera.to_art(ring) for ring in rings_of(extent)]
        fill(inside, self.corner, rings, 1)
        self.raster[inside == 0] = VOID
