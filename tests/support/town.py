"""A small town of a few houses: a map that is quickly made."""

import json
from pathlib import Path

from isogen.cli.app import run as run_command

LAT, LNG = 60.17, 24.94
_EXTRACT = "town.geojson"
_PARAMS = """
map:
  origin: {{lat: {lat}, lng: {lng}}}
  azimuth_deg: 0
  region: {{from: [{first}, {first}], to: [{last}, {last}]}}
scene: {{source: geojson, extract: {extract}}}
store: {{durability: fast}}
generate: {{model: local}}
models: {models}
"""


def house(lng: float, lat: float, size: float = 0.0002) -> dict[str, object]:
    """A building of a town, as a GeoJSON feature."""
    ring = [
        [lng + x * size * 2, lat + y * size]
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    ]
    return {
        "type": "Feature",
        "properties": {"building": "yes", "height": 12},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def render_town(folder: Path, first: int, last: int, models: str = "{}") -> Path:
    """Make a square map of quadrants up to its renders; the model named local will paint it."""
    places = [(i * 0.0062, j * 0.0042) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    features = [house(LNG + e, LAT + n) for e, n in places]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _EXTRACT).write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (folder / "params.yaml").write_text(
        _PARAMS.format(lat=LAT, lng=LNG, first=first, last=last, extract=_EXTRACT, models=models)
    )
    for command in ("source", "scene", "render"):
        assert run_command(["-C", str(folder), "-q", command]) == 0
    return folder
