"""What callers of the server see."""

import io

import httpx
import numpy as np
import pybase64
import pytest
from PIL import Image

from inference.app import create_app
from inference.settings import Settings
from isogen.errors import InputError
from isogen.models.wire import decode_headers
from isogen.models.wire_status import decode_health, error_message
from tests.inference.conftest import body, picture, pixels_of
from tests.support.asgi import running
from tests.support.cheap_engine import CheapEngine

pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def client():
    settings = Settings(most_steps=20, most_body_bytes=1 << 20, most_pixels=64 * 64)
    with running(create_app(CheapEngine(), settings)) as url, httpx.Client(base_url=url) as client:
        yield client


def kind_of(answer):
    return answer.json()["error"]["type"]


def test_a_call_is_answered_with_a_picture_and_all_that_is_known(client):
    answer = client.post("/edit_b64", content=body(), headers={"idempotency-key": "k1"})
    assert answer.status_code == 200
    told = answer.json()
    assert set(told) == {"image_b64", "seed", "model", "revision", "request_key", "seconds"}
    assert (told["seed"], told["model"], told["revision"]) == (7, "cheap", "1")
    assert told["request_key"] == "k1"
    assert pixels_of(answer).shape == (32, 32, 3)


@pytest.mark.parametrize("path", ["/edit_b64", "/edit-b64", "/"])
def test_every_path_of_older_clients_answers_alike(client, path):
    first = client.post("/edit_b64", content=body())
    assert client.post(path, content=body()).json()["image_b64"] == first.json()["image_b64"]


def test_a_form_with_a_file_is_answered_with_the_picture_itself(client):
    fields = {"prompt": "in pixels", "steps": "2", "seed": "7"}
    answer = client.post("/edit", data=fields, files={"image": ("t.png", picture(), "image/png")})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    told = decode_headers(answer.headers, answer.content)
    assert (told.seed, told.model, told.revision) == (7, "cheap", "1")
    same = client.post("/edit_b64", content=body())
    assert pybase64.b64encode_as_string(answer.content) == same.json()["image_b64"]


def test_the_file_of_older_forms_has_another_name(client):
    answer = client.post("/edit", data={"prompt": "p"}, files={"file": picture()})
    assert answer.status_code == 200


def test_a_call_without_a_seed_gets_one_and_is_told(client):
    seeds = {client.post("/", content=body(seed=None)).json()["seed"] for _ in range(3)}
    assert len(seeds) == 3


def test_transparent_pixels_lie_over_white(client):
    image = Image.new("RGBA", (32, 32), (10, 20, 30, 0))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    answer = client.post("/", content=body(stream.getvalue(), seed=0))
    assert np.all(pixels_of(answer) == 0)  # the engine turned white around


@pytest.mark.parametrize(
    ("changes", "status", "kind"),
    [
        ({"image_b64": "???"}, 422, "invalid_request"),
        ({"image_b64": pybase64.b64encode_as_string(b"hello")}, 400, "bad_image"),
        ({"image_b64": pybase64.b64encode_as_string(picture()[:200])}, 400, "bad_image"),
        ({"image_b64": pybase64.b64encode_as_string(picture(8))}, 400, "bad_image_size"),
        ({"image_b64": pybase64.b64encode_as_string(picture(65))}, 413, "bad_image_size"),
        ({"steps": 0}, 422, "invalid_request"),
        ({"steps": 21}, 422, "invalid_request"),
        ({"prompt": ""}, 422, "invalid_request"),
        ({"prompt": "x" * 4001}, 422, "invalid_request"),
        ({"seed": -1}, 422, "invalid_request"),
        ({"true_cfg_scale": 99}, 422, "invalid_request"),
        ({"references_b64": [pybase64.b64encode_as_string(picture())]}, 422, "invalid_request"),
        ({"prompt": "refuse"}, 422, "refused"),
        ({"prompt": "break"}, 500, "inference_failed"),
    ],
)
def test_a_call_that_cannot_be_answered_is_told_why(client, changes, status, kind):
    answer = client.post("/", content=body(**changes))
    assert (answer.status_code, kind_of(answer)) == (status, kind)
    assert error_message(answer.content)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_pictures_in_other_formats_are_read(client, kind):
    assert client.post("/", content=body(picture(kind=kind))).status_code == 200


def test_what_is_no_json_is_told_so(client):
    answer = client.post("/", content=b"{")
    assert (answer.status_code, kind_of(answer)) == (422, "invalid_request")


@pytest.mark.parametrize(
    ("fields", "files"),
    [
        ({"prompt": "p"}, {}),
        ({"steps": "3"}, {"image": picture()}),
        ({"prompt": "p", "steps": "many"}, {"image": picture()}),
    ],
)
def test_a_form_that_lacks_something_is_told_so(client, fields, files):
    answer = client.post("/edit", data=fields, files=files)
    assert (answer.status_code, kind_of(answer)) == (422, "invalid_request")


def test_a_form_with_too_many_fields_is_refused(client):
    fields = {f"f{i}": "1" for i in range(30)}
    answer = client.post("/edit", data=fields, files={"image": picture()})
    assert (answer.status_code, kind_of(answer)) == (400, "invalid_request")


def test_a_body_that_says_it_is_too_large_is_refused(client):
    answer = client.post("/", content=b"x" * (1 << 20) + b"x")
    assert (answer.status_code, kind_of(answer)) == (413, "too_large")


def test_a_body_that_does_not_say_how_large_it_is_is_counted(client):
    chunks = (b"x" * 65536 for _ in range(17))
    answer = client.post("/", content=chunks)
    assert (answer.status_code, kind_of(answer)) == (413, "too_large")


def test_a_form_that_is_too_large_is_refused(client):
    answer = client.post("/edit", data={"prompt": "p"}, files={"image": b"x" * (1 << 20)})
    assert (answer.status_code, kind_of(answer)) == (413, "too_large")


def test_paths_that_are_not_there_are_told_in_json(client):
    answer = client.get("/docs")
    assert (answer.status_code, kind_of(answer)) == (404, "not_found")


def test_the_health_is_free_and_says_what_runs(serve, until):
    stranger = serve(api_key="s3cret")
    until(lambda: stranger.get("/health").json()["status"] == "ready")
    health = decode_health(stranger.get("/health").content)
    assert (health.model, health.revision) == ("cheap", "1")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"authorization": "Bearer other"}, 401),
        ({"x-api-key": "\xe4"}, 401),
        ({"authorization": "s3cret"}, 401),
        ({"authorization": "Basic s3cret"}, 401),
        ({"authorization": "Bearer s3cret"}, 200),
        ({"authorization": "bearer  s3cret"}, 200),
        ({"x-api-key": "s3cret"}, 200),
    ],
)
def test_a_server_with_a_key_lets_in_who_has_it(serve, headers, status):
    client = serve(api_key="s3cret")
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    assert client.post("/", content=body(), headers=sent).status_code == status
    assert client.get("/info", headers=sent).status_code == status


def test_a_server_without_a_key_refuses_the_pages_of_browsers(client):
    answer = client.post("/", content=body(), headers={"origin": "https://elsewhere.example"})
    assert (answer.status_code, kind_of(answer)) == (403, "forbidden")


def test_a_name_of_the_request_comes_back(client):
    answer = client.post("/", content=body(), headers={"x-request-id": "run-7.1"})
    assert answer.headers["x-request-id"] == "run-7.1"


@pytest.mark.parametrize("told", ["", "a b", "x" * 200, '"}'])
def test_a_name_that_could_do_harm_is_replaced(client, told):
    answer = client.post("/", content=body(), headers={"x-request-id": told})
    assert answer.headers["x-request-id"] not in {"", told}


def test_a_model_that_does_not_load_is_told_to_every_caller(serve, engine, until):
    def load():
        raise InputError("the weights are missing")

    engine.load = load
    client = serve()
    until(lambda: client.get("/health").json()["status"] == "failed")
    answer = client.post("/", content=body())
    assert (answer.status_code, kind_of(answer)) == (500, "model_failed")
    assert "the weights are missing" in answer.text


def test_calls_that_come_while_the_model_loads_are_asked_to_come_back(serve, engine, until):
    engine.gate.clear()
    engine.load = engine.gate.wait
    client = serve()
    answer = client.post("/", content=body())
    assert (answer.status_code, kind_of(answer)) == (503, "loading")
    assert int(answer.headers["retry-after"]) > 0
    engine.gate.set()
    until(lambda: client.get("/health").json()["status"] == "ready")
    assert client.post("/", content=body()).status_code == 200
