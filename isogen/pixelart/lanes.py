"""What special parts of a street look like: bus and cycle lanes, concrete, painted islands."""

from isogen.kernels import part
from isogen.mesh.vocabulary import Ground, Material
from isogen.pixelart.inks import GRAVEL, ROAD, SAND, TERRA, WALK, WHITE, Ink
from isogen.pixelart.soil import Soil

_RUST = int(Material.RUST)


@part
def lane(c: int, s: Soil) -> Ink:
    """Return the ink of a special part of a street."""
    if c == Ground.CYCLE_LANE:
        return TERRA, 3 - (s.n < 3000)
    if c == Ground.BUS_LANE:
        return _RUST, 3 - (s.n < 3000)
    if c == Ground.GRAVEL_ROAD:
        return (GRAVEL if s.n < 9000 else SAND), 4 - (s.n > 61000)
    if c == Ground.CONCRETE:
        return WALK, 3 - (s.ix % 9 == 0 or s.iy % 9 == 0 or s.n < 1200)
    return (WHITE, 4) if (s.x + s.y) % 4 == 0 else (ROAD, 3)
