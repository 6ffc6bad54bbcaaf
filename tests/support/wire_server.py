"""A loopback server that speaks isogen's wire: JSON, forms and health."""

from collections.abc import Callable
from email.parser import BytesParser
from email.policy import HTTP

from isogen.errors import InputError
from isogen.models.wire import (
    EDIT_PATHS,
    FORM_PATH,
    EditCall,
    EditResult,
    decode_call,
    decode_fields,
    encode_result,
    result_headers,
)
from isogen.models.wire_status import HEALTH_PATH, Health, encode_error, encode_health
from tests.support.loopback import Asked, Loopback, Reply
from tests.support.pictures import png_of_seed

MODEL, REVISION = "loopback", "r1"


def paint_seed(call: EditCall) -> bytes:
    """Return a picture that only the seed and the prompt decide."""
    return png_of_seed((call.seed or 0) + len(call.prompt))


class WireServer(Loopback):
    """Paints with a function from a call to a picture; remembers the calls.

    ``bearer`` and ``proxy`` are what it demands to hear, when they are set.
    """

    def __init__(self, paint: Callable[[EditCall], bytes] = paint_seed) -> None:
        self.paint = paint
        self.calls: list[EditCall] = []
        self.health: Health | None = Health("ready", MODEL, REVISION)
        """What it says of itself; None is a server that does not know the question."""

        self.bearer: str | None = None
        self.proxy: tuple[str, str] | None = None
        super().__init__(self._reply)

    def _reply(self, asked: Asked) -> Reply:
        if asked.path == HEALTH_PATH and self.health is not None:
            return Reply(body=encode_health(self.health))
        if asked.path not in (*EDIT_PATHS, FORM_PATH):
            return Reply(404, encode_error("not_found", "there is no such path"))
        if not self._may(asked):
            return Reply(401, encode_error("unauthenticated", "missing or wrong key"))
        if asked.method != "POST":
            return Reply(405, encode_error("method", "calls are made by POST"))
        try:
            return self._painted(asked)
        except InputError as error:
            return Reply(422, encode_error("invalid_request", str(error)))

    def _may(self, asked: Asked) -> bool:
        got = asked.headers
        bearer = self.bearer is None or got.get("authorization") == f"Bearer {self.bearer}"
        proxy = (got.get("modal-key"), got.get("modal-secret"))
        return bearer and self.proxy in (None, proxy)

    def _painted(self, asked: Asked) -> Reply:
        is_form = asked.path == FORM_PATH
        call = form_call(asked) if is_form else decode_call(asked.body)
        self.calls.append(call)
        result = EditResult(
            self.paint(call), call.seed, MODEL, REVISION, request_key=asked.key, seconds=0.25
        )
        if is_form:
            return Reply(body=result.image, type="image/png", headers=result_headers(result))
        return Reply(body=encode_result(result))


def form_call(asked: Asked) -> EditCall:
    """Read a call from a form with files, by the standard library's own parser."""
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    form = BytesParser(policy=HTTP).parsebytes(head + asked.body)
    fields, files = {}, {"image": [], "references": []}
    for part in form.iter_parts():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        if name in files:
            files[name].append(data)
        else:
            fields[name] = data.decode()
    return decode_fields(fields, files["image"][0], files["references"])
