"""An infill model in this process that paints a picture it knows: what is right can be told."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from PIL import Image

from isogen.digest import Digest
from isogen.errors import ModelUnavailableError
from isogen.geo.grid import WINDOW_PX
from isogen.image.decode import decode_picture
from isogen.image.png import encode_truecolor
from isogen.models.protocol import Check, EditAnswer, EditRequest, Identity, request_key
from isogen.params.infill import DiffusionParams, ModelParams

RED = (255, 0, 0)
COST_USD = 0.02


@lru_cache(maxsize=64)
def truth(window: tuple[int, int], shade: int = 0) -> np.ndarray:
    """Return what the whole map looks like in a window: colors on a lattice of 2 px."""
    x = (np.arange(window[0], window[0] + WINDOW_PX) // 2).astype(np.int64)
    y = (np.arange(window[1], window[1] + WINDOW_PX) // 2).astype(np.int64)[:, None]
    noise = (x * 73856093 ^ y * 19349663) >> 4 & 3
    out = np.empty((WINDOW_PX, WINDOW_PX, 3), np.uint8)
    out[..., 0] = 60 + ((x + 20) // 48 % 4) * 24 + noise * 2
    out[..., 1] = 70 + ((y + 20) // 40 % 4) * 24 + noise * 2
    out[..., 2] = 90 + shade + ((x + 100) // 256 * 5 + (y + 100) // 256 * 11) % 40
    out.flags.writeable = False
    return out


@dataclass
class KnowingModel:
    """Paints ``truth`` into the infill; counts what it is asked; misbehaves when told to."""

    name: str = "local"
    params: ModelParams = field(default_factory=lambda: DiffusionParams(cost_usd=COST_USD))
    shade: int = 0
    revision: str | None = "r1"
    seconds: float = 0.0
    """That each call takes."""

    spoil: Callable[[EditRequest, np.ndarray], np.ndarray] = lambda _, pixels: pixels
    """Changes an answer."""

    refuse: Callable[[EditRequest], Exception | None] = lambda _: None
    """Returns what a call raises."""

    asked: list[EditRequest] = field(default_factory=list)
    keys: list[Digest] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def identity(self) -> Identity:
        return (("kind", "knowing"), ("shade", self.shade))

    def edit(self, request: EditRequest) -> EditAnswer:
        with self._lock:
            self.asked.append(request)
            self.keys.append(request_key(self.identity, request))
            self.at_once += 1
            self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            time.sleep(self.seconds)
            error = self.refuse(request)
            if error is not None:
                raise error
            return self._answer(request)
        finally:
            with self._lock:
                self.at_once -= 1

    def _answer(self, request: EditRequest) -> EditAnswer:
        template = decode_picture(request.template_png, max_pixels=WINDOW_PX * WINDOW_PX)
        infill = infill_of(template)
        pixels = template.copy()
        pixels[infill] = truth(request.window, self.shade)[infill]
        pixels = self.spoil(request, pixels)
        return EditAnswer(
            picture=encode_truecolor(pixels),
            model="knowing",
            revision=self.revision,
            attempts=1,
            seconds=0.5,
            cost_usd=self.params.cost_usd,
        )

    def check(self) -> Check:
        return Check(is_ready=True, told="here")

    def close(self) -> None:
        """Nothing to let go of."""


def infill_of(template: np.ndarray) -> tuple[slice, slice]:
    """Return rows and columns of a template inside its red border, the border included."""
    rows, columns = np.nonzero(
        np.logical_and.reduce([template[..., c] == RED[c] for c in range(3)])
    )
    return slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)


def resized(width: int, height: int) -> Callable[[EditRequest, np.ndarray], np.ndarray]:
    """Return a spoiler that answers at another size."""
    return lambda _, pixels: np.array(Image.fromarray(pixels).resize((width, height)))


def fails_at(*windows: tuple[int, int], error: type[Exception] = ModelUnavailableError):
    """Return a refusal of all requests that lie at some windows."""
    return lambda request: error("the service is busy") if request.window in windows else None
