"""Deflate for pictures full of noise: codes for bytes and for runs of zeros, no search.

What a model paints seldom repeats. Looking for repetitions takes an ordinary encoder most
of its time and finds little but even areas, which a filter has turned into zeros before.
Integers alone decide the bytes: they are the same on every machine.
"""

import numpy as np
from numpy.typing import NDArray

from isogen.image.huffman import LONGEST, Counts, Table, fill_codes
from isogen.kernels import kernel, part

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint32]
State = NDArray[np.uint64]
"""Of what was written: how many words are full, the bits after them, and their number."""

_BLOCK_BYTES = 96 << 10
"""Bytes that share a code: enough to pay for its table, few enough to follow the picture."""

_OWN_CODES = 2 << 1  # the kind of a block
_END = 256  # the symbol after the last byte of a block
_SYMBOLS = 286
_LEAST_REPEATED, _MOST_REPEATED = 3, 258
_TABLE_BITS = 17 + 19 * 3 + (_SYMBOLS + 1) * 4
_WORDS, _HELD, _BITS = 0, 1, 2
_LOW, _CODE, _LENGTH = np.uint64(0xFFFFFFFF), np.uint64(0xFFFF), np.uint64(16)
_ONE, _TWO, _THREE = np.uint64(1), np.uint64(2), np.uint64(3)  # signed sums would be slower
_WORD = np.uint64(32)
_TURNED = np.array([int(f"{v:04b}"[::-1], 2) for v in range(16)], np.uint64)


def _repeats() -> NDArray[np.int64]:
    """Return symbol, number of extra bits and their value for each length of a repetition."""
    table = np.zeros((_MOST_REPEATED + 1, 3), np.int64)
    for length in range(_LEAST_REPEATED, _MOST_REPEATED):
        above = length - _LEAST_REPEATED
        extra = max(above.bit_length() - 3, 0)  # four symbols for each number of extra bits
        table[length] = 257 + 4 * extra + (above >> extra), extra, above % (1 << extra)
    table[_MOST_REPEATED] = 285, 0, 0
    return table


_REPEATS = _repeats()


def deflate_noise(data: Bytes) -> bytes:
    """Return bytes of shape (N,) as a raw deflate stream."""
    blocks = len(data) // _BLOCK_BYTES + 1
    most = len(data) * LONGEST + blocks * (_TABLE_BITS + LONGEST)
    out = np.empty(most // 32 + 2, "<u4")
    return out.view(np.uint8)[: _deflate(data, out)].tobytes()


@kernel
def _deflate(data: Bytes, out: Words) -> int:
    """Write the stream; return its size in bytes."""
    counts = np.empty(_SYMBOLS, np.int64)
    table = np.empty(_SYMBOLS, np.uint64)
    state = np.zeros(3, np.uint64)
    start, is_last = 0, False
    while not is_last:
        end = min(start + _BLOCK_BYTES, len(data))
        is_last = end == len(data)
        _count_symbols(data[start:end], counts)
        fill_codes(counts, table)
        _put(np.uint64(is_last | _OWN_CODES), _THREE, out, state)
        _write_table(table, out, state)
        _write_symbols(data[start:end], table, out, state)
        start = end
    out[state[_WORDS]] = state[_HELD]
    return int(state[_WORDS]) * 4 + (int(state[_BITS]) + 7) // 8


@part
def _begins_run(data: Bytes, i: np.uint64) -> bool:
    """Tell whether four zeros begin here; there are two bytes at least."""
    if data[i] | data[i + _ONE] or i + _THREE >= np.uint64(len(data)):
        return False
    return not data[i + _TWO] | data[i + _THREE]


@part
def _end_of_run(data: Bytes, i: np.uint64) -> np.uint64:
    """Return where the zeros end."""
    while i < np.uint64(len(data)) and not data[i]:
        i += _ONE
    return i


@part
def _next_repeat(left: int) -> int:
    """Return how much of what is left of a run one repetition takes; none leaves 1 or 2."""
    if left <= _MOST_REPEATED:
        return left
    return min(_MOST_REPEATED, left - _LEAST_REPEATED)


@part
def _count_symbols(data: Bytes, counts: Counts) -> None:
    counts[:] = 0
    counts[0] = 1  # a code has two symbols at least
    counts[_END] = 1
    size, i = np.uint64(len(data)), np.uint64(0)
    while i + _ONE < size:
        if not _begins_run(data, i):
            counts[data[i]] += 1
            counts[data[i + _ONE]] += 1
            i += _TWO
            continue
        end = _end_of_run(data, i)
        counts[0] += 1
        left = int(end - i) - 1
        while left:
            repeat = _next_repeat(left)
            counts[_REPEATS[repeat, 0]] += 1
            left -= repeat
        i = end
    if i < size:
        counts[data[i]] += 1


@part
def _put(value: np.uint64, size: np.uint64, out: Words, state: State) -> None:
    """Write some bits, at most 32."""
    state[_HELD] |= value << state[_BITS]
    state[_BITS] += size
    if state[_BITS] >= _WORD:
        out[state[_WORDS]] = state[_HELD] & _LOW
        state[_WORDS] += np.uint64(1)
        state[_HELD] >>= _WORD
        state[_BITS] -= _WORD


@part
def _put_symbol(entry: np.uint64, out: Words, state: State) -> None:
    _put(entry & _CODE, entry >> _LENGTH, out, state)


@part
def _write_table(table: Table, out: Words, state: State) -> None:
    """Write what the codes are; every length takes four bits, so nothing is to be chosen."""
    _put(np.uint64((_SYMBOLS - 257) | 15 << 10), np.uint64(14), out, state)
    # Deflate names three symbols for repeated lengths first; they are not used.
    _put(np.uint64(0), np.uint64(9), out, state)
    for _ in range(16):
        _put(np.uint64(4), _THREE, out, state)
    for symbol in range(_SYMBOLS):
        _put(_TURNED[int(table[symbol] >> _LENGTH)], np.uint64(4), out, state)
    _put(_TURNED[1], np.uint64(4), out, state)  # one distance: 1


@part
def _write_symbols(data: Bytes, table: Table, out: Words, state: State) -> None:
    """Write bytes and runs as they were counted; then the end of the block."""
    words, held, bits = state[_WORDS], state[_HELD], state[_BITS]
    size, i = np.uint64(len(data)), np.uint64(0)
    while i + _ONE < size:
        if _begins_run(data, i):
            state[_WORDS], state[_HELD], state[_BITS] = words, held, bits
            end = _end_of_run(data, i)
            _write_run(int(end - i), table, out, state)
            words, held, bits = state[_WORDS], state[_HELD], state[_BITS]
            i = end
            continue
        # Two codes and what is held are 61 bits at most: one look at the word is enough.
        first, second = table[data[i]], table[data[i + _ONE]]
        held |= (first & _CODE) << bits
        bits += first >> _LENGTH
        held |= (second & _CODE) << bits
        bits += second >> _LENGTH
        i += _TWO
        out[words] = held & _LOW
        full = bits >> np.uint64(5)
        words += full
        held >>= full << np.uint64(5)
        bits &= np.uint64(31)
    state[_WORDS], state[_HELD], state[_BITS] = words, held, bits
    if i < size:
        _put_symbol(table[int(data[i])], out, state)
    _put_symbol(table[_END], out, state)


@part
def _write_run(length: int, table: Table, out: Words, state: State) -> None:
    """Write a zero, and that it is repeated."""
    _put_symbol(table[0], out, state)
    left = length - 1
    while left:
        repeat = _next_repeat(left)
        symbol, extra, above = _REPEATS[repeat]
        _put_symbol(table[int(symbol)], out, state)
        _put(np.uint64(above), np.uint64(extra + 1), out, state)  # one bit more, 0: the distance
        left -= repeat
