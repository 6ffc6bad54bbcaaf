"""How much of the ground is empty: bare far and wide, with nothing to look at."""

import numpy as np
from numpy.typing import NDArray

from isogen.mesh.cell import VOID
from isogen.mesh.vocabulary import Ground

BARE = (Ground.YARD, Ground.LOT, Ground.PAVE, Ground.SETT, Ground.DIRT, Ground.MEADOW)
"""Classes of land on which nothing is known to be."""

REACH_PX = 12
"""Ground is empty where all within this many art pixels, in both directions, is bare."""


def empty_ground(classes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell for every pixel whether it is empty.

    Args:
        classes: Ground classes, shape (height, width). ``VOID`` where something else than
            ground is seen: such pixels are not empty, nor is the ground around them.

    Returns:
        Shape (height, width). What lies beyond the array counts as bare.
    """
    full = np.pad(~np.isin(classes, BARE), REACH_PX)
    sums = np.zeros((full.shape[0] + 1, full.shape[1] + 1), np.int64)
    np.cumsum(np.cumsum(full, axis=0, dtype=np.int64), axis=1, out=sums[1:, 1:])
    side = 2 * REACH_PX + 1
    found = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return found == 0


def empty_share(classes: NDArray[np.uint8]) -> float:
    """Return the share of the ground that is empty, from 0 to 1; 0 where there is no ground."""
    ground = int((classes != VOID).sum())
    return float(empty_ground(classes).sum()) / ground if ground else 0.0
