"""Oxen's image editing: one long request or its queue, pictures in answers or downloads."""

import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from isogen.errors import IsogenError, ModelAnswerError
from isogen.models.calling import Attempt, Policy, TryAgainError, call
from isogen.models.exchange import Course, Message
from isogen.models.failures import Service, host_of
from isogen.models.keys import read_key
from isogen.models.oxen_http import OxenHttp
from isogen.models.oxen_queue import OxenQueue
from isogen.models.oxen_wire import api_url, data_uri, edit_body, model_told, picture_or_url
from isogen.models.protocol import Check, EditAnswer, EditRequest, Identity, checked_picture
from isogen.params.infill import OxenModelParams

_CHECK_S: Final = 20.0
_HOW: Final = "Oxen's account settings show your key."
_PATIENT: Final = 10_000
_LATER: Final = "Try again in a while."


class OxenModel:
    """A model at Oxen; one client serves all threads."""

    def __init__(
        self,
        name: str,
        params: OxenModelParams,
        environ: Mapping[str, str],
        *,
        policy: Policy | None = None,
        look_s: float = 2.0,
    ) -> None:
        """Set the model up without calling it.

        Args:
            name: Of the model in the settings.
            params: Its settings.
            environ: Where its key is looked up.
            policy: How often and how long a call is tried, when not as the settings say.
            look_s: Seconds after which a queued call is looked at first.
        """
        self._name = name
        self._params = params
        self._environ = environ
        self._policy = policy or Policy(attempts=params.attempts, deadline_s=params.deadline_s)
        self._look_s = look_s
        self._opening = threading.Lock()
        self._uploading = threading.Lock()
        self._opened: tuple[OxenHttp, OxenQueue] | None = None

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    @property
    def params(self) -> OxenModelParams:
        """Its settings."""
        return self._params

    @property
    def identity(self) -> Identity:
        """What decides its answers besides the request."""
        params = self._params
        return (
            ("kind", "oxen"),
            ("model", params.model),
            ("steps", params.steps),
            ("references", params.references),
        )

    def edit(self, request: EditRequest) -> EditAnswer:
        """Complete one picture; see ``InfillModel.edit``."""
        http, queue = self._open()
        start = time.monotonic()
        end = start + self._policy.deadline_s
        shown = (request.template_png, *request.references[: self._params.references])
        images = [self._input_image(http, png, end) for png in shown]
        message = Message("POST", self._params.url, {}, edit_body(self._params, request, images))
        course = Course()

        def paid(attempt: Attempt) -> tuple[bytes | str, float | None]:
            if self._params.queue:
                return queue.result_url(message.content or b"", attempt)
            return self._found(http, http.ask(message, attempt, course)), None

        (found, charged), attempts = call(paid, self._until(end), name=self._name)
        if isinstance(found, str):
            # it is paid already: tried for as long as there is time
            patient = replace(self._until(end), attempts=_PATIENT, read_timeouts=_PATIENT)
            found = http.downloaded(found, patient)
        return EditAnswer(
            picture=checked_picture(found, self._name),
            model=self._params.model,
            revision=None,
            attempts=attempts,
            seconds=time.monotonic() - start,
            cost_usd=self._params.cost_usd if charged is None else charged,
        )

    def check(self) -> Check:
        """Ask Oxen for the description of the model, which is free."""
        model = self._params.model
        url = api_url(self._params.url, f"ai/models/{quote(model, safe='')}")
        try:
            http, _ = self._open()
            said, is_active = model_told(http.ask(Message("GET", url), Attempt(1, _CHECK_S)))
        except (TryAgainError, IsogenError) as error:
            return Check.failed(error, _LATER)
        hint = "" if is_active else f"Activate {model} at Oxen: it is billed while it is active."
        return Check(is_ready=is_active, told=f"Oxen has {model}: {http.told(said)}", hint=hint)

    def close(self) -> None:
        """Take queued calls back and close the connections; closing twice does nothing."""
        with self._opening:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened[1].close()
            opened[0].close()

    def _open(self) -> tuple[OxenHttp, OxenQueue]:
        with self._opening:
            if self._opened is None:
                params = self._params
                key = read_key(self._environ, params.key_env, model=self._name, how=_HOW)
                service = Service(
                    name=self._name,
                    host=host_of(params.url),
                    key_variables=(params.key_env,),
                    how_to_get_key=_HOW,
                )
                http = OxenHttp(service, key, params.url)
                queue = OxenQueue(http, params.url, self._name, look_s=self._look_s)
                self._opened = http, queue
            return self._opened

    def _found(self, http: OxenHttp, body: bytes) -> bytes | str:
        try:
            return picture_or_url(body)
        except ModelAnswerError as error:
            raise ModelAnswerError(f"model {self._name}: {http.told(str(error))}") from None

    def _until(self, end: float) -> Policy:
        return replace(self._policy, deadline_s=max(end - time.monotonic(), 0.001))

    def _input_image(self, http: OxenHttp, png: bytes, end: float) -> str:
        if self._params.upload is None:
            return data_uri(png)
        with self._uploading:  # each upload is a commit on one branch
            return http.uploaded(png, self._params.upload, self._until(end))
