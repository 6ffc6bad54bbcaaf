"""What becomes of a model's answer: shift and drift are taken out, and its edges are evened out.

The context that the model was shown is known exactly, and most models return it changed a
little: that tells what they did to all of the picture. Nothing of the context is ever kept.
"""

from dataclasses import dataclass

import numpy as np

from isogen.errors import InputError
from isogen.geo.grid import WINDOW_PX
from isogen.image.blend import BAND_PX, even_out
from isogen.image.color import IDENTITY, ColorMap, fit_color, samples_of
from isogen.image.joins import join
from isogen.image.leftovers import is_painted
from isogen.image.oklab import mean_difference
from isogen.image.seams import edges_of, seam_of
from isogen.image.shifts import shift_of
from isogen.image.template import Frame, Pixels


@dataclass(frozen=True)
class Fitting:
    """What is done with an answer."""

    correct: bool
    """Whether a shift and a drift of color, seen in the context, are taken out."""

    blend_px: int
    """Pixels of the infill over which what is left at its edges is evened out; 0 does nothing."""

    pixel_size: int
    """Screen pixels across an art pixel."""


@dataclass(frozen=True)
class Quality:
    """How well an answer continues what is known."""

    shift: tuple[int, int]
    """Pixels to the right and down by which the answer was off; (0, 0) also when unknown."""

    fidelity: float | None
    """Mean color error of the context as it came, mostly near (OKLab); None without context."""

    drift: float | None
    """What is left of it after correction."""

    seam: float | None
    """Strength of the worst seam after all, where 1 is invisible; None without context."""

    corrected: bool
    """Whether a pixel of the infill was changed."""

    is_painted: bool = True
    """Whether the model painted at all: the border is gone, and there is more than one color."""


@dataclass(frozen=True)
class Fitted:
    """An answer that fits."""

    pixels: Pixels
    """sRGB of shape (1024, 1024, 3): what is known, with the infill in it."""

    quality: Quality
    color: ColorMap
    """What was taken out of the colors; the identity when nothing was."""


def fit_answer(
    frame: Frame, known: Pixels, answer: Pixels, fitting: Fitting, prior: ColorMap = IDENTITY
) -> Fitted:
    """Fit an answer into what is known.

    Args:
        frame: Where the template lay.
        known: The template; true outside of the infill, which is not looked at.
        answer: sRGB of shape (1024, 1024, 3) as the model made it.
        fitting: What is done with it.
        prior: The map of colors for an answer without any context to fit one on.

    Returns:
        New pixels; those outside the infill are of ``known``, bit for bit. An answer that
        returned its context untouched, and whose edges show no step of color, keeps its
        infill bit for bit.

    Raises:
        InputError: The answer has another size.
    """
    if answer.shape != (WINDOW_PX, WINDOW_PX, 3):
        size = " x ".join(str(n) for n in answer.shape)
        raise InputError(f"the answer has the shape {size}, expected {WINDOW_PX} x {WINDOW_PX} x 3")
    samples = samples_of(frame, known, answer)
    if not len(samples.known):
        return _without_context(frame, known, answer, prior if fitting.correct else IDENTITY)
    fidelity = mean_difference(samples.known, samples.answer)
    pixels, shift, color = answer, (0, 0), IDENTITY
    if fitting.correct and not _is_untouched(frame, known, answer):
        shift = shift_of(frame, known, answer)
        pixels = moved(answer, shift)
        samples = samples_of(frame, known, pixels)
        color = fit_color(samples)
    is_there = is_painted(frame, known, pixels)
    drift = mean_difference(samples.known, color.applied(samples.answer))
    pixels = _mapped(frame, pixels, color)
    edges = tuple(edges_of(frame))
    fading = fitting.blend_px, fitting.pixel_size
    is_even = even_out(frame, known, pixels, edges, fading)
    fitted = known.copy()
    fitted[frame.inside] = pixels[frame.inside]
    is_joined = join(frame, fitted, edges, fading)
    seam = max(seam_of(fitted, edge, fitting.pixel_size) for edge in edges)
    corrected = is_even or is_joined or shift != (0, 0) or color != IDENTITY
    return Fitted(fitted, Quality(shift, fidelity, drift, seam, corrected, is_there), color)


def moved(picture: Pixels, shift: tuple[int, int]) -> Pixels:
    """Return a picture moved back by a shift; what comes in at its edges repeats them."""
    if shift == (0, 0):
        return picture
    dx, dy = shift
    out = np.empty_like(picture)
    (to_y, from_y), (to_x, from_x) = _slices(dy), _slices(dx)
    out[to_y, to_x] = picture[from_y, from_x]
    first, last = out[:, to_x.start, None], out[:, to_x.stop - 1, None]
    out[:, : to_x.start], out[:, to_x.stop :] = first, last
    out[: to_y.start], out[to_y.stop :] = out[to_y.start], out[to_y.stop - 1]
    return out


def _slices(shift: int) -> tuple[slice, slice]:
    """Return where pixels go to, and where they come from."""
    return (
        slice(max(-shift, 0), WINDOW_PX - max(shift, 0)),
        slice(max(shift, 0), WINDOW_PX - max(-shift, 0)),
    )


def _mapped(frame: Frame, picture: Pixels, color: ColorMap) -> Pixels:
    """Return a copy with the infill mapped, and the context that is compared beside it."""
    out = picture.copy()
    rows, columns = (slice(max(s.start - BAND_PX, 0), s.stop + BAND_PX) for s in frame.inside)
    if color != IDENTITY:
        out[rows, columns] = color.applied(picture[rows, columns])
    return out


def _without_context(frame: Frame, known: Pixels, answer: Pixels, prior: ColorMap) -> Fitted:
    """Nothing tells of shift and drift: what the model does elsewhere may be all there is."""
    fitted = known.copy()
    fitted[frame.inside] = prior.applied(answer[frame.inside])
    is_there = is_painted(frame, known, answer)
    quality = Quality((0, 0), None, None, None, prior != IDENTITY, is_there)
    return Fitted(fitted, quality, prior)


def _is_untouched(frame: Frame, known: Pixels, answer: Pixels) -> bool:
    rows, columns = frame.inside
    return all(
        np.array_equal(known[part], answer[part])
        for part in (
            np.s_[: rows.start], np.s_[rows.stop :],
            np.s_[:, : columns.start], np.s_[:, columns.stop :],
        )
    )  # fmt: skip
