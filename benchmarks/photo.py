"""CPU time of painting a quadrant from a picture alone, pass by pass.

    python benchmarks/photo.py                    a grainy picture of houses, leaves and water
    python benchmarks/photo.py PICTURE OUT.png    any picture; also writes it painted

Prints one JSON document: the median CPU milliseconds for 256 x 256 art pixels and the
number of colors.
"""

import json
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from isogen.image.png import encode_indexed
from isogen.pixelart.photo.look import PHOTO_GUARD, PhotoLook
from isogen.pixelart.photo.paint import paint_photo
from isogen.pixelart.style import load_style

BLOCK = 2
SIDE = 512
ROUNDS = 9


def grainy_city() -> NDArray[np.uint8]:
    """Return a picture with the colors and the grain of a textured render."""
    chance = np.random.default_rng(7)
    colors = np.array([(150, 140, 130), (70, 100, 50), (170, 90, 70), (50, 80, 110)])
    grain = np.array([0.05, 0.3, 0.08, 0.02])
    kinds = chance.integers(0, 4, (SIDE // 32, SIDE // 32)).repeat(32, 0).repeat(32, 1)
    light = 1 + chance.normal(0, 1, (SIDE, SIDE)) * grain[kinds]
    return np.clip(colors[kinds] * light[..., None], 0, 255).astype(np.uint8)


def main() -> None:
    """Measure, and paint the picture that was given."""
    given = sys.argv[1:]
    picture = np.array(Image.open(given[0]).convert("RGB")) if given else grainy_city()
    height, width = (n // BLOCK * BLOCK for n in picture.shape[:2])
    guard = PHOTO_GUARD * BLOCK
    padded = np.pad(picture[:height, :width], ((guard, guard), (guard, guard), (0, 0)), "edge")
    colors = load_style("classic").palette("day").colors
    times: list[float] = []
    art = paint_photo(padded, (0, 0), BLOCK, colors, PhotoLook())
    for _ in range(ROUNDS):
        started = time.process_time()
        art = paint_photo(padded, (0, 0), BLOCK, colors, PhotoLook())
        times.append((time.process_time() - started) * 1e3 * 256 * 256 / art.size)
    if len(given) > 1:
        Path(given[1]).write_bytes(encode_indexed(art, colors, scale=BLOCK))
    used = len(np.unique(colors[np.unique(art)], axis=0))
    print(json.dumps({"ms_per_quadrant": round(median(times), 2), "colors": used}))


if __name__ == "__main__":
    main()
