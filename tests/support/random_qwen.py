"""Qwen-Image-Edit with random weights: the real classes of any size, made in code, offline.

Classes as in the published model: Qwen2Tokenizer, Qwen2VLProcessor,
Qwen2_5_VLForConditionalGeneration, QwenImageTransformer2DModel, AutoencoderKLQwenImage,
FlowMatchEulerDiscreteScheduler.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from diffusers import (
    AutoencoderKLQwenImage,
    FlowMatchEulerDiscreteScheduler,
    QwenImageEditPipeline,
    QwenImageTransformer2DModel,
)
from diffusers.pipelines.qwenimage import pipeline_qwenimage_edit
from tokenizers import pre_tokenizers
from transformers import (
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2Tokenizer,
    Qwen2VLProcessor,
)
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil
from transformers.processing_utils import ProcessorMixin

from inference.qwen import QwenEditEngine, QwenSettings

SIDE_PX = 64
"""Of the pictures that it works on; the published model works on 1024 px."""

SPECIAL_TOKENS = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
    "<|video_pad|>",
)


@dataclass(frozen=True)
class Sizes:
    """How large the parts of a model are."""

    transformer: dict[str, Any]
    vae: dict[str, Any]
    text: dict[str, Any]
    vision: dict[str, Any]


TINY = Sizes(
    transformer={
        "in_channels": 16,
        "out_channels": 4,
        "num_layers": 2,
        "attention_head_dim": 16,
        "num_attention_heads": 2,
        "joint_attention_dim": 16,
        "axes_dims_rope": (8, 4, 4),
    },
    vae={
        "base_dim": 8,
        "z_dim": 4,
        "dim_mult": [1, 1, 1, 1],
        "num_res_blocks": 1,
        "latents_mean": [0.0] * 4,
        "latents_std": [1.0] * 4,
    },
    text={
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "max_position_embeddings": 8192,
        "rope_parameters": {
            "rope_type": "default",
            "rope_theta": 1e6,
            "mrope_section": [1, 1, 2],
        },
    },
    vision={
        "depth": 2,
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_heads": 2,
        "out_hidden_size": 16,
        "fullatt_block_indexes": [1],
    },
)


FULL = Sizes(
    transformer={
        "in_channels": 64,
        "out_channels": 16,
        "num_layers": 60,
        "attention_head_dim": 128,
        "num_attention_heads": 24,
        "joint_attention_dim": 3584,
        "axes_dims_rope": (16, 56, 56),
    },
    vae={},  # the defaults are those of the published model
    text={
        "vocab_size": 152064,
        "hidden_size": 3584,
        "intermediate_size": 18944,
        "num_hidden_layers": 28,
        "num_attention_heads": 28,
        "num_key_value_heads": 4,
        "max_position_embeddings": 128000,
        "rms_norm_eps": 1e-6,
        "rope_parameters": {
            "rope_type": "default",
            "rope_theta": 1e6,
            "mrope_section": [16, 24, 24],
        },
    },
    vision={
        "depth": 32,
        "hidden_size": 1280,
        "intermediate_size": 3420,
        "num_heads": 16,
        "out_hidden_size": 3584,
        "fullatt_block_indexes": [7, 15, 23, 31],
    },
)


class PictureProcessor(Qwen2VLProcessor):
    """The processor without its half for films, which needs torchvision."""

    @classmethod
    def get_attributes(cls):
        return ["image_processor", "tokenizer"]

    def __init__(self, image_processor=None, tokenizer=None, chat_template=None):
        self.image_token, self.video_token = "<|image_pad|>", "<|video_pad|>"
        self.image_token_id = tokenizer.convert_tokens_to_ids(self.image_token)
        self.video_token_id = tokenizer.convert_tokens_to_ids(self.video_token)
        ProcessorMixin.__init__(self, image_processor, tokenizer, chat_template=chat_template)


def random_pipeline(sizes: Sizes, seed: int = 0) -> QwenImageEditPipeline:
    """Make a model on torch's default device, in its default type; equal seeds, equal weights."""
    torch.manual_seed(seed)
    tokenizer = _tokenizer()
    return QwenImageEditPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(
            base_image_seq_len=256,
            base_shift=0.5,
            max_image_seq_len=8192,
            max_shift=0.9,
            shift_terminal=0.02,
            use_dynamic_shifting=True,
            time_shift_type="exponential",
        ),
        vae=AutoencoderKLQwenImage(**sizes.vae).eval(),
        text_encoder=_text_encoder(sizes, tokenizer).eval(),
        tokenizer=tokenizer,
        processor=PictureProcessor(Qwen2VLImageProcessorPil(), tokenizer, "{{ messages }}"),
        transformer=QwenImageTransformer2DModel(**sizes.transformer).eval(),
    )


def tiny_pipeline() -> QwenImageEditPipeline:
    """Make a model small enough for any machine."""
    torch.set_num_threads(1)  # threads wait for each other longer than so little work takes
    return random_pipeline(TINY)


@contextmanager
def small_pictures(side_px: int = SIDE_PX) -> Iterator[None]:
    """Let the pipeline work on small pictures; it has no setting for that."""
    published = pipeline_qwenimage_edit.calculate_dimensions
    pipeline_qwenimage_edit.calculate_dimensions = lambda _, ratio: published(side_px**2, ratio)
    try:
        yield
    finally:
        pipeline_qwenimage_edit.calculate_dimensions = published


def tiny_engine() -> QwenEditEngine:
    """Make an engine of the miniature for a process of its own."""
    small_pictures().__enter__()
    return QwenEditEngine(QwenSettings("tiny/qwen", device="cpu"), lambda _: tiny_pipeline())


def _tokenizer() -> Qwen2Tokenizer:
    """Bytes as tokens, and the special ones."""
    symbols = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: i for i, token in enumerate((*symbols, *SPECIAL_TOKENS))}
    return Qwen2Tokenizer(
        vocab=vocabulary, merges=[], additional_special_tokens=list(SPECIAL_TOKENS[1:])
    )


def _text_encoder(sizes: Sizes, tokenizer: Qwen2Tokenizer) -> Qwen2_5_VLForConditionalGeneration:
    ids = {token: tokenizer.convert_tokens_to_ids(token) for token in SPECIAL_TOKENS}
    known = {
        "vocab_size": len(tokenizer),
        "bos_token_id": None,
        "eos_token_id": ids["<|im_end|>"],
        "pad_token_id": ids["<|endoftext|>"],
    }
    config = Qwen2_5_VLConfig(
        text_config={**known, **sizes.text},
        vision_config=sizes.vision,
        image_token_id=ids["<|image_pad|>"],
        video_token_id=ids["<|video_pad|>"],
        vision_start_token_id=ids["<|vision_start|>"],
        vision_end_token_id=ids["<|vision_end|>"],
    )
    return Qwen2_5_VLForConditionalGeneration(config)
