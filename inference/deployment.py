"""What a deployment on Modal is made of, from the environment of whoever deploys it."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from inference.engine import Engine
from inference.qwen import QwenEditEngine, QwenSettings
from isogen.errors import InputError

VOLUME = "isometric-lora-vol"
DATA = Path("/data")
"""Where the volume lies in a container."""

LORAS = DATA / "loras"
HUB = DATA / "hf"

DEFAULT_LORA = "cannoneyed-dark-copper-flea"
DEFAULT_GPU = "H100"
BASE_MODEL = "Qwen/Qwen-Image-Edit"
PASSED_ON = (
    "LORA_MODEL_ID",
    "LORA_WEIGHT_NAME",
    "ISOGEN_COMPILE",
    "ISOGEN_ATTENTION",
    "ISOGEN_ENGINE",
    "ISOGEN_REVISION",
)
"""Variables that decide what a container runs; the others decide how it is run."""


@dataclass(frozen=True)
class Deployment:
    """One app on Modal."""

    lora: str = DEFAULT_LORA
    """Name of a folder in the volume's folder loras; empty is the model alone."""

    lora_name: str | None = None
    revision: str | None = None
    gpu: str = DEFAULT_GPU
    min_containers: int = 0
    max_containers: int = 4
    scaledown_s: int = 300
    """Seconds that an idle container is kept; it is paid for until then."""

    compile: bool = False
    attention: str | None = None
    engine: str | None = None
    """Another engine, as module:function; None is Qwen-Image-Edit."""

    passed_on: tuple[tuple[str, str], ...] = ()
    """Environment of the containers."""

    @property
    def name(self) -> str:
        """Name of the app: of the last two words of the LoRA's name, as it always was."""
        words = self.lora.split("-")[-2:] if self.lora else ["base"]
        return "-".join(("qwen-edit", *words))

    @property
    def label(self) -> str:
        """What the address of the endpoint begins with, as it always did."""
        return f"{self.name}-imageeditor-edit-b64"

    def make_engine(self) -> Engine:
        """Return what edits, not yet loaded.

        Raises:
            InputError: The engine has no such name.
        """
        if self.engine is not None:
            return _engine_named(self.engine)
        return QwenEditEngine(
            QwenSettings(
                model=BASE_MODEL,
                revision=self.revision,
                lora=LORAS / self.lora if self.lora else None,
                lora_name=self.lora_name,
                attention=self.attention,
                compile=self.compile,
            )
        )


def deployment_from(environ: Mapping[str, str]) -> Deployment:
    """Read a deployment from environment variables.

    Raises:
        InputError: A number is none.
    """
    return Deployment(
        lora=environ.get("LORA_MODEL_ID", DEFAULT_LORA),
        lora_name=environ.get("LORA_WEIGHT_NAME") or None,
        revision=environ.get("ISOGEN_REVISION") or None,
        gpu=environ.get("ISOGEN_GPU") or DEFAULT_GPU,
        min_containers=_number(environ, "ISOGEN_MIN_CONTAINERS", 0, least=0),
        max_containers=_number(environ, "ISOGEN_MAX_CONTAINERS", 4, least=1),
        scaledown_s=_number(environ, "ISOGEN_SCALEDOWN_S", 300, least=2),
        compile=environ.get("ISOGEN_COMPILE", "0") not in {"", "0"},
        attention=environ.get("ISOGEN_ATTENTION") or None,
        engine=environ.get("ISOGEN_ENGINE") or None,
        passed_on=tuple((name, environ[name]) for name in PASSED_ON if name in environ),
    )


def _number(environ: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    told = environ.get(name) or str(default)
    if not told.isdecimal() or int(told) < least:
        raise InputError(f"{name} must be a whole number of at least {least}, got {told!r}")
    return int(told)


def _engine_named(name: str) -> Engine:
    module, _, function = name.partition(":")
    try:
        return getattr(import_module(module), function)()
    except (ImportError, AttributeError, ValueError) as error:
        raise InputError(f"ISOGEN_ENGINE must be module:function, got {name!r}: {error}") from error
