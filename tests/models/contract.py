"""What every infill model does, whatever it speaks: classes of tests inherit it.

A class gives two fixtures: ``open_model`` (a function from settings of the model to the model,
with quick waits; ``KEY`` is in its environment), and ``last_edit`` (a function that returns what
was heard last, as a Heard). Of a service there is also ``server``: a Loopback that speaks its
language and answers with a picture that seed and prompt decide.
"""

import io
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest
from PIL import Image

from isogen.errors import (
    InputError,
    IsogenError,
    ModelAnswerError,
    ModelRefusedError,
    ModelUnavailableError,
)
from isogen.models.calling import Policy
from isogen.models.protocol import EditRequest
from tests.support.loopback import Reply
from tests.support.pictures import png_of_seed

KEY = "canary-5ca1ab1e-key"
QUICK = Policy(attempts=4, deadline_s=10, first_wait_s=0.01, most_wait_s=0.05)

REQUEST = EditRequest(
    template_png=png_of_seed(1, 64), prompt="paint the hole", negative_prompt=None, seed=11
)
ERROR = b'{"error": {"type": "x", "message": "because of ' + KEY.encode() + b'"}}'

MOST_TEXTS = 12
"""In any answer of the services here."""


@dataclass(frozen=True)
class Heard:
    """What a server heard; None where the language has no word for it."""

    template: bytes
    prompt: str
    negative_prompt: str | None
    seed: int | None


class InfillModelContract:
    """Passed by every model."""

    KEEPS_SEED = True
    HAS_NEGATIVE_PROMPT = True

    def test_it_answers_with_a_picture_and_says_who_made_it(self, open_model):
        answer = open_model().edit(REQUEST)
        assert Image.open(io.BytesIO(answer.picture)).format == "PNG"
        assert answer.model
        assert answer.attempts == 1
        assert answer.seconds > 0

    def test_template_prompt_and_seed_reach_the_service(self, open_model, last_edit):
        open_model().edit(REQUEST)
        heard = last_edit()
        assert heard.template == REQUEST.template_png
        assert REQUEST.prompt in heard.prompt
        assert heard.seed == (REQUEST.seed if self.KEEPS_SEED else None)

    def test_no_negative_prompt_and_an_empty_one_differ(self, open_model, last_edit):
        if not self.HAS_NEGATIVE_PROMPT:
            pytest.skip("its language has no negative prompt")
        model = open_model()
        model.edit(REQUEST)
        assert last_edit().negative_prompt is None
        model.edit(replace(REQUEST, negative_prompt=""))
        assert last_edit().negative_prompt == ""
        model.edit(replace(REQUEST, negative_prompt="blur"))
        assert last_edit().negative_prompt == "blur"

    def test_equal_requests_have_equal_answers(self, open_model):
        model = open_model()
        assert model.edit(REQUEST).picture == model.edit(REQUEST).picture
        assert model.edit(replace(REQUEST, seed=12)).picture != model.edit(REQUEST).picture

    def test_its_price_is_that_of_the_settings(self, open_model):
        assert open_model(cost_usd=0.5).edit(REQUEST).cost_usd == 0.5
        assert open_model(cost_usd=None).edit(REQUEST).cost_usd is None

    def test_its_identity_is_values_and_follows_its_settings(self, open_model):
        assert open_model().identity == open_model().identity
        assert all(isinstance(name, str) for name, _ in open_model().identity)
        assert open_model(concurrency=9, deadline_s=7.0).identity == open_model().identity

    def test_closing_twice_does_nothing(self, open_model):
        model = open_model()
        model.edit(REQUEST)
        model.close()
        model.close()

    def test_threads_may_call_at_once_and_each_gets_its_own_answer(self, open_model):
        if not self.KEEPS_SEED:
            pytest.skip("nothing tells its answers apart")
        model = open_model()
        requests = [replace(REQUEST, seed=seed) for seed in range(6)]
        with ThreadPoolExecutor(6) as pool:
            pictures = [answer.picture for answer in pool.map(model.edit, requests)]
        assert pictures == [model.edit(request).picture for request in requests]


class ServiceContract(InfillModelContract):
    """Passed by every model behind HTTP."""

    @pytest.mark.parametrize("status", [400, 422])
    def test_a_request_that_is_refused_is_not_sent_again(self, open_model, server, status):
        server.script.extend([Reply(status, ERROR)] * 2)
        with pytest.raises(ModelRefusedError, match=f"{status}: because of"):
            open_model().edit(REQUEST)
        assert len(server.asked) == 1

    @pytest.mark.parametrize("status", [401, 403])
    def test_a_wrong_key_is_named_by_its_variable(self, open_model, server, status):
        server.script.extend([Reply(status, ERROR)] * 2)
        model = open_model()
        with pytest.raises(InputError) as error:
            model.edit(REQUEST)
        assert model.params.key_env in error.value.hint
        assert len(server.asked) == 1

    def test_an_address_or_model_that_is_gone_is_a_wrong_setting(self, open_model, server):
        server.script.append(Reply(404, ERROR))
        with pytest.raises(InputError, match="404"):
            open_model().edit(REQUEST)

    def test_a_service_that_is_busy_is_asked_again(self, open_model, server):
        server.script.append(Reply(429, ERROR, headers={"Retry-After": "0"}))
        server.script.append(Reply(503, ERROR))
        assert open_model().edit(REQUEST).attempts == 3

    def test_a_service_that_keeps_failing_is_unavailable(self, open_model, server):
        server.script.extend([Reply(500, ERROR)] * 9)
        with pytest.raises(ModelUnavailableError, match="4 attempts"):
            open_model().edit(REQUEST)
        assert len(server.asked) == 4

    def test_a_service_that_wants_to_be_left_alone_too_long_is_unavailable(
        self, open_model, server
    ):
        server.script.append(Reply(429, ERROR, headers={"Retry-After": "3600"}))
        with pytest.raises(ModelUnavailableError, match="would pass the deadline"):
            open_model().edit(REQUEST)
        assert len(server.asked) == 1

    @pytest.mark.parametrize("cut_at", [0, 5])
    def test_an_answer_that_breaks_off_is_asked_for_again(self, open_model, server, cut_at):
        server.script.append(Reply(body=b"x" * 500, cut_at=cut_at))
        assert open_model().edit(REQUEST).attempts == 2

    def test_a_service_that_is_silent_is_unavailable_at_the_deadline(self, open_model, server):
        server.script.append(Reply(delay_s=0.6))
        slow = replace(QUICK, deadline_s=0.3)
        with pytest.raises(ModelUnavailableError, match="in time"):
            open_model(policy=slow).edit(REQUEST)

    @pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b"[]", b'"text"', b"\xff\xfe"])
    def test_an_answer_that_is_no_picture_is_named(self, open_model, server, body):
        server.script.extend([Reply(body=body)] * 9)
        with pytest.raises(ModelAnswerError):
            open_model().edit(REQUEST)

    def test_the_key_is_sent_and_never_shown(self, open_model, server, caplog):
        caplog.set_level(logging.DEBUG)
        model = open_model()
        model.edit(REQUEST)
        assert any(KEY in str(asked.headers) for asked in server.asked)
        told = [repr(model), repr(model.params), repr(model.identity), repr(model.check())]
        for status in (400, 401, 404, 500):
            server.script.extend([Reply(status, ERROR)] * 4)
            told += told_by(model)
            server.script.clear()
        assert KEY not in " ".join(told) + caplog.text

    def test_it_can_be_checked_without_being_called(self, open_model, server):
        model = open_model()
        assert model.check().is_ready
        assert server.posts() == []
        server.close()
        down = model.check()
        assert not down.is_ready
        assert down.told
        assert down.hint

    def test_whatever_repeats_the_key_in_an_answer_it_is_not_shown(self, open_model, server):
        model, answer = open_model(), server.answer
        for which in range(MOST_TEXTS):
            server.answer = lambda asked, which=which: with_key(answer(asked), which)
            assert KEY not in f"{told_by(model)} {model.check()}"


def told_by(model):
    """Return all that is kept of an answer, or that an error tells, with those it came from."""
    try:
        answer = model.edit(REQUEST)
    except IsogenError as error:
        chain = (error, error.__cause__, error.__context__)
        return [f"{e} {e!r} {getattr(e, 'hint', '')}" for e in chain]
    return [repr(replace(answer, picture=b""))]


def with_key(reply, which):
    """Return an answer in JSON with the key behind one of its texts, or as it is."""
    try:
        told = json.loads(reply.body)
    except ValueError:
        return reply
    texts = 0

    def said(value):
        nonlocal texts
        match value:
            case dict():
                return {name: said(inner) for name, inner in value.items()}
            case list():
                return [said(inner) for inner in value]
            case str() | None:
                texts += 1
                return f"{value or ''}{KEY}" if texts - 1 == which else value
        return value

    return replace(reply, body=json.dumps(said(told)).encode())
