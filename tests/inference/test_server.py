"""The server on Modal, without Modal: its class in local mode, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from inference.deployment import LORAS, deployment_from
from inference.versions import SERVER, TESTED
from isogen.errors import InputError

pytest.importorskip("modal", reason="modal is not installed")

ROOT = Path(__file__).parents[2]

SCRIPT = """
import json, sys, time
from starlette.testclient import TestClient
from inference.server import DEPLOYMENT, ImageEditor
from tests.inference.conftest import body

with TestClient(ImageEditor().edit_b64.local()) as client:
    health = client.get("/health").json()
    while health["status"] == "loading":
        time.sleep(0.1)
        health = client.get("/health").json()
    answer = client.post("/", content=body())
sys.stderr.flush()
print(json.dumps([DEPLOYMENT.label, health, answer.status_code, answer.json().get("model")]))
"""


def in_modal(engine, tmp_path):
    """Run the class of the deployment locally; returns its last line, or what it failed with."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT],
        cwd=tmp_path,
        env={
            **os.environ,
            "HF_HUB_OFFLINE": "1",
            "ISOGEN_ENGINE": engine,
            "MODAL_CONFIG_PATH": str(tmp_path / "modal.toml"),
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return orjson.loads(done.stdout.splitlines()[-1])


def test_the_class_of_the_deployment_answers_calls(tmp_path):
    label, health, status, model = in_modal("tests.support.cheap_engine:CheapEngine", tmp_path)
    assert label == "qwen-edit-copper-flea-imageeditor-edit-b64"
    assert (health["status"], health["model"]) == ("ready", "cheap")
    assert (status, model) == (200, "cheap")


@pytest.mark.xdist_group("torch")
def test_the_class_of_the_deployment_runs_the_real_pipeline(tmp_path):
    pytest.importorskip("torch", reason="torch is not installed")
    pytest.importorskip("diffusers", reason="diffusers is not installed")
    _, _, status, model = in_modal("tests.support.random_qwen:tiny_engine", tmp_path)
    assert (status, model) == (200, "tiny/qwen")


def test_a_deployment_is_what_it_always_was_unless_it_is_told():
    deployment = deployment_from({})
    assert deployment.name == "qwen-edit-copper-flea"
    assert (deployment.gpu, deployment.min_containers, deployment.max_containers) == ("H100", 0, 4)
    assert deployment.passed_on == ()


def test_the_environment_tells_what_to_deploy():
    told = {
        "LORA_MODEL_ID": "me-night-owl",
        "LORA_WEIGHT_NAME": "a.safetensors",
        "ISOGEN_GPU": "H200",
        "ISOGEN_MIN_CONTAINERS": "1",
        "ISOGEN_MAX_CONTAINERS": "8",
        "ISOGEN_SCALEDOWN_S": "60",
        "ISOGEN_COMPILE": "1",
        "HOME": "/root",
    }
    deployment = deployment_from(told)
    assert deployment.label == "qwen-edit-night-owl-imageeditor-edit-b64"
    assert (deployment.gpu, deployment.min_containers, deployment.max_containers) == ("H200", 1, 8)
    assert (deployment.scaledown_s, deployment.compile) == (60, True)
    names = [name for name, _ in deployment.passed_on]
    assert names == ["LORA_MODEL_ID", "LORA_WEIGHT_NAME", "ISOGEN_COMPILE"]
    assert deployment.make_engine().name == "Qwen/Qwen-Image-Edit+me-night-owl"


def test_a_deployment_without_a_lora_runs_the_model_alone():
    deployment = deployment_from({"LORA_MODEL_ID": ""})
    assert deployment.name == "qwen-edit-base"
    assert deployment.make_engine().name == "Qwen/Qwen-Image-Edit"


def test_a_lora_that_is_not_in_the_volume_is_named():
    with pytest.raises(InputError, match=str(LORAS / "me-night-owl")):
        deployment_from({"LORA_MODEL_ID": "me-night-owl"}).make_engine().load()


@pytest.mark.parametrize("told", ["many", "-1", "1.5"])
def test_a_number_that_is_none_is_named(told):
    with pytest.raises(InputError, match="ISOGEN_MAX_CONTAINERS"):
        deployment_from({"ISOGEN_MAX_CONTAINERS": told})


@pytest.mark.parametrize("told", ["nowhere:engine", "inference.engine:nothing", "inference"])
def test_an_engine_that_is_not_there_is_named(told):
    with pytest.raises(InputError, match="ISOGEN_ENGINE"):
        deployment_from({"ISOGEN_ENGINE": told}).make_engine()


def test_versions_are_told_in_one_place():
    assert not set(TESTED) & set(SERVER)
    project = (ROOT / "pyproject.toml").read_text()
    assert f'"diffusers=={TESTED["diffusers"]}"' in project
    assert f'"transformers=={TESTED["transformers"]}"' in project
    assert f'"peft=={TESTED["peft"]}"' in project
