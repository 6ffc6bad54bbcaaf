"""isogen's own client, a real server and the real pipeline in miniature."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from inference.app import create_app
from inference.engine import EditJob
from inference.qwen import QwenEditEngine, QwenSettings
from inference.settings import Settings
from isogen.errors import InputError, ModelRefusedError
from isogen.models.http import HttpModel
from isogen.models.protocol import EditRequest
from isogen.params.infill import HttpModelParams
from tests.inference.conftest import Lines, picture
from tests.support.asgi import running

pytest.importorskip("torch", reason="torch is not installed")
pytest.importorskip("diffusers", reason="diffusers is not installed")

from tests.support.random_qwen import SIDE_PX, small_pictures, tiny_pipeline

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("torch")]

REQUEST = EditRequest(picture(SIDE_PX), "in pixels", None, seed=5)


@pytest.fixture(scope="module")
def lines():
    return Lines()


@pytest.fixture(scope="module")
def engine():
    made = QwenEditEngine(QwenSettings("tiny/qwen", "abc", device="cpu"), lambda _: tiny_pipeline())
    with small_pictures():
        yield made


@pytest.fixture(scope="module")
def url(engine, lines):
    settings = Settings(api_key="s3cret", max_batch=3, batch_wait_s=0.3)
    with running(create_app(engine, settings, log=lines)) as url:
        yield url


@pytest.fixture
def open_model(url):
    opened = []

    def made(key="s3cret", path="edit_b64", **settings):
        params = HttpModelParams(url=f"{url}/{path}", key_env="KEY", steps=2, **settings)
        opened.append(HttpModel("own", params, {"KEY": key}))
        return opened[-1]

    yield made
    for model in opened:
        model.close()


def pixels(data):
    return np.asarray(Image.open(io.BytesIO(data))).astype(int)


@pytest.mark.parametrize(("wire", "path"), [("json", "edit_b64"), ("multipart", "edit")])
def test_the_picture_is_that_of_the_engine(open_model, engine, wire, path):
    answer = open_model(wire=wire, path=path).edit(REQUEST)
    job = EditJob(
        Image.open(io.BytesIO(REQUEST.template_png)), REQUEST.prompt, steps=2, seed=REQUEST.seed
    )
    assert np.array_equal(pixels(answer.picture), np.asarray(engine.edit([job])[0]))
    assert (answer.model, answer.revision) == ("tiny/qwen", "abc")


def test_calls_at_once_ride_together_and_get_their_own_pictures(open_model, at_once, lines):
    model = open_model()
    requests = [replace(REQUEST, seed=seed) for seed in (101, 102, 103)]
    together = [pixels(a.result().picture) for a in [at_once(model.edit, r) for r in requests]]
    assert max(made["batch"] for made in lines.of("made")) > 1
    again = [pixels(model.edit(request).picture) for request in requests]
    assert np.array_equal(np.stack(together), np.stack(again))  # remembered
    assert len({made["key"] for made in lines.of("made")}) == len(lines.of("made"))


def test_the_server_can_be_checked(open_model):
    model = open_model()
    model.edit(REQUEST)  # waits until the server has loaded
    check = model.check()
    assert check.is_ready
    assert "tiny/qwen abc" in check.told


def test_a_wrong_key_is_told(open_model):
    with pytest.raises(InputError):
        open_model(key="other").edit(REQUEST)


def test_a_call_that_it_will_never_answer_is_refused(open_model):
    with pytest.raises(ModelRefusedError):
        open_model().edit(replace(REQUEST, references=(picture(),)))
