"""Oxen's image editing as its documentation says it, on the loopback.

By hand: ``python -m tests.support.oxen_server``; the key is ``oxen-key``.
"""

import itertools
import re
import uuid
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import orjson
import pybase64

from tests.support.loopback import Asked, Reply
from tests.support.services import ServiceServer, painted, reply_json

KEY = "oxen-key"
MODEL = "cannoneyed-dark-copper-flea"
_PASSED_ON = ("prompt", "seed", "aspect_ratio", "negative_prompt", "num_inference_steps")


@dataclass
class Generation:
    told: dict[str, object]
    picture: str
    status: str = "queued"
    asked: int = 0
    error: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Ways:
    """How the server behaves while all is well."""

    shape: str = "images"
    """images, string, url, image_url or output: where an answer holds its picture."""

    polls: int = 2
    """Times that a queued call is looked at before it is done."""

    not_ready: tuple[int, ...] = ()
    """Statuses of a download before the picture is there."""

    fails_with: str | None = None
    """Why queued calls fail."""

    deployment: str | None = "active"
    cost: str | None = "0.0375"
    files: str | None = None
    """Another origin that pictures are downloaded from."""


@dataclass
class Files:
    held: dict[str, bytes] = field(default_factory=dict)
    tried: dict[str, int] = field(default_factory=dict)


class OxenServer(ServiceServer):
    def __init__(self, ways: Ways | None = None) -> None:
        self.ways = ways or Ways()
        self.files = Files()
        self._numbers = itertools.count(1)
        self.generations: dict[str, Generation] = {}
        self.key = KEY
        super().__init__()

    @property
    def edit_url(self) -> str:
        return f"{self.origin}/api/ai/images/edit"

    def is_paid(self, asked: Asked) -> bool:
        return asked.method == "POST" and asked.path.endswith(("/images/edit", "/ai/queue"))

    def serve(self, asked: Asked) -> Reply:
        path = unquote(asked.path)
        if path.startswith("/files/"):  # pre-signed: for whoever has the address
            return self._file(path)
        if asked.headers.get("authorization") != f"Bearer {self.key}":
            return _error(401, "unauthenticated", "Unauthenticated")
        for method, pattern, serve in (
            ("POST", r"/api/(?:ai/)?images/edit", self._edit),
            ("POST", r"/api/ai/queue", self._enqueue),
            ("GET", r"/api/ai/queue/(.+)", self._state),
            ("DELETE", r"/api/ai/queue/(.+)", self._cancel),
            ("GET", r"/api/ai/generations/(.+)", self._charge),
            ("GET", r"/api/ai/models/(.+)", self._model),
            ("PUT", r"/api/repos/[^/]+/[^/]+/file/main/.+", self._upload),
            ("GET", r"/api/repos/[^/]+/[^/]+/file/main/.+", self._uploaded),
            ("HEAD", r"/api/repos/[^/]+/[^/]+/file/main/.+", self._uploaded),
        ):
            found = re.fullmatch(pattern, path)
            if found and asked.method == method:
                return serve(asked, path, *found.groups())
        return _missing()

    def _edit(self, asked: Asked, _path: str) -> Reply:
        told = orjson.loads(asked.body)
        if told["model"] != MODEL:
            return reply_json({"error": {"message": f"Model not found: {told['model']}"}}, 404)
        picture = self._picture(told)
        if told.get("response_format") == "b64_json":
            found = {"b64_json": pybase64.b64encode(picture).decode()}
        else:
            found = {"url": self.held(picture)}
        held = next(iter(found.values()))
        answers = {
            "images": {"images": [found]},
            "string": {"images": [held]},
            "url": {"url": held},
            "image_url": {"image_url": held},
            "output": {"output": [held]},
        }
        return reply_json({"model": MODEL, "created": 1775090400, **answers[self.ways.shape]})

    def _enqueue(self, asked: Asked, _path: str) -> Reply:
        told = orjson.loads(asked.body)
        made = str(uuid.UUID(int=next(self._numbers)))
        passed_on = {name: told[name] for name in _PASSED_ON if name in told}
        self.generations[made] = Generation(passed_on, self.held(self._picture(told)))
        return reply_json({"generations": [{"generation_id": made, "status": "queued"}]})

    def _state(self, _asked: Asked, _path: str, made: str) -> Reply:
        generation = self.generations.get(made)
        if generation is None:
            return _missing()
        if generation.status in ("queued", "processing"):
            generation.asked += 1
            generation.status = "processing"
            if generation.asked >= self.ways.polls:
                self._finish(generation)
        return reply_json(self._row(made, generation))

    def _finish(self, generation: Generation) -> None:
        if self.ways.fails_with is None:
            generation.status, generation.url = "succeeded", generation.picture
        else:
            generation.status, generation.error = "failed", self.ways.fails_with

    def _cancel(self, _asked: Asked, _path: str, made: str) -> Reply:
        if made not in self.generations:
            return _missing()
        self.generations[made].status = "cancelled"
        return reply_json({"status": "success", "generation_id": made})

    def _charge(self, _asked: Asked, _path: str, made: str) -> Reply:
        generation = self.generations.get(made)
        if generation is None:
            return _missing()
        row = {**self._row(made, generation), "cost": self.ways.cost, "username": "ox"}
        return reply_json(
            {"status": "success", "status_message": "resource_found", "generation": row}
        )

    def _row(self, made: str, generation: Generation) -> dict[str, object]:
        return {
            **generation.told,
            "generation_id": made,
            "model_name": MODEL,
            "media_type": "image",
            "status": generation.status,
            "result_url": generation.url,
            "error_message": generation.error,
            "enqueued_at": 1775091431,
        }

    def _model(self, _asked: Asked, _path: str, model: str) -> Reply:
        if model != MODEL:
            return reply_json({"error": {"message": f"Model not found: {model}"}}, 404)
        state = self.ways.deployment
        return reply_json(
            {
                "id": MODEL,
                "object": "model",
                "created": 1750000000,
                "owned_by": "cannoneyed",
                "display_name": "Dark Copper Flea",
                "model_type": "custom",
                "pricing": {"method": "time", "cost_per_second": 0.0019, "cost_per_image": None},
                "deployments": [] if state is None else [{"status": state}],
            }
        )

    def _upload(self, asked: Asked, path: str) -> Reply:
        start = asked.body.index(b"\x89PNG")
        end = asked.body.index(b"IEND", start) + 8
        self.files.held[path] = asked.body[start:end]
        return reply_json({"status": "success", "status_message": "resource_created"})

    def _uploaded(self, _asked: Asked, path: str) -> Reply:
        return self._held(path)

    def _held(self, path: str) -> Reply:
        held = self.files.held.get(path)
        return _missing() if held is None else Reply(body=held, type="image/png")

    def _picture(self, told: dict[str, object]) -> bytes:
        images = told["input_image"]
        source = str(images[0] if isinstance(images, list) else images)
        if source.startswith("data:"):
            template = pybase64.b64decode(source.partition(",")[2])
        else:
            template = self.files.held[unquote(urlsplit(source).path)]
        return painted(template, int(str(told.get("seed", 0))))

    def held(self, picture: bytes) -> str:
        """Return an address that a picture can be had from."""
        path = f"/files/{next(self._numbers)}.png"
        self.files.held[path] = picture
        return f"{self.ways.files or self.origin}{path}?signature=secret-signature"

    def _file(self, path: str) -> Reply:
        tried = self.files.tried.get(path, 0)
        self.files.tried[path] = tried + 1
        if tried < len(self.ways.not_ready):
            return Reply(self.ways.not_ready[tried], b"<Error/>", type="text/xml")
        return self._held(path)


def _missing() -> Reply:
    return _error(404, "resource_not_found", "The requested resource could not be found")


def _error(status: int, kind: str, title: str) -> Reply:
    told = {"error": {"type": kind, "title": title}, "status": "error", "status_message": kind}
    return reply_json(told, status)


if __name__ == "__main__":
    server = OxenServer()
    print(server.edit_url, flush=True)  # noqa: T201  for whoever runs it by hand
    server.run()
