"""Where a place on Earth lies on the screen: WGS84 to pixels and back.

Places go through Earth-centered coordinates (ECEF) into the east-north-up frame at the
origin (ENU), in which the camera is fixed. Nothing is approximated: a place 200 km away
lies 3 km below the tangent plane, and that is where the camera sees it.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar, cast

import numpy as np

from isogen.errors import BoundsError, InputError
from isogen.geo.angles import angle_deg, sin_cos_deg
from isogen.geo.camera import ORIGIN_PX, Camera, Floats

F = TypeVar("F", float, Floats)

EQUATOR_M = 6378137.0
"""Radius of the WGS84 ellipsoid at the equator."""

FLATTENING = 1 / 298.257223563
POLE_M = EQUATOR_M * (1 - FLATTENING)
_E2 = FLATTENING * (2 - FLATTENING)
_SECOND_E2 = _E2 / (1 - _E2)

_LATITUDE_ROUNDS = 4
"""Bowring's iteration is exact to a nanometer after two, from 10 km deep to 1000 km high."""

_RAY_ROUNDS = 4
"""Newton's iteration starts within meters and is exact after two."""

_ZERO = np.zeros(())


class Vector(NamedTuple):
    """Three coordinates, in meters; arrays of equal shape."""

    x: Floats
    y: Floats
    z: Floats


def to_ecef(lat: Floats, lng: Floats, height_m: Floats) -> Vector:
    """Return the Earth-centered position of places; heights are above the ellipsoid."""
    sin_lat, cos_lat = sin_cos_deg(lat)
    sin_lng, cos_lng = sin_cos_deg(lng)
    normal = EQUATOR_M / np.sqrt(1.0 - _E2 * sin_lat * sin_lat)
    out = (normal + height_m) * cos_lat
    return Vector(out * cos_lng, out * sin_lng, (normal * (1.0 - _E2) + height_m) * sin_lat)


def from_ecef(place: Vector) -> tuple[Floats, Floats, Floats]:
    """Return latitude, longitude and height above the ellipsoid."""
    x, y, z = place
    axis = np.sqrt(x * x + y * y)
    sine, cosine = _latitude(axis, z)
    height = axis * cosine + z * sine - EQUATOR_M * np.sqrt(1.0 - _E2 * sine * sine)
    return angle_deg(sine, cosine), angle_deg(y, x), height


def _latitude(axis: Floats, z: Floats) -> tuple[Floats, Floats]:
    """Return sine and cosine of the latitude ``axis`` meters from Earth's axis (Bowring)."""
    rise, run = z, axis * (1.0 - _E2)
    for _ in range(_LATITUDE_ROUNDS):
        up = rise * (1.0 - FLATTENING)
        length = np.sqrt(up * up + run * run)
        sine, cosine = up / length, run / length
        rise = z + _SECOND_E2 * POLE_M * sine * sine * sine
        run = axis - _E2 * EQUATOR_M * cosine * cosine * cosine
    length = np.sqrt(rise * rise + run * run)
    return rise / length, run / length


@dataclass(frozen=True)
class Projection:
    """The one projection of a map. Latitudes are in [-90, 90], longitudes in degrees east.

    Every method takes floats and gives floats, or takes arrays of any one shape and
    gives arrays of that shape. Results are the same on every machine and exact to a
    millionth of a pixel.
    """

    lat: float
    """Latitude of the origin."""

    lng: float
    """Longitude of the origin, in [-180, 180]."""

    height_m: float
    """Height of the ground at the origin, above the WGS84 ellipsoid."""

    camera: Camera

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:  # noqa: PLR2004  degrees
            raise InputError(f"latitude of the origin must be from -90 to 90, got {self.lat}")
        if not -180 <= self.lng <= 180:  # noqa: PLR2004  degrees
            raise InputError(f"longitude of the origin must be from -180 to 180, got {self.lng}")

    def to_screen(self, lat: F, lng: F, height_m: float | Floats | None = None) -> tuple[F, F]:
        """Return screen x and y of places.

        Args:
            lat: Latitudes.
            lng: Longitudes.
            height_m: Heights above the ellipsoid; None is the height of the origin.
        """
        plane = self._shadow(lat, lng, height_m)
        camera = self.camera
        (re, rn), (fe, fn) = camera.right, camera.forward
        right = plane[0] * re + plane[1] * rn
        up = (plane[0] * fe + plane[1] * fn) * camera.sin_elevation
        return _as_given(lat, right / camera.m_per_px + ORIGIN_PX, ORIGIN_PX - up / camera.m_per_px)

    def to_latlng(self, x: F, y: F, height_m: float | Floats | None = None) -> tuple[F, F]:
        """Return latitude and longitude of the places that screen positions show.

        Args:
            x: Screen x.
            y: Screen y.
            height_m: Heights above the ellipsoid at which the places lie; None is the
                height of the origin.

        Raises:
            BoundsError: A position shows the sky.
        """
        camera = self.camera
        (re, rn), (fe, fn) = camera.right, camera.forward
        turn = re * fn - rn * fe  # the axes are rounded: not quite 1, and far away it shows
        right = (np.asarray(x, np.float64) - ORIGIN_PX) * camera.m_per_px / turn
        ahead = (ORIGIN_PX - np.asarray(y, np.float64)) * camera.m_per_px / turn
        ahead = ahead / camera.sin_elevation
        return self._meet(x, right * fn - ahead * rn, ahead * re - right * fe, height_m)

    def to_plane(self, lat: F, lng: F) -> tuple[F, F]:
        """Return east and north, in meters, of ground places on the flat plane of the scene.

        Earth is round and the plane is not: a place is moved along the line of sight
        until it meets the plane, so that it keeps its place on the screen.
        """
        return _as_given(lat, *self._shadow(lat, lng, None))

    def plane_to_latlng(self, e: F, n: F) -> tuple[F, F]:
        """Return latitude and longitude of points of the plane: the inverse of ``to_plane``.

        Raises:
            BoundsError: The line of sight through a point does not meet the ground.
        """
        return self._meet(e, np.asarray(e, np.float64), np.asarray(n, np.float64), None)

    @cached_property
    def _origin(self) -> Vector:
        return to_ecef(*(np.asarray(v) for v in (self.lat, self.lng, self.height_m)))

    @cached_property
    def _axes(self) -> tuple[tuple[float, float, float], ...]:
        """East, north and up at the origin, as Earth-centered unit vectors."""
        sin_lat, cos_lat = (float(v) for v in sin_cos_deg(np.asarray(self.lat, np.float64)))
        sin_lng, cos_lng = (float(v) for v in sin_cos_deg(np.asarray(self.lng, np.float64)))
        return (
            (-sin_lng, cos_lng, 0.0),
            (-sin_lat * cos_lng, -sin_lat * sin_lng, cos_lat),
            (cos_lat * cos_lng, cos_lat * sin_lng, sin_lat),
        )

    @cached_property
    def _sight(self) -> tuple[float, float, float]:
        """Direction toward the viewer, east-north-up; its height is 1."""
        slope = self.camera.cos_elevation / self.camera.sin_elevation
        fe, fn = self.camera.forward
        return -fe * slope, -fn * slope, 1.0

    def _shadow(
        self, lat: float | Floats, lng: float | Floats, height_m: float | Floats | None
    ) -> tuple[Floats, Floats]:
        """Return where the lines of sight through places meet the plane."""
        height = self.height_m if height_m is None else height_m
        place = to_ecef(*(np.asarray(v, np.float64) for v in (lat, lng, height)))
        x, y, z = (p - o for p, o in zip(place, self._origin, strict=True))
        e, n, up = (x * a + y * b + z * c for a, b, c in self._axes)
        return e - up * self._sight[0], n - up * self._sight[1]

    def _meet(self, like: F, e: Floats, n: Floats, height_m: float | Floats | None) -> tuple[F, F]:
        """Follow the lines of sight through plane points to the ground."""
        height = np.asarray(self.height_m if height_m is None else height_m, np.float64)
        start = _step(self._origin, self._turn(e, n, _ZERO), 1.0)
        sight = self._turn(*(np.asarray(v) for v in self._sight))
        along = _first_hit(start, sight, height)
        for _ in range(_RAY_ROUNDS):
            lat, lng, found = from_ecef(_step(start, sight, along))
            along = along - (found - height) / _climb(lat, lng, sight)
        lat, lng, _ = from_ecef(_step(start, sight, along))
        return _as_given(like, lat, lng)

    def _turn(self, e: Floats, n: Floats, up: Floats) -> Vector:
        """Turn a vector from the axes of the origin to those of the Earth."""
        east, north, zenith = self._axes
        x, y, z = (e * east[k] + n * north[k] + up * zenith[k] for k in range(3))
        return Vector(x, y, z)


def _as_given(like: F, first: Floats, second: Floats) -> tuple[F, F]:
    """Return floats if ``like`` is a number, arrays if it is an array."""
    if isinstance(like, np.ndarray):
        return cast("tuple[F, F]", (first, second))
    return cast("tuple[F, F]", (float(first), float(second)))


def _step(start: Vector, way: Vector, along: float | Floats) -> Vector:
    return Vector(*(s + w * along for s, w in zip(start, way, strict=True)))


def _climb(lat: Floats, lng: Floats, way: Vector) -> Floats:
    """Return the height won per step of ``way`` at places."""
    sin_lat, cos_lat = sin_cos_deg(lat)
    sin_lng, cos_lng = sin_cos_deg(lng)
    return way.x * cos_lat * cos_lng + way.y * cos_lat * sin_lng + way.z * sin_lat


def _first_hit(start: Vector, sight: Vector, height: Floats) -> Floats:
    """Return how far along ``sight`` the ellipsoid blown up by ``height`` is first seen."""
    scale = (1 / (EQUATOR_M + height), 1 / (EQUATOR_M + height), 1 / (POLE_M + height))
    s = [v * k for v, k in zip(start, scale, strict=True)]
    w = [v * k for v, k in zip(sight, scale, strict=True)]
    a = w[0] * w[0] + w[1] * w[1] + w[2] * w[2]
    b = s[0] * w[0] + s[1] * w[1] + s[2] * w[2]
    c = s[0] * s[0] + s[1] * s[1] + s[2] * s[2] - 1.0
    root = b * b - a * c
    if not np.all(root > 0.0):
        raise BoundsError(
            "a screen position lies beyond the horizon and shows no place on Earth",
            hint="Stay within some hundred kilometers of the origin, or move the origin.",
        )
    return (np.sqrt(root) - b) / a
