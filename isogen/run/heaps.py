"""How much memory the C library holds back when threads have let go of it."""

import ctypes
from contextlib import suppress

_MOST_HEAPS = -8  # glibc's M_ARENA_MAX
_HEAPS = 2


def share_heaps() -> None:
    """Let all threads of this process take memory from the same two heaps.

    For threads that come and go with buffers of megabytes: by default the GNU C library gives
    eight heaps to each core, and each holds on to the most that its threads ever needed. With
    other C libraries nothing changes; nor is what a program computes any different.
    """
    with suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).mallopt(_MOST_HEAPS, _HEAPS)
