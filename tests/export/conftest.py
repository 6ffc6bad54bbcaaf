import numpy as np
import pytest

from isogen.digest import digest_of
from isogen.export.pyramid import Leaf
from isogen.geo.grid import Quadrant
from isogen.image.png import encode_indexed

PALETTE = np.array(
    [[22, 33, 58], [220, 60, 50], [70, 140, 60], [240, 230, 200], [120, 120, 130]], np.uint8
)


def art(seed: int) -> bytes:
    """A quadrant of flat art-pixel blocks, different for each seed."""
    rows, columns = np.mgrid[0:16, 0:16]
    small = (rows * (seed + 1) + columns * 2 + rows * columns * seed) % len(PALETTE)
    small[0, :8] = [seed // len(PALETTE) ** digit % len(PALETTE) for digit in range(8)]
    return encode_indexed(small.astype(np.uint8), PALETTE, scale=32)


@pytest.fixture
def store(tmp_path):
    """Writes quadrants as objects: a mapping of place to seed becomes leaves."""
    folder = tmp_path / "objects"
    folder.mkdir()

    def put(quadrants):
        leaves = {}
        for place, seed in quadrants.items():
            data = art(seed)
            digest = digest_of(data)
            path = folder / f"{digest}.png"
            if not path.exists():
                path.write_bytes(data)
            leaves[Quadrant(*place)] = Leaf(digest, path)
        return leaves

    return put


@pytest.fixture
def rng_pixels():
    """A picture that is no quadrant: 4 x 4 px."""
    return np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
