"""Writes small GeoJSON files and reads them back."""

import json

import numpy as np
import pytest

from isogen.scene.geojson.read import read_geojson

DEGREE_M = 100_000.0
LNG, LAT = 14.0, 50.0


def to_plane(lat, lng):
    """A flat plane around (LAT, LNG) on which a degree is 100 km either way."""
    return (np.asarray(lng) - LNG) * DEGREE_M, (np.asarray(lat) - LAT) * DEGREE_M


def place(e, n):
    return [LNG + e / DEGREE_M, LAT + n / DEGREE_M]


def ring(e0, n0, e1, n1):
    return [place(*p) for p in ((e0, n0), (e1, n0), (e1, n1), (e0, n1), (e0, n0))]


def polygon(*boxes):
    """A polygon of a box, with further boxes as holes."""
    return {"type": "Polygon", "coordinates": [ring(*b) for b in boxes]}


def line(*points):
    return {"type": "LineString", "coordinates": [place(*p) for p in points]}


def point(e, n):
    return {"type": "Point", "coordinates": place(e, n)}


def feature(geometry, feature_id=None, **properties):
    found = {"type": "Feature", "geometry": geometry, "properties": properties}
    return found if feature_id is None else {**found, "id": feature_id}


FRAME = [*place(0, 0), *place(1000, 1000)]


def document(*features, **about):
    return {"type": "FeatureCollection", "bbox": FRAME, "features": list(features), **about}


@pytest.fixture
def write(tmp_path):
    def write(*features, name="city.geojson", **about):
        path = tmp_path / name
        path.write_text(json.dumps(document(*features, **about)))
        return path

    return write


@pytest.fixture
def read(write):
    def read(*features, **about):
        return read_geojson(write(*features, **about), to_plane)

    return read
