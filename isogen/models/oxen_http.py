"""Requests to Oxen, and downloads of the pictures that it gives the address of.

The key goes to the host of the endpoint and to no other, whatever an answer says.
"""

import time
from dataclasses import replace
from typing import Final
from urllib.parse import quote, urlsplit

from isogen.digest import digest_of
from isogen.errors import IsogenError, ModelAnswerError, ModelRefusedError
from isogen.models.bounded import is_loopback
from isogen.models.calling import (
    Attempt,
    Policy,
    TryAgainError,
    call,
    is_passing,
    retry_after_s,
)
from isogen.models.exchange import (
    Answered,
    Course,
    Exchange,
    Message,
    encode_form,
    leads_safely,
    origin_of,
)
from isogen.models.failures import Service, host_of, told
from isogen.models.oxen_wire import api_url, failure_in
from isogen.models.wire_status import error_message
from isogen.params.infill import is_address

_OK: Final = range(200, 300)
_TOO_LARGE: Final = 413
_NOT_READY: Final = (403, 404)


class OxenHttp:
    """What a model asks of Oxen, from any number of threads."""

    def __init__(self, service: Service, key: str, endpoint: str) -> None:
        """Open no connection yet.

        Args:
            service: Whom messages name.
            key: Sent to the host of the endpoint.
            endpoint: Address of edits.
        """
        self._service = service
        self._key = key
        self._endpoint = endpoint
        self._exchange = Exchange(endpoint, (key,))

    def close(self) -> None:
        """Close idle connections; closing twice does nothing."""
        self._exchange.close()

    def ask(self, message: Message, attempt: Attempt, course: Course | None = None) -> bytes:
        """Make one request of Oxen's API and return the body of its answer.

        Args:
            message: What to send, without the key.
            attempt: Says how long it may take.
            course: Where a request that was redirected goes on; see ``Exchange.ask``.

        Raises:
            TryAgainError: What failed may pass.
            IsogenError: It will not; an error inside of an answer of status 200 is one too.
        """
        headers = {"content-type": "application/json", **message.headers, **self._bearer}
        answered = self._exchange.ask(replace(message, headers=headers), attempt.left_s, course)
        if answered.status not in _OK:
            raise self._failure(answered)
        failure = failure_in(answered.body)
        if failure is None:
            return answered.body
        said = f"{self._service.host} answered: {self.told(failure.reason)}"
        if failure.is_final:
            raise ModelRefusedError(f"model {self._service.name}: {said}")
        raise TryAgainError(said)

    def downloaded(self, url: str, policy: Policy) -> bytes:
        """Return a picture that Oxen gave the address of; it may take a while to be there."""
        self._check(url)
        where = f"the picture at {host_of(url)}"

        def get(attempt: Attempt) -> bytes:
            answered = self._get(url, attempt)
            if answered.status in _OK:
                return answered.body
            if answered.status in _NOT_READY:
                raise TryAgainError(f"{where} is not there yet")
            reason = f"{where} cannot be had: status {answered.status}"
            if is_passing(answered.status):
                raise TryAgainError(reason)
            raise ModelAnswerError(f"model {self._service.name}: {reason}")

        return call(get, policy, name=self._service.name)[0]

    def uploaded(self, png: bytes, repository: str, policy: Policy) -> str:
        """Return the address of a template in a public repository; upload it if need be.

        Args:
            png: The template; its digest is its name, so that it is uploaded once.
            repository: Namespace and name.
            policy: How often and how long it is tried.
        """
        digest = digest_of(png)
        url = api_url(self._endpoint, f"repos/{quote(repository)}/file/main/isogen/{digest}.png")
        about = {"message": f"template {digest[:8]}", "name": "isogen", "email": "isogen@localhost"}
        kind, form = encode_form(about, [("file", png)], boundary=digest)

        def put(attempt: Attempt) -> None:
            if self._get(url, attempt).status not in _OK:
                self.ask(Message("PUT", url, {"content-type": kind}, form), attempt)

        call(put, policy, name=self._service.name)
        return url

    def told(self, text: str) -> str:
        """Return what Oxen said as messages repeat it: one short line without the key."""
        return told(text, (self._key,))

    @property
    def _bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._key}"}

    def _get(self, url: str, attempt: Attempt) -> Answered:
        is_home = origin_of(url) == origin_of(self._endpoint)
        headers = self._bearer if is_home else {}
        return self._exchange.ask(Message("GET", url, headers), attempt.left_s)

    def _check(self, url: str) -> None:
        name, host = self._service.name, self._service.host
        if not is_address(url):
            raise ModelAnswerError(f"model {name}: {host} gave no address of a picture")
        is_local = is_loopback(urlsplit(url)) and is_loopback(urlsplit(self._endpoint))
        if not (is_local or leads_safely(self._endpoint, url)):
            raise ModelAnswerError(
                f"model {name}: {host} gave an address of a picture at {host_of(url)}, which is "
                "not safe: it is no public one of HTTPS"
            )

    def _failure(self, answered: Answered) -> Exception:
        said = self.told(error_message(answered.body))
        after_s = retry_after_s(answered.headers, answered.body, now_s=time.time())
        failure = self._service.failure(answered.status, said, retry_after_s=after_s)
        if answered.status == _TOO_LARGE and isinstance(failure, IsogenError):
            failure.hint = (
                f"Set models.{self._service.name}.upload to a public repository of yours at Oxen: "
                "templates then go there, and only their addresses into calls."
            )
        return failure
