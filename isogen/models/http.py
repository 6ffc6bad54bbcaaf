"""A model behind any address that speaks the wire: Modal, `isogen models serve`, your own."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from isogen.digest import Digest
from isogen.errors import IsogenError, ModelAnswerError
from isogen.models.calling import Attempt, Policy, TryAgainError, call, retry_after_s
from isogen.models.exchange import Answered, Course, Exchange, Message, encode_form
from isogen.models.failures import Service, host_of, told
from isogen.models.keys import hide_in_logs, read_address, read_key, variables_of
from isogen.models.protocol import (
    Check,
    EditAnswer,
    EditRequest,
    Identity,
    checked_picture,
    request_key,
)
from isogen.models.wire import (
    EDIT_PATHS,
    FORM_PATH,
    ID_HEADER,
    KEY_HEADER,
    EditCall,
    EditResult,
    call_fields,
    decode_headers,
    decode_result,
    encode_call,
)
from isogen.models.wire_status import HEALTH_PATH, Health, decode_health, error_message
from isogen.params.infill import HttpModelParams

_BAD: Final = 400
_METHOD_NOT_ALLOWED: Final = 405
_DENIED: Final = frozenset({401, 403})
_CHECK_S: Final = 20.0
_ASK_AGAIN: Final = "A server that sleeps wakes up when it is asked: ask again."
_HOW: Final = "docs/models.md says, step by step, where to get it."


@dataclass(frozen=True)
class _Endpoint:
    url: str
    headers: Mapping[str, str] = field(repr=False)
    """With the keys."""

    secrets: tuple[str, ...] = field(repr=False)
    service: Service
    exchange: Exchange


class HttpModel:
    """A model at an address; any number of threads may call it."""

    def __init__(
        self,
        name: str,
        params: HttpModelParams,
        environ: Mapping[str, str],
        *,
        policy: Policy | None = None,
    ) -> None:
        """Set the model up; nothing is called, and keys are looked up when they are needed.

        Args:
            name: Of the model in the settings.
            params: Its settings.
            environ: Environment variables.
            policy: How often and how long a call is tried, when not as the settings say.
        """
        self._name = name
        self._params = params
        self._environ = environ
        self._policy = policy or Policy(attempts=params.attempts, deadline_s=params.deadline_s)
        self._opening = Lock()
        self._opened: _Endpoint | None = None

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    @property
    def params(self) -> HttpModelParams:
        """Its settings."""
        return self._params

    @property
    def identity(self) -> Identity:
        """What decides its answers: where it is, or its revision, and how it denoises."""
        params = self._params
        return (
            ("kind", "http"),
            ("weights", params.revision or params.url or params.url_env),
            ("steps", params.steps),
            ("true_cfg_scale", params.true_cfg_scale),
            ("guidance_scale", params.guidance_scale),
        )

    def edit(self, request: EditRequest) -> EditAnswer:
        """Complete one picture; see ``InfillModel.edit``."""
        endpoint = self._endpoint()
        key = request_key(self.identity, request)
        message = self._message(endpoint, request, key)
        course = Course()
        start = time.monotonic()

        def ask(attempt: Attempt) -> EditResult:
            headers = {**message.headers, ID_HEADER: f"{key[:16]}-{attempt.number}"}
            numbered = replace(message, headers=headers)
            return self._result(endpoint, endpoint.exchange.ask(numbered, attempt.left_s, course))

        result, attempts = call(ask, self._policy, name=self._name)
        if result.seed not in (None, request.seed):
            raise ModelAnswerError(
                f"model {self._name} painted with seed {result.seed}, not with {request.seed}"
            )
        return EditAnswer(
            picture=checked_picture(result.image, self._name),
            model=told(result.model or "", endpoint.secrets) or self._name,
            revision=told(result.revision or "", endpoint.secrets) or None,
            attempts=attempts,
            seconds=time.monotonic() - start,
            cost_usd=self._params.cost_usd,
        )

    def check(self) -> Check:
        """Ask the server how it is; one that tells nothing is only asked whether it is there."""
        try:
            return _checked(self._endpoint())
        except (TryAgainError, IsogenError) as error:
            return Check.failed(error, _ASK_AGAIN)

    def close(self) -> None:
        """Close idle connections; closing twice does nothing."""
        with self._opening:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.exchange.close()

    def _endpoint(self) -> _Endpoint:
        with self._opening:
            if self._opened is None:
                self._opened = self._open()
            return self._opened

    def _open(self) -> _Endpoint:
        params, name, environ = self._params, self._name, self._environ
        url = params.url or read_address(environ, params.url_env or "", model=name, how=_HOW)
        headers: dict[str, str] = {}
        secrets: list[str] = [urlsplit(url).query]
        if params.key_env:
            secrets.append(read_key(environ, params.key_env, model=name, how=_HOW))
            headers["authorization"] = f"Bearer {secrets[-1]}"
        variables = variables_of(params, environ)
        absent = tuple(v.name for v in variables if not v.is_set)
        if params.proxy_env and not set(params.proxy_env) & set(absent):
            pair = [read_key(environ, v, model=name) for v in params.proxy_env]
            headers["modal-key"], headers["modal-secret"] = pair
            secrets += pair
        for secret in filter(None, secrets):
            hide_in_logs(secret)
        wanted = (params.key_env, *(params.proxy_env or ()))
        keys = tuple(v for v in wanted if v)
        service = Service(name, host_of(url), keys, absent, _HOW)
        return _Endpoint(url, headers, tuple(secrets), service, Exchange(url, tuple(secrets)))

    def _message(self, endpoint: _Endpoint, request: EditRequest, key: Digest) -> Message:
        params = self._params
        edit = EditCall(
            image=request.template_png,
            prompt=request.prompt,
            negative_prompt=request.negative_prompt,
            true_cfg_scale=params.true_cfg_scale,
            steps=params.steps,
            guidance_scale=params.guidance_scale,
            seed=request.seed,
            window=request.window,
            references=request.references,
        )
        if params.wire == "json":
            kind, content = "application/json", encode_call(edit)
        else:
            pictures = [("image", edit.image), *(("references", r) for r in edit.references)]
            kind, content = encode_form(call_fields(edit), pictures, boundary=key)
        headers = {**endpoint.headers, "content-type": kind, KEY_HEADER: key}
        return Message("POST", endpoint.url, headers, content)

    def _result(self, endpoint: _Endpoint, answered: Answered) -> EditResult:
        if answered.status >= 300:  # noqa: PLR2004  redirects were followed
            raise _failure(endpoint, answered)
        if answered.headers.get("content-type", "").startswith("image/"):
            lower = {name.lower(): value for name, value in answered.headers.items()}
            return decode_headers(lower, answered.body)
        try:
            return decode_result(answered.body)
        except ModelAnswerError as error:
            said = told(str(error), endpoint.secrets)
            raise ModelAnswerError(
                f"model {self._name}: {said}",
                hint=f"Is {endpoint.service.host} an inference server, and the path of the "
                "endpoint right? docs/models.md says what it is asked and answers.",
            ) from None


def _failure(endpoint: _Endpoint, answered: Answered) -> IsogenError | TryAgainError:
    return endpoint.service.failure(
        answered.status,
        told(error_message(answered.body), endpoint.secrets),
        retry_after_s=retry_after_s(answered.headers, answered.body, now_s=time.time()),
    )


def _checked(endpoint: _Endpoint) -> Check:
    host, exchange = endpoint.service.host, endpoint.exchange
    answered = exchange.ask(Message("GET", _health_url(endpoint.url), endpoint.headers), _CHECK_S)
    health = decode_health(answered.body)
    if health is not None:
        return _checked_health(endpoint, health)
    if answered.status not in _DENIED:
        answered = exchange.ask(Message("HEAD", endpoint.url, endpoint.headers), _CHECK_S)
    if answered.status < _BAD or answered.status == _METHOD_NOT_ALLOWED:
        return Check(is_ready=True, told=f"{host} answers, but does not tell how it is")
    return Check.failed(_failure(endpoint, answered), _ASK_AGAIN)


def _checked_health(endpoint: _Endpoint, health: Health) -> Check:
    host = endpoint.service.host
    parts = (health.model, health.revision)
    model = told(" ".join(part for part in parts if part), endpoint.secrets)
    if health.is_ready:
        return Check(is_ready=True, told=f"{host} is ready" + (f" with {model}" if model else ""))
    if health.status == "loading":
        return Check(
            is_ready=False,
            told=f"{host} is loading {model or 'its model'}",
            hint="Calls wait for it, or ask again in a minute.",
        )
    return Check(is_ready=False, told=f"{host} failed: {told(health.message, endpoint.secrets)}")


def _health_url(url: str) -> str:
    """Return where a server tells how it is: beside its endpoint."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    for known in (*EDIT_PATHS[:-1], FORM_PATH):
        path = path.removesuffix(known)
    return urlunsplit((parts.scheme, parts.netloc, path + HEALTH_PATH, "", ""))
