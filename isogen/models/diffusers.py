"""Qwen-Image-Edit on your own GPU, in this process."""

import io
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, Final

from PIL import Image, UnidentifiedImageError

from inference.engine import EditJob, Engine
from inference.lora import lora_digest, lora_file
from inference.qwen import QwenEditEngine, QwenSettings
from inference.versions import check_versions
from isogen.errors import IsogenError, ModelRefusedError, ModelUnavailableError
from isogen.models.protocol import Check, EditAnswer, EditRequest, Identity
from isogen.params.infill import DiffusersModelParams

_GIB: Final = 1 << 30
_NEEDED_GIB: Final = 60
"""Of GPU memory, for the weights and one picture."""


class DiffusersModel:
    """A model in this process; threads take turns at its device."""

    def __init__(
        self,
        name: str,
        params: DiffusersModelParams,
        environ: Mapping[str, str],
        *,
        make_engine: Callable[[DiffusersModelParams], Engine] | None = None,
    ) -> None:
        """Set the model up; the weights are read at the first edit.

        Args:
            name: Of the model in the settings.
            params: Its settings.
            environ: Environment variables; it needs none.
            make_engine: Makes what edits; None is Qwen-Image-Edit as the settings say.
        """
        del environ
        self._name = name
        self._params = params
        self._make_engine = make_engine or qwen_engine
        self._turn = Lock()
        self._engine: Engine | None = None

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    @property
    def params(self) -> DiffusersModelParams:
        """Its settings."""
        return self._params

    @property
    def identity(self) -> Identity:
        """What decides its answers: the weights, and how it denoises.

        The device is left out: on another one, pictures differ by less than can be seen.
        """
        params = self._params
        return (
            ("kind", params.kind),
            ("model", params.model),
            ("revision", params.revision),
            ("lora", self._lora),
            ("lora_scale", params.lora_scale),
            ("steps", params.steps),
            ("true_cfg_scale", params.true_cfg_scale),
        )

    def edit(self, request: EditRequest) -> EditAnswer:
        """Complete one picture; see ``InfillModel.edit``."""
        if request.references:
            raise ModelRefusedError(
                f"model {self._name} takes no pictures of reference",
                hint=f"Set models.{self._name}.references to 0.",
            )
        job = self._job(request)
        with self._turn:
            start = time.monotonic()
            try:
                engine = self._ready_engine()
                (made,) = engine.edit([job])
            except RuntimeError as error:  # what torch raises, out of memory included
                raise self._unavailable(error) from error
        stream = io.BytesIO()
        made.save(stream, "PNG", compress_level=1)
        return EditAnswer(
            picture=stream.getvalue(),
            model=engine.name,
            revision=engine.revision,
            attempts=1,
            seconds=time.monotonic() - start,
            cost_usd=self._params.cost_usd,
        )

    def check(self) -> Check:
        """Tell whether libraries, LoRA and device are there; no weights are read."""
        params = self._params
        try:
            check_versions()
            if params.lora is not None:
                lora_file(Path(params.lora))
        except IsogenError as error:
            return Check.failed(error)
        torch: Any = import_module("torch")
        if not params.device.startswith("cuda"):
            return Check(is_ready=True, told=f"{params.model} can run on {params.device}")
        if not torch.cuda.is_available():
            return self._no_device("torch sees no GPU")
        try:
            device: Any = torch.cuda.get_device_properties(params.device)
        except (AssertionError, RuntimeError) as error:  # torch's words for no such device
            return self._no_device(str(error))
        found = f"{device.name} with {device.total_memory / _GIB:.0f} GiB"
        if device.total_memory < _NEEDED_GIB * _GIB:
            return Check(
                is_ready=False,
                told=f"{found}, but the model needs {_NEEDED_GIB} GiB",
                hint="Use a GPU of 80 GB.",
                is_set_up=False,
            )
        return Check(is_ready=True, told=f"{params.model} can run on {found}")

    def close(self) -> None:
        """Let go of the weights; the next edit reads them again."""
        with self._turn:
            self._engine = None

    @cached_property
    def _lora(self) -> str | None:
        """Digest of the LoRA's file, wherever it lies; its name when it is not there."""
        if self._params.lora is None:
            return None
        try:
            return lora_digest(lora_file(Path(self._params.lora)))
        except IsogenError:
            return Path(self._params.lora).name

    def _ready_engine(self) -> Engine:
        """Return the engine, loaded; one that did not load is tried again by the next edit."""
        if self._engine is None:
            engine = self._make_engine(self._params)
            engine.load()
            self._engine = engine
        return self._engine

    def _job(self, request: EditRequest) -> EditJob:
        try:
            with Image.open(io.BytesIO(request.template_png), formats=("PNG",)) as picture:
                image = picture.convert("RGB")
        except (UnidentifiedImageError, OSError) as error:
            raise ModelRefusedError(f"model {self._name}: the template is no PNG") from error
        params = self._params
        return EditJob(
            image=image,
            prompt=request.prompt,
            negative_prompt=request.negative_prompt,
            true_cfg_scale=params.true_cfg_scale,
            steps=params.steps,
            guidance_scale=params.guidance_scale,
            seed=request.seed,
            window=request.window,
        )

    def _no_device(self, why: str) -> Check:
        return Check(
            is_ready=False,
            told=f"the device {self._params.device} is not there: {why}",
            hint=f"Set models.{self._name}.device, or use the model modal or local.",
            is_set_up=False,
        )

    def _unavailable(self, error: RuntimeError) -> ModelUnavailableError:
        first = (str(error) or type(error).__name__).splitlines()[0]
        return ModelUnavailableError(
            f"model {self._name} failed on {self._params.device}: {first}",
            hint="Out of memory: end what else uses the GPU, or use one with 80 GB.",
        )


def qwen_engine(params: DiffusersModelParams) -> QwenEditEngine:
    """Return Qwen-Image-Edit as settings say; nothing is read before it is loaded."""
    return QwenEditEngine(
        QwenSettings(
            model=params.model,
            revision=params.revision,
            lora=None if params.lora is None else Path(params.lora),
            lora_scale=params.lora_scale,
            device=params.device,
            attention=params.attention,
            compile=params.compile,
        )
    )
