"""The model in this process, with a cheap engine and with the miniature of the real one."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from isogen.errors import InputError, ModelRefusedError, ModelUnavailableError
from isogen.models.diffusers import DiffusersModel, qwen_engine
from isogen.models.protocol import EditRequest
from isogen.params.infill import DiffusersModelParams
from tests.models.contract import Heard, InfillModelContract
from tests.support.cheap_engine import CheapEngine
from tests.support.pictures import png_of, png_of_seed

REQUEST = EditRequest(png_of_seed(1, 64), "in pixels", None, seed=11, window=(512, -512))


class Remembering(CheapEngine):
    """Keeps what it was asked."""

    def edit(self, jobs):
        self.jobs = jobs
        return super().edit(jobs)


@pytest.fixture
def engine():
    return Remembering()


@pytest.fixture
def open_model(engine):
    def made(**settings):
        return DiffusersModel(
            "own", DiffusersModelParams(**settings), {}, make_engine=lambda _: engine
        )

    return made


@pytest.fixture
def last_edit(engine):
    def last_edit():
        (job,) = engine.jobs
        return Heard(png_of(job.image), job.prompt, job.negative_prompt, job.seed)

    return last_edit


class TestContract(InfillModelContract):
    pass


def test_it_says_what_edited(open_model):
    answer = open_model().edit(REQUEST)
    assert (answer.model, answer.revision) == ("cheap", "1")


def test_the_request_and_the_settings_reach_the_engine(open_model, engine):
    open_model(steps=9, true_cfg_scale=4.0).edit(replace(REQUEST, negative_prompt=""))
    (job,) = engine.jobs
    assert (job.prompt, job.negative_prompt, job.seed) == ("in pixels", "", 11)
    assert (job.steps, job.true_cfg_scale, job.window) == (9, 4.0, (512, -512))
    template = Image.open(io.BytesIO(REQUEST.template_png))
    assert np.array_equal(np.asarray(job.image), np.asarray(template))


def test_the_weights_are_read_once_and_not_before_they_are_needed():
    made = []
    model = DiffusersModel(
        "own", DiffusersModelParams(), {}, make_engine=lambda _: made.append(1) or CheapEngine()
    )
    assert made == []
    model.edit(REQUEST)
    model.edit(REQUEST)
    assert made == [1]
    model.close()
    model.close()
    model.edit(REQUEST)
    assert made == [1, 1]


def test_a_model_that_did_not_load_is_told_every_time():
    def fail(_):
        raise InputError("torch is not installed")

    model = DiffusersModel("own", DiffusersModelParams(), {}, make_engine=fail)
    for _ in range(2):
        with pytest.raises(InputError, match="not installed"):
            model.edit(REQUEST)


def test_a_device_that_fails_may_be_tried_again(open_model, engine):
    def edit(_):
        raise RuntimeError("CUDA out of memory. Tried to allocate\nmore lines")

    engine.edit = edit
    with pytest.raises(ModelUnavailableError, match="own failed on cuda: CUDA out of memory") as e:
        open_model().edit(REQUEST)
    assert "80 GB" in e.value.hint


def test_pictures_of_reference_are_refused(open_model):
    with pytest.raises(ModelRefusedError, match="no pictures of reference"):
        open_model().edit(replace(REQUEST, references=(png_of_seed(2),)))


def test_a_template_that_is_no_picture_is_refused(open_model):
    with pytest.raises(ModelRefusedError, match="no PNG"):
        open_model().edit(replace(REQUEST, template_png=b"hello"))


def test_its_identity_is_that_of_the_weights_and_not_of_the_machine(open_model):
    assert open_model().identity == open_model(device="cpu").identity
    assert open_model().identity != open_model(steps=9).identity


def test_a_lora_is_known_by_its_bytes_wherever_it_lies(open_model, tmp_path):
    for name, data in (("a", b"1"), ("b", b"1"), ("c", b"2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "lora.safetensors").write_bytes(data)
    first, same, other = (open_model(lora=str(tmp_path / name)).identity for name in "abc")
    assert first == same
    assert first != other
    assert open_model(lora="/nowhere/x").identity != open_model(lora="/nowhere/y").identity


def test_a_missing_gpu_is_found_without_reading_weights(open_model):
    torch = pytest.importorskip("torch", reason="torch is not installed")
    pytest.importorskip("diffusers", reason="diffusers is not installed")
    if torch.cuda.is_available():
        pytest.skip("there is a GPU")
    check = open_model().check()
    assert not check.is_ready
    assert "no GPU" in check.told
    assert "models.own.device" in check.hint
    assert open_model(device="cpu").check().is_ready


def test_a_missing_lora_is_found_without_reading_weights(open_model, tmp_path):
    pytest.importorskip("diffusers", reason="diffusers is not installed")
    check = open_model(device="cpu", lora=str(tmp_path / "none")).check()
    assert not check.is_ready
    assert "neither a file nor a folder" in check.told


def test_weights_that_are_not_there_are_an_error(tmp_path):
    pytest.importorskip("diffusers", reason="diffusers is not installed")
    (tmp_path / "empty").mkdir()
    params = DiffusersModelParams(model=str(tmp_path / "empty"), device="cpu")
    with pytest.raises(InputError, match=r"the weights of .* cannot be read"):
        qwen_engine(params).load()


@pytest.mark.xdist_group("torch")
def test_the_real_pipeline_answers_in_miniature():
    pytest.importorskip("torch", reason="torch is not installed")
    pytest.importorskip("diffusers", reason="diffusers is not installed")
    from inference.qwen import QwenEditEngine, QwenSettings  # noqa: PLC0415
    from tests.support.random_qwen import small_pictures, tiny_pipeline  # noqa: PLC0415

    model = DiffusersModel(
        "own",
        DiffusersModelParams(steps=2),
        {},
        make_engine=lambda _: QwenEditEngine(QwenSettings(device="cpu"), lambda _: tiny_pipeline()),
    )
    with small_pictures():
        first = model.edit(REQUEST)
        assert model.edit(REQUEST).picture == first.picture
        assert model.edit(replace(REQUEST, seed=12)).picture != first.picture
