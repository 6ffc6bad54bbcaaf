"""Pictures of quadrants, decoded once and kept for those that look at them next."""

from collections import OrderedDict
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from isogen.digest import Digest
from isogen.errors import DataError
from isogen.geo.grid import QUADRANT_PX
from isogen.image.decode import decode_picture
from isogen.store.objects import Objects

Pixels = NDArray[np.uint8]

KEPT_MIB = 256
"""Most memory that kept pictures take: some 340 quadrants."""

_SHAPE = (QUADRANT_PX, QUADRANT_PX, 3)


class Pictures:
    """The pictures looked at last, by digest; any number of threads may look at once."""

    def __init__(self, kept_mib: int = KEPT_MIB) -> None:
        self._most = kept_mib << 20
        self._size = 0
        self._kept: OrderedDict[Digest, Pixels] = OrderedDict()
        self._lock = Lock()

    def of(self, objects: Objects, digest: Digest) -> Pixels:
        """Return the sRGB pixels of an object, shape (512, 512, 3), not to be changed.

        Raises:
            ObjectMissingError: There is no such object.
            DataError: It is broken, or no picture of a quadrant.
        """
        with self._lock:
            pixels = self._kept.get(digest)
            if pixels is not None:
                self._kept.move_to_end(digest)
                return pixels
        pixels = decode_picture(objects.get(digest), max_pixels=QUADRANT_PX * QUADRANT_PX)
        if pixels.shape != _SHAPE:
            raise DataError(
                f"{objects.path_of(digest)} has {pixels.shape[1]} x {pixels.shape[0]} px, "
                f"expected {QUADRANT_PX} x {QUADRANT_PX}",
                hint="Run `isogen repair`, then make it again.",
            )
        self.keep(digest, pixels)
        return pixels

    def keep(self, digest: Digest, pixels: Pixels) -> None:
        """Keep the pixels of an object that was just made; the oldest ones make room."""
        pixels.flags.writeable = False
        with self._lock:
            before = self._kept.pop(digest, None)
            self._size += pixels.nbytes - (0 if before is None else before.nbytes)
            self._kept[digest] = pixels
            while self._size > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._size -= oldest.nbytes
