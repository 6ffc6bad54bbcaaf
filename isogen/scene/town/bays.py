"""The bays of a parking lot: rows along its longest side, two to an aisle."""

import numpy as np
import shapely
from shapely import Polygon

from isogen.geo.camera import Floats
from isogen.mesh.solids import Frame
from isogen.mesh.vocabulary import Ground
from isogen.scene.town.brush import Brush, over
from isogen.scene.town.frames import longest_side

PITCH_M = 2.7
ROW_M = 5.6
AISLE_M = 6.0
INSET_M = 2.4
LINE_HALF_M = 2.3
"""Half the length of the line between two bays."""


def bays_of(lot: Polygon) -> tuple[Floats, Frame]:
    """Return the middles, shape (N, 2), of the bays of a lot, and the frame they lie along."""
    frame = longest_side(lot)
    axes = np.array([frame.along, frame.across])
    ring = (shapely.get_coordinates(lot.exterior) - np.array(frame.center)) @ axes.T
    (low_a, low_b), (high_a, high_b) = ring.min(axis=0).tolist(), ring.max(axis=0).tolist()
    columns = np.arange(low_a + PITCH_M, high_a, PITCH_M)
    firsts = np.arange(low_b + ROW_M / 2, high_b, 2 * ROW_M + AISLE_M)
    rows = np.sort(np.concatenate([firsts, firsts + ROW_M + AISLE_M]))
    a, b = np.tile(columns, len(rows)), np.repeat(rows, len(columns))
    spots = np.array(frame.center) + a[:, None] * axes[0] + b[:, None] * axes[1]
    inner = lot.buffer(-INSET_M)
    return spots[shapely.contains_xy(inner, spots[:, 0], spots[:, 1])], frame


def paint_bays(brush: Brush, lot: Polygon) -> None:
    """Paint the lines between the bays of a lot on the ground map."""
    spots, frame = bays_of(lot)
    side = np.array(frame.along) * PITCH_M / 2
    line = np.array(frame.across) * LINE_HALF_M
    middles = np.concatenate([spots - side, spots + side])
    ends = np.stack([middles - line, middles + line], axis=1)
    brush.segments(ends, Ground.LINE, over(Ground.PARKING))
