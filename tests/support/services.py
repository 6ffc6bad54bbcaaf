"""What loopback servers of paid services have in common."""

import time
from collections import deque
from collections.abc import Mapping
from io import BytesIO

import orjson
from PIL import Image

from tests.support.loopback import Asked, Loopback, Reply


class ServiceServer(Loopback):
    """Answers paid requests as ``paid_script`` says, then as the service does.

    A subclass says what the service does in ``serve``, and by ``is_paid`` which requests
    cost money. None in the script is an answer as usual.
    """

    def __init__(self) -> None:
        self.paid_script: deque[Reply | None] = deque()
        super().__init__(self._serve)

    def is_paid(self, asked: Asked) -> bool:
        raise NotImplementedError

    def serve(self, asked: Asked) -> Reply:
        raise NotImplementedError

    @property
    def paid(self) -> list[Asked]:
        """The requests that cost money, in order."""
        return [asked for asked in self.asked if self.is_paid(asked)]

    def run(self) -> None:
        """Serve until the keyboard interrupts."""
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            self.close()

    def _serve(self, asked: Asked) -> Reply:
        if self.paid_script and self.is_paid(asked):
            scripted = self.paid_script.popleft()
            if scripted is not None:
                return scripted
        return self.serve(asked)


def reply_json(told: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status, orjson.dumps(told), headers=headers or {})


def painted(template_png: bytes, seed: int = 0) -> bytes:
    """Return a picture that depends on the whole template and on the seed."""
    with Image.open(BytesIO(template_png)) as template:
        rgb = template.convert("RGB")
    shades = [(value & 0xF8) ^ (seed & 7) for value in range(256)] * 3
    data = BytesIO()
    rgb.point(shades).save(data, "PNG", compress_level=1)
    return data.getvalue()


def jpeg_of(width: int, height: int) -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, height), (40, 90, 30)).save(data, "JPEG")
    return data.getvalue()
