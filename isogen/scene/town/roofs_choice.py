"""Chooses the roof over a footprint from the shape that a look asks for."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from shapely import Polygon

from isogen.mesh.solids import Plan
from isogen.scene.osm.tags import Tags, direction_deg, levels, number
from isogen.scene.town import roofs_facets as facets
from isogen.scene.town.footprint import (
    Box,
    box_along,
    box_around,
    direction,
    distance,
    quarters,
    rings_of,
)
from isogen.scene.town.looks import BuildingLook, Shape
from isogen.scene.town.roofs import Pitch, Roof, flat_roof, pitched_roof, pitched_to
from isogen.scene.town.roofs_shapes import (
    BARREL,
    BUTTERFLY,
    GABLED,
    GAMBREL,
    SALTBOX,
    SKILLION,
    profiled_roof,
    pyramid,
)

HIP = (Pitch(0.6, 5.2), Pitch(0.2, 0.9))
MANSARD = (Pitch(1.7, 3.5), Pitch(0.32, 1.5))

_STEEPEST = 3.0
_FULL = 0.82
"""Share of its box that a footprint fills when one ridge can cover it."""

_RECTANGLE = 0.97
"""The same, for roofs whose planes meet only over a rectangle."""

_WIDEST_GABLE_M = 16.0
_SQUARE = 0.35
_NEAR_AXIS = 0.9
"""Cosine from which a told direction means the axis of the box next to it."""

_ATTIC_M = 2.6
"""Height of a storey under the roof."""

_ANGLES = (3.0, 80.0)
_HIGHEST_M = 9.0
_STEEP_SHARE = 3.5 / 5.0
"""Share of a mansard's height below its break."""

_PROFILES = {
    Shape.GABLED: GABLED,
    Shape.GAMBREL: GAMBREL,
    Shape.SKILLION: SKILLION,
    Shape.SALTBOX: SALTBOX,
    Shape.BUTTERFLY: BUTTERFLY,
    Shape.ROUND: BARREL,
}
_FACETS: Mapping[Shape, Callable[[Box, float], list[facets.Facet]]] = {
    Shape.HALF_HIPPED: facets.half_hipped,
    Shape.SIDE_HIPPED: facets.side_hipped,
    Shape.CROSSPITCHED: facets.crosspitched,
    Shape.SAWTOOTH: facets.sawtooth,
    Shape.GABLED_ROW: facets.gabled_row,
    Shape.IRIMOYA: facets.irimoya,
}
_SLOPES = {
    Shape.GABLED: 0.75,
    Shape.GAMBREL: 1.0,
    Shape.SKILLION: 0.3,
    Shape.ROUND: 0.8,
    Shape.SALTBOX: 0.75,
    Shape.BUTTERFLY: 0.35,
    Shape.HALF_HIPPED: 0.9,
    Shape.SIDE_HIPPED: 0.75,
    Shape.CROSSPITCHED: 0.8,
    Shape.IRIMOYA: 0.75,
}
"""Height over half the width of a box, where no tag tells the height."""

_TOOTH_SLOPE = 0.42
_ANY_FOOTPRINT = frozenset({Shape.SKILLION, Shape.SAWTOOTH, Shape.GABLED_ROW, Shape.BUTTERFLY})
_WITH_NEIGHBORS = _ANY_FOOTPRINT | {Shape.ROUND}
_RIDGED = frozenset(
    {Shape.GABLED, Shape.GAMBREL, Shape.HALF_HIPPED, Shape.SALTBOX, Shape.CROSSPITCHED}
)
_ROUND_TOPS = frozenset({Shape.DOME, Shape.ONION, Shape.CONE})


def choose_roof(
    outline: Polygon, look: BuildingLook, party_walls: frozenset[int], tags: Tags
) -> Roof:
    """Return the roof of a look over an outline; domes and cones stand on a flat one.

    Args:
        outline: Shell counter-clockwise, holes clockwise.
        look: Its ``shape`` and ``roof_height_m`` count.
        party_walls: Edges that carry no eaves.
        tags: ``roof:orientation``, ``roof:direction``, ``roof:angle`` and ``roof:levels``
            are read.
    """
    shape = look.shape
    if shape is Shape.FLAT or shape in _ROUND_TOPS:
        return flat_roof(outline)
    box = oriented_box(outline, tags)
    told = told_height(look, tags, box)
    if shape is Shape.PYRAMIDAL and not party_walls:
        return pyramid(outline, told or 0.45 * outline.area**0.5)
    boxed = _boxed(outline, replace(look, roof_height_m=told), party_walls, box)
    if boxed:
        return boxed
    upright = party_walls | (gable_ends(outline) if shape in _RIDGED else frozenset[int]())
    if shape is Shape.MANSARD:
        return pitched_roof(outline, _mansard(told), upright)
    if told:
        return pitched_to(outline, told, _STEEPEST, upright)
    return pitched_roof(outline, HIP, upright)


def told_height(look: BuildingLook, tags: Tags, box: Box) -> float | None:
    """Return the height of a roof as its tags tell it, by height, angle or storeys."""
    if look.roof_height_m:
        return look.roof_height_m
    angle = number(tags.get("roof:angle"))
    if angle and _ANGLES[0] <= angle <= _ANGLES[1]:
        run = box.half_width * (2 if look.shape is Shape.SKILLION else 1)
        return run * math.tan(math.radians(angle))
    storeys = levels(tags.get("roof:levels"))
    return storeys * _ATTIC_M if storeys else None


def oriented_box(outline: Polygon, tags: Tags) -> Box:
    """Return the box along whose frame a ridge runs.

    ``roof:direction`` says where a slope looks: the ridge lies across it. Directions
    near to a wall's mean the wall's.
    """
    box = box_around(outline)
    told = direction_deg(tags.get("roof:direction"))
    if told is not None:
        turn = math.radians(told)
        # The frame's left looks up the slope.
        along = -math.cos(turn), math.sin(turn)
        axes = quarters(box.frame)
        near = max(axes, key=lambda axis: axis[0] * along[0] + axis[1] * along[1])
        is_near = near[0] * along[0] + near[1] * along[1] > _NEAR_AXIS
        return box_along(outline, near if is_near else along)
    across = tags.get("roof:orientation", "").strip().lower() == "across"
    return box.turned() if across else box


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


def _boxed(
    outline: Polygon, look: BuildingLook, party_walls: frozenset[int], box: Box
) -> Roof | None:
    """Return a roof that is laid out in a box, where shape and footprint allow it."""
    shape = look.shape
    least = _RECTANGLE if shape in _FACETS else _FULL
    fills = outline.area > least * box.area or shape in _ANY_FOOTPRINT
    if not fills or (party_walls and shape not in _WITH_NEIGHBORS):
        return None
    height = look.roof_height_m or _usual_height(shape, box)
    if shape in _PROFILES:
        return profiled_roof(outline, box, _PROFILES[shape], height)
    if shape in _FACETS:
        return facets.faceted_roof(outline, box, _FACETS[shape](box, height), height)
    return None


def _usual_height(shape: Shape, box: Box) -> float:
    if shape in (Shape.SAWTOOTH, Shape.GABLED_ROW):
        return facets.TOOTH_M * _TOOTH_SLOPE
    run = box.half_width * (2 if shape is Shape.SKILLION else 1)
    return min(run * _SLOPES.get(shape, 0.6), _HIGHEST_M)


def _mansard(told: float | None) -> tuple[Pitch, ...]:
    if not told:
        return MANSARD
    steep, flatter = MANSARD
    return (
        Pitch(steep.slope, told * _STEEP_SHARE),
        Pitch(flatter.slope, told * (1 - _STEEP_SHARE)),
    )


def _is_end(before: Plan, a: Plan, b: Plan, after: Plan) -> bool:
    width = distance(a, b)
    sides = distance(before, a), distance(b, after)
    if width > _WIDEST_GABLE_M or width > min(sides) * 0.98:
        return False
    (de, dn), into, out = direction(a, b), direction(before, a), direction(b, after)
    # Both corners turn left, and about square.
    square = max(abs(into[0] * de + into[1] * dn), abs(out[0] * de + out[1] * dn)) < _SQUARE
    return square and into[0] * dn - into[1] * de > 0 and de * out[1] - dn * out[0] > 0
