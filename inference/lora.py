"""LoRAs, put into a model completely or not at all."""

import hashlib
from pathlib import Path
from typing import Any

from isogen.errors import DataError, InputError

ADAPTER = "isogen"
USUAL_NAME = "pytorch_lora_weights.safetensors"
SUFFIX = ".safetensors"
PAIR = ("lora_A", "lora_B")
"""The two matrices that a LoRA adds to a layer."""


def lora_file(place: Path, name: str | None = None) -> Path:
    """Return the file of a LoRA.

    Args:
        place: The file, or a folder with it.
        name: The file's name in the folder; None when there is only one.

    Raises:
        InputError: There is none, or there are several to choose from.
    """
    if place.is_file():
        return place
    if not place.is_dir():
        raise InputError(f"the LoRA {place} is neither a file nor a folder")
    if name is not None:
        found = [place / name] if (place / name).is_file() else []
    else:
        found = sorted(place.glob(f"*{SUFFIX}"))
        found = [path for path in found if path.name == USUAL_NAME] or found
    if len(found) == 1:
        return found[0]
    names = ", ".join(path.name for path in found) or "none"
    raise InputError(
        f"the LoRA {place} must hold one {name or SUFFIX} file, found {names}",
        hint="Name the file: LORA_WEIGHT_NAME, or the whole path.",
    )


def fuse_lora(pipeline: Any, file: Path, scale: float) -> str:  # noqa: ANN401  no types
    """Add a LoRA to a model's weights for good.

    diffusers only warns about layers that it does not know, and then paints without them:
    here that is an error.

    Args:
        pipeline: A QwenImageEditPipeline.
        file: Safetensors in the naming of peft, ai-toolkit or musubi-tuner.
        scale: Strength; 1 as it was trained.

    Returns:
        The digest of the file.

    Raises:
        DataError: The file is no LoRA, or not one for this model.
    """
    weights = _weights(pipeline, file)
    try:
        pipeline.load_lora_weights(dict(weights), adapter_name=ADAPTER)
    except (KeyError, RuntimeError, ValueError) as error:
        raise DataError(f"the LoRA {file.name} is not one for this model: {error}") from error
    loaded = [
        name
        for name, _ in pipeline.transformer.named_parameters()
        if any(f".{part}.{ADAPTER}." in name for part in PAIR)
    ]
    wanted = [name for name in weights if any(f".{part}." in name for part in PAIR)]
    is_active = ADAPTER in pipeline.get_active_adapters()
    if not (loaded and is_active and len(loaded) == len(wanted)):
        raise DataError(
            f"the LoRA {file.name} has {len(wanted)} matrices, of which the model took "
            f"{len(loaded)}",
            hint="It was trained for another model, or its names are of an unknown kind.",
        )
    pipeline.fuse_lora(adapter_names=[ADAPTER], lora_scale=scale, safe_fusing=True)
    pipeline.unload_lora_weights()
    return lora_digest(file)


def lora_digest(file: Path) -> str:
    """Return the SHA-256 of a LoRA's file, in hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _weights(pipeline: Any, file: Path) -> dict[str, Any]:  # noqa: ANN401  no types
    try:
        return pipeline.lora_state_dict(
            str(file.parent), weight_name=file.name, local_files_only=True, use_safetensors=True
        )
    except (KeyError, OSError, RuntimeError, ValueError) as error:
        raise DataError(f"the LoRA {file} cannot be read: {error}") from error
    except Exception as error:
        if type(error).__name__ == "SafetensorError":
            raise DataError(f"the LoRA {file} is no safetensors file: {error}") from error
        raise
