import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import orjson
import pytest

from isogen.errors import InputError, MissingKeyError, ModelAnswerError, ModelRefusedError
from isogen.models.calling import Policy
from isogen.models.gemini import GeminiModel
from isogen.models.protocol import EditRequest
from isogen.params.infill import TASK_PROMPT, GeminiModelParams
from tests.support.gemini_server import (
    KEY,
    GeminiServer,
    answered,
    blocked,
    picture_part,
    refused,
    thought_part,
)
from tests.support.pictures import png_of_seed
from tests.support.services import jpeg_of, painted

pytestmark = pytest.mark.enable_socket

ENVIRON = {"GEMINI_API_KEY": KEY}
TEMPLATE = png_of_seed(5, 64)
REFERENCES = (png_of_seed(1), png_of_seed(2), png_of_seed(3))
REQUEST = EditRequest(TEMPLATE, "paint it", None, 7)
QUICK = Policy(attempts=3, deadline_s=5.0, first_wait_s=0.01)


@pytest.fixture(scope="module")
def running():
    with GeminiServer() as server:
        yield server


@pytest.fixture
def server(running):
    running.asked.clear()
    running.paid_script.clear()
    return running


def model_at(server, policy=QUICK, environ=ENVIRON, **settings):
    params = GeminiModelParams(url=server.origin, **settings)
    return closing(GeminiModel("gemini", params, environ, policy=policy))


def edit_at(server, request=REQUEST, **settings):
    with model_at(server, **settings) as model:
        return model.edit(request)


def sent(server):
    return orjson.loads(server.paid[-1].body)


def parts(server):
    return sent(server)["contents"][0]["parts"]


def test_the_answer_is_the_last_picture_that_is_no_thought(server):
    first, last = png_of_seed(8), png_of_seed(9)
    server.paid_script.append(
        answered(
            [
                thought_part(),
                picture_part(first),
                picture_part(last),
                picture_part(first, thought=True),
            ]
        )
    )
    assert edit_at(server).picture == last


def test_the_model_its_version_and_the_price_are_on_record(server):
    answer = edit_at(server, cost_usd=0.134)
    assert (answer.model, answer.revision) == ("gemini-3-pro-image", "gemini-3-pro-image-002")
    assert (answer.attempts, answer.cost_usd) == (1, 0.134)


def test_one_square_picture_of_1024_px_is_asked_for_with_the_seed(server):
    edit_at(server)
    assert sent(server)["generationConfig"] == {
        "candidateCount": 1,
        "seed": 7,
        "responseModalities": ["IMAGE"],
        "imageConfig": {"aspectRatio": "1:1", "imageSize": "1K"},
    }


def test_labels_introduce_the_template_and_the_examples_and_the_task_comes_last(server):
    request = EditRequest(TEMPLATE, "paint it", "people", 7, references=REFERENCES)
    edit_at(server, request, references=2)
    assert [part.get("text") for part in parts(server)] == [
        "The map square to complete:",
        None,
        "Style example 1 of 2, for style only:",
        None,
        "Style example 2 of 2, for style only:",
        None,
        "paint it\n\nThe picture must not show: people",
    ]


def test_without_labels_only_pictures_and_the_task_are_shown(server):
    request = EditRequest(TEMPLATE, "paint it", None, 7, references=REFERENCES)
    edit_at(server, request, references=1, labels=False)
    assert [part.get("text") for part in parts(server)] == [None, None, "paint it"]


def test_the_text_that_only_loras_know_is_told_in_words_for_gemini(server):
    edit_at(server, EditRequest(TEMPLATE, TASK_PROMPT, None, 7))
    told = parts(server)[-1]["text"]
    assert ("red outline" in told, "<isometric nyc pixel art>" in told) == (True, False)


def test_a_seed_too_large_for_gemini_still_decides_the_picture(server):
    answer = edit_at(server, EditRequest(TEMPLATE, "paint it", None, (1 << 31) + 3))
    assert answer.picture == painted(TEMPLATE, 3)


def test_a_model_that_wants_to_talk_is_let_talk():
    with GeminiServer(needs_text=True) as server, model_at(server) as model:
        assert model.edit(REQUEST).picture == painted(TEMPLATE, 7)
        assert model.edit(REQUEST).attempts == 1
        assert sent(server)["generationConfig"]["responseModalities"] == ["TEXT", "IMAGE"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (blocked("PROHIBITED_CONTENT"), "PROHIBITED_CONTENT"),
        (refused("IMAGE_SAFETY"), "IMAGE_SAFETY"),
        (refused("IMAGE_PROHIBITED_CONTENT"), "IMAGE_PROHIBITED_CONTENT"),
        (refused("IMAGE_RECITATION"), "IMAGE_RECITATION"),
        (refused("IMAGE_OTHER"), "IMAGE_OTHER"),
        (answered([{"text": "I only do maps."}], "NO_IMAGE"), "NO_IMAGE: I only do maps."),
        (refused("A_REASON_OF_NEXT_YEAR"), "A_REASON_OF_NEXT_YEAR"),
        (blocked("ANOTHER_NEW_REASON"), "ANOTHER_NEW_REASON"),
    ],
)
def test_a_refusal_is_told_with_its_reason_and_not_asked_again(server, reply, reason):
    server.paid_script.append(reply)
    with pytest.raises(ModelRefusedError, match=reason):
        edit_at(server)
    assert len(server.paid) == 1


def test_words_instead_of_a_picture_are_repeated(server):
    server.paid_script.append(answered([{"text": "Here is a poem."}]))
    with pytest.raises(ModelAnswerError, match="without a picture: Here is a poem"):
        edit_at(server)


def test_a_model_that_is_gone_is_said_to_be_and_how_to_name_another(server):
    with pytest.raises(InputError, match="404: it has no gemini-3-pro-image-preview") as caught:
        edit_at(server, model="gemini-3-pro-image-preview")
    assert "set models.gemini.model" in caught.value.hint


def test_variables_of_google_do_not_lead_elsewhere(server, monkeypatch, caplog):
    monkeypatch.setenv("GEMINI_API_KEY", KEY)
    monkeypatch.setenv("GOOGLE_API_KEY", "another-key")
    monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "true")
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("GOOGLE_GENAI_API_VERSION", "v9")
    edit_at(server)
    assert server.paid[-1].headers["x-goog-api-key"] == KEY
    assert "GOOGLE_API_KEY" not in caplog.text


def test_a_wrong_key_is_said_without_showing_it_or_logging_it(server, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(InputError) as caught:
        edit_at(server, environ={"GEMINI_API_KEY": "wrong-key-123"})
    said = f"{caught.value} {caught.value.hint} {caught.value.__cause__} {caplog.text}"
    assert ("GEMINI_API_KEY" in said, "wrong-key-123" in said) == (True, False)


def test_without_a_key_nothing_is_called_and_the_variable_is_named(server):
    with model_at(server, environ={}) as model:
        with pytest.raises(MissingKeyError, match="GEMINI_API_KEY"):
            model.edit(REQUEST)
        assert not model.check().is_ready
    assert server.asked == []


def test_a_check_asks_for_the_model_and_costs_nothing(server):
    with model_at(server) as model:
        check = model.check()
    assert (check.is_ready, "gemini-3-pro-image, version 3.0" in check.told) == (True, True)
    assert server.paid == []


def test_google_is_given_at_least_ten_seconds_however_short_the_deadline(server):
    edit_at(server, policy=Policy(attempts=1, deadline_s=2.0))
    assert server.paid[-1].headers["x-server-timeout"] == "10"


def test_any_number_of_threads_may_call_one_model(server):
    with model_at(server, concurrency=8) as model, ThreadPoolExecutor(8) as pool:
        requests = [EditRequest(TEMPLATE, "paint it", None, seed) for seed in range(16)]
        pictures = [answer.picture for answer in pool.map(model.edit, requests)]
    assert pictures == [painted(TEMPLATE, seed) for seed in range(16)]


def test_a_picture_of_another_size_and_kind_is_passed_on_as_it_came(server):
    picture = jpeg_of(1184, 864)
    server.paid_script.append(answered([picture_part(picture, mimeType="image/jpeg")]))
    assert edit_at(server).picture == picture
