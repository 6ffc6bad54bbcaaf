import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.errors import ParamsError
from isogen.geo.grid import Quadrant
from isogen.params import Params, default_params_yaml, params_yaml, read_params
from isogen.params.model import BoundsRegion, RectangleRegion
from isogen.params.reading import parse_params, read_text

corners = st.lists(st.integers(-50, 50), min_size=2, max_size=2)
regions = st.one_of(
    st.just("source"),
    st.builds(lambda a, b: {"from": a, "to": b}, corners, corners),
    st.just({"bounds": "data/bounds.geojson"}),
)
printable = st.characters(exclude_categories=["C", "Zl", "Zp"])
settings = st.fixed_dictionaries(
    {},
    optional={
        "map": st.fixed_dictionaries(
            {},
            optional={
                "name": st.text(printable, min_size=1, max_size=40),
                "elevation_deg": st.floats(15, 75),
                "pixel_size": st.sampled_from([1, 2, 3, 4]),
                "region": regions,
            },
        ),
        "scene": st.fixed_dictionaries({"tree_density": st.floats(0, 2)}),
        "run": st.fixed_dictionaries({"jobs": st.integers(0, 64)}),
    },
)


def refusal(text):
    with pytest.raises(ParamsError) as error:
        parse_params(text)
    return error.value


def answer(text):
    try:
        parse_params(text)
    except ParamsError as error:
        return str(error)
    return "params.yaml is right"


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "params.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@given(settings)
def test_settings_that_are_written_are_read_back_equal(tree):
    params = Params.model_validate(tree)
    assert parse_params(params_yaml(params)) == params


def test_the_default_file_holds_the_defaults():
    assert parse_params(default_params_yaml()) == Params()


@pytest.mark.parametrize("text", ["", "# nothing\n", "map:\n", "map:\n  origin:\nrender: {}\n"])
def test_what_is_left_out_has_its_default(text):
    assert parse_params(text) == Params()


def test_every_setting_of_the_default_file_has_a_comment_above_it():
    lines = default_params_yaml().splitlines()
    keys = [i for i, line in enumerate(lines) if line and not line.strip().startswith("#")]
    assert [lines[i] for i in keys if not lines[i - 1].strip().startswith("#")] == []


def test_camera_and_projection_follow_the_map():
    params = parse_params("map: {azimuth_deg: 30, elevation_deg: 60, view_height_m: 512}")
    assert params.camera.m_per_px == 0.5
    assert (params.camera.azimuth_deg, params.camera.elevation_deg) == (30, 60)
    assert params.projection.to_screen(60.1718, 24.9455) == pytest.approx((512, 512))
    assert params.projection.camera is params.camera


def test_a_region_is_the_source_a_rectangle_or_a_file():
    assert parse_params("").map.region == "source"
    rectangle = parse_params("map: {region: {from: [-1, 0], to: [0, 0]}}").map.region
    assert isinstance(rectangle, RectangleRegion)
    assert list(rectangle.region) == [Quadrant(-1, 0), Quadrant(0, 0)]
    bounds = parse_params("map: {region: {bounds: data/b.geojson}}").map.region
    assert isinstance(bounds, BoundsRegion)
    assert bounds.bounds.as_posix() == "data/b.geojson"


def test_the_title_of_the_site_is_the_name_of_the_map_unless_it_is_given():
    assert parse_params("map: {name: tampere}").title == "tampere"
    assert parse_params("export: {site: {title: Hello}}").title == "Hello"


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("map: {elevation_deg: 90}", "map.elevation_deg must be less than or equal to 75, got 90",
         "from 15 to 75"),
        ("map: {origin: {lat: -91}}", "lat must be greater than or equal to -90, got -91",
         "from -90 to 90"),
        ("map: {origin: {lat: '60'}}", "lat must be a valid number, got '60'", "Degrees"),
        ("map: {origin: {lat: .nan}}", "lat must be a finite number, got nan", "Degrees"),
        ("map: {pixel_size: 5}", "map.pixel_size must be 1, 2, 3 or 4, got 5", "1, 2, 3 or 4"),
        ("map: {name: no}", "map.name must be a valid string, got False", "text"),
        ("map: {name: ''}", "map.name is ''", "1 to 200"),
        ("map: {region: all}", "map.region must be source, {from", "corner quadrants"),
        ("map: {region: [1, 2]}", "map.region must be source, {from", "corner quadrants"),
        ("map: {region: {from: [0, 0]}}", "map.region.to is missing", "opposite corner"),
        ("map: {region: {from: [0, 0, 0], to: [0, 0]}}", "region.from must be [x, y]", "corner"),
        ("map: {region: {from: [9999999, 0], to: [0, 0]}}", "region.from.0 must be", "1000000"),
        ("map: {region: {bounds: 3}}", "map.region.bounds must be the path of a file", "GeoJSON"),
        ("scene: {car_density: 2.5}", "scene.car_density must be less than", "from 0 to 2"),
        ("scene: {seed: true}", "scene.seed must be a valid integer, got True", "whole number"),
        ("scene: {source: google}", "scene.source must be 'osm', 'geojson'", "OpenStreetMap"),
        ("store: {durability: slow}", "store.durability must be 'full' or 'fast'", "power"),
        ("render: raster", "render must be a section of settings, got 'raster'", "seen"),
        ("run: {jobs: -1}", "run.jobs must be greater than or equal to 0, got -1", "per core"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_what_is_allowed(text, says, hint):
    error = refusal(text)
    assert str(error).startswith("params.yaml: ")
    assert says in str(error)
    assert hint in error.hint


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("mapp: {}", "mapp is not a setting", "Did you mean map?"),
        (
            "map: {elevation: 45}",
            "map.elevation is not a setting",
            "Did you mean map.elevation_deg",
        ),
        ("map: {origin: {latt: 1}}", "map.origin.latt is not", "Did you mean map.origin.lat?"),
        ("map: {region: {from: [0, 0], too: [1, 1]}}", "map.region.too is not", "map.region.to?"),
        ("map: {region: {bounds: a, x: 1}}", "map.region.x is not", "Known here: bounds."),
        ("store: {zzz: 1}", "store.zzz is not a setting", "Known here: durability."),
        ("export: {dzi: {q: 1}}", "export.dzi.q is not a setting", "It has no settings."),
        ("1: 2", "1 is not a setting", ""),
    ],
)
def test_an_unknown_setting_names_the_nearest_known_one(text, says, hint):
    error = refusal(text)
    assert says in str(error)
    assert hint in error.hint


def test_every_fault_is_named_at_once():
    error = refusal("map: {elevation_deg: 90, azimuth_deg: x}\nrun: {job: 2}")
    assert "map.elevation_deg" in str(error)
    assert "map.azimuth_deg" in str(error)
    assert "run.job is not a setting" in str(error)
    assert error.hint == "Did you mean run.jobs?"
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("map: {name: a}\nmap: {name: b}", "map stands twice in one section (line 2, column 1)"),
        ("run: {jobs: 1, jobs: 1}", "jobs stands twice"),
        ("map: [", "is not YAML"),
        ("map: &a {origin: *a}", "is not YAML"),
        ("x: !!python/object/apply:os.getcwd []", "is not YAML"),
        ("x: 2026-99-99", "is not YAML"),
        ("? [1, 2]\n: 3", "is not YAML"),
        ("x: \x00", "is not YAML"),
        ("[" * 2000, "is not YAML"),
        ("- 1", "must hold keys and values, got [1]"),
        ("raster", "must hold keys and values, got 'raster'"),
    ],
)
def test_what_is_not_a_document_of_settings_is_refused(text, says):
    assert says in str(refusal(text))


@given(st.text(max_size=60))
def test_any_text_is_settings_or_refused_in_our_own_words(text):
    assert answer(text).startswith("params.yaml")


def test_a_missing_file_says_how_to_make_one(tmp_path):
    with pytest.raises(ParamsError, match="does not exist") as error:
        read_params(tmp_path / "params.yaml", {})
    assert "isogen init" in error.value.hint


@pytest.mark.parametrize(("data", "says"), [(b"\xff\xfe", "cannot be read"), (b"#" * 2**21, "MiB")])
def test_a_file_that_is_not_text_or_too_large_is_refused(tmp_path, data, says):
    path = tmp_path / "params.yaml"
    path.write_bytes(data)
    with pytest.raises(ParamsError, match=says):
        read_params(path, {})


def test_the_environment_overrides_the_number_of_jobs_and_nothing_else(write):
    path = write("map: {name: a}\nrun: {jobs: 3}")
    assert read_params(path, {}).run.jobs == 3
    assert read_params(path, {"ISOGEN_JOBS": ""}).run.jobs == 3
    overridden = read_params(path, {"ISOGEN_JOBS": "5", "ISOGEN_NAME": "b"})
    assert (overridden.run.jobs, overridden.map.name) == (5, "a")


@pytest.mark.parametrize("jobs", ["many", "-1", "2.5", "9" * 9, "٣"])
def test_a_wrong_number_of_jobs_in_the_environment_is_refused(write, jobs):
    with pytest.raises(ParamsError, match="ISOGEN_JOBS"):
        read_params(write(""), {"ISOGEN_JOBS": jobs})


def test_settings_do_not_change():
    params = Params()
    with pytest.raises(ValueError, match="frozen"):
        params.map = params.map


def test_only_a_missing_project_is_told_to_begin_one(tmp_path):
    with pytest.raises(ParamsError) as project:
        read_params(tmp_path / "params.yaml")
    with pytest.raises(ParamsError) as other:
        read_text(tmp_path / "overrides.geojson")
    assert "isogen init" in project.value.hint
    assert "isogen init" not in other.value.hint
