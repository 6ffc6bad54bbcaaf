"""The built-in artist as an engine of the inference server.

With it the whole way of an infill model runs on any machine, without a key or a GPU.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from isogen.digest import canonical_json, digest_of
from isogen.errors import InputError
from isogen.geo.grid import QUADRANT_PX, WINDOW_PX
from isogen.image.template import draw_border
from isogen.pixelart.photo.infill import PhotoBrush, complete_template

if TYPE_CHECKING:
    from inference.engine import EditJob

VERSION = 1
"""Raised when the bytes of an answer change."""

_DIGITS = 12


class PixelartEngine:
    """Completes templates; of a job it looks at the picture and its window alone."""

    def __init__(self, brush: PhotoBrush) -> None:
        self._brush = brush

    @property
    def name(self) -> str:
        """What it calls its model."""
        return "pixelart"

    @property
    def revision(self) -> str:
        """Its version and the digest of all that it paints with."""
        look, brush = self._brush.look, self._brush
        told = {
            "colors": digest_of(brush.colors.tobytes()),
            "look": [look.black, look.white, look.saturation, look.outline],
            "pixel_size": brush.block,
            "nothing": brush.nothing,
        }
        return f"{VERSION}-{digest_of(canonical_json(told))[:_DIGITS]}"

    def load(self) -> None:
        """Compile what paints, which takes some seconds the first time."""
        template = np.full((WINDOW_PX, WINDOW_PX, 3), 128, np.uint8)
        draw_border(template[:QUADRANT_PX, :QUADRANT_PX])
        complete_template(template, (0, 0), self._brush)

    def edit(self, jobs: Sequence["EditJob"]) -> list[Image.Image]:
        """Complete templates; their context comes back as it was, bit for bit.

        Raises:
            InputError: A picture is not a template.
        """
        return [self._completed(job) for job in jobs]

    def _completed(self, job: "EditJob") -> Image.Image:
        template = np.asarray(job.image)
        try:
            return Image.fromarray(complete_template(template, job.window or (0, 0), self._brush))
        except InputError as error:
            raise InputError(f"the picture is not a template: {error}", hint=error.hint) from error
