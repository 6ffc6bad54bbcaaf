"""Huffman codes as deflate wants them: canonical, and none longer than 15 bits."""

import numpy as np
from numpy.typing import NDArray

from isogen.kernels import part

LONGEST = 15
"""Bits of the longest code."""

Counts = NDArray[np.int64]
Table = NDArray[np.uint64]
"""For each symbol its code, the first bit lowest, and from bit 16 on the code's length."""


@part
def fill_codes(counts: Counts, table: Table) -> None:
    """Choose the code of each symbol by how often it is used; unused ones get length 0.

    Args:
        counts: At least two of them positive.
        table: Is written; as long as ``counts``.
    """
    used = np.flatnonzero(counts)
    order = np.sort(counts[used] * 512 + used) % 512  # rarest first; equal ones by symbol
    at_depth = np.zeros(LONGEST + 1, np.int64)
    _count_depths(counts[order], at_depth)
    _shorten(at_depth)
    lengths = np.zeros(len(counts), np.int64)
    place = 0
    for length in range(LONGEST, 0, -1):
        for _ in range(at_depth[length]):
            lengths[order[place]] = length
            place += 1
    code = 0
    for length in range(1, LONGEST + 1):
        code <<= 1
        for symbol in range(len(counts)):
            if lengths[symbol] == length:
                table[symbol] = _turned(code, length) | length << 16
                code += 1
            elif not lengths[symbol]:
                table[symbol] = 0


@part
def _turned(code: int, length: int) -> int:
    """Return a code with its first bit lowest, as deflate writes it."""
    turned = 0
    for bit in range(length):
        turned |= (code >> bit & 1) << (length - 1 - bit)
    return turned


@part
def _count_depths(leaves: Counts, at_depth: Counts) -> None:
    """Count how many leaves of Huffman's tree lie at each depth, all too deep ones at the last.

    Args:
        leaves: Weights, the lightest first.
        at_depth: Is added to.
    """
    size = len(leaves)
    # Leaves, then the inner nodes in the order of their making, which is by weight too.
    weights = np.empty(2 * size - 1, np.int64)
    parents = np.zeros(2 * size - 1, np.int64)
    weights[:size] = leaves
    leaf, inner = 0, size
    for made in range(size, 2 * size - 1):
        weights[made] = 0
        for _ in range(2):
            if inner == made or (leaf < size and weights[leaf] <= weights[inner]):
                taken, leaf = leaf, leaf + 1
            else:
                taken, inner = inner, inner + 1
            weights[made] += weights[taken]
            parents[taken] = made
    depths = np.zeros(2 * size - 1, np.int64)
    for node in range(2 * size - 3, -1, -1):
        depths[node] = depths[parents[node]] + 1
        if node < size:
            at_depth[min(depths[node], LONGEST)] += 1


@part
def _shorten(at_depth: Counts) -> None:
    """Make room for the leaves that lay too deep, by moving others down."""
    taken = 0
    for depth in range(1, LONGEST + 1):
        taken += at_depth[depth] << (LONGEST - depth)
    while taken > 1 << LONGEST:
        depth = LONGEST - 1
        while at_depth[depth] == 0:
            depth -= 1
        # One leaf from above becomes a node of two: itself and one of the deepest.
        at_depth[depth] -= 1
        at_depth[depth + 1] += 2
        at_depth[LONGEST] -= 1
        taken -= 1
