"""A model on this machine that costs nearly nothing: ``python benchmarks/infill_server.py MS``.

It answers calls of the wire after some milliseconds with pictures made beforehand: one
painting that repeats every 1024 px, as it looks through the window that the call names,
with the noise and the drift of color of a model. Prints its address, then serves until
its standard input ends.
"""

import asyncio
import base64
import io
import re
import sys

import numpy as np
from PIL import Image

SIDE = 1024
STEP = 256
"""Windows of plans lie at multiples of it."""

VARIANTS = 2
"""Paintings of each place that differ in their noise, so that not all quadrants are equal."""

_WINDOW = re.compile(rb'"window":\[(-?\d+),(-?\d+)\]')
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


def painting() -> np.ndarray:
    """Return a city of blocks in flat colors, shape (1024, 1024, 3), art pixels of 2 px."""
    random = np.random.default_rng(4)
    art = np.zeros((SIDE // 2, SIDE // 2, 3), np.uint8)
    for _ in range(900):
        x, y = random.integers(0, SIDE // 2, 2)
        width, height = random.integers(4, 60, 2)
        art[y : y + height, x : x + width] = random.integers(40, 220, 3)
    return art.repeat(2, axis=0).repeat(2, axis=1)


def answered(art: np.ndarray, window: tuple[int, int], variant: int) -> bytes:
    """Return the body of an answer."""
    x, y = window
    random = np.random.default_rng([x % SIDE, y % SIDE, variant])
    seen = np.roll(art, (-y, -x), axis=(0, 1)) * 0.97 + np.array([5, 2, 0])
    noisy = np.clip(seen + random.normal(0, 1.5, seen.shape), 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(noisy).save(out, "PNG", compress_level=1)
    return b'{"image_b64":"%s","model":"loopback"}' % base64.b64encode(out.getvalue())


class Answers(asyncio.Protocol):
    """One connection; a call is read whole before its answer is planned."""

    def __init__(self, answers: dict[tuple[int, int, int], bytes], delay_s: float) -> None:
        self.answers, self.delay_s = answers, delay_s
        self.parts: list[bytes] = []
        self.missing = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Collect a call."""
        self.parts.append(data)
        if self.missing < 0:
            head = b"".join(self.parts)
            end = head.find(b"\r\n\r\n")
            length = _LENGTH.search(head)
            if end < 0:
                return
            self.missing = end + 4 + int(length[1] if length else 0) - len(head)
        else:
            self.missing -= len(data)
        if self.missing <= 0:
            found = _WINDOW.search(b"".join(self.parts[-8:]))
            window = (int(found[1]), int(found[2])) if found else (0, 0)
            asyncio.get_running_loop().call_later(self.delay_s, self.answer, window)
            self.parts, self.missing = [], -1

    def answer(self, window: tuple[int, int]) -> None:
        """Send the picture of a window."""
        x, y = window
        variant = (x // SIDE + y // SIDE) % VARIANTS
        body = self.answers[x % SIDE, y % SIDE, variant]
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
        self.transport.writelines([head % len(body), body])


async def serve(delay_s: float) -> None:
    """Answer until standard input ends."""
    art = painting()
    places = range(0, SIDE, STEP)
    answers = {
        (x, y, variant): answered(art, (x, y), variant)
        for x in places
        for y in places
        for variant in range(VARIANTS)
    }
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Answers(answers, delay_s), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/edit_b64", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]) / 1000))
