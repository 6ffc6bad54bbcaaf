"""The server on Modal: ``modal deploy -m inference.server``; README.md says every step.

Modal reads its decorators when this module is imported, so the environment is read here.
"""

# modal's decorators are half typed, and only who deploys has it
# pyright: reportUnknownMemberType=false, reportMissingImports=false

import os
import sys
from importlib import import_module
from typing import Any

import modal
from fastapi import FastAPI

from inference.app import create_app
from inference.deployment import BASE_MODEL, DATA, HUB, VOLUME, deployment_from
from inference.settings import Settings
from inference.versions import SERVER, TESTED

TIMEOUT_S = 600
STARTUP_TIMEOUT_S = 1200
DEADLINE_S = 540.0
"""Less than Modal's own, so that callers get an answer that says what happened."""

PREFETCH_TIMEOUT_S = 2 * 3600

DEPLOYMENT = deployment_from(os.environ)

image = (
    modal.Image.debian_slim(python_version="3.12")
    .uv_pip_install(*(f"{name}=={version}" for name, version in {**TESTED, **SERVER}.items()))
    .env({"HF_HOME": str(HUB), **dict(DEPLOYMENT.passed_on)})
    .add_local_python_source("inference", "isogen")
)
app = modal.App(DEPLOYMENT.name, image=image)
volume = modal.Volume.from_name(VOLUME, create_if_missing=True)


@app.function(volumes={str(DATA): volume}, timeout=PREFETCH_TIMEOUT_S)
def prefetch() -> str:
    """Read the base model into the volume, on a machine without a GPU: `modal run` it once."""
    hub: Any = import_module("huggingface_hub")  # only in the container
    folder = hub.snapshot_download(BASE_MODEL, revision=DEPLOYMENT.revision)
    volume.commit()
    return str(folder)


@app.cls(
    gpu=DEPLOYMENT.gpu,
    volumes={str(DATA): volume},
    min_containers=DEPLOYMENT.min_containers,
    max_containers=DEPLOYMENT.max_containers,
    scaledown_window=DEPLOYMENT.scaledown_s,
    timeout=TIMEOUT_S,
    startup_timeout=STARTUP_TIMEOUT_S,
)
# one is worked on while others are read and written: more would wait instead of a new container
@modal.concurrent(max_inputs=4, target_inputs=2)
class ImageEditor:
    """A container with one GPU."""

    @modal.enter()
    def load(self) -> None:
        """Load the model before any call comes in; a container that cannot does not start."""
        self.engine = DEPLOYMENT.make_engine()
        self.engine.load()

    @modal.asgi_app(label=DEPLOYMENT.label, requires_proxy_auth=True)
    def edit_b64(self) -> FastAPI:
        """Answer calls; who may call is checked by Modal."""
        return create_app(self.engine, Settings(deadline_s=DEADLINE_S), log=sys.stdout)
