"""Chooses the roof over a footprint from the shape that a look asks for."""

from shapely import Polygon

from isogen.mesh.solids import Plan
from isogen.scene.osm.tags import Tags
from isogen.scene.town.footprint import Box, box_around, direction, distance, rings_of
from isogen.scene.town.looks import BuildingLook, Shape
from isogen.scene.town.roofs import Pitch, Roof, flat_roof, pitched_roof, pitched_to
from isogen.scene.town.roofs_shapes import (
    BARREL,
    GABLED,
    GAMBREL,
    SKILLION,
    profiled_roof,
    pyramid,
)

HIP = (Pitch(0.6, 5.2), Pitch(0.2, 0.9))
MANSARD = (Pitch(1.7, 3.5), Pitch(0.32, 1.5))

_STEEPEST = 3.0
_FULL = 0.82
"""Share of its box that a footprint fills when one ridge can cover it."""

_WIDEST_GABLE_M = 16.0
_SQUARE = 0.35
_PROFILES = {Shape.GABLED: GABLED, Shape.GAMBREL: GAMBREL, Shape.SKILLION: SKILLION}
_PROFILE_SLOPES = {Shape.GABLED: 0.75, Shape.GAMBREL: 1.0, Shape.SKILLION: 0.3, Shape.ROUND: 0.8}
_HIGHEST_M = 9.0


def choose_roof(
    outline: Polygon, look: BuildingLook, party_walls: frozenset[int], tags: Tags
) -> Roof:
    """Return the roof of a look over an outline; domes and cones stand on a flat one.

    Args:
        outline: Shell counter-clockwise, holes clockwise.
        look: Its ``shape`` and ``roof_height_m`` count.
        party_walls: Edges that carry no eaves.
        tags: ``roof:orientation`` is read.
    """
    shape, told = look.shape, look.roof_height_m
    if shape is Shape.PYRAMIDAL and not party_walls:
        return pyramid(outline, told or 0.45 * outline.area**0.5)
    if shape in (Shape.FLAT, Shape.DOME, Shape.ONION, Shape.CONE):
        return flat_roof(outline)
    box = box_around(outline)
    if tags.get("roof:orientation") == "across":
        box = box.turned()
    profiled = _profiled(outline, look, party_walls, box)
    if profiled:
        return profiled
    ends = gable_ends(outline) if shape in (Shape.GABLED, Shape.GAMBREL) else frozenset[int]()
    upright = party_walls | ends
    if told:
        return pitched_to(outline, told, _STEEPEST, upright)
    return pitched_roof(outline, MANSARD if shape is Shape.MANSARD else HIP, upright)


def gable_ends(outline: Polygon) -> frozenset[int]:
    """Return the edges at the ends of wings, across which a ridge may run out."""
    out: set[int] = set()
    start = 0
    for ring in rings_of(outline):
        points = [(float(e), float(n)) for e, n in ring]
        for k in range(len(points)):
            corners = (points[k - 1], points[k], points[(k + 1) % len(points)])
            if _is_end(*corners, points[(k + 2) % len(points)]):
                out.add(start + k)
        start += len(points)
    return frozenset(out)


def _profiled(
    outline: Polygon, look: BuildingLook, party_walls: frozenset[int], box: Box
) -> Roof | None:
    """Return a roof with one profile, where shape and footprint allow it."""
    fills = outline.area > _FULL * box.area
    profile = BARREL if look.shape is Shape.ROUND else _PROFILES.get(look.shape)
    free = not party_walls or look.shape is Shape.ROUND
    if profile is None or not free or not (fills or look.shape is Shape.SKILLION):
        return None
    run = box.half_width * (2 if look.shape is Shape.SKILLION else 1)
    usual = min(run * _PROFILE_SLOPES[look.shape], _HIGHEST_M)
    return profiled_roof(outline, box, profile, look.roof_height_m or usual)


def _is_end(before: Plan, a: Plan, b: Plan, after: Plan) -> bool:
    width = distance(a, b)
    sides = distance(before, a), distance(b, after)
    if width > _WIDEST_GABLE_M or width > min(sides) * 0.98:
        return False
    (de, dn), into, out = direction(a, b), direction(before, a), direction(b, after)
    # Both corners turn left, and about square.
    square = max(abs(into[0] * de + into[1] * dn), abs(out[0] * de + out[1] * dn)) < _SQUARE
    return square and into[0] * dn - into[1] * de > 0 and de * out[1] - dn * out[0] > 0
