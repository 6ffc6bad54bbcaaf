import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from isogen.errors import BoundsError, InputError
from isogen.geo.camera import Camera
from isogen.geo.wgs84 import Projection, from_ecef, to_ecef

PX = 1e-6
FAR_M = 200_000
GEOD = Geod(ellps="WGS84")

cameras = st.builds(
    Camera,
    azimuth_deg=st.floats(-360, 360),
    elevation_deg=st.floats(15, 75),
    m_per_px=st.floats(0.2, 10),
    pixel_size=st.sampled_from([1, 2, 3, 4]),
)
projections = st.builds(
    Projection,
    lat=st.floats(-89.9, 89.9),
    lng=st.floats(-180, 180),
    height_m=st.floats(-100, 4000),
    camera=cameras,
)
headings = st.floats(0, 360)
distances = st.floats(0, FAR_M)
heights = st.floats(-100, 4000)


def place(projection, heading, distance_m):
    lng, lat, _ = GEOD.fwd(projection.lng, projection.lat, heading, distance_m)
    return lat, lng


def pyproj_screen(projection, lat, lng, height_m):
    """The same projection, by PROJ's own route and the library's sines."""
    enu = Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        "+step +proj=cart +ellps=WGS84 +step +proj=topocentric +ellps=WGS84 "
        f"+lat_0={projection.lat!r} +lon_0={projection.lng!r} +h_0={projection.height_m!r}"
    )
    e, n, up = enu.transform(lng, lat, height_m)
    azimuth = math.radians(projection.camera.azimuth_deg)
    elevation = math.radians(projection.camera.elevation_deg)
    right = e * math.cos(azimuth) - n * math.sin(azimuth)
    ahead = e * math.sin(azimuth) + n * math.cos(azimuth)
    high = ahead * math.sin(elevation) + up * math.cos(elevation)
    return 512 + right / projection.camera.m_per_px, 512 - high / projection.camera.m_per_px


@given(projections)
def test_the_origin_is_pixel_512_512(projection):
    found = projection.to_screen(projection.lat, projection.lng)
    assert found == pytest.approx((512, 512), abs=PX)


@given(projections, headings, distances, heights)
def test_pixels_agree_with_pyproj(projection, heading, distance_m, height_m):
    lat, lng = place(projection, heading, distance_m)
    expected = pyproj_screen(projection, lat, lng, height_m)
    assert projection.to_screen(lat, lng, height_m) == pytest.approx(expected, rel=0, abs=PX)


@given(projections, st.floats(-2e4, 2e4), st.floats(-2e4, 2e4), heights)
def test_pixels_to_places_and_back_is_the_identity(projection, x, y, height_m):
    lat, lng = projection.to_latlng(x, y, height_m)
    assert projection.to_screen(lat, lng, height_m) == pytest.approx((x, y), rel=0, abs=PX)


@given(projections, st.floats(-1.5e5, 1.5e5), st.floats(-1.5e5, 1.5e5))
def test_the_way_back_is_exact_far_away_as_well(projection, right_m, down_m):
    fine = replace(projection, camera=replace(projection.camera, m_per_px=0.3))
    x, y = right_m / 0.3, down_m / 0.3
    assert fine.to_screen(*fine.to_latlng(x, y)) == pytest.approx((x, y), rel=0, abs=1e-7)


@given(projections, headings, distances, heights)
def test_places_to_pixels_and_back_is_the_identity(projection, heading, distance_m, height_m):
    lat, lng = place(projection, heading, distance_m)
    back = projection.to_latlng(*projection.to_screen(lat, lng, height_m), height_m)
    assert GEOD.inv(lng, lat, back[1], back[0])[2] == pytest.approx(0, abs=1e-6)


@given(projections, headings, distances)
def test_the_plane_shows_every_place_where_it_is_seen(projection, heading, distance_m):
    lat, lng = place(projection, heading, distance_m)
    plane = np.array(projection.to_plane(lat, lng))
    shown = projection.camera.to_art(plane) * projection.camera.pixel_size
    assert tuple(shown) == pytest.approx(projection.to_screen(lat, lng), rel=0, abs=PX)


@given(projections, headings, distances)
def test_places_to_the_plane_and_back_is_the_identity(projection, heading, distance_m):
    lat, lng = place(projection, heading, distance_m)
    back = projection.plane_to_latlng(*projection.to_plane(lat, lng))
    assert GEOD.inv(lng, lat, back[1], back[0])[2] == pytest.approx(0, abs=1e-6)


def test_near_the_origin_the_plane_is_east_and_north_in_meters():
    projection = Projection(60.1718, 24.9455, 0.0, Camera(-15, 45, 300 / 1024))
    lat, lng = place(projection, 90, 100)
    assert projection.to_plane(lat, lng) == pytest.approx((100, 0), abs=1e-2)


@settings(max_examples=20)
@given(projections, st.integers(1, 20))
def test_arrays_give_what_their_items_give(projection, count):
    x, y = np.linspace(-9e3, 9e3, count), np.linspace(7e3, -7e3, count)
    lat, lng = projection.to_latlng(x, y)
    one = [projection.to_latlng(*xy) for xy in zip(x.tolist(), y.tolist(), strict=True)]
    assert list(zip(lat.tolist(), lng.tolist(), strict=True)) == one
    e, n = projection.to_plane(lat, lng)
    assert (e[-1], n[-1]) == projection.to_plane(float(lat[-1]), float(lng[-1]))


def test_numbers_give_plain_numbers():
    projection = Projection(0.0, 0.0, 0.0, Camera(0, 45, 1.0))
    assert [type(v) for v in projection.to_plane(np.float64(1), np.float64(1))] == [float, float]


def test_every_machine_finds_the_same_bits():
    projection = Projection(60.1718, 24.9455, 21.5, Camera(-15, 45, 300 / 1024))
    plane = projection.to_plane(60.1699123, 24.9384567)
    assert [v.hex() for v in plane] == ["-0x1.86ff15081acf2p+8", "-0x1.a4a05bb77d384p+7"]
    place = projection.plane_to_latlng(*plane)
    assert place == pytest.approx((60.1699123, 24.9384567), abs=1e-12)


def test_a_higher_place_is_seen_higher_up():
    projection = Projection(10.0, 20.0, 100.0, Camera(30, 60, 0.5))
    (x, y), (x2, y2) = projection.to_screen(10.0, 20.0), projection.to_screen(10.0, 20.0, 110.0)
    assert x2 == pytest.approx(x)
    assert y - y2 == pytest.approx(10 * math.cos(math.radians(60)) / 0.5)


def test_a_pixel_that_shows_the_sky_is_refused():
    projection = Projection(0.0, 0.0, 0.0, Camera(0, 15, 1000.0))
    with pytest.raises(BoundsError, match="beyond the horizon"):
        projection.to_latlng(512.0, -5000.0)


@pytest.mark.parametrize(("lat", "lng"), [(91, 0), (-91, 0), (0, 181), (0, math.nan)])
def test_an_origin_off_the_globe_is_refused(lat, lng):
    with pytest.raises(InputError, match="origin must be from"):
        Projection(lat, lng, 0.0, Camera(0, 45, 1.0))


@given(st.floats(-90, 90), st.floats(-179, 179), st.floats(-10_000, 1e6))
def test_earth_centered_coordinates_agree_with_pyproj(lat, lng, height_m):
    to_cart = Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        "+step +proj=cart +ellps=WGS84"
    )
    found = to_ecef(*(np.asarray(v) for v in (lat, lng, height_m)))
    assert tuple(map(float, found)) == pytest.approx(
        to_cart.transform(lng, lat, height_m), rel=0, abs=1e-8
    )
    back = [float(v) for v in from_ecef(found)]
    assert back[0] == pytest.approx(lat, abs=1e-12)
    assert back[2] == pytest.approx(height_m, abs=1e-8)
