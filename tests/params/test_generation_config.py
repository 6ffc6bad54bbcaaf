import json

import pytest

from isogen.errors import ParamsError
from isogen.params import params_from_generation_config, params_yaml
from isogen.params.reading import parse_params

NYC = {
    "name": "nyc",
    "seed": {"lat": 40.7484, "lng": -73.9857},
    "n_tiles_x": 3,
    "n_tiles_y": 2,
    "camera_azimuth_degrees": -15,
    "camera_elevation_degrees": -45,
    "width_px": 1024,
    "height_px": 1024,
    "view_height_meters": 300,
    "tile_step": 0.5,
}


@pytest.fixture
def convert(tmp_path):
    def convert(**changes):
        path = tmp_path / "generation_config.json"
        path.write_text(json.dumps({**NYC, **changes}), encoding="utf-8")
        return params_from_generation_config(path)

    return convert


def test_the_map_keeps_its_place_and_its_view(convert):
    params = convert().params
    assert params.map.name == "nyc"
    assert (params.map.origin.lat, params.map.origin.lng) == (40.7484, -73.9857)
    assert (params.camera.azimuth_deg, params.camera.elevation_deg) == (-15, 45)
    assert params.camera.m_per_px == 300 / 1024


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        ({}, (3, 2)),
        ({"n_tiles_x": 1, "n_tiles_y": 1}, (1, 1)),
        ({"tile_step": 1.0}, (5, 3)),
        ({"tile_step": 1}, (5, 3)),
    ],
)
def test_the_region_covers_all_tiles_from_the_top_left_quadrant(convert, changes, last):
    region = convert(**changes).params.map.region.region
    assert region.corners == ((0, 0), last)


def test_a_step_that_is_left_out_is_half_a_tile(tmp_path):
    path = tmp_path / "generation_config.json"
    path.write_text(json.dumps({k: v for k, v in NYC.items() if k != "tile_step"}))
    assert params_from_generation_config(path).params.map.region.last == (3, 2)


def test_what_is_not_taken_over_is_said(convert):
    assert convert().notices == ()
    notices = convert(app_defaults={"x": 0, "y": 0, "zoom": 1}, extra=1).notices
    assert ["app_defaults" in notices[0], "extra" in notices[1]] == [True, True]


def test_the_settings_can_be_written_and_read_back(convert):
    params = convert().params
    assert parse_params(params_yaml(params)) == params


@pytest.mark.parametrize("key", sorted(NYC.keys() - {"tile_step"}))
def test_a_missing_key_is_named(tmp_path, key):
    path = tmp_path / "generation_config.json"
    path.write_text(json.dumps({k: v for k, v in NYC.items() if k != key}))
    with pytest.raises(ParamsError, match=rf"^generation_config\.json: {key} is missing$"):
        params_from_generation_config(path)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"width_px": 512}, "width_px must be 1024, got 512"),
        ({"n_tiles_x": 0}, "n_tiles_x must be greater than 0, got 0"),
        ({"n_tiles_y": "2"}, "n_tiles_y must be a valid integer, got '2'"),
        ({"camera_elevation_degrees": 45}, "camera_elevation_degrees must be less than"),
        ({"seed": {"lat": 40.7}}, "seed.lng is missing"),
        ({"seed": {"lat": 140.7, "lng": 0}}, "map.origin.lat must be less than or equal to 90"),
        ({"tile_step": 0.7}, "tile_step must be a multiple of 0.5, got 0.7"),
        ({"tile_step": 2}, "tile_step must be less than or equal to 1, got 2"),
    ],
)
def test_what_cannot_be_taken_over_is_named(convert, changes, says):
    with pytest.raises(ParamsError) as error:
        convert(**changes)
    assert says in str(error.value)


@pytest.mark.parametrize("text", ["", "[]", "[" * 100_000])
def test_what_is_not_a_configuration_is_refused(tmp_path, text):
    path = tmp_path / "generation_config.json"
    path.write_text(text)
    with pytest.raises(ParamsError, match=r"^generation_config\.json"):
        params_from_generation_config(path)
