import os
import subprocess
import sys
import zlib

import pytest

from isogen.digest import digest_of
from isogen.files import Durability
from isogen.image.png_chunks import GRAY, Header, joined
from isogen.store.layer import LayerStore
from isogen.store.manifest import SCHEMA
from isogen.store.row import NAMES, Row, Status
from isogen.store.tables import encode_table

NAMELESS = digest_of(b"pixels")


def picture_of(color, side=4):
    """A small PNG, another one for every color; made without what takes long to import."""
    line = b"\0" + color.to_bytes(4, "big") * (side // 4)
    pixels = (b"IDAT", zlib.compress(line * side))
    return joined([Header(side, side, 8, GRAY).chunk, pixels, (b"IEND", b"")])


def row_of(x, y, data, **changes):
    """A row whose object is ``data``, a picture of ``picture_of``."""
    fields = {
        "x": x,
        "y": y,
        "sha256": digest_of(data),
        "pixels_sha256": NAMELESS,
        "width": 4,
        "height": 4,
        "bytes": len(data),
        "recipe": digest_of(b"recipe of " + data),
        "maker": "test/1",
        "model": None,
        "revision": None,
        "prompt": "houses",
        "negative_prompt": None,
        "seed": 7,
        "template_sha256": None,
        "parents": (NAMELESS,),
        "status": Status.OK,
        "lat": 60.16952,
        "lng": 24.93545,
    }
    return Row(**{**fields, **changes})


def record(layer, writer, x, y, color):
    """Make a quadrant, as a stage does."""
    data = picture_of(color)
    layer.objects.put(data)
    row = row_of(x, y, data)
    writer.record(row, seconds=0.5)
    return row


def unsorted_manifest(rows):
    """A manifest as a foreign program might write it: rows in the order given."""
    columns = list(zip(*rows, strict=True))
    return encode_table(dict(zip(NAMES, columns, strict=True)), SCHEMA)


class Tools:
    picture_of = staticmethod(picture_of)
    row_of = staticmethod(row_of)
    unsorted_manifest = staticmethod(unsorted_manifest)
    record = staticmethod(record)


@pytest.fixture(scope="session")
def tools():
    return Tools


@pytest.fixture
def open_layer(tmp_path):
    """Opens a layer in the test's folder, with a clock that stands still."""

    def open_it(name="render", data=tmp_path / "data", durability=Durability.FAST):
        return LayerStore(data, name, durability=durability, clock=lambda: 1.7e9)

    return open_it


@pytest.fixture
def start():
    """Starts Python code in a process of its own; what still runs at the end is killed."""
    running = []

    def start_it(code, *arguments, **environment):
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.path.dirname(__file__), **environment},  # noqa: PTH120
        )
        running.append(process)
        return process

    yield start_it
    for process in running:
        process.kill()
        process.communicate()
