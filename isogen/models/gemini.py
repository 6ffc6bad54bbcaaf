"""Google's Gemini image models, through Google's own client."""

import logging
import threading
import time
import warnings
from collections.abc import Callable, Mapping
from math import ceil
from typing import Any, Final, TypeVar, cast

import httpx
from google import genai
from google.genai import errors, types

from isogen.digest import canonical_json, digest_of
from isogen.errors import InputError, IsogenError, ModelAnswerError
from isogen.models.bounded import BoundError, bounded_client, certificates
from isogen.models.calling import Attempt, Policy, TryAgainError, call, retry_after_s
from isogen.models.failures import Service, host_of, told
from isogen.models.gemini_wire import GEMINI_PROMPT, gemini_seed, picture_in, shown
from isogen.models.keys import GOOGLE, read_key
from isogen.models.protocol import Check, EditAnswer, EditRequest, Identity, checked_picture
from isogen.models.wire import MOST_BYTES
from isogen.params.infill import GeminiModelParams

T = TypeVar("T")

_VERSION: Final = "v1beta"
_LEAST_SERVER_S: Final = 10
"""Google's servers refuse to be given less time."""

_CHECK_S: Final = 20.0
_WRONG, _UNAUTHORIZED, _NOT_FOUND = 400, 401, 404
_HOW: Final = "Google AI Studio (aistudio.google.com) makes keys."
_UNSURE: Final = (httpx.ReadError, httpx.RemoteProtocolError)
"""The request was sent: it may have been paid."""

_FAILURES: Final = (
    errors.APIError,
    httpx.HTTPError,
    BoundError,
    ValueError,  # this and those below: no JSON, or none of Google's
    TypeError,
    AttributeError,
)


class GeminiModel:
    """A Gemini image model; one client serves all threads."""

    def __init__(
        self,
        name: str,
        params: GeminiModelParams,
        environ: Mapping[str, str],
        *,
        policy: Policy | None = None,
    ) -> None:
        """Set the model up without calling it; its key is looked up when it is needed.

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
        self._url = params.url or GOOGLE
        self._key = ""
        self._opening = threading.Lock()
        self._opened: tuple[genai.Client, httpx.Client] | None = None
        self._modalities = ["IMAGE"]

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    @property
    def params(self) -> GeminiModelParams:
        """Its settings."""
        return self._params

    @property
    def identity(self) -> Identity:
        """What decides its answers besides the request."""
        return (
            ("kind", "gemini"),
            ("model", self._params.model),
            ("labels", self._params.labels),
            ("references", self._params.references),
            ("task", digest_of(GEMINI_PROMPT.encode())),
        )

    def edit(self, request: EditRequest) -> EditAnswer:
        """Complete one picture; see ``InfillModel.edit``."""
        client = self._client()
        contents = types.Content(role="user", parts=self._parts(request))
        start = time.monotonic()

        def ask(attempt: Attempt) -> types.GenerateContentResponse:
            return self._asked(
                attempt.left_s,
                lambda options: client.models.generate_content(
                    model=self._params.model,
                    contents=contents,
                    config=self._config(request, options),
                ),
            )

        answer, attempts = call(ask, self._policy, name=self._name)
        picture = picture_in(answer, self._name, (self._key,))
        return EditAnswer(
            picture=checked_picture(picture, self._name),
            model=self._params.model,
            revision=self._told(answer.model_version or "") or None,
            attempts=attempts,
            seconds=time.monotonic() - start,
            cost_usd=self._params.cost_usd,
        )

    def check(self) -> Check:
        """Ask Google for the description of the model, which is free."""
        model = self._params.model
        try:
            client = self._client()
            found = self._asked(
                _CHECK_S,
                lambda options: client.models.get(
                    model=model, config=types.GetModelConfig(http_options=options)
                ),
            )
        except (TryAgainError, IsogenError) as error:
            return Check.failed(error, "Try again in a while.")
        version = f", version {self._told(found.version)}" if found.version else ""
        return Check(is_ready=True, told=f"{host_of(self._url)} has {model}{version}")

    def close(self) -> None:
        """Close the connections; closing twice does nothing."""
        with self._opening:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened[0].close()
            opened[1].close()

    def _client(self) -> genai.Client:
        with self._opening:
            if self._opened is None:
                variable = self._params.key_env
                self._key = read_key(self._environ, variable, model=self._name, how=_HOW)
                self._opened = self._open()
            return self._opened[0]

    def _open(self) -> tuple[genai.Client, httpx.Client]:
        """Return a client that nothing in the environment redirects."""
        # a reason that this version of the client does not know is told to the user by us
        warnings.filterwarnings("ignore", message=".* is not a valid (FinishReason|BlockedReason)")
        logging.getLogger("google_genai._api_client").addFilter(_is_true)
        http = bounded_client(self._url, MOST_BYTES, connections=self._params.concurrency)
        options = types.HttpOptions(
            base_url=self._url,
            api_version=_VERSION,
            httpx_client=http,
            # never used; without them the client reads all certificates three times
            httpx_async_client=httpx.AsyncClient(verify=certificates()),
            async_client_args={"ssl": certificates()},
            retry_options=types.HttpRetryOptions(attempts=1),
        )
        # what is not said here, variables of Google's would say
        return genai.Client(vertexai=False, api_key=self._key, http_options=options), http

    def _parts(self, request: EditRequest) -> list[types.Part]:
        params = self._params
        return [
            types.Part.from_text(text=part.text)
            if part.png is None
            else types.Part.from_bytes(data=part.png, mime_type="image/png")
            for part in shown(request, labels=params.labels, references=params.references)
        ]

    def _config(
        self, request: EditRequest, options: types.HttpOptions
    ) -> types.GenerateContentConfig:
        return types.GenerateContentConfig(
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
            candidate_count=1,
            http_options=options,
            image_config=types.ImageConfig(aspect_ratio="1:1", image_size="1K"),
            response_modalities=self._modalities,
            seed=gemini_seed(request.seed),
        )

    def _asked(self, left_s: float, ask: Callable[[types.HttpOptions], T]) -> T:
        """Ask once.

        Args:
            left_s: Seconds that it may take.
            ask: Asks Google's client, with options of this request.

        Raises:
            TryAgainError: What failed may pass.
            IsogenError: It will not.
        """
        server_s = max(_LEAST_SERVER_S, ceil(left_s))
        options = types.HttpOptions(
            timeout=ceil(left_s * 1000), headers={"X-Server-Timeout": str(server_s)}
        )
        try:
            return ask(options)
        except _FAILURES as error:
            failure = self._failure(error)
        raise failure  # here it has no context, which knows headers and what was echoed

    def _failure(self, error: Exception) -> Exception:
        host = host_of(self._url)
        if isinstance(error, errors.APIError):
            return self._refusal(error)
        if isinstance(error, BoundError):
            return ModelAnswerError(f"model {self._name}: {host} {error}")
        if isinstance(error, httpx.ReadTimeout):
            return TryAgainError(f"{host} did not answer in time", is_read_timeout=True)
        reason = self._told(str(error) or type(error).__name__)
        if isinstance(error, httpx.HTTPError):
            return TryAgainError(f"{host}: {reason}", is_read_timeout=isinstance(error, _UNSURE))
        return ModelAnswerError(
            f"model {self._name}: {host} answered what is not understood: {reason}"
        )

    def _refusal(self, error: errors.APIError) -> Exception:
        said = self._told(error.message or error.status or "")
        code = error.code
        if code == _WRONG and "modalit" in said.lower() and self._modalities == ["IMAGE"]:
            self._modalities = ["TEXT", "IMAGE"]  # as other models want it
            return TryAgainError(said, retry_after_s=0.0)
        if code == _WRONG and "api key" in said.lower():
            code = _UNAUTHORIZED
        if code == _NOT_FOUND:
            return InputError(
                f"model {self._name}: {host_of(self._url)} answered 404: it has no "
                f"{self._params.model} (any more): {said}",
                hint=f"It may be retired: set models.{self._name}.model to a model of today.",
            )
        response = cast("Any", error).response
        headers: Mapping[str, str] = {} if response is None else response.headers
        details = canonical_json(cast("Any", error).details)
        service = Service(self._name, host_of(self._url), (self._params.key_env,), (), _HOW)
        return service.failure(
            code, said, retry_after_s=retry_after_s(headers, details, now_s=time.time())
        )

    def _told(self, text: str) -> str:
        return told(text, (self._key,))


def _is_true(record: logging.LogRecord) -> bool:
    """Drop Google's line that it uses another key than ours: it does not."""
    return "Using GOOGLE_API_KEY" not in record.getMessage()
