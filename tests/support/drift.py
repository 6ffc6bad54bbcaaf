"""What image models do to a picture besides painting: drifts of color, shifts, noise."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageEnhance

Pixels = np.ndarray
Drift = Callable[[Pixels, np.random.Generator], Pixels]


def brightened(pixels, rng):
    """Up to 12 % brighter or darker, at least 6 %."""
    return _image(pixels, ImageEnhance.Brightness, 1 + _some(rng, 0.06, 0.12))


def exposed(pixels, rng):
    """As a camera with another exposure: in linear light, up to a quarter."""
    light = (pixels / 255) ** 2.2 * (1 + _some(rng, 0.12, 0.25))
    return _rounded(255 * np.clip(light, 0, 1) ** (1 / 2.2))


def saturated(pixels, rng):
    """Up to 25 % more or less color, at least 12 %."""
    return _image(pixels, ImageEnhance.Color, 1 + _some(rng, 0.12, 0.25))


def hue_turned(pixels, rng):
    """Every hue turned by 8 to 15 degrees, lightness kept (YIQ)."""
    angle = np.deg2rad(_some(rng, 8, 15))
    to_yiq = np.array([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
    turn = np.array(
        [[1, 0, 0], [0, np.cos(angle), -np.sin(angle)], [0, np.sin(angle), np.cos(angle)]]
    )
    return _rounded(pixels @ (np.linalg.inv(to_yiq) @ turn @ to_yiq).T)


def shifted(pixels, rng):
    """Two pixels off, each way; the edges are repeated."""
    dx, dy = (int(2 * s) for s in rng.choice([-1, 1], 2))
    padded = np.pad(pixels, ((2, 2), (2, 2), (0, 0)), mode="edge")
    height, width = pixels.shape[:2]
    return padded[2 - dy : 2 - dy + height, 2 - dx : 2 - dx + width]


def as_jpeg(pixels, rng):
    """Through JPEG of quality 85 to 95."""
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(
        out, "JPEG", quality=int(rng.integers(85, 96))
    )
    return np.array(Image.open(out))


def everything(pixels, rng):
    """All of it together, in the order in which it happens to models."""
    for drift in (shifted, brightened, saturated, hue_turned, as_jpeg):
        pixels = drift(pixels, rng)
    return pixels


DRIFTS: dict[str, Drift] = {
    "brightness": brightened,
    "exposure": exposed,
    "saturation": saturated,
    "hue": hue_turned,
    "shift of 2 px": shifted,
    "JPEG": as_jpeg,
    "all together": everything,
}


def drifted(name: str, pixels: Pixels, seed: int) -> Pixels:
    """Return a picture after one of ``DRIFTS``; equal seeds give equal pictures."""
    return DRIFTS[name](pixels, np.random.default_rng(seed))


def _some(rng: np.random.Generator, least: float, most: float) -> float:
    return float(rng.choice([-1, 1]) * rng.uniform(least, most))


def _image(pixels: Pixels, enhance, factor: float) -> Pixels:
    return np.array(enhance(Image.fromarray(np.ascontiguousarray(pixels))).enhance(factor))


def _rounded(values) -> Pixels:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)
