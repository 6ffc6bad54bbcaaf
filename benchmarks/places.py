"""Turns open data that lies in packages into GeoJSON: other cities to look at.

npm pack @mapbox/mvt-fixtures     # real-world/sanfrancisco: (c) OpenStreetMap contributors
python benchmarks/places.py tiles package/real-world/sanfrancisco sf.geojson
pip download --no-deps momepy     # momepy/datasets/bubenec.gpkg: Prague
python benchmarks/places.py gpkg bubenec.gpkg prague.geojson
"""

import json
import math
import sys
from functools import partial
from pathlib import Path

import geopandas
import mapbox_vector_tile
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping, shape

ZOOM = 15


def from_tiles(folder: Path) -> list[dict]:
    """Return the features of a folder of Mapbox vector tiles, joined across their edges."""
    found: dict[str, tuple[dict, list]] = {}
    for path in sorted(folder.glob("*.mvt")):
        column, row = (int(n) for n in path.stem.split("-")[1:])
        for name, layer in mapbox_vector_tile.decode(path.read_bytes()).items():
            if name not in ("building", "road", "landuse", "water"):
                continue
            for item in layer["features"]:
                tags = tags_of(name, item["properties"])
                to_degrees = partial(degrees, column=column, row=row, extent=layer["extent"])
                place = shapely.transform(shape(item["geometry"]), to_degrees)
                own = item.get("id") or 0
                key = json.dumps([name, own, tags], sort_keys=True)
                found.setdefault(key, (tags, []))[1].append(shapely.make_valid(place))
    return [feature(t, shapely.union_all(parts)) for t, parts in found.values() if t]


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


def from_gpkg(path: Path) -> list[dict]:
    """Return the buildings and streets of a GeoPackage of momepy."""
    found = []
    for layer, tags in (("buildings", {"building": "yes"}), ("streets", {"highway": "tertiary"})):
        rows = geopandas.read_file(path, layer=layer).to_crs(4326)
        found += [feature(tags, place) for place in rows.geometry]
    return found


def feature(tags: dict, place: shapely.Geometry) -> dict:
    """Return a feature of GeoJSON."""
    return {"type": "Feature", "properties": tags, "geometry": mapping(place)}


def main() -> None:
    """Convert what the command line names."""
    kind, source, target = sys.argv[1:]
    features = from_tiles(Path(source)) if kind == "tiles" else from_gpkg(Path(source))
    document = {"type": "FeatureCollection", "features": features}
    Path(target).write_text(json.dumps(document), "utf-8")


if __name__ == "__main__":
    main()
