"""How well things are told apart: the outlines that a finished picture has, measured."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Floats

T = TypeVar("T", bound=np.generic)
Bools = NDArray[np.bool_]

DEEP_PX = 8.0
"""Art pixels of depth between two objects from which an outline is wanted."""

_LUMA = np.array([0.299, 0.587, 0.114])
_WAYS = ((-1, 0), (1, 0), (0, -1), (0, 1))


@dataclass(frozen=True)
class Outlines:
    """Counts of art pixels; those of several pictures add up."""

    silhouettes: int = 0
    """Pixels of things that border on another object, nearer by ``DEEP_PX`` or more.

    A thing is what stands on the ground; the ground's own pixels have no outlines.
    """

    outlined: int = 0
    """Those that are darker than the nearer object where they touch it, or darker than their own
    object on the other side: the line is one pixel wide and lies on the farther side."""

    joined: int = 0
    """Outlined pixels with another one among their eight neighbors."""

    def __add__(self, other: "Outlines") -> "Outlines":
        return Outlines(
            self.silhouettes + other.silhouettes,
            self.outlined + other.outlined,
            self.joined + other.joined,
        )

    @property
    def share(self) -> float | None:
        """Return the share of silhouettes that is outlined; None where there is none."""
        return self.outlined / self.silhouettes if self.silhouettes else None

    @property
    def continuity(self) -> float | None:
        """Return the share of outlined pixels that is joined; None where there is none."""
        return self.joined / self.outlined if self.outlined else None


def outlines_of(
    colors: NDArray[np.uint8], objects: NDArray[np.int32], depths: Floats, things: Bools
) -> Outlines:
    """Measure the outlines of a picture.

    Args:
        colors: RGB of each art pixel, shape (height, width, 3).
        objects: Number of the object that each shows, shape (height, width).
        depths: Art pixels toward the viewer; ``-inf`` where nothing is shown.
        things: Where something stands.

    Returns:
        Counts over all pixels but those of the border, whose neighbors are not known.
    """
    light = colors @ _LUMA
    here = _moved(light, (0, 0))
    silhouettes = np.zeros(here.shape, np.bool_)
    outlined = np.zeros(here.shape, np.bool_)
    for way in _WAYS:
        back = (-way[0], -way[1])
        before = _moved(things, (0, 0)) & (_moved(objects, way) != _moved(objects, (0, 0)))
        before &= _moved(depths, way) >= _moved(depths, (0, 0)) + DEEP_PX
        own = _moved(objects, back) == _moved(objects, (0, 0))
        darker = (here < _moved(light, way)) | (own & (here < _moved(light, back)))
        silhouettes |= before
        outlined |= before & darker
    ringed = np.pad(outlined, 1)
    around = sum(
        _moved(ringed, (row, column)).astype(np.int64)
        for row in (-1, 0, 1)
        for column in (-1, 0, 1)
        if (row, column) != (0, 0)
    )
    joined = outlined & (around > 0)
    return Outlines(int(silhouettes.sum()), int(outlined.sum()), int(joined.sum()))


def _moved(values: NDArray[T], way: tuple[int, int]) -> NDArray[T]:
    """Return what lies ``way`` (rows, columns) from every pixel that is not on the border."""
    height, width = values.shape[:2]
    row, column = way
    return values[1 + row : height - 1 + row, 1 + column : width - 1 + column]
