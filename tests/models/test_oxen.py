import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import orjson
import pytest

from isogen.errors import (
    InputError,
    MissingKeyError,
    ModelAnswerError,
    ModelRefusedError,
    ModelUnavailableError,
)
from isogen.models.calling import Policy
from isogen.models.oxen import OxenModel
from isogen.models.oxen_wire import data_uri
from isogen.models.protocol import EditRequest
from isogen.params.infill import OxenModelParams
from tests.support.loopback import Loopback, Reply
from tests.support.oxen_server import KEY, MODEL, OxenServer, Ways
from tests.support.pictures import png_of_seed
from tests.support.services import jpeg_of, painted, reply_json

pytestmark = pytest.mark.enable_socket

ENVIRON = {"OXEN_MODEL_API_KEY": KEY}
TEMPLATE = png_of_seed(5, 64)
REQUEST = EditRequest(TEMPLATE, "paint it", None, 7)
QUICK = Policy(attempts=3, deadline_s=5.0, first_wait_s=0.01)
SHAPES = ("images", "string", "url", "image_url", "output")


@pytest.fixture
def server():
    with OxenServer() as running:
        yield running


def model_at(server, policy=QUICK, **settings):
    params = OxenModelParams(url=server.edit_url, **settings)
    return closing(OxenModel("oxen", params, ENVIRON, policy=policy, look_s=0.01))


def edit_at(server, policy=QUICK, **settings):
    with model_at(server, policy, **settings) as model:
        return model.edit(REQUEST)


def sent(server):
    return orjson.loads(server.paid[-1].body)


def cancelled(server):
    return [g.status for g in server.generations.values()]


def test_the_template_goes_inside_the_request_with_what_the_model_needs(server):
    answer = edit_at(server)
    told = sent(server)
    assert answer.picture == painted(TEMPLATE)
    assert told.pop("input_image").startswith("data:image/png;base64,iVBOR")
    assert told == {
        "model": MODEL,
        "prompt": "paint it",
        "aspect_ratio": "1:1",
        "num_inference_steps": 14,
        "response_format": "b64_json",
    }


def test_a_negative_prompt_is_sent_even_when_it_is_empty(server):
    with model_at(server) as model:
        model.edit(EditRequest(TEMPLATE, "paint it", "", 7))
    assert sent(server)["negative_prompt"] == ""


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("answer", ["b64_json", "url"])
def test_every_shape_of_answer_that_oxen_has_had_is_read(shape, answer):
    with OxenServer(Ways(shape=shape)) as server:
        assert edit_at(server, answer=answer).picture == painted(TEMPLATE)


def test_a_picture_of_another_size_and_kind_is_passed_on_as_it_came(server):
    picture = jpeg_of(1184, 864)
    server.paid_script.append(reply_json({"images": [data_uri(picture)]}))
    assert edit_at(server).picture == picture


def test_the_old_path_is_spoken_to_as_well(server):
    old = OxenModelParams(url=f"{server.origin}/api/images/edit")
    with closing(OxenModel("oxen", old, ENVIRON, policy=QUICK)) as model:
        assert model.edit(REQUEST).picture == painted(TEMPLATE)
        assert model.check().is_ready


def test_a_picture_that_is_not_there_yet_is_waited_for_and_paid_once():
    with OxenServer(Ways(not_ready=(403, 404, 503))) as server:
        answer = edit_at(server, answer="url")
        assert (answer.picture, answer.attempts, len(server.paid)) == (painted(TEMPLATE), 1, 1)


def test_the_key_is_not_shown_to_another_host_that_holds_the_picture():
    picture = png_of_seed(3)
    with Loopback(lambda _: Reply(body=picture, type="image/png")) as files:
        with OxenServer(Ways(files=files.origin)) as server:
            assert edit_at(server, answer="url").picture == picture
        assert "authorization" not in files.asked[-1].headers


@pytest.mark.parametrize("address", ["http://pictures.example/1.png", "http://10.0.0.1/1.png"])
def test_an_address_without_encryption_is_not_asked(server, address):
    server.paid_script.append(reply_json({"images": [{"url": address}]}))
    with pytest.raises(ModelAnswerError, match="no public one of HTTPS"):
        edit_at(server, answer="url")


def test_an_uploaded_template_is_asked_for_by_its_address_and_uploaded_once(server):
    with model_at(server, upload="ox/tiles") as model:
        assert model.edit(REQUEST).picture == painted(TEMPLATE)
        model.edit(REQUEST)
    assert sent(server)["input_image"].startswith(
        f"{server.origin}/api/repos/ox/tiles/file/main/isogen/"
    )
    assert [asked.method for asked in server.asked].count("PUT") == 1


def test_a_picture_that_is_gone_is_not_waited_for():
    with OxenServer(Ways(not_ready=(410,))) as server:
        with pytest.raises(ModelAnswerError, match="cannot be had: status 410"):
            edit_at(server, answer="url")
        assert len(server.paid) == 1


def test_an_answer_that_is_somewhere_else_is_fetched_from_there_and_paid_once(server):
    elsewhere = Reply(303, headers={"Location": "/files/answer"})
    server.paid_script.append(elsewhere)
    server.files.held["/files/answer"] = orjson.dumps({"url": server.held(painted(TEMPLATE))})
    assert edit_at(server).picture == painted(TEMPLATE)
    assert len(server.paid) == 1


def test_examples_of_the_style_follow_the_template(server):
    with model_at(server, references=1) as model:
        model.edit(EditRequest(TEMPLATE, "paint it", None, 7, (png_of_seed(1), png_of_seed(2))))
    told = sent(server)["input_image"]
    assert (len(told), told[0] != told[1]) == (2, True)


def test_a_template_that_is_too_large_to_send_should_be_uploaded(server):
    server.paid_script.append(Reply(413))
    with pytest.raises(ModelRefusedError) as caught:
        edit_at(server)
    assert "models.oxen.upload" in caught.value.hint


def test_a_queued_call_tells_its_seed_and_what_it_cost(server):
    answer = edit_at(server, queue=True, cost_usd=0.05)
    assert (answer.picture, answer.cost_usd) == (painted(TEMPLATE, 7), 0.0375)
    told = sent(server)
    assert (told["seed"], told["num_generations"]) == (7, 1)


def test_without_a_queue_the_cost_is_what_the_settings_say(server):
    assert edit_at(server, cost_usd=0.05).cost_usd == 0.05


def test_a_queue_that_does_not_tell_the_cost_leaves_it_to_the_settings():
    with OxenServer(Ways(cost=None)) as server:
        assert edit_at(server, queue=True, cost_usd=0.05).cost_usd == 0.05


def test_looking_at_a_queued_call_may_fail_without_paying_again(server):
    answers = iter([Reply(503), Reply(cut_at=0), Reply(429, headers={"retry-after": "0"})])
    state = server.serve

    def flaky(asked):
        is_look = asked.method == "GET" and "/queue/" in asked.path
        return next(answers, None) or state(asked) if is_look else state(asked)

    server.serve = flaky
    answer = edit_at(server, queue=True)
    assert (answer.picture, len(server.paid)) == (painted(TEMPLATE, 7), 1)


def test_a_state_of_next_year_is_waited_out(server):
    states = iter(["warming_up", "throttled"])
    usual = server.serve

    def odd(asked):
        is_look = asked.method == "GET" and "/queue/" in asked.path
        state = next(states, None) if is_look else None
        return usual(asked) if state is None else reply_json({"status": state})

    server.serve = odd
    assert edit_at(server, queue=True).picture == painted(TEMPLATE, 7)


def test_a_call_that_fails_for_good_in_the_queue_says_why():
    with OxenServer(Ways(fails_with="Insufficient credits")) as server:
        with pytest.raises(ModelRefusedError, match="failed: Insufficient credits"):
            edit_at(server, queue=True)
        assert len(server.paid) == 1


def test_a_call_that_fails_by_chance_in_the_queue_is_put_in_again():
    with OxenServer(Ways(fails_with="worker was lost")) as server:
        with pytest.raises(ModelUnavailableError, match="worker was lost"):
            edit_at(server, queue=True)
        assert len(server.paid) == QUICK.attempts


def test_a_queued_call_is_taken_back_when_the_deadline_passes():
    with OxenServer(Ways(polls=10_000)) as server:
        with pytest.raises(ModelUnavailableError, match=r"not done in time|did not answer in time"):
            edit_at(server, Policy(attempts=3, deadline_s=0.3), queue=True)
        assert cancelled(server) == ["cancelled"]


def test_queued_calls_are_taken_back_when_the_model_is_closed():
    with OxenServer(Ways(polls=10_000)) as server, ThreadPoolExecutor(3) as pool:
        with model_at(server, queue=True) as model:
            waiting = [pool.submit(model.edit, REQUEST) for _ in range(3)]
            until(lambda: cancelled(server).count("processing") == 3)
        failures = [str(future.exception()) for future in waiting]
        assert ("interrupted" in failures[0], cancelled(server)) == (True, ["cancelled"] * 3)


def test_any_number_of_threads_may_call_one_model(server):
    with model_at(server) as model, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(model.edit, [REQUEST] * 16))
    assert {answer.picture for answer in answers} == {painted(TEMPLATE)}


def test_a_model_can_be_called_again_after_it_was_closed(server):
    model = OxenModel("oxen", OxenModelParams(url=server.edit_url), ENVIRON, policy=QUICK)
    model.edit(REQUEST)
    model.close()
    model.close()
    with closing(model):
        assert model.edit(REQUEST).picture == painted(TEMPLATE)


def test_a_check_names_the_model_and_its_price_and_costs_nothing(server):
    with model_at(server) as model:
        check = model.check()
    assert (check.is_ready, server.paid) == (True, [])
    assert check.told == f"Oxen has {MODEL}: Dark Copper Flea, active, $0.0019 a second"


def test_a_check_says_that_a_model_sleeps():
    with OxenServer(Ways(deployment="inactive")) as server, model_at(server) as model:
        check = model.check()
    assert (check.is_ready, "Activate" in check.hint) == (False, True)


def test_a_check_says_that_a_model_is_not_there(server):
    with model_at(server, model="gone-with-wind") as model:
        check = model.check()
    assert (check.is_ready, "Model not found: gone-with-wind" in check.told) == (False, True)


def test_without_a_key_nothing_is_called_and_the_variable_is_named(server):
    with closing(OxenModel("oxen", OxenModelParams(url=server.edit_url), {})) as model:
        with pytest.raises(MissingKeyError, match="OXEN_MODEL_API_KEY"):
            model.edit(REQUEST)
        assert not model.check().is_ready
    assert server.asked == []


def test_a_wrong_key_is_said_without_showing_it(server):
    wrong = {"OXEN_MODEL_API_KEY": "wrong-key-123"}
    params = OxenModelParams(url=server.edit_url)
    with (
        closing(OxenModel("oxen", params, wrong, policy=QUICK)) as model,
        pytest.raises(InputError) as caught,
    ):
        model.edit(REQUEST)
    assert "wrong-key-123" not in f"{caught.value} {caught.value.hint} {caught.value.__cause__}"


def test_the_key_and_the_way_there_do_not_change_what_a_call_is(server):
    one = OxenModel("a", OxenModelParams(url=server.edit_url, queue=True), ENVIRON)
    two = OxenModel("b", OxenModelParams(upload="ox/tiles"), {})
    assert one.identity == two.identity


def until(is_so):
    end = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < end
        threading.Event().wait(0.01)
