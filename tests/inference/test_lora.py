"""LoRAs go into the model completely, or the server does not start."""

import numpy as np
import pytest
from PIL import Image

from inference.engine import EditJob
from inference.qwen import QwenEditEngine, QwenSettings
from isogen.errors import DataError, InputError

pytest.importorskip("torch", reason="torch is not installed")
pytest.importorskip("diffusers", reason="diffusers is not installed")

import torch
from diffusers import QwenImageEditPipeline
from peft import LoraConfig, get_peft_model_state_dict
from safetensors.torch import load_file, save_file

from tests.support.random_qwen import SIDE_PX, small_pictures, tiny_pipeline

pytestmark = pytest.mark.xdist_group("torch")


@pytest.fixture(scope="module")
def lora(tmp_path_factory):
    """A LoRA for the miniature, as peft writes it."""
    transformer = tiny_pipeline().transformer
    layers = ["to_q", "to_k", "to_v", "to_out.0"]
    torch.manual_seed(3)
    transformer.add_adapter(LoraConfig(r=2, lora_alpha=2, target_modules=layers))
    for name, weight in transformer.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weight)
    folder = tmp_path_factory.mktemp("lora")
    QwenImageEditPipeline.save_lora_weights(folder, get_peft_model_state_dict(transformer))
    return folder / "pytorch_lora_weights.safetensors"


def with_lora(file, **changes):
    settings = QwenSettings("tiny/qwen", "abc", device="cpu", lora=file, **changes)
    return QwenEditEngine(settings, lambda _: tiny_pipeline())


def renamed(file, folder, rename):
    """The LoRA with other names of its layers."""
    path = folder / file.name
    save_file({rename(name): weight for name, weight in load_file(file).items()}, path)
    return path


def painted(engine):
    engine.load()
    with small_pictures():
        job = EditJob(Image.new("RGB", (SIDE_PX, SIDE_PX)), "in pixels", steps=2)
        return np.asarray(engine.edit([job])[0])


def test_a_lora_changes_the_picture_by_its_strength(lora):
    plain = painted(with_lora(None))
    full = painted(with_lora(lora))
    half = painted(with_lora(lora, lora_scale=0.5))
    none = painted(with_lora(lora, lora_scale=0.0))
    assert not np.array_equal(plain, full)
    assert not np.array_equal(half, full)
    assert np.array_equal(plain, none)


def test_the_revision_says_which_lora(lora):
    engine = with_lora(lora, lora_scale=0.5)
    engine.load()
    assert engine.name == "tiny/qwen+pytorch_lora_weights"
    commit, adapter = engine.revision.split("+")
    assert (commit, adapter[12:]) == ("abc", "x0.5")


def test_the_naming_of_other_trainers_is_read(lora, tmp_path):
    other = renamed(
        lora, tmp_path, lambda name: name.replace("transformer.", "diffusion_model.", 1)
    )
    assert np.array_equal(painted(with_lora(other)), painted(with_lora(lora)))


def test_a_lora_whose_names_are_unknown_is_an_error(lora, tmp_path):
    other = renamed(lora, tmp_path, lambda name: f"nobody.{name}")
    with pytest.raises(DataError, match="of which the model took 0"):
        with_lora(other).load()


def test_a_lora_of_which_a_part_is_unknown_is_an_error(lora, tmp_path):
    other = renamed(lora, tmp_path, lambda n: n.replace("transformer_blocks.1", "more_blocks.1"))
    with pytest.raises(DataError, match="16 matrices, of which the model took 8"):
        with_lora(other).load()


def test_a_lora_of_another_size_is_an_error(lora, tmp_path):
    path = tmp_path / lora.name
    save_file({name: torch.ones(2, 2) for name in load_file(lora)}, path)
    with pytest.raises(DataError, match="not one for this model"):
        with_lora(path).load()


def test_a_file_that_is_no_lora_is_an_error(tmp_path):
    path = tmp_path / "weights.safetensors"
    path.write_bytes(b"hello")
    with pytest.raises(DataError, match=r"weights\.safetensors"):
        with_lora(path).load()


def test_a_lora_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(InputError, match="neither a file nor a folder"):
        with_lora(tmp_path / "none").load()


def test_a_folder_with_one_lora_names_it(lora):
    with_lora(lora.parent).load()


def test_a_folder_with_several_needs_a_name(lora, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.safetensors").write_bytes(lora.read_bytes())
    with pytest.raises(InputError, match=r"a\.safetensors, b\.safetensors"):
        with_lora(tmp_path).load()
    with_lora(tmp_path, lora_name="b.safetensors").load()
