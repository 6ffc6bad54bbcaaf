import io
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import numpy as np
import orjson
import pybase64
import pytest
from PIL import Image

from inference.app import create_app
from inference.settings import Settings
from tests.support.asgi import running
from tests.support.cheap_engine import CheapEngine


def picture(side=32, seed=0, mode="RGB", kind="PNG"):
    """A picture of noise."""
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).convert(mode).save(stream, kind)
    return stream.getvalue()


def body(image=None, **changes):
    """A call as JSON."""
    told = {
        "image_b64": pybase64.b64encode_as_string(image or picture()),
        "prompt": "in pixels",
        "steps": 2,
        "seed": 7,
    }
    return orjson.dumps({**told, **changes})


def pixels_of(answer):
    """The picture of an answer in JSON."""
    data = pybase64.b64decode(answer.json()["image_b64"])
    return np.asarray(Image.open(io.BytesIO(data)))


class Lines(io.StringIO):
    """A log that is read while it is written."""

    @property
    def records(self):
        return [orjson.loads(line) for line in self.getvalue().splitlines()]

    def of(self, event):
        return [record for record in self.records if record["event"] == event]


@pytest.fixture
def engine():
    made = CheapEngine()
    yield made
    made.gate.set()


@pytest.fixture
def log():
    return Lines()


@pytest.fixture
def serve(engine, log):
    """Starts a server around the engine and returns a client of it."""
    with ExitStack() as stack:

        def start(**settings):
            url = stack.enter_context(running(create_app(engine, Settings(**settings), log=log)))
            return stack.enter_context(httpx.Client(base_url=url, timeout=20))

        yield start


@pytest.fixture
def at_once():
    """Runs functions in threads of their own; returns futures."""
    with ThreadPoolExecutor(16) as pool:
        yield pool.submit


@pytest.fixture
def until():
    """Waits for a claim to come true."""
    pause = threading.Event()

    def wait(claim):
        for _ in range(2000):
            if claim():
                return
            pause.wait(0.005)
        pytest.fail("it did not come true")

    return wait
