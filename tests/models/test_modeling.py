import json

import pytest

from isogen.cli.app import run as run_command
from tests.models.contract import KEY
from tests.support.wire_server import WireServer

pytestmark = pytest.mark.enable_socket

VARIABLES = ("GEMINI_API_KEY", "GOOGLE_API_KEY", "MODAL_INFERENCE_URL", "MODAL_PROXY_KEY",
             "MODAL_PROXY_SECRET", "OXEN_MODEL_API_KEY", "MINE_KEY")  # fmt: skip


@pytest.fixture
def server():
    with WireServer() as running:
        yield running


@pytest.fixture
def run(tmp_path, capfd, monkeypatch):
    """Run `isogen models ...` on some settings, in an environment with some variables."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)

    def run(params, *words, **variables):
        (tmp_path / "params.yaml").write_text(params)
        with monkeypatch.context() as scope:
            for name, value in variables.items():
                scope.setenv(name, value)
            code = run_command(["-C", str(tmp_path), "models", *words])
        streams = capfd.readouterr()
        assert KEY not in streams.out + streams.err
        return code, streams.out, streams.err

    return run


def mine(server, more=""):
    return f"models: {{mine: {{kind: http, url: '{server.url('/edit_b64')}'{more}}}}}\n"


def row(out, name):
    (found,) = [line for line in out.splitlines() if f" {name} " in f" {line} "]
    return found


def test_the_list_says_where_calls_go_and_which_keys_are_missing(run):
    code, out, err = run("generate: {model: modal}", "list", OXEN_MODEL_API_KEY=KEY)
    assert (code, err) == (0, "")
    assert out.splitlines()[0].split() == [
        "model", "kind", "where", "at", "once", "a", "call", "keys",
    ]  # fmt: skip
    assert row(out, "oxen").endswith("found OXEN_MODEL_API_KEY")
    assert "$0.134" in row(out, "gemini")
    assert row(out, "gemini").endswith("missing GEMINI_API_KEY")
    assert row(out, "modal").startswith("*")
    assert "$MODAL_INFERENCE_URL" in row(out, "modal")
    assert "without MODAL_PROXY_KEY, MODAL_PROXY_SECRET" in row(out, "modal")
    assert row(out, "diffusers").endswith("none needed")


def test_of_an_address_only_the_host_is_shown(run):
    _, out, _ = run("", "list", MODAL_INFERENCE_URL=f"https://me.modal.run/{KEY}?token={KEY}")
    assert " me.modal.run " in row(out, "modal")


def test_the_list_is_also_a_document(run):
    code, out, _ = run("models: {mine: {kind: oxen, cost_usd: 0.25}}", "list", "--json")
    lines = {line["name"]: line for line in json.loads(out)}
    assert code == 0
    assert (lines["mine"]["kind"], lines["mine"]["cost_usd"]) == ("oxen", 0.25)
    assert lines["mine"]["variables"] == [
        {"name": "OXEN_MODEL_API_KEY", "is_needed": True, "is_set": False}
    ]


def test_the_list_refuses_a_map_that_an_unknown_model_paints(run):
    code, out, err = run("generate: {model: modl}", "list")
    assert (code, out) == (2, "")
    assert "Did you mean modal?" in err


def test_a_model_that_answers_is_ready(run, server):
    assert run(mine(server), "check") == (
        0, f"mine         ready      {server.origin[7:]} is ready with loopback r1\n", "",
    )  # fmt: skip
    assert server.posts() == []


def test_a_missing_key_is_a_wrong_request(run, server):
    code, out, err = run(mine(server, ", key_env: MINE_KEY"), "check")
    assert code == 2
    assert "not ready" in row(out, "mine")
    assert "MINE_KEY" in row(out, "mine")
    assert "export MINE_KEY=" in err
    assert server.asked == []


@pytest.mark.parametrize("wrong", ["key", "address"])
def test_a_wrong_key_or_address_is_a_wrong_request(run, server, wrong):
    server.health = None
    if wrong == "key":
        server.bearer = "another"
    url = server.url("/edit_b64" if wrong == "key" else "/elsewhere")
    params = f"models: {{mine: {{kind: http, url: '{url}', key_env: MINE_KEY}}}}\n"
    code, out, err = run(params, "check", "mine", "--json", MINE_KEY=KEY)
    assert (code, json.loads(out)[0]["is_set_up"]) == (2, False)
    assert ("MINE_KEY" if wrong == "key" else "models.mine") in err


def test_a_service_that_is_down_may_be_asked_later(run, server):
    server.close()
    code, out, err = run(mine(server), "check", "mine", "--json")
    assert code == 4
    (line,) = json.loads(out)
    assert (line["is_ready"], line["is_set_up"]) == (False, True)
    assert "isogen models serve" in err


def test_a_missing_key_counts_more_than_a_service_that_is_down(run, server):
    server.close()
    assert run(mine(server), "check", "mine", "modal")[0] == 2


def test_without_names_those_are_checked_that_are_set_up(run, server):
    params = mine(server, ", key_env: MINE_KEY")
    code, out, _ = run(params, "check", MINE_KEY=KEY)
    assert (code, len(out.splitlines())) == (0, 1)
    code, _, err = run("", "check")
    assert code == 2
    assert "no infill model is set up" in err


def test_the_built_in_artist_is_always_ready(run):
    assert run("", "check", "pixelart")[0] == 0


def test_an_unknown_name_is_refused_before_anything_is_asked(run, server):
    code, out, err = run(mine(server), "check", "mine", "mime")
    assert (code, out) == (2, "")
    assert "Did you mean mine?" in err
    assert server.asked == []
