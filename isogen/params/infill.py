"""The settings of infill models: who paints, how it is asked, what it may cost."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, Strict, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from isogen.params.section import Label, Section

TASK_PROMPT = (
    "Fill in the outlined section with the missing pixels corresponding to the "
    "<isometric nyc pixel art> style, removing the border and exactly following the "
    "shape/style/structure of the surrounding image (if present)."
)
"""What the published LoRAs were trained with: part of their contract, not to be edited."""

VARIABLE_FAULT, URL_FAULT, ADDRESS_FAULT = "model_variable", "model_url", "model_address"
"""What is wrong with a setting whose value, which may be a key, no message shows."""

Share = Annotated[float, Field(ge=0, le=1)]
Prompt = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_ADDRESS = re.compile(r"https?://[^\s/@?#]+(?:[/?#]\S*)?")
_MOST_ADDRESS = 2000


def is_address(text: str) -> bool:
    """Tell whether a text is an address of HTTP without a user and a password."""
    if len(text) > _MOST_ADDRESS or not _ADDRESS.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool((parts.hostname or "").encode("idna")) and parts.port != 0
    except ValueError:  # brackets without an IPv6 address, a port beyond 65535, an empty label
        return False


def _checked_variable(name: str) -> str:
    if not _VARIABLE.fullmatch(name):
        raise PydanticCustomError(VARIABLE_FAULT, "no name of a variable")
    return name


def _checked_url(text: str) -> str:
    if not is_address(text):
        raise PydanticCustomError(URL_FAULT, "no address")
    return text


Variable = Annotated[str, AfterValidator(_checked_variable)]
Url = Annotated[str, AfterValidator(_checked_url)]

Repository = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$", max_length=200)
]


class PreprocessParams(Section):
    """What is done to the render before a model sees it."""

    desaturation: Share = 0.0
    """Share of the color that is taken out of the render, from 0 to 1."""

    noise: Share = 0.0
    """Strength of the noise put over the render, from 0 to 1."""

    gamma_shift: Share = 0.0
    """How much darker the render's middle tones become, from 0 to 1."""


class ModelParams(Section):
    """What all infill models have."""

    prompt: Prompt = TASK_PROMPT
    """What the model is told; the default is the text that the published LoRAs know."""

    negative_prompt: str | None = Field(default=None, max_length=4000)
    """What the picture should not show, or null for calls without guidance at half the cost."""

    seed: int = Field(default=0, ge=0, lt=1 << 31)
    """Seed of the first try of each call, from 0 to 2147483647; another try takes the next."""

    concurrency: int = Field(default=4, ge=1, le=256)
    """Calls at once, from 1 to 256."""

    attempts: int = Field(default=5, ge=1, le=20)
    """Most times that one call is tried when the service fails, from 1 to 20."""

    deadline_s: float = Field(default=900.0, gt=0, le=86_400)
    """Seconds after which a call with all its tries is given up, up to 86400."""

    cost_usd: float | None = Field(default=None, ge=0, le=1000)
    """US dollars that a call costs, for estimates and --max-cost, or null."""

    call_s: float | None = Field(default=None, gt=0, le=86_400)
    """Seconds that a call usually takes, for estimates before there are any, or null."""

    references: int = Field(default=0, ge=0, le=10)
    """Most reference tiles shown with each call, from 0 to 10, for models that take them."""

    preprocess: PreprocessParams = PreprocessParams()
    """What is done to the render before the model sees it."""


class DiffusionParams(ModelParams):
    """What models that denoise in steps have."""

    steps: int = Field(default=14, ge=1, le=200)
    """Denoising steps, from 1 to 200."""

    true_cfg_scale: float = Field(default=2.0, ge=0, le=20)
    """Strength of the guidance, used with a negative prompt only, from 0 to 20."""

    guidance_scale: float | None = Field(default=3.0, ge=0, le=20)
    """Passed on for models distilled with guidance, or null; Qwen-Image-Edit ignores it."""


class HttpModelParams(DiffusionParams):
    """A server at any address that speaks the wire contract: Modal, or `isogen models serve`."""

    kind: Literal["http"] = "http"
    """http: a server that speaks the wire contract."""

    url: Url | None = None
    """Address of the endpoint, or null to take it from the variable that url_env names."""

    url_env: Variable | None = None
    """Environment variable with the address."""

    revision: Label | None = None
    """Your name for the weights at the address, or null to let the address stand for them;
    answers are kept for equal requests to equal weights."""

    key_env: Variable | None = None
    """Environment variable with the key, sent as a bearer token; null sends none."""

    proxy_env: Annotated[tuple[Variable, Variable], Strict(strict=False)] | None = None
    """Environment variables with the id and the secret of Modal's proxy authentication."""

    wire: Literal["json", "multipart"] = "json"
    """json (image_b64 in, image_b64 out) or multipart (a file in, a picture out)."""

    @model_validator(mode="after")
    def _has_an_address(self) -> Self:
        if self.url is None and self.url_env is None:
            raise PydanticCustomError(ADDRESS_FAULT, "neither url nor url_env")
        return self


class OxenModelParams(DiffusionParams):
    """Oxen's image editing."""

    kind: Literal["oxen"] = "oxen"
    """oxen: Oxen's image editing."""

    model: Label = "cannoneyed-dark-copper-flea"
    """Name of the model at Oxen."""

    key_env: Variable = "OXEN_MODEL_API_KEY"
    """Environment variable with the key."""

    url: Url = "https://hub.oxen.ai/api/ai/images/edit"
    """Address of the endpoint."""

    queue: bool = False
    """Whether calls go through Oxen's queue instead of one long request."""

    answer: Literal["b64_json", "url"] = "b64_json"
    """How the picture comes back: in the answer (b64_json) or by a download (url)."""

    upload: Repository | None = None
    """Public repository at Oxen (namespace/name) that each template is uploaded to first, or
    null to send it inside the request."""


class GeminiModelParams(ModelParams):
    """Google's Gemini image models."""

    kind: Literal["gemini"] = "gemini"
    """gemini: Google's Gemini image models."""

    model: Label = "gemini-3-pro-image"
    """Name of the model at Google."""

    key_env: Variable = "GEMINI_API_KEY"
    """Environment variable with the key."""

    url: Url | None = None
    """Address of another server that speaks the same interface, or null for Google's."""

    labels: bool = True
    """Whether each picture is introduced by a line that says what it is."""


class DiffusersModelParams(DiffusionParams):
    """Qwen-Image-Edit on your own GPU, in this process."""

    kind: Literal["diffusers"] = "diffusers"
    """diffusers: Qwen-Image-Edit in this process."""

    model: Label = "Qwen/Qwen-Image-Edit"
    """Name of the model at its hub, or its folder."""

    revision: Label | None = None
    """Revision of the model, or null for the latest."""

    lora: Label | None = None
    """Folder or file of a LoRA, or null for the model alone."""

    lora_scale: float = Field(default=1.0, ge=0, le=4)
    """Strength of the LoRA, from 0 to 4."""

    device: Label = "cuda"
    """Where it runs: cuda, cuda:1, mps or cpu."""

    attention: Label | None = None
    """Attention backend of diffusers, as in _native_cudnn, or null for torch's own choice."""

    compile: bool = False
    """Whether the model is compiled first: minutes once, then faster calls."""


AnyModelParams = Annotated[
    HttpModelParams | OxenModelParams | GeminiModelParams | DiffusersModelParams,
    Field(discriminator="kind"),
]

KINDS = ("http", "oxen", "gemini", "diffusers")
"""What pydantic puts into the locations of their settings, after the model's name."""

PRESETS: Mapping[str, Mapping[str, Any]] = {
    "modal": {
        "kind": "http",
        "url_env": "MODAL_INFERENCE_URL",
        "proxy_env": ("MODAL_PROXY_KEY", "MODAL_PROXY_SECRET"),
        "concurrency": 8,
    },
    "oxen": {"kind": "oxen"},
    "gemini": {"kind": "gemini", "cost_usd": 0.134, "references": 3},
    "diffusers": {"kind": "diffusers", "concurrency": 1, "cost_usd": 0.0},
    "local": {"kind": "http", "url": "http://127.0.0.1:8888/edit_b64", "cost_usd": 0.0},
}
"""Models that every project knows; a model of the same name in the settings changes some."""


class QualityParams(Section):
    """What is done with the answer of an infill model."""

    correct: bool = True
    """Whether a shift and a drift of color, seen in the context, are taken out of the infill."""

    blend_px: int = Field(default=24, ge=0, le=256)
    """Pixels of the infill over which what is left at its edges is evened out, up to 256."""

    most_drift: float = Field(default=0.04, gt=0, le=1)
    """Color error of the context after correction (OKLab) above which a call is tried again."""

    most_seam: float = Field(default=1.35, ge=1, le=100)
    """Strength of a seam, where 1 is invisible, above which a call is tried again."""

    retries: int = Field(default=1, ge=0, le=10)
    """Times that a call of too little quality is tried again with the next seed."""
