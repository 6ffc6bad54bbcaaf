"""The lines of pitches and tracks on the ground map, by sport."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from isogen.mesh.solids import Frame, Plan
from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.town.brush import Brush, over, polygons_of
from isogen.scene.town.footprint import Box, box_around
from isogen.scene.town.frames import rectangle

INSET_M = 1.2
LANE_M = 2.4
"""Distance of the lines of a running track; wider than true lanes, or they would blur."""

TENNIS_M = (37.0, 18.5)
"""Length and width of a court with its run-off."""

_PLAYED = over(
    Ground.MOWN,
    Ground.COURT,
    Ground.RED_COURT,
    Ground.RUBBER,
    Ground.SAND,
    Ground.ICE,
    Ground.LOT,
    Ground.WHITE,
)
"""Grounds of pitches: lines end with them."""

_Lines = Callable[[Brush, Box], None]


def paint_pitch(brush: Brush, area: Feature[Polygon]) -> None:
    """Paint the lines of a pitch by its sport; none where it is not about a rectangle."""
    around = box_around(area.geometry)
    sport = area.tags.get("sport", "soccer").split(";")[0]
    if sport in {"baseball", "softball"}:
        _diamond(brush, area.geometry)
    elif area.geometry.area > around.area * 0.8:
        _SPORTS.get(sport, _nothing)(brush, around)


def paint_track(brush: Brush, area: Feature[Polygon]) -> None:
    """Paint the lanes of a running track; what its lanes enclose is turf."""
    for k in range(5):
        inner = area.geometry.buffer(-LANE_M * k - 0.3)
        outline(brush, inner)
    if area.geometry.interiors:
        return
    inner = area.geometry.buffer(-LANE_M * 4 - 0.3)
    brush.fill(inner, Ground.MOWN)


def outline(brush: Brush, shape: BaseGeometry) -> None:
    """Paint the outlines of polygons in white."""
    for polygon in polygons_of(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            brush.path(shapely.get_coordinates(ring), Ground.WHITE, _PLAYED)


def _line(brush: Brush, frame: Frame, *points: Plan) -> None:
    brush.path(np.array([frame.at(a, b) for a, b in points]), Ground.WHITE, _PLAYED)


def _ring(brush: Brush, frame: Frame, center: Plan, radius_m: float) -> None:
    outline(brush, shapely.Point(frame.at(*center)).buffer(radius_m))


def _box(brush: Brush, frame: Frame, along: Plan, across: Plan) -> None:
    outline(brush, rectangle(frame, along, across))


def _field(brush: Brush, around: Box, circle: float, goal: Plan) -> None:
    """A field with a middle line and circle and a box before each goal, in shares of it."""
    frame, a, b = around.frame, around.half_length - INSET_M, around.half_width - INSET_M
    if min(a, b) < 3:
        return
    _box(brush, frame, (-a, a), (-b, b))
    _line(brush, frame, (0, -b), (0, b))
    if circle:
        _ring(brush, frame, (0, 0), circle * b)
    deep, wide = goal
    for end in (-1, 1):
        along = sorted((end * a, end * a * (1 - deep)))
        _box(brush, frame, (along[0], along[1]), (-b * wide, b * wide))


def _tennis(brush: Brush, around: Box) -> None:
    """As many courts side by side as there is room for, each green within its lines."""
    length, width = TENNIS_M
    box = around
    if abs(2 * around.half_width - length) < abs(2 * around.half_length - length):
        box = around.turned()
    count = max(round(2 * box.half_width / width), 1)
    each = 2 * box.half_width / count
    a = min(box.half_length * 0.65, 11.9)
    for k in range(count):
        middle = -box.half_width + each * (k + 0.5)
        b = min(each * 0.32, 5.5)
        frame = Frame(box.frame.at(0, middle), box.frame.along)
        brush.fill(rectangle(frame, (-a, a), (-b, b)), Ground.COURT)
        _box(brush, frame, (-a, a), (-b, b))
        for side in (-0.75, 0.75):
            _line(brush, frame, (-a, b * side), (a, b * side))
        _line(brush, frame, (-a * 0.54, 0), (a * 0.54, 0))
        _line(brush, frame, (0, -b * 1.15), (0, b * 1.15))


def _diamond(brush: Brush, shape: Polygon) -> None:
    """Infield of sand in the corner from which the field widens, with a square of grass."""
    around = box_around(shape)
    ring = shapely.get_coordinates(shape.exterior)[:-1]
    middle = np.array(around.frame.center)
    home = ring[int(((ring - middle) ** 2).sum(axis=1).round(3).argmax())]
    way = middle - home
    along = way / np.sqrt((way**2).sum())
    diagonal = Frame(
        (float(home[0]), float(home[1])),
        (float(along[0] - along[1]) * 0.7071, float(along[0] + along[1]) * 0.7071),
    )
    reach = min(around.half_width * 0.9, 27.0)
    field = Frame(diagonal.at(2, -2), diagonal.along)
    pie = shapely.Point(field.at(0, 0)).buffer(reach * 1.3)
    brush.fill(pie.intersection(rectangle(field, (0, 99), (-99, 0))), Ground.SAND)
    brush.fill(rectangle(field, (3, reach - 3), (3 - reach, -3)), Ground.MOWN)
    brush.fill(shapely.Point(field.at(reach / 2, -reach / 2)).buffer(2.2), Ground.SAND)
    for a, b in ((99.0, 0.0), (0.0, -99.0)):
        line = shapely.LineString([field.at(0, 0), field.at(a, b)]).intersection(shape)
        brush.stroke(line, Ground.WHITE)


def _nothing(brush: Brush, around: Box) -> None:
    del brush, around


_soccer = partial(_field, circle=0.27, goal=(0.3, 0.6))
_hall = partial(_field, circle=0.25, goal=(0.3, 0.35))
_SPORTS: Mapping[str, _Lines] = {
    "soccer": _soccer,
    "football": _soccer,
    "field_hockey": _soccer,
    "hockey": _soccer,
    "ice_hockey": _hall,
    "basketball": _hall,
    "streetball": _hall,
    "handball": _hall,
    "multi": _hall,
    "tennis": _tennis,
    "rugby": partial(_field, circle=0, goal=(0.45, 1.0)),
    "rugby_union": partial(_field, circle=0, goal=(0.45, 1.0)),
    "american_football": partial(_field, circle=0, goal=(0.2, 1.0)),
    "volleyball": partial(_field, circle=0, goal=(0.67, 1.0)),
    "beachvolleyball": partial(_field, circle=0, goal=(0.67, 1.0)),
    "badminton": partial(_field, circle=0, goal=(0.7, 1.0)),
}
