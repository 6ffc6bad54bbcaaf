"""Writes an invented hilly GeoTIFF around a place, to try out scene.terrain.

Example: python benchmarks/hills.py hills.tif 60.1718 24.9455
"""

import argparse
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

PIXEL_DEG = 0.0001
SIDE = 600
METERS_PER_DEG = 111_320.0

HILLS = (
    (-150, 150, 90, 30), (180, 120, 80, 26), (60, -180, 90, 28), (-330, -60, 110, 34),
    (350, -220, 110, 36), (0, 420, 130, 35), (-420, 330, 120, 38), (420, 330, 120, 30),
    (-250, -380, 120, 32), (150, -480, 110, 26),
)  # fmt: skip
"""Meters east and north of the place, width and height."""


def write_hills(out: Path, lat: float, lng: float) -> None:
    """Write a GeoTIFF of hills around a place."""
    steps = (np.arange(SIDE) - SIDE / 2 + 0.5) * PIXEL_DEG * METERS_PER_DEG
    north = -steps[:, None]
    east = steps[None] * np.cos(np.radians(lat))
    heights = np.full((SIDE, SIDE), 3.0)
    for e, n, width, top in HILLS:
        heights += top * np.exp(-((east - e) ** 2 + (north - n) ** 2) / (2 * width**2))
    reach = SIDE / 2 * PIXEL_DEG
    with rasterio.open(
        out, "w", driver="GTiff", height=SIDE, width=SIDE, count=1, dtype="float32",
        crs="EPSG:4326",
        transform=from_origin(lng - reach, lat + reach, PIXEL_DEG, PIXEL_DEG),
    ) as raster:  # fmt: skip
        raster.write(heights.astype(np.float32), 1)


def main() -> None:
    """Write the file that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("lat", type=float)
    parser.add_argument("lng", type=float)
    given = parser.parse_args()
    write_hills(given.out, given.lat, given.lng)


if __name__ == "__main__":
    main()
