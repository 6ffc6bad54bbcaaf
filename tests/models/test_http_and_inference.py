"""The client of isogen and the inference server of isogen, through a real uvicorn."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from PIL import Image

from inference.app import create_app
from inference.settings import Settings
from isogen.errors import InputError, ModelRefusedError
from isogen.models.http import HttpModel
from isogen.params.infill import HttpModelParams
from tests.models.contract import KEY, QUICK, REQUEST
from tests.support.asgi import running
from tests.support.cheap_engine import CheapEngine

pytestmark = pytest.mark.enable_socket

WAYS = {"json": "/edit_b64", "multipart": "/edit"}


@contextmanager
def model_at(url, wire, *, key_env="A_KEY", policy=QUICK):
    params = HttpModelParams(url=url + WAYS[wire], wire=wire, key_env=key_env)
    with closing(HttpModel("mine", params, {"A_KEY": KEY}, policy=policy)) as model:
        yield model


@pytest.mark.parametrize("wire", WAYS)
def test_a_picture_is_painted_once_however_often_it_is_asked_for(wire):
    engine = CheapEngine()
    with running(create_app(engine, Settings(api_key=KEY))) as url, model_at(url, wire) as model:
        first, again = model.edit(REQUEST), model.edit(REQUEST)
        other = model.edit(replace(REQUEST, seed=12))
    assert Image.open(io.BytesIO(first.picture)).size == (64, 64)
    assert (first.model, first.revision, first.attempts) == ("cheap", "1", 1)
    assert first.picture == again.picture != other.picture
    assert sorted(engine.seeds) == [11, 12]


def test_a_queue_that_is_full_is_waited_for():
    engine = CheapEngine()
    settings = Settings(max_queue=1)
    patient = replace(QUICK, attempts=50, deadline_s=20)
    with running(create_app(engine, settings)) as url, model_at(url, "json", policy=patient) as m:
        engine.gate.clear()
        with ThreadPoolExecutor(6) as pool:
            answers = [pool.submit(m.edit, replace(REQUEST, seed=seed)) for seed in range(6)]
            assert engine.working.wait(10)
            threading.Timer(0.2, engine.gate.set).start()
            made = [answer.result(20) for answer in answers]
    assert len({answer.picture for answer in made}) == 6
    assert sorted(engine.seeds) == list(range(6))


@pytest.mark.parametrize("wire", WAYS)
def test_refusals_and_wrong_keys_are_told_apart(wire):
    with running(create_app(CheapEngine(), Settings(api_key=KEY))) as url:
        with model_at(url, wire) as model, pytest.raises(ModelRefusedError, match="not wanted"):
            model.edit(replace(REQUEST, prompt="refuse"))
        with model_at(url, wire, key_env=None) as model:
            with pytest.raises(InputError, match="401") as error:
                model.edit(REQUEST)
            assert "key_env" in error.value.hint


def test_a_check_hears_whether_the_engine_is_loaded():
    with running(create_app(CheapEngine())) as url, model_at(url, "json") as model:
        model.edit(REQUEST)
        assert model.check().told.endswith("is ready with cheap 1")
