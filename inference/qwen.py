"""Qwen-Image-Edit on a device of your own."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import numpy as np
from PIL import Image

from inference.engine import EditJob
from inference.lora import fuse_lora, lora_file
from inference.versions import check_versions
from isogen.errors import InputError, ModelAnswerError

Pipeline = Any
"""A QwenImageEditPipeline: diffusers has no types."""

REVISION_DIGITS = 12
FEWEST_STEPS = 2
"""The published schedule stretches its steps to a last value: with one step that is 0 / 0."""

CACHE_THRESHOLD = 0.08


@dataclass(frozen=True)
class QwenSettings:
    """Which weights, where, and how fast."""

    model: str = "Qwen/Qwen-Image-Edit"
    """Name at the hub, or a folder."""

    revision: str | None = None
    lora: Path | None = None
    """A file, or a folder with one."""

    lora_name: str | None = None
    """The LoRA's file in its folder, when there are several."""

    lora_scale: float = 1.0
    device: str = "cuda"
    attention: str | None = None
    """Backend of diffusers (_native_cudnn, _flash_3_hub); None is torch's own choice."""

    compile: bool = False
    """Whether the blocks are compiled: minutes at the first picture, faster ones then."""

    accelerate: Literal["none", "first_block_cache"] = "none"
    """first_block_cache skips work and changes pictures a little; batches of one only."""


class QwenEditEngine:
    """Edits pictures with Qwen-Image-Edit and a LoRA."""

    def __init__(
        self,
        settings: QwenSettings,
        make_pipeline: Callable[[QwenSettings], Pipeline] | None = None,
    ) -> None:
        """Prepare an engine; nothing is read before ``load``.

        Args:
            settings: What to load.
            make_pipeline: Makes the model without its LoRA; None reads it from its hub,
                or from what was read before.
        """
        self._settings = settings
        self._make_pipeline = make_pipeline or read_pipeline
        self._pipeline: Pipeline = None
        self._revision: str | None = None

    @property
    def name(self) -> str:
        """The model, and the LoRA when there is one."""
        lora = self._settings.lora
        return self._settings.model if lora is None else f"{self._settings.model}+{lora.stem}"

    @property
    def revision(self) -> str | None:
        """Which weights; None before they are loaded."""
        return self._revision

    def load(self) -> None:
        """Read the weights and put them on the device; loading twice does nothing.

        Raises:
            InputError: A library, the weights or the device is missing.
            DataError: The LoRA is not one for this model.
        """
        if self._pipeline is not None:
            return
        settings = self._settings
        file = None if settings.lora is None else lora_file(settings.lora, settings.lora_name)
        pipeline = self._make_pipeline(settings)
        correct_positions(pipeline.text_encoder)
        revision = [_revision_of(pipeline, settings)]
        if file is not None:
            digest = fuse_lora(pipeline, file, settings.lora_scale)
            revision.append(f"{digest[:REVISION_DIGITS]}x{settings.lora_scale:g}")
        pipeline.to(settings.device)
        if settings.accelerate != "none":
            revision.append(settings.accelerate)
        _speed_up(pipeline.transformer, settings)
        pipeline.set_progress_bar_config(disable=True)
        self._revision = "+".join(revision)
        self._pipeline = pipeline

    def edit(self, jobs: Sequence[EditJob]) -> list[Image.Image]:
        """Edit pictures of one batch key; each has the size of what was given.

        Raises:
            InputError: There are too few steps.
            ModelAnswerError: What came out has no colors.
        """
        torch: Any = import_module("torch")
        first, count = jobs[0], len(jobs)
        if first.steps < FEWEST_STEPS:
            raise InputError(f"steps must be at least {FEWEST_STEPS}, got {first.steps}")
        is_guided = first.negative_prompt is not None
        with torch.inference_mode():
            made = self._pipeline(
                image=[job.image for job in jobs],
                prompt=[first.prompt] * count,
                negative_prompt=[first.negative_prompt] * count if is_guided else None,
                true_cfg_scale=first.true_cfg_scale if is_guided else 1.0,
                num_inference_steps=first.steps,
                guidance_scale=None,  # for models distilled with guidance, which this is not
                generator=[torch.Generator("cpu").manual_seed(job.seed) for job in jobs],
                output_type="np",
            ).images
        return [_picture(pixels, job.image.size) for pixels, job in zip(made, jobs, strict=True)]


def read_pipeline(settings: QwenSettings) -> Pipeline:
    """Read the model from its hub, or from what was read before.

    Raises:
        InputError: A library, the device or the weights are missing.
    """
    check_versions()
    torch: Any = import_module("torch")
    diffusers: Any = import_module("diffusers")
    is_cpu = settings.device.startswith("cpu")
    if settings.device.startswith("cuda") and not torch.cuda.is_available():
        raise InputError(
            f"the device {settings.device} is not there: torch {torch.__version__} sees no GPU",
            hint="Set device to cpu, or use a machine with a GPU of 80 GB.",
        )
    kind = diffusers.QwenImageEditPipeline
    try:
        is_folder = Path(settings.model).is_dir()
        folder = (
            settings.model
            if is_folder
            else kind.download(settings.model, revision=settings.revision)
        )
        return kind.from_pretrained(folder, dtype=torch.float32 if is_cpu else torch.bfloat16)
    except (OSError, ValueError) as error:
        raise InputError(
            f"the weights of {settings.model} cannot be read: {error}",
            hint="Check the name and the revision, the free disk, and HF_HUB_OFFLINE.",
        ) from error


def correct_positions(text_encoder: Any) -> None:  # noqa: ANN401  no types
    """Tell the text encoder which tokens are of the picture.

    transformers 5 needs that for positions in three dimensions, and diffusers does not pass
    it on (its issue 14194): without it the positions are wrong, and nothing says so.
    """
    if "mm_token_type_ids" in inspect.signature(text_encoder.forward).parameters:
        text_encoder.register_forward_pre_hook(_with_token_types, with_kwargs=True)


def _with_token_types(
    module: Any,  # noqa: ANN401
    args: tuple[Any, ...],
    told: dict[str, Any],
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    if told.get("image_grid_thw") is not None and told.get("mm_token_type_ids") is None:
        told["mm_token_type_ids"] = (told["input_ids"] == module.config.image_token_id).int()
    return args, told


def _speed_up(transformer: Any, settings: QwenSettings) -> None:  # noqa: ANN401
    if settings.attention is not None:
        transformer.set_attention_backend(settings.attention)
    if settings.accelerate == "first_block_cache":
        diffusers: Any = import_module("diffusers")
        transformer.enable_cache(diffusers.FirstBlockCacheConfig(threshold=CACHE_THRESHOLD))
    if settings.compile:
        transformer.compile_repeated_blocks(fullgraph=True)


def _revision_of(pipeline: Pipeline, settings: QwenSettings) -> str:
    """Return the commit of weights from a hub, or else what the settings say."""
    folder = Path(str(getattr(pipeline, "name_or_path", "") or ""))
    commit = folder.name if folder.parent.name == "snapshots" else settings.revision
    return (commit or "unknown")[:REVISION_DIGITS]


def _picture(pixels: Any, size: tuple[int, int]) -> Image.Image:  # noqa: ANN401
    if not np.isfinite(pixels).all():
        raise ModelAnswerError("the model answered with numbers that are no colors")
    made = Image.fromarray((pixels * 255).round().astype(np.uint8))
    return made if made.size == size else made.resize(size, Image.Resampling.LANCZOS)
