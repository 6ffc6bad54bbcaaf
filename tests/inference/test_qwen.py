"""Qwen-Image-Edit in miniature: the real pipeline, on the CPU."""

import numpy as np
import pytest
from PIL import Image

from inference.engine import EditJob
from inference.qwen import QwenEditEngine, QwenSettings, correct_positions
from inference.versions import TESTED, check_versions
from isogen.errors import InputError, ModelAnswerError

pytest.importorskip("torch", reason="torch is not installed")
pytest.importorskip("diffusers", reason="diffusers is not installed")

import torch

from tests.support.random_qwen import SIDE_PX, small_pictures, tiny_pipeline

pytestmark = pytest.mark.xdist_group("torch")

CPU = QwenSettings(model="tiny/qwen", revision="abc", device="cpu")


@pytest.fixture(scope="module")
def pipeline():
    return tiny_pipeline()


@pytest.fixture(scope="module")
def engine(pipeline):
    made = QwenEditEngine(CPU, lambda _: pipeline)
    made.load()
    with small_pictures():
        yield made


def image(seed=0, size=(SIDE_PX, SIDE_PX)):
    pixels = np.random.default_rng(seed).integers(0, 256, (*size[::-1], 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def job(**changes):
    return EditJob(**{"image": image(), "prompt": "in pixels", "steps": 2, "seed": 7, **changes})


def pixels(pictures):
    return np.stack([np.asarray(picture).astype(int) for picture in pictures])


def test_equal_jobs_give_equal_pictures(engine):
    assert np.array_equal(pixels(engine.edit([job()])), pixels(engine.edit([job()])))


@pytest.mark.parametrize(
    "changes",
    [
        {"seed": 8},
        {"image": image(1)},
        {"prompt": "in oil"},
        {"steps": 3},
        {"negative_prompt": " "},
        {"negative_prompt": ""},
    ],
)
def test_whatever_is_asked_changes_the_picture(engine, changes):
    assert not np.array_equal(pixels(engine.edit([job()])), pixels(engine.edit([job(**changes)])))


def test_the_strength_of_guidance_matters_only_with_a_negative_prompt(engine):
    weak, strong = job(true_cfg_scale=2.0), job(true_cfg_scale=9.0)
    assert np.array_equal(pixels(engine.edit([weak])), pixels(engine.edit([strong])))
    weak, strong = (job(true_cfg_scale=s, negative_prompt="") for s in (2.0, 9.0))
    assert not np.array_equal(pixels(engine.edit([weak])), pixels(engine.edit([strong])))


def test_a_call_without_a_negative_prompt_runs_the_model_once_a_step(engine, pipeline):
    passes = []
    hook = pipeline.transformer.register_forward_pre_hook(lambda *_: passes.append(1))
    engine.edit([job(steps=3)])
    unguided = len(passes)
    engine.edit([job(steps=3, negative_prompt="")])
    hook.remove()
    assert (unguided, len(passes) - unguided) == (3, 6)


def test_a_batch_gives_what_its_jobs_give_alone(engine):
    jobs = [job(image=image(seed), seed=seed) for seed in range(3)]
    together = pixels(engine.edit(jobs))
    alone = pixels([picture for one in jobs for picture in engine.edit([one])])
    assert np.abs(together - alone).max() <= 1  # kernels round otherwise for other shapes


def test_a_picture_comes_back_in_its_own_size(engine):
    (made,) = engine.edit([job(image=image(size=(100, 40)))])
    assert made.size == (100, 40)


def test_the_random_numbers_of_others_do_not_matter(engine):
    torch.manual_seed(1)
    first = pixels(engine.edit([job()]))
    torch.manual_seed(2)
    assert np.array_equal(first, pixels(engine.edit([job()])))


def test_one_step_is_too_few(engine):
    with pytest.raises(InputError, match="at least 2"):
        engine.edit([job(steps=1)])


def test_numbers_that_are_no_colors_are_no_picture():
    broken = tiny_pipeline()
    with torch.no_grad():
        broken.transformer.proj_out.weight.fill_(float("nan"))
    engine = QwenEditEngine(CPU, lambda _: broken)
    engine.load()
    with small_pictures(), pytest.raises(ModelAnswerError):
        engine.edit([job()])


def test_loading_twice_loads_once():
    made = []
    engine = QwenEditEngine(CPU, lambda _: made.append(1) or tiny_pipeline())
    engine.load()
    engine.load()
    assert made == [1]
    assert (engine.name, engine.revision) == ("tiny/qwen", "abc")


def encoded(pipeline, **more):
    """What the text encoder makes of a prompt with a picture."""
    text = pipeline.prompt_template_encode.format("in pixels")
    inputs = pipeline.processor(text=[text], images=[image()], padding=True, return_tensors="pt")
    seen = {}
    hook = pipeline.text_encoder.model.register_forward_pre_hook(
        lambda _, __, told: seen.update(told), with_kwargs=True
    )
    with torch.inference_mode():
        made = pipeline.text_encoder(
            input_ids=inputs["input_ids"],
            attention_mask=inputs["attention_mask"],
            pixel_values=inputs["pixel_values"],
            image_grid_thw=inputs["image_grid_thw"],
            output_hidden_states=True,
            **{name: make(inputs["input_ids"]) for name, make in more.items()},
        )
    hook.remove()
    return made.hidden_states[-1], seen


def test_the_tokens_of_a_picture_get_positions_in_three_dimensions():
    bare, told, corrected = tiny_pipeline(), tiny_pipeline(), tiny_pipeline()
    correct_positions(corrected.text_encoder)
    image_id = told.text_encoder.config.image_token_id
    without, _ = encoded(bare)
    right, wanted = encoded(told, mm_token_type_ids=lambda ids: (ids == image_id).int())
    got, seen = encoded(corrected)
    assert torch.equal(seen["mm_token_type_ids"], wanted["mm_token_type_ids"])
    assert seen["mm_token_type_ids"].sum() > 0
    assert torch.equal(got, right)
    assert not torch.equal(without, right)  # when this fails, the correction is no longer needed


@pytest.mark.usefixtures("engine")
def test_the_correction_leaves_alone_what_is_told(pipeline):
    zeros, _ = encoded(pipeline, mm_token_type_ids=torch.zeros_like)
    without, _ = encoded(tiny_pipeline(), mm_token_type_ids=torch.zeros_like)
    assert torch.equal(zeros, without)


def test_what_was_tested_is_installed():
    check_versions()
    assert set(TESTED) == {"accelerate", "diffusers", "peft", "torch", "transformers"}


def test_the_settings_for_speed_keep_the_picture(engine):
    quick = QwenSettings(model="tiny/qwen", device="cpu", attention="native")
    hurried = QwenEditEngine(quick, lambda _: tiny_pipeline())
    hurried.load()
    assert np.array_equal(pixels(hurried.edit([job()])), pixels(engine.edit([job()])))
