"""Every failure of every service: its error, its exit code, its message and what it costs."""

from contextlib import closing
from dataclasses import dataclass, replace

import pytest

from isogen.errors import (
    InputError,
    IsogenError,
    ModelAnswerError,
    ModelRefusedError,
    ModelUnavailableError,
)
from isogen.models.calling import Policy
from isogen.models.gemini import GeminiModel
from isogen.models.oxen import OxenModel
from isogen.models.protocol import EditRequest
from isogen.params.infill import GeminiModelParams, OxenModelParams
from tests.support import gemini_server, oxen_server
from tests.support.gemini_server import answered, blocked, picture_part, refused
from tests.support.loopback import Reply
from tests.support.pictures import png_of_seed
from tests.support.services import reply_json

pytestmark = pytest.mark.enable_socket

QUICK = Policy(attempts=3, deadline_s=1.0, first_wait_s=0.01, most_wait_s=0.02)
REQUEST = EditRequest(png_of_seed(5, 64), "paint it", None, 7)
CODES = {InputError: 2, ModelAnswerError: 4, ModelRefusedError: 1, ModelUnavailableError: 4}


@dataclass(frozen=True)
class Failure:
    reply: Reply
    error: type[IsogenError]
    message: str
    calls: int
    """That may have been paid."""


def with_message(status, **more):
    return replace(reply_json({"error": {"message": "so it is"}}, status), **more)


BUSY = with_message(429, headers={"Retry-After": "0"})
BOTH = {
    "wrong request": Failure(with_message(400), ModelRefusedError, "400: so it is", 1),
    "wrong key": Failure(with_message(401), InputError, "401: so it is", 1),
    "no credit": Failure(with_message(402), InputError, "402: so it is", 1),
    "forbidden": Failure(with_message(403), InputError, "403: so it is", 1),
    "gone": Failure(with_message(404), InputError, "404", 1),
    "too large a request": Failure(with_message(413), ModelRefusedError, "413: so it is", 1),
    "wrong field": Failure(with_message(422), ModelRefusedError, "422: so it is", 1),
    "busy": Failure(BUSY, ModelUnavailableError, "3 attempts .* 429: so it is", 3),
    "busy until tomorrow": Failure(
        with_message(429, headers={"Retry-After": "86400"}),
        ModelUnavailableError,
        "waiting 8640. s would pass the deadline",
        1,
    ),
    "broken": Failure(with_message(500), ModelUnavailableError, "500: so it is", 3),
    "a page of a proxy": Failure(
        Reply(502, b"<html>bad gateway</html>", "text/html"), ModelUnavailableError, "502", 3
    ),
    "a proxy that gives up waiting": Failure(
        with_message(504), ModelUnavailableError, "504: so it is .it may have been paid", 2
    ),
    "breaks off before it answers": Failure(
        Reply(body=b"x" * 99, cut_at=0), ModelUnavailableError, "may have been paid", 2
    ),
    "breaks off inside of the answer": Failure(
        Reply(body=b"x" * 99, cut_at=9), ModelUnavailableError, "may have been paid", 2
    ),
    "silent": Failure(Reply(delay_s=1.1), ModelUnavailableError, "did not answer in time", 1),
    "no JSON": Failure(Reply(body=b"{"), ModelAnswerError, "gemini|oxen|Oxen", 1),
    "no picture": Failure(Reply(body=b"{}"), ModelAnswerError, "picture", 1),
}
PICTURE_OF_NOTHING = {"images": [{"b64_json": "aGVsbG8="}]}
OXEN = {
    "error in an answer of 200": Failure(
        reply_json({"error": {"type": "invalid_params", "title": "no", "detail": "steps"}}),
        ModelRefusedError,
        "invalid_params: no: steps",
        1,
    ),
    "error in an answer of 200 that may pass": Failure(
        reply_json({"error": {"type": "unknown_error", "title": "oops"}}),
        ModelUnavailableError,
        "unknown_error: oops",
        3,
    ),
    "a picture that is none": Failure(
        reply_json(PICTURE_OF_NOTHING), ModelAnswerError, "no PNG, JPEG or WebP", 1
    ),
    "no base64": Failure(
        reply_json({"images": ["&&&"]}), ModelAnswerError, "the picture is not base64", 1
    ),
    "has moved": Failure(
        Reply(307, headers={"Location": "https://elsewhere.example/"}),
        InputError,
        "has moved to elsewhere.example",
        1,
    ),
}
GEMINI = {
    "prompt blocked": Failure(
        blocked("PROHIBITED_CONTENT"), ModelRefusedError, "refused: PROHIBITED_CONTENT", 1
    ),
    "picture blocked": Failure(
        refused("IMAGE_SAFETY"), ModelRefusedError, "refused: IMAGE_SAFETY", 1
    ),
    "a picture that is none": Failure(
        answered([picture_part(b"hello")]), ModelAnswerError, "no PNG, JPEG or WebP", 1
    ),
    "words": Failure(answered([{"text": "hi"}]), ModelAnswerError, "without a picture: hi", 1),
    "quota": Failure(
        gemini_server.error(429, "RESOURCE_EXHAUSTED", "quota", retry_delay="3600s"),
        ModelUnavailableError,
        "waiting 3600 s would pass the deadline",
        1,
    ),
    "has moved": Failure(
        Reply(307, headers={"Location": "https://elsewhere.example/"}), ModelRefusedError, "307", 1
    ),
}


@pytest.fixture
def oxen():
    params = OxenModelParams
    with oxen_server.OxenServer() as server:
        environ = {"OXEN_MODEL_API_KEY": server.key}
        model = OxenModel("oxen", params(url=server.edit_url), environ, policy=QUICK)
        with closing(model):
            yield server, model


@pytest.fixture
def gemini():
    with gemini_server.GeminiServer() as server:
        environ = {"GEMINI_API_KEY": server.key}
        params = GeminiModelParams(url=server.origin)
        with closing(GeminiModel("gemini", params, environ, policy=QUICK)) as model:
            yield server, model


@pytest.mark.parametrize("name", [*BOTH, *OXEN])
def test_a_failure_of_oxen(oxen, name):
    fails_as(*oxen, {**BOTH, **OXEN}[name])


@pytest.mark.parametrize("name", [*BOTH, *GEMINI])
def test_a_failure_of_gemini(gemini, name):
    fails_as(*gemini, {**BOTH, **GEMINI}[name])


def fails_as(server, model, failure):
    server.paid_script.extend([failure.reply] * 9)
    with pytest.raises(failure.error, match=failure.message) as caught:
        model.edit(REQUEST)
    assert (caught.value.exit_code, len(server.paid)) == (CODES[failure.error], failure.calls)
    assert any(name in str(caught.value) for name in (f"model {model.name}", "127.0.0.1"))
