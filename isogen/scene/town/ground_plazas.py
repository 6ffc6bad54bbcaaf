"""Squares on the ground map: paving of one kind framed and divided by bands of another."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.town.brush import Brush, Weave
from isogen.scene.town.frames import longest_side
from isogen.seeds import Stream

Mm = NDArray[np.int64]

BAND_MM = 1200
FRAME_M = 1.1
"""Width of the band along the edge of a square."""

PLAIN_M2 = 150.0
"""Smaller places have no bands."""

_PAVING = (
    (Ground.FANS, Ground.CURB),
    (Ground.SETT, Ground.CURB),
    (Ground.PLAZA, Ground.SETT),
    (Ground.GRANITE, Ground.FANS),
    (Ground.FANS, Ground.PLAZA),
    (Ground.BRICK, Ground.CURB),
)
"""Paving of a square and of its bands."""

_BY_SURFACE: Mapping[str, int] = {
    "sett": 0,
    "cobblestone": 0,
    "unhewn_cobblestone": 0,
    "paving_stones": 3,
    "granite": 3,
    "bricks": 5,
    "brick": 5,
}
_STEPS_MM = (11_000, 13_000, 16_000)
_PLAZAS = 3


def is_plaza(tags: Mapping[str, str]) -> bool:
    """Tell whether an area is a place to walk about."""
    return (
        tags.get("place") == "square"
        or tags.get("amenity") == "marketplace"
        or tags.get("highway") == "pedestrian"
    )


def paint_plaza(brush: Brush, area: Feature[Polygon], ground: Ground, seed: int) -> None:
    """Paint a square in the paving that its surface, or else chance, asks for."""
    shape = area.geometry
    if shape.area < PLAIN_M2 or area.tags.get("surface") in {"asphalt", "concrete", "gravel"}:
        brush.fill(shape, ground)
        return
    chance = Stream(seed, area.id, _PLAZAS)
    number = chance.below(len(_PAVING))
    field, band = _PAVING[_BY_SURFACE.get(area.tags.get("surface", ""), number)]
    step = chance.pick(_STEPS_MM)
    both = chance.chance(0.6)
    brush.fill(shape, band)
    brush.weave(shape.buffer(-FRAME_M), longest_side(shape), _bands(field, band, step, both=both))


def _bands(field: Ground, band: Ground, step: int, *, both: bool) -> Weave:
    def weave(along: Mm, across: Mm) -> NDArray[np.uint8]:
        on_band = along % step < BAND_MM
        if both:
            on_band |= across % step < BAND_MM
        return np.where(on_band, np.uint8(band), np.uint8(field))

    return weave
