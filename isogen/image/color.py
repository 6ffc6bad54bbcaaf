"""The colors of an answer against what is known: how far they drifted, and the way back."""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from isogen.image.oklab import mean_difference, typical_difference
from isogen.image.template import Frame, Pixels
from isogen.kernels import kernel, part

STRIDE = 11
"""Every eleventh pixel each way tells colors: prime to the usual sides of art pixels."""

NEAR_PX, THINNER = 128, 3
"""Farther from an infill than this it is every third of those: models drift otherwise in one
place than in another, but far colors tell what near ones lack."""

_FEWEST = 64
"""Fewest pixels that tell anything of a drift."""

_RIDGE = 2e-4
"""Variance of colors below which they tell little of gains: then none is assumed."""

_ROUNDS = 4
_STEP_ROUNDS = 6
_FAR = 4.0
"""Differences beyond this many times the median are of content, not of color."""

_LEAST_FAR = 0.012
"""Three levels of sRGB: what rounding and noise do is never content."""

_SAME, _ANOTHER = 0.12, 0.35
"""Neighbors that differ by more, after and before the first fit, show different things."""

_STEP_RIDGE = 5e-3
"""Variance of colors along an edge below which they tell little of gains."""

_HELPS, _STEP_HELPS = 0.8, 0.93
"""Share of the error that may be left for a map to be worth applying. Along an edge content changes
as well, and little of it is color."""

_MOST_STEP = 0.1
"""Largest change (OKLab) that is believed to be a step: more is another thing that begins."""

_NOTICED, _STEP_NOTICED = 0.0015, 0.003
"""Least error (OKLab) that a map must take away: half a level of sRGB, and one."""

_WILDEST = 2.5
"""Largest gain, and inverse of the smallest, that is believed."""

_BINS, _FULL = 1024, 255
_FINE_BITS = 16
_FINE = 1 << _FINE_BITS
_ANY = 9.0
"""Farther than colors can be apart."""

Floats = NDArray[np.float64]
Row = tuple[float, float, float, float]


@dataclass(frozen=True)
class ColorMap:
    """An affine map of sRGB colors, each channel from 0 to 1, followed by clipping."""

    rows: tuple[Row, Row, Row] = (
        (1.0, 0.0, 0.0, 0.0),
        (0.0, 1.0, 0.0, 0.0),
        (0.0, 0.0, 1.0, 0.0),
    )
    """Of red, green and blue: the weights of red, green and blue, and what is added."""

    def applied(self, pixels: Pixels) -> Pixels:
        """Return a picture of shape (..., 3), mapped; a copy unless this is the identity."""
        if self == IDENTITY:
            return pixels
        flat = np.ascontiguousarray(pixels).reshape(-1, 3)
        out = np.empty_like(flat)
        _map_colors(flat, np.array(self.rows), out)
        return out.reshape(pixels.shape)


IDENTITY = ColorMap()


@dataclass(frozen=True)
class Samples:
    """Pixels of a context, as they are known and as they were answered."""

    known: Pixels
    """Shape (n, 3)."""

    answer: Pixels


def samples_of(frame: Frame, known: Pixels, answer: Pixels) -> Samples:
    """Return what the context of a frame says about colors, most of it from near the infill."""
    first = STRIDE // 2
    places = np.array(range(first, known.shape[0], STRIDE))
    near = _around(frame, places, NEAR_PX)
    near[::THINNER, ::THINNER] = True
    chosen = near & ~_around(frame, places, 0)
    return Samples(
        known[first::STRIDE, first::STRIDE][chosen], answer[first::STRIDE, first::STRIDE][chosen]
    )


def _around(frame: Frame, places: NDArray[np.int64], reach: int) -> NDArray[np.bool_]:
    """Tell for all pairs of row and column whether they lie within reach of an infill."""
    rows, columns = ((places >= s.start - reach) & (places < s.stop + reach) for s in frame.inside)
    return rows[:, None] & columns


def fit_color(samples: Samples) -> ColorMap:
    """Return the map that takes a drift of color out of an answer.

    What the model did to the known colors is fitted and turned around: the known ones have
    no noise, so that the noise of an answer bends nothing. Pixels that it painted anew do
    not count. Colors that hardly vary tell how far all is off, and nothing of gains.

    Returns:
        The identity when there is too little to fit, or nothing sane fits.
    """
    if len(samples.known) < _FEWEST:
        return IDENTITY
    drift, farthest = np.eye(3, 4), _ANY
    for _ in range(_ROUNDS):
        moments = np.zeros((4, 7))
        _gather(samples.known, samples.answer, drift, farthest, moments)
        if moments[3, 3] < _FEWEST:
            return IDENTITY
        drift = _solved(moments, _RIDGE)
        farthest = max(_FAR * _median_miss(samples.known, samples.answer, drift), _LEAST_FAR)
    back = _turned_around(drift)
    before = mean_difference(samples.known, samples.answer)
    after = mean_difference(samples.known, back.applied(samples.answer))
    return back if after < min(_HELPS * before, before - _NOTICED) else IDENTITY


def fit_step(samples: Samples) -> ColorMap:
    """Return the map that takes a step of color between neighbors away.

    Most neighbors along an edge show the same thing; those that do not are passed over, so
    that what was painted bends nothing.

    Args:
        samples: Colors on both sides of an edge.

    Returns:
        The identity when there is no step, or no telling.
    """
    if len(samples.known) < _FEWEST:
        return IDENTITY
    drift, farthest = np.eye(3, 4), _ANOTHER
    for number in range(_STEP_ROUNDS):
        moments = np.zeros((4, 7))
        _gather(samples.known, samples.answer, drift, farthest, moments)
        if moments[3, 3] < _FEWEST / 2:
            return IDENTITY
        drift = _solved(moments, _STEP_RIDGE)
        usual = _median_miss(samples.known, samples.answer, drift)
        farthest = min(max(_FAR * usual, _LEAST_FAR), _SAME if number else _ANOTHER)
    back = _turned_around(drift)
    before = typical_difference(samples.known, samples.answer)
    mapped = back.applied(samples.answer)
    after = typical_difference(samples.known, mapped)
    is_clear = after < min(_STEP_HELPS * before, before - _STEP_NOTICED)
    is_step = mean_difference(samples.answer, mapped) < _MOST_STEP
    return back if is_clear and is_step else IDENTITY


def _solved(moments: Floats, least: float) -> Floats:
    """Solve for the map from known to answered colors, from weighted sums of products.

    Args:
        moments: The sums, shape (4, 7).
        least: Variance of colors below which they tell little of gains.
    """
    total = moments[3, 3]
    mean_known, mean_answer = moments[3, :3] / total, moments[3, 4:] / total
    spread = moments[:3, :3] / total - np.outer(mean_known, mean_known)
    joint = moments[:3, 4:] / total - np.outer(mean_known, mean_answer)
    ridge = least * np.eye(3)
    gains = cast("Floats", np.linalg.solve(spread + ridge, joint + ridge)).T
    return np.ascontiguousarray(np.column_stack((gains, mean_answer - gains @ mean_known)))


def _turned_around(drift: Floats) -> ColorMap:
    strengths = np.linalg.svd(drift[:, :3], compute_uv=False)
    if strengths.max() > _WILDEST or strengths.min() * _WILDEST < 1:
        return IDENTITY
    back = np.linalg.inv(drift[:, :3])
    rows = np.column_stack((back, -back @ drift[:, 3])).tolist()
    return ColorMap((tuple(rows[0]), tuple(rows[1]), tuple(rows[2])))


@kernel
def _gather(known: Pixels, answer: Pixels, drift: Floats, farthest: float, moments: Floats) -> None:
    """Sum the products of known and answered colors, weighted by how near a map comes."""
    values = np.ones(7)
    for i in range(len(known)):
        far = _miss(known[i], answer[i], drift)
        if far < farthest:
            weight = (1 - (far / farthest) ** 2) ** 2
            for c in range(3):
                values[c], values[4 + c] = known[i, c] / 255, answer[i, c] / 255
            for k in range(4):
                for c in range(7):
                    moments[k, c] += weight * values[k] * values[c]


@kernel
def _median_miss(known: Pixels, answer: Pixels, drift: Floats) -> float:
    """Return by how much a map misses half of the colors, to a thousandth."""
    counts = np.zeros(_BINS, np.int64)
    total = 0
    for i in range(len(known)):
        far = _miss(known[i], answer[i], drift)
        if far < _ANY:
            counts[min(int(far * _BINS), _BINS - 1)] += 1
            total += 1
    seen, place = counts[0], 0
    while 2 * seen < total:
        place += 1
        seen += counts[place]
    return place / _BINS


@part
def _miss(known: NDArray[np.uint8], answer: NDArray[np.uint8], drift: Floats) -> float:
    """Return by how much a map misses a color in the worst channel; ``_ANY`` for a clipped one."""
    far = 0.0
    for c in range(3):
        if answer[c] != known[c] and (answer[c] == 0 or answer[c] == _FULL):
            return _ANY
        told = drift[c, 0] * known[0] + drift[c, 1] * known[1] + drift[c, 2] * known[2]
        far = max(far, abs((told - answer[c]) / 255 + drift[c, 3]))
    return far


@kernel
def _map_colors(pixels: Pixels, rows: Floats, out: Pixels) -> None:
    """Map colors, by what each level of each channel adds, in ``_FINE`` parts of a level."""
    added = np.empty((256, 3, 3), np.int32)
    for level in range(256):
        for c in range(3):
            for k in range(3):
                constant = 255 * rows[c, 3] + 0.5 if k == 0 else 0.0
                added[level, k, c] = round((rows[c, k] * level + constant) * _FINE)
    for i in range(len(pixels)):
        r, g, b = added[pixels[i, 0], 0], added[pixels[i, 1], 1], added[pixels[i, 2], 2]
        for c in range(3):
            value = (r[c] + g[c] + b[c]) >> _FINE_BITS
            out[i, c] = np.uint8(min(max(value, 0), 255))
