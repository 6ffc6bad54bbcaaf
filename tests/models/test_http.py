import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from isogen.errors import InputError, MissingKeyError, ModelAnswerError, ModelUnavailableError
from isogen.models.http import HttpModel
from isogen.models.wire import EditResult, encode_result
from isogen.models.wire_status import Health
from isogen.params.infill import HttpModelParams
from tests.models.contract import KEY, QUICK, REQUEST, Heard, ServiceContract
from tests.support.loopback import Reply
from tests.support.pictures import png_of_seed
from tests.support.wire_server import MODEL, REVISION, WireServer

pytestmark = pytest.mark.enable_socket

ENVIRONMENT = {"A_KEY": f" {KEY}\n", "PROXY_ID": "wk-proxy-id", "PROXY_SECRET": "ws-proxy-secret"}


@pytest.fixture
def server():
    with WireServer() as running:
        yield running


@pytest.fixture
def opened():
    """Models to close in the end."""
    models = []
    yield models
    for model in models:
        model.close()


@pytest.fixture
def open_model(server, opened):
    def open_model(policy=QUICK, environ=ENVIRONMENT, **settings):
        settings = {"url": server.url("/edit_b64"), "key_env": "A_KEY", **settings}
        opened.append(HttpModel("mine", HttpModelParams(**settings), environ, policy=policy))
        return opened[-1]

    return open_model


@pytest.fixture
def last_edit(server):
    def last_edit():
        call = server.calls[-1]
        return Heard(call.image, call.prompt, call.negative_prompt, call.seed)

    return last_edit


class TestJson(ServiceContract):
    pass


class TestMultipart(ServiceContract):
    @pytest.fixture
    def open_model(self, open_model, server):
        def as_form(**settings):
            return open_model(**{"url": server.url("/edit"), "wire": "multipart", **settings})

        return as_form


@pytest.mark.parametrize(("wire", "path"), [("json", "/"), ("multipart", "/edit")])
def test_all_settings_of_a_call_reach_the_server(open_model, server, wire, path):
    model = open_model(
        url=server.url(path), wire=wire, steps=9, true_cfg_scale=1.5, guidance_scale=None
    )
    request = replace(
        REQUEST,
        prompt='a "b"\r\n--c äö',
        window=(-512, 1024),
        references=(png_of_seed(2), png_of_seed(3)),
    )
    answer = model.edit(request)
    (call,) = server.calls
    assert (call.steps, call.true_cfg_scale, call.guidance_scale) == (9, 1.5, None)
    assert (call.window, call.references) == (request.window, request.references)
    assert call.prompt == request.prompt
    assert (answer.model, answer.revision) == (MODEL, REVISION)


def test_a_request_is_known_by_its_key_however_often_it_is_sent(open_model, server):
    server.script.append(Reply(500))
    model = open_model()
    model.edit(REQUEST)
    model.edit(replace(REQUEST, seed=3))
    keys = [asked.key for asked in server.posts()]
    ids = [asked.headers["x-request-id"] for asked in server.posts()]
    assert keys[0] == keys[1] != keys[2]
    assert len(set(ids)) == 3
    assert server.repeated() == {keys[0]: 2}


def test_the_key_is_a_bearer_and_the_proxy_has_its_own_headers(open_model, server):
    server.bearer, server.proxy = KEY, ("wk-proxy-id", "ws-proxy-secret")
    assert open_model(proxy_env=("PROXY_ID", "PROXY_SECRET")).edit(REQUEST).attempts == 1


def test_a_proxy_that_is_not_set_up_sends_nothing_until_the_server_asks(open_model, server):
    model = open_model(key_env=None, proxy_env=("PROXY_ID", "OTHER"))
    model.edit(REQUEST)
    assert not {"modal-key", "modal-secret", "authorization"} & set(server.asked[-1].headers)
    server.proxy = ("wk", "ws")
    with pytest.raises(InputError, match="401") as error:
        model.edit(REQUEST)
    assert "Set OTHER" in error.value.hint


def test_a_missing_key_is_named_before_anything_is_sent(open_model, server):
    model = open_model(environ={})
    with pytest.raises(MissingKeyError, match="mine needs A_KEY") as error:
        model.edit(REQUEST)
    assert "export A_KEY=" in error.value.hint
    assert not model.check().is_ready
    assert "A_KEY" in model.check().told
    assert server.asked == []


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "k\u00e9y", "\x00canary"])
def test_what_cannot_be_a_key_is_refused_unseen(open_model, server, key):
    with pytest.raises(InputError, match="A_KEY holds") as error:
        open_model(environ={"A_KEY": key}).edit(REQUEST)
    assert key not in f"{error.value} {error.value.hint}"
    assert server.asked == []


def test_the_address_may_come_from_the_environment(open_model, server):
    address = {"MINE_URL": server.url("/edit-b64") + "\n", **ENVIRONMENT}
    assert open_model(url=None, url_env="MINE_URL", environ=address).edit(REQUEST).attempts == 1
    assert server.asked[-1].path == "/edit-b64"
    with pytest.raises(MissingKeyError, match="the address in MINE_URL"):
        open_model(url=None, url_env="MINE_URL").edit(REQUEST)
    wrong = {**ENVIRONMENT, "MINE_URL": "https://me:canary@example.com"}
    with pytest.raises(InputError, match="MINE_URL is no address") as error:
        open_model(url=None, url_env="MINE_URL", environ=wrong).edit(REQUEST)
    assert "canary" not in f"{error.value} {error.value.hint}"


def test_what_an_address_asks_for_is_kept_and_not_shown(open_model, server):
    open_model(url=server.url("/edit_b64?token=canary")).edit(REQUEST)
    assert server.asked[-1].query == "token=canary"
    server.script.append(Reply(400, b"no token=canary"))
    with pytest.raises(Exception, match="400") as error:
        open_model(url=server.url("/edit_b64?token=canary")).edit(REQUEST)
    assert "canary" not in str(error.value)


def test_a_slow_answer_is_fetched_from_where_the_server_says(open_model, server):
    painted = png_of_seed(5)
    server.script.append(Reply(303, headers={"Location": "/result?id=1"}))
    server.script.append(Reply(303, headers={"Location": "/result?id=2"}))
    server.script.append(Reply(body=encode_result(EditResult(painted))))
    assert open_model().edit(REQUEST).picture == painted
    assert [a.method for a in server.asked] == ["POST", "GET", "GET"]
    assert [a.query for a in server.asked] == ["", "id=1", "id=2"]
    assert all(KEY in a.headers["authorization"] for a in server.asked)


def test_an_answer_that_was_begun_is_fetched_again_and_not_painted_again(open_model, server):
    server.script.append(Reply(303, headers={"Location": "/result"}))
    server.script.append(Reply(502))
    server.script.append(Reply(cut_at=0))
    server.script.append(Reply(body=encode_result(EditResult(png_of_seed(5)))))
    assert open_model().edit(REQUEST).attempts == 3
    assert [a.method for a in server.asked] == ["POST", "GET", "GET", "GET"]


def test_an_answer_that_the_server_lost_is_painted_again(open_model, server):
    server.script.append(Reply(303, headers={"Location": "/result"}))
    server.script.append(Reply(404))
    assert open_model().edit(REQUEST).attempts == 2
    assert [a.method for a in server.asked] == ["POST", "GET", "POST"]


def test_a_moved_path_of_the_same_server_is_followed_with_the_request(open_model, server):
    server.script.append(Reply(307, headers={"Location": "/edit_b64"}))
    open_model(url=server.url("/old")).edit(REQUEST)
    assert [(a.method, a.path) for a in server.asked] == [("POST", "/old"), ("POST", "/edit_b64")]


def test_no_redirect_leads_to_another_host_without_https(open_model, server):
    with WireServer() as other:
        server.script.append(Reply(303, headers={"Location": other.url("/result")}))
        with pytest.raises(ModelAnswerError, match="not safe"):
            open_model().edit(REQUEST)
        assert other.asked == []


def test_a_request_is_not_carried_to_another_host(open_model, server):
    server.script.append(Reply(308, headers={"Location": "https://example.invalid/edit"}))
    with pytest.raises(InputError, match=r"has moved to example\.invalid"):
        open_model().edit(REQUEST)


def test_a_server_that_paints_with_another_seed_is_no_help(open_model, server):
    server.script.append(Reply(body=encode_result(EditResult(png_of_seed(1), seed=99))))
    with pytest.raises(ModelAnswerError, match="seed 99, not with 11"):
        open_model().edit(REQUEST)


def test_a_page_instead_of_an_answer_asks_whether_the_address_is_right(open_model, server):
    server.script.append(Reply(body=b"<html>hello</html>", type="text/html"))
    with pytest.raises(ModelAnswerError, match="no JSON object") as error:
        open_model().edit(REQUEST)
    assert "an inference server, and the path" in error.value.hint


def test_an_answer_that_is_too_large_is_not_read(open_model, server):
    server.script.append(Reply(body=b"x" * (33 << 20)))
    with pytest.raises(ModelAnswerError, match="more than 32 MiB"):
        open_model().edit(REQUEST)


def test_many_threads_call_at_once(open_model, server):
    gate = threading.Barrier(8, timeout=10)
    server.paint = lambda call: (gate.wait(), png_of_seed(call.seed))[1]
    model = open_model()
    requests = [replace(REQUEST, seed=seed) for seed in range(8)]
    with ThreadPoolExecutor(8) as pool:
        pictures = [answer.picture for answer in pool.map(model.edit, requests)]
    assert pictures == [png_of_seed(seed) for seed in range(8)]


def test_nobody_at_the_address_is_unavailable_with_a_hint(open_model):
    with WireServer() as gone:
        url = gone.url("/edit_b64")
    with pytest.raises(ModelUnavailableError, match="cannot connect to 127") as error:
        open_model(url=url).edit(REQUEST)
    assert "isogen models serve" in error.value.hint


@pytest.mark.parametrize(
    ("health", "is_ready", "told"),
    [
        (Health("ready", "qwen", "r2"), True, "ready with qwen r2"),
        (Health("loading"), False, "is loading"),
        (Health("failed", message="no\nLoRA"), False, "failed: no LoRA"),
    ],
)
def test_a_check_tells_what_the_server_says_of_itself(open_model, server, health, is_ready, told):
    server.health = health
    check = open_model().check()
    assert check.is_ready is is_ready
    assert told in check.told


def test_a_server_of_somebody_else_is_only_asked_whether_it_is_there(open_model, server):
    server.script.extend([Reply(404), Reply(405)])
    assert open_model().check().is_ready
    server.script.extend([Reply(404), Reply(404)])
    assert not open_model().check().is_ready
    server.script.append(Reply(401))
    wrong_key = open_model().check()
    assert not wrong_key.is_ready
    assert "A_KEY" in wrong_key.hint


def test_the_identity_is_of_the_weights_and_not_of_the_machine(open_model):
    here, there = open_model(url="http://a/edit"), open_model(url="http://b/edit")
    assert here.identity != there.identity
    named = [open_model(url=u, revision="r1").identity for u in ("http://a/x", "http://b/x")]
    assert named[0] == named[1]
    assert open_model(steps=3).identity != open_model().identity
