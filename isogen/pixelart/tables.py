"""Faces and pixels as records.

A kernel hands records on as bare pointers; arrays would be counted in and out of
every function, which costs more than what the functions do.
"""

from typing import NamedTuple, Protocol, TypeVar, cast

import numpy as np

from isogen.mesh.view import ProjectedFaces
from isogen.mesh.window import SceneWindow


class Look(Protocol):
    """How a face is drawn: the columns of ``ProjectedFaces.whole``."""

    kind: int
    material: int
    style: int
    object: int
    seed: int
    floors: int
    trim: int
    flags: int


class Shape(Protocol):
    """Where a planar face lies: the columns of ``ProjectedFaces.real``."""

    m0: float
    mx: float
    my: float
    sx0: float
    sx1: float
    z0: float
    z1: float
    nx: float
    ny: float
    nz: float
    x0: float
    x1: float
    y0: float
    y1: float
    way_x: float
    steep: float


class Ball(Protocol):
    """Where an ellipsoid lies: the same columns, as it uses them."""

    x: float
    y: float
    z: float
    r: float
    rz: float


class Pixel(Protocol):
    """What the first pass says of an art pixel."""

    depth: float
    """Art pixels toward the viewer."""

    face: int
    """Face number, or ``VOID_FACE``."""

    object: int
    """Object of the face; -1 without one."""

    material: int
    """Material of the face, whatever its ornaments are made of."""

    ramp: int
    tone: int

    kind: int
    """Kind of the face, or ``NOTHING``."""

    surface: int
    """Row of the style's table of ramps: its kind, ``COVERED``, or its class on the ground."""

    lit: bool
    """Whether the face looks toward the sun."""

    shaded: bool
    """Whether a shadow falls on it."""


NOTHING = 7
"""Kind of a pixel that shows no face."""

COVERED = 4
"""Surface of what something lies on, such as snow; those before it are kinds of faces."""

FIRST_GROUND = 5
"""Surface of ground class 0; the other classes follow."""

SURFACES = FIRST_GROUND + 64

_LOOK = np.dtype([(name, "i4") for name in Look.__annotations__])
_SHAPE = np.dtype([(name, "f8") for name in Shape.__annotations__])
_BALL = np.dtype(
    {
        "names": list(Ball.__annotations__),
        "formats": ["f8"] * 5,
        "offsets": [8 * k for k in range(5)],
        "itemsize": _SHAPE.itemsize,
    }
)
_PIXEL = np.dtype(
    [
        ("depth", "f8"),
        ("face", "i4"),
        ("object", "i4"),
        ("material", "u1"),
        ("ramp", "u1"),
        ("tone", "i1"),
        ("kind", "u1"),
        ("lit", "?"),
        ("shaded", "?"),
        ("surface", "u1"),
        ("unused", "u1"),
    ]
)

T_co = TypeVar("T_co", covariant=True)


class Rows(Protocol[T_co]):
    """A structured array, as a kernel sees it: records in a row."""

    def __len__(self) -> int:
        """Return the number of records."""
        ...

    def __getitem__(self, index: int, /) -> T_co:
        """Return a record, not a copy."""
        ...


class Raster(Protocol[T_co]):
    """A structured array, as a kernel sees it: records in rows and columns."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        ...

    def __getitem__(self, index: tuple[int, int], /) -> T_co:
        """Return a record, not a copy."""
        ...


class Tables(NamedTuple):
    """The faces of a window, row by row."""

    looks: Rows[Look]
    shapes: Rows[Shape]
    balls: Rows[Ball]


class View(NamedTuple):
    """Where a window lies, and the camera's and the sun's directions."""

    x0: int
    """Global art x of the first column."""

    y0: int

    sine: float
    """Of the camera's elevation."""

    cosine: float

    sun_x: float
    """Way of the light over the ground along the diagonal axes; a unit vector."""

    sun_y: float

    ground_x0: int
    """Art x of the first column of the ground classes."""

    ground_y0: int

    shadow_x0: int
    """Art x of the first column of the shadow heights."""

    shadow_y0: int


class Point(NamedTuple):
    """The place in the scene that an art position shows."""

    px: float
    """Position along the diagonal ground axes, in units of sqrt(2) art pixels."""

    py: float

    z: float
    """Height in rises."""

    sx: float
    """Art position on screen."""

    sy: float

    x: int
    """Global art pixel."""

    y: int


def tables_of(faces: ProjectedFaces) -> Tables:
    """Return the faces as records; views of the arrays where they lie in a row."""
    whole, real = np.ascontiguousarray(faces.whole), np.ascontiguousarray(faces.real)
    return Tables(
        cast("Rows[Look]", whole.view(_LOOK)[:, 0]),
        cast("Rows[Shape]", real.view(_SHAPE)[:, 0]),
        cast("Rows[Ball]", real.view(_BALL)[:, 0]),
    )


def view_of(scene: SceneWindow, tilt: tuple[float, float], sun: tuple[float, float]) -> View:
    """Return the view of a scene's window; tilt is the elevation's sine and cosine."""
    window, ground, shadow = scene.window, scene.ground, scene.shadow
    return View(
        window.x0, window.y0, *tilt, *sun, ground.x0, ground.y0, shadow.x0, shadow.y0
    )  # fmt: skip


def pixels_of(shape: tuple[int, ...]) -> Raster[Pixel]:
    """Return pixels to be filled."""
    return cast("Raster[Pixel]", np.empty(shape, _PIXEL))
