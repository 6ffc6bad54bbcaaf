"""Terrain from files: GeoTIFFs in any coordinate system, heights written as colors."""

import json
import math

import numpy as np
import pytest
import rasterio
from PIL import Image
from rasterio.transform import from_bounds
from rasterio.warp import transform_bounds

from isogen.errors import InputError, ObjectMissingError, SourceError
from isogen.params import Params
from isogen.scene.terrain.dem import Dem, fill_gaps, read_dem
from isogen.scene.terrain.reading import read_terrain
from isogen.scene.terrain.terrain import terrain_of

SOUTH, WEST, NORTH, EAST = 60.10, 24.85, 60.24, 25.05
BOX = (60.16, 24.93, 60.18, 24.96)
NODATA = -9999.0


def slope(lat, lng):
    """A plane: 100 m per degree north, 50 m per degree east."""
    return (lat - 60) * 100 + (lng - 24) * 50


def write_geotiff(path, crs, heights=None, *, nodata=None):
    """Write the slope over the whole of Helsinki in a coordinate system."""
    box = transform_bounds("EPSG:4326", crs, WEST, SOUTH, EAST, NORTH)
    rows, columns = 240, 300
    affine = from_bounds(*box, columns, rows)
    if heights is None:
        column, row = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
        x, y = affine * (column, row)
        lng, lat = rasterio.warp.transform(crs, "EPSG:4326", x.ravel(), y.ravel())
        heights = slope(np.array(lat), np.array(lng)).reshape(rows, columns)
    shape = {"height": heights.shape[0], "width": heights.shape[1], "count": 1}
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        dtype="float32",
        crs=crs,
        transform=affine,
        nodata=nodata,
        **shape,
    ) as raster:
        raster.write(heights.astype(np.float32), 1)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32635", "EPSG:3857"])
def test_heights_are_the_same_in_any_coordinate_system(tmp_path, crs):
    write_geotiff(tmp_path / "hills.tif", crs)

    dem = read_terrain(tmp_path / "hills.tif", "hills.tif", BOX)

    lat, lng = np.array([60.162, 60.171, 60.179]), np.array([24.955, 24.94, 24.931])
    assert dem.at(lat, lng) == pytest.approx(slope(lat, lng), abs=0.02)
    assert dem.covers(lat, lng).all()


def test_only_what_the_map_needs_is_kept(tmp_path):
    write_geotiff(tmp_path / "hills.tif", "EPSG:4326")

    dem = read_terrain(tmp_path / "hills.tif", "hills.tif", BOX)

    assert dem.heights.size < 240 * 300 / 2


def test_gaps_are_filled_from_around_them(tmp_path):
    heights = np.full((240, 300), 20.0)
    heights[100:140, 120:170] = NODATA
    write_geotiff(tmp_path / "gap.tif", "EPSG:4326", heights, nodata=NODATA)

    dem = read_terrain(tmp_path / "gap.tif", "gap.tif", BOX)

    assert (dem.heights == 20).all()


def test_filling_keeps_what_is_known_and_stays_within_it():
    heights = np.random.default_rng(5).uniform(3, 9, (37, 50)).astype(np.float32)
    holed = heights.copy()
    holed[5:30, 8:44] = np.nan

    filled = fill_gaps(holed)

    known = np.isfinite(holed)
    assert np.array_equal(filled[known], heights[known])
    assert filled.min() >= 3
    assert filled.max() <= 9


def test_a_raster_without_any_height_is_refused():
    with pytest.raises(SourceError, match="no heights"):
        fill_gaps(np.full((4, 4), np.nan, np.float32))


def test_a_raster_of_elsewhere_says_so(tmp_path):
    write_geotiff(tmp_path / "hills.tif", "EPSG:32635")

    with pytest.raises(SourceError, match="does not cover the map") as error:
        read_terrain(tmp_path / "hills.tif", "hills.tif", (48.1, 11.5, 48.2, 11.6))

    assert "scene.terrain" in error.value.hint


def test_a_raster_without_a_coordinate_system_says_so(tmp_path):
    Image.fromarray(np.zeros((8, 8), np.uint8)).save(tmp_path / "bare.tif")

    with (
        pytest.warns(rasterio.errors.NotGeoreferencedWarning),
        pytest.raises(SourceError, match="no coordinate system"),
    ):
        read_terrain(tmp_path / "bare.tif", "bare.tif", BOX)


@pytest.mark.parametrize("name", ["noise.tif", "noise.png", "noise.asc"])
def test_what_is_no_raster_is_refused(tmp_path, name):
    (tmp_path / name).write_bytes(b"not a raster at all")

    with pytest.raises((SourceError, InputError)):
        read_terrain(tmp_path / name, name, BOX)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        read_terrain(tmp_path / "nowhere.tif", "nowhere.tif", BOX)


def mapbox(heights):
    value = np.rint((heights + 10000) * 10).astype(np.int64)
    return np.stack([value >> 16, value >> 8 & 255, value & 255], axis=-1).astype(np.uint8)


def terrarium(heights):
    value = np.rint((heights + 32768) * 256).astype(np.int64)
    return np.stack([value >> 16, value >> 8 & 255, value & 255], axis=-1).astype(np.uint8)


def tile_at(zoom, lat, lng):
    n = 1 << zoom
    row = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n
    return int((lng + 180) / 360 * n), int(row)


def write_tiles(folder, encode, zoom=11):
    """Write tiles whose heights are their pixels' eastings in tile widths."""
    x0, y0 = tile_at(zoom, BOX[2] + 0.03, BOX[1] - 0.03)
    x1, y1 = tile_at(zoom, BOX[0] - 0.03, BOX[3] + 0.03)
    for x in range(x0, x1 + 1):
        for y in range(y0, y1 + 1):
            east = x - x0 + (np.arange(64) + 0.5) / 64
            heights = np.repeat(east[None] * 100, 64, axis=0)
            path = folder / str(zoom) / str(x) / f"{y}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(encode(heights)).save(path)
    return x0


@pytest.mark.parametrize("encode", [mapbox, terrarium])
def test_tiles_of_colored_heights_lie_where_their_names_say(tmp_path, encode):
    x0 = write_tiles(tmp_path, encode)

    dem = read_terrain(tmp_path, "tiles", BOX)

    lng = np.array([24.93, 24.945, 24.96])
    told = ((lng + 180) / 360 * 2048 - x0) * 100
    assert dem.at(np.full(3, 60.17), lng) == pytest.approx(told, abs=0.2)


def test_a_single_picture_lies_where_its_neighbor_says(tmp_path):
    heights = np.linspace(0, 90, 30)[::-1, None] * np.ones((30, 20))
    Image.fromarray(terrarium(heights)).save(tmp_path / "hill.png")
    (tmp_path / "hill.json").write_text(json.dumps({"bounds": [60.0, 24.8, 60.3, 25.1]}))

    dem = read_terrain(tmp_path / "hill.png", "hill.png", BOX)

    assert dem.at(np.array([60.15]), np.array([24.95]))[0] == pytest.approx(45, abs=0.1)


def test_a_picture_that_lies_nowhere_is_refused(tmp_path):
    Image.fromarray(terrarium(np.zeros((4, 4)))).save(tmp_path / "hill.png")

    with pytest.raises(InputError, match="nothing says where"):
        read_terrain(tmp_path / "hill.png", "hill.png", BOX)


def test_a_project_reads_back_what_it_kept(tmp_path):
    dem = Dem("a", np.arange(6, dtype=np.float32).reshape(2, 3), "EPSG:4326", (1, 0, 24, 0, -1, 61))
    (tmp_path / "kept.npz").write_bytes(dem.pack())

    found = read_dem(tmp_path / "kept.npz")

    assert (found.name, found.crs, found.affine) == (dem.name, dem.crs, dem.affine)
    assert np.array_equal(found.heights, dem.heights)
    assert found.pack() == dem.pack()


def test_beyond_its_edge_the_ground_is_as_high_as_the_edge():
    dem = Dem("a", np.array([[1, 2], [3, 4]], np.float32), "EPSG:4326", (1, 0, 24, 0, -1, 61))

    assert dem.at(np.array([70.0, 50.0]), np.array([0.0, 99.0])).tolist() == [1.0, 4.0]
    assert not dem.covers(np.array([70.0, 50.0]), np.array([0.0, 99.0])).any()


def test_a_terrain_that_was_not_brought_in_is_named(tmp_path):
    params = Params.model_validate({"scene": {"terrain": "hills.tif"}})
    with pytest.raises(ObjectMissingError, match=r"hills\.tif") as caught:
        terrain_of(params, tmp_path)
    assert "isogen source" in caught.value.hint
